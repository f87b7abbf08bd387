package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"hoithoai/dsl"
	"hoithoai/dsl/check"
	"hoithoai/dsl/diag"
	"hoithoai/dsl/value"
	"hoithoai/flows"
)

// bundle is a bundle read for a verb: what was loaded, how its files are called on this machine, and which of them were
// asked for.
type bundle struct {
	dsl.Result
	display map[string]string // path inside the bundle → path to show
	only    map[string]bool   // files and folders inside the bundle that were asked for; empty: all
	root    string            // folder on disk; "" for the flows in the binary or several folders
	builtin bool              // the flows in the binary
}

// show is the path of a file as a person would name it.
func (b *bundle) show(name string) string {
	if s, ok := b.display[name]; ok {
		return s
	}
	return name
}

// wanted reports whether findings in this file were asked for: it was named, or a folder above it was.
func (b *bundle) wanted(name string) bool {
	if len(b.only) == 0 {
		return true
	}
	for ; name != "."; name = path.Dir(name) {
		if b.only[name] {
			return true
		}
	}
	return false
}

// load reads the bundle that paths name, as of today: see loadAs.
func (a *app) load(paths []string) (*bundle, error) { return a.loadAs(paths, a.today()) }

// today is how a bundle is loaded when nobody asks for another day.
func (a *app) today() dsl.Options {
	day, _ := value.DayOf(a.now().UnixMilli())
	return dsl.Options{Limits: check.DefaultLimits(), Day: day}
}

// loadAs reads the bundle that paths name: nothing means what lies here (see here), or the flows in the binary; folders are read
// whole and together; a single file is read within its bundle and only its own findings are shown.
func (a *app) loadAs(paths []string, opts dsl.Options) (*bundle, error) {
	fsys, b, err := a.open(paths)
	if err != nil {
		return nil, err
	}
	b.Result, err = dsl.Load(fsys, opts)
	if err != nil {
		return nil, fmt.Errorf("load bundle: %w", err)
	}
	if len(b.Files)+len(b.Tests) == 0 && len(b.Diagnostics) > 0 { // only what an editor gave another name
		d := b.Diagnostics[0]
		return nil, usageError{fmt.Errorf("%s: %s %s", b.show(d.Span.File), d.Message.In(a.lang()), d.Fix.In(a.lang()))}
	}
	if len(b.Files)+len(b.Tests) == 0 {
		return nil, usageError{fmt.Errorf(a.say("không thấy tệp .flow nào trong %s", "there is no .flow file in %s"), strings.Join(paths, ", "))}
	}
	return b, nil
}

// counted is how many files the author wrote: standard flows that were added are not among them.
func (b *bundle) counted() int {
	n := 0
	for _, f := range b.Files {
		if _, ok := b.display[f.Path]; ok || len(b.display) == 0 {
			n++
		}
	}
	return n
}

func (a *app) open(paths []string) (fs.FS, *bundle, error) {
	b := &bundle{display: map[string]string{}, only: map[string]bool{}}
	if len(paths) == 0 {
		paths = here()
	}
	if len(paths) == 0 {
		b.builtin = true
		return flows.FS, b, nil
	}
	roots, err := a.roots(expand(paths), b)
	if err != nil {
		return nil, nil, err
	}
	if len(roots) == 1 {
		b.root = roots[0]
		return os.DirFS(roots[0]), b, b.name(roots[0], "")
	}
	fsys, err := joined(roots, b)
	return fsys, b, err
}

// here is what an author who names nothing means: the folder flows of this folder, or this folder where it holds flow files,
// itself or in a folder of its own. Nothing where there is neither.
func here() []string {
	if info, err := os.Stat("flows"); err == nil && info.IsDir() {
		return []string{"flows"}
	}
	for _, pattern := range []string{"*.flow", filepath.Join("*", "*.flow"), "*.flow.txt"} {
		if found, _ := filepath.Glob(pattern); len(found) > 0 {
			return []string{"."}
		}
	}
	return nil
}

// expand does what the shells of Windows leave to programs: a pattern such as flows\*.flow becomes the files it matches. What
// exists under this very name, or matches nothing, stays as it is.
func expand(paths []string) []string {
	var out []string
	for _, p := range paths {
		found, err := filepath.Glob(p)
		if _, missing := os.Stat(p); missing == nil || err != nil || len(found) == 0 {
			found = []string{p}
		}
		out = append(out, found...)
	}
	return out
}

