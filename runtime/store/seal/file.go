package seal

import (
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"hoithoai/runtime/disk"
)

// maxKeyFile is far above any ring of 255 keys.
const maxKeyFile = 64 << 10

// LoadKeyFile reads a key text from a file that only its owner can read: any permission of group or others is an error.
func LoadKeyFile(path string) (Keys, error) {
	f, err := os.Open(path)
	if err != nil {
		return Keys{}, fmt.Errorf("open key file: %w", err)
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return Keys{}, fmt.Errorf("stat key file: %w", err)
	}
	if mode := info.Mode(); !mode.IsRegular() || mode.Perm()&0o077 != 0 {
		return Keys{}, fmt.Errorf("key file %s has mode %v, want a plain file with 0600: chmod 600 %s", path, mode, path)
	}
	text, err := io.ReadAll(io.LimitReader(f, maxKeyFile))
	if err != nil {
		return Keys{}, fmt.Errorf("read key file: %w", err)
	}
	keys, err := ParseKeys(string(text))
	if err != nil {
		return Keys{}, fmt.Errorf("key file %s: %w", path, err)
	}
	return keys, nil
}

// CreateKeyFile makes a new key file with key 1 and a names key from random, readable by its owner only, and flushes it and
// its folder to disk. An existing file is an error that matches os.ErrExist and stays as it is.
func CreateKeyFile(path string, random io.Reader) error {
	text, err := newKeyText(random)
	if err != nil {
		return err
	}
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return fmt.Errorf("create key file: %w", err)
	}
	_, err = f.WriteString(text)
	if err = errors.Join(err, f.Sync(), f.Close()); err != nil {
		_ = os.Remove(path) // half a key file must not be found at the next start
		return fmt.Errorf("write key file: %w", err)
	}
	return disk.SyncFolder(filepath.Dir(path))
}

func newKeyText(random io.Reader) (string, error) {
	var keys [2 * KeySize]byte
	if _, err := io.ReadFull(random, keys[:]); err != nil {
		return "", fmt.Errorf("read randomness: %w", err)
	}
	var b strings.Builder
	b.WriteString("# Khóa của Hội Thoại: mất tệp này là mất mọi phiên và hồ sơ đã lưu. Hãy sao lưu, giữ kín, quyền 0600.\n")
	fmt.Fprintf(&b, "%s:%s\n", namesLabel, hex.EncodeToString(keys[:KeySize]))
	fmt.Fprintf(&b, "%d:%s\n", firstKey, hex.EncodeToString(keys[KeySize:]))
	return b.String(), nil
}
