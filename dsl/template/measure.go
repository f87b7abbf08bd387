package template

import (
	"slices"
	"unicode/utf8"

	"hoithoai/dsl/expression"
)

// Refs lists every name the sentence reads, those inside computed values included, each once.
func (t *Template) Refs() []expression.Ref {
	var refs []expression.Ref
	for i := range t.Parts {
		switch p := &t.Parts[i]; {
		case p.Expr != nil:
			refs = appendOnce(refs, p.Expr.Reads)
		case p.IsRef:
			refs = appendOnce(refs, []expression.Ref{p.Ref})
		}
	}
	return refs
}

// Needs lists what must be set for the sentence to be rendered. A bare fact or zalo.* renders unset as well and is not
// among them; don_vi.* is, for the check that an office fits its flows.
func (t *Template) Needs() []expression.Ref { return t.NeedsAfter(nil) }

// NeedsAfter is Needs where known is set already.
func (t *Template) NeedsAfter(known []expression.Ref) []expression.Ref {
	var refs []expression.Ref
	for i := range t.Parts {
		refs = appendOnce(refs, t.Parts[i].needs(known))
	}
	return refs
}

func (p *Part) needs(known []expression.Ref) []expression.Ref {
	switch {
	case p.Expr != nil:
		return p.Expr.NeedsAfter(known)
	case p.cond != nil:
		return p.cond.NeedsAfter(known)
	case !p.IsRef || p.Optional || p.always || p.Ref.Kind == expression.RefFact || slices.Contains(known, p.Ref):
		return nil
	}
	return []expression.Ref{p.Ref}
}

func appendOnce(refs, more []expression.Ref) []expression.Ref {
	for _, r := range more {
		if !slices.Contains(refs, r) {
			refs = append(refs, r)
		}
	}
	return refs
}

// MaxLen is the length in runes of the longest sentence that can come out.
func (t *Template) MaxLen() int {
	n := utf8.RuneCountInString(t.Text)
	for i := range t.Parts {
		n += t.Parts[i].maxLen()
	}
	return n
}

func (p *Part) maxLen() int {
	switch {
	case !p.IsValue():
		return utf8.RuneCountInString(p.Text)
	case p.Masked:
		return expression.MaxMask
	case p.Ref.Kind == expression.RefFact && p.IsRef:
		return max(p.Type.MaxLen(), utf8.RuneCountInString(Confirm))
	case p.Expr != nil:
		return p.Type.MaxLen() + p.Expr.MaxRemark()
	}
	return p.Type.MaxLen()
}
