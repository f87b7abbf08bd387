package delivery_test

import (
	"context"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"hoithoai/runtime/delivery"
	"hoithoai/runtime/testbed"
	"hoithoai/runtime/zalo"
	"hoithoai/runtime/zalo/fake"
)

// TestFullJitter: a definite failure is tried again at any time up to the age of the message, between half a second and five
// minutes; one in doubt waits for its echo besides.
func TestFullJitter(t *testing.T) {
	t.Parallel()
	definite, doubt := newPost(t), newPost(t)
	definite.cfg.Client = coded(t, -220, nil)
	rapid.Check(t, func(rt *rapid.T) {
		age := time.Duration(rapid.Int64Range(0, 20*60*1000).Draw(rt, "age")) * time.Millisecond
		r := rapid.Float64Range(0, 1).Draw(rt, "random")
		longest := min(max(age, 500*time.Millisecond), 5*time.Minute)
		want := time.Duration(float64(longest) * r)
		for p, more := range map[*post]time.Duration{definite: 0, doubt: 2500 * time.Millisecond} {
			out := p.out(words("x"))
			p.clock.Advance(age)
			p.cfg.Random = func() float64 { return r }
			p.zalo.Script(fake.Lost)
			if got := p.deliver(out, false).After; got != want+more {
				rt.Fatalf("age %v, random %v: after %v, want %v", age, r, got, want+more)
			}
		}
	})
}

// Pauses are spread evenly over what is allowed.
func TestJitterIsEven(t *testing.T) {
	t.Parallel()
	p := newPost(t)
	p.cfg.Client = coded(t, -220, nil) // a token nobody renews: tried again later, never at once
	out := p.out(words("x"))
	p.clock.Advance(time.Minute)
	s := delivery.New(p.cfg)
	var bins [10]int
	for range 2000 {
		after := s.Deliver(t.Context(), out, false).After
		if after < 0 || after >= time.Minute {
			t.Fatalf("after %v", after)
		}
		bins[after*10/time.Minute]++
	}
	for i, n := range bins {
		if n < 140 || n > 260 {
			t.Errorf("%d of 2000 pauses are in tenth %d: %v", n, i, bins)
		}
	}
}

// TestNoStorm: a message that always fails is tried a few times a minute at first, and every few minutes in the end.
func TestNoStorm(t *testing.T) {
	t.Parallel()
	p := newPost(t)
	p.cfg.Client = coded(t, -220, nil)
	out := p.out(words("x"))
	s := delivery.New(p.cfg)
	first, all := 0, 0
	for start := p.clock.Now(); p.clock.Now().Sub(start) < 23*time.Hour; all++ {
		d := s.Deliver(t.Context(), out, true)
		if d.Done || d.After > 5*time.Minute {
			t.Fatalf("try %d gives %+v", all, d)
		}
		if p.clock.Advance(d.After + time.Millisecond); p.clock.Now().Sub(start) < time.Minute {
			first++
		}
	}
	if first > 25 || all < 250 || all > 900 {
		t.Errorf("%d tries in the first minute, %d in a day", first, all)
	}
}

// TestQuickTries: what certainly failed, and may be over in a moment, is tried three times in one delivery.
func TestQuickTries(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		name   string
		faults []fake.Fault
		done   bool
		again  int
	}{
		{"once", []fake.Fault{fake.Failed}, true, 1},
		{"twice", []fake.Fault{fake.Failed, fake.Failed}, true, 2},
		{"for long", []fake.Fault{fake.Failed, fake.Failed, fake.Failed}, false, 2},
		{"then in doubt", []fake.Fault{fake.Failed, fake.Lost}, false, 1},
		{"in doubt: never", []fake.Fault{fake.Down}, false, 0},
		{"a limit: the gate knows when", []fake.Fault{fake.Limited}, false, 0},
		{"a token", []fake.Fault{fake.BadToken}, false, 0},
		{"no money", []fake.Fault{fake.Refused(-321)}, false, 0},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			p := newPost(t)
			p.zalo.Script(tc.faults...)
			start := p.clock.Now()
			if d := p.deliver(p.out(words("x")), false); d.Done != tc.done {
				t.Errorf("Deliver gives %+v", d)
			}
			p.counted("send_repeated", tc.again)
			if took := p.clock.Now().Sub(start); took > 300*time.Millisecond {
				t.Errorf("the hand was held for %v", took)
			}
			if n := len(p.zalo.Texts(testbed.Person)); tc.done && n != 1 {
				t.Errorf("%d copies", n)
			}
		})
	}
}

// renewing is a source of tokens that has a new one when the old one is refused.
type renewing struct {
	token   string
	renewed int
}

func (r *renewing) Token(context.Context, string) (string, error) { return r.token, nil }

func (r *renewing) Renew(context.Context, string, string) (string, error) {
	r.renewed++
	return r.token, nil
}

// TestTokenInTheMiddle: a token that dies between two pieces of a message costs neither a piece nor a second copy, and no try.
func TestTokenInTheMiddle(t *testing.T) {
	t.Parallel()
	p := newPost(t)
	source := &renewing{token: testbed.Token}
	s := httptest.NewServer(p.zalo)
	t.Cleanup(s.Close)
	p.cfg.Client = zalo.NewClient(zalo.ClientConfig{BaseURL: s.URL, Tokens: source, Transport: s.Client().Transport})
	p.zalo.Script(fake.None, fake.BadToken)
	if d := p.deliver(p.out(words(long())), false); !d.Done || d.Why != "" {
		t.Errorf("Deliver gives %+v", d)
	}
	got := strings.Join(p.zalo.Texts(testbed.Person), " ")
	if strings.Join(strings.Fields(got), " ") != strings.Join(strings.Fields(long()), " ") || source.renewed != 1 {
		t.Errorf("%d characters arrived of %d, %d renewals", len(got), len(long()), source.renewed)
	}
	p.counted("send_failed", 0)
}
