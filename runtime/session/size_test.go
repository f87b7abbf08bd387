package session_test

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"hoithoai/dsl/program"
	"hoithoai/dsl/value"
	"hoithoai/runtime/session"
)

// What a session costs to store, field by field: a change that makes everybody's session larger must be seen.
func TestStoredSizes(t *testing.T) {
	t.Parallel()
	p := testProgram()
	const now = 1795485600000
	idle := session.Session{Program: p.Hash, Turn: 264, First: 264, Seen: now, Newest: now, Timer: 40}
	waiting := func(change func(*session.Session, *session.Run)) session.Session {
		s := idle
		s.Status, s.Armed, s.Kept = session.Waiting, 40, 1
		s.Runs = []session.Run{{Step: 3, Visit: 4, Return: program.None, Entered: now, Slots: make([]value.Value, 11)}}
		change(&s, &s.Runs[0])
		return s
	}
	for name, c := range map[string]struct {
		s    session.Session
		most int
	}{
		"idle":           {idle, 48},
		"waiting":        {waiting(func(*session.Session, *session.Run) {}), 58},
		"with a number":  {waiting(func(_ *session.Session, r *session.Run) { r.Slots[1] = value.Value{Kind: value.Number, N: 52} }), 59},
		"with an option": {waiting(func(_ *session.Session, r *session.Run) { r.Slots[6] = value.Value{Kind: value.Choice, N: 2, S: "ba"} }), 59},
		"with a phone":   {waiting(func(_ *session.Session, r *session.Run) { r.Slots[4] = value.Value{Kind: value.Phone, S: "0901234567"} }), 63},
		"with a date":    {waiting(func(_ *session.Session, r *session.Run) { r.Slots[3] = value.Value{Kind: value.Date, N: 20781} }), 61},
		"with a text": {waiting(func(_ *session.Session, r *session.Run) {
			r.Slots[0] = value.Value{Kind: value.Text, S: strings.Repeat("x", 100)}
		}), 159},
		"with a name":     {waiting(func(s *session.Session, _ *session.Run) { s.Name = "Lan" }), 62},
		"with ten marks":  {waiting(func(_ *session.Session, r *session.Run) { r.Back = tenMarks() }), 79},
		"with an alarm":   {waiting(func(s *session.Session, _ *session.Run) { s.Alarmed = now }), 59},
		"with an officer": {waiting(func(s *session.Session, _ *session.Run) { s.Until, s.Desk = now+28_800_000, "truc_ban" }), 73},
	} {
		if n := len(session.Append(nil, &c.s, p)); n > c.most {
			t.Errorf("%s: %d bytes, at most %d before", name, n, c.most)
		}
	}
}

// tenMarks is a history in which every step set one slot.
func tenMarks() []session.Mark {
	var out []session.Mark
	for i := range 10 {
		out = append(out, session.Mark{Step: i, Set: 1<<i - 1})
	}
	return out
}

// A flipped bit or a torn write must never make a session that points outside the program, nor a panic.
func TestDecodeDamaged(t *testing.T) {
	t.Parallel()
	p := testProgram()
	rapid.Check(t, func(t *rapid.T) {
		s := drawSession(t, p)
		body := session.Append(nil, &s, p)
		for range rapid.IntRange(1, 4).Draw(t, "damages") {
			i := rapid.IntRange(0, len(body)-1).Draw(t, "at")
			switch rapid.IntRange(0, 2).Draw(t, "how") {
			case 0:
				body[i] ^= 1 << rapid.IntRange(0, 7).Draw(t, "bit")
			case 1:
				body = append(body[:i], body[i+1:]...)
			default:
				body = append(body[:i:i], append([]byte{rapid.Byte().Draw(t, "byte")}, body[i:]...)...)
			}
			if len(body) == 0 {
				return
			}
		}
		var got session.Session
		if err := session.Decode(body, p, &got); err != nil {
			return
		}
		checkInside(t, p, &got)
	})
}

func checkInside(t *rapid.T, p *program.Program, s *session.Session) {
	for i := range s.Runs {
		r := &s.Runs[i]
		f := p.Flows[r.Flow]
		if r.Step >= len(f.Steps) || r.Return >= len(f.Steps) || len(r.Slots) != len(f.Slots) {
			t.Fatalf("run %d points outside the program: %+v", i, r)
		}
		for _, m := range r.Back {
			if m.Step >= len(f.Steps) || len(f.Slots) < 64 && m.Set>>len(f.Slots) != 0 {
				t.Fatalf("run %d goes back outside the program: %+v", i, m)
			}
		}
		for j, v := range r.Slots {
			if v.Kind == value.Choice && f.Slots[j].Type.Kind == value.Choice && v.N < 0 {
				t.Fatalf("slot %d holds option %d", j, v.N)
			}
		}
	}
}

func FuzzProgramOf(f *testing.F) {
	p := testProgram()
	f.Add(session.Append(nil, &session.Session{Program: p.Hash}, p))
	f.Add(session.Append(nil, &session.Session{Program: "by hand"}, p))
	f.Add([]byte{})
	f.Add([]byte{session.Version, 2, 0xff, 0xff, 0xff, 0xff, 0x7f})
	f.Fuzz(func(t *testing.T, b []byte) {
		hash, err := session.ProgramOf(b)
		if err != nil && hash != "" {
			t.Fatalf("an error beside the hash %q: %v", hash, err)
		}
		if len(hash) > len(b)*2 {
			t.Fatalf("%d bytes give a hash of %d", len(b), len(hash))
		}
	})
}
