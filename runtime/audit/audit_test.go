package audit_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"pgregory.net/rapid"

	"hoithoai/dsl/diag"
	"hoithoai/runtime/audit"
)

var testKey = []byte("a key of a deployment")

// book is an audit file in a folder of its own, with a clock that goes on by a second a line.
type book struct {
	*audit.File
	t   testing.TB
	dir string
}

func newBook(t testing.TB, limit int64) *book {
	t.Helper()
	dir, err := os.MkdirTemp("", "so")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(dir) })
	return &book{File: audit.New(audit.Config{Folder: dir, Key: testKey, Now: ticking(), Limit: limit}), t: t, dir: dir}
}

func ticking() func() time.Time {
	var mu sync.Mutex
	now := time.Date(2026, 11, 25, 5, 0, 0, 0, time.UTC)
	return func() time.Time {
		mu.Lock()
		defer mu.Unlock()
		now = now.Add(time.Second)
		return now
	}
}

// change does something that goes well.
func (b *book) change(item string) audit.Mark {
	b.t.Helper()
	m, err := b.Do(context.Background(), audit.Change{Action: "drop_miss", Office: "12", Item: item, Account: "lan"},
		func() (bool, error) { return true, nil })
	if err != nil {
		b.t.Fatal(err)
	}
	return m
}

func (b *book) path() string { return filepath.Join(b.dir, audit.FileName) }

func (b *book) read() []byte {
	b.t.Helper()
	text, err := os.ReadFile(b.path())
	if err != nil {
		b.t.Fatal(err)
	}
	return text
}

func (b *book) put(text []byte) {
	b.t.Helper()
	if err := os.WriteFile(b.path(), text, 0o600); err != nil {
		b.t.Fatal(err)
	}
}

func (b *book) verify(w audit.Wanted) audit.Report {
	b.t.Helper()
	w.Folder = b.dir
	r, err := audit.Verify(context.Background(), w)
	if err != nil {
		b.t.Fatal(err)
	}
	return r
}

// sealed looks with the key.
func (b *book) sealed() audit.Report {
	b.t.Helper()
	return b.verify(audit.Wanted{Key: testKey, Show: 100})
}

func TestEveryChangeLeavesTwoLines(t *testing.T) {
	t.Parallel()
	b := newBook(t, 0)
	why := errors.New("Zalo refuses: -14014 of 079201001234")
	for i, want := range []struct {
		changed bool
		err     error
		outcome string
	}{{true, nil, audit.Done}, {false, nil, audit.Nothing}, {false, why, audit.Failed}} {
		ran := 0
		m, err := b.Do(t.Context(), audit.Change{Action: "set_token", Office: "12", Item: "x", Account: "hoithoai", For: "lan"}, func() (bool, error) {
			ran++
			if r := b.sealed(); r.Fault != nil || r.Shown[len(r.Shown)-1].Outcome != audit.Asked {
				t.Errorf("while it is done: %+v", r)
			}
			return want.changed, want.err
		})
		if !errors.Is(err, want.err) || ran != 1 || m.N != uint64(3+2*i) {
			t.Errorf("%d: %v, done %d times, line %v", i, err, ran, m)
		}
		r := b.sealed()
		last := r.Shown[len(r.Shown)-1]
		if r.Fault != nil || r.Last != m || last.N != m.N || last.Of != m.N-1 || last.Outcome != want.outcome || last.Office != "12" || last.Item != "x" ||
			last.Account != "hoithoai" || last.For != "lan" || last.Action != "set_token" || last.Time.Year() != 2026 {
			t.Errorf("%d: %+v, %+v", i, r, last)
		}
		if want.err != nil && (!strings.Contains(last.Error, "-14014") || strings.Contains(last.Error, "079201001234")) {
			t.Errorf("the reason: %q", last.Error)
		}
	}
	info, err := os.Stat(b.path())
	if err != nil || info.Mode().Perm()&0o077 != 0 {
		t.Errorf("others may read it: %v, %v", info.Mode(), err)
	}
}

