package value_test

import (
	"testing"

	"hoithoai/dsl/value"
)

func TestAsk(t *testing.T) {
	t.Parallel()
	from := func(kind value.Kind, lo int64) value.Type { return value.Type{Kind: kind, Min: lo, HasMin: true} }
	upTo := func(kind value.Kind, hi int64) value.Type { return value.Type{Kind: kind, Max: hi, HasMax: true} }
	one := func(i int) bool { return i == 1 }
	none := func(int) bool { return false }
	tests := []struct {
		name    string
		typ     value.Type
		visible func(int) bool
		want    string
	}{
		{"text", value.Type{Kind: value.Text}, nil, "Anh/chị ghi giúp bằng chữ, không quá 1.000 ký tự."},
		{"bounded text", bounded(value.Text, 1, 12), nil, "Anh/chị ghi giúp bằng chữ, không quá 12 ký tự."},
		{"number", value.Type{Kind: value.Number}, nil, "Anh/chị nhắn giúp một số, ví dụ 12."},
		{"bounded number", bounded(value.Number, 1, 1000), nil, "Anh/chị nhắn giúp một số từ 1 đến 1.000."},
		{"number from", from(value.Number, 18), nil, "Anh/chị nhắn giúp một số từ 18 trở lên."},
		{"number up to", upTo(value.Number, 18), nil, "Anh/chị nhắn giúp một số không quá 18."},
		{"money", value.Type{Kind: value.Money}, nil, "Anh/chị nhắn giúp số tiền, ví dụ 15.000 đồng hoặc 1,5 triệu."},
		{"bounded money", bounded(value.Money, 1000, 15000), nil, "Anh/chị nhắn giúp số tiền từ 1.000 đ đến 15.000 đ."},
		{"money from", from(value.Money, 1000), nil, "Anh/chị nhắn giúp số tiền từ 1.000 đ trở lên."},
		{"money up to", upTo(value.Money, 1000), nil, "Anh/chị nhắn giúp số tiền không quá 1.000 đ."},
		{"date", value.Type{Kind: value.Date}, nil, "Anh/chị cho biết ngày, ví dụ 26/11/2026."},
		{"bounded date", bounded(value.Date, today, today+1), nil, "Anh/chị cho biết ngày từ 24/11/2026 đến 25/11/2026, ví dụ 25/11/2026."},
		{"date from", from(value.Date, today+10), nil, "Anh/chị cho biết ngày từ 04/12/2026 trở đi, ví dụ 04/12/2026."},
		{"date up to", upTo(value.Date, today), nil, "Anh/chị cho biết ngày không sau 24/11/2026, ví dụ 24/11/2026."},
		{"phone", value.Type{Kind: value.Phone}, nil, "Anh/chị nhắn giúp số điện thoại, ví dụ 0912 345 678."},
		{"ward", wards(), nil, "Anh/chị nhắn giúp tên phường hoặc xã, tên cũ cũng được."},
		{"choice", homes(), nil, "Anh/chị bấm một nút, hoặc nhắn số từ 1 đến 4."},
		{"choice of one", homes(), one, "Anh/chị bấm nút, hoặc nhắn số 1."},
		{"choice of none", homes(), none, "Anh/chị nhắn lại giúp."},
		{"yes or no", value.Type{Kind: value.YesNo}, nil, "Anh/chị trả lời giúp: có hoặc không."},
		{"pictures", bounded(value.Images, 1, 3), nil, "Anh/chị gửi giúp từ 1 đến 3 ảnh."},
		{"one picture", bounded(value.Images, 1, 1), nil, "Anh/chị gửi giúp 1 ảnh."},
		{"files", value.Type{Kind: value.Files}, nil, "Anh/chị gửi giúp từ 1 đến 10 tệp."},
		{"place", value.Type{Kind: value.Place}, nil, "Anh/chị gửi vị trí, hoặc ghi địa chỉ (số nhà, đường, phường)."},
		{"no type", value.Type{}, nil, "Anh/chị nhắn lại giúp."},
	}
	for _, c := range tests {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			ctx := value.Context{Today: today, Visible: c.visible}
			if got := c.typ.Ask(ctx); got != c.want {
				t.Errorf("Ask = %q, want %q", got, c.want)
			}
		})
	}
}

// TestExamplesAreAccepted reads the example of every sentence that gives one: what is suggested must be an answer.
func TestExamplesAreAccepted(t *testing.T) {
	t.Parallel()
	tests := []struct {
		typ     value.Type
		example string
	}{
		{value.Type{Kind: value.Number}, "12"},
		{value.Type{Kind: value.Money}, "15.000 đồng"},
		{value.Type{Kind: value.Money}, "15 nghìn"},
		{value.Type{Kind: value.Money}, "1,5 triệu"},
		{value.Type{Kind: value.Date}, "26/11/2026"},
		{value.Type{Kind: value.Phone}, "0912 345 678"},
		{value.Type{Kind: value.YesNo}, "có"},
		{value.Type{Kind: value.YesNo}, "không"},
	}
	for _, c := range tests {
		if v, p := c.typ.ReadText(c.example, value.Context{Today: today}); p != nil {
			t.Errorf("%q reads as %+v: %+v", c.example, v, p)
		}
	}
}

// TestLongAnswersAreBounded sends what no answer is: a page of text to every kind.
func TestLongAnswersAreBounded(t *testing.T) {
	t.Parallel()
	page := ""
	for len(page) < 20_000 {
		page += "một trăm nghìn đồng ngày 1/1/2026 số 1 có nhà trọ 0912345678 "
	}
	for kind := value.Unset; kind <= value.Place; kind++ {
		typ := value.Type{Kind: kind, Options: homes().Options}
		v, p := typ.ReadText(page, value.Context{Today: today})
		if p == nil {
			t.Errorf("kind %d reads a page as %+v", kind, v)
		}
	}
}
