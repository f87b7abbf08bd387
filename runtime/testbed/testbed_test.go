package testbed_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"hoithoai/runtime/store"
	"hoithoai/runtime/store/model"
	"hoithoai/runtime/testbed"
)

func TestMain(m *testing.M) { testbed.Main(m) }

func TestBundlesLoad(t *testing.T) {
	t.Parallel()
	if n := len(testbed.Small(t).Program.Flows); n < 4 {
		t.Errorf("the small bundle has %d flows", n)
	}
	p := testbed.Load(t, testbed.Files(t, true)).Program
	if len(p.Tasks) != 1 || p.Tasks[0].Name != "ghi" {
		t.Errorf("the tasks are %v", p.Tasks)
	}
}

func TestFaulty(t *testing.T) {
	t.Parallel()
	for _, fault := range []testbed.Fault{testbed.Before, testbed.After} {
		s := model.New(store.Config{}, time.Now)
		f := testbed.NewFaulty(s, 2, fault)
		in := store.Accept{Key: "k", ID: store.ID8{1}, Body: []byte("x")}
		if _, err := f.Accept(t.Context(), in); err != nil {
			t.Fatal(err)
		}
		in.ID = store.ID8{2}
		if _, err := f.Accept(t.Context(), in); !errors.Is(err, store.ErrUnavailable) {
			t.Errorf("the second call gives %v", err)
		}
		if f.Failed() != "accept" || f.Calls() != 2 {
			t.Errorf("%q failed after %d calls", f.Failed(), f.Calls())
		}
		res, err := f.Accept(t.Context(), in)
		want := map[testbed.Fault]store.AcceptStatus{testbed.Before: store.Queued, testbed.After: store.Duplicate}[fault]
		if err != nil || res.Status != want {
			t.Errorf("fault %d: the repeat gives %v, %v, want %v", fault, res.Status, err, want)
		}
	}
}

func TestLogAndCounters(t *testing.T) {
	t.Parallel()
	log, c := &testbed.Log{}, testbed.NewCounters()
	log.Logger().DebugContext(context.Background(), "hello", "n", 1)
	c.Inc("x")
	c.Inc("x")
	if !strings.Contains(log.String(), `"msg":"hello","n":1`) || c.Count(t, "x") != 2 || c.Count(t, "y") != 0 {
		t.Errorf("log %q, counters %v", log, c.All(t))
	}
}

func TestSealersOfOneByte(t *testing.T) {
	t.Parallel()
	a, b := testbed.Sealer(t, 1), testbed.Sealer(t, 2)
	if a.Person("o", "p") != b.Person("o", "p") {
		t.Error("two keys name people differently")
	}
	packet, err := a.SealRecord("l", []byte("x"))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := b.OpenRecord("l", packet); err == nil {
		t.Error("another key opens the packet")
	}
}
