package main

import (
	"bytes"
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"hoithoai/runtime/depth"
)

// measured is a store of a known depth.
type measured struct {
	depth depth.Depth
	err   error
}

func (m measured) Depth(context.Context) (depth.Depth, error) { return m.depth, m.err }

// TestDoctorSaysWhatWaits in both languages: what is calm, what is old while somebody serves, and what waits for a start.
func TestDoctorSaysWhatWaits(t *testing.T) {
	t.Parallel()
	calm := depth.Depth{People: 2, Whole: true, Mailbox: depth.Queue{Entries: 3, Oldest: time.Second}, Outbox: depth.Queue{Entries: 1, Oldest: time.Minute}}
	stuck := calm
	stuck.Mailbox.Oldest = time.Hour
	unsent := calm
	unsent.Outbox.Oldest = 2 * time.Hour
	flood := depth.Depth{People: 9000, Mailbox: depth.Queue{Entries: 12345.6, Oldest: time.Second}}
	for name, test := range map[string]struct {
		depth  depth.Depth
		served bool
		lang   string
		want   string
		bad    bool
	}{
		"calm":             {calm, true, "vi", "[tốt] 2 người có việc đang chờ: 3 tin đến (cũ nhất 1s), 1 lời chưa gửi (cũ nhất 1m0s).", false},
		"calm, in English": {calm, true, "en", "[fine] 2 people have work that waits: 3 events (the oldest 1s), 1 unsent messages (the oldest 1m0s).", false},
		"stuck":            {stuck, true, "vi", "[sửa] 2 người", true},
		"unsent":           {unsent, true, "en", "[mend] 2 people", true},
		"nobody serves":    {stuck, false, "vi", "[xem] 2 người", false},
		"a flood":          {flood, true, "vi", "9000 người có việc đang chờ: khoảng 12346 tin đến", false},
	} {
		var out bytes.Buffer
		w := &ward{app: &app{system: system{stdout: &out}, language: test.lang}, served: test.served}
		if err := w.waits(t.Context(), measured{depth: test.depth}); err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(out.String(), test.want) || w.bad != test.bad || strings.Contains(out.String(), "%!") {
			t.Errorf("%s: it says %s, bad %v, want %s", name, out.String(), w.bad, test.want)
		}
	}
	broken := errors.New("the store is gone")
	if err := (&ward{}).waits(t.Context(), measured{err: broken}); !errors.Is(err, broken) {
		t.Errorf("a store that is gone: %v", err)
	}
}

// TestDoctorTellsARefusedReload: a configuration that cannot be taken up is a finding while the old one is served.
func TestDoctorTellsARefusedReload(t *testing.T) {
	t.Parallel()
	s := serveTwo(t, "watch = false\n", "")
	s.examined(exitFound, "[tốt] 0 người có việc đang chờ")
	s.edit("proof_codes = [\"ABC_123\"]", "proof_codes = [\"ABC_123\"]\noauth_url = \"http://127.0.0.1:1\"")
	if out, err := s.verb("", "reload", "--config", "hoithoai.toml"); err == nil {
		t.Fatalf("it is taken up: %s", out)
	}
	s.examined(exitFound, "[sửa] Thay đổi lúc", "chưa được nạp", "app.oauth_url")
}
