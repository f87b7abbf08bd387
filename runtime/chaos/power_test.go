package chaos

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/binary"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	goredis "github.com/redis/go-redis/v9"

	"hoithoai/runtime/store"
	"hoithoai/runtime/store/redis"
	"hoithoai/runtime/store/seal"
)

// nowhere is an address where nobody answers.
const nowhere = "127.0.0.1:1"

// losingPower takes the end of what Redis wrote away, anywhere within the last second, as the loss of the host's power does with
// everysec; then it holds what is left to what there was, before anybody goes on from there.
func losingPower(times int, every time.Duration) fault {
	return func(ctx context.Context, w *world) {
		s := w.store.(*single)
		sizes := &growth{}
		if !until(ctx, w.crowd.opened) { // who has said nothing yet has no timer, and what they say next is no line to count
			return
		}
		w.rewritten(s, sizes)
		for range times {
			if !sizes.watch(ctx, every) {
				return
			}
			over := w.line.add(outage, -1, ": the power failed")
			w.losePower(s, sizes)
			over()
		}
	}
}

// growth is how long a file has been at several moments.
type growth struct {
	path  string
	at    []time.Time
	sizes []int64
}

// watch looks at the file for a while; false when ctx ended.
func (g *growth) watch(ctx context.Context, d time.Duration) bool {
	for end := time.Now().Add(d); time.Now().Before(end); {
		if !sleep(ctx, 20*time.Millisecond) {
			return false
		}
		g.at, g.sizes = append(g.at, time.Now()), append(g.sizes, sizeOf(g.path))
	}
	return true
}

// ago is how long the file was a second ago, or earlier.
func (g *growth) ago(d time.Duration) (size int64) {
	for i, at := range g.at {
		if time.Since(at) >= d {
			size = g.sizes[i]
		}
	}
	return size
}

func sizeOf(path string) int64 {
	info, err := os.Stat(path)
	if err != nil {
		return 0
	}
	return info.Size()
}

// losePower cuts everybody off, kills Redis, cuts its file, and starts it again.
func (w *world) losePower(s *single, g *growth) {
	from := g.ago(time.Second)
	for _, p := range s.proxies {
		p.setTarget(nowhere)
		p.reset()
	}
	defer w.rewritten(s, g)
	defer func() {
		for _, p := range s.proxies {
			p.setTarget(s.server.Addr)
			p.reset()
		}
	}()
	w.alone(s)
	before := w.everybody(s)
	s.server.Kill()
	whole, err := os.ReadFile(g.path)
	if err != nil || int64(len(whole)) <= from {
		w.t.Errorf("the file of Redis cannot be cut: %d bytes, %d a second ago, %v", len(whole), from, err)
		s.server.Restart()
		return
	}
	at := from + w.ownRand(uint64(len(whole))).Int64N(int64(len(whole))-from)
	if err := os.Truncate(g.path, at); err != nil {
		w.t.Error(err)
	}
	s.server.Restart()
	kept := sizeOf(g.path) // without the command that was cut in two
	after := w.everybody(s)
	lost := w.compareMoments(before, after, whole[kept:])
	w.mu.Lock()
	defer w.mu.Unlock()
	w.cuts = append(w.cuts, cut{len(whole) - int(kept), lost})
}

// rewritten waits until the programs, which reach Redis again, have let it write its file anew, and nothing of the old one is left: Redis
// 7.0 cuts a file that ends in the middle of a transaction's second command behind its first, and what is appended to that makes the
// half come back at the start after next.
func (w *world) rewritten(s *single, g *growth) {
	c := goredis.NewClient(&goredis.Options{Addr: s.server.Addr, Protocol: 2, DisableIdentity: true})
	defer c.Close()
	ctx := w.t.Context()
	if !until(ctx, func() bool {
		info := c.Info(ctx, "persistence").Val()
		return strings.Contains(info, "aof_rewrites:1\r") && strings.Contains(info, "aof_rewrite_in_progress:0") && s.server.Logs() == 1
	}) {
		w.t.Error("the programs do not let Redis write its file anew, once")
		return
	}
	g.path, g.at, g.sizes = s.server.Log(), nil, nil
}

// alone waits until the server has done what had reached it, and nobody is connected any more, twice in a row: a connection that
// was just being made comes after the first cut.
func (w *world) alone(s *single) {
	c := goredis.NewClient(&goredis.Options{Addr: s.server.Addr, Protocol: 2, DisableIdentity: true, PoolSize: 1})
	defer c.Close()
	quiet := 0
	if !until(w.t.Context(), func() bool {
		for _, p := range s.proxies {
			p.reset()
		}
		if quiet++; !strings.Contains(c.Info(w.t.Context(), "clients").Val(), "connected_clients:1\r") {
			quiet = 0
		}
		return quiet > 4
	}) {
		w.t.Error("somebody stays connected to Redis")
	}
}

