package archive_test

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"hoithoai/runtime/archive"
	"hoithoai/runtime/store"
	"hoithoai/runtime/store/model"
	"hoithoai/runtime/store/seal"
)

// noon is when the archives of these tests are written.
var noon = time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC)

func at(when time.Time) func() time.Time { return func() time.Time { return when } }

// keysOf makes the keys of a deployment, the same for the same number.
func keysOf(t testing.TB, n byte, rings ...string) *seal.Sealer {
	t.Helper()
	text := fmt.Sprintf("names:%064x\n", n)
	if len(rings) == 0 {
		rings = []string{fmt.Sprintf("1:%064x", n)}
	}
	keys, err := seal.ParseKeys(text + strings.Join(rings, "\n"))
	if err != nil {
		t.Fatal(err)
	}
	s, err := seal.New(keys, rand.NewChaCha8([32]byte{n}))
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// entries is a store's dump that is given as it stands.
type entries []store.Entry

func (all entries) Dump(_ context.Context, each func(store.Entry) error) error {
	for _, e := range all {
		if err := each(e); err != nil {
			return err
		}
	}
	return nil
}

// some is one entry of every kind, with everything sealed that a deployment seals.
func some(t testing.TB, s *seal.Sealer) entries {
	t.Helper()
	sealed := func(kind seal.Kind, key store.Key, text string) []byte {
		b, err := s.Seal(nil, kind, key, []byte(text))
		if err != nil {
			t.Fatal(err)
		}
		return b
	}
	p := &store.PersonEntry{
		Key: "a", Session: &store.Snapshot{Rev: 7, Last: store.ID8{7}, Body: sealed(seal.Session, "a", "phiên")}, SessionLife: time.Hour,
		Mail: []store.Item{{ID: store.ID8{1}, Body: sealed(seal.Mailbox, "a", "tin")}},
		Out:  []store.Item{{ID: store.ID8{2}, Body: sealed(seal.Outbox, "a", "lời")}}, Due: noon.Add(time.Second),
		Timers:  []store.Timer{{Name: "nhắc", Gen: 3, At: noon.Add(time.Hour), Body: sealed(seal.Mailbox, "a", "nhắc")}},
		Journal: [][]byte{sealed(seal.Journal, "a", "")}, JournalLife: 2 * time.Hour,
		Ring: []store.Seen{{ID: store.ID8{1}, At: 5}}, Old: []store.Seen{{ID: store.ID8{9}, At: 4}}, Mark: 3, MemoryLife: 3 * time.Hour,
		Echoes: []store.Echo{{ID: store.ID8{4}, Look: store.ID8{5}, Sent: 6}, {ID: store.ID8{8}}}, EchoLife: time.Minute,
	}
	by := store.ID8{1}
	return entries{
		{Person: p},
		{Person: &store.PersonEntry{Key: "b", Session: &store.Snapshot{Rev: 1}}},
		{Record: &store.RecordEntry{List: "tin", By: by, ID: store.RecordID(1, by), Body: sealed(seal.Record, "tin", "hồ sơ")}},
		{Record: &store.RecordEntry{List: "ma", By: by, ID: store.RecordID(1, by), Body: sealed(seal.Token, "ma", "mã")}},
		{Record: &store.RecordEntry{List: "tin", By: store.ID8{2}, ID: store.RecordID(2, store.ID8{2})}},
		{Place: &store.PlaceEntry{Place: "8:00", By: by, Holds: true}},
		{Bundle: &store.BundleEntry{Hash: "h", Body: sealed(seal.Record, "bundle:h", "luồng")}},
		{Beat: &store.BeatEntry{What: "heard", At: noon}},
	}
}

// bundles opens what some seals.
func bundles(s *seal.Sealer) archive.Bundles {
	return func(hash string, body []byte) error {
		_, err := s.OpenRecord("bundle:"+hash, body)
		return err
	}
}

func written(t testing.TB, from store.Dumper, keys *seal.Sealer) []byte {
	t.Helper()
	var file bytes.Buffer
	if _, err := archive.Write(t.Context(), &file, from, archive.Source{Header: archive.Header{ID: "one", Engine: "model", Level: "D2"}, Keys: keys, Now: at(noon)}); err != nil {
		t.Fatal(err)
	}
	return file.Bytes()
}

// read reads an archive to its end and returns what it holds.
func read(file []byte, keys archive.Deriver, now time.Time) (all entries, err error) {
	r, err := archive.NewReader(bytes.NewReader(file), keys, at(now))
	for err == nil {
		var e store.Entry
		if e, err = r.Next(); err == nil {
			all = append(all, e)
		}
	}
	return all, err
}

func TestRoundTrip(t *testing.T) {
	t.Parallel()
	keys := keysOf(t, 1)
	all := some(t, keys)
	file := written(t, all, keys)
	got, err := read(file, keys, noon)
	if !errors.Is(err, io.EOF) {
		t.Fatal(err)
	}
	if diff := cmp.Diff(all, got); diff != "" {
		t.Errorf("what is read differs (-written +read):\n%s", diff)
	}
	if again := written(t, got, keys); !bytes.Equal(again, file) {
		t.Error("writing what was read gives another file")
	}
	r, err := archive.NewReader(bytes.NewReader(file), nil, at(noon))
	if err != nil {
		t.Fatal(err)
	}
	want := archive.Header{Version: 1, ID: "one", Install: archive.Install(keys), Engine: "model", Level: "D2", Time: noon.UnixMilli()}
	if diff := cmp.Diff(want, r.Header()); diff != "" || !r.Header().When().Equal(noon) {
		t.Errorf("header (-want +got):\n%s", diff)
	}
	v, err := archive.Verify(r, keys, bundles(keys), nil)
	if err != nil || v.Sealed != 8 || v.Unreadable != 0 {
		t.Errorf("verify: %+v, %v", v, err)
	}
	if c := (archive.Counts{People: 2, Sessions: 2, Mail: 1, Out: 1, Timers: 1, Journal: 1, Records: 3, Places: 1, Bundles: 1, Beats: 1}); v.Counts != c || c.Entries() != 8 {
		t.Errorf("counts %+v, want %+v", v.Counts, c)
	}
}

// TestLives: time spent in the file counts, part by part.
func TestLives(t *testing.T) {
	t.Parallel()
	keys := keysOf(t, 1)
	all := some(t, keys)
	file := written(t, all, keys)
	want := *all[0].Person
	for _, c := range []struct {
		after time.Duration // the first is the shortest life, and so on
		gone  func()
	}{
		{time.Minute - time.Millisecond, func() {}},
		{time.Minute, func() { want.Echoes, want.EchoLife = nil, 0 }},
		{time.Hour, func() { want.Session, want.SessionLife = nil, 0 }},
		{2 * time.Hour, func() { want.Journal, want.JournalLife = nil, 0 }},
		{3 * time.Hour, func() { want.Ring, want.Old, want.Mark, want.MemoryLife = nil, nil, 0, 0 }},
	} {
		c.gone()
		now := want
		for _, life := range []*time.Duration{&now.SessionLife, &now.JournalLife, &now.MemoryLife, &now.EchoLife} {
			if *life != 0 {
				*life -= c.after
			}
		}
		got, err := read(file, keys, noon.Add(c.after))
		if !errors.Is(err, io.EOF) {
			t.Fatal(err)
		}
		if diff := cmp.Diff(&now, got[0].Person); diff != "" {
			t.Errorf("after %v (-want +got):\n%s", c.after, diff)
		}
		if got[1].Person.Session == nil {
			t.Errorf("after %v a session without end is gone", c.after)
		}
	}
}

// TestCutAnywhere: a file that ends too early is never taken for whole, and says at which record.
func TestCutAnywhere(t *testing.T) {
	t.Parallel()
	keys := keysOf(t, 1)
	file := written(t, some(t, keys), keys)
	last := uint64(0)
	for n := range file {
		_, err := read(file[:n], keys, noon)
		if n < 15 {
			if !errors.Is(err, archive.ErrForeign) {
				t.Fatalf("%d bytes: %v", n, err)
			}
			continue
		}
		var where *archive.RecordError
		if !errors.Is(err, archive.ErrCut) || !errors.As(err, &where) || where.Record < last || where.Record > 9 {
			t.Fatalf("%d of %d bytes: %v", n, len(file), err)
		}
		last = where.Record
	}
	if last != 9 {
		t.Errorf("a file without its trailer is cut at record %d, want 9", last)
	}
}

// TestDamageAnywhere: no byte can be changed, added or taken out.
func TestDamageAnywhere(t *testing.T) {
	t.Parallel()
	keys := keysOf(t, 1)
	file := written(t, some(t, keys), keys)
	for n := range file {
		for _, mask := range []byte{1, 0x80} {
			bad := bytes.Clone(file)
			bad[n] ^= mask
			if _, err := read(bad, keys, noon); err == nil || errors.Is(err, io.EOF) {
				t.Fatalf("byte %d changed: %v", n, err)
			}
		}
	}
	if _, err := read(append(bytes.Clone(file), 0), keys, noon); !errors.Is(err, archive.ErrDamaged) {
		t.Errorf("a byte more: %v", err)
	}
}

// frames takes a file apart behind its first line.
func frames(file []byte) (all [][]byte) {
	for file = file[15:]; len(file) > 0; {
		size := 5 + int(binary.BigEndian.Uint32(file[1:])) + 4
		all, file = append(all, file[:size]), file[size:]
	}
	return all
}

// TestFramesBelongTogether: frames that are whole in themselves may not be missing, doubled or exchanged.
func TestFramesBelongTogether(t *testing.T) {
	t.Parallel()
	keys := keysOf(t, 1)
	file := written(t, some(t, keys), keys)
	all := frames(file)
	for i := 1; i+1 < len(all); i++ {
		for name, bad := range map[string][][]byte{
			"missing":   slices.Concat(all[:i], all[i+1:]),
			"doubled":   slices.Concat(all[:i], all[i-1:]),
			"exchanged": slices.Concat(all[:i-1], [][]byte{all[i], all[i-1]}, all[i+1:]),
		} {
			_, err := read(slices.Concat(file[:15], slices.Concat(bad...)), keys, noon)
			if !errors.Is(err, archive.ErrDamaged) {
				t.Errorf("frame %d is %s: %v", i, name, err)
			}
		}
	}
	if _, err := read(slices.Concat(file[:15], slices.Concat(all...)), keys, noon); !errors.Is(err, io.EOF) {
		t.Errorf("put together again: %v", err)
	}
}

func TestOtherKeys(t *testing.T) {
	t.Parallel()
	mine := keysOf(t, 1)
	file := written(t, some(t, mine), mine)
	if _, err := read(file, keysOf(t, 2), noon); !errors.Is(err, archive.ErrOtherKeys) {
		t.Errorf("the keys of another deployment: %v", err)
	}
	for name, other := range map[string]*seal.Sealer{
		"the key is gone":    keysOf(t, 1, fmt.Sprintf("2:%064x", 1)),
		"the key is another": keysOf(t, 1, fmt.Sprintf("1:%064x", 9)),
	} {
		r, err := archive.NewReader(bytes.NewReader(file), other, at(noon))
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if v, err := archive.Verify(r, other, bundles(other), nil); !errors.Is(err, archive.ErrOtherKeys) {
			t.Errorf("%s: %+v, %v", name, v, err)
		}
	}
}

// TestAValueThatIsDamagedInTheStore does not keep all others from being loaded.
func TestAValueThatIsDamagedInTheStore(t *testing.T) {
	t.Parallel()
	keys := keysOf(t, 1)
	all := some(t, keys)
	all[0].Person.Mail[0].Body = append([]byte{1}, make([]byte, 40)...)
	r, err := archive.NewReader(bytes.NewReader(written(t, all, keys)), keys, at(noon))
	if err != nil {
		t.Fatal(err)
	}
	var told []uint64
	v, err := archive.Verify(r, keys, bundles(keys), func(done uint64) { told = append(told, done) })
	if err != nil || v.Unreadable != 1 || v.Sealed != 8 {
		t.Errorf("verify: %+v, %v", v, err)
	}
	if diff := cmp.Diff([]uint64{1, 2, 3, 4, 5, 6, 7, 8}, told); diff != "" {
		t.Errorf("progress (-want +got):\n%s", diff)
	}
}

// TestAnotherWriter: who has not our keys cannot make an archive of ours.
func TestAnotherWriter(t *testing.T) {
	t.Parallel()
	mine, forger := keysOf(t, 1), pretender{keysOf(t, 2), keysOf(t, 1)}
	var file bytes.Buffer
	if _, err := archive.Write(t.Context(), &file, some(t, mine), archive.Source{Keys: forger, Now: at(noon)}); err != nil {
		t.Fatal(err)
	}
	if _, err := read(file.Bytes(), mine, noon); !errors.Is(err, archive.ErrDamaged) {
		t.Errorf("a forged archive: %v", err)
	}
	if _, err := read(file.Bytes(), nil, noon); !errors.Is(err, io.EOF) {
		t.Errorf("held against itself alone: %v", err)
	}
}

// pretender knows the name of a deployment and not its keys.
type pretender struct{ own, other *seal.Sealer }

func (p pretender) Derive(label string) []byte {
	if label == "install" {
		return p.other.Derive(label)
	}
	return p.own.Derive(label)
}

var errStore = errors.New("the disk is gone")

// broken gives two entries and then an error.
type broken struct{ entries }

func (b broken) Dump(ctx context.Context, each func(store.Entry) error) error {
	if err := b.entries[:2].Dump(ctx, each); err != nil {
		return err
	}
	return errStore
}

func TestAWriterThatGivesUp(t *testing.T) {
	t.Parallel()
	keys := keysOf(t, 1)
	var file bytes.Buffer
	c, err := archive.Write(t.Context(), &file, broken{some(t, keys)}, archive.Source{Keys: keys, Now: at(noon)})
	if !errors.Is(err, errStore) || c.People != 2 {
		t.Errorf("write: %+v, %v", c, err)
	}
	all, err := read(file.Bytes(), keys, noon)
	if !errors.Is(err, archive.ErrGivenUp) || !strings.Contains(err.Error(), "the disk is gone") || len(all) != 2 {
		t.Errorf("read: %d entries, %v", len(all), err)
	}
}

// full takes so many bytes and no more.
type full struct{ left int }

func (f *full) Write(p []byte) (int, error) {
	if f.left -= len(p); f.left < 0 {
		return 0, io.ErrShortWrite
	}
	return len(p), nil
}

func TestAFullDisk(t *testing.T) {
	t.Parallel()
	keys := keysOf(t, 1)
	for _, left := range []int{0, 100, 70_000} {
		big := append(some(t, keys), store.Entry{Bundle: &store.BundleEntry{Hash: "big", Body: make([]byte, 200_000)}})
		if _, err := archive.Write(t.Context(), &full{left}, big, archive.Source{Keys: keys, Now: at(noon)}); !errors.Is(err, io.ErrShortWrite) {
			t.Errorf("with %d bytes left: %v", left, err)
		}
	}
}

// failing is a store that takes so many batches.
type failing struct {
	*model.Store
	left int
}

func (f *failing) PutEntries(ctx context.Context, all []store.Entry, done uint64) error {
	if f.left--; f.left < 0 {
		return store.ErrUnavailable
	}
	return f.Store.PutEntries(ctx, all, done)
}

// TestLoadGoesOn: a load that the store interrupts goes on where it stopped.
func TestLoadGoesOn(t *testing.T) {
	t.Parallel()
	keys := keysOf(t, 1)
	var all entries
	for i := range 1000 {
		all = append(all, store.Entry{Person: &store.PersonEntry{Key: store.Key(fmt.Sprintf("nguoi%04d", i)), Session: &store.Snapshot{Rev: 1}}})
	}
	file := written(t, all, keys)
	into := &failing{Store: model.New(store.Config{}, at(noon)), left: 2}
	var told []uint64
	load := func() error {
		r, err := archive.NewReader(bytes.NewReader(file), keys, at(noon))
		if err != nil {
			t.Fatal(err)
		}
		return archive.Load(t.Context(), r, into, func(done uint64) { told = append(told, done) })
	}
	if err := load(); !errors.Is(err, store.ErrUnavailable) {
		t.Fatalf("the first load ends with %v", err)
	}
	into.left = 100
	if err := load(); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]uint64{256, 512, 768, 1000}, told); diff != "" {
		t.Errorf("progress (-want +got):\n%s", diff)
	}
	c, err := archive.Count(t.Context(), into)
	if err != nil || c != (archive.Counts{People: 1000, Sessions: 1000}) {
		t.Errorf("counts %+v, %v", c, err)
	}
	if err := load(); !errors.Is(err, store.ErrNotEmpty) {
		t.Errorf("a finished load is begun again: %v", err)
	}
}

