package redis

import (
	"errors"
	"fmt"
	"strconv"
	"time"

	"hoithoai/runtime/store"
)

// errAnswer says that a script answered in a shape this package does not know.
var errAnswer = errors.New("answer of the server is damaged")

// answer is what a script returned. The readers take what is missing as nothing.
type answer []any

func (a answer) at(i int) any {
	if i >= len(a) {
		return nil
	}
	return a[i]
}

func (a answer) number(i int) int64 {
	n, _ := a.at(i).(int64)
	return n
}

func (a answer) text(i int) string {
	s, _ := a.at(i).(string)
	return s
}

func (a answer) list(i int) answer {
	l, _ := a.at(i).([]any)
	return l
}

// millis is a time in Unix ms; zero for 0.
func (a answer) millis(i int) time.Time {
	if n := a.number(i); n != 0 {
		return time.UnixMilli(n)
	}
	return time.Time{}
}

const idSize = len(store.ID8{})

// item reads an item; nil where the list was empty.
func (a answer) item(i int) (*store.Item, error) {
	s, ok := a.at(i).(string)
	if !ok {
		return nil, nil
	}
	if len(s) < idSize {
		return nil, fmt.Errorf("item of %d bytes: %w", len(s), errAnswer)
	}
	it := &store.Item{Body: []byte(s[idSize:])}
	copy(it.ID[:], s)
	return it, nil
}

// copied is an item that the server need not send back: it has just come from here.
func copied(id store.ID8, body []byte) *store.Item {
	return &store.Item{ID: id, Body: append([]byte{}, body...)}
}

// revSize is the length of the revision in decimal digits.
const revSize = 10

// session reads a session; nil where there was none.
func (a answer) session(i int) (*store.Snapshot, error) {
	s, ok := a.at(i).(string)
	if !ok {
		return nil, nil
	}
	if len(s) < revSize+idSize {
		return nil, fmt.Errorf("session of %d bytes: %w", len(s), errAnswer)
	}
	rev, err := strconv.ParseUint(s[:revSize], 10, 64)
	if err != nil {
		return nil, fmt.Errorf("revision of a session: %w", errAnswer)
	}
	snap := &store.Snapshot{Rev: rev}
	copy(snap.Last[:], s[revSize:])
	if body := s[revSize+idSize:]; body != "" {
		snap.Body = []byte(body)
	}
	return snap, nil
}

// attempt reads what was noted; nothing where that is damaged.
func (a answer) attempt(i int) (found store.Attempt) {
	s := a.text(i)
	if len(s) < idSize {
		return found
	}
	n, err := strconv.Atoi(s[idSize:])
	if err != nil {
		return found
	}
	return store.Attempt{Item: store.ID8([]byte(s[:idSize])), N: n}
}

// work reads session, mailbox head, outbox head and lease from i on.
func (a answer) work(key store.Key, i int) (w store.Work, err error) {
	w.Key = key
	var errs [3]error
	w.Session, errs[0] = a.session(i)
	w.Head, errs[1] = a.item(i + 1)
	w.Out, errs[2] = a.item(i + 2)
	w.Lease = a.millis(i + 3)
	return w, errors.Join(errs[:]...)
}
