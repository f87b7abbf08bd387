package embedded_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"strings"
	"testing"
	"time"

	"hoithoai/runtime/store"
	"hoithoai/runtime/store/embedded"
	"hoithoai/runtime/store/storetest"
)

// page is the size of bbolt's pages, which is the system's; the first two are the heads, of which the newest whole one counts.
var page = os.Getpagesize()

// sector is the least a disk writes at once.
const sector = 512

// moment is the file after one operation was acknowledged, and what a store that opens it holds.
type moment struct {
	file  []byte
	holds string
}

// moments lets operations of every kind through a store, and takes the file after each.
func moments(t *testing.T) []moment {
	t.Helper()
	path, clock := tempPath(t), storetest.NewClock()
	s := openAt(t, path, store.Config{Ring: 2, Old: 2}, clock)
	var all []moment
	note := func() {
		file, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, moment{file: file, holds: held(t, file)})
	}
	note()
	for i := range 12 {
		key, name := store.Key(fmt.Sprintf("p%d", i%4)), fmt.Sprintf("e%d", i)
		accept(t, s, key, name, store.Accepted)
		note()
		commit(t, s, store.Commit{
			Key: key, Rev: uint64(i / 4), Event: id(name), Session: bytes.Repeat([]byte(name), 60), TTL: time.Hour, Journal: []byte(name),
			Out:    []store.Item{{ID: id("o" + name), Body: bytes.Repeat([]byte("o"), 300)}},
			Timers: []store.Timer{{Name: "t", Gen: 1, At: clock.Now().Add(time.Hour), Body: []byte(name)}},
		}, store.Committed)
		note()
		if _, err := s.Done(t.Context(), key, id("o"+name)); err != nil {
			t.Fatal(err)
		}
		note()
		if _, _, err := s.Append(t.Context(), "list", id(name), bytes.Repeat([]byte("r"), 200)); err != nil {
			t.Fatal(err)
		}
		note()
	}
	return all
}

// held opens a file that must be whole, and returns what it holds.
func held(t *testing.T, file []byte) string {
	t.Helper()
	got, err := opens(t, file)
	if err != nil {
		t.Fatalf("open: %v", err)
	}
	return got
}

// opens writes a file as it was left, opens it as the next process does, and returns all that it holds in words.
func opens(t *testing.T, file []byte) (string, error) {
	t.Helper()
	path := tempPath(t)
	if err := os.WriteFile(path, file, 0o600); err != nil {
		t.Fatal(err)
	}
	defer os.Remove(path)
	clock := storetest.NewClock()
	s, err := embedded.Open(embedded.Config{Path: path, Store: store.Config{Ring: 2, Old: 2}, Clock: clock.Now})
	if err != nil {
		return "", err
	}
	defer closeStore(t, s)
	if errs := s.Check(); errs != nil {
		t.Errorf("pages are damaged: %v", errs)
	}
	s.Unsynced()
	var all strings.Builder
	words := json.NewEncoder(&all)
	err = s.Dump(context.Background(), func(e store.Entry) error { return words.Encode(e) })
	return all.String(), err
}

// changed are the pages that differ between two files, heads last: the order in which bbolt writes them.
func changed(before, after []byte) (pages []int) {
	heads := []int(nil)
	for at := 0; at < len(after); at += page {
		end := min(at+page, len(after))
		if end <= len(before) && bytes.Equal(before[at:end], after[at:end]) {
			continue
		}
		if at < 2*page {
			heads = append(heads, at)
		} else {
			pages = append(pages, at)
		}
	}
	return append(pages, heads...)
}

// with is before with some pages of after, of which the last only in part.
func with(before, after []byte, pages []int, last, part int) []byte {
	file := bytes.Clone(before)
	if len(after) > len(file) {
		file = append(file, make([]byte, len(after)-len(file))...)
	}
	for _, at := range pages {
		copy(file[at:at+page], after[at:at+page])
	}
	if part > 0 {
		copy(file[last:last+part], after[last:last+part])
	}
	return file
}

