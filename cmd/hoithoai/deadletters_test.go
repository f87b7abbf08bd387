package main

import (
	"strings"
	"testing"
	"time"

	"hoithoai/runtime/zalo/fake"
)

// TestDeadLetters: a message that Zalo refuses for good is
// listed without its words, and can be dropped.
func TestDeadLetters(t *testing.T) {
	t.Parallel()
	s := serveTwo(t, "", "")
	s.zalo.Script(fake.Invalid)
	s.zalo.Push(t.Context(), s.zalo.Person(firstOffice, "931").Text("tạm trú"))
	await(t, "the refusal is known", 20*time.Second, func() bool { return strings.Contains(s.prog.out.String(), "a message is given up") })
	if err := s.prog.stop(); err != nil {
		t.Fatal(err)
	}
	verb := func(want string, args ...string) string {
		t.Helper()
		p := newProcess(t, s.dir, s.prog.env, append([]string{"deadletters", "--config", "hoithoai.toml"}, args...)...)
		out, _ := p.once()
		if !strings.Contains(out, want) {
			t.Errorf("deadletters %v says %q, want %q", args, out, want)
		}
		return out
	}
	list := verb(firstOffice + ": 1 tin không gửi được")
	if !strings.Contains(list, "words/interactive") || !strings.Contains(list, "-201") || strings.Contains(list, "931 ") || strings.Contains(list, "Công an") {
		t.Errorf("the list is %q", list)
	}
	id := strings.Fields(strings.Split(list, "\n")[1])[0]
	verb("viết: hoithoai deadletters", "drop", firstOffice)
	verb("đã bỏ dòng", "drop", firstOffice, id)
	verb("không có dòng", "drop", firstOffice, id)
	verb(firstOffice + ": 0 tin")
}
