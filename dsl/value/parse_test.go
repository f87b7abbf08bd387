package value_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"hoithoai/dsl/value"
)

func TestParse(t *testing.T) {
	t.Parallel()
	text := func(s string) value.Value { return value.Value{Kind: value.Text, S: s} }
	number := func(n int64) value.Value { return value.Value{Kind: value.Number, N: n} }
	money := func(n int64) value.Value { return value.Value{Kind: value.Money, N: n} }
	tests := []struct {
		typ     value.Type
		literal string
		want    value.Value
	}{
		{value.Type{Kind: value.Text}, "TT-0042", text("TT-0042")},
		{value.Type{Kind: value.Text}, `"TT-0042"`, text("TT-0042")},
		{value.Type{Kind: value.Text}, "“TT-0042”", text("TT-0042")},
		{value.Type{Kind: value.Text}, `"`, text(`"`)},
		{value.Type{Kind: value.Text}, `"a`, text(`"a`)},
		{value.Type{Kind: value.Text}, "  a  ", text("a")},
		{value.Type{Kind: value.Text}, "15.000", text("15.000")},
		{value.Type{Kind: value.Number}, "3", number(3)},
		{value.Type{Kind: value.Number}, "-3", number(-3)},
		{value.Type{Kind: value.Number}, "1.000", number(1000)},
		{value.Type{Kind: value.Number}, `"12"`, number(12)},
		{value.Type{Kind: value.Money}, "15.000", money(15000)},
		{value.Type{Kind: value.Money}, "15.000 đ", money(15000)},
		{value.Type{Kind: value.Money}, "7k", money(7000)},
		{value.Type{Kind: value.Money}, "500", money(500)},
		{value.Type{Kind: value.Money}, "0", money(0)},
		{value.Type{Kind: value.Money}, "1,5 triệu", money(1_500_000)},
		{value.Type{Kind: value.Date}, "26/11/2026", value.Value{Kind: value.Date, N: today + 2}},
		{value.Type{Kind: value.Date}, "2026-11-26", value.Value{Kind: value.Date, N: today + 2}},
		{value.Type{Kind: value.Date}, "26-11-2026", value.Value{Kind: value.Date, N: today + 2}},
		{value.Type{Kind: value.Phone}, "0912 345 678", value.Value{Kind: value.Phone, S: "0912345678"}},
		{value.Type{Kind: value.Phone}, "113", value.Value{Kind: value.Phone, S: "113"}},
		{value.Type{Kind: value.Phone}, "1022", value.Value{Kind: value.Phone, S: "1022"}},
		{value.Type{Kind: value.Phone}, "1900 1234", value.Value{Kind: value.Phone, S: "19001234"}},
		{value.Type{Kind: value.Phone}, "1800 123456", value.Value{Kind: value.Phone, S: "1800123456"}},
		{homes(), "thue", value.Value{Kind: value.Choice, N: 0, S: "thue"}},
		{homes(), "nha", value.Value{Kind: value.Choice, N: 3, S: "nha"}},
		{homes(), `"nho"`, value.Value{Kind: value.Choice, N: 1, S: "nho"}},
		{homes(), "Ở nhờ", value.Value{Kind: value.Choice, N: 1, S: "nho"}},
		{homes(), "2", value.Value{Kind: value.Choice, N: 1, S: "nho"}},
		{wards(), "26773", value.Value{Kind: value.Ward, S: "26773"}},
		{wards(), "Phường Thới An", value.Value{Kind: value.Ward, S: "26773"}},
		{value.Type{Kind: value.YesNo}, "có", value.Value{Kind: value.YesNo, N: 1}},
		{value.Type{Kind: value.YesNo}, "đúng", value.Value{Kind: value.YesNo, N: 1}},
		{value.Type{Kind: value.YesNo}, "không", value.Value{Kind: value.YesNo}},
		{value.Type{Kind: value.YesNo}, "sai", value.Value{Kind: value.YesNo}},
		{value.Type{Kind: value.YesNo}, "true", value.Value{Kind: value.YesNo, N: 1}},
		{value.Type{Kind: value.YesNo}, "false", value.Value{Kind: value.YesNo}},
		{value.Type{Kind: value.Place}, "12 Lê Lợi", value.Value{Kind: value.Place, S: "12 Lê Lợi"}},
	}
	for _, c := range tests {
		for _, prepared := range []bool{false, true} {
			if prepared {
				c.typ.Prepare()
			}
			got, err := c.typ.Parse(c.literal)
			if err != nil {
				t.Errorf("Parse(%q): %v", c.literal, err)
				continue
			}
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Errorf("Parse(%q) (-want +got):\n%s", c.literal, diff)
			}
		}
	}
}

