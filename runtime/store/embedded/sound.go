package embedded

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"runtime/debug"
	"syscall"

	"go.etcd.io/bbolt"
	berrors "go.etcd.io/bbolt/errors"
)

// What whoever runs the program reads when the file cannot be used; both languages, since it may be anybody.
var (
	errBroken     = errors.New("the store file is damaged; bring back the newest backup with hoithoai restore (tệp kho bị hỏng; hãy lấy lại bản sao lưu mới nhất bằng hoithoai restore)")
	errUnwritable = errors.New("the store file or its folder cannot be written (không ghi được vào tệp kho hoặc thư mục của nó)")
)

// sound reads the whole file, without changing it, before anything is written to it: of a file that was cut or torn, bbolt would
// end the program instead of saying so. A file that is not there, or empty, is sound.
func sound(cfg Config, path string) (err error) {
	if info, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) || err == nil && info.Size() == 0 {
		return nil
	}
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true)) // what lies behind the end of a mapped file is a fault, not an error
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("%w: %v", errBroken, p)
		}
	}()
	db, err := bbolt.Open(path, fileMode, &bbolt.Options{Timeout: lockWait, ReadOnly: true, OpenFile: cfg.open})
	if err != nil {
		return opened(err)
	}
	defer func() { _ = db.Close() }() // nothing was written
	return readAll(db)
}

// readAll visits every page that holds something.
func readAll(db *bbolt.DB) error {
	tx, err := db.Begin(false)
	if err != nil {
		return fmt.Errorf("begin reading: %w", err)
	}
	defer func() { _ = tx.Rollback() }()
	info, err := os.Stat(db.Path())
	if err != nil {
		return fmt.Errorf("stat file: %w", err)
	}
	if info.Size() < tx.Size() {
		return fmt.Errorf("%w: it has %d bytes of %d", errBroken, info.Size(), tx.Size())
	}
	return tx.ForEach(func(_ []byte, b *bbolt.Bucket) error { return b.ForEach(func(_, _ []byte) error { return nil }) })
}

// opened puts why a file cannot be opened into words.
func opened(err error) error {
	switch {
	case errors.Is(err, berrors.ErrTimeout):
		return errBusy
	case errors.Is(err, fs.ErrPermission), errors.Is(err, syscall.EROFS):
		return fmt.Errorf("%w: %w", errUnwritable, err)
	}
	if _, system := errors.AsType[*fs.PathError](err); system {
		return fmt.Errorf("open file: %w", err)
	}
	return fmt.Errorf("%w: %w", errBroken, err) // what bbolt itself has to say of a file is that it cannot be read
}
