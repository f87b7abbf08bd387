package main

import (
	"context"
	"fmt"
	"net/http"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"hoithoai/runtime/store"
	"hoithoai/runtime/store/embedded"
	"hoithoai/runtime/store/redis"
	"hoithoai/runtime/store/redistest"
	"hoithoai/runtime/zalo/fake"
)

// silent makes the store believe that nobody has served for ten minutes.
func (s *served) silent(url string) {
	s.t.Helper()
	then := func() time.Time { return time.Now().Add(-10 * time.Minute) }
	var p interface {
		store.Pulse
		Close() error
	}
	var err error
	if url == "" {
		p, err = embedded.Open(embedded.Config{Path: filepath.Join(s.dir, "du-lieu", storeFile), Clock: then})
	} else {
		p, err = redis.Open(s.t.Context(), redis.Config{URL: url, Clock: then, Patience: patience})
	}
	if err != nil {
		s.t.Fatal(err)
	}
	if err := p.Beat(s.t.Context(), "serving"); err != nil {
		s.t.Error(err)
	}
	if err := p.Close(); err != nil {
		s.t.Error(err)
	}
}

// TestWhatIsWrittenWhileNobodyServesIsAnswered kills the program; people write, one of them the answer to an open question; it
// comes back, and some of Zalo's repeats come too. Everybody is answered, nobody twice.
func TestWhatIsWrittenWhileNobodyServesIsAnswered(t *testing.T) {
	t.Parallel()
	for _, engine := range []string{"embedded", "redis"} {
		t.Run(engine, func(t *testing.T) {
			t.Parallel()
			extra, env, url := "", []string(nil), ""
			if engine == "redis" {
				url = redistest.Start(t).URL()
				extra, env = "[store]\nurl = { env = \"REDIS_URL\" }\n", []string{"REDIS_URL=" + url}
			}
			s := serveTwo(t, extra, "", env...)
			s.say(firstOffice, "800", "tạm trú", "Công an phường Một")
			before := len(s.zalo.Ledger(firstOffice, "800"))
			s.prog.kill()

			hooks := map[string]fake.Webhook{"800": s.zalo.Person(firstOffice, "800").Text("1")}
			for i := range 12 { // more than a page of the list
				who := fmt.Sprint(801 + i)
				hooks[who] = s.zalo.Person(firstOffice, who).Text("tạm trú")
			}
			for _, hook := range hooks {
				if status := s.zalo.Push(context.Background(), hook); status == http.StatusOK {
					t.Fatal("a program that is dead answers")
				}
			}
			s.silent(url)
			s.prog.start()
			await(t, "the program is ready", healthy(s.hook))
			for _, who := range []string{"800", "801", "805"} { // Zalo's repeats race the look
				if status := s.deliver(context.Background(), hooks[who]); status != http.StatusOK {
					t.Errorf("a repeat is answered %d", status)
				}
			}
			await(t, "everybody is answered", func() bool {
				for who := range hooks {
					if s.answers(who, before) == 0 {
						return false
					}
				}
				return true
			})
			for who, hook := range hooks {
				if status := s.deliver(context.Background(), hook); status != http.StatusOK {
					t.Errorf("a repeat of %s is answered %d", who, status)
				}
			}
			s.say(firstOffice, "850", "tạm trú", "Công an phường Một") // by then the repeats are done with
			if err := s.prog.stop(); err != nil {
				t.Error(err)
			}
			s.once(hooks, before)
		})
	}
}

// once checks that nobody was answered twice.
func (s *served) once(hooks map[string]fake.Webhook, before int) {
	s.t.Helper()
	for who := range hooks {
		if n := s.answers(who, before); n != 1 {
			s.t.Errorf("%s is answered %d times", who, n)
		}
	}
}

// answers counts the answers to what somebody wrote while nobody served; 800 had been told before many things by then.
func (s *served) answers(who string, before int) (n int) {
	want, skip := "Công an phường Một", 0
	if who == "800" {
		want, skip = "Anh/chị ở đâu?", before
	}
	for _, m := range s.zalo.Ledger(firstOffice, who)[skip:] {
		if strings.Contains(m.Text, want) {
			n++
		}
	}
	return n
}
