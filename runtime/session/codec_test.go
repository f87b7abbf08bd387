package session_test

import (
	"encoding/hex"
	"errors"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"hoithoai/dsl/golden"
	"hoithoai/dsl/program"
	"hoithoai/dsl/value"
	"hoithoai/runtime/session"
)

func TestCodecRoundTrip(t *testing.T) {
	t.Parallel()
	p := testProgram()
	rapid.Check(t, func(t *rapid.T) {
		want := drawSession(t, p)
		body := session.Append(nil, &want, p)
		var got session.Session
		if err := session.Decode(body, p, &got); err != nil {
			t.Fatalf("decode %x: %v", body, err)
		}
		if d := cmp.Diff(want, got, cmpopts.EquateEmpty()); d != "" {
			t.Fatalf("the session came back changed (-want +got):\n%s", d)
		}
		hash, err := session.ProgramOf(body)
		if err != nil || hash != want.Program {
			t.Fatalf("ProgramOf = %q, %v; want %q", hash, err, want.Program)
		}
	})
}

// What is decoded into a session that was used before must not shine through.
func TestDecodeForgetsWhatWasThere(t *testing.T) {
	t.Parallel()
	p := testProgram()
	rapid.Check(t, func(t *rapid.T) {
		got, want := drawSession(t, p), drawSession(t, p)
		if err := session.Decode(session.Append(nil, &want, p), p, &got); err != nil {
			t.Fatal(err)
		}
		if d := cmp.Diff(want, got, cmpopts.EquateEmpty()); d != "" {
			t.Fatalf("-want +got:\n%s", d)
		}
	})
}

func TestAppendKeepsWhatIsThere(t *testing.T) {
	t.Parallel()
	p := testProgram()
	s := session.Session{Program: p.Hash, Turn: 8}
	plain := session.Append(nil, &s, p)
	if got := session.Append([]byte("before"), &s, p); string(got) != "before"+string(plain) {
		t.Errorf("Append wrote %q behind its prefix, %q alone", got, plain)
	}
}

func TestDecodeRefusesEveryTruncation(t *testing.T) {
	t.Parallel()
	p := testProgram()
	s := fullSession(p)
	body := session.Append(nil, &s, p)
	s = newestSession(p)
	for _, body := range [][]byte{body, session.Append(nil, &s, p)} {
		for n := range len(body) {
			var got session.Session
			if err := session.Decode(body[:n], p, &got); err == nil {
				t.Errorf("the first %d of %d bytes pass as a session", n, len(body))
			}
		}
		var got session.Session
		if err := session.Decode(append(body, 0), p, &got); !errors.Is(err, session.ErrCorrupt) {
			t.Errorf("a byte too many gives %v", err)
		}
	}
}

func TestDecodeVersion(t *testing.T) {
	t.Parallel()
	p := testProgram()
	body := session.Append(nil, &session.Session{}, p)
	body[0] = session.Version + 1
	var s session.Session
	if err := session.Decode(body, p, &s); !errors.Is(err, session.ErrVersion) {
		t.Errorf("Decode of a later version: %v", err)
	}
	if _, err := session.ProgramOf(body); !errors.Is(err, session.ErrVersion) {
		t.Errorf("ProgramOf of a later version: %v", err)
	}
}

// A session of one program must never be read as one of another where positions do not exist.
func TestDecodeRefusesOtherPrograms(t *testing.T) {
	t.Parallel()
	p := testProgram()
	s := fullSession(p)
	body := session.Append(nil, &s, p)
	narrow := func(change func(q *program.Program)) *program.Program {
		q := testProgram()
		change(q)
		return q
	}
	for name, q := range map[string]*program.Program{
		"no flows":          narrow(func(q *program.Program) { q.Flows = nil }),
		"fewer steps":       narrow(func(q *program.Program) { q.Flows[0].Steps = q.Flows[0].Steps[:1] }),
		"fewer slots":       narrow(func(q *program.Program) { q.Flows[0].Slots = q.Flows[0].Slots[:3] }),
		"fewer options":     narrow(func(q *program.Program) { q.Flows[0].Slots[value.Choice-1].Type.Options = nil }),
		"no program":        nil,
		"fewer flows":       narrow(func(q *program.Program) { q.Flows = q.Flows[:1] }),
		"one step":          narrow(func(q *program.Program) { q.Flows[1].Steps = q.Flows[1].Steps[:1] }),
		"return is no step": narrow(func(q *program.Program) { q.Flows[0].Steps = q.Flows[0].Steps[:9] }),
	} {
		var got session.Session
		if err := session.Decode(body, q, &got); !errors.Is(err, session.ErrCorrupt) {
			t.Errorf("%s: Decode gives %v", name, err)
		}
	}
}

