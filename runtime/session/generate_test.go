package session_test

import (
	"strconv"
	"strings"

	"pgregory.net/rapid"

	"hoithoai/dsl/program"
	"hoithoai/dsl/value"
	"hoithoai/runtime/session"
)

// testProgram has a flow with a slot of every kind that the first layouts know, one with 64 slots, one without any and one
// with the kinds that layout 3 brought.
func testProgram() *program.Program {
	kinds := &program.Flow{Name: "kinds", Steps: steps(12)}
	for k := value.Text; k <= value.Place; k++ {
		t := value.Type{Kind: k}
		if k == value.Choice {
			t.Options = []value.Option{{Name: "mot"}, {Name: "hai"}, {Name: "ba"}}
		}
		kinds.Slots = append(kinds.Slots, program.Slot{Name: "s" + strconv.Itoa(int(k)), Type: t})
	}
	wide := &program.Flow{Name: "wide", Steps: steps(3)}
	for i := range 64 {
		wide.Slots = append(wide.Slots, program.Slot{Name: "n" + strconv.Itoa(i), Type: value.Type{Kind: value.Number}})
	}
	bare := &program.Flow{Name: "bare", Steps: steps(1)}
	newer := &program.Flow{Name: "newer", Steps: steps(2), Slots: []program.Slot{
		{Name: "chon", Type: value.Type{Kind: value.Choices, Options: manyOptions(63)}},
		{Name: "ke", Type: value.Type{Kind: value.Story}},
		{Name: "ten", Type: value.Type{Kind: value.Text}},
	}}
	return &program.Program{Hash: strings.Repeat("0a1b2c3d", 8), Flows: []*program.Flow{kinds, wide, bare, newer}}
}

func manyOptions(n int) []value.Option {
	out := make([]value.Option, n)
	for i := range out {
		out[i] = value.Option{Name: "o" + strconv.Itoa(i)}
	}
	return out
}

func steps(n int) []*program.Step {
	out := make([]*program.Step, n)
	for i := range out {
		out[i] = &program.Step{Index: i}
	}
	return out
}

// drawSession draws any session of p that the engine could hold, and some it could not.
func drawSession(t *rapid.T, p *program.Program) session.Session {
	seen := rapid.Int64Range(0, 1<<50).Draw(t, "seen")
	s := session.Session{
		Program: rapid.SampledFrom([]string{"", p.Hash, "not a hash", strings.Repeat("AB", 32), strings.Repeat("zz", 32)}).Draw(t, "program"),
		Status:  session.Status(rapid.IntRange(0, 3).Draw(t, "status")),
		Turn:    rapid.Uint32().Draw(t, "turn"),
		First:   rapid.Uint32().Draw(t, "first"),
		Seen:    seen,
		Newest:  seen + rapid.Int64Range(-1e9, 1e9).Draw(t, "newest"),
		Until:   rapid.SampledFrom([]int64{0, seen, seen + 28_800_000}).Draw(t, "until"),
		Desk:    rapid.SampledFrom([]string{"", "truc_ban"}).Draw(t, "desk"),
		Name:    rapid.SampledFrom([]string{"", "Lan", "Nguyễn Thị Ánh"}).Draw(t, "name"),
		Told:    rapid.Byte().Draw(t, "told"),
		Timer:   rapid.Uint32().Draw(t, "timer"),
		Armed:   rapid.Uint32().Draw(t, "armed"),
		Kept:    rapid.Uint32().Draw(t, "kept"),
		Fired:   rapid.IntRange(0, 9).Draw(t, "fired"),
		Alarmed: rapid.SampledFrom([]int64{0, 0, seen, seen - 600_000, seen + 1}).Draw(t, "alarmed"),
	}
	if rapid.Bool().Draw(t, "offers") {
		s.Offer.Kind = session.OfferKind(rapid.IntRange(1, int(session.OfferErase)).Draw(t, "offer"))
		s.Offer.Items = rapid.SliceOfN(rapid.IntRange(0, 99), 1, 4).Draw(t, "items")
	}
	s.Runs = []session.Run{}
	for range rapid.IntRange(0, 3).Draw(t, "runs") {
		s.Runs = append(s.Runs, drawRun(t, p, seen))
	}
	if rapid.IntRange(0, 2).Draw(t, "drafts") == 0 {
		s.Draft = session.Draft{Text: words.Draw(t, "draft"), Gen: rapid.Uint32().Draw(t, "gen"), Since: seen - rapid.Int64Range(0, 60_000).Draw(t, "since")}
	}
	if rapid.IntRange(0, 2).Draw(t, "waits") == 0 {
		s.Later = "tam_tru"
		s.Wait = session.Wait{
			Desk: rapid.SampledFrom([]string{"", "truc_ban"}).Draw(t, "desk waited for"), Since: seen - rapid.Int64Range(-9, 1e9).Draw(t, "waiting since"),
			Gen: rapid.Uint32().Draw(t, "wait"), Told: rapid.Bool().Draw(t, "apologised"),
		}
	}
	for range max(0, rapid.IntRange(-2, 2).Draw(t, "agreed")) {
		s.Agreed = append(s.Agreed, session.Consent{
			Name: words.Draw(t, "consent"), Version: rapid.IntRange(1, 1000).Draw(t, "version"), At: seen, Text: rapid.Uint64().Draw(t, "hash"),
		})
	}
	if rapid.Bool().Draw(t, "addressed") {
		s.Office, s.Person = ids.Draw(t, "office"), ids.Draw(t, "person")
	}
	return s
}

