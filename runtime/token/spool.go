package token

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"hoithoai/runtime/disk"
	"hoithoai/runtime/store"
	"hoithoai/runtime/store/seal"
	"hoithoai/runtime/zalo"
)

// answer is what Zalo answered to one call, not yet understood. It lies sealed on the disk from the moment it came until it
// is in the store.
type answer struct {
	Office  string
	Gen     uint64 // whose refresh token was spent
	Attempt int
	How     string // refresh, code, given
	At      int64  // Unix ms
	Raw     []byte
}

// String shows nothing of the answer.
func (a answer) String() string { return fmt.Sprintf("token.answer{%d/%d}", a.Gen, a.Attempt) }

// GoString returns String.
func (a answer) GoString() string { return a.String() }

// The files of the spool: room was made, an answer lies there.
const (
	roomExt  = ".room"
	spoolExt = ".spool"
	roomSize = 96 << 10      // more than the largest answer is when sealed
	roomAge  = 2 * time.Hour // an older room was left by a process that died before its call was answered
)

// spoolPlace is what answers on the disk are sealed to.
const spoolPlace = store.Key("token-spool")

// openSpool makes the folder and clears what was left by calls without an answer.
func (k *Keeper) openSpool() error {
	if err := os.MkdirAll(k.cfg.Spool, 0o700); err != nil {
		return fmt.Errorf("make spool: %w", err)
	}
	rooms, err := filepath.Glob(filepath.Join(k.cfg.Spool, "*"+roomExt))
	if err != nil {
		return fmt.Errorf("look into spool: %w", err)
	}
	for _, path := range rooms {
		if info, err := os.Stat(path); err == nil && k.cfg.Now().Sub(info.ModTime()) > roomAge {
			_ = os.Remove(path)
		}
	}
	return nil
}

// room is a file that can hold an answer.
type room struct {
	k    *Keeper
	f    *os.File
	path string // without its ending
}

// reserve makes room for an answer on disk, so that a full disk is found out before a token is spent.
func (k *Keeper) reserve(office string, gen uint64) (*room, error) {
	nonce, err := k.nonce()
	if err != nil {
		return nil, err
	}
	r := &room{k: k, path: filepath.Join(k.cfg.Spool, fmt.Sprintf("%s-%d-%s", office, gen, nonce))}
	r.f, err = os.OpenFile(r.path+roomExt, os.O_RDWR|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return nil, fmt.Errorf("make room in spool: %w", err)
	}
	_, err = r.f.Write(make([]byte, roomSize))
	if err = errors.Join(err, r.f.Sync(), disk.SyncFolder(k.cfg.Spool)); err != nil {
		r.drop()
		return nil, fmt.Errorf("make room in spool: %w", err)
	}
	return r, nil
}

// fill seals the answer into the room, and returns when it would survive the end of the machine.
func (r *room) fill(a answer) error {
	plain, err := json.Marshal(a)
	if err != nil {
		return fmt.Errorf("encode answer: %w", err)
	}
	packet, err := r.k.cfg.Seal.Seal(nil, seal.Token, spoolPlace, plain)
	if err != nil {
		return fmt.Errorf("seal answer: %w", err)
	}
	_, err = r.f.WriteAt(packet, 0)
	if err = errors.Join(err, r.f.Truncate(int64(len(packet))), r.f.Sync()); err != nil {
		return fmt.Errorf("write answer: %w", err)
	}
	if err := os.Rename(r.path+roomExt, r.path+spoolExt); err != nil {
		return fmt.Errorf("keep answer: %w", err)
	}
	return disk.SyncFolder(r.k.cfg.Spool)
}

// empty forgets an answer that is in the store.
func (r *room) empty() error { return remove(r.path + spoolExt) }

// drop gives back a room that holds no answer.
func (r *room) drop() {
	_ = r.f.Close()
	_ = os.Remove(r.path + roomExt)
}

func remove(path string) error {
	if err := os.Remove(path); err != nil && !errors.Is(err, os.ErrNotExist) {
		return fmt.Errorf("empty spool: %w", err)
	}
	return nil
}

// publishAll puts every answer of the disk into the store. One that cannot be read stays, with an alarm; one that the store
// does not take now stays, with an error.
func (k *Keeper) publishAll(ctx context.Context) error {
	files, err := filepath.Glob(filepath.Join(k.cfg.Spool, "*"+spoolExt))
	if err != nil {
		return fmt.Errorf("look into spool: %w", err)
	}
	var failed []error
	for _, path := range files {
		failed = append(failed, k.publishFile(ctx, path))
	}
	return errors.Join(failed...)
}

func (k *Keeper) publishFile(ctx context.Context, path string) error {
	packet, err := os.ReadFile(path)
	if errors.Is(err, os.ErrNotExist) {
		return nil // published meanwhile
	}
	if err != nil {
		return fmt.Errorf("read spool: %w", err)
	}
	var a answer
	plain, err := k.cfg.Seal.Open(nil, seal.Token, spoolPlace, packet)
	if err == nil {
		err = json.Unmarshal(plain, &a)
	}
	if err != nil {
		k.cfg.Alarms.Raise("token_spool", "the file "+filepath.Base(path)+" of the spool cannot be read (other keys, or damaged). "+
			"It may hold the only tokens of an office: start with the right keys, or authorise the app again and remove it")
		return nil
	}
	if err := k.publish(ctx, a); err != nil && !spent(err) {
		return err
	}
	return remove(path)
}

// spent reports an answer that will never be of use: a refusal of what a human gave, or one that was overtaken.
func spent(err error) bool {
	e, ok := errors.AsType[*zalo.Error](err)
	return ok && e.Op == zalo.EndpointToken || errors.Is(err, errOvertaken)
}
