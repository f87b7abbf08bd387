package main

import (
	"context"
	"net/http"
	"strings"
	"testing"
	"time"

	"hoithoai/runtime/store/redistest"
)

// push sends a text and waits for nothing.
func (s *served) push(person, text string) {
	s.t.Helper()
	if status := s.zalo.Push(context.Background(), s.zalo.Person(firstOffice, person).Text(text)); status != http.StatusOK {
		s.t.Fatalf("webhook answered %d", status)
	}
}

// arrived returns the texts that reached a person.
func (s *served) arrived(person string) []string {
	var out []string
	for _, m := range s.zalo.Ledger(firstOffice, person) {
		out = append(out, m.Text)
	}
	return out
}

// TestBurstOutlivesTheProcess writes three lines, kills the program before the pause is over, and expects one answer to all of
// them; then it measures the answer to a burst that nobody disturbs.
func TestBurstOutlivesTheProcess(t *testing.T) {
	t.Parallel()
	for _, engine := range []string{"embedded", "redis"} {
		t.Run(engine, func(t *testing.T) {
			t.Parallel()
			extra, env := "", []string(nil)
			if engine == "redis" {
				extra, env = "[store]\nurl = { env = \"REDIS_URL\" }\nlease = \"15s\"\n", []string{"REDIS_URL=" + redistest.Start(t).URL()}
			}
			s := serveTwo(t, "gather_for = \"2s\"\n"+extra, "", env...)
			for _, line := range []string{"em ơi", "em muốn đăng ký", "tạm trú ạ"} {
				s.push("911", line)
			}
			s.prog.kill()
			if got := s.arrived("911"); len(got) > 0 {
				t.Fatalf("answered within the pause: %q", got)
			}
			s.prog.start()
			await(t, "the burst is answered as one message", time.Minute, func() bool {
				return strings.Contains(strings.Join(s.arrived("911"), "\n"), "Anh/chị cần làm việc gì?")
			})
			first := s.arrived("911")
			s.measured("912", first)
			if got := s.arrived("911"); len(got) != len(first) {
				t.Errorf("the burst was answered twice: %q", got)
			}
			if err := s.prog.stop(); err != nil {
				t.Errorf("stop: %v", err)
			}
		})
	}
}

// measured sends the same burst undisturbed: the same answer comes, not before the pause is over. How much later it comes is
// logged, not judged.
func (s *served) measured(person string, want []string) {
	s.t.Helper()
	for _, line := range []string{"em ơi", "em muốn đăng ký", "tạm trú ạ"} {
		s.push(person, line)
	}
	last := time.Now()
	await(s.t, "the burst is answered", 2*time.Minute, func() bool { return len(s.arrived(person)) > 0 })
	took := time.Since(last)
	s.t.Logf("answered %v after the pause was over", took-2*time.Second)
	if took < 1900*time.Millisecond {
		s.t.Errorf("answered %v after the last line", took)
	}
	await(s.t, "all of the answer is there", 2*time.Minute, func() bool { return len(s.arrived(person)) >= len(want) })
	if got := s.arrived(person); strings.Join(got, "\n") != strings.Join(want, "\n") {
		s.t.Errorf("undisturbed, the burst is answered otherwise:\n%q\n%q", got, want)
	}
}
