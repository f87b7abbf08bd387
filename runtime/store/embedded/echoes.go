package embedded

import (
	"bytes"
	"context"
	"encoding/binary"
	"fmt"
	"slices"

	"hoithoai/runtime/store"
)

// An echo lies in the file as id, look, time (8 bytes each); one that is used up has no look.
const echoSize = 2*idSize + 8

// NoteEcho implements store.Echoes.
func (s *Store) NoteEcho(ctx context.Context, key store.Key, e store.Echo) error {
	if err := e.Check(); err != nil {
		return fmt.Errorf("note echo: %w", err)
	}
	return s.person(ctx, "note echo", key, func(p *person) error {
		list, err := p.echoes()
		if err != nil || findEcho(list, e.ID) >= 0 {
			return err
		}
		return p.keepEchoes(appendEcho(list, e))
	})
}

// Echoes implements store.Echoes.
func (s *Store) Echoes(ctx context.Context, key store.Key) ([]store.Echo, error) {
	if err := key.Check(); err != nil {
		return nil, fmt.Errorf("read echoes: %w", err)
	}
	var all []store.Echo
	err := s.view(ctx, "read echoes", func(t *tx) error {
		all = nil
		p, err := t.person(key)
		if err != nil {
			return err
		}
		list, err := p.echoes()
		for e := range slices.Chunk(list, echoSize) {
			all = append(all, readEcho(e))
		}
		return err
	})
	return all, err
}

// echoes returns a copy of the echoes that still live.
func (p *person) echoes() ([]byte, error) {
	v := p.t.people.Get(p.at(kindEcho))
	if v == nil || len(v) >= timeSize && over(timeOf(v), p.t.now) {
		return nil, nil
	}
	if len(v) < timeSize || (len(v)-timeSize)%echoSize != 0 {
		return nil, fmt.Errorf("echoes of %d bytes: %w", len(v), errDamaged)
	}
	return bytes.Clone(v[timeSize:]), nil
}

// takeEchoes uses echoes up, also such as have not come yet.
func (p *person) takeEchoes(ids []store.ID8) error {
	if len(ids) == 0 {
		return nil
	}
	list, err := p.echoes()
	if err != nil {
		return err
	}
	for _, id := range ids {
		if i := findEcho(list, id); i >= 0 {
			clear(list[i+idSize : i+echoSize])
			continue
		}
		list = appendEcho(list, store.Echo{ID: id})
	}
	return p.keepEchoes(list)
}

func (p *person) keepEchoes(list []byte) error {
	if extra := len(list)/echoSize - p.t.s.cfg.Echoes; extra > 0 {
		list = list[extra*echoSize:]
	}
	end := p.t.now + p.t.s.cfg.EchoTTL.Milliseconds()
	p.lookAt(end)
	return p.put(p.at(kindEcho), append(timeKey(end), list...))
}

// expireEchoes removes the echoes whose time is over, and else asks for another look.
func (p *person) expireEchoes() error {
	v := p.t.people.Get(p.at(kindEcho))
	if v == nil {
		return nil
	}
	if len(v) >= timeSize && !over(timeOf(v), p.t.now) {
		p.lookAt(timeOf(v))
		return nil
	}
	if err := p.t.people.Delete(p.at(kindEcho)); err != nil {
		return fmt.Errorf("delete echoes: %w", err)
	}
	return nil
}

func appendEcho(list []byte, e store.Echo) []byte {
	list = append(append(list, e.ID[:]...), e.Look[:]...)
	return binary.BigEndian.AppendUint64(list, uint64(e.Sent))
}

func readEcho(b []byte) store.Echo {
	return store.Echo{ID: store.ID8(b[:idSize]), Look: store.ID8(b[idSize : 2*idSize]), Sent: int64(binary.BigEndian.Uint64(b[2*idSize:]))}
}

// findEcho returns where an echo begins in the list, -1 where it is not.
func findEcho(list []byte, id store.ID8) int {
	for i := 0; i < len(list); i += echoSize {
		if bytes.Equal(list[i:i+idSize], id[:]) {
			return i
		}
	}
	return -1
}