// TestAnybodyCanFollowTheChain needs no key: the hash is of the line above as it stands there.
func TestAnybodyCanFollowTheChain(t *testing.T) {
	t.Parallel()
	b := newBook(t, 0)
	b.change("a")
	m := b.change("b")
	lines := bytes.Split(bytes.TrimSuffix(b.read(), []byte("\n")), []byte("\n"))
	for i, l := range lines[1:] {
		if want := fmt.Sprintf(`"before":"%x"`, sha256.Sum256(lines[i])); !bytes.Contains(l, []byte(want)) {
			t.Errorf("line %d is %s, want %s in it", i+2, l, want)
		}
	}
	if last := fmt.Sprintf("%x", sha256.Sum256(lines[len(lines)-1])); m.Hash != last || m.String() != "5:"+last[:16] {
		t.Errorf("the mark %v, want that of %s", m, last)
	}
	if r := b.verify(audit.Wanted{}); r.Fault != nil || r.Lines != 5 || r.Last != m {
		t.Errorf("without the key: %+v", r)
	}
}

// TestEveryByteCounts changes every byte of the file in turn: the first line that is wrong is named. A changed newline at the very
// end looks like a loss of power.
func TestEveryByteCounts(t *testing.T) {
	t.Parallel()
	b := newBook(t, 0)
	for i := range 3 {
		b.change(fmt.Sprint(i))
	}
	whole := b.read()
	for i := range whole[:len(whole)-1] {
		row := 1 + bytes.Count(whole[:i], []byte("\n"))
		for _, flip := range []byte{1, 0x20} {
			text := bytes.Clone(whole)
			text[i] ^= flip
			b.put(text)
			if r := b.sealed(); r.Fault == nil || r.Fault.Row != row || r.Fault.File != audit.FileName {
				t.Fatalf("byte %d in line %d is %q now, and the fault is %v", i, row, text[i], r.Fault)
			}
			if r := b.verify(audit.Wanted{}); row < 7 && r.Fault == nil {
				t.Fatalf("byte %d in line %d is %q now, which nobody without the key sees", i, row, text[i])
			}
		}
	}
}

// TestTampering does what somebody may do who can write the file.
func TestTampering(t *testing.T) {
	t.Parallel()
	other := newBook(t, 0)
	other.File = audit.New(audit.Config{Folder: other.dir, Key: []byte("another key"), Now: ticking()})
	other.change("a")
	foreign := bytes.SplitAfter(other.read(), []byte("\n"))
	for name, c := range map[string]struct {
		change func(lines [][]byte) [][]byte
		row    int
		says   string
	}{
		"a line taken out":      {func(l [][]byte) [][]byte { return append(l[:3:3], l[4:]...) }, 4, "thiếu 1 dòng (số 4 đến 4)"},
		"three lines taken out": {func(l [][]byte) [][]byte { return append(l[:2:2], l[5:]...) }, 3, "thiếu 3 dòng (số 3 đến 5)"},
		"two lines exchanged":   {func(l [][]byte) [][]byte { l[2], l[3] = l[3], l[2]; return l }, 3, "thiếu 1 dòng"},
		"a line twice":          {func(l [][]byte) [][]byte { return append(l[:3:3], l[2:]...) }, 4, "không nối tiếp"},
		"the beginning cut off": {func(l [][]byte) [][]byte { return l[2:] }, 1, "phần đầu tệp bị cắt"},
		"a second beginning":    {func(l [][]byte) [][]byte { return append(l[:3:3], l...) }, 4, "phần đầu tệp bị cắt"},
		"a line of another key": {func(l [][]byte) [][]byte { return append(l[:1:1], foreign[1]) }, 2, "không còn như khi ghi"},
		"a whole foreign file":  {func([][]byte) [][]byte { return foreign }, 1, "không phải khóa của sổ"},
		"words":                 {func(l [][]byte) [][]byte { return append(l[:2:2], []byte("xin chào\n")) }, 3, "không phải một dòng"},
		"words in between":      {func(l [][]byte) [][]byte { return append(append(l[:2:2], []byte("x\n")), l[2:]...) }, 3, "không phải một dòng"},
		"two lines of words":    {func(l [][]byte) [][]byte { return append(l[:2:2], []byte("x\n"), []byte("y\n")) }, 3, "không phải một dòng"},
		"a very long line":      {func(l [][]byte) [][]byte { return append(l[:2:2], bytes.Repeat([]byte("x"), 1<<20)) }, 3, "không phải một dòng"},
		"an unfinished line ahead": {func(l [][]byte) [][]byte {
			return append(append(l[:2:2], append(l[2][:9:9], '\n')), l[3:]...)
		}, 3, "không phải một dòng"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := newBook(t, 0)
			for i := range 3 {
				b.change(fmt.Sprint(i))
			}
			b.put(bytes.Join(c.change(bytes.SplitAfter(bytes.TrimSuffix(b.read(), []byte("\n")), []byte("\n"))), nil))
			if !bytes.HasSuffix(b.read(), []byte("\n")) {
				b.put(append(b.read(), '\n'))
			}
			r := b.sealed()
			if r.Fault == nil || r.Fault.Row != c.row || !strings.Contains(r.Fault.In(diag.Vietnamese), c.says) {
				t.Fatalf("the fault: %v", r.Fault)
			}
			if vi, en := r.Fault.In(diag.Vietnamese), r.Fault.Error(); vi == en || !strings.HasPrefix(en, fmt.Sprintf("quan-tri.log line %d: ", c.row)) {
				t.Errorf("it says %q and %q", vi, en)
			}
			b.change("later") // work goes on, and mends nothing
			if again := b.sealed(); again.Fault == nil || again.Fault.Row != c.row {
				t.Errorf("after another change: %v", again.Fault)
			}
		})
	}
}

