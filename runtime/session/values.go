package session

import (
	"encoding/binary"
	"math/bits"
	"strconv"

	"hoithoai/dsl/value"
)

// fits reports whether v is of type t and so can be written without its kind: a choice as its position, a phone number as a
// number, and only the fields its kind uses.
func fits(v *value.Value, t *value.Type) bool {
	if v.Kind != t.Kind {
		return false
	}
	switch v.Kind {
	case value.Number, value.Money, value.Date, value.YesNo:
		return v.S == "" && len(v.Media) == 0
	case value.Choice:
		return v.N >= 0 && v.N < int64(len(t.Options)) && t.Options[v.N].Name == v.S && len(v.Media) == 0
	case value.Text, value.Ward:
		return v.N == 0 && len(v.Media) == 0
	case value.Phone:
		_, ok := packPhone(v.S)
		return ok && v.N == 0 && len(v.Media) == 0
	case value.Images, value.Files, value.Story:
		return v.N == 0 && v.S == ""
	case value.Choices:
		return v.N >= 0 && v.S == "" && len(v.Media) == 0 && bits.Len64(uint64(v.N)) <= len(t.Options)
	case value.Place:
		return v.N == 0
	}
	return false
}

// packPhone turns "0901234567" into a number; ok is false for anything it could not turn back.
func packPhone(s string) (n uint64, ok bool) {
	if len(s) < 2 || len(s) > 15 || s[0] != '0' || s[1] == '0' {
		return 0, false
	}
	n, err := strconv.ParseUint(s[1:], 10, 63)
	return n, err == nil && s[1] != '+'
}

func (w *writer) typed(dst []byte, v *value.Value) []byte {
	switch v.Kind {
	case value.Number, value.Money, value.Date, value.Choice, value.YesNo:
		return binary.AppendVarint(dst, v.N)
	case value.Choices:
		return binary.AppendUvarint(dst, uint64(v.N))
	case value.Phone:
		n, _ := packPhone(v.S)
		return binary.AppendUvarint(dst, n)
	case value.Images, value.Files, value.Story:
		return w.media(dst, v.Media)
	case value.Place:
		return w.media(appendString(dst, v.S), v.Media)
	}
	return appendString(dst, v.S)
}

// any writes every field.
func (w *writer) any(dst []byte, v *value.Value) []byte {
	dst = binary.AppendVarint(dst, v.N)
	dst = appendString(dst, v.S)
	return w.media(dst, v.Media)
}

func (w *writer) media(dst []byte, media []value.Media) []byte {
	dst = binary.AppendUvarint(dst, uint64(len(media)))
	for i := range media {
		m := &media[i]
		dst = appendString(dst, m.Kind)
		dst = appendString(dst, m.URL)
		dst = appendString(dst, m.Name)
		dst = binary.AppendVarint(dst, m.Size)
		dst = appendString(dst, m.Lat)
		dst = appendString(dst, m.Long)
		if w.words {
			dst = appendString(dst, m.Text)
		}
	}
	return dst
}

func (r *reader) typed(t *value.Type) value.Value {
	v := value.Value{Kind: t.Kind}
	switch t.Kind {
	case value.Number, value.Money, value.Date, value.YesNo:
		v.N = r.varint()
	case value.Choice:
		v.N = r.varint()
		if v.N < 0 || v.N >= int64(len(t.Options)) {
			r.fail("choice")
			return value.Value{}
		}
		v.S = t.Options[v.N].Name
	case value.Phone:
		v.S = "0" + strconv.FormatUint(r.uvarint(), 10)
	case value.Images, value.Files, value.Story:
		v.Media = r.media()
	case value.Choices:
		set := r.uvarint()
		if bits.Len64(set) > min(len(t.Options), 63) {
			r.fail("choices")
			return value.Value{}
		}
		v.N = int64(set)
	case value.Place:
		v.S = r.text()
		v.Media = r.media()
	default:
		v.S = r.text()
	}
	return v
}

func (r *reader) any() value.Value {
	v := value.Value{Kind: value.Kind(r.byte())}
	if v.Kind == value.Unset || v.Kind > r.newestKind() {
		r.fail("kind of value")
		return value.Value{}
	}
	v.N = r.varint()
	v.S = r.text()
	v.Media = r.media()
	return v
}

func (r *reader) newestKind() value.Kind {
	if r.version == Version {
		return value.Story
	}
	return value.Place
}

// smallestMedia is how many bytes an attachment takes at least.
const smallestMedia = 6

func (r *reader) media() []value.Media {
	n := r.count(smallestMedia)
	if n == 0 {
		return nil
	}
	out := make([]value.Media, n)
	for i := range out {
		m := &out[i]
		m.Kind, m.URL, m.Name = r.text(), r.text(), r.text()
		m.Size = r.varint()
		m.Lat, m.Long = r.text(), r.text()
		if r.version == Version {
			m.Text = r.text()
		}
	}
	return out
}