// ids are names of the channel's, and what only looks like one.
var ids = rapid.SampledFrom([]string{"", "3886132808788086450", "18446744073709551615", "18446744073709551616", "0", "007", "+7", "người", "1"})

func drawRun(t *rapid.T, p *program.Program, seen int64) session.Run {
	flow := rapid.IntRange(0, len(p.Flows)-1).Draw(t, "flow")
	f := p.Flows[flow]
	step := func(name string) int { return rapid.IntRange(0, len(f.Steps)-1).Draw(t, name) }
	r := session.Run{
		Flow: flow, Step: step("step"), Return: rapid.SampledFrom([]int{program.None, step("return")}).Draw(t, "rồi"),
		Link:    session.Link(rapid.IntRange(0, 2).Draw(t, "link")),
		Visit:   rapid.Uint32().Draw(t, "visit"),
		Wrong:   rapid.IntRange(0, 99).Draw(t, "wrong"),
		Entered: seen + rapid.Int64Range(-1e9, 1e9).Draw(t, "entered"),
		Fixed:   rapid.Bool().Draw(t, "fixed"),
		Slots:   make([]value.Value, len(f.Slots)),
	}
	odd := rapid.IntRange(0, 9).Draw(t, "odd") == 0
	drawSlots(t, r.Slots, f, odd)
	if rapid.IntRange(0, 4).Draw(t, "corrects") == 0 {
		r.Again = make([]value.Value, len(f.Slots))
		drawSlots(t, r.Again, f, odd)
	}
	for range rapid.IntRange(0, 16).Draw(t, "marks") {
		m := session.Mark{Step: step("mark")}
		if n := len(f.Slots); n > 0 {
			m.Set = rapid.Uint64().Draw(t, "marked") >> (64 - n)
		}
		r.Back = append(r.Back, m)
	}
	return r
}

func drawSlots(t *rapid.T, dst []value.Value, f *program.Flow, odd bool) {
	for i := range dst {
		if rapid.Bool().Draw(t, "set") {
			dst[i] = drawValue(t, f.Slots[i].Type, odd)
		}
	}
}

var words = rapid.SampledFrom([]string{"x", "Tổ 5, hẻm 12", "0901234567", "0", "00", "+84901234567", "090123456789012345678", strings.Repeat("dài ", 99)})

func drawValue(t *rapid.T, of value.Type, odd bool) value.Value {
	v := value.Value{Kind: of.Kind}
	if odd {
		return value.Value{Kind: value.Kind(rapid.IntRange(1, int(value.Story)).Draw(t, "kind")), N: rapid.Int64().Draw(t, "n"), S: words.Draw(t, "s")}
	}
	switch of.Kind {
	case value.Number, value.Money, value.Date:
		v.N = rapid.Int64().Draw(t, "n")
	case value.YesNo:
		v.N = rapid.Int64Range(0, 1).Draw(t, "yes")
	case value.Choice:
		v.N = rapid.Int64Range(0, 2).Draw(t, "option")
		v.S = of.Options[v.N].Name
	case value.Choices:
		v.N = rapid.Int64Range(0, 1<<len(of.Options)-1).Draw(t, "set")
	case value.Images, value.Files:
		v.Media = drawMedia(t)
	case value.Story:
		v.Media = drawMedia(t)
		for range rapid.IntRange(0, 2).Draw(t, "told") {
			v.Media = append(v.Media, value.Media{Kind: "text", Text: words.Draw(t, "piece")})
		}
	case value.Place:
		v.S, v.Media = words.Draw(t, "s"), drawMedia(t)
	default:
		v.S = words.Draw(t, "s")
	}
	return v
}

func drawMedia(t *rapid.T) []value.Media {
	var out []value.Media
	for range rapid.IntRange(0, 3).Draw(t, "media") {
		out = append(out, value.Media{
			Kind: "image", URL: "https://photo.invalid/" + words.Draw(t, "url"), Name: words.Draw(t, "name"),
			Size: rapid.Int64().Draw(t, "size"), Lat: "10.79", Long: "106.78",
		})
	}
	return out
}