// TestAnOlderCopyShows: lines that were written after a copy was put back do not fit those that somebody kept.
func TestAnOlderCopyShows(t *testing.T) {
	t.Parallel()
	b := newBook(t, 0)
	b.change("a")
	older := b.read()
	m := b.change("b")
	if r := b.verify(audit.Wanted{Key: testKey, Has: m.String()}); r.Fault != nil {
		t.Fatal(r.Fault)
	}
	b.put(older)
	b.change("c")
	if r := b.sealed(); r.Fault != nil {
		t.Errorf("the chain alone cannot show it: %v", r.Fault)
	}
	for _, has := range []string{m.String(), m.Hash, m.Hash[:8]} {
		if r := b.verify(audit.Wanted{Key: testKey, Has: has}); r.Fault == nil || r.Fault.Row != 0 || !strings.Contains(r.Fault.Error(), "noted elsewhere") {
			t.Errorf("%s: %v", has, r.Fault)
		}
	}
	for _, has := range []string{"x", "5:", "1234567", "5:0123456z", "ABCDEF0123"} {
		if _, err := audit.Verify(t.Context(), audit.Wanted{Folder: b.dir, Has: has}); !errors.Is(err, audit.ErrMark) {
			t.Errorf("%q: %v", has, err)
		}
	}
}

// TestLossOfPower leaves of the last line every possible part, and blocks of zeros: no fault, and the next change goes on.
func TestLossOfPower(t *testing.T) {
	t.Parallel()
	b := newBook(t, 0)
	b.change("a")
	kept := len(b.read())
	b.change("b")
	whole := b.read()
	asked := kept + bytes.IndexByte(whole[kept:], '\n')
	for n := kept; n < len(whole); n++ {
		if n > kept+12 && n < asked-3 && n%17 > 0 || n > asked+3 && n < len(whole)-3 && n%17 > 0 {
			continue // every change is flushed to the disk, which takes its time
		}
		for _, rest := range [][]byte{nil, make([]byte, 40)} {
			text := append(bytes.Clone(whole[:n]), rest...)
			b.put(text)
			r, torn := b.sealed(), text[len(text)-1] != '\n' && text[len(text)-1] != '}'
			if r.Fault != nil || r.TornLast != torn || r.Torn != one(torn) {
				t.Fatalf("%d bytes of %d and %d zeros: %+v, %v", n, len(whole), len(rest), r, r.Fault)
			}
			m := b.change("c")
			r = b.sealed()
			if r.Fault != nil || r.TornLast || r.Torn != one(torn) || r.Last != m {
				t.Fatalf("%d bytes of %d and %d zeros, then another change: %+v, %v", n, len(whole), len(rest), r, r.Fault)
			}
		}
	}
}

func one(b bool) int {
	if b {
		return 1
	}
	return 0
}

