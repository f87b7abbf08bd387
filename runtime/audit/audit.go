// Package audit keeps what operators did with a deployment: a file of lines in its data folder, one of JSON before every change
// and one after it, that says what, when, of which office, by which account, and what became of it. Every line carries the
// SHA-256 of the line before it and a seal under a key of the deployment, so that a line that was changed, taken out or put in
// shows (Verify), and is told apart from one that a loss of power left unfinished. Who may do what is not its work (package
// admin), nor is what a resident did (packages journal and erasure).
package audit

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"
	"unicode/utf8"

	"hoithoai/runtime/disk"
	"hoithoai/runtime/redact"
)

// FileName is the file in the data folder that is written to. Earlier ones stand beside it, "quan-tri.000001.log" the oldest.
const FileName = "quan-tri.log"

// The values of Line.Outcome.
const (
	Asked   = "asked"   // before it is done: alone, nobody knows what became of it
	Done    = "done"    // something was changed
	Nothing = "nothing" // there was nothing to change
	Failed  = "failed"  // Line.Error says why
)

// begins is the action of the first line of every file.
const begins = "begin"

// lockName is the file by which processes take turns.
const lockName = "quan-tri.khoa"

// DefaultLimit is from which size in bytes a file is put aside and the next one begun: some 2,000 changes.
const DefaultLimit = 1 << 20

// The longest texts of a line, in bytes.
const (
	longestName  = 128
	longestError = 300
)

// Change is one thing an operator does.
type Change struct {
	Action  string // a name of the program: "set_token"
	Office  string // "": of the whole deployment
	Item    string // which one of the office's
	Account string // who does it, as the system names the account
	For     string // on whose behalf, as that account says: who called sudo; "" where nobody is named
}

// Line is one line of the file.
type Line struct {
	N       uint64    `json:"n"` // counts on over all files, from 1
	Time    time.Time `json:"time"`
	Action  string    `json:"action"`
	Office  string    `json:"office,omitempty"`
	Item    string    `json:"item,omitempty"`
	Account string    `json:"account,omitempty"`
	For     string    `json:"for,omitempty"`
	Outcome string    `json:"outcome,omitempty"`
	Of      uint64    `json:"of,omitempty"` // the line that asked
	Error   string    `json:"error,omitempty"`
	File    string    `json:"file,omitempty"`   // of the first line of a file: the file before it
	Torn    string    `json:"torn,omitempty"`   // hash of the unfinished line above this one
	Before  string    `json:"before,omitempty"` // hash of the line before; "" in the first line of all
}

// File is the audit file of a deployment. Every process that changes a deployment has one; any number of them, and of
// goroutines, may write at once.
type File struct {
	folder string
	key    []byte
	now    func() time.Time
	limit  int64
	mu     sync.Mutex
}

// Config says where the file is. All but Limit is required.
type Config struct {
	Folder string           // the data folder
	Key    []byte           // what lines are sealed with, see Key
	Now    func() time.Time // the time that lines carry
	Limit  int64            // bytes of a file from which the next is begun; default DefaultLimit
}

// Deriver makes keys for other uses from the keys of a deployment (seal.Sealer).
type Deriver interface {
	Derive(label string) []byte
}

// Key is the key under which a deployment seals lines.
func Key(keys Deriver) []byte { return keys.Derive("audit") }

// New returns the file of a folder. It writes nothing yet.
func New(cfg Config) *File {
	return &File{folder: cfg.Folder, key: cfg.Key, now: cfg.Now, limit: cmp.Or(cfg.Limit, DefaultLimit)}
}

// Do writes that c is asked for, does it, and writes what became of it; changed is false where there was nothing to change.
// What cannot be written is not done. A change whose outcome cannot be written is not called well. It returns the last line that
// was written, with its hash: whoever keeps that elsewhere can show that nothing was cut off since (Config of Verify).
func (f *File) Do(ctx context.Context, c Change, do func() (changed bool, err error)) (Mark, error) {
	asked, err := f.write(ctx, Line{Outcome: Asked}.of(c))
	if err != nil {
		return Mark{}, fmt.Errorf("nothing was done, for it cannot be written into the audit file: %w", err)
	}
	changed, done := do()
	line := Line{Outcome: Nothing, Of: asked.N}.of(c)
	switch {
	case done != nil:
		line.Outcome, line.Error = Failed, short(redact.Text(done.Error()), longestError)
	case changed:
		line.Outcome = Done
	}
	mark, err := f.write(context.WithoutCancel(ctx), line)
	if err != nil {
		return asked, errors.Join(done, fmt.Errorf("what became of it cannot be written into the audit file: %w", err))
	}
	return mark, done
}

