package redis

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"strings"
	"time"

	"github.com/cenkalti/backoff/v5"
	"github.com/redis/go-redis/v9"

	"hoithoai/runtime/store"
)

// Pauses between attempts: 20 to 80 ms, at random, so that many processes do not come back at the same moment.
const (
	pause  = 50 * time.Millisecond
	spread = 0.6
)

// retry repeats an idempotent call while the server does not answer or says that it will soon, at most for patience, and
// puts what is left of the error into the words of the contract.
func retry[T any](ctx context.Context, patience time.Duration, call func() (T, error)) (T, error) {
	v, err := call()
	if err == nil || !passing(err) { // nearly always: what repeating needs is not even made
		return v, mapError(err)
	}
	wait := &backoff.ExponentialBackOff{
		InitialInterval: pause, RandomizationFactor: spread, Multiplier: 1, MaxInterval: pause,
	}
	first := true
	v, err = backoff.Retry(ctx, func() (T, error) {
		if !first {
			v, err = call()
		}
		first = false
		if err != nil && !passing(err) {
			return v, backoff.Permanent(err)
		}
		return v, err
	}, backoff.WithBackOff(wait), backoff.WithMaxElapsedTime(patience))
	return v, mapError(err)
}

// passing reports whether an error may be gone at the next attempt.
func passing(err error) bool {
	if errors.Is(err, context.Canceled) || errors.Is(err, redis.ErrClosed) || errors.Is(err, redis.Nil) {
		return false
	}
	var netErr net.Error
	if errors.Is(err, errBehind) || errors.As(err, &netErr) || errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) ||
		errors.Is(err, redis.ErrPoolTimeout) {
		return true
	}
	return saysWait(err.Error())
}

// saysWait reports whether the server asks to come again: it is loading, failing over, or the slot is moving.
func saysWait(text string) bool {
	for _, prefix := range []string{
		"LOADING ", "READONLY ", "MOVED ", "ASK ", "CLUSTERDOWN ", "TRYAGAIN ", "MASTERDOWN ", "NOREPLICAS ",
		"ERR max number of clients reached",
	} {
		if strings.HasPrefix(text, prefix) {
			return true
		}
	}
	return false
}

// mapError puts an error of the client into the words of the contract. Texts of the server hold no payload.
func mapError(err error) error {
	if err == nil {
		return nil
	}
	if text := err.Error(); strings.HasPrefix(text, "OOM ") || strings.HasPrefix(text, "MISCONF ") {
		return fmt.Errorf("%w: %w", store.ErrFull, err)
	}
	return fmt.Errorf("%w: %w", store.ErrUnavailable, err)
}