// TestTornLinesStay: what a loss of power left belongs to the chain like the rest.
func TestTornLinesStay(t *testing.T) {
	t.Parallel()
	b := newBook(t, 0)
	b.change("a")
	b.put(append(b.read(), `{"n":4,"ti`...))
	b.change("b")
	text := b.read()
	for _, other := range []string{`{"n":4,"tj`, `{"n":4,"t`} {
		b.put(bytes.Replace(text, []byte(`{"n":4,"ti`+"\n"), []byte(other+"\n"), 1))
		if r := b.sealed(); r.Fault == nil || r.Fault.Row != 4 {
			t.Errorf("%s: %v", other, r.Fault)
		}
	}
	b.put(bytes.Replace(text, []byte(`{"n":4,"ti`+"\n"), nil, 1))
	if r := b.sealed(); r.Fault == nil || r.Fault.Row != 4 || !strings.Contains(r.Fault.In(diag.Vietnamese), "có người đã xóa") {
		t.Errorf("taken out: %v", r.Fault)
	}
}

// TestTheFirstLineIsTorn: even a file of which nothing is whole goes on.
func TestTheFirstLineIsTorn(t *testing.T) {
	t.Parallel()
	for _, limit := range []int64{0, 300} { // the first file of all, and one after another
		b := newBook(t, limit)
		if limit > 0 {
			b.change("a")
		}
		b.put([]byte(`{"n":1,`))
		if limit > 0 {
			if err := os.WriteFile(filepath.Join(b.dir, "quan-tri.000001.log"), firstFile(t), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		m := b.change("b")
		if r := b.sealed(); r.Fault != nil || r.Torn != 1 || r.Last != m || r.First != 1 {
			t.Errorf("limit %d: %+v, %v", limit, r, r.Fault)
		}
	}
}

func firstFile(t *testing.T) []byte {
	b := newBook(t, 0)
	b.change("a")
	return b.read()
}

func TestFilesFollowEachOther(t *testing.T) {
	t.Parallel()
	b := newBook(t, 900)
	var marks []audit.Mark
	for i := range 12 {
		marks = append(marks, b.change(fmt.Sprint(i)))
	}
	r := b.sealed()
	if r.Fault != nil || r.Files < 4 || r.Last != marks[11] || r.Lines != marks[11].N || r.First != 1 || len(r.Shown) != 24 {
		t.Fatalf("%+v, %v", r, r.Fault)
	}
	if shown := b.verify(audit.Wanted{Show: 3}).Shown; len(shown) != 3 || shown[2].N != marks[11].N || shown[1].Outcome != audit.Asked || shown[0].Item != "10" {
		t.Errorf("the last three: %+v", shown)
	}
	if r := b.verify(audit.Wanted{Has: marks[0].String()}); r.Fault != nil {
		t.Errorf("a line of the first file: %v", r.Fault)
	}
	at := func(n int) string { return filepath.Join(b.dir, fmt.Sprintf("quan-tri.%06d.log", n)) }
	text, err := os.ReadFile(at(2))
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Contains(text, []byte(`"file":"quan-tri.000001.log"`)) {
		t.Errorf("the second file does not name the first: %s", text)
	}
	remove := func(n int) {
		if err := os.Remove(at(n)); err != nil {
			t.Fatal(err)
		}
	}
	remove(2)
	if r := b.sealed(); r.Fault == nil || r.Fault.File != "quan-tri.000003.log" || r.Fault.Row != 1 || !strings.Contains(r.Fault.Error(), "missing") {
		t.Errorf("without the second: %v", r.Fault)
	}
	remove(1)
	if r := b.sealed(); r.Fault != nil || r.First == 1 {
		t.Errorf("the first two lie elsewhere: %+v, %v", r, r.Fault)
	}
	if err := os.Truncate(at(3), int64(len(text)-10)); err != nil {
		t.Fatal(err)
	}
	if r := b.sealed(); r.Fault == nil || r.Fault.File != "quan-tri.000003.log" {
		t.Errorf("a file that was put aside is cut: %v", r.Fault)
	}
}

// TestWhatCannotBeWrittenIsNotDone stands for a disk that takes nothing.
func TestWhatCannotBeWrittenIsNotDone(t *testing.T) {
	t.Parallel()
	b := newBook(t, 0)
	if err := os.Mkdir(b.path(), 0o700); err != nil {
		t.Fatal(err)
	}
	_, err := b.Do(t.Context(), audit.Change{Action: "archive"}, func() (bool, error) { t.Error("it is done"); return true, nil })
	if err == nil || !strings.Contains(err.Error(), "nothing was done") {
		t.Errorf("says %v", err)
	}
	if err := os.Remove(b.path()); err != nil {
		t.Fatal(err)
	}
	_, err = b.Do(t.Context(), audit.Change{Action: "archive"}, func() (bool, error) { return true, os.RemoveAll(b.dir) })
	if err == nil || !strings.Contains(err.Error(), "what became of it") {
		t.Errorf("the outcome is lost, and it says %v", err)
	}
	if _, err := audit.Verify(t.Context(), audit.Wanted{Folder: b.dir}); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("no folder: %v", err)
	}
}

func TestNothingWrittenYet(t *testing.T) {
	t.Parallel()
	b := newBook(t, 0)
	if r := b.sealed(); r.Fault != nil || r.Lines != 0 || r.Files != 0 {
		t.Errorf("%+v", r)
	}
	if r := b.verify(audit.Wanted{Has: "1:0123456789abcdef"}); r.Fault == nil {
		t.Error("a line that was noted is not missed where the whole book is gone")
	}
}

// TestManyWriteAtOnce lets writers of their own, as processes have, write at the same time.
func TestManyWriteAtOnce(t *testing.T) {
	t.Parallel()
	b := newBook(t, 2000)
	var all sync.WaitGroup
	const writers, each = 8, 10
	for w := range writers {
		f := audit.New(audit.Config{Folder: b.dir, Key: testKey, Now: ticking(), Limit: 2000})
		for range 2 {
			all.Go(func() {
				for i := range each {
					if _, err := f.Do(context.Background(), audit.Change{Action: "x", Item: fmt.Sprint(w, i)}, func() (bool, error) { return true, nil }); err != nil {
						t.Error(err)
					}
				}
			})
		}
	}
	all.Wait()
	r := b.verify(audit.Wanted{Key: testKey, Show: 1000})
	if r.Fault != nil || len(r.Shown) != writers*2*each*2 || r.Files < 2 {
		t.Fatalf("%d lines, %d files, %v", len(r.Shown), r.Files, r.Fault)
	}
}

// TestLocked waits for nobody longer than it may.
func TestLocked(t *testing.T) {
	t.Parallel()
	b := newBook(t, 0)
	ctx, cancel := context.WithCancel(t.Context())
	_, err := b.Do(ctx, audit.Change{Action: "x"}, func() (bool, error) {
		cancel() // who asked goes away: the outcome is written all the same
		return true, nil
	})
	if r := b.sealed(); err != nil || r.Fault != nil || r.Lines != 3 {
		t.Errorf("%v, %+v", err, r)
	}
}

// TestWhateverHappens mixes changes, losses of power and files put aside.
func TestWhateverHappens(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(rt *rapid.T) {
		b := newBook(t, int64(rapid.IntRange(200, 3000).Draw(rt, "limit")))
		defer os.RemoveAll(b.dir)
		var kept []audit.Mark
		for range rapid.IntRange(1, 12).Draw(rt, "changes") {
			kept = append(kept, b.change(rapid.String().Draw(rt, "item")))
			if rapid.IntRange(0, 3).Draw(rt, "power") == 0 {
				junk := rapid.SliceOfN(rapid.ByteRange(11, 255), 1, 60).Draw(rt, "junk")
				b.put(append(b.read(), junk...))
			}
			if r := b.sealed(); r.Fault != nil || r.Last != kept[len(kept)-1] {
				rt.Fatalf("%+v, %v", r, r.Fault)
			}
		}
		for _, m := range kept {
			if r := b.verify(audit.Wanted{Key: testKey, Has: m.String()}); r.Fault != nil {
				rt.Fatalf("%v: %v", m, r.Fault)
			}
		}
	})
}

// FuzzVerify reads anything: it ends, and what it calls whole was written by us.
func FuzzVerify(f *testing.F) {
	f.Add([]byte("{}\n"))
	f.Add([]byte(`{"n":1,"time":"2026-11-25T05:00:01Z","action":"begin","seal":"00000000000000000000000000000000"}` + "\n"))
	f.Add(bytes.Repeat([]byte("x"), 20000))
	b := newBook(f, 0)
	b.change("a")
	f.Add(b.read())
	f.Fuzz(func(t *testing.T, text []byte) {
		b := newBook(t, 0)
		b.put(text)
		if r := b.sealed(); r.Fault == nil && r.Lines > 0 && !bytes.Contains(text, []byte(`"action":"begin"`)) {
			t.Errorf("%d lines of %q are whole", r.Lines, text)
		}
	})
}
