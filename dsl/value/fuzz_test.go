package value_test

import (
	"os"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"

	"hoithoai/dsl/value"
)

// hostile are inputs that break naive readers.
var hostile = []string{
	"", " ", "\x00", "\xff\xfe", "\u202e1", "{{", "{{ten}}", "👍👨\u200d👩\u200d👧", strings.Repeat("a", 2000), strings.Repeat("9", 2000),
	strings.Repeat("năm ", 500), strings.Repeat("1/", 1000), strings.Repeat("1.", 1000), strings.Repeat("👍", 2000),
	"a" + strings.Repeat("\u0301", 2000), strings.Repeat("một trăm ", 200), "-9223372036854775808", "9223372036854775807",
	"999.999.999.999.999.999.999 tỷ", "1e308", "31/02/2026", "00/00/0000", "٣٤", "\u2028\u2029", "%s%n", "';--", "mười mươi trăm linh",
}

// seed adds the hostile inputs and those of a table.
func seed(f *testing.F, table string) {
	f.Helper()
	for _, s := range hostile {
		f.Add(s)
	}
	raw, err := os.ReadFile("testdata/readers/" + table + ".golden")
	if err != nil {
		f.Fatal(err)
	}
	for line := range strings.Lines(string(raw)) {
		input, _, ok := strings.Cut(line, "\t")
		if !ok {
			continue
		}
		if s, err := strconv.Unquote(`"` + strings.ReplaceAll(input, `"`, `\"`) + `"`); err == nil {
			f.Add(s)
		}
	}
}

// checkRead reads text with typ, as it is and prepared, and holds what comes out to the contract of ReadText.
func checkRead(t *testing.T, typ value.Type, text string) {
	t.Helper()
	ctx := value.Context{Today: today}
	v, p := typ.ReadText(text, ctx)
	typ.Prepare()
	v2, p2 := typ.ReadText(text, ctx)
	if (p == nil) != (p2 == nil) || !value.Equal(v, v2) {
		t.Fatalf("%q reads as %v, but prepared as %v", text, v, v2)
	}
	if p != nil {
		checkProblem(t, typ, p, v)
		return
	}
	if v.Kind != typ.Kind {
		t.Fatalf("%q reads as kind %d, want %d", text, v.Kind, typ.Kind)
	}
	checkBounds(t, typ, v)
	checkShown(t, typ, v, ctx)
}

func checkProblem(t *testing.T, typ value.Type, p *value.Problem, v value.Value) {
	t.Helper()
	begun := p.Kind == value.TooFew && (typ.Kind == value.Choices || typ.Kind == value.Story)
	if v.IsSet() && !begun || p.Sentence == "" || !utf8.ValidString(p.Sentence) || strings.HasPrefix(p.Kind.String(), "no ") && p.Kind != value.NoSuchDay {
		t.Fatalf("problem %+v beside value %+v", p, v)
	}
	for i, c := range p.Candidates {
		if c < 0 || c >= len(typ.Options) || i > 0 && p.Candidates[i-1] >= c {
			t.Fatalf("candidates %v are not ascending options", p.Candidates)
		}
	}
}

func checkBounds(t *testing.T, typ value.Type, v value.Value) {
	t.Helper()
	n := v.N
	switch typ.Kind {
	case value.Text:
		n = int64(utf8.RuneCountInString(v.S))
	case value.Choices, value.Story:
		n = int64(value.Count(v))
	}
	if typ.HasMin && n < typ.Min || typ.HasMax && n > typ.Max {
		t.Fatalf("accepted %+v outside %d..%d", v, typ.Min, typ.Max)
	}
}

// checkShown holds an accepted value to its longest length and reads it back as it is shown.
func checkShown(t *testing.T, typ value.Type, v value.Value, ctx value.Context) {
	t.Helper()
	shown := typ.Show(v)
	if n := utf8.RuneCountInString(shown); n > typ.MaxLen() {
		t.Fatalf("%q is shown with %d runes, MaxLen is %d", shown, n, typ.MaxLen())
	}
	if appended := string(typ.Append([]byte("x"), v)); appended != "x"+shown {
		t.Fatalf("Append gives %q, Show %q", appended, shown)
	}
	if typ.Kind == value.Story {
		return // a story is shown as the number of its pieces
	}
	back, p := typ.ReadText(shown, ctx)
	if p != nil {
		t.Fatalf("%+v is shown as %q, which is refused: %+v", v, shown, *p)
	}
	if !value.Equal(v, back) {
		t.Fatalf("%+v is shown as %q, which reads as %+v", v, shown, back)
	}
	if strings.HasPrefix(shown, `"`) || strings.HasPrefix(shown, "“") {
		return // a literal drops its quotes
	}
	if parsed, err := typ.Parse(shown); err != nil || !value.Equal(v, parsed) {
		t.Fatalf("%+v is shown as %q, which parses as %+v (%v)", v, shown, parsed, err)
	}
}