// TestLoadLeavesOutWhoHasExpired, and counts who has not.
func TestLoadLeavesOutWhoHasExpired(t *testing.T) {
	t.Parallel()
	keys := keysOf(t, 1)
	file := written(t, entries{
		{Person: &store.PersonEntry{Key: "a", Session: &store.Snapshot{Rev: 1}, SessionLife: time.Hour}},
		{Person: &store.PersonEntry{Key: "b", Session: &store.Snapshot{Rev: 1}, SessionLife: 3 * time.Hour}},
	}, keys)
	later := at(noon.Add(2 * time.Hour))
	reader := func() *archive.Reader {
		r, err := archive.NewReader(bytes.NewReader(file), keys, later)
		if err != nil {
			t.Fatal(err)
		}
		return r
	}
	into := model.New(store.Config{}, later)
	if err := archive.Load(t.Context(), reader(), into, nil); err != nil {
		t.Fatal(err)
	}
	want := archive.Counts{People: 1, Sessions: 1}
	have, err := archive.Count(t.Context(), into)
	alive, err2 := archive.Living(reader())
	if err := errors.Join(err, err2); err != nil || have != want || alive != want {
		t.Errorf("kept %+v, alive %+v, %v", have, alive, err)
	}
	if !have.Within(want, want) || have.Within(archive.Counts{}, archive.Counts{People: 1}) || have.Within(archive.Counts{People: 2}, archive.Counts{People: 2, Sessions: 2}) {
		t.Error("Within does not compare every count")
	}
}
