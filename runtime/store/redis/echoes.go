package redis

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"

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
	var open []store.Echo
	for ; len(list) >= echoSize; list = list[echoSize:] {
		e := store.Echo{ID: store.ID8(list[:idSize]), Look: store.ID8(list[idSize : 2*idSize]), Sent: int64(binary.BigEndian.Uint64(list[2*idSize:]))}
		if e.Look != (store.ID8{}) {
			open = append(open, e)
		}
	}
	return open, nil
}
