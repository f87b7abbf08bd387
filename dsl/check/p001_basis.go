package check

import "hoithoai/dsl/tree"

// checkBasis reminds of the legal basis: every luồng that residents enter, and every file that states facts, says on what
// it rests.
func checkBasis(p *pass) {
	for _, file := range p.files() {
		if len(file.Bases) > 0 || file.Broken || file.Kind != tree.Flow && len(file.Facts) == 0 {
			continue
		}
		p.warn(file.Span,
			say("`%s` chưa có căn cứ.", "`%s` names no legal basis.", file.Name.Text),
			say("Thêm `căn cứ \"…\" hiệu lực NGÀY rà soát NGÀY` dưới dòng đầu.", "Add `căn cứ \"…\" hiệu lực DATE rà soát DATE` below the first line."))
	}
}

// files lists every file of the bundle: flows, then chung files.
func (p *pass) files() []*tree.File {
	var out []*tree.File
	for _, g := range p.graphs {
		out = append(out, g.flow.File)
	}
	return append(out, p.bundle.Shared...)
}
