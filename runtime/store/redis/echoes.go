package redis

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"slices"

	"github.com/redis/go-redis/v9"

	"hoithoai/runtime/store"
)

// echoSize is an echo as it lies in the server: id, look, time (8 bytes each); one that is used up has no look.
const echoSize = 2*idSize + 8

// NoteEcho implements store.Echoes.
func (s *Store) NoteEcho(ctx context.Context, key store.Key, e store.Echo) error {
	if err := errors.Join(key.Check(), e.Check()); err != nil {
		return fmt.Errorf("note echo: %w", err)
	}
	rest := binary.BigEndian.AppendUint64(e.Look[:idSize:idSize], uint64(e.Sent))
	_, err := s.run(ctx, "note echo", s.scripts.echo, s.keys.person(key, kindEchoes),
		e.ID[:], rest, s.cfg.Store.EchoTTL.Milliseconds(), s.cfg.Store.Echoes*echoSize)
	return err
}

// Echoes implements store.Echoes.
func (s *Store) Echoes(ctx context.Context, key store.Key) ([]store.Echo, error) {
	if err := key.Check(); err != nil {
		return nil, fmt.Errorf("read echoes: %w", err)
	}
	list, err := retry(ctx, s.cfg.Patience, func() ([]byte, error) {
		return s.client.Get(ctx, s.keys.person(key, kindEchoes)[0]).Bytes()
	})
	if errors.Is(err, redis.Nil) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("read echoes: %w", err)
	}
	return echoesOf(string(list))
}

// echoesOf reads a list of echoes as it lies in the server.
func echoesOf(text string) (all []store.Echo, err error) {
	if len(text)%echoSize != 0 {
		return nil, fmt.Errorf("echoes of %d bytes: %w", len(text), errAnswer)
	}
	for e := range slices.Chunk([]byte(text), echoSize) {
		all = append(all, store.Echo{ID: store.ID8(e[:idSize]), Look: store.ID8(e[idSize : 2*idSize]), Sent: int64(binary.BigEndian.Uint64(e[2*idSize:]))})
	}
	return all, nil
}

// echoArg is a list of echoes as it lies in the server.
func echoArg(all []store.Echo) (list []byte) {
	for _, e := range all {
		list = append(append(list, e.ID[:]...), e.Look[:]...)
		list = binary.BigEndian.AppendUint64(list, uint64(e.Sent))
	}
	return list
}
