package session

import (
	"encoding/binary"
	"errors"
	"fmt"
	"strings"

	"hoithoai/dsl/program"
	"hoithoai/dsl/value"
)

// Version is the newest layout; its number is the first byte of an encoded session. A change of the layout takes the next
// number and keeps reading the older ones. Each session is written in the oldest layout that holds it, so that a release
// before this one goes on reading all but the few it would misunderstand.
const Version = 3

// The older layouts: plain has no Alarmed, which alarmed adds at the end; version 3 has flags for what is rare there, and words
// in attachments.
const (
	plain   = 1
	alarmed = 2
)

// ErrVersion is returned (wrapped) for bytes of a layout this codec does not know.
var ErrVersion = errors.New("session is of an unknown version")

// ErrCorrupt is returned (wrapped) for bytes that are no session of the program.
var ErrCorrupt = errors.New("session is corrupt")

// The layout: version; the program's hash; status with flags for what is rarely there; counters as varints; times as
// differences from Seen; then the runs. Slots are a bit set of those that are set and their values by the declared type.

// The flags beside the status.
const (
	hasUntil  = 1 << 3 // Until and Desk
	hasName   = 1 << 4
	hasTold   = 1 << 5
	hasOffer  = 1 << 6
	hasTimers = 1 << 7 // Armed, Kept, Fired
)

// The forms of a program's hash.
const (
	noHash   = 0
	rawHash  = 1 // 32 bytes
	textHash = 2 // any other name
)

const hashSize = 32

// Append appends the encoded session. Positions mean those of p, the program that s is pinned to; a session without runs may
// be encoded with any program.
func Append(dst []byte, s *Session, p *program.Program) []byte {
	start := len(dst)
	dst = append(dst, versionOf(s))
	dst = appendHash(dst, s.Program)
	dst = append(dst, byte(s.Status)&7|flags(s))
	dst = binary.AppendUvarint(dst, uint64(s.Turn))
	dst = binary.AppendVarint(dst, int64(s.Turn)-int64(s.First))
	dst = binary.AppendVarint(dst, s.Seen)
	dst = binary.AppendVarint(dst, s.Newest-s.Seen)
	dst = binary.AppendUvarint(dst, uint64(s.Timer))
	dst = appendRare(dst, s)
	dst = binary.AppendUvarint(dst, uint64(len(s.Runs)))
	w := writer{p: p, seen: s.Seen, words: dst[start] == Version}
	for i := range s.Runs {
		dst = w.run(dst, &s.Runs[i])
	}
	switch dst[start] {
	case alarmed:
		return binary.AppendVarint(dst, s.Seen-s.Alarmed)
	case Version:
		return w.tail(dst, s)
	}
	return dst
}

func flags(s *Session) byte {
	var f byte
	set := func(bit byte, on bool) {
		if on {
			f |= bit
		}
	}
	set(hasUntil, s.Until != 0 || s.Desk != "")
	set(hasName, s.Name != "")
	set(hasTold, s.Told != 0)
	set(hasOffer, s.Offer.Kind != NoOffer || len(s.Offer.Items) > 0)
	set(hasTimers, s.Armed != 0 || s.Kept != 0 || s.Fired != 0)
	return f
}

func appendRare(dst []byte, s *Session) []byte {
	f := flags(s)
	if f&hasUntil != 0 {
		dst = appendString(binary.AppendVarint(dst, s.Until-s.Seen), s.Desk)
	}
	if f&hasName != 0 {
		dst = appendString(dst, s.Name)
	}
	if f&hasTold != 0 {
		dst = append(dst, s.Told)
	}
	if f&hasOffer != 0 {
		dst = append(dst, byte(s.Offer.Kind))
		dst = binary.AppendUvarint(dst, uint64(len(s.Offer.Items)))
		for _, it := range s.Offer.Items {
			dst = binary.AppendVarint(dst, int64(it))
		}
	}
	if f&hasTimers != 0 {
		dst = binary.AppendVarint(dst, int64(s.Timer)-int64(s.Armed))
		dst = binary.AppendVarint(dst, int64(s.Timer)-int64(s.Kept))
		dst = binary.AppendVarint(dst, int64(s.Fired))
	}
	return dst
}

