package redis

import (
	"hash/fnv"
	"strings"

	"hoithoai/runtime/store"
)

// keys names everything in Redis. All keys of one person, list or place carry the same tag in braces, so that a cluster
// keeps them on one node; no operation touches two tags.
type keys struct {
	prefix     string
	partitions int
}

// partition is where a person, list, place or bundle is kept.
func (k keys) partition(name string) int {
	h := fnv.New32a()
	_, _ = h.Write([]byte(name))
	return int(h.Sum32() % uint32(k.partitions))
}

// key is prefix:{tag}:kind:name; without a name, what belongs to the whole partition.
func (k keys) key(partition int, kind, name string) string {
	var b strings.Builder
	b.Grow(len(k.prefix) + len(kind) + len(name) + 10)
	b.WriteString(k.prefix)
	b.WriteString(":{")
	b.WriteString(tags[partition*len(tags)/k.partitions])
	b.WriteString("}:")
	b.WriteString(kind)
	if name != "" {
		b.WriteByte(':')
		b.WriteString(name)
	}
	return b.String()
}

// meta is the key of what was fixed at install.
func (k keys) meta() string { return k.prefix + ":meta" }

// The kinds of keys.
const (
	kindSession  = "s"   // string: timers, rev (10 digits) last event (8 bytes) sealed session, see lua/prelude.lua; lives for its TTL, with timers longer
	kindMailbox  = "m"   // list: id (8 bytes) sealed event; exists while work waits
	kindOutbox   = "o"   // list: id (8 bytes) sealed message; exists while unsent
	kindRing     = "d"   // sorted set: newest ids by the channel's time, '' the watermark; lives for the window
	kindOld      = "e"   // sorted set: ids that fell out of the ring, by that time; lives for the window
	kindTimers   = "t"   // of layout 1, see migrate.go
	kindEchoes   = "h"   // string: echoes one behind the other, id look time (8 bytes each); lives for its time
	kindJournal  = "j"   // list: sealed entries; lives for the journal's time
	kindAttempt  = "x"   // string: id (8 bytes) and how often work on it was begun; lives for its time, only after somebody went silent
	kindDue      = "due" // sorted set of a partition: people with work, by the end of their lease or the next try, see putOff
	kindSchedule = "tim" // sorted set of a partition: people with timers, by the time of the earliest
	kindBundle   = "b"   // string: sources
	kindIDs      = "ri"  // hash: by → id of a record
	kindBodies   = "rb"  // hash: id → sealed record
	kindOrder    = "ro"  // sorted set of equal scores: ids of records
	kindPace     = "g"   // string: when the next turn of a lane of calls comes, in ms with fractions
	kindPauses   = "u"   // hash: lane → its pause, and under '' the newest number of one
	kindAlive    = "v"   // sorted set: processes by when they last said something
	kindClaim    = "c"   // string: somebody does it, while it lives
	kindPlace    = "p"   // hash: by → 1 holds, 0 has freed; '' → how many hold
)

// person names the keys of a person, in the order the scripts want.
func (k keys) person(key store.Key, kinds ...string) []string {
	return k.named(string(key), kinds...)
}

// named names the keys of a person, list, place or bundle.
func (k keys) named(name string, kinds ...string) []string {
	p := k.partition(name)
	out := make([]string, len(kinds))
	for i, kind := range kinds {
		if kind == kindDue || kind == kindSchedule {
			out[i] = k.key(p, kind, "")
			continue
		}
		out[i] = k.key(p, kind, name)
	}
	return out
}