// TestTornWrites stops the writing of every operation at every page, in the middle of every page, and with pages in any order, as
// a loss of power does. The file opens with everything that was acknowledged before, and of the operation under way all or
// nothing.
func TestTornWrites(t *testing.T) {
	t.Parallel()
	all := moments(t)
	rnd := rand.New(rand.NewPCG(storetest.Seed(t), 3))
	images := 0
	check := func(i int, what string, file []byte, want string) {
		images++
		if got := held(t, file); got != want {
			t.Fatalf("operation %d, %s: acknowledged\n%s\nfound\n%s", i, what, want, got)
		}
	}
	for i := 1; i < len(all); i++ {
		before, after := all[i-1], all[i]
		pages := changed(before.file, after.file)
		for n, at := range pages {
			check(i, fmt.Sprintf("%d of %d pages", n, len(pages)), with(before.file, after.file, pages[:n], 0, 0), before.holds)
			part := sector * (1 + rnd.IntN(page/sector-1))
			if at >= 2*page { // a head is smaller than a sector: it is there or not
				check(i, fmt.Sprintf("%d bytes of page %d", part, at/page), with(before.file, after.file, pages[:n], at, part), before.holds)
			}
		}
		data := pages[:len(pages)-1] // without the head
		some := data[:0:0]
		for _, at := range data {
			if rnd.IntN(2) == 0 {
				some = append(some, at)
			}
		}
		check(i, "pages in any order", with(before.file, after.file, some, 0, 0), before.holds)
		check(i, "all", with(before.file, after.file, pages, 0, 0), after.holds)
	}
	if images < 4*len(all) {
		t.Errorf("%d images of %d operations: too few pages change to prove anything", images, len(all))
	}
}

// TestTornHead tears the head of the newest operation, byte by byte: the head before it counts.
func TestTornHead(t *testing.T) {
	t.Parallel()
	all := moments(t)
	before, after := all[len(all)-2], all[len(all)-1]
	pages := changed(before.file, after.file)
	data, head := pages[:len(pages)-1], pages[len(pages)-1]
	if head >= 2*page {
		t.Fatalf("the last page written is %d, not a head", head/page)
	}
	for part := 1; part < 80; part += 3 {
		got := held(t, with(before.file, after.file, data, head, part))
		if got != before.holds && got != after.holds {
			t.Fatalf("after %d bytes of the head the store holds neither state", part)
		}
	}
}

// TestCutFile cuts the file at every page: it opens with everything, where only free pages were cut off, or says what is wrong and
// what to do, and never ends the program.
func TestCutFile(t *testing.T) {
	t.Parallel()
	all := moments(t)
	last := all[len(all)-1]
	told := 0
	for size := len(last.file) - 1; size > 0; size -= page / 2 {
		got, err := opens(t, last.file[:size])
		if err == nil {
			if got != last.holds {
				t.Fatalf("cut to %d bytes it opens with something else:\n%s", size, got)
			}
			continue
		}
		told++
		kind(t, err)
	}
	if told == 0 {
		t.Error("no cut was ever noticed")
	}
}

// kind checks that an error says what is wrong with the file and what to do, in both languages.
func kind(t *testing.T, err error) {
	t.Helper()
	for _, words := range []string{"damaged", "hỏng", "hoithoai restore", "store.db"} {
		if !strings.Contains(err.Error(), words) {
			t.Fatalf("%q does not say %q", err, words)
		}
	}
}

// TestRippedPages overwrites every page in turn, with nothing and with another one: a page that holds something is missed. (Of an
// entry longer than a page the rest has no head; that it is not what was written, the seal notices.)
func TestRippedPages(t *testing.T) {
	t.Parallel()
	all := moments(t)
	last := all[len(all)-1]
	told := 0
	for at := 0; at < len(last.file); at += page {
		other := last.file[(at+3*page)%len(last.file):]
		for _, with := range [][]byte{make([]byte, page), other[:min(page, len(other))]} {
			file := bytes.Clone(last.file)
			copy(file[at:at+page], with)
			got, err := opens(t, file)
			if err != nil {
				told++
				kind(t, err)
				continue
			}
			before := all[len(all)-2]
			if at < 2*page && got == before.holds {
				continue // the newest head is gone: the one before it counts, as if the last operation had not been
			}
			if got != last.holds {
				t.Fatalf("without page %d it opens with something else:\n%s", at/page, got)
			}
		}
	}
	if told < 5 {
		t.Errorf("%d missing pages were noticed", told)
	}
}
