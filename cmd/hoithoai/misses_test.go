package main

import (
	"bytes"
	"context"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"hoithoai/runtime/store/redistest"
)

// missed runs hoithoai misses on the configuration of a deployment.
func (s *served) missed(env map[string]string, args ...string) (out, errs string, code int) {
	s.t.Helper()
	var o, e bytes.Buffer
	code = run(context.Background(), system{
		args:  append(append([]string{"misses"}, args...), "--config", filepath.Join(s.dir, "hoithoai.toml")),
		stdin: strings.NewReader(""), stdout: &o, stderr: &e,
		getenv: func(name string) (string, bool) { v, ok := env[name]; return v, ok }, now: time.Now,
	})
	return o.String(), e.String(), code
}

// missedLine is one sentence of the list: its line, its day, the flow it was near to, its words.
var missedLine = regexp.MustCompile(`(?m)^  (\S+)  \d\d/\d\d/\d{4}  (\S+) +  (.*)$`)

// missAndDrop lets somebody write what nobody understands, with a number in it, finds it in the list masked and without who
// wrote it, and drops the line.
func (s *served) missAndDrop(env map[string]string) {
	s.t.Helper()
	s.say(firstOffice, "931", "qwxz blorf 079095001234 zzgh", "Anh/chị cần việc gì?")
	var line []string
	await(s.t, "the sentence is in the list", func() bool {
		out, _, code := s.missed(env)
		line = missedLine.FindStringSubmatch(out)
		return code == exitFine && strings.Contains(out, "Cơ quan "+firstOffice+": 1 câu chưa hiểu") && line != nil
	})
	if !strings.HasPrefix(line[3], "qwxz blorf •••") || strings.Contains(line[0], "079095001234") || strings.Contains(line[0], "931") {
		s.t.Errorf("the list shows %q", line[0])
	}
	if out, errs, code := s.missed(env, "drop", firstOffice, line[1]); code != exitFine || !strings.Contains(out, "đã bỏ dòng "+line[1]) {
		s.t.Errorf("dropping ends with %d: %s%s", code, out, errs)
	}
	if out, _, code := s.missed(env); code != exitFine || strings.Contains(out, "qwxz") {
		s.t.Errorf("after dropping: %d\n%s", code, out)
	}
	if out, _, code := s.missed(env, "drop", firstOffice, line[1]); code != exitFound || !strings.Contains(out, "không có dòng "+line[1]) {
		s.t.Errorf("dropping it again ends with %d: %s", code, out)
	}
}

func TestMissesBesideARunningProcess(t *testing.T) {
	t.Parallel()
	url := redistest.Start(t).URL()
	s := serveTwo(t, "[store]\nurl = { env = \"REDIS_URL\" }\n", "", "REDIS_URL="+url)
	s.missAndDrop(map[string]string{"REDIS_URL": url})
}

func TestMissesOfAFile(t *testing.T) {
	t.Parallel()
	s := serveTwo(t, "", "")
	s.missAndDrop(nil)
	if err := s.prog.stop(); err != nil {
		t.Fatal(err)
	}
	out, errs, code := s.missed(nil)
	if code != exitFine || !strings.Contains(errs, "tự mở kho") || !strings.Contains(out, "Cơ quan "+firstOffice+": 0 câu chưa hiểu") {
		t.Errorf("it ends with %d: %s%s", code, out, errs)
	}
}
