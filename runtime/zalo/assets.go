package zalo

import (
	"sync"
	"time"

	"hoithoai/runtime/message"
)

// assetMargin is how long before its end an upload counts as expired: a message may wait in the outbox meanwhile. Ours.
const assetMargin = time.Hour

// AssetCache remembers the uploads of one office until they expire. It is safe for concurrent use and lives in memory; what
// outlives the process is the sender's work (delivery.Uploads).
type AssetCache struct {
	now func() time.Time

	mu   sync.Mutex
	held map[assetKey]asset
}

type assetKey struct {
	kind                message.Kind
	program, path, name string
}

type asset struct {
	ref  string
	till time.Time
	own  bool // uploaded by this process
}

// NewAssetCache returns an empty cache under a clock.
func NewAssetCache(now func() time.Time) *AssetCache {
	return &AssetCache{now: now, held: map[assetKey]asset{}}
}

// Picture returns the attachment_id of an uploaded picture.
func (c *AssetCache) Picture(m message.Message) (Picture, bool) {
	ref, ok := c.find(keyOf(m))
	return Picture{AttachmentID: ref}, ok
}

// File returns the token of an uploaded file.
func (c *AssetCache) File(m message.Message) (string, bool) { return c.find(keyOf(m)) }

// Keep remembers what an upload of m's attachment returned, from now for AssetLife.
func (c *AssetCache) Keep(m message.Message, ref string) {
	c.keep(m, asset{ref, c.now().Add(AssetLife - assetMargin), true})
}

// KeepUntil remembers what an upload of m's attachment returned that was made before this process, until till.
func (c *AssetCache) KeepUntil(m message.Message, ref string, till time.Time) {
	c.keep(m, asset{ref, till, false})
}

func (c *AssetCache) keep(m message.Message, a asset) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.held[keyOf(m)] = a
}

// Earlier reports whether m's attachment is held by the word of somebody who uploaded it before this process.
func (c *AssetCache) Earlier(m message.Message) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	a, ok := c.held[keyOf(m)]
	return ok && !a.own
}

// Forget drops m's attachment, after Zalo said that it has expired or does not know it, and returns what its upload returned ("": unknown).
func (c *AssetCache) Forget(m message.Message) (ref string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	ref = c.held[keyOf(m)].ref
	delete(c.held, keyOf(m))
	return ref
}

func (c *AssetCache) find(k assetKey) (string, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	a, ok := c.held[k]
	if !ok || !c.now().Before(a.till) {
		delete(c.held, k)
		return "", false
	}
	return a.ref, true
}

// keyOf tells attachments apart. The name of a file is part of it, since people see the name it was uploaded under; the
// description of a picture is not.
func keyOf(m message.Message) assetKey {
	k := assetKey{kind: m.Kind, program: m.Program, path: m.Path}
	if m.Kind == message.File {
		k.name = m.Text
	}
	return k
}
