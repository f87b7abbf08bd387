package archive

import (
	"encoding/binary"
	"errors"
	"fmt"
	"time"

	"hoithoai/runtime/store"
)

// errShape says that a payload has another shape than this package writes.
var errShape = errors.New("payload has a shape that is not known")

// encoder appends values: numbers as uvarints, bytes behind their length.
type encoder struct {
	b   []byte
	now int64 // Unix ms
}

func (e *encoder) number(n uint64) { e.b = binary.AppendUvarint(e.b, n) }
func (e *encoder) time(ms int64)   { e.number(uint64(ms)) }
func (e *encoder) id(id store.ID8) { e.b = append(e.b, id[:]...) }

func (e *encoder) bytes(b []byte) {
	e.number(uint64(len(b)))
	e.b = append(e.b, b...)
}

func (e *encoder) text(s string) { e.bytes([]byte(s)) }

// maybe tells no bytes from none of them.
func (e *encoder) maybe(b []byte) {
	if b == nil {
		e.number(0)
		return
	}
	e.number(1)
	e.bytes(b)
}

// end writes when a life ends; 0 is never.
func (e *encoder) end(life time.Duration) {
	if life == 0 {
		e.time(0)
		return
	}
	e.time(e.now + life.Milliseconds())
}

func (e *encoder) items(all []store.Item) {
	e.number(uint64(len(all)))
	for _, it := range all {
		e.id(it.ID)
		e.bytes(it.Body)
	}
}

func (e *encoder) seen(all []store.Seen) {
	e.number(uint64(len(all)))
	for _, s := range all {
		e.id(s.ID)
		e.time(s.At)
	}
}

// entry encodes an entry, in place of what was encoded before, and returns the kind of its frame.
func (e *encoder) entry(entry store.Entry, now int64) (kind byte) {
	e.b, e.now = e.b[:0], now
	switch {
	case entry.Person != nil:
		e.person(entry.Person)
		return kindPerson
	case entry.Record != nil:
		e.text(entry.Record.List)
		e.id(entry.Record.By)
		e.text(entry.Record.ID)
		e.maybe(entry.Record.Body)
		return kindRecord
	case entry.Place != nil:
		e.text(entry.Place.Place)
		e.id(entry.Place.By)
		e.flag(entry.Place.Holds)
		return kindPlace
	case entry.Beat != nil:
		e.text(entry.Beat.What)
		e.time(entry.Beat.At.UnixMilli())
		return kindBeat
	}
	e.text(entry.Bundle.Hash)
	e.bytes(entry.Bundle.Body)
	return kindBundle
}

func (e *encoder) flag(yes bool) {
	if yes {
		e.number(1)
		return
	}
	e.number(0)
}

func (e *encoder) person(p *store.PersonEntry) {
	e.text(string(p.Key))
	e.flag(p.Session != nil)
	if p.Session != nil {
		e.number(p.Session.Rev)
		e.id(p.Session.Last)
		e.bytes(p.Session.Body)
		e.end(p.SessionLife)
	}
	e.items(p.Mail)
	e.items(p.Out)
	due := int64(0)
	if !p.Due.IsZero() {
		due = store.Millis(p.Due)
	}
	e.time(due)
	e.number(uint64(len(p.Timers)))
	for i := range p.Timers {
		t := &p.Timers[i]
		e.text(t.Name)
		e.number(uint64(t.Gen))
		e.time(store.Millis(t.At))
		e.bytes(t.Body)
	}
	e.number(uint64(len(p.Journal)))
	for _, entry := range p.Journal {
		e.bytes(entry)
	}
	e.end(p.JournalLife)
	e.seen(p.Ring)
	e.seen(p.Old)
	e.time(p.Mark)
	e.end(p.MemoryLife)
	e.number(uint64(len(p.Echoes)))
	for _, echo := range p.Echoes {
		e.id(echo.ID)
		e.id(echo.Look)
		e.time(echo.Sent)
	}
	e.end(p.EchoLife)
}

// decoder reads what an encoder wrote. After the first error it reads nothing.
type decoder struct {
	b   []byte
	err error
}

func (d *decoder) number() uint64 {
	n, size := binary.Uvarint(d.b)
	if size <= 0 || d.err != nil {
		d.fail()
		return 0
	}
	d.b = d.b[size:]
	return n
}

func (d *decoder) fail() {
	d.err = errShape
	d.b = nil
}

