package dsl

import (
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"
)

// sources is what a file system holds, before anything is read as a flow.
type sources struct {
	fsys  fs.FS
	flows []string         // *.flow without transcripts, sorted
	tests []string         // *_test.flow, sorted
	sizes map[string]int64 // of every regular file
	dirs  map[string]bool  // every folder; "." among them
	other []string         // what is named like a flow and saved as something else: x.flow.txt
}

// scan lists the bundle; it reads no file.
func scan(fsys fs.FS) (*sources, error) {
	s := &sources{fsys: fsys, sizes: map[string]int64{}, dirs: map[string]bool{}}
	if err := fs.WalkDir(fsys, ".", s.visit); err != nil {
		return nil, fmt.Errorf("list bundle: %w", err)
	}
	slices.Sort(s.flows)
	slices.Sort(s.tests)
	return s, nil
}

// editors are the endings that Notepad, TextEdit and Word put behind a name.
var editors = []string{".txt", ".rtf", ".doc", ".docx"}

func (s *sources) visit(name string, entry fs.DirEntry, err error) error {
	switch {
	case err != nil:
		return err
	case name != "." && strings.HasPrefix(entry.Name(), "."):
		return skip(entry)
	case entry.IsDir():
		s.dirs[name] = true
		return nil
	}
	info, err := entry.Info()
	if err != nil || !info.Mode().IsRegular() {
		return err
	}
	s.sizes[name] = info.Size()
	switch {
	case strings.HasSuffix(name, "_test.flow"):
		s.tests = append(s.tests, name)
	case path.Ext(name) == ".flow":
		s.flows = append(s.flows, name)
	case path.Ext(strings.TrimSuffix(name, path.Ext(name))) == ".flow" && slices.Contains(editors, strings.ToLower(path.Ext(name))):
		s.other = append(s.other, name)
	}
	return nil
}

func skip(entry fs.DirEntry) error {
	if entry.IsDir() {
		return fs.SkipDir
	}
	return nil
}

func (s *sources) read(name string) ([]byte, error) {
	content, err := fs.ReadFile(s.fsys, name)
	if err != nil {
		return nil, fmt.Errorf("read bundle: %w", err)
	}
	return content, nil
}
