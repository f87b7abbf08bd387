package dsl

import (
	"bytes"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"

	"hoithoai/dsl/diag"
	"hoithoai/dsl/tree"
)

// attachments is what ảnh and tệp name, by path as written.
type attachments struct {
	content map[string][]byte
	sizes   map[string]int64
	missing map[string]bool
}

// attach finds and reads the attachments. It looks beside the flow that names one, then from the root of the bundle.
func (l *loader) attach() (*attachments, error) {
	a := &attachments{content: map[string][]byte{}, sizes: map[string]int64{}, missing: map[string]bool{}}
	for _, f := range l.result.Files {
		if f == nil {
			continue
		}
		for _, line := range mediaLines(f) {
			if err := l.attachLine(a, f, line); err != nil {
				return nil, err
			}
		}
	}
	l.result.MissingFiles = slices.Sorted(maps.Keys(a.missing))
	return a, nil
}

func mediaLines(f *tree.File) []*tree.Line {
	var out []*tree.Line
	for _, s := range f.Steps {
		for _, line := range s.Body {
			if line.Kind == tree.Picture || line.Kind == tree.Attach {
				out = append(out, line)
			}
		}
	}
	return out
}

func (l *loader) attachLine(a *attachments, f *tree.File, line *tree.Line) error {
	written := line.Path.Text
	if !fs.ValidPath(written) || written == "." || strings.ContainsRune(written, '\\') {
		l.report(codePath, diag.Error, line.Path.Span,
			say("Đường dẫn “%s” phải nằm trong bộ luồng.", "The path “%s” must lie inside the bundle.", written),
			say("Viết như mau/to_khai.pdf: không có .., không bắt đầu bằng /.", "Write it like mau/to_khai.pdf: no .., no leading /."))
		return nil
	}
	for _, name := range places(f, written) {
		if _, ok := l.src.sizes[name]; ok {
			return l.take(a, line, name)
		}
	}
	a.missing[written] = true
	l.reportMissing(f, line)
	return nil
}

// places are where an attachment may stand, in order.
func places(f *tree.File, written string) []string {
	return []string{path.Join(path.Dir(f.Path), written), path.Clean(written)}
}

func (l *loader) take(a *attachments, line *tree.Line, name string) error {
	written := line.Path.Text
	if l.src.sizes[name] > maxAttachment {
		l.tooLarge(line.Path.Span, written, maxAttachment)
		return nil
	}
	content, err := l.src.read(name)
	if err != nil {
		return err
	}
	if first, ok := a.content[written]; ok && !bytes.Equal(first, content) {
		l.report(codeTwoFiles, diag.Error, line.Path.Span,
			say("“%s” ở hai thư mục là hai tệp khác nhau.", "“%s” means two different files in two folders.", written),
			say("Đổi tên một tệp.", "Rename one of the files."))
		return nil
	}
	l.result.Sources[name] = content
	a.content[written], a.sizes[written] = content, int64(len(content))
	return nil
}

// reportMissing tells a misspelt name, which is an error, from a folder that did not come with the bundle, which is a warning: a
// bundle is written and checked before its forms are at hand.
func (l *loader) reportMissing(f *tree.File, line *tree.Line) {
	written := line.Path.Text
	if !l.hasFolder(f, written) {
		l.report(codeNoFolder, diag.Warning, line.Path.Span,
			say("Bộ luồng này chưa kèm tệp “%s”.", "The bundle does not carry the file “%s” yet.", written),
			say("Đặt tệp vào thư mục %s cạnh tệp luồng.", "Put the file into the folder %s beside the flow.", path.Dir(written)))
		return
	}
	fix := say("Chép tệp vào thư mục của luồng, hoặc viết lại tên cho đúng.", "Put the file beside the flow, or correct its name.")
	if near, ok := diag.Nearest(path.Base(written), l.beside(f, written)); ok {
		fix = say("Có phải ý là %s?", "Did you mean %s?", path.Join(path.Dir(written), near))
	}
	l.report(codeMissing, diag.Error, line.Path.Span, say("Không có tệp “%s”.", "There is no file “%s”.", written), fix)
}

func (l *loader) hasFolder(f *tree.File, written string) bool {
	return slices.ContainsFunc(places(f, written), func(name string) bool { return l.src.dirs[path.Dir(name)] })
}

// beside lists the files in the folders where an attachment was looked for.
func (l *loader) beside(f *tree.File, written string) []string {
	var out []string
	for _, name := range slices.Sorted(maps.Keys(l.src.sizes)) {
		for _, place := range places(f, written) {
			if path.Dir(name) == path.Dir(place) {
				out = append(out, path.Base(name))
			}
		}
	}
	return slices.Compact(out)
}
