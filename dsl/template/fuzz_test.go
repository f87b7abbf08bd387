package template

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"hoithoai/dsl/fold"
	"hoithoai/dsl/value"
)

// FuzzTemplate holds for any text: Parse does not panic and points into the text; text without braces renders itself; what
// was accepted renders or says which value is unset; and a value comes out as it is.
func FuzzTemplate(f *testing.F) {
	for _, src := range refusedTemplates {
		f.Add(src, "x")
	}
	for _, seed := range [][2]string{
		{`Chào {zalo.ten}.`, `{gia}`}, {`{{`, `}}`}, {`{ho_ten + "}"}`, "a\nb"}, {"\xff{\xfe}", "\xff"}, {`{lam_tron(gia * 1.35)}`, "\u202E"},
	} {
		f.Add(seed[0], seed[1])
	}
	scope := newScope(f)
	f.Fuzz(func(t *testing.T, src, name string) {
		tmpl, problems := Parse(src, scope, nil)
		runes := utf8.RuneCountInString(src)
		for _, p := range problems {
			if p.Offset < 0 || p.Length < 1 || p.Offset+p.Length > runes {
				t.Fatalf("%q: %s points at %d+%d of %d", src, p.Code, p.Offset, p.Length, runes)
			}
		}
		if problems != nil {
			return
		}
		w := newWorld()
		w.values["ho_ten"] = value.Value{Kind: value.Text, S: name}
		got, err := tmpl.Append(nil, w)
		if err != nil {
			return
		}
		if !strings.ContainsAny(src, "{}") && string(got) != src {
			t.Fatalf("text without braces %q renders as %q", src, got)
		}
		if want := visible(name); string(mustAppend(t, w)) != want {
			t.Fatalf("the value %q renders as %q, want %q", name, mustAppend(t, w), want)
		}
	})
}

// mustAppend renders the name alone.
func mustAppend(t *testing.T, w *world) []byte {
	tmpl := parse(t, "{ho_ten}")
	got, err := tmpl.Append(nil, w)
	if err != nil {
		t.Fatal(err)
	}
	return got
}

// visible is what must be left of a value, written the long way.
func visible(s string) string {
	var out []byte
	for len(s) > 0 {
		r, size := utf8.DecodeRuneInString(s)
		switch {
		case r == '\n':
			out = append(out, ' ')
		case !unicode.IsControl(r) && !fold.Invisible(r):
			out = append(out, s[:size]...)
		}
		s = s[size:]
	}
	return string(out)
}
