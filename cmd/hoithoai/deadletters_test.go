package main

import (
	"strings"
	"testing"

	"hoithoai/runtime/store/redistest"
	"hoithoai/runtime/zalo/fake"
)

// onBoth runs a test of a deployment on the embedded store and on Redis.
func onBoth(t *testing.T, test func(t *testing.T, store string, env []string)) {
	t.Helper()
	t.Run("embedded", func(t *testing.T) {
		t.Parallel()
		test(t, "", nil)
	})
	t.Run("redis", func(t *testing.T) {
		t.Parallel()
		test(t, "[store]\nurl = { env = \"REDIS_URL\" }\n", []string{"REDIS_URL=" + redistest.Start(t).URL()})
	})
}

// letters runs hoithoai deadletters, which must say want.
func (s *served) letters(want string, args ...string) string {
	s.t.Helper()
	p := newProcess(s.t, s.dir, s.prog.env, append([]string{"deadletters", "--config", "hoithoai.toml"}, args...)...)
	out, _ := p.once()
	if !strings.Contains(out, want) {
		s.t.Errorf("deadletters %v says %q, want %q", args, out, want)
	}
	return out
}

// refused lets Zalo refuse the answer to a person for good.
func (s *served) refused(person string) {
	s.t.Helper()
	before := strings.Count(s.prog.out.String(), "a message is given up")
	s.zalo.Script(fake.Invalid)
	s.zalo.Push(s.t.Context(), s.zalo.Person(firstOffice, person).Text("tạm trú"))
	await(s.t, "the refusal is known", func() bool {
		return strings.Count(s.prog.out.String(), "a message is given up") > before
	})
}

// TestDeadLetters: a message that Zalo refuses for good is listed without its words and can be dropped, while the deployment is
// served and when it is not.
func TestDeadLetters(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, store string, env []string) {
		s := serveTwo(t, store, "", env...)
		s.refused("931")
		await(t, "the letter is kept", func() bool { return strings.Contains(s.letters(firstOffice), "-201") })
		s.dropsOne("")
		if log := s.prog.out.String(); !strings.Contains(log, `"action":"drop_dead_letter"`) {
			t.Errorf("the change leaves no line in the log: %s", log)
		}
		s.refused("932")
		await(t, "the letter is kept", func() bool { return strings.Contains(s.letters(firstOffice), "-201") })
		if err := s.prog.stop(); err != nil {
			t.Fatal(err)
		}
		s.dropsOne("tự mở kho")
	})
}

// dropsOne lists what there is, drops the first, and looks again; every time it must say how it came to the store.
func (s *served) dropsOne(how string) {
	s.t.Helper()
	list := s.letters(firstOffice + ": 1 tin không gửi được")
	if !strings.Contains(list, "words/interactive") || !strings.Contains(list, "-201") || strings.Contains(list, "931 ") || strings.Contains(list, "Công an") {
		s.t.Errorf("the list is %q", list)
	}
	if says := strings.Contains(list, "tự mở kho"); says != (how != "") {
		s.t.Errorf("how the store was read: %q", list)
	}
	_, rest, _ := strings.Cut(list, "tin không gửi được\n")
	id := strings.Fields(rest)[0]
	s.letters("viết: hoithoai deadletters", "drop", firstOffice)
	s.letters("đã bỏ dòng", "drop", firstOffice, id)
	s.letters("không có dòng", "drop", firstOffice, id)
	s.letters(firstOffice + ": 0 tin")
}
