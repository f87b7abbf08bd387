package admin_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"strings"
	"testing"
	"time"

	"hoithoai/runtime/admin"
	"hoithoai/runtime/archive"
	"hoithoai/runtime/store"
	"hoithoai/runtime/testbed"
)

// keep gives a site a store that archives are written of.
func (s *site) keep(from store.Dumper) {
	sealer := testbed.Sealer(s.t, 1)
	s.direct.Whole = admin.Whole{Store: from, Source: func(context.Context) (archive.Source, error) {
		return archive.Source{Header: archive.Header{ID: "one", Engine: "embedded", Level: "D2"}, Keys: sealer, Now: time.Now}, nil
	}}
}

// readArchive reads an archive to its end and counts what is in it.
func readArchive(t *testing.T, file []byte) (archive.Header, archive.Counts, error) {
	t.Helper()
	r, err := archive.NewReader(bytes.NewReader(file), testbed.Sealer(t, 1), time.Now)
	for err == nil {
		_, err = r.Next()
	}
	if !errors.Is(err, io.EOF) {
		return archive.Header{}, archive.Counts{}, err
	}
	return r.Header(), r.Counts(), nil
}

// TestArchive: the serving process writes the very archive that the store itself does, and says that people were served.
func TestArchive(t *testing.T) {
	t.Parallel()
	for name, address := range map[string]string{"socket": "", "loopback": "127.0.0.1:0"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := newSite(t, address)
			disk, _ := testbed.Embedded(t, store.Config{}, time.Now)
			if err := disk.SaveBundle(t.Context(), "h", bytes.Repeat([]byte("x"), 3<<20)); err != nil {
				t.Fatal(err)
			}
			s.keep(disk)
			c, stop := s.open()
			defer stop()
			var over, straight bytes.Buffer
			if err := errors.Join(c.Archive(t.Context(), &over), s.direct.Archive(t.Context(), &straight)); err != nil {
				t.Fatal(err)
			}
			for served, file := range map[bool][]byte{true: over.Bytes(), false: straight.Bytes()} {
				h, counts, err := readArchive(t, file)
				if err != nil || h.Served != served || counts != (archive.Counts{Bundles: 1}) {
					t.Errorf("served %v: %+v, %+v, %v", served, h, counts, err)
				}
			}
			if !strings.Contains(s.log.String(), `"action":"archive"`) {
				t.Errorf("the log has no line of it: %s", s.log)
			}
		})
	}
}

// failing gives up in the middle.
type failing struct{}

func (failing) Dump(_ context.Context, each func(store.Entry) error) error {
	for range 10_000 {
		if err := each(store.Entry{Place: &store.PlaceEntry{Place: "8:00"}}); err != nil {
			return err
		}
	}
	return store.ErrFull
}

// TestArchiveThatFails is never taken for whole: what is wrong comes in the archive, or instead of it.
func TestArchiveThatFails(t *testing.T) {
	t.Parallel()
	s := newSite(t, "")
	s.keep(failing{})
	c, stop := s.open()
	defer stop()
	var file bytes.Buffer
	if err := c.Archive(t.Context(), &file); err != nil {
		t.Fatal(err)
	}
	if _, _, err := readArchive(t, file.Bytes()); !errors.Is(err, archive.ErrGivenUp) || !strings.Contains(err.Error(), store.ErrFull.Error()) {
		t.Errorf("read: %v", err)
	}
	s.direct.Whole.Source = func(context.Context) (archive.Source, error) { return archive.Source{}, store.ErrUnavailable }
	if err := c.Archive(t.Context(), &file); err == nil || !strings.Contains(err.Error(), store.ErrUnavailable.Error()) {
		t.Errorf("an archive that is not begun: %v", err)
	}
	if err := c.Archive(t.Context(), full{}); err == nil {
		t.Error("a full disk is not noticed")
	}
}

type full struct{}

func (full) Write([]byte) (int, error) { return 0, io.ErrShortWrite }
