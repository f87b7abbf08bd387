package session

import (
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"math/bits"

	"hoithoai/dsl/program"
	"hoithoai/dsl/value"
)

// The most of each thing that a session holds; more is corrupt.
const (
	maxRuns  = 64
	maxMarks = 64
	maxItems = 64
)

// ProgramOf returns the hash of the program that an encoded session is pinned to, without that program.
func ProgramOf(b []byte) (string, error) {
	r := reader{b: b}
	hash := r.head()
	return hash, r.err
}

// Decode reads what Append wrote with the same program into s, whose slices are used again. On an error s means nothing. It
// allocates no more than the bytes warrant, and every position it returns is one of p.
func Decode(b []byte, p *program.Program, s *Session) error {
	r := reader{b: b, p: p}
	runs := s.Runs[:0]
	*s = Session{Program: r.head()}
	flags := r.byte()
	s.Status = Status(flags & 7)
	if s.Status > Human {
		r.fail("status")
	}
	s.Turn = r.uint32()
	s.First = r.near32(s.Turn)
	s.Seen = r.varint()
	s.Newest = s.Seen + r.varint()
	s.Timer = r.uint32()
	r.rare(s, flags)
	s.Runs = r.runs(runs, s.Seen)
	r.end(s)
	if len(r.b) > 0 {
		r.fail("end")
	}
	return r.err
}

// reader takes values off b. After the first failure everything it returns is zero.
type reader struct {
	b       []byte
	p       *program.Program
	version byte
	err     error
}

func (r *reader) fail(what string) {
	if r.err == nil {
		r.err = corrupt(what)
	}
	r.b = nil
}

func (r *reader) byte() byte {
	if len(r.b) == 0 {
		r.fail("byte")
		return 0
	}
	c := r.b[0]
	r.b = r.b[1:]
	return c
}

func (r *reader) uvarint() uint64 {
	v, n := binary.Uvarint(r.b)
	if n <= 0 {
		r.fail("number")
		return 0
	}
	r.b = r.b[n:]
	return v
}

func (r *reader) varint() int64 {
	v, n := binary.Varint(r.b)
	if n <= 0 {
		r.fail("number")
		return 0
	}
	r.b = r.b[n:]
	return v
}

func (r *reader) uint32() uint32 {
	v := r.uvarint()
	if v > 1<<32-1 {
		r.fail("counter")
	}
	return uint32(v)
}

// near32 reads a counter written as its distance below from.
func (r *reader) near32(from uint32) uint32 {
	v := int64(from) - r.varint()
	if v < 0 || v > 1<<32-1 {
		r.fail("counter")
		return 0
	}
	return uint32(v)
}

// below reads a position smaller than n.
func (r *reader) below(n int, what string) int {
	v := r.uvarint()
	if v >= uint64(n) {
		r.fail(what)
		return 0
	}
	return int(v)
}

// count reads how many things follow that take at least size bytes each.
func (r *reader) count(size int) int {
	v := r.uvarint()
	if v > uint64(len(r.b)/size) {
		r.fail("count")
		return 0
	}
	return int(v)
}

func (r *reader) text() string {
	n := r.count(1)
	s := string(r.b[:n])
	r.b = r.b[n:]
	return s
}

func (r *reader) head() string {
	if r.version = r.byte(); r.err == nil && (r.version < plain || r.version > Version) {
		r.err, r.b = fmt.Errorf("read session of version %d: %w", r.version, ErrVersion), nil
		return ""
	}
	switch r.byte() {
	case noHash:
		return ""
	case textHash:
		return r.text()
	case rawHash:
		return r.rawHash()
	}
	r.fail("hash")
	return ""
}

// rawHash spares the copy where the program at hand is the one.
func (r *reader) rawHash() string {
	if len(r.b) < hashSize {
		r.fail("hash")
		return ""
	}
	var text [2 * hashSize]byte
	hex.Encode(text[:], r.b[:hashSize])
	r.b = r.b[hashSize:]
	if r.p != nil && r.p.Hash == string(text[:]) {
		return r.p.Hash
	}
	return string(text[:])
}