// fullSession uses every field of the layout.
func fullSession(p *program.Program) session.Session {
	media := []value.Media{{Kind: "image", URL: "https://photo.invalid/1", Name: "1.jpg", Size: 7}}
	return session.Session{
		Program: p.Hash, Status: session.Human, Turn: 264, First: 256, Seen: 1795485600000, Newest: 1795485590000,
		Until: 1795514400000, Desk: "truc_ban", Name: "Lan", Told: 3, Timer: 41, Armed: 41, Kept: 12, Fired: 1,
		Offer: session.Offer{Kind: session.OfferOption, Items: []int{0, 2}},
		Runs: []session.Run{
			{
				Flow: 0, Step: 3, Visit: 4, Wrong: 1, Return: 10, Entered: 1795485600000,
				Slots: []value.Value{
					{Kind: value.Text, S: "chữ"}, {Kind: value.Number, N: -3}, {Kind: value.Money, N: 15000}, {Kind: value.Date, N: 20781},
					{Kind: value.Phone, S: "0901234567"}, {Kind: value.Ward, S: "26743"}, {Kind: value.Choice, N: 2, S: "ba"},
					{Kind: value.YesNo, N: 1}, {Kind: value.Images, Media: media}, {}, {Kind: value.Place, S: "10.79, 106.78", Media: media},
				},
				Back: []session.Mark{{Step: 0}, {Step: 1, Set: 1}, {Step: 2, Set: 3}},
			},
			{Flow: 1, Step: 2, Link: session.Digression, Visit: 1, Return: program.None, Fixed: true, Slots: make([]value.Value, 64)},
		},
	}
}

// newestSession uses every field that layout 3 brought.
func newestSession(p *program.Program) session.Session {
	s := fullSession(p)
	s.Offer = session.Offer{Kind: session.OfferErase}
	s.Draft = session.Draft{Text: "dạ cho tôi hỏi\ntạm trú", Gen: 42, Since: s.Seen - 2500}
	s.Agreed = []session.Consent{{Name: "bao_tin", Version: 3, At: s.Seen - 86_400_000, Text: 0x0102030405060708}}
	story := []value.Media{
		{Kind: "text", Text: "Tối qua có hai người lạ"}, {Kind: "video", URL: "https://video.invalid/1", Size: 9}, {Kind: "location", Lat: "10.79", Long: "106.78", Text: "Cổng chợ"},
	}
	s.Runs[0] = session.Run{
		Flow: 3, Step: 1, Visit: 2, Return: program.None, Entered: s.Seen,
		Slots: []value.Value{{Kind: value.Choices, N: 1<<62 | 5}, {Kind: value.Story, Media: story}, {}},
		Again: []value.Value{{}, {Kind: value.Story, Media: story[:1]}, {Kind: value.Text, S: "Lan"}},
	}
	return s
}

