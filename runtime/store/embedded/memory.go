package embedded

import (
	"bytes"
	"encoding/binary"
	"slices"
	"sort"

	"hoithoai/runtime/store"
)

// memory is a list of [time: 8 bytes][id: 8 bytes] in order, as it lies in the file: the ring by the channel's time, the old
// ones by the time they fell out of it.
type memory []byte

const seenSize = 8 + idSize

func (m memory) len() int           { return len(m) / seenSize }
func (m memory) entry(i int) []byte { return m[i*seenSize : (i+1)*seenSize] }
func (m memory) at(i int) int64     { return timeOf(m.entry(i)) }

// find returns the time of an id.
func (m memory) find(id store.ID8) (at int64, found bool) {
	for i := range m.len() {
		if bytes.Equal(m.entry(i)[8:], id[:]) {
			return m.at(i), true
		}
	}
	return 0, false
}

// insert returns the list with one entry more, in a new array.
func (m memory) insert(at int64, id []byte) memory {
	e := append(binary.BigEndian.AppendUint64(nil, uint64(at)), id...)
	i := sort.Search(m.len(), func(i int) bool { return bytes.Compare(m.entry(i), e) >= 0 })
	return slices.Concat(m[:i*seenSize], memory(e), m[i*seenSize:])
}

// knows reports whether the mailbox took an event before, as far as the contract lets a store remember.
func (p *person) knows(id store.ID8) bool {
	if p.memoryEnd == 0 {
		return false
	}
	if _, found := memory(p.t.people.Get(p.at(kindRing))).find(id); found {
		return true
	}
	at, found := memory(p.t.people.Get(p.at(kindOld))).find(id)
	return found && at > p.t.now-p.t.s.cfg.Window.Milliseconds()
}

func (p *person) touchMemory() { p.memoryEnd = p.t.now + p.t.s.cfg.Window.Milliseconds() }

// remember puts an event into the ring; what falls out raises the watermark and goes to the old ones.
func (p *person) remember(id store.ID8, sent int64) error {
	p.touchMemory()
	ring := memory(p.t.people.Get(p.at(kindRing))).insert(sent, id[:])
	if ring.len() > p.t.s.cfg.Ring {
		p.mark = max(p.mark, ring.at(0))
		if err := p.keepOld(ring.entry(0)[8:]); err != nil {
			return err
		}
		ring = ring[seenSize:]
	}
	return p.put(p.at(kindRing), ring)
}

func (p *person) keepOld(id []byte) error {
	old := memory(p.t.people.Get(p.at(kindOld))).insert(p.t.now, id)
	for old.len() > 0 && old.at(0) <= p.t.now-p.t.s.cfg.Window.Milliseconds() {
		old = old[seenSize:]
	}
	if extra := old.len() - p.t.s.cfg.Old; extra > 0 {
		old = old[extra*seenSize:]
	}
	return p.put(p.at(kindOld), old)
}
