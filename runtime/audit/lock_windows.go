package audit

import (
	"context"
	"errors"
	"syscall"
	"time"
)

// lockEvery is the pause between two tries.
const lockEvery = 5 * time.Millisecond

// errSharing is ERROR_SHARING_VIOLATION: another process has the file.
const errSharing = syscall.Errno(32)

// lock takes the lock that processes of one folder share, until release is called or the process ends: a file that is open for
// nobody else.
func lock(ctx context.Context, path string) (release func(), err error) {
	name, err := syscall.UTF16PtrFromString(path)
	if err != nil {
		return nil, err
	}
	for {
		h, err := syscall.CreateFile(name, syscall.GENERIC_WRITE, 0, nil, syscall.OPEN_ALWAYS, syscall.FILE_ATTRIBUTE_NORMAL, 0)
		if err == nil {
			return func() { _ = syscall.CloseHandle(h) }, nil
		}
		if !errors.Is(err, errSharing) {
			return nil, err
		}
		select {
		case <-ctx.Done():
			return nil, ctx.Err()
		case <-time.After(lockEvery):
		}
	}
}
