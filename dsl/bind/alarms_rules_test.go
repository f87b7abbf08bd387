package bind_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"hoithoai/dsl/bind"
	"hoithoai/dsl/diag"
	"hoithoai/dsl/tree"
)

func TestD057Address(t *testing.T) {
	t.Parallel()
	lacks := func(text string) words {
		return words{
			vi: "Địa chỉ “" + text + "” thiếu https://, nút [A] sẽ không hiện.", en: "The address “" + text + "” lacks https://; the button [A] would not show.",
			fixVI: "Viết là “https://" + text + "”.", fixEN: "Write “https://" + text + "”.",
		}
	}
	no := func(text string) words {
		return words{
			vi: "“" + text + "” không phải địa chỉ trang web, nút [A] sẽ không hiện.", en: "“" + text + "” is no web address; the button [A] would not show.",
			fixVI: "Chép nguyên địa chỉ từ trình duyệt, ví dụ: https://dichvucong.gov.vn.", fixEN: "Copy the whole address from a browser, for example: https://dichvucong.gov.vn.",
		}
	}
	opens := func(address string) []string {
		return []string{thu("bước dau\n  | A.\n  [A]   mở \"" + address + "\"\n  -> het")}
	}
	holds(t, "D057",
		example{"without a scheme", opens("«dichvucong.gov.vn»"), []words{lacks("dichvucong.gov.vn")}},
		example{"with a path", opens("«a.vn/thu-tuc?id=1»"), []words{lacks("a.vn/thu-tuc?id=1")}},
		example{"with a value at its end", opens("«a.vn/{don_vi.ten}»"), []words{lacks("a.vn/{don_vi.ten}")}},
		example{"another scheme", opens("«mailto:a@b.vn»"), []words{no("mailto:a@b.vn")}},
		example{"a script", opens("«javascript:alert(1)»"), []words{no("javascript:alert(1)")}},
		example{"half a scheme", opens("«https:/a.vn»"), []words{no("https:/a.vn")}},
		example{"no host", opens("«https://»"), []words{no("https://")}},
		example{"a name with a password", opens("«https://a:b@c.vn»"), []words{no("https://a:b@c.vn")}},
		example{"words", opens("«trang chủ»"), []words{no("trang chủ")}},
		example{"a word", opens("«dichvucong»"), []words{no("dichvucong")}},
		example{"https", opens("https://a.vn/x"), nil},
		example{"http", opens("http://a.vn"), nil},
		example{"in capitals", opens("HTTPS://A.VN"), nil},
		example{"a value", opens("{don_vi.ten}"), nil},
		example{"a value behind the scheme", opens("https://{don_vi.ten}/a"), nil},
		example{"a number to call", []string{thu("bước dau\n  | A.\n  [A]   gọi số \"113\"\n  -> het")}, nil},
		example{"a reminder", []string{thu("bước dau\n  | A?\n  [B]   -> het\n  im lặng 10 phút\n    | Còn?\n    [A]   mở \"«a.vn»\"")}, []words{lacks("a.vn")}},
	)
}

// TestD057Edit: the edit makes the address whole.
func TestD057Edit(t *testing.T) {
	t.Parallel()
	_, found := bind.Bind([]*tree.File{parsed("luồng thu \"Thử\"\n\nbước dau\n  | A.\n  [A]   mở \"a.vn\"\n  kết thúc đạt\n")})
	want := &diag.Edit{Span: diag.Span{File: "thu.flow", Line: 5, Column: 13, EndLine: 5, EndColumn: 17}, Text: "https://a.vn"}
	if len(found) != 1 || !cmp.Equal(found[0].Edit, want) {
		t.Errorf("found %+v, want the edit %+v", found, want)
	}
}

func TestD058Except(t *testing.T) {
	t.Parallel()
	no := []words{{
		vi: "“trừ” chỉ có tác dụng trong luồng khẩn cấp hoặc không giữ.", en: "trừ works only in a flow with khẩn cấp or không giữ.",
		fixVI: "Bỏ dòng này.", fixEN: "Remove this line.",
	}}
	holds(t, "D058",
		example{"ordinary", []string{plain("thu", "  từ khóa \"a\"\n  trừ \"«b»\", \"c\"\n")}, no},
		example{"an emergency", []string{plain("thu", "  khẩn cấp\n  từ khóa \"a\"\n  trừ \"b\"\n")}, nil},
		example{"an unkept one", []string{plain("thu", "  không giữ\n  từ khóa \"a\"\n  trừ \"b\"\n")}, nil},
	)
}

