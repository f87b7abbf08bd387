package main

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"os"
	"strings"
	"syscall"
	"testing"

	"hoithoai/runtime/store"
)

// TestFailuresSayWhatToDo: what the system says in English stands beside what to do in the language of the caller.
func TestFailuresSayWhatToDo(t *testing.T) {
	t.Parallel()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	_, taken := net.Listen("tcp", l.Addr().String())
	_, missing := os.Open("khong-co")
	for _, c := range []struct {
		err    error
		vi, en string
	}{
		{fmt.Errorf("open %s: %w", l.Addr(), taken), "chương trình khác dùng", "Another program"},
		{fmt.Errorf("read: %w", missing), "--config", "--config"},
		{fmt.Errorf("open store: %w", store.ErrUnavailable), "Kho không trả lời", "does not answer"},
		{&fs.PathError{Op: "write", Path: "kho", Err: syscall.ENOSPC}, "Đĩa đã đầy", "disk is full"},
		{&fs.PathError{Op: "open", Path: "kho", Err: syscall.EROFS}, "chỉ đọc", "read-only"},
		{&fs.PathError{Op: "open", Path: "kho", Err: syscall.EACCES}, "không có quyền", "may not"},
	} {
		for lang, want := range map[string]string{"vi": c.vi, "en": c.en} {
			var out bytes.Buffer
			a := &app{system: system{stderr: &out}, language: lang}
			if code := a.exit(c.err); code != exitFailure || !strings.Contains(out.String(), want) || !strings.Contains(out.String(), c.err.Error()) {
				t.Errorf("%v in %s: code %d, %q", c.err, lang, code, out.String())
			}
		}
	}
	var out bytes.Buffer
	a := &app{system: system{stderr: &out}, language: "vi"}
	if a.exit(errors.New("x")); strings.Count(out.String(), "\n") != 1 {
		t.Errorf("nothing can be said, and it says %q", out.String())
	}
}
