package main

import (
	"context"
	"fmt"
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
			s := serveTwo(t, "gather_for = \""+gatherFor.String()+"\"\n"+extra, "", env...)
			person := inTime(func(person string) {
				s.burst(person)
				s.prog.kill()
			}, func() {
				s.prog.start()
				await(t, "the program is ready again", healthy(s.hook))
			})
			if got := s.arrived(person); len(got) > 0 {
				t.Fatalf("answered within the pause: %q", got)
			}
			s.prog.start()
			await(t, "the burst is answered as one message", func() bool {
				return strings.Contains(strings.Join(s.arrived(person), "\n"), "Anh/chị cần làm việc gì?")
			})
			first := s.arrived(person)
			s.measured(first)
			if got := s.arrived(person); len(got) != len(first) {
				t.Errorf("the burst was answered twice: %q", got)
			}
			if err := s.prog.stop(); err != nil {
				t.Errorf("stop: %v", err)
			}
		})
	}
}

// gatherFor is the pause of these tests: a machine in its usual state sends a burst in much less.
const gatherFor = 3 * time.Second

// burst sends three lines of one thing.
func (s *served) burst(person string) {
	s.t.Helper()
	for _, line := range []string{"em ơi", "em muốn đăng ký", "tạm trú ạ"} {
		s.push(person, line)
	}
}

// inTime lets do happen to one person after the other, until it took less than the pause, and returns that person: on a machine
// that was too busy the pause was over in between, which says nothing. again prepares another attempt.
func inTime(do func(person string), again func()) (person string) {
	for n := 911; ; n++ {
		person, began := fmt.Sprint(n), time.Now()
		do(person)
		if time.Since(began) < gatherFor {
			return person
		}
		again()
	}
}

// measured sends the same burst undisturbed: the same answer comes, not before the pause is over. How much later it comes is
// logged, not judged.
func (s *served) measured(want []string) {
	s.t.Helper()
	var last time.Time
	person := inTime(func(person string) {
		person = "9" + person // others than before
		for _, line := range []string{"em ơi", "em muốn đăng ký"} {
			s.push(person, line)
		}
		last = time.Now()
		s.push(person, "tạm trú ạ")
	}, func() {})
	person = "9" + person
	await(s.t, "the burst is answered", func() bool { return len(s.arrived(person)) > 0 })
	took := time.Since(last)
	s.t.Logf("answered %v after the pause was over", took-gatherFor)
	if took < gatherFor-100*time.Millisecond { // the store's clock may be another one
		s.t.Errorf("answered %v after the last line", took)
	}
	await(s.t, "all of the answer is there", func() bool { return len(s.arrived(person)) >= len(want) })
	if got := s.arrived(person); strings.Join(got, "\n") != strings.Join(want, "\n") {
		s.t.Errorf("undisturbed, the burst is answered otherwise:\n%q\n%q", got, want)
	}
}
