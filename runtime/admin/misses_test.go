package admin_test

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"hoithoai/runtime/admin"
	"hoithoai/runtime/deadletter"
	"hoithoai/runtime/erasure"
	"hoithoai/runtime/misses"
	"hoithoai/runtime/store"
	"hoithoai/runtime/store/model"
	"hoithoai/runtime/store/storetest"
	"hoithoai/runtime/testbed"
	"hoithoai/runtime/waiting"
)

// missed gives a site a list of sentences that were not understood: two of its first office, one of an office that is gone.
func missed(t *testing.T, address string) *site {
	t.Helper()
	s := newSite(t, address)
	s.direct.Gone = []string{"88"}
	s.direct.Missed = &misses.Book{Records: s.direct.Book.Records, Seal: s.direct.Book.Seal, Now: time.Now}
	for i, office := range []string{testbed.OfficeID, testbed.OfficeID, "88"} {
		if err := s.direct.Missed.Keep(t.Context(), office, store.ID8{byte(i)}, fmt.Sprint("câu lạ ", i, " 079095001234"), "hoi"); err != nil {
			t.Fatal(err)
		}
	}
	return s
}

// TestMisses asks store and process for what was not understood, and lets the process drop a line, once.
func TestMisses(t *testing.T) {
	t.Parallel()
	for name, address := range map[string]string{"socket": "", "loopback": "127.0.0.1:0"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := missed(t, address)
			c, stop := s.open()
			defer stop()
			same(t, "misses", s.direct.Misses, c.Misses)
			all, err := c.Misses(t.Context())
			if err != nil || len(all) != 3 || len(all[0].Misses) != 2 || len(all[1].Misses) != 0 || len(all[2].Misses) != 1 || all[2].Office != "88" {
				t.Fatalf("misses %+v, %v", all, err)
			}
			first := all[0].Misses[0]
			if first.ID == "" || first.Near != "hoi" || !strings.HasPrefix(first.Text, "câu lạ 0") || strings.Contains(first.Text, "079095001234") {
				t.Errorf("the first is %+v", first)
			}
			if gone, err := c.DropMiss(t.Context(), "77", first.ID); err != nil || gone {
				t.Errorf("dropped from another office: %v, %v", gone, err)
			}
			for _, want := range []bool{true, false} {
				if gone, err := c.DropMiss(t.Context(), testbed.OfficeID, first.ID); err != nil || gone != want {
					t.Errorf("drop: %v, %v, want %v", gone, err, want)
				}
			}
			all, err = c.Misses(t.Context())
			if err != nil || len(all[0].Misses) != 1 || !strings.HasPrefix(all[0].Misses[0].Text, "câu lạ 1") || len(all[2].Misses) != 1 {
				t.Errorf("afterwards: %+v, %v", all, err)
			}
			log := s.log.String()
			if strings.Count(log, `"action":"drop_miss"`) != 3 || strings.Count(log, `"changed":true`) != 1 || strings.Contains(log, "câu lạ") {
				t.Errorf("the log: %s", log)
			}
		})
	}
}

// TestMissesKeepStrangersOut: neither read nor dropped without the token, whatever else is said.
func TestMissesKeepStrangersOut(t *testing.T) {
	t.Parallel()
	s := missed(t, "127.0.0.1:0")
	c, stop := s.open()
	defer stop()
	all, err := c.Misses(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	line := "/v1/misses?office=" + testbed.OfficeID + "&id=" + all[0].Misses[0].ID
	for _, token := range []string{"", "x", s.note().Token + "x", s.note().Token[1:]} {
		for _, method := range []string{http.MethodGet, http.MethodDelete} {
			if status, body := s.raw(method, line, token, ""); status != http.StatusUnauthorized || strings.Contains(body, "câu lạ") {
				t.Errorf("%s with the token %q: %d %s", method, token, status, body)
			}
		}
	}
	for _, method := range []string{http.MethodPost, http.MethodPut} {
		if status, _ := s.raw(method, line, s.note().Token, ""); status == http.StatusOK {
			t.Errorf("%s is answered 200", method)
		}
	}
	if after, err := c.Misses(t.Context()); err != nil || len(after[0].Misses) != 2 {
		t.Errorf("afterwards: %+v, %v", after, err)
	}
}

// unread is a store whose lists cannot be read and from which nothing can be erased.
type unread struct{ store.Records }

func (unread) List(context.Context, string, string, int) ([]store.Record, error) {
	return nil, store.ErrUnavailable
}

func (unread) Erase(context.Context, string, string) (bool, error) {
	return false, store.ErrUnavailable
}

// TestAStoreThatDoesNotAnswer: every question says so, to the verb that opens the store and to the one that asks the process; a
// change that failed is in the log as one that failed.
func TestAStoreThatDoesNotAnswer(t *testing.T) {
	t.Parallel()
	s := newSite(t, "")
	away, sealer := unread{model.New(store.Config{}, storetest.NewClock().Now)}, testbed.Sealer(t, 1)
	s.direct.Book = &erasure.Book{Records: away, Seal: sealer}
	s.direct.Waits = &waiting.Book{Records: away, Seal: sealer}
	s.direct.Box = &deadletter.Box{Records: away, Seal: sealer, Now: time.Now}
	s.direct.Missed = &misses.Book{Records: away, Seal: sealer, Now: time.Now}
	c, stop := s.open()
	defer stop()
	for i, d := range []interface {
		desk
		Waiting(ctx context.Context) ([]admin.Waiting, error)
		Misses(ctx context.Context) ([]admin.Misses, error)
		DropMiss(ctx context.Context, office, id string) (bool, error)
	}{s.direct, c} {
		_, erasures := d.Erasures(t.Context())
		_, letters := d.Letters(t.Context())
		_, waits := d.Waiting(t.Context())
		_, missed := d.Misses(t.Context())
		_, letter := d.Drop(t.Context(), testbed.OfficeID, "1-2")
		_, miss := d.DropMiss(t.Context(), testbed.OfficeID, "1-2")
		for what, err := range map[string]error{"erasures": erasures, "letters": letters, "waiting": waits, "misses": missed, "drop": letter, "drop miss": miss} {
			if err == nil || !strings.Contains(err.Error(), store.ErrUnavailable.Error()) {
				t.Errorf("%s of %d: %v", what, i, err)
			}
		}
	}
	if log := s.log.String(); strings.Count(log, `"outcome":"failed"`) != 2 {
		t.Errorf("the log: %s", log)
	}
}
