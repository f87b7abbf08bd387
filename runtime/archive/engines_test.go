package archive_test

import (
	"bytes"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"hoithoai/runtime/archive"
	"hoithoai/runtime/store"
	"hoithoai/runtime/store/embedded"
	"hoithoai/runtime/store/redis"
	"hoithoai/runtime/store/redistest"
	"hoithoai/runtime/store/storetest"
)

// engine is what an archive is taken from and loaded into.
type engine interface {
	store.Dumper
	store.Loader
	store.Cleaner
}

// engines opens one of each.
func engines(t testing.TB) map[string]engine {
	t.Helper()
	file, err := embedded.Open(embedded.Config{Path: filepath.Join(t.TempDir(), "kho.db"), Clock: time.Now})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = file.Close() })
	single := openRedis(t, redistest.Start(t).URL())
	return map[string]engine{
		"embedded": file, "redis": single,
		"cluster": openRedis(t, redistest.StartCluster(t, 3).URL()),
	}
}

func openRedis(t testing.TB, url string) *redis.Store {
	t.Helper()
	s, err := redis.Open(t.Context(), redis.Config{URL: url, Patience: time.Minute, Timeout: time.Minute})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	return s
}

// drawStore draws what a store may keep.
func drawStore(t *rapid.T) (all entries) {
	for i := range rapid.IntRange(0, 6).Draw(t, "people") {
		if p := drawPerson(t, store.Key(fmt.Sprintf("nguoi-%d", i))); !p.Empty() {
			all = append(all, store.Entry{Person: p})
		}
	}
	for i := range rapid.IntRange(0, 6).Draw(t, "records") {
		by := store.ID8{byte(i), 0, '\n'}
		r := &store.RecordEntry{List: rapid.SampledFrom([]string{"tin", "tin:1"}).Draw(t, "list"), By: by, ID: store.RecordID(uint64(i+1), by)}
		if rapid.Bool().Draw(t, "kept") {
			r.Body = drawBody(t, 0)
		}
		all = append(all, store.Entry{Record: r})
	}
	for i := range rapid.IntRange(0, 4).Draw(t, "places") {
		all = append(all, store.Entry{Place: &store.PlaceEntry{Place: "8:00", By: store.ID8{byte(i), 0xff}, Holds: rapid.Bool().Draw(t, "holds")}})
	}
	for i := range rapid.IntRange(0, 2).Draw(t, "bundles") {
		all = append(all, store.Entry{Bundle: &store.BundleEntry{Hash: fmt.Sprint("h", i), Body: drawBody(t, 0)}})
	}
	if rapid.Bool().Draw(t, "heard") {
		all = append(all, store.Entry{Beat: &store.BeatEntry{What: "heard", At: time.UnixMilli(rapid.Int64Range(1, 4_000_000_000_000).Draw(t, "beat"))}})
	}
	return all
}

func drawBody(t *rapid.T, least int) []byte {
	return rapid.SliceOfN(rapid.Byte(), least, 40).Draw(t, "body")
}

func drawLife(t *rapid.T) time.Duration {
	return time.Duration(rapid.IntRange(2, 1000).Draw(t, "hours")) * time.Hour
}

func drawItems(t *rapid.T, what string) (all []store.Item) {
	for i := range rapid.IntRange(0, 3).Draw(t, what) {
		all = append(all, store.Item{ID: store.ID8{byte(i), 0, 0xff}, Body: drawBody(t, 0)})
	}
	return all
}

func drawSeen(t *rapid.T, what string, from, n int, at int64) (all []store.Seen) {
	for i := range n {
		all = append(all, store.Seen{ID: store.ID8{byte(from + i), 0x80}, At: at + int64(i/2)})
	}
	return all
}

