package store_test

import (
	"bytes"
	"testing"
	"time"

	"pgregory.net/rapid"

	"hoithoai/runtime/store"
)

func TestTimerMark(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		name := rapid.StringMatching(`[a-zà-ỹ_:.]{1,40}`).Draw(t, "name")
		gen, at := rapid.Uint32().Draw(t, "gen"), time.UnixMilli(rapid.Int64Range(1, 1<<47).Draw(t, "at"))
		got, ok := store.ReadTimerMark(store.TimerMark(name, gen, at))
		if !ok || got.Name != name || got.Gen != gen || !got.At.Equal(at) || got.Body != nil {
			t.Fatalf("%q %d %v is read back as %+v, %v", name, gen, at, got, ok)
		}
	})
	if got := string(store.TimerMark("a", 7, time.UnixMilli(9))); got != "\x00a\x007\x009" {
		t.Errorf("a mark is %q; engines write it too", got)
	}
}

func TestReadTimerMarkRefuses(t *testing.T) {
	t.Parallel()
	for _, bad := range []string{"", "\x00", "\x00a", "\x00a\x001", "\x00\x001\x002", "\x01a\x001\x002", "\x00a\x00-1\x002", "\x00a\x001\x00x", "\x00a\x004294967296\x002", "\x00a\x001\x002\x003"} {
		if got, ok := store.ReadTimerMark([]byte(bad)); ok {
			t.Errorf("%q is read as %+v", bad, got)
		}
	}
}

func FuzzReadTimerMark(f *testing.F) {
	f.Add([]byte("\x00im_lang\x003\x001795485600000"))
	f.Add([]byte("\x00a\x00+1\x002"))
	f.Fuzz(func(t *testing.T, b []byte) {
		timer, ok := store.ReadTimerMark(b)
		if !ok {
			return
		}
		again, ok := store.ReadTimerMark(store.TimerMark(timer.Name, timer.Gen, timer.At))
		if !ok || again.Name != timer.Name || again.Gen != timer.Gen || !again.At.Equal(timer.At) {
			t.Fatalf("%+v, then %+v (%v)", timer, again, ok)
		}
		if bytes.IndexByte(b, 0) != 0 {
			t.Fatal("a mark without its beginning")
		}
	})
}
