package value_test

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"hoithoai/dsl/golden"
	"hoithoai/dsl/value"
)

// today is the day of all tables: Tuesday 24/11/2026.
const today = 20781

func mustDay(t testing.TB, year, month, day int) int64 {
	t.Helper()
	n, ok := value.DayNumber(year, month, day)
	if !ok {
		t.Fatalf("DayNumber(%d, %d, %d): no such day", year, month, day)
	}
	return n
}

// homes is the choice of design/examples/tam_tru.flow.
func homes() value.Type {
	return value.Type{Kind: value.Choice, Options: []value.Option{
		{Name: "thue", Label: "Nhà thuê, nhà trọ", Synonyms: []string{"phòng trọ", "ký túc xá"}},
		{Name: "nho", Label: "Ở nhờ"},
		{Name: "than", Label: "Nhà cha mẹ, vợ chồng, con"},
		{Name: "nha", Label: "Nhà của tôi"},
	}}
}

func jobs() value.Type {
	return value.Type{Kind: value.Choice, Options: []value.Option{
		{Name: "moi", Label: "Đăng ký mới", Synonyms: []string{"mới"}},
		{Name: "gia_han", Label: "Gia hạn"},
		{Name: "duoi_2", Label: "Dưới 2 năm"},
		{Name: "tre_1", Label: "Trẻ em 1 tuổi"},
		{Name: "ba_me", Label: "Ba mẹ"},
		{Name: "khac", Label: "Việc khác", Synonyms: []string{"mới"}},
	}}
}

// wards is a made-up catalogue: codes, full names, old names; one old name was split over two wards.
func wards() value.Type {
	return value.Type{Kind: value.Ward, Options: []value.Option{
		{Name: "26773", Label: "Phường Thới An", Synonyms: []string{"Phường Lê Thị Riêng, Quận 12", "Phường Thới An, Quận 12"}},
		{Name: "26774", Label: "Phường Thới An Đông"},
		{Name: "26782", Label: "Phường Tân Thới Hiệp", Synonyms: []string{"Phường Hiệp Thành, Quận 12"}},
		{Name: "27139", Label: "Phường Bàn Cờ", Synonyms: []string{"Phường 5, Quận 3", "Phường 3, Quận 3", "Phường 2, Quận 3"}},
		{Name: "27160", Label: "Phường Nhiêu Lộc", Synonyms: []string{"Phường 9, Quận 3", "Phường 2, Quận 3"}},
		{Name: "27190", Label: "Phường Diên Hồng", Synonyms: []string{"Phường 6, Quận 10", "Phường 5, Quận 10"}},
		{Name: "27595", Label: "Xã Tân Nhựt", Synonyms: []string{"Thị trấn Tân Túc, Huyện Bình Chánh"}},
		{Name: "26732", Label: "Đặc khu Côn Đảo"},
	}}
}

// several makes a chọn nhiều of a chọn, with bounds where they are given.
func several(t value.Type, counts ...int64) value.Type {
	t.Kind = value.Choices
	if len(counts) == 2 {
		t.Min, t.Max, t.HasMin, t.HasMax = counts[0], counts[1], true, true
	}
	return t
}

// papers has labels that hold what also joins choices.
func papers() value.Type {
	return value.Type{Kind: value.Choice, Options: []value.Option{
		{Name: "cccd", Label: "Căn cước, hộ chiếu", Synonyms: []string{"căn cước", "cccd", "hộ chiếu"}},
		{Name: "hop_dong", Label: "Hợp đồng thuê và phụ lục"},
		{Name: "khai_sinh", Label: "Giấy khai sinh", Synonyms: []string{"khai sinh"}},
	}}
}

func bounded(kind value.Kind, lo, hi int64) value.Type {
	return value.Type{Kind: kind, Min: lo, Max: hi, HasMin: true, HasMax: true}
}

// tableTypes are the types that a table selects with a line "@ name".
func tableTypes(t testing.TB) map[string]value.Type {
	return map[string]value.Type{
		"chữ":             {Kind: value.Text},
		"chữ 3..10":       bounded(value.Text, 3, 10),
		"số":              {Kind: value.Number},
		"số 1..100":       bounded(value.Number, 1, 100),
		"số 1..":          {Kind: value.Number, Min: 1, HasMin: true},
		"tiền":            {Kind: value.Money},
		"tiền 1000..1tr":  bounded(value.Money, 1000, 1_000_000),
		"ngày":            {Kind: value.Date},
		"ngày quá khứ":    {Kind: value.Date, Max: today, HasMax: true},
		"ngày tới":        {Kind: value.Date, Min: today, HasMin: true},
		"ngày 2026":       bounded(value.Date, mustDay(t, 2026, 1, 1), mustDay(t, 2026, 12, 31)),
		"điện thoại":      {Kind: value.Phone},
		"phường":          wards(),
		"chọn chỗ ở":      homes(),
		"chọn việc":       jobs(),
		"có/không":        {Kind: value.YesNo},
		"vị trí":          {Kind: value.Place},
		"ảnh":             bounded(value.Images, 1, 3),
		"tệp":             {Kind: value.Files},
		"tệp 2..4":        bounded(value.Files, 2, 4),
		"kể":              {Kind: value.Story},
		"kể 2..3":         bounded(value.Story, 2, 3),
		"chọn nhiều":      several(homes()),
		"chọn nhiều 2..2": several(homes(), 2, 2),
		"chọn nhiều 2..3": several(homes(), 2, 3),
		"chọn giấy":       several(papers()),
	}
}

