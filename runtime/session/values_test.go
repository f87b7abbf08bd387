package session

import (
	"math"
	"testing"

	"github.com/google/go-cmp/cmp"

	"hoithoai/dsl/program"
	"hoithoai/dsl/value"
)

func TestPackPhone(t *testing.T) {
	t.Parallel()
	for s, ok := range map[string]bool{
		"0912345678": true, "02838291234": true, "0901234567": true, "01": true,
		"": false, "0": false, "00": false, "0012": false, "912345678": false, "+84912345678": false, "0+12": false, "09 12": false,
		"0912345678901234": false, "0abc": false, "0९": false,
	} {
		n, got := packPhone(s)
		if got != ok {
			t.Errorf("packPhone(%q) = %v, want %v", s, got, ok)
			continue
		}
		if !ok {
			continue
		}
		r := reader{b: (&writer{}).typed(nil, &value.Value{Kind: value.Phone, S: s})}
		if back := r.typed(&value.Type{Kind: value.Phone}); back.S != s || r.err != nil {
			t.Errorf("%q packs to %d and comes back as %q, %v", s, n, back.S, r.err)
		}
	}
}

var choice = value.Type{Kind: value.Choice, Options: []value.Option{{Name: "a"}, {Name: "b"}}}

var several = value.Type{Kind: value.Choices, Options: choice.Options}

// fits decides whether a value may be written without its kind; whatever it lets pass must come back unchanged.
func TestFits(t *testing.T) {
	t.Parallel()
	media := []value.Media{{Kind: "image", URL: "u", Text: "w"}}
	kind := func(k value.Kind) value.Type { return value.Type{Kind: k} }
	for name, c := range map[string]struct {
		v    value.Value
		t    value.Type
		want bool
	}{
		"a number":                      {value.Value{Kind: value.Number, N: math.MinInt64}, kind(value.Number), true},
		"a number with a text":          {value.Value{Kind: value.Number, S: "x"}, kind(value.Number), false},
		"a number for an amount":        {value.Value{Kind: value.Number}, kind(value.Money), false},
		"a date":                        {value.Value{Kind: value.Date, N: -1}, kind(value.Date), true},
		"a text":                        {value.Value{Kind: value.Text, S: "x"}, kind(value.Text), true},
		"a text with a number":          {value.Value{Kind: value.Text, S: "x", N: 1}, kind(value.Text), false},
		"a text with a picture":         {value.Value{Kind: value.Text, Media: media}, kind(value.Text), false},
		"a ward":                        {value.Value{Kind: value.Ward, S: "26743"}, kind(value.Ward), true},
		"an option":                     {value.Value{Kind: value.Choice, N: 1, S: "b"}, choice, true},
		"an option of another name":     {value.Value{Kind: value.Choice, N: 1, S: "a"}, choice, false},
		"no such option":                {value.Value{Kind: value.Choice, N: 2, S: "c"}, choice, false},
		"an option before the first":    {value.Value{Kind: value.Choice, N: -1, S: "a"}, choice, false},
		"a phone":                       {value.Value{Kind: value.Phone, S: "0912345678"}, kind(value.Phone), true},
		"a phone that cannot be packed": {value.Value{Kind: value.Phone, S: "+84912345678"}, kind(value.Phone), false},
		"pictures":                      {value.Value{Kind: value.Images, Media: media}, kind(value.Images), true},
		"pictures with a text":          {value.Value{Kind: value.Images, S: "x", Media: media}, kind(value.Images), false},
		"a place":                       {value.Value{Kind: value.Place, S: "x", Media: media}, kind(value.Place), true},
		"a place with a number":         {value.Value{Kind: value.Place, N: 1}, kind(value.Place), false},
		"yes":                           {value.Value{Kind: value.YesNo, N: 1}, kind(value.YesNo), true},
		"yes with a text":               {value.Value{Kind: value.YesNo, N: 1, S: "có"}, kind(value.YesNo), false},
		"several options":               {value.Value{Kind: value.Choices, N: 3}, several, true},
		"no option":                     {value.Value{Kind: value.Choices}, several, true},
		"an option behind the last":     {value.Value{Kind: value.Choices, N: 4}, several, false},
		"every bit":                     {value.Value{Kind: value.Choices, N: -1}, several, false},
		"options with a text":           {value.Value{Kind: value.Choices, N: 1, S: "a"}, several, false},
		"a story":                       {value.Value{Kind: value.Story, Media: media}, kind(value.Story), true},
		"a story with a number":         {value.Value{Kind: value.Story, N: 1, Media: media}, kind(value.Story), false},
		"a kind of the future":          {value.Value{Kind: 99}, kind(99), false},
	} {
		if got := fits(&c.v, &c.t); got != c.want {
			t.Errorf("%s: fits is %v", name, got)
		}
		if !c.want {
			continue
		}
		r := reader{version: Version, b: (&writer{words: true}).typed(nil, &c.v)}
		if d := cmp.Diff(c.v, r.typed(&c.t)); d != "" || r.err != nil || len(r.b) != 0 {
			t.Errorf("%s comes back changed, %v, %d bytes left:\n%s", name, r.err, len(r.b), d)
		}
	}
}

