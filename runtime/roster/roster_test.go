package roster_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"hoithoai/runtime/roster"
	"hoithoai/runtime/store"
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