func drawPerson(t *rapid.T, key store.Key) *store.PersonEntry {
	p := &store.PersonEntry{Key: key, Mail: drawItems(t, "mail"), Out: drawItems(t, "out")}
	if rapid.Bool().Draw(t, "session") {
		p.Session = &store.Snapshot{Rev: rapid.Uint64Range(1, 9_999_999_999).Draw(t, "rev"), Last: store.ID8{1, 2}}
		if rapid.Bool().Draw(t, "body") {
			p.Session.Body = drawBody(t, 1)
		}
		if rapid.Bool().Draw(t, "ends") {
			p.SessionLife = drawLife(t)
		}
	}
	if len(p.Mail)+len(p.Out) > 0 || rapid.Bool().Draw(t, "owned") {
		p.Due = time.UnixMilli(rapid.Int64Range(1, 4_000_000_000_000).Draw(t, "due"))
	}
	for i := range rapid.IntRange(0, 3).Draw(t, "timers") {
		p.Timers = append(p.Timers, store.Timer{
			Name: "nhắc", Gen: rapid.Uint32Range(0, 9).Draw(t, "gen")*10 + uint32(i), At: time.UnixMilli(rapid.Int64Range(1, 4_000_000_000_000).Draw(t, "at")), Body: drawBody(t, 0),
		})
	}
	store.SortTimers(p.Timers)
	for range rapid.IntRange(0, 3).Draw(t, "journal") {
		p.Journal, p.JournalLife = append(p.Journal, drawBody(t, 0)), 40*time.Hour
	}
	if n := rapid.IntRange(0, 5).Draw(t, "ring"); n > 0 {
		p.Ring, p.MemoryLife = drawSeen(t, "ring", 0, n, time.Now().UnixMilli()-5000), drawLife(t)
		if old := rapid.IntRange(0, 4).Draw(t, "old"); old > 0 {
			p.Mark, p.Old = p.Ring[0].At-1, drawSeen(t, "old", 100, old, time.Now().UnixMilli()-1000)
		}
	}
	for i := range rapid.IntRange(0, 2).Draw(t, "echoes") {
		p.Echoes, p.EchoLife = append(p.Echoes, store.Echo{ID: store.ID8{byte(i + 1)}, Look: store.ID8{byte(i)}, Sent: int64(i)}), 2*time.Hour
	}
	return p
}

// TestBetweenEngines takes a random store through archives from engine to engine, in every order; it stays the same all the way.
func TestBetweenEngines(t *testing.T) {
	t.Parallel()
	keys, all := keysOf(t, 1), engines(t)
	rapid.Check(t, func(rt *rapid.T) {
		want := drawStore(rt)
		var from store.Dumper = want
		want, err := storetest.Dumped(t.Context(), want)
		for _, name := range rapid.Permutation([]string{"embedded", "redis", "cluster"}).Draw(rt, "way") {
			into := all[name]
			if err == nil {
				err = into.Clear(t.Context())
			}
			if err != nil {
				rt.Fatal(err)
			}
			through(rt, t, from, into, keys)
			got, err := storetest.Dumped(t.Context(), into)
			if err != nil {
				rt.Fatal(err)
			}
			if diff := storetest.SameDump(want, got); diff != "" {
				rt.Fatalf("in %s (-want +got):\n%s", name, diff)
			}
			from = into
		}
	})
}

// through writes an archive of a store and loads it into another.
func through(rt *rapid.T, t *testing.T, from store.Dumper, into store.Loader, keys archive.Deriver) {
	var file bytes.Buffer
	counts, err := archive.Write(t.Context(), &file, from, archive.Source{Header: archive.Header{ID: "move"}, Keys: keys, Now: time.Now})
	if err != nil {
		rt.Fatal(err)
	}
	r, err := archive.NewReader(&file, keys, time.Now)
	if err == nil {
		err = archive.Load(t.Context(), r, into, nil)
	}
	if err != nil || r.Counts() != counts {
		rt.Fatalf("load: %v, read %+v, written %+v", err, r.Counts(), counts)
	}
}

// TestAHalfLoadedStoreIsNotOpened, until the load is finished or the store is cleared.
func TestAHalfLoadedStoreIsNotOpened(t *testing.T) {
	t.Parallel()
	path, url := filepath.Join(t.TempDir(), "kho.db"), redistest.Start(t).URL()
	type closer interface {
		engine
		Close() error
	}
	for name, open := range map[string]func(loading bool) (closer, error){
		"embedded": func(loading bool) (closer, error) {
			return embedded.Open(embedded.Config{Path: path, Clock: time.Now, Loading: loading})
		},
		"redis": func(loading bool) (closer, error) {
			return redis.Open(t.Context(), redis.Config{URL: url, Loading: loading, Patience: time.Minute, Timeout: time.Minute})
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			turn := func(loading bool, do func(engine) error) {
				t.Helper()
				s, err := open(loading)
				if err != nil {
					t.Fatal(err)
				}
				if err := slices.Concat([]error{do(s)}, []error{s.Close()}); err[0] != nil || err[1] != nil {
					t.Fatal(err)
				}
			}
			refused := func() {
				t.Helper()
				if _, err := open(false); err == nil || !strings.Contains(err.Error(), store.ErrLoading.Error()) {
					t.Fatalf("a half-loaded store: %v", err)
				}
			}
			start := func(s engine) error { _, err := s.StartLoad(t.Context(), "half"); return err }
			turn(false, start)
			refused()
			turn(true, start)
			turn(true, func(s engine) error { return s.FinishLoad(t.Context()) })
			turn(false, start)
			refused()
			turn(true, func(s engine) error { return s.Clear(t.Context()) })
			turn(false, func(engine) error { return nil })
		})
	}
}
