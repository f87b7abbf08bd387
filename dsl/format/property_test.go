package format_test

import (
	"path/filepath"
	"strings"
	"testing"
	"unicode"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/unicode/norm"
	"pgregory.net/rapid"

	"hoithoai/dsl/format"
)

// canonical are files in their layout, to be messed up: flows, shared facts, transcripts.
func canonical(t testing.TB) map[string]string {
	t.Helper()
	out := map[string]string{}
	for _, path := range glob(t, "../../flows/*/*.flow", "testdata/messy.flow", "testdata/comments.flow") {
		out[filepath.Base(path)] = string(format.Source(filepath.Base(path), load(t, path)).Text)
	}
	return out
}

// TestMessedUp spoils the layout of real files in every way that says nothing: the layout comes back, letter by letter.
func TestMessedUp(t *testing.T) {
	t.Parallel()
	files := canonical(t)
	var names []string
	for name := range files {
		names = append(names, name)
	}
	rapid.Check(t, func(rt *rapid.T) {
		name := rapid.SampledFrom(names).Draw(rt, "file")
		want := files[name]
		var messy strings.Builder
		lineEnd := rapid.SampledFrom([]string{"\n", "\r\n"}).Draw(rt, "line end")
		for line := range strings.Lines(want) {
			messy.WriteString(spoil(rt, strings.TrimSuffix(line, "\n")) + lineEnd)
		}
		src := messy.String() + strings.Repeat(lineEnd, rapid.IntRange(0, 2).Draw(rt, "lines at the end"))
		if rapid.Bool().Draw(rt, "decomposed") {
			src = norm.NFD.String(src)
		}
		if rapid.Bool().Draw(rt, "byte order mark") {
			src = "\uFEFF" + src
		}
		if diff := cmp.Diff(want, string(format.Source(name, []byte(src)).Text)); diff != "" {
			rt.Errorf("%s does not come back (-want +got):\n%s", name, diff)
		}
	})
}

// spoil changes what a line looks like and not what it says.
func spoil(rt *rapid.T, line string) string {
	text := strings.TrimLeft(line, " ")
	if text == "" {
		return rapid.SampledFrom([]string{"", "  ", "\t"}).Draw(rt, "blank")
	}
	indent := rapid.SampledFrom([]string{"", " ", "    ", "\t", "\t  "}).Draw(rt, "indent")
	end := rapid.SampledFrom([]string{"", " ", "\t "}).Draw(rt, "end")
	if isProse(text) {
		return indent + text + end
	}
	text = strings.ReplaceAll(text, "   ", rapid.SampledFrom([]string{" ", "  ", "\t", "       "}).Draw(rt, "columns"))
	switch rapid.IntRange(0, 5).Draw(rt, "how") {
	case 0:
		text = upperKeyword(text)
	case 1:
		text = curled(text)
	case 2:
		text = strings.Replace(text, " -> ", "→", 1)
	case 3:
		text = strings.Replace(text, "từ khóa ", "Từ khoá ", 1)
	case 4:
		text = strings.Replace(text, `", "`, `","`, 1)
	}
	return indent + text + end
}

// isProse reports whether the spaces and signs of a line belong to what it says.
func isProse(text string) bool {
	for _, start := range []string{"|", "*", "#", "[", "khi ", "Dân", "Bot", "nếu", "phải", "tính", "làm", "gọi", "giả", "Máy"} {
		if strings.HasPrefix(text, start) {
			return true
		}
	}
	return strings.ContainsAny(text, "[=<>") && !strings.Contains(text, "->") // an expression
}

// upperKeyword writes the first word in capitals where it is no name.
func upperKeyword(text string) string {
	word, rest, _ := strings.Cut(text, " ")
	if strings.IndexFunc(word, func(r rune) bool { return r > unicode.MaxASCII }) < 0 || strings.ContainsAny(word, `"`) {
		return text
	}
	return strings.TrimRight(strings.ToUpper(word)+" "+rest, " ")
}

// curled gives the strings of a line the quotes of a word processor.
func curled(text string) string {
	if strings.Count(text, `"`)%2 != 0 {
		return text
	}
	for i := 0; strings.Contains(text, `"`); i++ {
		text = strings.Replace(text, `"`, [...]string{"“", "”"}[i%2], 1)
	}
	return text
}

// FuzzSource: any bytes are laid out without loss, the same way twice, and mean the same afterwards.
func FuzzSource(f *testing.F) {
	for _, path := range glob(f, "testdata/*.flow", "../../testdata/parse/ok/*.flow", "../../testdata/parse/err/*.flow") {
		f.Add(load(f, path), format.IsTranscript(path))
	}
	for _, s := range []string{"", "\n", "#", "|", "bước a\n#\n\n#\n", "bước a\n[", "khi", "\xff", "\xff\xfe", "dữ liệu\na chọn \"“\"\nb “\"” ", "bước a\nnếu «\"» -> b"} {
		f.Add([]byte(s), false)
		f.Add([]byte(s), true)
	}
	f.Fuzz(func(t *testing.T, src []byte, transcript bool) {
		name := "f.flow"
		if transcript {
			name = "f_test.flow"
		}
		laidOut(t, name, src)
	})
}

func BenchmarkSource(b *testing.B) {
	one := strings.Split(string(load(b, "testdata/messy.flow")), "\n")
	var src strings.Builder
	for i := range 5 {
		for _, line := range one {
			src.WriteString(strings.ReplaceAll(line, "bước ", "bước b"+string(rune('a'+i))+"_") + "\n")
		}
	}
	text := []byte(src.String())
	b.Logf("%d lines", strings.Count(src.String(), "\n"))
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		if r := format.Source("messy.flow", text); !r.Whole {
			b.Fatal(r.Found)
		}
	}
}