// cut is one loss of power: how many bytes went with it, and how many events that had been taken in.
type cut struct{ bytes, events int }

// everybody reads all that is kept of everyone; nobody else reaches the server meanwhile.
func (w *world) everybody(s *single) map[store.Key]*store.PersonEntry {
	all := map[store.Key]*store.PersonEntry{}
	r, err := redis.Open(w.t.Context(), redis.Config{URL: s.server.URL(), Patience: time.Minute})
	if err != nil {
		w.t.Errorf("open the store: %v", err)
		return all
	}
	defer r.Close()
	err = r.Dump(w.t.Context(), func(e store.Entry) error {
		if e.Person != nil {
			all[e.Person.Key] = e.Person
		}
		return nil
	})
	if err != nil {
		w.t.Errorf("read the store: %v", err)
	}
	return all
}

// compareMoments holds everybody to one earlier moment of theirs, and who is not in what was cut off to the last one. It returns
// how many events were lost that had been taken in.
func (w *world) compareMoments(before, after map[store.Key]*store.PersonEntry, gone []byte) (lost int) {
	ids, err := sealerOf(w.keys)
	if err != nil {
		w.t.Error(err)
		return 0
	}
	for _, key := range slices.Sorted(maps.Keys(before)) {
		was, is := before[key], after[key]
		if is == nil {
			is = &store.PersonEntry{Key: key}
		}
		if n := len(was.Ring) - len(is.Ring); n > 0 {
			lost += n
		}
		if what := torn(ids, is); what != "" {
			w.find(finding{half, string(key), "after the loss of power " + what})
		}
		if what := ahead(was, is); what != "" {
			w.find(finding{half, string(key), what})
		}
		if diff := cmp.Diff(lasting(was), lasting(is)); diff != "" && !bytes.Contains(gone, []byte(key)) {
			w.find(finding{half, string(key), "nothing of this person was cut off, and yet (-before +after):\n" + diff})
		}
	}
	for key := range after {
		if before[key] == nil {
			w.find(finding{half, string(key), "was nobody before"})
		}
	}
	return lost
}

// lasting is what does not change by the clock alone.
func lasting(p *store.PersonEntry) *store.PersonEntry {
	q := *p
	q.SessionLife, q.JournalLife, q.MemoryLife, q.EchoLife, q.Due = 0, 0, 0, 0, time.Time{}
	return &q
}

// ahead says what somebody has that they had not before.
func ahead(was, is *store.PersonEntry) string {
	known := map[store.ID8]bool{}
	for _, e := range was.Ring {
		known[e.ID] = true
	}
	for _, e := range is.Ring {
		if !known[e.ID] {
			return fmt.Sprintf("the event %x came from nowhere", e.ID)
		}
	}
	if revOf(is) > revOf(was) {
		return fmt.Sprintf("revision %d follows %d", revOf(is), revOf(was))
	}
	return ""
}

func revOf(p *store.PersonEntry) uint64 {
	if p.Session == nil {
		return 0
	}
	return p.Session.Rev
}

// torn says how the parts of one person belong to different moments; "" when they do not. In the flow of the crowd every event
// that was taken in waits, or has led to one revision and one message; fewer are said than the ring remembers.
func torn(ids *seal.Sealer, p *store.PersonEntry) string {
	applied := map[store.ID8]bool{}
	for _, e := range p.Ring {
		applied[e.ID] = true
	}
	for _, m := range p.Mail {
		if !applied[m.ID] {
			return fmt.Sprintf("the event %x waits and is not remembered", m.ID)
		}
		delete(applied, m.ID)
	}
	if rev := revOf(p); int(rev) != len(applied) {
		return fmt.Sprintf("%d events are remembered, %d wait, and the session is at revision %d", len(p.Ring), len(p.Mail), rev)
	}
	said := map[store.ID8]store.ID8{}
	for ev := range applied {
		said[ids.ID(p.Key, "out:"+string(ev[:])+string(binary.BigEndian.AppendUint32(nil, 0)))] = ev
	}
	for i, out := range p.Out {
		ev, ok := said[out.ID]
		if !ok {
			return fmt.Sprintf("the message %x is of no event that was applied", out.ID)
		}
		if i == len(p.Out)-1 && ev != p.Session.Last {
			return "the last message is not that of the last step"
		}
	}
	if len(p.Mail)+len(p.Out) > 0 == p.Due.IsZero() {
		return fmt.Sprintf("%d events and %d messages wait, due at %v", len(p.Mail), len(p.Out), p.Due)
	}
	if revOf(p) > 0 && len(p.Timers) == 0 {
		return "no timer is set"
	}
	return ""
}

