package main

import (
	"bytes"
	"context"
	"net/http"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// waits runs hoithoai waiting on the configuration of a deployment.
func (s *served) waits(now time.Time) (out, errs string, code int) {
	s.t.Helper()
	var o, e bytes.Buffer
	code = run(context.Background(), system{
		args: []string{"waiting", "--config", filepath.Join(s.dir, "hoithoai.toml")}, stdin: strings.NewReader(""), stdout: &o, stderr: &e,
		getenv: func(string) (string, bool) { return "", false }, now: func() time.Time { return now },
	})
	return o.String(), e.String(), code
}

// Who asks for an officer is listed while hoithoai serve runs and after it, without a word and without a Zalo id, until an
// officer writes.
func TestWaiting(t *testing.T) {
	t.Parallel()
	s := serveTwo(t, "", "")
	for _, person := range []string{"911", "912"} {
		s.say(firstOffice, person, "gặp cán bộ", "Tôi báo cán bộ trực")
	}
	one := "Cơ quan " + firstOffice + ": 1 người chờ cán bộ"
	out, _, code := s.waits(time.Now())
	if code != exitFine || !strings.Contains(out, firstOffice+": 2 người chờ cán bộ") || strings.Count(out, "truc_ban") != 2 {
		t.Errorf("it ends with %d: %s", code, out)
	}
	if strings.Contains(out, "911") || strings.Contains(out, "gặp") {
		t.Errorf("the list shows who it is: %s", out)
	}
	if out, _, code = s.waits(time.Now().AddDate(0, 0, 30)); code != exitFound || strings.Count(out, "QUÁ LÂU") != 2 {
		t.Errorf("a month later: %d %s", code, out)
	}
	if status := s.zalo.Person(firstOffice, "911").Officer(t.Context(), "5373", "Cán bộ trực xin chào"); status != http.StatusOK {
		t.Fatalf("the officer's message is answered %d", status)
	}
	await(t, "one is answered", func() bool {
		out, _, code := s.waits(time.Now())
		return code == exitFine && strings.Contains(out, one)
	})
	if err := s.prog.stop(); err != nil {
		t.Fatal(err)
	}
	if out, errs, code := s.waits(time.Now()); code != exitFine || !strings.Contains(errs, "tự mở kho") || !strings.Contains(out, one) {
		t.Errorf("after it: %d %s%s", code, out, errs)
	}
}
