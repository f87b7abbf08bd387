package fake_test

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"hoithoai/runtime/message"
	"hoithoai/runtime/zalo"
	"hoithoai/runtime/zalo/fake"

	"github.com/google/go-cmp/cmp"
)

// sender sends one person's messages in order, the way the design asks for: what certainly failed is tried again, what nobody
// knows is looked up first. It is the smallest program that can live with Zalo, and so a test of what client and fake tell it.
type sender struct {
	client *zalo.Client
	lookUp bool
}

// send returns when the message has arrived as far as anybody can know.
func (s sender) send(ctx context.Context, r zalo.Request) error {
	for range 200 {
		_, err := s.client.Send(ctx, office, r)
		var failed *zalo.Error
		switch {
		case err == nil:
			return nil
		case !errors.As(err, &failed):
			return err
		case failed.Unknown && s.lookUp && s.arrived(ctx, r.Text):
			return nil
		}
	}
	return errors.New("200 tries")
}

// arrived looks for the text among the last messages.
func (s sender) arrived(ctx context.Context, text string) bool {
	lines, err := s.client.Talk(ctx, office, person, 0)
	if err != nil {
		return false
	}
	for _, l := range lines {
		if l.FromOffice && l.Text == text {
			return true
		}
	}
	return false
}

func chaos(t *testing.T, lookUp bool) []string {
	t.Helper()
	w := newWorld(t, func(c *fake.Config) {
		c.NoWindow, c.Seed, c.Echo = true, 3, fake.EchoNever
		c.Rates.Faults = map[fake.Fault]float64{
			fake.Lost: 0.1, fake.Down: 0.1, fake.DownAfter: 0.1, fake.Limited: 0.1, fake.BadToken: 0.05, fake.Failed: 0.05, fake.Garbage: 0.05,
		}
	})
	s := sender{w.client, lookUp}
	for i := range 300 {
		calls, err := zalo.Render(text("tin "+strconv.Itoa(i)), person, zalo.DefaultCapabilities(), nil)
		if err != nil {
			t.Fatal(err)
		}
		if err := s.send(t.Context(), calls[0]); err != nil {
			t.Fatal(err)
		}
	}
	if len(w.Refusals()) != 0 {
		t.Errorf("broken rules: %+v", w.Refusals())
	}
	var got []string
	for _, m := range w.Ledger(office, person) {
		got = append(got, m.Text)
	}
	return got
}

// TestChaos: with the look-up everything arrives once and in order, whatever Zalo does.
func TestChaos(t *testing.T) {
	t.Parallel()
	var want []string
	for i := range 300 {
		want = append(want, "tin "+strconv.Itoa(i))
	}
	if diff := cmp.Diff(want, chaos(t, true)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// TestChaosWithoutLookUp shows that the fake is unkind enough to need it.
func TestChaosWithoutLookUp(t *testing.T) {
	t.Parallel()
	got := chaos(t, false)
	if len(got) < 330 {
		t.Errorf("%d messages of 300: the faults double nothing", len(got))
	}
	seen := map[string]bool{}
	for _, m := range got {
		seen[m] = true
	}
	if len(seen) != 300 {
		t.Errorf("%d of 300 messages arrived", len(seen))
	}
}

// counter is a small engine: it answers each text with a question that counts, reads a press, and drops what it has seen.
type counter struct {
	t      *testing.T
	client *zalo.Client
	verify zalo.Verifier

	mu    sync.Mutex
	seen  map[string]bool
	turns uint32
	heard []string
}

// deliver reads one webhook and answers.
func (c *counter) deliver(ctx context.Context, w fake.Webhook) int {
	in, err := zalo.Decode(w.Body)
	if err != nil || !c.verify.Verify(w.Body, w.Header, in).OK {
		c.t.Errorf("webhook %s: %v", w.Body, err)
		return 200
	}
	e, ok := in.Event(1)
	c.mu.Lock()
	defer c.mu.Unlock()
	if !ok || c.seen[e.ID] {
		return 200
	}
	c.seen[e.ID] = true
	word := e.Text
	if turn, n, pressed := message.ParsePayload(e.Text); pressed {
		word = fmt.Sprintf("lượt %d nút %d", turn, n)
	}
	c.heard = append(c.heard, word)
	c.turns++
	c.answer(ctx, in)
	return 200
}

func (c *counter) answer(ctx context.Context, in zalo.Inbound) {
	m := message.Message{Kind: message.Words, Text: "Câu " + strconv.Itoa(int(c.turns)), Turn: c.turns, Choices: []message.Choice{{Label: "Một", N: 1}, {Label: "Hai", N: 2}}}
	calls, err := zalo.Render(m, in.Person, zalo.DefaultCapabilities(), nil)
	if err != nil {
		c.t.Error(err)
		return
	}
	for _, r := range calls {
		if _, err := c.client.Send(ctx, in.Office, r); err != nil {
			c.t.Error(err)
		}
	}
}

// TestRoundTrip: a person writes and presses through signed webhooks, some of them twice, and reads the answers.
func TestRoundTrip(t *testing.T) {
	t.Parallel()
	c := &counter{t: t, seen: map[string]bool{}, verify: zalo.Verifier{AppID: "360846524940903967", Secrets: []string{"oa-secret"}}}
	w := newWorld(t, func(cfg *fake.Config) {
		cfg.Deliver, cfg.Echo, cfg.Rates.Duplicate = c.deliver, fake.EchoNever, 0.5
	})
	c.client = w.client
	p := w.Person(office, person)
	if status := w.Push(t.Context(), p.Text("xin chào")); status != 200 {
		t.Fatalf("status %d", status)
	}
	for i := range 20 {
		last, ok := w.Last(office, person)
		button, has := last.Button([]string{"Một", "Hai"}[i%2])
		press, sends := p.Press(button)
		if !ok || !has || !sends {
			t.Fatalf("turn %d: last message %+v", i, last)
		}
		w.Push(t.Context(), press)
		w.clock.Move(time.Second)
	}
	want := []string{"xin chào"}
	for i := range 20 {
		want = append(want, fmt.Sprintf("lượt %d nút %d", i+1, i%2+1))
	}
	if diff := cmp.Diff(want, c.heard); diff != "" {
		t.Errorf("heard (-want +got):\n%s", diff)
	}
	if w.Stats().Duplicated == 0 {
		t.Error("nothing came twice")
	}
	if last, _ := w.Last(office, person); !strings.HasPrefix(last.Text, "Câu 21\n1. Một\n2. Hai") {
		t.Errorf("last message %q", last.Text)
	}
}