func TestParseRefuses(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name    string
		typ     value.Type
		literal string
		says    string
	}{
		{"nothing", value.Type{Kind: value.Number}, "", "not understood"},
		{"no type", value.Type{}, "1", "not understood"},
		{"number beyond", bounded(value.Number, 1, 10), "11", "too big"},
		{"number below", bounded(value.Number, 1, 10), "0", "too small"},
		{"decimal number", value.Type{Kind: value.Number}, "1,5", "not understood"},
		{"negative money", value.Type{Kind: value.Money}, "-5", "not understood"},
		{"money in doubt", value.Type{Kind: value.Money}, "1 triệu 500 đồng", "not understood"},
		{"foreign money", value.Type{Kind: value.Money}, "$500", "not understood"},
		{"date without year", value.Type{Kind: value.Date}, "26/11", "not understood"},
		{"date with a short year", value.Type{Kind: value.Date}, "26/11/26", "not understood"},
		{"relative date", value.Type{Kind: value.Date}, "hôm nay", "not understood"},
		{"date of this year", value.Type{Kind: value.Date}, "26 tháng 11 năm nay", "not understood"},
		{"no such day", value.Type{Kind: value.Date}, "31/02/2026", "not understood"},
		{"date beyond", bounded(value.Date, today, today), "25/11/2026", "too big"},
		{"date before all", value.Type{Kind: value.Date}, "01/01/1800", "too small"},
		{"phone", value.Type{Kind: value.Phone}, "12345", "not understood"},
		{"short phone", value.Type{Kind: value.Phone}, "091234567", "too short"},
		{"option", homes(), "chung_cu", "not understood"},
		{"near option", homes(), "phong troj", "near miss"},
		{"ward", wards(), "99999", "not understood"},
		{"ward of two", wards(), "Phường 5", "ambiguous"},
		{"yes and no", value.Type{Kind: value.YesNo}, "có không", "not understood"},
		{"long text", bounded(value.Text, 1, 3), "abcd", "too long"},
		{"short text", bounded(value.Text, 3, 5), "ab", "too short"},
		{"pictures", value.Type{Kind: value.Images}, "2", "wrong kind"},
		{"files", value.Type{Kind: value.Files}, "x.pdf", "wrong kind"},
		{"place", value.Type{Kind: value.Place}, "a", "too short"},
	}
	for _, c := range tests {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			v, err := c.typ.Parse(c.literal)
			if err == nil {
				t.Fatalf("Parse(%q) = %+v, want an error", c.literal, v)
			}
			if !errors.Is(err, value.ErrLiteral) || !strings.Contains(err.Error(), c.says) || v.IsSet() {
				t.Errorf("Parse(%q) = %+v, %v, want %q", c.literal, v, err, c.says)
			}
		})
	}
}

func TestParseErrorsStayShort(t *testing.T) {
	t.Parallel()
	_, err := value.Type{Kind: value.Number}.Parse(strings.Repeat("ế", 5000))
	if err == nil || len(err.Error()) > 300 {
		t.Errorf("the error is %d bytes long: %v", len(err.Error()), err)
	}
}