func (l Line) of(c Change) Line {
	l.Action, l.Office, l.Item = short(c.Action, longestName), short(c.Office, longestName), short(c.Item, longestName)
	l.Account, l.For = short(c.Account, longestName), short(c.For, longestName)
	return l
}

// short cuts a text to a number of bytes.
func short(s string, most int) string {
	s = strings.ToValidUTF8(s, "�")
	if len(s) <= most {
		return s
	}
	for most > 0 && !utf8.RuneStart(s[most]) {
		most--
	}
	return s[:most] + "…"
}

// Mark names a line that was written.
type Mark struct {
	N    uint64
	Hash string // of the line, hex
}

// String is what an operator notes elsewhere: the number and the first digits of the hash.
func (m Mark) String() string { return fmt.Sprintf("%d:%.16s", m.N, m.Hash) }

// write appends one line.
func (f *File) write(ctx context.Context, l Line) (Mark, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	release, err := lock(ctx, filepath.Join(f.folder, lockName))
	if err != nil {
		return Mark{}, fmt.Errorf("lock: %w", err)
	}
	defer release()
	e, err := f.open()
	if err != nil {
		return Mark{}, err
	}
	l.Time = f.now().UTC().Truncate(time.Millisecond)
	return e.append(l)
}

// end is the end of the file that is written to.
type end struct {
	*os.File
	key  []byte
	size int64
	last Mark   // of the last whole line, here or in the file before; zero where there is none
	torn []byte // what a loss of power left after it
	open bool   // the last whole line lacks its newline

	fresh bool   // no whole line stands in it
	from  string // then: the file before it
}

// open opens the file at its end. One that is full is put aside first.
func (f *File) open() (*end, error) {
	e, err := f.openNow()
	if err != nil || e.size < f.limit || len(e.torn) > 0 || e.open {
		return e, err
	}
	if err := e.Close(); err != nil {
		return nil, err
	}
	earlier, err := rotated(f.folder)
	if err != nil {
		return nil, err
	}
	next := 1
	if len(earlier) > 0 {
		next = numberOf(earlier[len(earlier)-1]) + 1
	}
	if err := os.Rename(filepath.Join(f.folder, FileName), filepath.Join(f.folder, nameOf(next))); err != nil {
		return nil, err
	}
	return f.openNow()
}

func (f *File) openNow() (*end, error) {
	file, err := os.OpenFile(filepath.Join(f.folder, FileName), os.O_CREATE|os.O_APPEND|os.O_RDWR, 0o600)
	if err != nil {
		return nil, err
	}
	e := &end{File: file, key: f.key}
	if err = e.look(); err == nil && e.last.N == 0 {
		err = e.follow(f.folder)
	}
	if err != nil {
		return nil, errors.Join(err, file.Close())
	}
	return e, nil
}

// append writes a line, before it the first of the file where that is new, in one write and to the disk. A part of it that came
// to stand there is taken away again.
func (e *end) append(l Line) (Mark, error) {
	text, mark, err := e.lines(l)
	if err != nil {
		return mark, errors.Join(err, e.Close())
	}
	if _, err = e.Write(text); err == nil {
		err = e.Sync()
	}
	if err != nil {
		err = errors.Join(err, e.Truncate(e.size))
	}
	if err = errors.Join(err, e.Close()); err != nil || e.size > 0 {
		return mark, err
	}
	return mark, disk.SyncFolder(filepath.Dir(e.Name()))
}

// lines is the text of a line, and of what has to stand before it.
func (e *end) lines(l Line) (text []byte, mark Mark, err error) {
	mark = e.last
	if len(e.torn) > 0 {
		l.Torn = hashOf(e.torn)
	}
	if len(e.torn) > 0 || e.open {
		text = append(text, '\n')
	}
	if e.fresh {
		first := Line{Time: l.Time, Action: begins, File: e.from, Torn: l.Torn}
		l.Torn = ""
		if text, mark, err = first.after(mark, e.key, text); err != nil {
			return nil, mark, err
		}
	}
	return l.after(mark, e.key, text)
}
