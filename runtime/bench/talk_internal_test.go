package bench

import (
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"hoithoai/runtime/session"
)

// A person says the whole conversation and then begins anew.
func TestSays(t *testing.T) {
	t.Parallel()
	var p person
	var got []string
	for range 2 * len(talk) {
		got = append(got, p.says())
	}
	if d := cmp.Diff(append(talk[:len(talk):len(talk)], talk[:]...), got); d != "" {
		t.Errorf("-want +got:\n%s", d)
	}
}

// Nobody is born twice, and every id is one that Zalo could give.
func TestNewCrowd(t *testing.T) {
	t.Parallel()
	w := &world{}
	seen := map[string]bool{}
	for _, n := range []int{3, 1, 0, 5} {
		c := w.newCrowd(n)
		if len(c.people) != n {
			t.Errorf("%d of %d people", len(c.people), n)
		}
		for _, p := range c.people {
			if seen[p.id] || len(p.id) != 19 || strings.Trim(p.id, "0123456789") != "" || p.next != 0 {
				t.Errorf("%+v", p)
			}
			seen[p.id] = true
		}
	}
	if len(seen) != 9 || w.born != 9 {
		t.Errorf("%d people, %d born", len(seen), w.born)
	}
}

// At the last question the conversation waits for its last words, and after them it is over.
func TestLastWait(t *testing.T) {
	t.Parallel()
	w := smallWorld(t)
	s := opened(t, w, w.tape.key, w.tape.body)
	if s.Status == session.Idle || len(s.Runs) == 0 {
		t.Fatalf("nobody waits at the last question: %+v", s)
	}
	last := opened(t, w, w.tape.key, w.tape.events[len(talk)-1].commit.Session)
	if last.Status != session.Idle || len(last.Runs) != 0 {
		t.Errorf("after the last words it goes on: %+v", last)
	}
	for i := range lastWait {
		if s := opened(t, w, w.tape.key, w.tape.events[i].commit.Session); s.Status == session.Idle {
			t.Errorf("after %q it is over", talk[i])
		}
	}
}

// The deployment of a world serves on its port, and no more after the end.
func TestWorldServes(t *testing.T) {
	t.Parallel()
	cfg := Config{Store: StoreEmbedded, Folder: t.TempDir(), People: 1, Connections: 1, Now: time.Now}.withDefaults()
	e, err := openEngine(t.Context(), cfg)
	if err != nil {
		t.Fatal(err)
	}
	w, err := newWorld(t.Context(), cfg, e)
	if err != nil {
		t.Fatal(err)
	}
	get := func() (int, error) {
		res, err := http.Get("http://" + w.addr + "/healthz")
		if err != nil {
			return 0, err
		}
		defer res.Body.Close()
		_, err = io.Copy(io.Discard, res.Body)
		return res.StatusCode, err
	}
	if status, err := get(); err != nil || status != http.StatusOK {
		t.Errorf("answered %d, %v", status, err)
	}
	if err := w.close(); err != nil {
		t.Error(err)
	}
	if status, err := get(); err == nil {
		t.Errorf("after the end it answers %d", status)
	}
	if err := e.close(); err != nil {
		t.Error(err)
	}
}