// roots turns the paths of a command line into the folders of their bundles, without one that lies inside another. What was
// named inside a larger bundle is noted, so that only its findings are shown.
func (a *app) roots(paths []string, b *bundle) ([]string, error) {
	var roots []string
	for _, p := range paths {
		info, err := os.Stat(p)
		if errors.Is(err, fs.ErrNotExist) {
			return nil, usageError{fmt.Errorf(a.say("không có tệp hay thư mục %s", "there is no file or folder %s"), p)}
		}
		if err != nil {
			return nil, fmt.Errorf("look at %s: %w", p, err)
		}
		if !info.IsDir() && filepath.Ext(p) != ".flow" {
			return nil, usageError{fmt.Errorf(a.say("%s không phải tệp .flow", "%s is no .flow file"), p)}
		}
		root, inside, err := bundleRoot(p, info.IsDir())
		if err != nil {
			return nil, fmt.Errorf("locate %s: %w", p, err)
		}
		if inside != "." {
			b.only[inside] = true
		}
		roots = appendRoot(roots, root)
	}
	return roots, nil
}

func appendRoot(roots []string, root string) []string {
	for _, r := range roots {
		if r == root || strings.HasPrefix(root, r+string(filepath.Separator)) {
			return roots
		}
	}
	return append(roots, root)
}

// bundleRoot is the folder of the bundle a path belongs to, and where in it the path is (with slashes; "." for all of it):
// the nearest folder called flows that holds it, else the folder itself, or the one the file lies in.
func bundleRoot(path string, isDir bool) (root, inside string, err error) {
	abs, err := filepath.Abs(path)
	if err != nil {
		return "", "", err
	}
	own := abs
	if !isDir {
		own = filepath.Dir(abs)
	}
	root = own
	for dir := own; ; dir = filepath.Dir(dir) {
		if strings.EqualFold(filepath.Base(dir), "flows") { // Windows keeps whatever case was typed
			root = dir
			break
		}
		if dir == filepath.Dir(dir) {
			break
		}
	}
	if inside, err = filepath.Rel(root, abs); err != nil {
		return "", "", err
	}
	return named(root, path), filepath.ToSlash(inside), nil
}

// named writes a folder as the person did: relative where the path was relative.
func named(root, as string) string {
	if filepath.IsAbs(as) {
		return root
	}
	here, err := os.Getwd()
	if err != nil {
		return root
	}
	rel, err := filepath.Rel(here, root)
	if err != nil {
		return root
	}
	return rel
}

// name notes how the files under root are called for a person.
func (b *bundle) name(root, prefix string) error {
	err := fs.WalkDir(os.DirFS(root), ".", func(p string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			b.display[path.Join(prefix, p)] = filepath.ToSlash(filepath.Join(root, filepath.FromSlash(p)))
		}
		return err
	})
	if err != nil {
		return fmt.Errorf("read %s: %w", root, err)
	}
	return nil
}

// joined reads several folders as one bundle, each under a folder of its own name.
func joined(roots []string, b *bundle) (fs.FS, error) {
	sources := map[string][]byte{}
	for i, root := range roots {
		prefix := fmt.Sprintf("%d", i+1)
		if err := b.name(root, prefix); err != nil {
			return nil, err
		}
		err := fs.WalkDir(os.DirFS(root), ".", func(p string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() {
				return err
			}
			body, err := os.ReadFile(filepath.Join(root, filepath.FromSlash(p)))
			sources[path.Join(prefix, p)] = body
			return err
		})
		if err != nil {
			return nil, fmt.Errorf("read %s: %w", root, err)
		}
	}
	return dsl.Unpack(dsl.Pack(sources))
}

// text returns a flow file or transcript as the author wrote it.
func (b *bundle) text(name string) string {
	if body, ok := b.Sources[name]; ok {
		return string(body)
	}
	return string(b.Transcripts[name])
}

// shownText is text by the path that was shown.
func (b *bundle) shownText(shown string) string {
	for _, texts := range []map[string][]byte{b.Sources, b.Transcripts} {
		for name, body := range texts {
			if b.show(name) == shown {
				return string(body)
			}
		}
	}
	return ""
}

// renamed gives diagnostics the paths a person would use.
func (b *bundle) renamed(found diag.List) diag.List {
	out := slices.Clone(found)
	for i := range out {
		d := &out[i]
		d.Span.File = b.show(d.Span.File)
		d.Related = slices.Clone(d.Related)
		for j := range d.Related {
			d.Related[j].Span.File = b.show(d.Related[j].Span.File)
		}
	}
	return out
}

// findings are the diagnostics that were asked for, with paths as a person names them.
func (b *bundle) findings() diag.List {
	var out diag.List
	for _, d := range b.Diagnostics {
		if b.wanted(d.Span.File) {
			out = append(out, d)
		}
	}
	return out
}
