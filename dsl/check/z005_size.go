package check

import (
	"hoithoai/dsl/diag"
	"hoithoai/dsl/tree"
)

// checkSizes measures the attachments of which Options.Sizes knows the size.
func checkSizes(p *pass) {
	for _, g := range p.graphs {
		g.steps(func(step *tree.Step) {
			for _, line := range step.Body {
				switch line.Kind {
				case tree.Picture:
					p.reportSize(line, p.opts.Limits.ImageSize)
				case tree.Attach:
					p.reportSize(line, p.opts.Limits.FileSize)
				}
			}
		})
	}
}

func (p *pass) reportSize(line *tree.Line, limit int64) {
	size, known := p.opts.Sizes[line.Path.Text]
	if !known || size <= limit {
		return
	}
	p.fail(line.Path.Span,
		say("Tệp `%s` nặng %s, kênh chỉ nhận %s.", "The file `%s` is %s, the channel takes %s.", line.Path.Text, bytes(size), bytes(limit)),
		say("Nén hoặc chia nhỏ tệp.", "Compress or split the file."))
}

// bytes writes a size for people, rounded up, so that a file just over the limit never reads like the limit.
func bytes(n int64) diag.Sentence {
	if n%(1<<20) == 0 {
		return say("%d MB", "%d MB", n>>20)
	}
	return say("%d KB", "%d KB", (n+1023)>>10)
}
