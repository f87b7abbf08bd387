package bench

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"sync"
	"time"

	"hoithoai/runtime/zalo"
)

// drainWait is how long what the door took may take until it is done, after the last webhook.
const drainWait = time.Minute

// doorRound sends webhooks at an even rate through real HTTP to the real door, and measures from the moment a webhook was due
// to its 200. What follows behind the door goes on meanwhile and is waited for.
func (w *world) doorRound(ctx context.Context, c *crowd, perSecond float64) (Rate, error) {
	hooks := w.hooks(c, max(1, int(perSecond*w.cfg.Round.Seconds())))
	before, sent := w.store.tally(), w.sink.messages.Load()
	start := w.cfg.Now()
	took, err := w.send(ctx, hooks, w.cfg.Round/time.Duration(len(hooks)))
	elapsed := w.cfg.Now().Sub(start)
	if err != nil {
		return Rate{}, err
	}
	if err := w.drain(ctx, before, len(hooks)); err != nil {
		return Rate{}, err
	}
	return rateOf(took, elapsed), w.agree(before, sent, len(hooks))
}

// hooks writes and signs the requests of a round beforehand, so that making them costs it nothing.
func (w *world) hooks(c *crowd, n int) [][]byte {
	out := make([][]byte, n)
	for i := range out {
		out[i] = w.request(&c.people[i%len(c.people)])
	}
	return out
}

// request is one webhook of Zalo as it comes over the wire (facts/zalo-api.md §1.4).
func (w *world) request(p *person) []byte {
	at := strconv.FormatInt(w.cfg.Now().UnixMilli(), 10)
	body := fmt.Appendf(nil, `{"app_id":%q,"sender":{"id":%q},"user_id_by_app":"5%s","recipient":{"id":%q},"event_name":"user_send_text",`+
		`"message":{"text":%q,"msg_id":"b%015d"},"timestamp":%q}`, appID, p.id, p.id[1:], w.of.ID, p.says(), w.events.next(), at)
	head := fmt.Appendf(nil, "POST %s HTTP/1.1\r\nHost: %s\r\nUser-Agent: ZaloWebhook\r\nContent-Length: %d\r\n", webhook, w.addr, len(body))
	for name, values := range zalo.Sign(appID, secret, at, body) {
		head = fmt.Appendf(head, "%s: %s\r\n", name, values[0])
	}
	return append(append(head, "\r\n"...), body...)
}

// due is a webhook and when it was due.
type due struct {
	request []byte
	at      time.Time
}

// send gives the requests out at an even pace over as many connections as there are; a request that finds all of them busy
// waits, and its waiting counts.
func (w *world) send(ctx context.Context, requests [][]byte, every time.Duration) ([]time.Duration, error) {
	queue := make(chan due, len(requests))
	took := make([][]time.Duration, w.cfg.Connections)
	fails := make([]error, w.cfg.Connections)
	var wg sync.WaitGroup
	for i := range w.cfg.Connections {
		wg.Go(func() { took[i], fails[i] = w.sender(ctx, queue) })
	}
	w.pace(ctx, requests, every, queue)
	wg.Wait()
	var all []time.Duration
	for _, t := range took {
		all = append(all, t...)
	}
	return all, errors.Join(append(fails, ctx.Err())...)
}

func (w *world) pace(ctx context.Context, requests [][]byte, every time.Duration, queue chan<- due) {
	defer close(queue)
	start := w.cfg.Now()
	timer := time.NewTimer(0)
	defer timer.Stop()
	for i, r := range requests {
		if wait := start.Add(time.Duration(i) * every).Sub(w.cfg.Now()); wait > 0 {
			timer.Reset(wait)
			select {
			case <-timer.C:
			case <-ctx.Done():
				return
			}
		}
		queue <- due{r, w.cfg.Now()}
	}
}

// sender sends what is due over one connection.
func (w *world) sender(ctx context.Context, queue <-chan due) (took []time.Duration, err error) {
	c, err := dial(ctx, w.addr)
	if err != nil {
		return nil, err
	}
	defer c.close()
	for d := range queue {
		status, err := c.post(d.request)
		if err != nil {
			return nil, err
		}
		if status != http.StatusOK {
			return nil, fmt.Errorf("a webhook is answered %d", status)
		}
		took = append(took, w.cfg.Now().Sub(d.at))
	}
	return took, nil
}

// drain waits until everything that was accepted is done.
func (w *world) drain(ctx context.Context, before tally, events int) error {
	ctx, cancel := context.WithTimeout(ctx, drainWait)
	defer cancel()
	tick := time.NewTicker(time.Millisecond)
	defer tick.Stop()
	for {
		if t := w.store.tally().minus(before); t.accepted >= int64(events) && t.idle() {
			return nil
		}
		select {
		case <-tick.C:
		case <-ctx.Done():
			return fmt.Errorf("%w after a minute: %+v of %d events", errLoss, w.store.tally().minus(before), events)
		}
	}
}
