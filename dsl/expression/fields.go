package expression

import (
	"slices"

	"hoithoai/dsl/office"
	"hoithoai/dsl/value"
)

// maxName is the longest name of a person on Zalo that is kept, in runes (design/language.md, Meaning 18).
const maxName = 40

// zaloFields are the fields of zalo.*: what the platform says of the person, written by the person.
var zaloFields = []string{"ten"}

// fieldSymbol resolves owner.field. names is nil where owner is neither zalo nor don_vi; the symbol has no name where the
// owner has no such field.
func fieldSymbol(owner, field string) (sym Symbol, names []string) {
	switch owner {
	case "zalo":
		sym, names = Symbol{Ref: Ref{Kind: RefZalo}, Type: textUpTo(maxName), MayBeUnset: true}, zaloFields
	case "don_vi":
		sym, names = officeField(field), office.KnownFields()
	default:
		return Symbol{}, nil
	}
	if slices.Contains(names, field) {
		sym.Ref.Name = field
	}
	return sym, names
}

// officeField is the symbol of don_vi.field, still without its name. An office that lacks a required field is refused, so
// only the others may be unset.
func officeField(field string) Symbol {
	optional := !slices.Contains(office.RequiredFields(), field)
	return Symbol{Ref: Ref{Kind: RefOffice}, Type: textUpTo(office.MaxField), MayBeUnset: optional}
}

// Field resolves zalo.x and don_vi.x; ok is false where there is no such field.
func Field(owner, field string) (sym Symbol, ok bool) {
	sym, _ = fieldSymbol(owner, field)
	return sym, sym.Ref.Name != ""
}

func textUpTo(runes int64) value.Type {
	return value.Type{Kind: value.Text, Max: runes, HasMax: true}
}
