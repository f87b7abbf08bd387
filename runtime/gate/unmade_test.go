package gate_test

import (
	"context"
	"errors"
	"fmt"
	"net"
	"testing"
	"time"

	"hoithoai/runtime/gate"
	"hoithoai/runtime/zalo"
)

// away is how a call fails that was never made, because the store that keeps tokens cannot be reached.
var away = &zalo.Error{
	Action: zalo.Backoff, Unmade: true, Err: fmt.Errorf("token of office: %w", &net.OpError{Op: "dial", Err: errors.New("refused")}),
}

// A call that was not made says nothing of Zalo: neither that it is away, nor that it answers, nor that it takes calls again.
func TestUnmadeCallsSayNothing(t *testing.T) {
	t.Parallel()
	b := newBed(4000, nil)
	for i := range 50 {
		b.mustBe(t, fmt.Sprint("without a token, ", i), b.call("1", gate.Notice, away), "")
	}
	for i := range 10 {
		b.mustBe(t, fmt.Sprint("failure ", i), b.call([]string{"1", "2"}[i%2], gate.Notice, down), "")
	}
	b.clock.Advance(time.Second)
	b.mustBe(t, "a trial that was not made", b.call("3", gate.Notice, away), "")
	b.mustBe(t, "the next is the trial", b.call("1", gate.Notice, down), "")
	b.mustBe(t, "which failed", b.call("1", gate.Notice, nil), "breaker")
}

// An office without a token must not free an app that is paused.
func TestUnmadeProbe(t *testing.T) {
	t.Parallel()
	b := newBed(4000, nil)
	b.mustBe(t, "the first", b.call("1", gate.Notice, tooFast), "")
	b.clock.Advance(500 * time.Millisecond)
	b.mustBe(t, "a probe that was not made", b.call("2", gate.Notice, away), "")
	b.mustBe(t, "the app is paused still", b.call("3", gate.Notice, nil), "paused")
}

// A refusal for the token is an answer, though the store did not give another one.
func TestRefusedTokenIsAnAnswer(t *testing.T) {
	t.Parallel()
	b := newBed(4000, nil)
	stale := &zalo.Error{Code: -216, HTTPStatus: 200, Action: zalo.Refresh, Err: fmt.Errorf("renew token: %w", &net.OpError{Op: "dial", Err: errors.New("refused")})}
	for i := range 50 {
		b.mustBe(t, fmt.Sprint("refused, ", i), b.call("1", gate.Notice, stale), "")
	}
}

// The headers come with the answer to a call that was taken: that call does not end the pause they ask for.
func TestHeadersOfACallThatWasTaken(t *testing.T) {
	t.Parallel()
	b := newBed(4000, nil)
	err := b.Do(context.Background(), "1", gate.Notice, func() error {
		b.clock.Advance(30 * time.Millisecond)
		b.Rate("1", zalo.Rate{Limit: 4000, Remain: 0})
		return nil
	})
	b.mustBe(t, "the last that was allowed", err, "")
	b.mustBe(t, "nothing is left", b.call("1", gate.Notice, nil), "paused")
	b.clock.Advance(time.Second)
	b.mustBe(t, "a second later", b.call("1", gate.Notice, nil), "")
}

// An office for which Zalo does not answer is stopped though the others are answered all the time.
func TestBreakerOfOneOfficeAmongMany(t *testing.T) {
	t.Parallel()
	b := newBed(4000, nil)
	for i := range 10 {
		b.mustBe(t, fmt.Sprint("failure ", i), b.call("1", gate.Notice, down), "")
		b.mustBe(t, fmt.Sprint("answer ", i), b.call("2", gate.Notice, nil), "")
	}
	b.mustBe(t, "the office that hangs", b.call("1", gate.Notice, nil), "breaker")
	b.mustBe(t, "another", b.call("2", gate.Notice, nil), "")
	b.clock.Advance(time.Second)
	b.mustBe(t, "its trial", b.call("1", gate.Notice, down), "")
	b.mustBe(t, "it stays shut", b.call("1", gate.Notice, nil), "breaker")
	b.mustBe(t, "another still", b.call("2", gate.Notice, nil), "")
	b.clock.Advance(2 * time.Second)
	b.mustBe(t, "its second trial", b.call("1", gate.Notice, nil), "")
	b.mustBe(t, "it is open", b.call("1", gate.Notice, nil), "")
}
