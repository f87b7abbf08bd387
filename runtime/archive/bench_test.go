package archive_test

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"testing"
	"time"

	"hoithoai/runtime/archive"
	"hoithoai/runtime/store"
	"hoithoai/runtime/store/embedded"
	"hoithoai/runtime/store/redistest"
	"hoithoai/runtime/store/seal"
)

// benchPeople is how many people the store of the benchmarks keeps: each a session of 600 bytes, 20 entries in the journal, 20
// remembered events and a timer, which is what somebody leaves who has asked for one thing.
const benchPeople = 5000

func benchStore(b *testing.B, keys *seal.Sealer) entries {
	b.Helper()
	sealed := func(kind seal.Kind, key store.Key, size int) []byte {
		packet, err := keys.Seal(nil, kind, key, make([]byte, size))
		if err != nil {
			b.Fatal(err)
		}
		return packet
	}
	all := make(entries, benchPeople)
	for i := range all {
		key := store.Key(fmt.Sprintf("nguoi-0000000000-%05d", i))
		p := &store.PersonEntry{
			Key: key, Session: &store.Snapshot{Rev: 20, Body: sealed(seal.Session, key, 600)}, SessionLife: 30 * 24 * time.Hour,
			Timers:  []store.Timer{{Name: "im", Gen: 1, At: noon.Add(1e5 * time.Hour), Body: sealed(seal.Mailbox, key, 60)}},
			Journal: make([][]byte, 20), JournalLife: 30 * 24 * time.Hour, Ring: make([]store.Seen, 20), MemoryLife: 72 * time.Hour,
		}
		for j := range p.Journal {
			p.Journal[j] = sealed(seal.Journal, key, 120)
			p.Ring[j] = store.Seen{ID: store.ID8{byte(j)}, At: time.Now().UnixMilli() - int64(20-j)}
		}
		all[i] = store.Entry{Person: p}
	}
	return all
}

// report says how fast bytes of an archive pass, and people.
func report(b *testing.B, file []byte) {
	b.SetBytes(int64(len(file)))
	b.ReportMetric(float64(benchPeople)*float64(b.N)/b.Elapsed().Seconds(), "people/s")
}

// BenchmarkArchive measures, over the same 5,000 people and on the same disk: a plain copy of the file; writing it from each
// engine; reading and opening all that is sealed in it; loading it into each engine.
func BenchmarkArchive(b *testing.B) {
	keys := keysOf(b, 1)
	all := benchStore(b, keys)
	file := written(b, all, keys)
	kept := filepath.Join(b.TempDir(), "ban-sao")
	if err := os.WriteFile(kept, file, 0o600); err != nil {
		b.Fatal(err)
	}
	b.Run("copy", func(b *testing.B) {
		for b.Loop() {
			f, err := os.Open(kept)
			if err != nil {
				b.Fatal(err)
			}
			onDisk(b, func(to io.Writer) error { _, err := io.Copy(to, f); return err })
			_ = f.Close()
		}
		report(b, file)
	})
	b.Run("verify", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			if _, err := archive.Verify(reader(b, file, keys), keys, bundles(keys), nil); err != nil {
				b.Fatal(err)
			}
		}
		report(b, file)
	})
	disk, err := embedded.Open(embedded.Config{Path: filepath.Join(b.TempDir(), "kho.db"), Clock: time.Now})
	if err != nil {
		b.Fatal(err)
	}
	defer disk.Close()
	for name, s := range map[string]engine{"embedded": disk, "redis": openRedis(b, redistest.Start(b).URL())} {
		b.Run("load/"+name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				b.StopTimer()
				if err := s.Clear(b.Context()); err != nil {
					b.Fatal(err)
				}
				b.StartTimer()
				if err := archive.Load(b.Context(), reader(b, file, keys), s, nil); err != nil {
					b.Fatal(err)
				}
			}
			report(b, file)
		})
		b.Run("dump/"+name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				onDisk(b, func(to io.Writer) error {
					_, err := archive.Write(b.Context(), to, s, archive.Source{Keys: keys, Now: time.Now})
					return err
				})
			}
			report(b, file)
		})
	}
}

func reader(b *testing.B, file []byte, keys archive.Deriver) *archive.Reader {
	b.Helper()
	r, err := archive.NewReader(bytes.NewReader(file), keys, time.Now)
	if err != nil {
		b.Fatal(err)
	}
	return r
}

// onDisk writes a new file and flushes it.
func onDisk(b *testing.B, write func(io.Writer) error) {
	b.Helper()
	f, err := os.CreateTemp(b.TempDir(), "kho")
	if err != nil {
		b.Fatal(err)
	}
	if err := write(f); err != nil {
		b.Fatal(err)
	}
	if err := f.Sync(); err != nil {
		b.Fatal(err)
	}
	if err := f.Close(); err != nil {
		b.Fatal(err)
	}
	_ = os.Remove(f.Name())
}