// What does not fit is written with its kind, for the whole run.
func TestOddValues(t *testing.T) {
	t.Parallel()
	p := &program.Program{Flows: []*program.Flow{{
		Steps: []*program.Step{{}},
		Slots: []program.Slot{{Type: choice}, {Type: value.Type{Kind: value.Text}}, {Type: value.Type{Kind: value.Number}}},
	}}}
	s := Session{Runs: []Run{{Return: program.None, Slots: []value.Value{
		{Kind: value.Choice, N: 1, S: "of an older program"}, {Kind: value.Text, S: "x"}, {},
	}}}}
	var got Session
	if err := Decode(Append(nil, &s, p), p, &got); err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(s, got); d != "" {
		t.Errorf("-want +got:\n%s", d)
	}
}

func TestReaderRefuses(t *testing.T) {
	t.Parallel()
	endless := []byte{0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01}
	for name, read := range map[string]func(*reader){
		"a number without end": func(r *reader) { r.uvarint() },
		"a signed one":         func(r *reader) { r.varint() },
		"a counter":            func(r *reader) { r.uint32() },
		"a text too long":      func(r *reader) { r.text() },
		"too many pictures":    func(r *reader) { r.media() },
		"a position":           func(r *reader) { r.below(3, "x") },
		"a distance":           func(r *reader) { r.near32(5) },
		"a small count":        func(r *reader) { r.small("x") },
	} {
		r := reader{b: endless}
		if read(&r); r.err == nil {
			t.Errorf("%s passes", name)
		}
	}
}

// After the first failure everything is zero and the error stays the first.
func TestReaderStaysFailed(t *testing.T) {
	t.Parallel()
	r := reader{b: []byte{5, 1, 2, 3}}
	r.text()
	first := r.err
	if first == nil {
		t.Fatal("a text longer than the bytes passes")
	}
	if c, n, s := r.byte(), r.uvarint(), r.text(); c != 0 || n != 0 || s != "" || r.media() != nil {
		t.Errorf("after a failure: %d %d %q", c, n, s)
	}
	if r.err != first {
		t.Errorf("the error becomes %v", r.err)
	}
}

func TestRawHash(t *testing.T) {
	t.Parallel()
	const hex64 = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
	for hash, ok := range map[string]bool{hex64: true, hex64[1:]: false, hex64[1:] + "G": false, "F" + hex64[1:]: false, "": false} {
		if _, got := rawHashOf(hash); got != ok {
			t.Errorf("rawHashOf(%q) = %v", hash, got)
		}
		r := reader{b: append([]byte{Version}, appendHash(nil, hash)...)}
		if back := r.head(); back != hash || r.err != nil {
			t.Errorf("%q comes back as %q, %v", hash, back, r.err)
		}
	}
}

// The hash of the program at hand is not copied.
func TestKnownHashIsShared(t *testing.T) {
	p := &program.Program{Hash: "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"}
	body := Append(nil, &Session{Program: p.Hash}, p)
	var s Session
	if n := testing.AllocsPerRun(100, func() {
		if err := Decode(body, p, &s); err != nil {
			t.Fatal(err)
		}
	}); n > 0 {
		t.Errorf("decoding an idle session allocates %.0f times", n)
	}
}