func fuzz(f *testing.F, table string, types ...value.Type) {
	f.Helper()
	seed(f, table)
	f.Fuzz(func(t *testing.T, text string) {
		for _, typ := range types {
			checkRead(t, typ, text)
		}
	})
}

func FuzzReadText(f *testing.F) {
	fuzz(f, "text", value.Type{Kind: value.Text}, bounded(value.Text, 3, 10), bounded(value.Text, 0, 1))
}

func FuzzReadNumber(f *testing.F) {
	fuzz(f, "number", value.Type{Kind: value.Number}, bounded(value.Number, 1, 100), bounded(value.Number, -5, 5))
}

func FuzzReadMoney(f *testing.F) {
	fuzz(f, "money", value.Type{Kind: value.Money}, bounded(value.Money, 1000, 1_000_000))
}

func FuzzReadDate(f *testing.F) {
	fuzz(f, "date", value.Type{Kind: value.Date}, value.Type{Kind: value.Date, Max: today, HasMax: true}, bounded(value.Date, today-30, today+30))
}

func FuzzReadPhone(f *testing.F) { fuzz(f, "phone", value.Type{Kind: value.Phone}) }

func FuzzReadWard(f *testing.F) { fuzz(f, "ward", wards(), value.Type{Kind: value.Ward}) }

func FuzzReadChoice(f *testing.F) {
	fuzz(f, "choice", homes(), value.Type{Kind: value.Choice})
}

func FuzzReadYesNo(f *testing.F) { fuzz(f, "yesno", value.Type{Kind: value.YesNo}) }

func FuzzReadPlace(f *testing.F) { fuzz(f, "place", value.Type{Kind: value.Place}) }

func FuzzReadChoices(f *testing.F) {
	fuzz(f, "choices", several(homes()), several(homes(), 2, 3), several(papers()), several(jobs()), value.Type{Kind: value.Choices})
}

func FuzzReadStory(f *testing.F) {
	fuzz(f, "story", value.Type{Kind: value.Story}, bounded(value.Story, 2, 3))
}

func FuzzReadImages(f *testing.F) { fuzz(f, "images", bounded(value.Images, 1, 3)) }

func FuzzReadFiles(f *testing.F) { fuzz(f, "files", value.Type{Kind: value.Files}) }

// FuzzParse holds Parse total for every kind, and what it accepts within the bounds.
func FuzzParse(f *testing.F) {
	for kind := value.Unset; kind <= value.Story; kind++ {
		for _, s := range append(hostile, "15.000", "26/11/2026", "moi", "có", `"a"`, "“a”", "113", `"`) {
			f.Add(uint8(kind), s)
		}
	}
	f.Fuzz(func(t *testing.T, kind uint8, s string) {
		for _, typ := range []value.Type{{Kind: value.Kind(kind)}, {Kind: value.Kind(kind), Options: homes().Options}, bounded(value.Kind(kind), 1, 9)} {
			v, err := typ.Parse(s)
			if err != nil {
				continue
			}
			if v.Kind != typ.Kind {
				t.Fatalf("Parse(%q) has kind %d, want %d", s, v.Kind, typ.Kind)
			}
			if typ.Kind == value.Text || typ.Kind == value.Number || typ.Kind == value.Money || typ.Kind == value.Date {
				checkBounds(t, typ, v)
			}
			if n := utf8.RuneCountInString(typ.Show(v)); n > typ.MaxLen() {
				t.Fatalf("Parse(%q) is shown with %d runes, MaxLen is %d", s, n, typ.MaxLen())
			}
		}
	})
}

// FuzzReadMedia holds the readers of attachments total.
func FuzzReadMedia(f *testing.F) {
	f.Add("location", "", "10.79", "106.78", "nhà tôi", uint8(1))
	f.Add("image", "x.jpg", "", "", "", uint8(3))
	f.Add("file", "x.PDF", "NaN", "Inf", "\x00", uint8(11))
	f.Add("", "", "-0", "+1", "{{", uint8(0))
	f.Fuzz(func(t *testing.T, kind, name, lat, long, caption string, n uint8) {
		media := make([]value.Media, n%16)
		for i := range media {
			media[i] = value.Media{Kind: kind, Name: name, Lat: lat, Long: long}
		}
		for k := value.Unset; k <= value.Story; k++ {
			typ := value.Type{Kind: k, Options: homes().Options}
			v, p := typ.ReadMedia(media, caption, value.Context{Today: today})
			collects := p != nil && (p.Kind == value.TooFew || p.Kind == value.TooMany)
			if v.IsSet() != (p == nil || collects) || v.IsSet() && v.Kind != k {
				t.Fatalf("kind %d: value %+v beside problem %+v", k, v, p)
			}
			if shown := typ.Show(v); utf8.RuneCountInString(shown) > typ.MaxLen() {
				t.Fatalf("kind %d: %q is longer than %d", k, shown, typ.MaxLen())
			}
		}
	})
}
