package explain_test

import (
	"bytes"
	"errors"
	"os"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"hoithoai/dsl"
	"hoithoai/dsl/diag"
	"hoithoai/dsl/explain"
)

func printed(t *testing.T, p explain.Page, lang diag.Lang) string {
	t.Helper()
	var out bytes.Buffer
	if err := explain.Write(&out, p, lang); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

func TestWrite(t *testing.T) {
	t.Parallel()
	p := explain.Page{
		Code: "X001", Title: diag.Sentence{VI: "Điều này.", EN: "This."}, Reason: diag.Sentence{VI: "Vì thế.", EN: "So."}, Mend: "Sửa.",
		Wrong: "bước a\n  | B.\n\n-- x_test.flow --\nhôm nay\n", Right: "bước c\n",
	}
	for lang, want := range map[diag.Lang]string{
		diag.Vietnamese: "X001 – Điều này.\n\nVì sao: Vì thế.\n\nSai:\n    bước a\n      | B.\n\n  (tệp x_test.flow)\n    hôm nay\n\nĐúng:\n    bước c\n\nCách sửa: Sửa.\n",
		diag.English:    "X001 – This.\n\nWhy: So.\n\nWrong:\n    bước a\n      | B.\n\n  (file x_test.flow)\n    hôm nay\n\nRight:\n    bước c\n",
	} {
		if diff := cmp.Diff(want, printed(t, p, lang)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", lang, diff)
		}
	}
	p.Wrong, p.Right, p.Unshown = "", "", "Lớn quá."
	if want := "X001 – Điều này.\n\nVì sao: Vì thế.\n\nKhông có ví dụ: Lớn quá.\n\nCách sửa: Sửa.\n"; printed(t, p, diag.Vietnamese) != want {
		t.Errorf("without example it reads %q", printed(t, p, diag.Vietnamese))
	}
}

type broken struct{}

func (broken) Write([]byte) (int, error) { return 0, os.ErrClosed }

func TestWriteTellsOfAFullDisk(t *testing.T) {
	t.Parallel()
	if err := explain.Write(broken{}, page(t, "G003"), diag.Vietnamese); !errors.Is(err, os.ErrClosed) {
		t.Errorf("a page: %v", err)
	}
	if err := explain.WriteList(broken{}, "", diag.Vietnamese); !errors.Is(err, os.ErrClosed) {
		t.Errorf("the list: %v", err)
	}
}

// What a page says is short, whole and plain, in each language its own, and no two pages say the same.
func TestPagesReadWell(t *testing.T) {
	t.Parallel()
	seen := map[string]string{}
	for _, code := range explain.Codes() {
		p := page(t, code)
		for name, s := range map[string]string{"Vì sao": p.Reason.VI, "Why": p.Reason.EN, "Cách sửa": p.Mend} {
			first, _ := utf8.DecodeRuneInString(s)
			if !strings.HasSuffix(s, ".") || unicode.IsLower(first) || len(strings.Fields(s)) > 50 {
				t.Errorf("%s, %s: %q", code, name, s)
			}
		}
		if other := seen[p.Reason.VI]; other != "" && p.Unshown == "" {
			t.Errorf("%s gives the reason of %s", code, other)
		}
		seen[p.Reason.VI] = code
		if p.Unshown == "" && p.Wrong == p.Right {
			t.Errorf("%s shows the same twice", code)
		}
		if n := strings.Count(p.Wrong, "\n"); n > 45 {
			t.Errorf("%s: a wrong example of %d lines is too long to see what is wrong", code, n)
		}
	}
}

func TestFind(t *testing.T) {
	t.Parallel()
	for _, typed := range []string{"G003", "g003", " g3 "} {
		p, ok, err := explain.Find(typed)
		if err != nil || !ok || p.Code != "G003" || p.Title.VI == "" || p.Title.EN == "" {
			t.Errorf("Find(%q) = %+v, %v, %v", typed, p, ok, err)
		}
	}
	for _, typed := range []string{"", "G", "G999", "../explain", "G003.md", "xin chào"} {
		if p, ok, err := explain.Find(typed); ok || err != nil {
			t.Errorf("Find(%q) = %+v, %v, %v", typed, p, ok, err)
		}
	}
}

func TestNear(t *testing.T) {
	t.Parallel()
	for typed, want := range map[string]string{"G033": "G003", "g0003": "G003", "C0": "C001", "xyz": "", "": ""} {
		if got, ok := explain.Near(typed); got != want || ok != (want != "") {
			t.Errorf("Near(%q) = %q, %v, want %q", typed, got, ok, want)
		}
	}
}

func TestListHasEveryCode(t *testing.T) {
	t.Parallel()
	for _, lang := range []diag.Lang{diag.Vietnamese, diag.English} {
		var all bytes.Buffer
		if err := explain.WriteList(&all, "", lang); err != nil {
			t.Fatal(err)
		}
		parts := ""
		for _, letter := range explain.Letters() {
			var one bytes.Buffer
			if err := explain.WriteList(&one, string(letter), lang); err != nil {
				t.Fatal(err)
			}
			parts += one.String()
		}
		if all.String() != parts {
			t.Errorf("%s: the groups together are not the list", lang)
		}
		for _, r := range dsl.Rules() {
			if strings.Count(all.String(), "\n  "+r.Code+"  "+r.Summary.In(lang)+"\n") != 1 {
				t.Errorf("%s: %s is not in the list once", lang, r.Code)
			}
		}
	}
}
