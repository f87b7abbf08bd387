package embedded_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"hoithoai/runtime/store"
	"hoithoai/runtime/store/embedded"
	"hoithoai/runtime/store/storetest"
)

// disk mounts a disk of some bytes in memory. Where that is not permitted the test is skipped, and says so: TestFullDisk and
// TestFileThatCannotBeWritten hold the same by other means.
func disk(t *testing.T, size string) string {
	t.Helper()
	dir := t.TempDir()
	if err := syscall.Mount("tmpfs", dir, "tmpfs", 0, "size="+size); err != nil {
		t.Skipf("a disk of our own cannot be mounted here (%v): run as root to see the store on a full and on a read-only disk", err)
	}
	t.Cleanup(func() {
		if err := syscall.Unmount(dir, syscall.MNT_DETACH); err != nil {
			t.Error(err)
		}
	})
	return dir
}

// TestADiskThatIsFull fills a real disk: what was acknowledged stays, what does not fit is refused, and with room again the store
// goes on without being opened anew.
func TestADiskThatIsFull(t *testing.T) {
	t.Parallel()
	dir := disk(t, "5m")
	ballast := []string{filepath.Join(dir, "ballast1"), filepath.Join(dir, "ballast2")}
	for _, b := range ballast {
		if err := os.WriteFile(b, make([]byte, 1<<20), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	path, clock := filepath.Join(dir, "store.db"), storetest.NewClock()
	s := openAt(t, path, store.Config{}, clock)
	taken, refusal := fill(t, s, 100_000)
	if !errors.Is(refusal, store.ErrFull) || len(taken) == 0 {
		t.Fatalf("after %d people: %v", len(taken), refusal)
	}
	if err := os.Remove(ballast[0]); err != nil {
		t.Fatal(err)
	}
	whole(t, s, taken)
	accept(t, s, "later", "e1", store.Accepted)
	closeStore(t, s)
	if err := os.Remove(ballast[1]); err != nil { // opening takes a little room too
		t.Fatal(err)
	}
	whole(t, openAt(t, path, store.Config{}, clock), taken)
}

// TestADiskThatIsFullAtTheStart: a store that cannot even be made says so, and one that is there opens without room.
func TestADiskThatIsFullAtTheStart(t *testing.T) {
	t.Parallel()
	dir := disk(t, "1m")
	path, clock := filepath.Join(dir, "store.db"), storetest.NewClock()
	s := openAt(t, path, store.Config{}, clock)
	accept(t, s, person, "e1", store.Accepted)
	closeStore(t, s)
	f, err := os.Create(filepath.Join(dir, "ballast"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for err == nil {
		_, err = f.Write(make([]byte, 4096))
	}
	if !errors.Is(err, syscall.ENOSPC) {
		t.Fatal(err)
	}
	if _, err := embedded.Open(embedded.Config{Path: filepath.Join(dir, "other.db"), Clock: clock.Now}); !errors.Is(err, store.ErrFull) &&
		(err == nil || !strings.Contains(err.Error(), "no space left")) {
		t.Errorf("a new store on a full disk: %v", err)
	}
	if s, err = embedded.Open(embedded.Config{Path: path, Clock: clock.Now}); err == nil {
		accept(t, s, person, "e1", store.Duplicate)
		closeStore(t, s)
	} else if !errors.Is(err, store.ErrFull) {
		t.Errorf("the old store on a full disk: %v", err)
	}
}

// TestADiskThatIsReadOnly says in both languages that nothing can be written, and everything is there once something can.
func TestADiskThatIsReadOnly(t *testing.T) {
	t.Parallel()
	dir := disk(t, "4m")
	path, clock := filepath.Join(dir, "store.db"), storetest.NewClock()
	s := openAt(t, path, store.Config{}, clock)
	accept(t, s, person, "e1", store.Accepted)
	closeStore(t, s)
	remount(t, dir, syscall.MS_RDONLY)
	for _, name := range []string{"store.db", "new.db"} {
		_, err := embedded.Open(embedded.Config{Path: filepath.Join(dir, name), Clock: time.Now})
		if err == nil || !strings.Contains(err.Error(), "cannot be written (không ghi được") || !strings.Contains(err.Error(), name) {
			t.Errorf("open on a read-only disk: %v", err)
		}
	}
	remount(t, dir, 0)
	accept(t, openAt(t, path, store.Config{}, clock), person, "e1", store.Duplicate)
}

func remount(t *testing.T, dir string, flags uintptr) {
	t.Helper()
	if err := syscall.Mount("tmpfs", dir, "tmpfs", syscall.MS_REMOUNT|flags, ""); err != nil {
		t.Fatal(err)
	}
}
