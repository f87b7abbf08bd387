package delivery

import (
	"errors"
	"sync"
	"time"

	"hoithoai/runtime/envelope"
	"hoithoai/runtime/gate"
	"hoithoai/runtime/zalo"
)

// codeQuota says that an office has no quota left (facts/zalo-api.md §5: stop what is not essential).
const codeQuota = -211

// quotaRest is how long after that nothing is tried that nobody waits for. Ours.
const quotaRest = 10 * time.Minute

// quota remembers of which offices Zalo takes nothing more for want of quota. Answers are tried all the same: within 48 hours
// they cost none.
type quota struct {
	mu    sync.Mutex
	until map[string]time.Time
}

// heed learns from the outcome of a send.
func (q *quota) heed(office string, now time.Time, err error) {
	if e, ok := errors.AsType[*zalo.Error](err); !ok || e.Code != codeQuota {
		return
	}
	q.mu.Lock()
	defer q.mu.Unlock()
	if q.until == nil {
		q.until = map[string]time.Time{}
	}
	q.until[office] = now.Add(quotaRest)
}

// holds returns a *gate.ClosedError for a message that must wait for quota.
func (q *quota) holds(out envelope.Out, now time.Time) error {
	if out.Class != envelope.Reminder && out.Class != envelope.Notice {
		return nil
	}
	q.mu.Lock()
	defer q.mu.Unlock()
	if left := q.until[out.Office].Sub(now); left > 0 {
		return &gate.ClosedError{After: left, Why: "quota"}
	}
	return nil
}