func appendHash(dst []byte, hash string) []byte {
	if hash == "" {
		return append(dst, noHash)
	}
	if raw, ok := rawHashOf(hash); ok {
		return append(append(dst, rawHash), raw[:]...)
	}
	return appendString(append(dst, textHash), hash)
}

// rawHashOf turns 64 lower-case hex digits into 32 bytes; ok is false for anything it could not turn back.
func rawHashOf(hash string) (raw [hashSize]byte, ok bool) {
	if len(hash) != 2*hashSize {
		return raw, false
	}
	for i := range raw {
		hi, lo := strings.IndexByte(digits, hash[2*i]), strings.IndexByte(digits, hash[2*i+1])
		if hi < 0 || lo < 0 {
			return raw, false
		}
		raw[i] = byte(hi<<4 | lo)
	}
	return raw, true
}

const digits = "0123456789abcdef"

func appendString(dst []byte, s string) []byte {
	return append(binary.AppendUvarint(dst, uint64(len(s))), s...)
}

// The flags of a run beside its link.
const (
	runWrong  = 1 << 2
	runReturn = 1 << 3
	runFixed  = 1 << 4
	runOdd    = 1 << 5 // a value is not of its slot's declared kind: kinds are written
)

// writer is what the runs of one session are written with; words says whether attachments carry theirs.
type writer struct {
	p     *program.Program
	seen  int64
	words bool
}

func (w *writer) run(dst []byte, r *Run) []byte {
	types := slotTypes(w.p, r.Flow)
	f := runFlags(r, types)
	dst = append(dst, f)
	dst = binary.AppendUvarint(dst, uint64(r.Flow))
	dst = binary.AppendUvarint(dst, uint64(r.Step))
	dst = binary.AppendUvarint(dst, uint64(r.Visit))
	dst = binary.AppendVarint(dst, r.Entered-w.seen)
	if f&runWrong != 0 {
		dst = binary.AppendVarint(dst, int64(r.Wrong))
	}
	if f&runReturn != 0 {
		dst = binary.AppendVarint(dst, int64(r.Return))
	}
	dst = w.slots(dst, r.Slots, f&runOdd != 0)
	return appendMarks(dst, r.Back)
}

func runFlags(r *Run, types []program.Slot) byte {
	f := byte(r.Link) & 3
	if r.Wrong != 0 {
		f |= runWrong
	}
	if r.Return != program.None {
		f |= runReturn
	}
	if r.Fixed {
		f |= runFixed
	}
	for i := range r.Slots {
		if i >= len(types) || r.Slots[i].IsSet() && !fits(&r.Slots[i], &types[i].Type) {
			f |= runOdd
		}
	}
	return f
}

func slotTypes(p *program.Program, flow int) []program.Slot {
	if p == nil || flow < 0 || flow >= len(p.Flows) {
		return nil
	}
	return p.Flows[flow].Slots
}

func (w *writer) slots(dst []byte, slots []value.Value, odd bool) []byte {
	set := (&Run{Slots: slots}).MarkOf(0).Set
	dst = binary.AppendUvarint(dst, set)
	for i := range slots {
		v := &slots[i]
		switch {
		case !v.IsSet():
		case odd:
			dst = w.any(append(dst, byte(v.Kind)), v)
		default:
			dst = w.typed(dst, v)
		}
	}
	return dst
}

// appendMarks writes each mark's set as what changed since the mark before: usually one slot.
func appendMarks(dst []byte, marks []Mark) []byte {
	dst = binary.AppendUvarint(dst, uint64(len(marks)))
	before := uint64(0)
	for _, m := range marks {
		dst = binary.AppendUvarint(dst, uint64(m.Step))
		dst = binary.AppendUvarint(dst, m.Set^before)
		before = m.Set
	}
	return dst
}

// corrupt says what could not be read.
func corrupt(what string) error { return fmt.Errorf("read %s: %w", what, ErrCorrupt) }
