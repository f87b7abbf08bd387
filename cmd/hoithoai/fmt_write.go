package main

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"unicode"

	"github.com/rogpeppe/go-internal/diff"

	"hoithoai/dsl/charset"
	"hoithoai/dsl/format"
)

// replaceFile writes name anew: the old file is there until the new one is whole, and its mode stays. A link is followed.
func replaceFile(name string, text []byte) error {
	target, err := filepath.EvalSymlinks(name)
	if err != nil {
		return err
	}
	info, err := os.Stat(target)
	if err != nil {
		return err
	}
	temp, err := os.CreateTemp(filepath.Dir(target), ".hoithoai-fmt-*")
	if err != nil {
		return err
	}
	if err := fill(temp, text, info.Mode().Perm()); err != nil {
		return discard(temp.Name(), err)
	}
	if err := os.Rename(temp.Name(), target); err != nil {
		return discard(temp.Name(), err)
	}
	return nil
}

// fill writes text and closes the file.
func fill(file *os.File, text []byte, mode os.FileMode) error {
	_, err := file.Write(text)
	if err == nil {
		err = file.Sync()
	}
	if closed := file.Close(); err == nil {
		err = closed
	}
	if err != nil {
		return err
	}
	return os.Chmod(file.Name(), mode)
}

// discard removes what was half done; the error that led here is the one to tell.
func discard(name string, err error) error {
	if removed := os.Remove(name); removed != nil {
		return fmt.Errorf("%w; %s is left behind", err, name)
	}
	return err
}

// fmtDiff shows what would change: a sentence for what no line shows, then a unified diff of the lines.
func (a *app) fmtDiff(name string, src []byte, r format.Result) {
	if bytes.Equal(src, r.Text) {
		return
	}
	before := src
	if text, from, ok := charset.Decode(src); ok && from != charset.UTF8 {
		before = []byte(text)
		fmt.Fprintf(a.stdout, "%s:%s\n", name, a.converted(r))
	}
	plain := bytes.TrimPrefix(before, []byte("\uFEFF"))
	if len(plain) < len(before) || bytes.Contains(plain, []byte("\r\n")) {
		plain = bytes.ReplaceAll(plain, []byte("\r\n"), []byte("\n"))
		fmt.Fprintf(a.stdout, a.say("%s: đổi cách xuống dòng của Windows, bỏ dấu đầu tệp (BOM)\n", "%s: Windows line ends or a byte order mark go\n"), name)
	}
	fmt.Fprint(a.stdout, visible(string(diff.Diff(name, plain, name+a.say(" (sau fmt)", " (after fmt)"), r.Text))))
}

// visible shows control characters as a sign, so that a file cannot steer the terminal.
func visible(s string) string {
	return strings.Map(func(r rune) rune {
		if r != '\n' && r != '\t' && unicode.IsControl(r) {
			return unicode.ReplacementChar
		}
		return r
	}, s)
}