func TestD059Together(t *testing.T) {
	t.Parallel()
	no := words{
		vi: "Dấu + trong từ khóa chỉ có nghĩa ở luồng khẩn cấp hoặc không giữ.", en: "A + in a keyword has a meaning only in a flow with khẩn cấp or không giữ.",
		fixVI: "Viết cả cụm như người dân gõ, hoặc đưa câu mẫu vào “dân hỏi”.", fixEN: "Write the words as residents type them, or put a sentence under “dân hỏi”.",
	}
	holds(t, "D059",
		example{"two parts", []string{plain("thu", "  từ khóa \"«a + b»\", \"c\", \"«d+e»\"\n")}, []words{no, no}},
		example{"a sign at the end", []string{plain("thu", "  từ khóa \"hạng A+\"\n")}, nil},
		example{"an emergency", []string{plain("thu", "  khẩn cấp\n  từ khóa \"a + b\"\n")}, nil},
		example{"an unkept one", []string{plain("thu", "  không giữ\n  từ khóa \"a + b\"\n")}, nil},
	)
}

func TestD080Unheard(t *testing.T) {
	t.Parallel()
	no := func(word string) []words {
		return []words{{
			vi: "Luồng " + word + " chưa có từ khóa hay câu mẫu nào, nên không bao giờ chạy.", en: "This flow with " + word + " has no keyword and no example, so it never runs.",
			fixVI: "Thêm dòng: từ khóa \"…\".", fixEN: "Add a line: từ khóa \"…\".",
		}}
	}
	holds(t, "D080",
		example{"an emergency", []string{plain("thu", "  «khẩn cấp»\n")}, no("khẩn cấp")},
		example{"an unkept one", []string{plain("thu", "  «không giữ»\n")}, no("không giữ")},
		example{"both", []string{plain("thu", "  không giữ\n  «khẩn cấp»\n")}, no("khẩn cấp")},
		example{"a keyword", []string{plain("thu", "  khẩn cấp\n  từ khóa \"a\"\n")}, nil},
		example{"an example", []string{plain("thu", "  không giữ\n\ndân hỏi\n  * a b\n")}, nil},
		example{"ordinary", []string{plain("thu", "")}, nil},
	)
}

func TestD081EmptyPart(t *testing.T) {
	t.Parallel()
	no := func(text string) words {
		return words{
			vi: "“" + text + "” có phần không có chữ nào, nên không bao giờ khớp.", en: "“" + text + "” has a part without a letter, so it never matches.",
			fixVI: "Viết chữ vào từng phần, hoặc bỏ từ khóa này.", fixEN: "Write words in every part, or remove this keyword.",
		}
	}
	alarm := func(lines string) []string { return []string{plain("thu", "  khẩn cấp\n"+lines)} }
	holds(t, "D081",
		example{"at the end", alarm("  từ khóa \"«dao +»\", \"a\"\n"), []words{no("dao +")}},
		example{"at the beginning", alarm("  từ khóa \"«+ dao»\"\n"), []words{no("+ dao")}},
		example{"in the middle", alarm("  từ khóa \"«a + + b»\"\n"), []words{no("a + + b")}},
		example{"a sign alone", alarm("  từ khóa \"«+»\"\n"), []words{no("+")}},
		example{"marks alone", alarm("  từ khóa \"«!!!»\"\n"), []words{no("!!!")}},
		example{"an exception", alarm("  từ khóa \"a\"\n  trừ \"«b +»\"\n"), []words{no("b +")}},
		example{"an ordinary flow, marks alone", []string{plain("thu", "  từ khóa \"«…»\"\n")}, []words{no("…")}},
		example{"an ordinary flow, a sign at the end", []string{plain("thu", "  từ khóa \"hạng A+\"\n")}, nil},
		example{"parts with words", alarm("  từ khóa \"a + b + c\", \"113\"\n"), nil},
	)
}