// count reads a number of things of at least one byte each: what is left bounds what is made room for.
func (d *decoder) count() int {
	n := d.number()
	if n > uint64(len(d.b)) {
		d.fail()
		return 0
	}
	return int(n)
}

func (d *decoder) time() int64 { return int64(d.number()) }

func (d *decoder) id() (id store.ID8) {
	if len(d.b) < len(id) {
		d.fail()
		return id
	}
	id, d.b = store.ID8(d.b), d.b[len(id):]
	return id
}

// bytes returns a part of the payload, never nil.
func (d *decoder) bytes() []byte {
	n := d.count()
	b := d.b[:n:n]
	d.b = d.b[n:]
	if b == nil {
		b = []byte{}
	}
	return b
}

func (d *decoder) text() string { return string(d.bytes()) }

func (d *decoder) flag() bool {
	n := d.number()
	if n > 1 {
		d.fail()
	}
	return n == 1
}

// end reads when a life ends, as the time since 1970; see expire.
func (d *decoder) end() time.Duration { return time.Duration(d.time()) * time.Millisecond }

func (d *decoder) items() (all []store.Item) {
	for range d.count() {
		all = append(all, store.Item{ID: d.id(), Body: d.bytes()})
	}
	return all
}

func (d *decoder) seen() (all []store.Seen) {
	for range d.count() {
		all = append(all, store.Seen{ID: d.id(), At: d.time()})
	}
	return all
}

// decode reads an entry. The lives of a person are still ends.
func decode(kind byte, payload []byte) (entry store.Entry, err error) {
	d := &decoder{b: payload}
	switch kind {
	case kindPerson:
		entry.Person = d.person()
	case kindRecord:
		r := &store.RecordEntry{List: d.text(), By: d.id(), ID: d.text()}
		if d.flag() {
			r.Body = d.bytes()
		}
		entry.Record = r
	case kindPlace:
		entry.Place = &store.PlaceEntry{Place: d.text(), By: d.id(), Holds: d.flag()}
	case kindBundle:
		entry.Bundle = &store.BundleEntry{Hash: d.text(), Body: d.bytes()}
	case kindBeat:
		entry.Beat = &store.BeatEntry{What: d.text(), At: time.UnixMilli(d.time())}
	default:
		return entry, fmt.Errorf("frame of kind %q: %w", kind, errShape)
	}
	if d.err == nil && len(d.b) > 0 {
		d.fail()
	}
	if d.err == nil {
		d.err = entry.Check()
	}
	return entry, d.err
}

func (d *decoder) person() *store.PersonEntry {
	p := &store.PersonEntry{Key: store.Key(d.text())}
	if d.flag() {
		p.Session = &store.Snapshot{Rev: d.number(), Last: d.id(), Body: d.bytes()}
		if len(p.Session.Body) == 0 {
			p.Session.Body = nil
		}
		p.SessionLife = d.end()
	}
	p.Mail, p.Out = d.items(), d.items()
	if due := d.time(); due != 0 {
		p.Due = time.UnixMilli(due)
	}
	for range d.count() {
		t := store.Timer{Name: d.text(), Gen: uint32(d.number())}
		t.At, t.Body = time.UnixMilli(d.time()), d.bytes()
		p.Timers = append(p.Timers, t)
	}
	for range d.count() {
		p.Journal = append(p.Journal, d.bytes())
	}
	p.JournalLife = d.end()
	p.Ring, p.Old, p.Mark, p.MemoryLife = d.seen(), d.seen(), d.time(), d.end()
	for range d.count() {
		p.Echoes = append(p.Echoes, store.Echo{ID: d.id(), Look: d.id(), Sent: d.time()})
	}
	p.EchoLife = d.end()
	return p
}

// expire makes what is left of lives out of their ends, and takes out of a person what has ended.
func expire(p *store.PersonEntry, now int64) {
	if left(&p.SessionLife, now) {
		p.Session = nil
	}
	if left(&p.JournalLife, now) {
		p.Journal = nil
	}
	if left(&p.MemoryLife, now) {
		p.Ring, p.Old, p.Mark = nil, nil, 0
	}
	if left(&p.EchoLife, now) {
		p.Echoes = nil
	}
}

// left makes what is left of a life out of its end, and reports whether that is nothing. No end stays none.
func left(life *time.Duration, now int64) (over bool) {
	if *life == 0 {
		return false
	}
	*life -= time.Duration(now) * time.Millisecond
	if *life > 0 {
		return false
	}
	*life = 0
	return true
}
