package main

import (
	"bytes"
	"context"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"hoithoai/runtime/config"
	"hoithoai/runtime/erasure"
	"hoithoai/runtime/store"
	"hoithoai/runtime/store/redistest"
	"hoithoai/runtime/zalo/fake"
)

// listed runs hoithoai erasures on the configuration of a deployment.
func (s *served) listed(env map[string]string, now time.Time) (out, errs string, code int) {
	s.t.Helper()
	var o, e bytes.Buffer
	code = run(context.Background(), system{
		args: []string{"erasures", "--config", filepath.Join(s.dir, "hoithoai.toml")}, stdin: strings.NewReader(""), stdout: &o, stderr: &e,
		getenv: func(name string) (string, bool) { v, ok := env[name]; return v, ok }, now: func() time.Time { return now },
	})
	return o.String(), e.String(), code
}

func (s *served) hear(w fake.Webhook) {
	s.t.Helper()
	if status := s.zalo.Push(context.Background(), w); status != http.StatusOK {
		s.t.Fatalf("webhook answered %d", status)
	}
}

// leave lets one person unfollow, one withdraw and one ask, all in the middle of something.
func (s *served) leave() {
	s.t.Helper()
	for _, person := range []string{"911", "912", "913"} {
		s.say(firstOffice, person, "tạm trú", "Anh/chị cần làm việc gì?")
	}
	follower := s.zalo.Person(firstOffice, "911")
	s.hear(follower.Unfollow())
	s.hear(s.zalo.Person(firstOffice, "912").Withdraw())
	s.say(firstOffice, "913", "xóa dữ liệu của tôi", "Xóa hết dữ liệu")
	s.say(firstOffice, "913", "xóa hết", "Tôi đã xóa dữ liệu")
}

func TestErasuresBesideARunningProcess(t *testing.T) {
	t.Parallel()
	url := redistest.Start(t).URL()
	s := serveTwo(t, "[store]\nurl = { env = \"REDIS_URL\" }\n", "", "REDIS_URL="+url)
	s.leave()
	env := map[string]string{"REDIS_URL": url}
	await(t, "all are forgotten", func() bool {
		out, _, code := s.listed(env, time.Now())
		return code == exitFine && strings.Contains(out, "Cơ quan "+firstOffice+": 0 còn mở, 3 đã xong")
	})
}

func TestErasuresOfAFile(t *testing.T) {
	t.Parallel()
	s := serveTwo(t, "", "")
	s.leave()
	await(t, "the serving process says that all are forgotten", func() bool {
		out, errs, code := s.listed(nil, time.Now())
		return code == exitFine && errs == "" && strings.Contains(out, "Cơ quan "+firstOffice+": 0 còn mở, 3 đã xong")
	})
	if err := s.prog.stop(); err != nil {
		t.Fatal(err)
	}
	out, errs, code := s.listed(nil, time.Now())
	if code != exitFine || !strings.Contains(errs, "tự mở kho") || !strings.Contains(out, "Cơ quan "+firstOffice+": 0 còn mở, 3 đã xong") {
		t.Errorf("it ends with %d: %s%s", code, out, errs)
	}
	s.leaveOpen()
	if out, _, code = s.listed(nil, time.Now()); code != exitFine || !strings.Contains(out, "1 còn mở") || strings.Contains(out, "QUÁ HẠN") {
		t.Errorf("one open: %d\n%s", code, out)
	}
	if out, _, code = s.listed(nil, time.Now().AddDate(0, 1, 0)); code != exitFound || !strings.Contains(out, "QUÁ HẠN") {
		t.Errorf("one late: %d\n%s", code, out)
	}
}

// leaveOpen writes a request into the book as a process that died right after would have.
func (s *served) leaveOpen() {
	s.t.Helper()
	name := filepath.Join(s.dir, "hoithoai.toml")
	text, err := os.ReadFile(name)
	if err != nil {
		s.t.Fatal(err)
	}
	d, err := config.Parse(name, text)
	if err != nil {
		s.t.Fatal(err)
	}
	a := &app{system: system{now: time.Now, getenv: os.LookupEnv}}
	kept, err := a.openStore(s.t.Context(), d)
	if err != nil {
		s.t.Fatal(err)
	}
	defer kept.close()
	sealer, err := a.sealer(d)
	if err != nil {
		s.t.Fatal(err)
	}
	book := &erasure.Book{Records: kept.Store, Seal: sealer}
	at := time.Now()
	if _, err := book.Open(s.t.Context(), store.ID8{1}, erasure.Request{
		Office: firstOffice, Key: "nguoi", Kind: erasure.Left, Asked: at.UnixMilli(), Due: at.AddDate(0, 0, 2).UnixMilli(),
	}); err != nil {
		s.t.Fatal(err)
	}
}

func TestErasuresNeedsAConfiguration(t *testing.T) {
	t.Parallel()
	var out, errs bytes.Buffer
	code := run(t.Context(), system{
		args: []string{"erasures"}, stdin: strings.NewReader(""), stdout: &out, stderr: &errs, getenv: os.LookupEnv, now: time.Now,
	})
	if code != exitUsage || !strings.Contains(errs.String(), "thiếu --config") {
		t.Errorf("it ends with %d: %s", code, errs.String())
	}
}
