package disk_test

import (
	"errors"
	"os"
	"path/filepath"
	"testing"

	"hoithoai/runtime/disk"
)

func TestSyncFolder(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "tep"), []byte("x"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := disk.SyncFolder(dir); err != nil {
		t.Error(err)
	}
	if err := disk.SyncFolder(filepath.Join(dir, "khong-co")); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("a folder that is not there: %v", err)
	}
}
