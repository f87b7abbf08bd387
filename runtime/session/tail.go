package session

import (
	"encoding/binary"
	"strconv"

	"hoithoai/dsl/value"
)

// What version 3 keeps behind the runs: a byte of flags and what they name.
const (
	tailAlarmed = 1 << 0
	tailDraft   = 1 << 1
	tailAgreed  = 1 << 2
	tailAgain   = 1 << 3
	tailWait    = 1 << 4
	tailLater   = 1 << 5
	tailAddress = 1 << 6
	tailAll     = tailAlarmed | tailDraft | tailAgreed | tailAgain | tailWait | tailLater | tailAddress
)

// versionOf returns the oldest layout that holds s.
func versionOf(s *Session) byte {
	switch f := tailFlags(s); {
	case f&^tailAlarmed != 0 || s.Offer.Kind > OfferFlow || hasWords(s):
		return Version
	case f != 0:
		return alarmed
	}
	return plain
}

func tailFlags(s *Session) byte {
	var f byte
	if s.Alarmed != 0 {
		f |= tailAlarmed
	}
	if s.Draft != (Draft{}) {
		f |= tailDraft
	}
	if len(s.Agreed) > 0 {
		f |= tailAgreed
	}
	if s.Wait != (Wait{}) {
		f |= tailWait
	}
	if s.Later != "" {
		f |= tailLater
	}
	if s.Office != "" || s.Person != "" {
		f |= tailAddress
	}
	for i := range s.Runs {
		if s.Runs[i].Again != nil {
			f |= tailAgain
		}
	}
	return f
}

// hasWords reports whether an attachment carries words, or a value is of a kind that older layouts do not know.
func hasWords(s *Session) bool {
	for i := range s.Runs {
		for j := range s.Runs[i].Slots {
			if v := &s.Runs[i].Slots[j]; v.Kind > value.Place || saysWords(v.Media) {
				return true
			}
		}
	}
	return false
}

func saysWords(media []value.Media) bool {
	for i := range media {
		if media[i].Text != "" {
			return true
		}
	}
	return false
}

func (w *writer) tail(dst []byte, s *Session) []byte {
	f := tailFlags(s)
	dst = append(dst, f)
	if f&tailAlarmed != 0 {
		dst = binary.AppendVarint(dst, s.Seen-s.Alarmed)
	}
	if f&tailDraft != 0 {
		dst = appendString(dst, s.Draft.Text)
		dst = binary.AppendUvarint(dst, uint64(s.Draft.Gen))
		dst = binary.AppendVarint(dst, s.Seen-s.Draft.Since)
	}
	if f&tailAgreed != 0 {
		dst = appendAgreed(dst, s.Agreed)
	}
	if f&tailAgain != 0 {
		dst = w.again(dst, s.Runs)
	}
	if f&tailWait != 0 {
		dst = appendWait(dst, s)
	}
	if f&tailLater != 0 {
		dst = appendString(dst, s.Later)
	}
	if f&tailAddress != 0 {
		dst = appendID(appendID(dst, s.Office), s.Person)
	}
	return dst
}

// appendID writes a name of the channel's: a number of its own in nine bytes or ten, anything else as a string behind 0.
func appendID(dst []byte, id string) []byte {
	if n, err := strconv.ParseUint(id, 10, 64); err == nil && n > 0 && strconv.FormatUint(n, 10) == id {
		return binary.AppendUvarint(dst, n)
	}
	return appendString(append(dst, 0), id)
}

// id reads what appendID wrote.
func (r *reader) id() string {
	if n := r.uvarint(); n > 0 || r.err != nil {
		return strconv.FormatUint(n, 10)
	}
	return r.text()
}

func appendWait(dst []byte, s *Session) []byte {
	dst = appendString(dst, s.Wait.Desk)
	dst = binary.AppendVarint(dst, s.Seen-s.Wait.Since)
	dst = binary.AppendUvarint(dst, uint64(s.Wait.Gen))
	if s.Wait.Told {
		return append(dst, 1)
	}
	return append(dst, 0)
}

func appendAgreed(dst []byte, list []Consent) []byte {
	dst = binary.AppendUvarint(dst, uint64(len(list)))
	for _, c := range list {
		dst = appendString(dst, c.Name)
		dst = binary.AppendVarint(dst, int64(c.Version))
		dst = binary.AppendVarint(dst, c.At)
		dst = binary.BigEndian.AppendUint64(dst, c.Text)
	}
	return dst
}

// again writes, per run, 0 for none, else 1 and the answers with their kinds.
func (w *writer) again(dst []byte, runs []Run) []byte {
	for i := range runs {
		if runs[i].Again == nil {
			dst = append(dst, 0)
			continue
		}
		dst = w.slots(append(dst, 1), runs[i].Again, true)
	}
	return dst
}

// end reads what stands behind the runs.
func (r *reader) end(s *Session) {
	switch {
	case r.err != nil || r.version == plain:
	case r.version == alarmed:
		r.alarmed(s)
	default:
		r.tail(s)
	}
}

func (r *reader) alarmed(s *Session) {
	if s.Alarmed = s.Seen - r.varint(); s.Alarmed == 0 {
		r.fail("alarmed")
	}
}

func (r *reader) tail(s *Session) {
	f := r.byte()
	if f&^tailAll != 0 {
		r.fail("tail")
		return
	}
	if f&tailAlarmed != 0 {
		r.alarmed(s)
	}
	if f&tailDraft != 0 {
		s.Draft = Draft{Text: r.text(), Gen: r.uint32(), Since: s.Seen - r.varint()}
	}
	if f&tailAgreed != 0 {
		s.Agreed = r.agreed()
	}
	if f&tailAgain != 0 {
		r.again(s.Runs)
	}
	if f&tailWait != 0 {
		s.Wait = Wait{Desk: r.text(), Since: s.Seen - r.varint(), Gen: r.uint32()}
		r.told(&s.Wait)
	}
	if f&tailLater != 0 {
		if s.Later = r.text(); s.Later == "" {
			r.fail("later")
		}
	}
	if f&tailAddress != 0 {
		if s.Office, s.Person = r.id(), r.id(); s.Office == "" && s.Person == "" {
			r.fail("address")
		}
	}
}

// told reads the last byte of a wait.
func (r *reader) told(w *Wait) {
	b := r.byte()
	if w.Told = b == 1; b > 1 || *w == (Wait{}) {
		r.fail("wait")
	}
}

// smallestConsent is how many bytes a consent takes at least.
const smallestConsent = 11

func (r *reader) agreed() []Consent {
	n := r.count(smallestConsent)
	out := make([]Consent, 0, n)
	for range n {
		c := Consent{Name: r.text(), Version: int(r.varint()), At: r.varint()}
		if len(r.b) < 8 {
			r.fail("consent")
			return nil
		}
		c.Text = binary.BigEndian.Uint64(r.b)
		r.b = r.b[8:]
		out = append(out, c)
	}
	return out
}

func (r *reader) again(runs []Run) {
	for i := range runs {
		if r.byte() != 0 {
			runs[i].Again = r.slots(r.p.Flows[runs[i].Flow].Slots, true)
		}
	}
}
