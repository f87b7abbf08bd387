package audit

import (
	"bytes"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
)

// A line is a JSON object whose last member is its seal, 32 hex digits, and a newline:
//
//	{"n":7,"time":…,"before":"<64 hex digits>","seal":"<32 hex digits>"}
//
// before is the SHA-256 of the line above without its newline (anybody can check that with sha256sum), seal the HMAC-SHA-256 of
// the object without that member.
const (
	sealHead   = `,"seal":"`
	sealDigits = 32
	sealSize   = len(sealHead) + sealDigits + len(`"}`)
	longest    = 8 << 10 // bytes of any line
)

func hashOf(line []byte) string {
	sum := sha256.Sum256(line)
	return hex.EncodeToString(sum[:])
}

func sealOf(key, body []byte) string {
	m := hmac.New(sha256.New, key)
	m.Write(body)
	return hex.EncodeToString(m.Sum(nil))[:sealDigits]
}

// after adds the line that comes after another to text and returns its mark.
func (l Line) after(before Mark, key, text []byte) ([]byte, Mark, error) {
	l.N, l.Before = before.N+1, before.Hash
	body, err := json.Marshal(l)
	if err != nil {
		return nil, before, fmt.Errorf("encode line: %w", err)
	}
	at := len(text)
	text = append(text, body[:len(body)-1]...)
	text = append(text, sealHead+sealOf(key, body)+`"}`...)
	mark := Mark{N: l.N, Hash: hashOf(text[at:])}
	return append(text, '\n'), mark, nil
}

var (
	errNoLine = errors.New("this is no line of an audit file")
	errSeal   = errors.New("the seal does not fit")
)

// parse reads a line without its newline; key is nil where seals are not looked at. With errSeal the line is readable.
func parse(text, key []byte) (l Line, err error) {
	at := len(text) - sealSize
	if at < 2 || !bytes.HasPrefix(text[at:], []byte(sealHead)) || !bytes.HasSuffix(text, []byte(`"}`)) {
		return l, errNoLine
	}
	body := append(slices.Clone(text[:at]), '}')
	dec := json.NewDecoder(bytes.NewReader(body))
	dec.DisallowUnknownFields()
	if err := dec.Decode(&l); err != nil || dec.InputOffset() != int64(len(body)) || l.N == 0 {
		return Line{}, errNoLine
	}
	if key != nil && !hmac.Equal(text[at+len(sealHead):at+len(sealHead)+sealDigits], []byte(sealOf(key, body))) {
		return l, errSeal
	}
	return l, nil
}

// look finds the last whole line and what a loss of power left of one after it.
func (e *end) look() error {
	info, err := e.Stat()
	if err != nil {
		return err
	}
	e.size = info.Size()
	tail := make([]byte, min(e.size, 2*longest))
	if _, err := e.ReadAt(tail, e.size-int64(len(tail))); err != nil && !errors.Is(err, io.EOF) {
		return err
	}
	at := bytes.LastIndexByte(tail, '\n')
	rest := tail[at+1:]
	if _, err := parse(rest, e.key); err == nil { // the newline alone is missing
		e.last, e.open = lastOf(rest), true
		return nil
	}
	e.torn = rest
	if at >= 0 {
		e.last = lastOf(tail[:at])
	}
	return nil
}

// lastOf is the mark of the last of some lines. Where that is none of ours it counts on from the last that is: the chain shows the
// fault, and goes on.
func lastOf(lines []byte) Mark {
	m := Mark{Hash: hashOf(lines[bytes.LastIndexByte(lines, '\n')+1:])}
	for len(lines) > 0 && m.N == 0 {
		at := bytes.LastIndexByte(lines, '\n')
		if l, err := parse(lines[at+1:], nil); err == nil {
			m.N = l.N
		}
		lines = lines[:max(at, 0)]
	}
	return m
}

// follow lets a file in which no whole line stands go on where the file before it ends.
func (e *end) follow(folder string) error {
	e.fresh = true
	earlier, err := rotated(folder)
	if err != nil || len(earlier) == 0 {
		return err
	}
	e.from = earlier[len(earlier)-1]
	f, err := os.Open(filepath.Join(folder, e.from))
	if err != nil {
		return err
	}
	defer f.Close()
	before := &end{File: f, key: e.key}
	if err := before.look(); err != nil {
		return err
	}
	e.last = before.last
	return nil
}

const (
	rotatedHead = "quan-tri."
	rotatedTail = ".log"
)

func nameOf(n int) string { return fmt.Sprintf("%s%06d%s", rotatedHead, n, rotatedTail) }

// numberOf is 0 for a name that is none of ours.
func numberOf(name string) int {
	text, ok := strings.CutPrefix(name, rotatedHead)
	digits, ok2 := strings.CutSuffix(text, rotatedTail)
	if n, err := strconv.Atoi(digits); ok && ok2 && err == nil && n > 0 && nameOf(n) == name {
		return n
	}
	return 0
}

// rotated are the files that were put aside, the oldest first.
func rotated(folder string) ([]string, error) {
	entries, err := os.ReadDir(folder)
	if err != nil {
		return nil, err
	}
	var names []string
	for _, e := range entries {
		if numberOf(e.Name()) > 0 {
			names = append(names, e.Name())
		}
	}
	slices.SortFunc(names, func(a, b string) int { return numberOf(a) - numberOf(b) })
	return names, nil
}