func sealerOf(keys string) (*seal.Sealer, error) {
	ring, err := seal.LoadKeyFile(keys)
	if err != nil {
		return nil, err
	}
	return seal.New(ring, strings.NewReader(""))
}

// F2 at D1: the power of the host fails. What was taken in within the last second may be lost; everybody's session, memory, mailbox,
// outbox and timers go back to one moment together, and who was not in the lost part stays as they were. Everybody waits for each answer, so
// that the talk is longer than it takes the power to fail, however quick the machine.
func powerFails(size float64) scenario {
	return scenario{
		name: "F2 power fails, everysec", store: behindProxies(3), people: int(500 * size), lines: 24, duplicates: 0.1, latency: 300 * time.Millisecond, ahead: 1,
		forgetful: true, allowed: 0.9, patience: 12 * time.Second, faults: []fault{losingPower(max(3, int(20*size)), 1500*time.Millisecond)},
	}
}

func TestPowerFails(t *testing.T) {
	t.Parallel()
	o := run(t, powerFails(0.08))
	o.mustHold(t)
	events, size := 0, 0
	for _, c := range o.cuts {
		events, size = events+c.events, size+c.bytes
	}
	t.Logf("%d losses of power took %d bytes and %d events along; %d of them never came back", len(o.cuts), size, events, o.lost)
	if size == 0 || events == 0 {
		t.Error("nothing was lost: this proves nothing")
	}
	if o.lost > events {
		t.Errorf("%d events were lost, and only %d were in what was cut off", o.lost, events)
	}
}

// TestTorn: what belongs to different moments is seen.
func TestTorn(t *testing.T) {
	t.Parallel()
	var keys = make(map[string]func(p *store.PersonEntry))
	keys["session of before"] = func(p *store.PersonEntry) { p.Session.Rev-- }
	keys["session of later"] = func(p *store.PersonEntry) { p.Session.Rev++ }
	keys["event forgotten"] = func(p *store.PersonEntry) { p.Ring = p.Ring[1:] }
	keys["mailbox of before"] = func(p *store.PersonEntry) { p.Mail = append(p.Mail, store.Item{ID: p.Ring[1].ID}) }
	keys["mailbox of later"] = func(p *store.PersonEntry) { p.Mail = p.Mail[1:] }
	keys["outbox of later"] = func(p *store.PersonEntry) { p.Out = append(p.Out, store.Item{ID: store.ID8{9}}) }
	keys["outbox of before"] = func(p *store.PersonEntry) { p.Session.Last = p.Ring[0].ID }
	keys["nobody's work"] = func(p *store.PersonEntry) { p.Due = time.Time{} }
	keys["no timer"] = func(p *store.PersonEntry) { p.Timers = nil }
	ids := testSealer(t)
	whole := func() *store.PersonEntry {
		p := &store.PersonEntry{
			Key: "AAAAAAAAAAAAAAAAAAAAAA", Ring: []store.Seen{{ID: store.ID8{1}}, {ID: store.ID8{2}}, {ID: store.ID8{3}}},
			Mail: []store.Item{{ID: store.ID8{3}}}, Session: &store.Snapshot{Rev: 2, Last: store.ID8{2}}, Due: time.Now(), Timers: []store.Timer{{Name: "s"}},
		}
		last := p.Session.Last
		p.Out = []store.Item{{ID: ids.ID(p.Key, "out:"+string(last[:])+"\x00\x00\x00\x00")}}
		return p
	}
	if what := torn(ids, whole()); what != "" {
		t.Errorf("one moment is said to be torn: %s", what)
	}
	for name, change := range keys {
		p := whole()
		if change(p); torn(ids, p) == "" {
			t.Errorf("%s: not seen", name)
		}
	}
	if ahead(whole(), &store.PersonEntry{Ring: []store.Seen{{ID: store.ID8{7}}}}) == "" || ahead(whole(), &store.PersonEntry{Session: &store.Snapshot{Rev: 3}}) == "" {
		t.Error("what comes from nowhere is not seen")
	}
}

// testSealer is a sealer with keys of its own.
func testSealer(t *testing.T) *seal.Sealer {
	t.Helper()
	path := filepath.Join(t.TempDir(), "khoa")
	if err := seal.CreateKeyFile(path, rand.Reader); err != nil {
		t.Fatal(err)
	}
	s, err := sealerOf(path)
	if err != nil {
		t.Fatal(err)
	}
	return s
}
