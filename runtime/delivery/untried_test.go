package delivery_test

import (
	"testing"
	"time"

	"hoithoai/runtime/message"
	"hoithoai/runtime/zalo/fake"
)

// TestUntried: a delivery says that nothing can have arrived only where that is certain.
func TestUntried(t *testing.T) {
	t.Parallel()
	failed := []fake.Fault{fake.Failed, fake.Failed, fake.Failed}
	for _, tc := range []struct {
		name      string
		faults    []fake.Fault
		m         message.Message
		recovered bool
		want      bool
	}{
		{"a limit", []fake.Fault{fake.Limited}, words("x"), false, true},
		{"a token", []fake.Fault{fake.BadToken}, words("x"), false, true},
		{"no money", []fake.Fault{fake.Refused(-321)}, words("x"), false, true},
		{"failed", failed, words("x"), false, true},
		{"failed, then in doubt", []fake.Fault{fake.Failed, fake.Lost}, words("x"), false, false},
		{"no answer", []fake.Fault{fake.Hang}, words("x"), false, false},
		{"502", []fake.Fault{fake.Down}, words("x"), false, false},
		{"a piece arrived", append([]fake.Fault{fake.None}, failed...), words(long()), false, false},
		{"somebody may have tried before", failed, words("x"), true, false},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			p := newPost(t)
			p.zalo.Script(tc.faults...)
			if d := p.deliver(p.out(tc.m), tc.recovered); d.Done || d.Untried != tc.want {
				t.Errorf("Deliver gives %+v", d)
			}
		})
	}
}

// What the gate held was not tried; behind it, a piece that left counts.
func TestUntriedAtTheGate(t *testing.T) {
	t.Parallel()
	p, d := gated(t)
	d.shut = time.Second
	if got := p.deliver(p.out(words("x")), false); got.Done || !got.Untried {
		t.Errorf("held: %+v", got)
	}
	d.first = 1
	if got := p.deliver(p.out(words(long())), false); got.Done || got.Untried {
		t.Errorf("held after a piece: %+v", got)
	}
	d.shut = 0
	if got := p.deliver(p.out(words("x")), false); !got.Done || got.Untried {
		t.Errorf("open: %+v", got)
	}
}
