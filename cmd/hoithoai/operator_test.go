package main

import (
	"errors"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"hoithoai/runtime/audit"
)

// operatorVerb is a verb that reads or changes a deployment, with what it says beside a serving process and without one. code is
// its exit code; alone is "" where both say the same.
type operatorVerb struct {
	args        []string
	input       string
	beside      string
	alone       string
	code, codes int  // beside, alone
	opens       bool // without a serving process it opens the store and says so
	changes     bool // it leaves two lines in the audit file, and beside a serving process one in that one's log
	loads       bool // it changes a store that nobody serves
}

// operatorVerbs are all verbs of an operator, in an order in which they can be run: "{dir}" is the folder of the deployment and
// "{refresh}" a good refresh token.
func operatorVerbs() []operatorVerb {
	line := []string{firstOffice, "000000000001-0000000000000000"}
	drop := func(verb string) []string { return append([]string{verb, "drop"}, line...) }
	served := "đang phục vụ từ kho này"
	return []operatorVerb{
		{args: []string{"token"}, beside: firstOffice + ": mã đời", opens: true},
		{args: []string{"token", "set", firstOffice}, input: "{refresh}", beside: "đã có mã mới", opens: true, changes: true},
		{args: []string{"waiting"}, beside: firstOffice + ": 0 người chờ cán bộ", opens: true},
		{args: []string{"erasures"}, beside: firstOffice + ": 0 còn mở", opens: true},
		{args: []string{"deadletters"}, beside: firstOffice + ": 0 tin không gửi được", opens: true},
		{args: drop("deadletters"), beside: "không có dòng", code: exitFound, codes: exitFound, opens: true, changes: true},
		{args: []string{"misses"}, beside: firstOffice + ": 0 câu chưa hiểu", opens: true},
		{args: drop("misses"), beside: "không có dòng", code: exitFound, codes: exitFound, opens: true, changes: true},
		{args: []string{"doctor"}, beside: "hoithoai serve ghi được vào kho", alone: "Không có hoithoai serve nào đang chạy", code: -1, codes: -1, opens: true},
		{args: []string{"reload"}, beside: "Không có gì thay đổi", alone: "không có hoithoai serve nào chạy", codes: exitFailure, changes: true},
		{args: []string{"audit"}, beside: "Sổ nguyên vẹn"},
		{args: []string{"backup", "{dir}/ban-sao", "-f"}, beside: "2 bộ luồng và dấu khóa", alone: "ban-sao: kho", opens: true, changes: true},
		{args: []string{"export", "{dir}/xuat", "-f"}, beside: served, alone: "xuat: kho", code: exitFailure, loads: true},
		{args: []string{"restore", "{dir}/ban-sao", "-f"}, beside: served, alone: "Khớp với tệp", code: exitFailure, loads: true},
		{args: []string{"import", "{dir}/xuat", "-f"}, beside: served, alone: "Khớp với tệp", code: exitFailure, loads: true},
	}
}

// notOfOperators are the verbs with a configuration that are not in the table: serve is the other side of all of them.
func notOfOperators() []string { return []string{"serve"} }

// TestEveryOperatorVerbIsInTheTable: a verb that reads a configuration must be tried on every engine, beside a serving process
// and without.
func TestEveryOperatorVerbIsInTheTable(t *testing.T) {
	t.Parallel()
	tried := notOfOperators()
	for _, v := range operatorVerbs() {
		tried = append(tried, v.args[0])
	}
	a := &app{system: system{stdout: io.Discard, stderr: io.Discard, now: time.Now}, language: "vi"}
	for _, c := range newRoot(a).Commands() {
		if c.Flags().Lookup("config") != nil && !slices.Contains(tried, c.Name()) {
			t.Errorf("hoithoai %s is not in the table", c.Name())
		}
	}
}

