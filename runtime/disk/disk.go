// Package disk makes what is put into a folder stay there when the power fails. What is in the files, and when, is the work of
// those who write them.
package disk

import (
	"errors"
	"fmt"
	"os"
	"runtime"
)

// SyncFolder flushes the entries of a folder: the names of files that were made, moved or removed in it. Windows keeps an
// entry with its file and lets no program flush a folder.
func SyncFolder(path string) error {
	if runtime.GOOS == "windows" {
		return nil
	}
	d, err := os.Open(path)
	if err != nil {
		return fmt.Errorf("open folder: %w", err)
	}
	if err := errors.Join(d.Sync(), d.Close()); err != nil {
		return fmt.Errorf("flush folder: %w", err)
	}
	return nil
}
