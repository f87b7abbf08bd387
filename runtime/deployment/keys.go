package deployment

import (
	"bytes"
	"context"
	"errors"
	"fmt"

	"hoithoai/runtime/store"
	"hoithoai/runtime/store/seal"
)

// ErrOtherKeys says that the store was written with other sealing keys: this process could read nothing of it and would drop
// what others accepted.
var ErrOtherKeys = errors.New("the store was written with other sealing keys; every process of one store needs the same keys")

// keyMark is the name under which the store keeps the fingerprint of the keys that were used first.
const keyMark = "dau-khoa"

// claimKeys marks a new store with the fingerprint of our keys, or holds them against the mark that is there. The fingerprint
// is made from the key that names people, which stays the same when the sealing key is rotated.
func claimKeys(ctx context.Context, bundles store.Bundles, s *seal.Sealer) error {
	own := s.Derive("fingerprint")
	if err := bundles.SaveBundle(ctx, keyMark, own); err != nil {
		return fmt.Errorf("mark store with its keys: %w", err)
	}
	kept, err := bundles.Bundle(ctx, keyMark)
	if err != nil {
		return fmt.Errorf("read the mark of the keys: %w", err)
	}
	if !bytes.Equal(kept, own) {
		return ErrOtherKeys
	}
	return nil
}

// CheckBundle reports a bundle of a deployment's store that these keys do not open.
func CheckBundle(s *seal.Sealer, hash string, body []byte) error {
	if hash == keyMark {
		if !bytes.Equal(body, s.Derive("fingerprint")) {
			return ErrOtherKeys
		}
		return nil
	}
	_, err := s.OpenRecord("bundle:"+hash, body)
	return err
}

// sealedBundles keeps the sources of programs under the same seal as everything else.
type sealedBundles struct {
	store store.Bundles
	seal  *seal.Sealer
}

// SaveBundle seals and saves.
func (b sealedBundles) SaveBundle(ctx context.Context, hash string, body []byte) error {
	sealed, err := b.seal.SealRecord("bundle:"+hash, body)
	if err != nil {
		return fmt.Errorf("seal bundle: %w", err)
	}
	return b.store.SaveBundle(ctx, hash, sealed)
}

// Bundle reads and opens; nil, nil when unknown.
func (b sealedBundles) Bundle(ctx context.Context, hash string) ([]byte, error) {
	sealed, err := b.store.Bundle(ctx, hash)
	if err != nil || sealed == nil {
		return nil, err
	}
	body, err := b.seal.OpenRecord("bundle:"+hash, sealed)
	if err != nil {
		return nil, fmt.Errorf("open bundle: %w", err)
	}
	return body, nil
}
