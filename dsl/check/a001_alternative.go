package check

import (
	"path"
	"strings"

	"hoithoai/dsl/fold"
	"hoithoai/dsl/tree"
)

// checkAlternative demands of every picture words for who cannot see it, and of every file a name that says what is in it.
// The name of the file on disk is neither.
func checkAlternative(p *pass) {
	for _, g := range p.graphs {
		g.steps(func(step *tree.Step) {
			for _, line := range step.Body {
				if (line.Kind == tree.Picture || line.Kind == tree.Attach) && !tells(line) {
					p.reportAlternative(line)
				}
			}
		})
	}
}

// tells reports whether the alternative text says anything beyond the path.
func tells(line *tree.Line) bool {
	said := fold.Key(line.Alt.Text)
	file := path.Base(line.Path.Text)
	bare := strings.TrimSuffix(file, path.Ext(file))
	return said != "" && said != fold.Key(line.Path.Text) && said != fold.Key(file) && said != fold.Key(bare)
}

func (p *pass) reportAlternative(line *tree.Line) {
	if line.Kind == tree.Picture {
		p.fail(line.Span,
			say("Ảnh `%s` chưa có chữ thay thế cho người không xem được ảnh.", "The picture `%s` has no words for who cannot see it.", line.Path.Text),
			say("Viết trong ngoặc kép thứ hai ảnh cho thấy gì.", "Write in the second quotes what the picture shows."))
		return
	}
	p.fail(line.Span,
		say("Tệp `%s` chưa có tên cho người đọc.", "The file `%s` has no name for readers.", line.Path.Text),
		say("Viết trong ngoặc kép thứ hai tệp có gì.", "Write in the second quotes what the file holds."))
}
