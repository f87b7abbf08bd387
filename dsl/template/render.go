package template

import (
	"fmt"
	"unicode"
	"unicode/utf8"

	"hoithoai/dsl/expression"
	"hoithoai/dsl/fold"
	"hoithoai/dsl/value"
)

// Confirm is what stands for a fact that is chưa rõ or has no value on the day (design/language.md, Meaning 19).
const Confirm = "cán bộ sẽ xác nhận"

// Append renders the sentence after dst, in one pass: what a value holds is inserted as it is and never read as a template.
// A slot or a field of don_vi.* that is not set gives expression.ErrUnset; a fact without a value reads Confirm; an unset
// zalo.* renders as nothing and takes the space before it along. On an error dst is returned as it was.
func (t *Template) Append(dst []byte, env expression.Env) ([]byte, error) {
	if len(t.Parts) == 0 {
		return append(dst, t.Text...), nil
	}
	out := dst
	for i := range t.Parts {
		var err error
		if out, err = t.Parts[i].append(out, len(dst), env); err != nil {
			return dst, err
		}
	}
	return out, nil
}

// append renders one part; start is where this sentence begins in dst.
func (p *Part) append(dst []byte, start int, env expression.Env) ([]byte, error) {
	if !p.IsValue() {
		return append(dst, p.Text...), nil
	}
	v, err := p.value(env)
	if err != nil {
		return dst, err
	}
	switch {
	case v.IsSet():
		return p.remark(p.show(dst, v), v, env), nil
	case p.Ref.Kind == expression.RefFact:
		return append(dst, Confirm...), nil
	case p.Optional:
		return withoutSpace(dst, start), nil
	}
	return dst, fmt.Errorf("render %s: %w", p.Ref.Name, expression.ErrUnset)
}

func (p *Part) value(env expression.Env) (value.Value, error) {
	if p.Expr != nil {
		return p.Expr.Eval(env)
	}
	v := env.Value(p.Ref)
	if p.Optional && v.S == "" {
		return value.Value{}, nil
	}
	return v, nil
}

// remark adds that a day was counted without all holidays (dsl/office/holidays).
func (p *Part) remark(dst []byte, v value.Value, env expression.Env) []byte {
	if p.Expr == nil {
		return dst
	}
	if r := p.Expr.Remark(env, v); r != "" {
		dst = append(append(dst, ' '), r...)
	}
	return dst
}

// show inserts what a resident wrote, or may have written, without signs that would rearrange the sentence around it.
func (p *Part) show(dst []byte, v value.Value) []byte {
	if p.Masked {
		return append(dst, expression.Mask(v)...)
	}
	if v.Kind == value.Text || v.Kind == value.Place {
		return appendText(dst, v.S)
	}
	return p.Type.Append(dst, v)
}

// appendText inserts a text without control, bidirectional and other invisible characters. Values are cleaned when they are
// accepted; this stands behind it, so that no other way into a slot can rearrange the sentence.
func appendText(dst []byte, s string) []byte {
	kept := 0
	for i, r := range s {
		if r >= ' ' && r != 0x7F && !unicode.IsControl(r) && !fold.Invisible(r) {
			continue
		}
		dst = append(dst, s[kept:i]...)
		if r == '\n' {
			dst = append(dst, ' ')
		}
		kept = i + utf8.RuneLen(r)
	}
	return append(dst, s[kept:]...)
}

// withoutSpace drops one space at the end of dst, but none from before start.
func withoutSpace(dst []byte, start int) []byte {
	if n := len(dst); n > start && dst[n-1] == ' ' {
		return dst[:n-1]
	}
	return dst
}
