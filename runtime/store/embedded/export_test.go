package embedded

import (
	"go.etcd.io/bbolt"
)

// Unsynced turns off flushing to disk, for tests of logic alone.
func (s *Store) Unsynced() { s.db.NoSync = true }

// OpenWith is Open with another way to open files.
func OpenWith(cfg Config, open opener) (*Store, error) {
	cfg.open = open
	return Open(cfg)
}

// Keys counts the entries of all buckets.
func (s *Store) Keys() (n int) {
	_ = s.db.View(func(btx *bbolt.Tx) error {
		return btx.ForEach(func(_ []byte, b *bbolt.Bucket) error {
			return b.ForEach(func(_, _ []byte) error {
				n++
				return nil
			})
		})
	})
	return n
}

// Check looks for damage in the file's pages.
func (s *Store) Check() (errs []error) {
	_ = s.db.View(func(btx *bbolt.Tx) error {
		for err := range btx.Check() {
			errs = append(errs, err)
		}
		return nil
	})
	return errs
}

// MapError is what an error of the file becomes.
func MapError(err error) error { return mapError(err) }

// DecodeState reads the state of a person, and writes it again.
func DecodeState(b []byte) ([]byte, error) {
	var s state
	if err := s.decode(b); err != nil {
		return nil, err
	}
	return s.encode(), nil
}

// Damage spoils the state of a person in the file.
func (s *Store) Damage(key string) error {
	return s.db.Update(func(btx *bbolt.Tx) error {
		return btx.Bucket([]byte(bucketPeople)).Put(append([]byte(key), 0, kindState), []byte("damaged"))
	})
}
