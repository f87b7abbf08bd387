package main

import (
	"context"
	"crypto/rand"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"hoithoai/runtime/archive"
	"hoithoai/runtime/store"
	"hoithoai/runtime/store/embedded"
	"hoithoai/runtime/store/redistest"
	"hoithoai/runtime/store/seal"
)

// town is a store of many people that exists only as a dump.
type town struct {
	t    *testing.T
	keys *seal.Sealer
	n    int
}

// Dump gives everybody a session, a waiting event and a timer.
func (w town) Dump(_ context.Context, each func(store.Entry) error) error {
	sealed := func(kind seal.Kind, key store.Key) []byte {
		b, err := w.keys.Seal(nil, kind, key, make([]byte, 200))
		if err != nil {
			w.t.Error(err)
		}
		return b
	}
	for i := range w.n {
		key := store.Key(fmt.Sprintf("nguoi-%08d", i))
		p := &store.PersonEntry{
			Key: key, Session: &store.Snapshot{Rev: 1, Body: sealed(seal.Session, key)}, SessionLife: time.Hour * 24,
			Mail: []store.Item{{Body: sealed(seal.Mailbox, key)}}, Due: time.Now(),
			Timers: []store.Timer{{Name: "nhac", Gen: 1, At: time.Now().Add(time.Hour), Body: sealed(seal.Mailbox, key)}},
		}
		if err := each(store.Entry{Person: p}); err != nil {
			return err
		}
	}
	return nil
}

// townArchive writes the archive of a town into the folder of a deployment, under keys that are made for it.
func townArchive(t *testing.T, h *house, n int) string {
	t.Helper()
	if err := os.MkdirAll(filepath.Join(h.dir, "du-lieu"), 0o700); err != nil {
		t.Fatal(err)
	}
	s, err := keys(filepath.Join(h.dir, "du-lieu", keyFile))
	if err != nil {
		t.Fatal(err)
	}
	f, err := os.Create(filepath.Join(h.dir, "ban-sao"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if _, err := archive.Write(t.Context(), f, town{t, s, n}, archive.Source{Header: archive.Header{ID: rand.Text(), Level: "D2"}, Keys: s, Now: time.Now}); err != nil {
		t.Fatal(err)
	}
	return f.Name()
}

// TestRestoreIsKilled: whoever repeats a load that was killed gets all of it, once, on both engines; meanwhile nothing opens the
// store.
func TestRestoreIsKilled(t *testing.T) {
	t.Parallel()
	const n = 6000
	for i, name := range []string{"embedded", "redis"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h := newHouse(t, []string{fileStore, fmt.Sprintf(redisStore, "HERE")}[i], "HERE="+redistest.Start(t).URL())
			townArchive(t, h, n)
			refused := 0
			for k := range 5 {
				p := newProcess(t, h.dir, h.env, "restore", "ban-sao", "--config", "office.toml")
				p.start() // its first line: the archive was checked, loading begins
				within(time.Duration(k*k*15)*time.Millisecond, func() bool { return false })
				p.kill()
				out, err := newProcess(t, h.dir, h.env, "waiting", "--config", "office.toml").once()
				if err != nil && !strings.Contains(out, "đưa về") {
					t.Fatalf("beside a killed load: %v\n%s", err, out)
				}
				if err != nil {
					refused++
				}
			}
			t.Logf("killed in the middle %d times", refused)
			out, err := newProcess(t, h.dir, h.env, "restore", "ban-sao", "--config", "office.toml").once()
			if strings.Contains(out, "kho đã có dữ liệu") { // the last one was killed behind its end
				out, err = newProcess(t, h.dir, h.env, "restore", "ban-sao", "-f", "--config", "office.toml").once()
			}
			if err != nil || !strings.Contains(out, "Khớp với tệp") {
				t.Fatalf("the last load: %v\n%s", err, out)
			}
			h.verb(fmt.Sprintf("  %d người (%d phiên, %d tin chờ, 0 lời chưa gửi, %d hẹn giờ", n, n, n, n), "export", "xuat")
		})
	}
}

// TestAnotherMachineServes: what one machine serves from Redis is neither taken from under it nor replaced by another one; a copy
// is made, and no store is moved with it.
func TestAnotherMachineServes(t *testing.T) {
	t.Parallel()
	url := redistest.Start(t).URL()
	here, there := newHouse(t, fmt.Sprintf(redisStore, "HERE"), "HERE="+url), newHouse(t, fmt.Sprintf(redisStore, "HERE"), "HERE="+url)
	townArchive(t, here, 10)
	key, err := os.ReadFile(filepath.Join(here.dir, "du-lieu", keyFile))
	if err != nil {
		t.Fatal(err)
	}
	writeFile(t, there.dir, filepath.Join("du-lieu", keyFile), string(key))
	here.verb("Khớp với tệp", "import", "ban-sao")
	there.start()
	here.verb("10 người", "backup", "nong")
	here.refuses("thiếu điều đến sau", "import", "nong", "-f")
	here.refuses("1 hoithoai serve trên máy khác", "export", "xuat")
	here.refuses("1 hoithoai serve trên máy khác", "restore", "nong", "-f")
	there.stop()
	here.verb("người", "export", "xuat") // once it has been silent for long enough
}

// TestRestoreRefusesADamagedFile, says at which record, and leaves the store alone.
func TestRestoreRefusesADamagedFile(t *testing.T) {
	t.Parallel()
	h := newHouse(t, fileStore)
	file := townArchive(t, h, 100)
	whole, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	spoilt := append([]byte{}, whole...)
	spoilt[len(spoilt)/2] ^= 1
	for name, body := range map[string][]byte{
		"tệp bị cắt cụt, ở dòng 51":  whole[:len(whole)/2],
		"tệp bị hỏng, ở dòng 51":     spoilt,
		"tệp bị cắt cụt, ở dòng 101": whole[:len(whole)-1],
		"tệp bị hỏng, ở dòng 101":    append(append([]byte{}, whole...), 'x'),
		"không phải bản sao":         whole[1:],
	} {
		writeFile(t, h.dir, "hong", string(body))
		h.refuses(name, "restore", "hong")
		h.refuses(name, "import", "hong", "-f")
	}
	if _, err := os.Stat(filepath.Join(h.dir, "du-lieu", storeFile)); !os.IsNotExist(err) {
		t.Errorf("a store was made: %v", err)
	}
	h.verb("Khớp với tệp", "import", "ban-sao")
	h.refuses("kho đã có dữ liệu", "import", "ban-sao")
	h.verb("100 người", "import", "ban-sao", "-f")
}

// TestVerbsRefuseAHalfLoadedStore until it is loaded or cleared.
func TestVerbsRefuseAHalfLoadedStore(t *testing.T) {
	t.Parallel()
	h := newHouse(t, fileStore)
	townArchive(t, h, 10)
	s, err := embedded.Open(embedded.Config{Path: filepath.Join(h.dir, "du-lieu", storeFile), Clock: time.Now})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.StartLoad(t.Context(), "another"); err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	for _, verb := range [][]string{{"serve"}, {"waiting"}, {"erasures"}, {"deadletters"}, {"misses"}, {"backup", "x"}, {"export", "x"}} {
		h.refuses("một lần đưa về kho này còn dở", verb...)
	}
	h.refuses("một lần đưa về khác còn dở", "restore", "ban-sao")
	h.verb("Khớp với tệp", "restore", "ban-sao", "-f")
	h.verb("người chờ cán bộ", "waiting")
}