// TestReadTables reads every table of testdata/readers, one a type: a line is an input, a tab and what it is read as. A line that
// begins with "+ " sends attachments: their kinds and names, between commas. -update rewrites the
// second column.
func TestReadTables(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("testdata/readers/*.golden")
	if err != nil || len(files) < 13 {
		t.Fatalf("found %d tables (%v), want one a type", len(files), err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".golden"), func(t *testing.T) {
			t.Parallel()
			raw, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			got, n := readTable(t, string(raw))
			if n < 40 {
				t.Errorf("%s has %d inputs, want at least 40", file, n)
			}
			golden.Assert(t, file, got)
		})
	}
}

// readTable returns the table with its second column as read now, and the number of its inputs.
func readTable(t *testing.T, table string) ([]byte, int) {
	t.Helper()
	types := tableTypes(t)
	var out bytes.Buffer
	var typ value.Type
	ctx := value.Context{Today: today}
	n := 0
	for line := range strings.Lines(table) {
		line = strings.TrimSuffix(line, "\n")
		switch {
		case line == "" || strings.HasPrefix(line, "#"):
			fmt.Fprintln(&out, line)
			continue
		case strings.HasPrefix(line, "@ "):
			name, hidden, _ := strings.Cut(line[2:], " ẩn ")
			var ok bool
			if typ, ok = types[name]; !ok {
				t.Fatalf("no type is called %q", name)
			}
			ctx.Visible = without(hidden)
			fmt.Fprintln(&out, line)
			continue
		}
		input, _, _ := strings.Cut(line, "\t")
		if sent, ok := strings.CutPrefix(input, "+ "); ok {
			fmt.Fprintf(&out, "%s\t%s\n", input, described(typ.ReadMedia(attachments(sent), "", ctx))(typ))
			n++
			continue
		}
		text, err := strconv.Unquote(`"` + strings.ReplaceAll(input, `"`, `\"`) + `"`)
		if err != nil {
			t.Fatalf("input %q: %v", input, err)
		}
		fmt.Fprintf(&out, "%s\t%s\n", input, outcome(t, typ, text, ctx))
		n++
	}
	return out.Bytes(), n
}

// without hides the options whose indexes stand in list, digits in a row.
func without(list string) func(int) bool {
	if list == "" {
		return nil
	}
	return func(i int) bool { return !strings.Contains(list, strconv.Itoa(i)) }
}

// outcome reads text with the type as it is and prepared, which must agree.
func outcome(t *testing.T, typ value.Type, text string, ctx value.Context) string {
	t.Helper()
	plain := describe(typ, text, ctx)
	typ.Prepare()
	if prepared := describe(typ, text, ctx); prepared != plain {
		t.Errorf("%q reads as %s, but prepared as %s", text, plain, prepared)
	}
	return plain
}

func describe(typ value.Type, text string, ctx value.Context) string {
	return described(typ.ReadText(text, ctx))(typ)
}

// described writes a reading down: what is shown, with the pieces of a story; or the problem, with what is kept beside it.
func described(v value.Value, p *value.Problem) func(value.Type) string {
	return func(typ value.Type) string {
		shown := strings.ReplaceAll(typ.Show(v), "\n", `\n`)
		for _, m := range v.Media {
			if v.Kind == value.Story {
				shown += " (" + m.Kind + " " + strings.ReplaceAll(short(m.Text+m.Name), "\n", `\n`) + ")"
			}
		}
		if p == nil {
			return "= " + shown
		}
		if v.IsSet() {
			shown = " beside " + shown
		}
		return problemLine(p) + shown
	}
}

func short(s string) string {
	if r := []rune(s); len(r) > 60 {
		return string(r[:60]) + "…"
	}
	return s
}

// attachments reads "image x.jpg, video y.mp4"; a location takes its coordinates for a name: "location 10.79/106.78".
func attachments(s string) []value.Media {
	var out []value.Media
	for part := range strings.SplitSeq(s, ", ") {
		kind, name, _ := strings.Cut(part, " ")
		m := value.Media{Kind: kind, Name: name}
		if kind == "location" {
			m.Name = ""
			m.Lat, m.Long, _ = strings.Cut(name, "/")
		}
		out = append(out, m)
	}
	return out
}

func problemLine(p *value.Problem) string {
	s := "! " + p.Kind.String()
	if p.Candidates != nil {
		s += fmt.Sprint(" ", p.Candidates)
	}
	return s + ": " + p.Sentence
}
