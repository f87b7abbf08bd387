// Package archive is the one file in which a store travels: the copy that an operator keeps (backup), and the way from one
// engine to another (export). It holds what the engine keeps, sealed as it lies there, one checked frame an entry:
//
//	"hoithoai kho 1\n"
//	frames: kind (1 byte), length (4 bytes), payload, CRC-32C of all three (4 bytes)
//	  h header, JSON · p person · r record · l place · b bundle · t beat · x why the writer gave up, text · z trailer, JSON
//
// Numbers are big-endian. The trailer has the counts, the SHA-256 of all before it, and an HMAC of that under a key of the
// deployment: the file proves where it comes from. What expires is written with its end, in Unix ms, so that time spent in a
// file counts.
//
// It is not responsible for where files lie (cmd), for what an engine keeps (package store), or for keys (package seal).
package archive

import (
	"errors"
	"fmt"
	"time"

	"hoithoai/runtime/store"
)

// Version is the version of the format that is written.
const Version = 1

const magic = "hoithoai kho 1\n"

// The kinds of frames.
const (
	kindHeader  = 'h'
	kindPerson  = 'p'
	kindRecord  = 'r'
	kindPlace   = 'l'
	kindBundle  = 'b'
	kindBeat    = 't'
	kindGivenUp = 'x'
	kindTrailer = 'z'
)

// Header says where an archive comes from.
type Header struct {
	Version int    // of the format
	ID      string // of this archive, unlike any other
	Install string // of the deployment: see Install
	Engine  string // "embedded" or "redis"
	Level   string // of its durability, D0 to D4
	Time    int64  // when it was begun, Unix ms
	Served  bool   // people were served meanwhile: what came later is not in it
}

// When is Time.
func (h Header) When() time.Time { return time.UnixMilli(h.Time) }

// Counts is how much of everything there is.
type Counts struct {
	People   uint64 `json:"people"`
	Sessions uint64 `json:"sessions"`
	Mail     uint64 `json:"mail"`    // events that wait
	Out      uint64 `json:"out"`     // messages that are unsent
	Timers   uint64 `json:"timers"`  // set
	Journal  uint64 `json:"journal"` // entries
	Records  uint64 `json:"records"` // ever written, erased ones too
	Places   uint64 `json:"places"`  // ever taken, freed ones too
	Bundles  uint64 `json:"bundles"` // programs
	Beats    uint64 `json:"beats"`   // when something was done last
}

// Add counts an entry.
func (c *Counts) Add(e store.Entry) {
	switch p := e.Person; {
	case p != nil:
		c.People++
		if p.Session != nil {
			c.Sessions++
		}
		c.Mail += uint64(len(p.Mail))
		c.Out += uint64(len(p.Out))
		c.Timers += uint64(len(p.Timers))
		c.Journal += uint64(len(p.Journal))
	case e.Record != nil:
		c.Records++
	case e.Place != nil:
		c.Places++
	case e.Bundle != nil:
		c.Bundles++
	case e.Beat != nil:
		c.Beats++
	}
}

// Entries is how many entries an archive with these counts has.
func (c Counts) Entries() uint64 { return c.People + c.Records + c.Places + c.Bundles + c.Beats }

// parts are all counts in one order.
func (c Counts) parts() [10]uint64 {
	return [10]uint64{c.People, c.Sessions, c.Mail, c.Out, c.Timers, c.Journal, c.Records, c.Places, c.Bundles, c.Beats}
}

// Within reports whether every count lies between those of low and high.
func (c Counts) Within(low, high Counts) bool {
	l, h := low.parts(), high.parts()
	for i, n := range c.parts() {
		if n < l[i] || n > h[i] {
			return false
		}
	}
	return true
}

// trailer is the last frame.
type trailer struct {
	Counts Counts
	Sum    []byte // SHA-256 of all before
	Mark   []byte // HMAC-SHA-256 of Sum
}

// Errors a caller tells apart.
var (
	// ErrForeign says that a file is no archive, or of a newer format.
	ErrForeign = errors.New("this is no archive of hoithoai that this program reads")
	// ErrCut says that an archive ends before its trailer.
	ErrCut = errors.New("the file ends too early")
	// ErrDamaged says that an archive was changed after it was written.
	ErrDamaged = errors.New("the file is damaged")
	// ErrOtherKeys says that an archive is of a deployment with other keys.
	ErrOtherKeys = errors.New("the archive was sealed with other keys")
	// ErrGivenUp says that the writer of an archive could not finish it.
	ErrGivenUp = errors.New("the archive was not finished")
)

// RecordError says at which entry of an archive something is wrong, from 1; 0 is the header.
type RecordError struct {
	Record uint64
	Err    error
}

// Error names the entry.
func (e *RecordError) Error() string { return fmt.Sprintf("record %d: %v", e.Record, e.Err) }

// Unwrap returns what is wrong.
func (e *RecordError) Unwrap() error { return e.Err }

// Deriver makes keys for other uses from the keys of a deployment (seal.Sealer).
type Deriver interface {
	Derive(label string) []byte
}

// Install names a deployment by its keys, which stay the same over engines and rotations: 16 hex digits that say nothing of
// the keys.
func Install(keys Deriver) string { return fmt.Sprintf("%x", keys.Derive("install"))[:16] }

// markKey is the key of the mark in the trailer.
func markKey(keys Deriver) []byte { return keys.Derive("archive") }
