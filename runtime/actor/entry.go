package actor

import (
	"fmt"

	"hoithoai/runtime/envelope"
	"hoithoai/runtime/store"
	"hoithoai/runtime/store/seal"
)

// Entry seals an event for the mailbox; its id is a keyed hash of the event's own.
func Entry(s *seal.Sealer, key store.Key, in envelope.In) (store.Accept, error) {
	plain, err := envelope.EncodeIn(in)
	if err != nil {
		return store.Accept{}, err
	}
	body, err := s.Seal(nil, seal.Mailbox, key, plain)
	if err != nil {
		return store.Accept{}, fmt.Errorf("seal event: %w", err)
	}
	return store.Accept{Key: key, ID: s.ID(key, in.Event.ID), Body: body, Sent: in.Event.Sent}, nil
}
