package bench

import (
	"bytes"
	"compress/gzip"
	"encoding/binary"
	"errors"
	"math"
	"runtime"
	"runtime/pprof"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// message writes fields of protocol buffers as the other end of fields.
type message []byte

func (m message) number(field int, v uint64) message {
	return binary.AppendUvarint(binary.AppendUvarint(m, uint64(field)<<3), v)
}

func (m message) bytes(field int, b []byte) message {
	return append(binary.AppendUvarint(binary.AppendUvarint(m, uint64(field)<<3|2), uint64(len(b))), b...)
}

func packed(numbers ...uint64) (b []byte) {
	for _, n := range numbers {
		b = binary.AppendUvarint(b, n)
	}
	return b
}

// profileOf is a profile of stacks, each seen for so many nanoseconds; functions are numbered as they come.
func profileOf(t testing.TB, stacks map[uint64][]string) []byte {
	t.Helper()
	m := message{}.bytes(6, nil)
	n := uint64(0)
	for nanos, stack := range stacks {
		var locations []uint64
		for _, f := range stack {
			n++
			locations = append(locations, n)
			m = m.bytes(4, message{}.number(1, n).bytes(4, message{}.number(1, n).number(2, 7))).
				bytes(5, message{}.number(1, n).number(2, n)).bytes(6, []byte(f))
		}
		m = m.bytes(2, message{}.bytes(1, packed(locations...)).bytes(2, packed(1, nanos)))
	}
	return zipped(t, m)
}

func zipped(t testing.TB, b []byte) []byte {
	t.Helper()
	var out bytes.Buffer
	z := gzip.NewWriter(&out)
	if _, err := z.Write(b); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// What a profile says is divided as the processes' own counts say, whatever the profile's own sum is.
func TestCosts(t *testing.T) {
	t.Parallel()
	p, err := readProfile(profileOf(t, map[uint64][]string{
		10: {"runtime.mallocgc", "hoithoai/runtime/store/redis.(*Store).run", "hoithoai/runtime/bench.(*counted).Accept", "net/http.(*conn).serve"},
		20: {"syscall.write", "net/http.(*conn).serve"},
		30: {"hoithoai/runtime/engine.(*Engine).Step", "hoithoai/runtime/actor.(*run).step"},
		25: {"crypto/internal/fips140/aes/gcm.seal", "hoithoai/runtime/store/seal.(*Sealer).Seal", "hoithoai/runtime/actor.Entry", "net/http.(*conn).serve"},
		5:  {"net/http.ReadResponse", "hoithoai/runtime/bench.(*wire).post"},
		6:  {"runtime.gcBgMarkWorker"},
		4:  {"time.sendTime", "hoithoai/runtime/bench.(*world).pace"},
	}))
	if err != nil {
		t.Fatal(err)
	}
	got := costs(p, 200*time.Microsecond, 50*time.Microsecond, 2)
	want := []Cost{
		{PartServer, 25}, {PartClient, 10}, {PartDoor, 20}, {PartStep, 30}, {PartActor, 25}, {PartGenerator, 9}, {PartRuntime, 6},
	}
	if len(got) != len(want) {
		t.Fatalf("%d parts, want %d", len(got), len(want))
	}
	for i := range want {
		if got[i].Part != want[i].Part || math.Abs(got[i].Micros-want[i].Micros) > 1e-9 {
			t.Errorf("part %d is %+v, want %+v", i, got[i], want[i])
		}
	}
}

// A round without a sample costs what the processes counted, and no part is said to have it.
func TestCostsOfNothing(t *testing.T) {
	t.Parallel()
	for _, c := range costs(&profile{}, time.Second, 0, 0) {
		if c.Micros != 0 {
			t.Errorf("%s takes %v µs", c.Part, c.Micros)
		}
	}
}

// A profile of the Go runtime itself is read: that of blocking has the form of that of CPU, and comes without waiting for time
// to pass. Not parallel: profiling is of the process.
func TestReadProfileOfTheRuntime(t *testing.T) {
	runtime.SetBlockProfileRate(1)
	defer runtime.SetBlockProfileRate(0)
	blockHere()
	var out bytes.Buffer
	if err := pprof.Lookup("block").WriteTo(&out, 0); err != nil {
		t.Fatal(err)
	}
	p, err := readProfile(out.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range p.samples {
		if slices.ContainsFunc(p.stack(s), func(f string) bool { return strings.HasSuffix(f, "bench.blockHere") }) {
			return
		}
	}
	t.Errorf("none of %d samples shows the function that blocked", len(p.samples))
}

//go:noinline
func blockHere() {
	c := make(chan struct{})
	go close(c)
	for range 100 { // until it is certain that one receive had to wait
		d := make(chan struct{})
		go func() {
			runtime.Gosched()
			close(d)
		}()
		<-d
	}
	<-c
}

func TestReadProfileRefuses(t *testing.T) {
	t.Parallel()
	whole := profileOf(t, map[uint64][]string{1: {"f"}})
	for name, b := range map[string][]byte{
		"nothing":           {},
		"not packed":        []byte("profile"),
		"cut":               whole[:len(whole)-9],
		"field cut":         zipped(t, []byte{6<<3 | 2, 9, 'x'}),
		"number cut":        zipped(t, []byte{1 << 3, 0x80}),
		"no value":          zipped(t, []byte{1 << 3}),
		"fixed field":       zipped(t, []byte{1<<3 | 1, 0}),
		"sample of one":     zipped(t, message{}.bytes(2, message{}.bytes(2, packed(1)))),
		"packed number cut": zipped(t, message{}.bytes(2, message{}.bytes(1, []byte{0x80}))),
		"location cut":      zipped(t, message{}.bytes(4, message{}.bytes(4, []byte{0x80}))),
		"function cut":      zipped(t, message{}.bytes(5, []byte{1 << 3})),
	} {
		if _, err := readProfile(b); !errors.Is(err, errProfile) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// Names that are not there are left out, numbers that are not packed are read.
func TestStackOfStrangeProfile(t *testing.T) {
	t.Parallel()
	m := message{}.bytes(6, nil).bytes(6, []byte("f")).
		bytes(5, message{}.number(1, 1).number(2, 1)).bytes(5, message{}.number(1, 2).number(2, 99)).
		bytes(4, message{}.number(1, 1).bytes(4, message{}.number(1, 2)).bytes(4, message{}.number(1, 1))).
		bytes(2, message{}.number(1, 1).number(1, 77).number(2, 1).number(2, 9))
	p, err := readProfile(zipped(t, m))
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff([]string{"f"}, p.stack(p.samples[0])); d != "" || p.samples[0].nanos != 9 {
		t.Errorf("%+v: %s", p.samples, d)
	}
}

func FuzzReadProfile(f *testing.F) {
	for _, stacks := range []map[uint64][]string{{}, {1: {"f", "g"}}, {3: {"hoithoai/runtime/engine.x"}}} {
		z, err := gzip.NewReader(bytes.NewReader(profileOf(f, stacks)))
		if err != nil {
			f.Fatal(err)
		}
		var raw bytes.Buffer
		if _, err := raw.ReadFrom(z); err != nil {
			f.Fatal(err)
		}
		f.Add(raw.Bytes())
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		p, err := readProfile(zipped(t, raw))
		if err != nil {
			return
		}
		for _, s := range p.samples {
			if part := partOf(p.stack(s)); part == "" {
				t.Fatal("a stack of no part")
			}
		}
	})
}
