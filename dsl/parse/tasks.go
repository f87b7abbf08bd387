package parse

import (
	"hoithoai/dsl/tree"
)

// task reads "tác vụ TÊN(…) [trả (…)] [lỗi MÃ, …] [trong SỐ giây|phút] [không hoàn tác]".
func (p *parser) task(c *cursor) {
	t := &tree.Task{Span: c.lineSpan()}
	name, ok := p.declared(c, aTask)
	if !ok {
		return
	}
	t.Name = name
	if t.Params, ok = p.params(c, name.Text); !ok {
		return
	}
	p.file.Tasks = append(p.file.Tasks, t)
	for ok && !c.done() {
		ok = p.taskTail(c, t)
	}
}

func (p *parser) taskTail(c *cursor, t *tree.Task) (ok bool) {
	switch p.anyOf(c, "trả", "lỗi", "trong", "không hoàn tác") {
	case "trả":
		t.Results, ok = p.params(c, "trả")
	case "lỗi":
		t.Errors, ok = p.names(c, aCode)
	case "trong":
		t.Timeout, ok = p.duration(c, "trong", "giây", "phút")
	case "không hoàn tác":
		t.Irreversible, ok = true, true
	default:
		p.end(c)
	}
	return ok
}

// params takes "(TÊN KIỂU [bảo mật] [tùy], …)".
func (p *parser) params(c *cursor, after string) ([]tree.Param, bool) {
	inner, ok := p.parenthesis(c, after)
	if !ok || inner.done() {
		return nil, ok
	}
	var out []tree.Param
	for _, cut := range splitTop(inner) {
		param, fine := p.param(cut)
		out, ok = append(out, param), ok && fine
	}
	return out, ok
}

func (p *parser) param(c *cursor) (tree.Param, bool) {
	var out tree.Param
	name, ok := p.declared(c, aParam)
	if !ok {
		return out, false
	}
	out.Name = name
	if out.Type, ok = p.typeRef(c); !ok {
		return out, false
	}
	for !c.done() {
		switch p.anyOf(c, "bảo mật", "tùy") {
		case "bảo mật":
			out.Secret = true
		case "tùy":
			out.Optional = true
		default:
			p.end(c)
			return out, false
		}
	}
	return out, true
}