func (r *reader) rare(s *Session, flags byte) {
	if flags&hasUntil != 0 {
		s.Until = s.Seen + r.varint()
		s.Desk = r.text()
	}
	if flags&hasName != 0 {
		s.Name = r.text()
	}
	if flags&hasTold != 0 {
		s.Told = r.byte()
	}
	if flags&hasOffer != 0 {
		s.Offer = r.offer()
	}
	if flags&hasTimers != 0 {
		s.Armed, s.Kept = r.near32(s.Timer), r.near32(s.Timer)
		s.Fired = r.small("fired")
	}
}

// small reads a count that is never large.
func (r *reader) small(what string) int {
	v := r.varint()
	if v < 0 || v > 1<<30 {
		r.fail(what)
		return 0
	}
	return int(v)
}

func (r *reader) newestOffer() OfferKind {
	if r.version == Version {
		return OfferErase
	}
	return OfferFlow
}

func (r *reader) offer() Offer {
	o := Offer{Kind: OfferKind(r.byte())}
	n := r.count(1)
	if o.Kind > r.newestOffer() || n > maxItems {
		r.fail("offer")
		return Offer{}
	}
	for range n {
		o.Items = append(o.Items, r.small("offer"))
	}
	return o
}

// smallestRun is how many bytes a run takes at least.
const smallestRun = 7

func (r *reader) runs(dst []Run, seen int64) []Run {
	n := r.count(smallestRun)
	if n > maxRuns {
		r.fail("runs")
		return dst
	}
	if cap(dst) < n {
		dst = make([]Run, 0, n)
	}
	for range n {
		dst = append(dst, r.run(seen))
	}
	return dst
}

func (r *reader) run(seen int64) Run {
	flags := r.byte()
	run := Run{Link: Link(flags & 3), Fixed: flags&runFixed != 0, Return: program.None}
	if r.p == nil || run.Link > Digression {
		r.fail("run")
		return Run{}
	}
	if run.Flow = r.below(len(r.p.Flows), "flow"); r.err != nil {
		return Run{}
	}
	f := r.p.Flows[run.Flow]
	run.Step = r.below(len(f.Steps), "step")
	run.Visit = r.uint32()
	run.Entered = seen + r.varint()
	if flags&runWrong != 0 {
		run.Wrong = r.small("wrong")
	}
	if flags&runReturn != 0 {
		run.Return = r.back(len(f.Steps))
	}
	run.Slots = r.slots(f.Slots, flags&runOdd != 0)
	run.Back = r.marks(len(f.Steps), len(f.Slots))
	return run
}

// back reads the step of `rồi`.
func (r *reader) back(steps int) int {
	v := r.varint()
	if v < 0 || v >= int64(steps) {
		r.fail("return")
		return program.None
	}
	return int(v)
}

func (r *reader) slots(types []program.Slot, odd bool) []value.Value {
	set := r.uvarint()
	if r.err != nil || bits.Len64(set) > len(types) {
		r.fail("slots")
		return nil
	}
	out := make([]value.Value, len(types))
	for set != 0 {
		i := bits.TrailingZeros64(set)
		set &= set - 1
		if odd {
			out[i] = r.any()
		} else {
			out[i] = r.typed(&types[i].Type)
		}
	}
	return out
}

func (r *reader) marks(steps, slots int) []Mark {
	n := r.count(2)
	if n > maxMarks {
		r.fail("marks")
	}
	if n == 0 || r.err != nil {
		return nil
	}
	out := make([]Mark, n, min(n+1, maxMarks))
	before := uint64(0)
	for i := range out {
		out[i].Step = r.below(steps, "mark")
		before ^= r.uvarint()
		out[i].Set = before
		if bits.Len64(before) > slots {
			r.fail("mark")
		}
	}
	return out
}
