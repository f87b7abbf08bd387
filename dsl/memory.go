package dsl

import (
	"bytes"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"
	"time"
)

// memory is a read-only file system of sources by path.
type memory map[string][]byte

// folders is memory with the folders its paths run through, and what each holds.
type folders struct {
	files   memory
	entries map[string][]fs.DirEntry
}

// newMemory refuses a path that is both a file and a folder.
func newMemory(files memory) (*folders, error) {
	f := &folders{files: files, entries: map[string][]fs.DirEntry{".": nil}}
	for _, name := range slices.Sorted(maps.Keys(files)) {
		for dir := path.Dir(name); dir != "."; dir = path.Dir(dir) {
			if _, clash := files[dir]; clash {
				return nil, fmt.Errorf("unpack folder %q that is a file too: %w", dir, ErrPack)
			}
			f.entries[dir] = nil
		}
	}
	for _, name := range slices.Sorted(maps.Keys(f.entries)) {
		if name != "." {
			f.put(info{name: path.Base(name), dir: true}, path.Dir(name))
		}
	}
	for _, name := range slices.Sorted(maps.Keys(files)) {
		f.put(info{name: path.Base(name), size: int64(len(files[name]))}, path.Dir(name))
	}
	for dir := range f.entries {
		slices.SortFunc(f.entries[dir], func(a, b fs.DirEntry) int { return strings.Compare(a.Name(), b.Name()) })
	}
	return f, nil
}

func (f *folders) put(i info, dir string) {
	f.entries[dir] = append(f.entries[dir], fs.FileInfoToDirEntry(i))
}

// Open opens a file or a folder.
func (f *folders) Open(name string) (fs.File, error) {
	if content, ok := f.files[name]; ok {
		return &file{Reader: bytes.NewReader(content), info: info{name: path.Base(name), size: int64(len(content))}}, nil
	}
	if entries, ok := f.entries[name]; ok && fs.ValidPath(name) {
		return &folder{file: file{Reader: bytes.NewReader(nil), info: info{name: path.Base(name), dir: true}}, rest: entries}, nil
	}
	return nil, &fs.PathError{Op: "open", Path: name, Err: missing(name)}
}

func missing(name string) error {
	if !fs.ValidPath(name) {
		return fs.ErrInvalid
	}
	return fs.ErrNotExist
}

// file is an open file.
type file struct {
	*bytes.Reader
	info info
}

// Stat describes the file.
func (f *file) Stat() (fs.FileInfo, error) { return f.info, nil }

// Close does nothing: the content is in memory.
func (f *file) Close() error { return nil }

// folder is an open folder.
type folder struct {
	file
	rest []fs.DirEntry
}

// Read fails: a folder has no content of its own.
func (f *folder) Read([]byte) (int, error) {
	return 0, &fs.PathError{Op: "read", Path: f.info.name, Err: fs.ErrInvalid}
}

// ReadDir lists up to n further entries, all of them for n ≤ 0.
func (f *folder) ReadDir(n int) ([]fs.DirEntry, error) {
	if n <= 0 || n > len(f.rest) {
		if n > 0 && len(f.rest) == 0 {
			return nil, io.EOF
		}
		n = len(f.rest)
	}
	out := slices.Clone(f.rest[:n])
	f.rest = f.rest[n:]
	return out, nil
}

// info describes a file or folder; a pack keeps no times.
type info struct {
	name string
	size int64
	dir  bool
}

// Name is the last element of the path.
func (i info) Name() string { return i.name }

// Size is the length of the content in bytes.
func (i info) Size() int64 { return i.size }

// Mode is that of a read-only file or folder.
func (i info) Mode() fs.FileMode {
	if i.dir {
		return fs.ModeDir | 0o555
	}
	return 0o444
}

// ModTime is the zero time.
func (i info) ModTime() time.Time { return time.Time{} }

// IsDir reports whether it is a folder.
func (i info) IsDir() bool { return i.dir }

// Sys is nil.
func (i info) Sys() any { return nil }
