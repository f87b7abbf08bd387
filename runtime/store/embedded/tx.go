package embedded

import (
	"bytes"
	"encoding/binary"
	"fmt"

	"go.etcd.io/bbolt"

	"hoithoai/runtime/store"
)

// The buckets of the file. All keys of one person lie side by side in people, so that an operation touches few pages.
const (
	bucketMeta    = "meta"    // format → 1; load → see load.go
	bucketPeople  = "people"  // key 0 kind … → what is kept of a person, see person.go
	bucketDue     = "due"     // time key → nothing: people who are not free
	bucketTimers  = "timers"  // time key 0 name 0 gen → nothing
	bucketSweep   = "sweep"   // time key → nothing: people of whom something may have expired
	bucketBundles = "bundles" // hash → sources
	bucketRecords = "records" // list 0 id → body; list 1 by → id
	bucketPlaces  = "places"  // place 0 by → 1 holds, 0 has freed; place 1 → number taken
)

// format is the version of the layout above.
const format = 1

// tx is one transaction with the time it happens at.
type tx struct {
	s       *Store
	now     int64
	meta    *bbolt.Bucket
	people  *bbolt.Bucket
	due     *bbolt.Bucket
	timers  *bbolt.Bucket
	sweep   *bbolt.Bucket
	bundles *bbolt.Bucket
	records *bbolt.Bucket
	places  *bbolt.Bucket
}

func (s *Store) begin(btx *bbolt.Tx) *tx {
	bucket := func(name string) *bbolt.Bucket { return btx.Bucket([]byte(name)) }
	return &tx{
		s: s, now: s.clock().UnixMilli(),
		meta: bucket(bucketMeta), people: bucket(bucketPeople), due: bucket(bucketDue), timers: bucket(bucketTimers), sweep: bucket(bucketSweep),
		bundles: bucket(bucketBundles), records: bucket(bucketRecords), places: bucket(bucketPlaces),
	}
}

// boot makes the buckets, checks the format, and frees everybody from owners that died with the last process.
func (s *Store) boot(btx *bbolt.Tx) error {
	for _, name := range append(dataBuckets(), bucketMeta) {
		if _, err := btx.CreateBucketIfNotExists([]byte(name)); err != nil {
			return fmt.Errorf("make bucket %s: %w", name, err)
		}
	}
	meta := btx.Bucket([]byte(bucketMeta))
	if err := checkFormat(meta); err != nil {
		return err
	}
	if dump, _ := loadUnderWay(meta); dump != "" && !s.loading {
		return store.ErrLoading
	}
	return s.begin(btx).orphans()
}

func checkFormat(meta *bbolt.Bucket) error {
	key := []byte("format")
	switch found := meta.Get(key); {
	case found == nil:
		return meta.Put(key, []byte{format})
	case !bytes.Equal(found, []byte{format}):
		return fmt.Errorf("file has format %v, this program reads %d", found, format)
	}
	return nil
}

// orphans makes everybody claimable whose lease is of the last process; who waits for a time to try again keeps it.
func (t *tx) orphans() error {
	var keys []store.Key
	err := t.due.ForEach(func(k, _ []byte) error {
		keys = append(keys, store.Key(k[timeSize:]))
		return nil
	})
	if err != nil {
		return fmt.Errorf("list owned people: %w", err)
	}
	for _, key := range keys {
		p, err := t.person(key)
		if err != nil {
			return err
		}
		if p.deferred {
			continue
		}
		p.due = min(p.due, t.now)
		if err := p.save(); err != nil {
			return err
		}
	}
	return nil
}

// timeSize is the length of a time in an index: big-endian, so that the earliest comes first.
const timeSize = 8

func timeKey(at int64, rest ...[]byte) []byte {
	k := binary.BigEndian.AppendUint64(nil, uint64(max(at, 0)))
	for _, r := range rest {
		k = append(k, r...)
	}
	return k
}

func timeOf(k []byte) int64 { return int64(binary.BigEndian.Uint64(k)) }

// each calls do for every entry whose key begins with prefix, in order, until do returns false. do must not write.
func each(b *bbolt.Bucket, prefix []byte, do func(k, v []byte) bool) {
	c := b.Cursor()
	for k, v := c.Seek(prefix); k != nil && bytes.HasPrefix(k, prefix); k, v = c.Next() {
		if !do(k, v) {
			return
		}
	}
}

// removeAll deletes every entry whose key begins with prefix.
func removeAll(b *bbolt.Bucket, prefix []byte) error {
	var keys [][]byte
	each(b, prefix, func(k, _ []byte) bool {
		keys = append(keys, bytes.Clone(k))
		return true
	})
	for _, k := range keys {
		if err := b.Delete(k); err != nil {
			return fmt.Errorf("delete entry: %w", err)
		}
	}
	return nil
}