// The stored layout must not change by accident: people are in the middle of it.
func TestLayoutIsStable(t *testing.T) {
	t.Parallel()
	p := testProgram()
	s := fullSession(p)
	golden.Assert(t, filepath.Join("testdata", "layout_v1.hex"), []byte(hex.Dump(session.Append(nil, &s, p))))
	s.Alarmed = s.Seen - 1000
	golden.Assert(t, filepath.Join("testdata", "layout_v2.hex"), []byte(hex.Dump(session.Append(nil, &s, p))))
	s = newestSession(p)
	golden.Assert(t, filepath.Join("testdata", "layout_v3.hex"), []byte(hex.Dump(session.Append(nil, &s, p))))
	s = fullSession(p)
	s.Wait = session.Wait{Desk: "cu_tru", Since: s.Seen - 3_600_000, Gen: 42, Told: true}
	golden.Assert(t, filepath.Join("testdata", "layout_v3_wait.hex"), []byte(hex.Dump(session.Append(nil, &s, p))))
	s = fullSession(p)
	s.Later = "can_cuoc_cap_doi"
	golden.Assert(t, filepath.Join("testdata", "layout_v3_later.hex"), []byte(hex.Dump(session.Append(nil, &s, p))))
	s = fullSession(p)
	s.Office, s.Person = "3886132808788086450", "7700000000000001"
	golden.Assert(t, filepath.Join("testdata", "layout_v3_address.hex"), []byte(hex.Dump(session.Append(nil, &s, p))))
}

// Each session is written in the oldest layout that holds it: an earlier release goes on reading all it can.
func TestOldestLayout(t *testing.T) {
	t.Parallel()
	p := testProgram()
	told := func(m value.Media) func(*session.Session) {
		return func(s *session.Session) { s.Runs[0].Slots[8].Media = []value.Media{m} }
	}
	for name, c := range map[string]struct {
		change func(*session.Session)
		want   byte
	}{
		"nothing new":         {func(*session.Session) {}, 1},
		"an alarm":            {func(s *session.Session) { s.Alarmed = s.Seen }, 2},
		"a draft":             {func(s *session.Session) { s.Draft.Gen = 1 }, 3},
		"a draft of an alarm": {func(s *session.Session) { s.Draft.Gen, s.Alarmed = 1, s.Seen }, 3},
		"a consent":           {func(s *session.Session) { s.Agreed = make([]session.Consent, 1) }, 3},
		"a later request":     {func(s *session.Session) { s.Later = "x" }, 3},
		"an address":          {func(s *session.Session) { s.Person = "1" }, 3},
		"a wait":              {func(s *session.Session) { s.Wait.Gen = 1 }, 3},
		"no consent":          {func(s *session.Session) { s.Agreed = []session.Consent{} }, 1},
		"an old offer":        {func(s *session.Session) { s.Offer.Kind = session.OfferFlow }, 1},
		"a new offer":         {func(s *session.Session) { s.Offer.Kind = session.OfferEdit }, 3},
		"a correction":        {func(s *session.Session) { s.Runs[1].Again = make([]value.Value, 64) }, 3},
		"a picture":           {told(value.Media{Kind: "image", Name: "x"}), 1},
		"words":               {told(value.Media{Kind: "image", Text: "x"}), 3},
		"several options":     {func(s *session.Session) { s.Runs[0].Slots[1] = value.Value{Kind: value.Choices, N: 3} }, 3},
	} {
		s := fullSession(p)
		c.change(&s)
		if got := session.Append(nil, &s, p)[0]; got != c.want {
			t.Errorf("%s is written as version %d, want %d", name, got, c.want)
		}
	}
}

// An alarm costs one byte at the end, and one layout is never read as another.
func TestLayoutsApart(t *testing.T) {
	t.Parallel()
	p := testProgram()
	s := fullSession(p)
	v1 := session.Append(nil, &s, p)
	s.Alarmed = s.Seen
	v2 := session.Append(nil, &s, p)
	if v1[0] != 1 || v2[0] != 2 || string(v2[1:]) != string(v1[1:])+"\x00" {
		t.Fatalf("an alarm costs more than a byte at the end: %x, then %x", v1, v2)
	}
	var got session.Session
	if err := session.Decode(v2, p, &got); err != nil || got.Alarmed != s.Seen {
		t.Errorf("the alarm is read as %d, %v", got.Alarmed, err)
	}
	s = newestSession(p)
	bodies := map[byte][]byte{1: v1, 2: v2, 3: session.Append(nil, &s, p)}
	for version, body := range bodies {
		for other := range bodies {
			err := session.Decode(append([]byte{other}, body[1:]...), p, &got)
			if other != version && !errors.Is(err, session.ErrCorrupt) {
				t.Errorf("version %d read as version %d: %v", version, other, err)
			}
		}
	}
	none := session.Append(nil, &session.Session{Alarmed: 1}, p)
	none[len(none)-1] = 0 // Seen is 0: the alarm would be at 0, which is none
	if err := session.Decode(none, p, &got); !errors.Is(err, session.ErrCorrupt) {
		t.Errorf("version 2 without an alarm: %v", err)
	}
}

