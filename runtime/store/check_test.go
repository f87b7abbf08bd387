package store_test

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"hoithoai/runtime/store"
)

func TestKeysAreBase64url(t *testing.T) {
	t.Parallel()
	for key, ok := range map[store.Key]bool{
		"a": true, "AZaz09-_": true, store.Key(strings.Repeat("k", store.MaxKey)): true,
		"": false, "a b": false, "a|b": false, "a\x00": false, "ệ": false, "a=": false, "a/b": false, "{a}": false,
		store.Key(strings.Repeat("k", store.MaxKey+1)): false,
	} {
		if err := key.Check(); (err == nil) != ok {
			t.Errorf("key %q: %v", key, err)
		}
	}
}

func TestNames(t *testing.T) {
	t.Parallel()
	for name, ok := range map[string]bool{
		"tin:579745863508352884": true, "ngày 3 8:00": true, strings.Repeat("n", store.MaxName): true,
		"": false, "a\x00b": false, "a\nb": false, "a\x1fb": false, strings.Repeat("n", store.MaxName+1): false,
	} {
		if err := store.CheckName(name); (err == nil) != ok {
			t.Errorf("name %q: %v", name, err)
		}
	}
}

func TestMillisRoundsUp(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		at := time.Unix(0, rapid.Int64Range(-1e15, 4e18).Draw(t, "ns"))
		ms := time.UnixMilli(store.Millis(at))
		if ms.Before(at) || ms.Sub(at) >= time.Millisecond {
			t.Fatalf("%v became %v", at, ms)
		}
	})
}

func TestRecordIDsSortAsTheyWereWritten(t *testing.T) {
	t.Parallel()
	last := ""
	for _, n := range []uint64{1, 2, 9, 10, 99, 100, 12345, 99999, 100000} {
		id := store.RecordID(n, store.ID8{0xff, byte(n)})
		if id <= last {
			t.Errorf("%s comes before %s", id, last)
		}
		last = id
	}
	if got, want := store.RecordID(7, store.ID8{1, 2, 3, 4, 5, 6, 7, 0xff}), "000000000007-01020304050607ff"; got != want {
		t.Errorf("id %s, want %s", got, want)
	}
}

func TestDefaults(t *testing.T) {
	t.Parallel()
	want := store.Config{
		Lease: 15 * time.Second, Ring: 64, Window: 72 * time.Hour, Old: 1024, MaxMail: 64, Journal: 200,
		JournalTTL: 30 * 24 * time.Hour, Echoes: 16, EchoTTL: 10 * time.Minute, AttemptTTL: 72 * time.Hour,
	}
	if diff := cmp.Diff(want, store.Config{}.WithDefaults()); diff != "" {
		t.Error(diff)
	}
	set := store.Config{Lease: 1, Ring: 2, Window: 3, Old: 4, MaxMail: 5, Journal: 6, JournalTTL: 7, Echoes: 8, EchoTTL: 9, AttemptTTL: 10}
	if diff := cmp.Diff(set, set.WithDefaults()); diff != "" {
		t.Errorf("what was set is changed: %s", diff)
	}
}
