package roster_test

import (
	"errors"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"hoithoai/runtime/roster"
	"hoithoai/runtime/store"
	"hoithoai/runtime/store/model"
	"hoithoai/runtime/store/storetest"
	"hoithoai/runtime/testbed"
)

func TestMain(m *testing.M) { testbed.Main(m) }

// TestOfficesAreRemembered across processes, each once, and nothing of them lies readable.
func TestOfficesAreRemembered(t *testing.T) {
	t.Parallel()
	disk, _ := testbed.Embedded(t, store.Config{}, time.Now)
	sealer := testbed.Sealer(t, 1)
	b := &roster.Book{Records: disk, Seal: sealer}
	if all, err := b.All(t.Context()); err != nil || len(all) != 0 {
		t.Fatalf("an empty store knows %v, %v", all, err)
	}
	for _, offices := range [][]string{{"22", "11"}, {"11", "33"}, nil} {
		if err := b.Note(t.Context(), offices); err != nil {
			t.Fatal(err)
		}
	}
	other := &roster.Book{Records: disk, Seal: sealer}
	all, err := other.All(t.Context())
	if err != nil || cmp.Diff([]string{"11", "22", "33"}, all) != "" {
		t.Errorf("All = %v, %v", all, err)
	}
	gone, err := other.Gone(t.Context(), []string{"22", "44"})
	if err != nil || cmp.Diff([]string{"11", "33"}, gone) != "" {
		t.Errorf("Gone = %v, %v", gone, err)
	}
	records, err := disk.List(t.Context(), "co_quan", "", 10)
	if err != nil || len(records) != 3 || string(records[0].Body) == "22" {
		t.Errorf("%d records, %v", len(records), err)
	}
	if _, err := (&roster.Book{Records: disk, Seal: testbed.Sealer(t, 2)}).All(t.Context()); err == nil {
		t.Error("other keys read the list")
	}
}

// TestAStoreThatFails: whatever call fails, who notes again has every office once.
func TestAStoreThatFails(t *testing.T) {
	t.Parallel()
	for _, kind := range []testbed.Fault{testbed.Before, testbed.After} {
		for at := 1; ; at++ {
			s := model.New(store.Config{}, storetest.NewClock().Now)
			faulty := testbed.NewFaulty(s, at, kind)
			b := &roster.Book{Records: faulty, Seal: testbed.Sealer(t, 1)}
			err := b.Note(t.Context(), []string{"11", "22", "33"})
			if faulty.Failed() == "" {
				if at == 1 || err != nil {
					t.Fatalf("nothing failed at call %d, %v", at, err)
				}
				break
			}
			if !errors.Is(err, store.ErrUnavailable) {
				t.Errorf("%s failed, and Note gives %v", faulty.Failed(), err)
			}
			b.Records = s
			if err := b.Note(t.Context(), []string{"11", "22", "33"}); err != nil {
				t.Errorf("after %s failed: %v", faulty.Failed(), err)
			}
			if all, err := b.All(t.Context()); err != nil || cmp.Diff([]string{"11", "22", "33"}, all) != "" {
				t.Errorf("after %s failed: %v, %v", faulty.Failed(), all, err)
			}
		}
	}
	down := &roster.Book{Records: testbed.Unlisted{Records: model.New(store.Config{}, storetest.NewClock().Now)}, Seal: testbed.Sealer(t, 1)}
	if err := down.Note(t.Context(), []string{"11"}); !errors.Is(err, store.ErrUnavailable) {
		t.Errorf("Note gives %v", err)
	}
	if gone, err := down.Gone(t.Context(), nil); len(gone) != 0 || !errors.Is(err, store.ErrUnavailable) {
		t.Errorf("Gone = %v, %v", gone, err)
	}
}

// TestManyNoteAtOnce: processes that start together over one store leave every office once.
func TestManyNoteAtOnce(t *testing.T) {
	t.Parallel()
	s := model.New(store.Config{}, storetest.NewClock().Now)
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			if err := (&roster.Book{Records: s, Seal: testbed.Sealer(t, 1)}).Note(t.Context(), []string{"22", "11"}); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	if raw, err := s.List(t.Context(), "co_quan", "", 100); err != nil || len(raw) != 2 {
		t.Errorf("%d records, %v", len(raw), err)
	}
}