func TestTurns(t *testing.T) {
	t.Parallel()
	var s session.Session
	var last uint32
	for i, b := range []session.Bubble{session.Question, 1, session.LastLine, session.Offered, session.Question} {
		turn := s.NextTurn(b)
		if turn <= last || s.Turn != turn || session.BubbleOf(turn) != b {
			t.Errorf("turn %d of bubble %d is %d after %d, read back as %d", i, b, turn, last, session.BubbleOf(turn))
		}
		last = turn
	}
}

func TestMarkOf(t *testing.T) {
	t.Parallel()
	r := session.Run{Slots: make([]value.Value, 64)}
	r.Slots[0] = value.Value{Kind: value.YesNo}
	r.Slots[63] = value.Value{Kind: value.Text, S: "x"}
	m := r.MarkOf(7)
	for i := range r.Slots {
		if m.Has(i) != r.Slots[i].IsSet() {
			t.Errorf("slot %d: Has is %v", i, m.Has(i))
		}
	}
	if m.Step != 7 {
		t.Errorf("the mark is of step %d", m.Step)
	}
}

func FuzzDecode(f *testing.F) {
	p := testProgram()
	s := fullSession(p)
	f.Add(session.Append(nil, &s, p))
	f.Add(session.Append(nil, &session.Session{}, p))
	s = newestSession(p)
	f.Add(session.Append(nil, &s, p))
	f.Add([]byte{session.Version, 2, 0xff, 0xff, 0xff, 0xff, 0x0f})
	f.Add([]byte{session.Version, 0, 1, 0, 0, 0, 0, 0, 0xff, 0xff, 0xff, 0xff, 0x0f})
	f.Fuzz(func(t *testing.T, b []byte) {
		var s session.Session
		if err := session.Decode(b, p, &s); err != nil {
			return
		}
		for i := range s.Runs {
			r := &s.Runs[i]
			if r.Flow >= len(p.Flows) || r.Step >= len(p.Flows[r.Flow].Steps) || len(r.Slots) != len(p.Flows[r.Flow].Slots) {
				t.Fatalf("run %d points outside the program: %+v", i, r)
			}
		}
		var again session.Session
		if err := session.Decode(session.Append(nil, &s, p), p, &again); err != nil {
			t.Fatalf("what was decoded does not encode: %v", err)
		}
		if d := cmp.Diff(s, again, cmpopts.EquateEmpty()); d != "" {
			t.Fatalf("-first +again:\n%s", d)
		}
	})
}

// Bytes that promise much must not make the decoder reserve it. Not parallel: allocations are counted for the process.
func TestDecodeAllocatesWhatIsThere(t *testing.T) {
	p := testProgram()
	promises := []byte{session.Version, 0, 1, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0xff, 0xff, 0xff, 0xff, 0x0f}
	allocs := testing.AllocsPerRun(100, func() {
		var s session.Session
		if err := session.Decode(promises, p, &s); err == nil {
			t.Error("a promise passes as a session")
		}
	})
	if allocs > 12 {
		t.Errorf("refusing allocates %.0f times", allocs)
	}
}

func BenchmarkAppend(b *testing.B) {
	p := testProgram()
	s := fullSession(p)
	var buf []byte
	b.ReportAllocs()
	for b.Loop() {
		buf = session.Append(buf[:0], &s, p)
	}
	b.ReportMetric(float64(len(buf)), "B/session")
}

func BenchmarkDecode(b *testing.B) {
	p := testProgram()
	s := fullSession(p)
	body := session.Append(nil, &s, p)
	b.ReportAllocs()
	for b.Loop() {
		var got session.Session
		if err := session.Decode(body, p, &got); err != nil {
			b.Fatal(err)
		}
	}
}
