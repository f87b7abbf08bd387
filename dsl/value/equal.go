package value

import "slices"

// Equal reports whether a and b are the same value: of one kind and equal in the fields that mean something for it. Two unset
// values are equal. A choice is its name, whatever index it has in this version of the flow.
func Equal(a, b Value) bool {
	if a.Kind != b.Kind {
		return false
	}
	switch a.Kind {
	case Unset:
		return true
	case Number, Money, Date, YesNo, Choices:
		return a.N == b.N
	case Images, Files, Story:
		return slices.Equal(a.Media, b.Media)
	case Place:
		return a.S == b.S && slices.Equal(a.Media, b.Media)
	}
	return a.S == b.S
}

// Equal reports whether t and o are the same type; what Prepare made does not count. go-cmp uses it.
func (t Type) Equal(o Type) bool {
	return t.Kind == o.Kind && t.Min == o.Min && t.Max == o.Max && t.HasMin == o.HasMin && t.HasMax == o.HasMax &&
		slices.EqualFunc(t.Options, o.Options, equalOption)
}

func equalOption(a, b Option) bool {
	return a.Name == b.Name && a.Label == b.Label && slices.Equal(a.Synonyms, b.Synonyms)
}
