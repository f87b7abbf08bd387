package dsl

import (
	"hoithoai/dsl/bind"
	"hoithoai/dsl/diag"
	"hoithoai/dsl/parse"
	"hoithoai/dsl/standard"
	"hoithoai/dsl/tree"
)

// Bounds of what is read at all (design/security.md, threat 9); they are looked at before a file is opened.
const (
	maxFlowSize   = 1 << 20  // bytes of one flow file or transcript
	maxAttachment = 32 << 20 // bytes of one attachment; the channel's own limit is lower and is a finding of group Z
	maxFiles      = 2000     // flow files and transcripts of one bundle
)

// texts reads and parses every flow file and transcript.
func (l *loader) texts() error {
	if n := len(l.src.flows) + len(l.src.tests); n > maxFiles {
		l.report(codeMany, diag.Error, diag.Span{File: l.src.flows[0], Line: 1, Column: 1, EndLine: 1, EndColumn: 1},
			say("Bộ luồng có %d tệp, nhiều nhất là %d.", "The bundle has %d files; %d is the most.", n, maxFiles),
			say("Tách bộ luồng.", "Split the bundle."))
		return nil
	}
	for _, name := range l.src.flows {
		if err := l.flowFile(name); err != nil {
			return err
		}
	}
	for _, name := range l.src.tests {
		if err := l.transcript(name); err != nil {
			return err
		}
	}
	return nil
}

func (l *loader) flowFile(name string) error {
	content, err := l.text(name)
	if content == nil {
		return err
	}
	l.parseFlow(name, content)
	return nil
}

func (l *loader) parseFlow(name string, content []byte) {
	l.result.Sources[name] = content
	file, found := parse.File(name, content)
	l.add(found)
	l.result.Files = append(l.result.Files, file)
}

func (l *loader) transcript(name string) error {
	content, err := l.text(name)
	if content == nil {
		return err
	}
	l.result.Transcripts[name] = content
	tests, found := parse.Tests(name, content)
	l.add(found)
	l.result.Tests = append(l.result.Tests, tests)
	return nil
}

// text reads a file of reasonable size; nil where it is refused.
func (l *loader) text(name string) ([]byte, error) {
	if l.src.sizes[name] > maxFlowSize {
		l.tooLarge(diag.Span{File: name, Line: 1, Column: 1, EndLine: 1, EndColumn: 1}, name, maxFlowSize)
		return nil, nil
	}
	content, err := l.src.read(name)
	if err != nil {
		return nil, err
	}
	return append([]byte{}, content...), nil
}

func (l *loader) tooLarge(at diag.Span, name string, limit int64) {
	l.report(codeLarge, diag.Error, at, say("Tệp %s lớn hơn %d KB.", "The file %s is larger than %d KB.", name, limit>>10),
		say("Chia nhỏ hoặc nén tệp.", "Split or compress the file."))
}

// addStandard brings along each standard flow that something leads to and no file declares. It joins the sources under its own
// path, so the hash names it too, and a bundle that was packed with it loads to the same program.
func (l *loader) addStandard() {
	declared, wanted := map[string]bool{}, map[string]bool{}
	for _, f := range l.result.Files {
		if f == nil {
			return // a flow file that could not be read may declare it
		}
		declared[f.Name.Text] = true
		for _, t := range bind.Targets(f) {
			if t.Kind == tree.ToFlow {
				wanted[t.Name.Text] = true
			}
		}
	}
	for _, name := range []string{standard.Human} {
		path, source, ok := standard.Flow(name)
		if _, taken := l.src.sizes[path]; ok && wanted[name] && !declared[name] && !taken {
			l.parseFlow(path, source)
		}
	}
}
