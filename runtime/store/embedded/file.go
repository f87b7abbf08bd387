package embedded

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"go.etcd.io/bbolt"
)

const (
	// lockWait is how long Open waits for another process to let go of the file.
	lockWait = time.Second
	// compactFrom is the size in bytes below which a file is not worth shrinking.
	compactFrom = 1 << 20
	// compactStep bounds the memory one step of shrinking takes, in bytes.
	compactStep = 8 << 20
	fileMode    = 0o600
)

// errBusy says that another process has the file.
var errBusy = errors.New("another hoithoai is using this file (một hoithoai khác đang dùng tệp này)")

// opener opens files as os.OpenFile does.
type opener func(path string, flag int, mode os.FileMode) (*os.File, error)

// openFile opens the file under its lock, shrunk if that pays.
func openFile(cfg Config) (*bbolt.DB, error) {
	if cfg.open == nil {
		cfg.open = os.OpenFile
	}
	for {
		db, file, err := openLocked(cfg, cfg.Path)
		if err != nil {
			return nil, err
		}
		current, err := isAt(file, cfg.Path)
		if err != nil || !current {
			_ = db.Close()
		}
		if err != nil {
			return nil, err
		}
		if current {
			return shrunk(cfg, db)
		}
		// Another process replaced the file by a shrunk one while we waited for the lock of the old: take the new one.
	}
}

// openLocked opens a file of bbolt and takes its lock. A file too damaged to read is an error, not a panic.
func openLocked(cfg Config, path string) (db *bbolt.DB, file *os.File, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("%w: %v", errBroken, p)
		}
	}()
	if err := sound(cfg, path); err != nil {
		return nil, nil, err
	}
	opts := &bbolt.Options{
		Timeout: lockWait, NoFreelistSync: true, FreelistType: bbolt.FreelistMapType, MaxSize: int(cfg.MaxSize),
		OpenFile: func(path string, flag int, mode os.FileMode) (*os.File, error) {
			file, err = cfg.open(path, flag, mode)
			return file, err
		},
	}
	db, err = bbolt.Open(path, fileMode, opts)
	if err != nil {
		return nil, nil, opened(err)
	}
	return db, file, nil
}

// isAt reports whether an open file is the one found at path.
func isAt(file *os.File, path string) (bool, error) {
	opened, err := file.Stat()
	if err != nil {
		return false, fmt.Errorf("stat open file: %w", err)
	}
	named, err := os.Stat(path)
	if errors.Is(err, os.ErrNotExist) {
		return false, nil
	}
	if err != nil {
		return false, fmt.Errorf("stat file: %w", err)
	}
	return os.SameFile(opened, named), nil
}

// shrunk returns the database itself, or a copy without free pages that has taken its place on disk.
func shrunk(cfg Config, db *bbolt.DB) (*bbolt.DB, error) {
	if worth, err := worthShrinking(db); err != nil || !worth {
		return db, err
	}
	small, err := compact(cfg, db)
	if err != nil {
		// A store that cannot be shrunk (a full disk, say) still works.
		return db, nil
	}
	return small, nil
}

func worthShrinking(db *bbolt.DB) (bool, error) {
	btx, err := db.Begin(true) // only a writing transaction counts the free pages
	if err != nil {
		return false, fmt.Errorf("count free pages: %w", err)
	}
	size := btx.Size()
	if err := btx.Rollback(); err != nil {
		return false, fmt.Errorf("count free pages: %w", err)
	}
	stats := db.Stats()
	free := int64(stats.FreePageN+stats.PendingPageN) * int64(db.Info().PageSize)
	return size >= compactFrom && 2*free > size, nil
}

// compact copies the database beside itself and moves the copy into its place; db is closed only when that succeeded.
func compact(cfg Config, db *bbolt.DB) (*bbolt.DB, error) {
	path := cfg.Path + ".compact"
	_ = os.Remove(path) // of a process that died on the way
	small, _, err := openLocked(cfg, path)
	if err != nil {
		return nil, err
	}
	if err := replace(small, db, path, cfg.Path); err != nil {
		_ = small.Close()
		_ = os.Remove(path)
		return nil, err
	}
	_ = db.Close()
	return small, nil
}

func replace(small, db *bbolt.DB, from, to string) error {
	if err := bbolt.Compact(small, db, compactStep); err != nil {
		return fmt.Errorf("compact: %w", err)
	}
	if err := small.Sync(); err != nil {
		return fmt.Errorf("flush compacted file: %w", err)
	}
	if err := os.Rename(from, to); err != nil {
		return fmt.Errorf("replace file: %w", err)
	}
	folder, err := os.Open(filepath.Dir(to))
	if err != nil {
		return fmt.Errorf("open folder: %w", err)
	}
	defer folder.Close()
	_ = folder.Sync() // after a power loss either file may be found; both are whole
	return nil
}
