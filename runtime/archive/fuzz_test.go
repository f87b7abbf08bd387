package archive_test

import (
	"bytes"
	"errors"
	"io"
	"testing"

	"hoithoai/runtime/archive"
)

// FuzzReader: no file makes the reader fail otherwise than with an error, and what it takes for whole is written the same again.
func FuzzReader(f *testing.F) {
	keys := keysOf(f, 1)
	whole := written(f, some(f, keys), keys)
	f.Add(whole)
	f.Add(whole[:len(whole)/2])
	f.Add([]byte("hoithoai kho 1\nh\xff\xff\xff\xff"))
	f.Add([]byte("hoithoai kho 1\n"))
	f.Fuzz(func(t *testing.T, file []byte) {
		r, err := archive.NewReader(bytes.NewReader(file), nil, at(noon))
		var all entries
		for err == nil {
			e, next := r.Next()
			if err = next; err == nil {
				if err := e.Check(); err != nil {
					t.Fatalf("an entry that no engine takes is read: %v", err)
				}
				all = append(all, e)
			}
		}
		if !errors.Is(err, io.EOF) {
			return
		}
		if again, err := read(written(t, all, keys), keys, noon); !errors.Is(err, io.EOF) || len(again) != len(all) {
			t.Fatalf("what was read is not whole when it is written again: %v", err)
		}
	})
}