// TestOperatorVerbs runs every verb of an operator as a process of its own on both engines: beside hoithoai serve, which does
// the work, and after it, when the verb opens the store itself and says so.
func TestOperatorVerbs(t *testing.T) {
	t.Parallel()
	run := func(t *testing.T, store string, env []string) {
		s := kept(t, time.Hour, store, env...)
		if out, err := s.verb(s.zalo.RefreshToken(firstOffice)+"\n", "token", "set", firstOffice); err != nil {
			t.Fatalf("token set: %v\n%s", err, out)
		}
		s.prog.start()
		s.awaits("ready")
		changes := 0
		for _, v := range operatorVerbs() {
			s.operate(v, true)
			if v.changes {
				changes++
			}
		}
		if err := s.prog.stop(); err != nil { // now all that it wrote is here
			t.Fatal(err)
		}
		if lines := strings.Count(s.prog.out.String(), `"msg":"operator"`); lines != changes {
			t.Errorf("%d changes left %d lines in the log:\n%s", changes, lines, s.prog.out.String())
		}
		if got := len(s.audit()); got != 1+2+2*changes { // the first line, and the token that was set before
			t.Errorf("%d changes left %d lines in the audit file", changes, got)
		}
		for _, v := range operatorVerbs() {
			lines := len(s.audit())
			s.operate(v, false)
			more := map[bool]int{true: 2}[(v.changes && v.args[0] != "reload") || v.loads]
			if got := s.audit(); len(got) != lines+more {
				t.Errorf("%v leaves %d lines in the audit file, want %d: %v", v.args, len(got)-lines, more, got[lines:])
			}
		}
		if all := s.audit(); strings.Contains(strings.Join(all, ""), "fake-refresh") || !strings.Contains(all[1], `"action":"set_token"`) {
			t.Errorf("the audit file: %v", all)
		}
		s.tamper()
	}
	onBoth(t, run)
	t.Run("over loopback", func(t *testing.T) { // as on Windows
		t.Parallel()
		run(t, "admin = \"127.0.0.1:0\"\n", nil)
	})
}

// audit is the lines of the audit file, each of which says who did it; no file is no lines.
func (s *served) audit() []string {
	s.t.Helper()
	name := filepath.Join(s.dir, "du-lieu", audit.FileName)
	text, err := os.ReadFile(name)
	if errors.Is(err, os.ErrNotExist) {
		return nil
	}
	info, err2 := os.Stat(name)
	if err := errors.Join(err, err2); err != nil || runtime.GOOS != "windows" && info.Mode().Perm() != 0o600 {
		s.t.Fatalf("audit file: %v, %v", err, info)
	}
	lines := strings.Split(strings.TrimSpace(string(text)), "\n")
	for _, l := range lines[1:] {
		if !strings.Contains(l, `"account":"`) || strings.Contains(l, "withheld") {
			s.t.Errorf("the line %s", l)
		}
	}
	return lines
}

// tamper changes one letter of the audit file: the verb names the line, and exits with a finding.
func (s *served) tamper() {
	s.t.Helper()
	name := filepath.Join(s.dir, "du-lieu", audit.FileName)
	text, err := os.ReadFile(name)
	if err != nil {
		s.t.Fatal(err)
	}
	changed := strings.Replace(string(text), `"action":"set_token"`, `"action":"set_tokem"`, 1)
	if err := os.WriteFile(name, []byte(changed), 0o600); err != nil {
		s.t.Fatal(err)
	}
	for lang, want := range map[string]string{"vi": "quan-tri.log dòng 2: dòng số 2", "en": "quan-tri.log line 2: entry 2"} {
		out, err := s.verb("", "audit", "--lang", lang, "--config", filepath.Join(s.dir, "hoithoai.toml"))
		if exitOf(err) != exitFound || !strings.Contains(out, want) {
			s.t.Errorf("a line was changed, and audit says (%v):\n%s", err, out)
		}
	}
}

// operate runs one verb beside a serving process, or alone.
func (s *served) operate(v operatorVerb, beside bool) {
	s.t.Helper()
	want, code := v.beside, v.code
	if !beside {
		code = v.codes
		if v.alone != "" {
			want = v.alone
		}
	}
	var args []string
	for _, a := range v.args {
		args = append(args, strings.ReplaceAll(a, "{dir}", s.dir))
	}
	input := strings.ReplaceAll(v.input, "{refresh}", s.zalo.RefreshToken(firstOffice))
	out, err := s.verb(input, append(args, "--config", filepath.Join(s.dir, "hoithoai.toml"))...)
	if !strings.Contains(out, want) {
		s.t.Errorf("%v, beside %v: want %q\n%s", v.args, beside, want, out)
	}
	if got := exitOf(err); code >= 0 && got != code {
		s.t.Errorf("%v, beside %v: exit code %d, want %d\n%s", v.args, beside, got, code, out)
	}
	if opened := strings.Contains(out, "tự mở kho"); opened != (!beside && v.opens) {
		s.t.Errorf("%v, beside %v: opens the store: %v\n%s", v.args, beside, opened, out)
	}
}

func exitOf(err error) int {
	var exit *exec.ExitError
	switch {
	case err == nil:
		return exitFine
	case errors.As(err, &exit):
		return exit.ExitCode()
	}
	return -1
}
