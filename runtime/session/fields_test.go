package session_test

import (
	"encoding/hex"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"hoithoai/dsl/program"
	"hoithoai/dsl/value"
	"hoithoai/runtime/session"
)

// sessionFields changes one field of a session each; a field that is not here is one that nobody proved to be stored.
var sessionFields = map[string]func(*session.Session){
	"Program": func(s *session.Session) { s.Program = "by hand" },
	"Status":  func(s *session.Session) { s.Status = session.Working },
	"Turn":    func(s *session.Session) { s.Turn = 272 },
	"First":   func(s *session.Session) { s.First = 8 },
	"Seen":    func(s *session.Session) { s.Seen++ },
	"Newest":  func(s *session.Session) { s.Newest++ },
	"Until":   func(s *session.Session) { s.Until = 0 },
	"Desk":    func(s *session.Session) { s.Desk = "" },
	"Name":    func(s *session.Session) { s.Name = "" },
	"Told":    func(s *session.Session) { s.Told = 255 },
	"Timer":   func(s *session.Session) { s.Timer = 1<<32 - 1 },
	"Armed":   func(s *session.Session) { s.Armed = 0 },
	"Kept":    func(s *session.Session) { s.Kept = 0 },
	"Fired":   func(s *session.Session) { s.Fired = 7 },
	"Offer":   func(s *session.Session) { s.Offer = session.Offer{} },
	"Runs":    func(s *session.Session) { s.Runs = s.Runs[:1] },
	"Alarmed": func(s *session.Session) { s.Alarmed = 1 },
	"Draft": func(s *session.Session) {
		s.Draft = session.Draft{Text: "tôi muốn hỏi", Gen: 42, Since: s.Seen - 3000}
	},
	"Agreed": func(s *session.Session) {
		s.Agreed = []session.Consent{{Name: "bao_tin", Version: 2, At: s.Seen, Text: 1<<63 + 1}}
	},
	"Later":  func(s *session.Session) { s.Later = "tam_tru" },
	"Office": func(s *session.Session) { s.Office = "3886132808788086450" },
	"Person": func(s *session.Session) { s.Person = "không phải số" },
	"Wait":   func(s *session.Session) { s.Wait = session.Wait{Desk: "cu_tru", Since: s.Seen - 60_000, Gen: 7} },
}

var runFields = map[string]func(*session.Run){
	"Flow":    func(r *session.Run) { r.Flow, r.Step, r.Return, r.Slots, r.Back = 2, 0, program.None, nil, nil },
	"Step":    func(r *session.Run) { r.Step = 11 },
	"Link":    func(r *session.Run) { r.Link = session.Called },
	"Visit":   func(r *session.Run) { r.Visit++ },
	"Wrong":   func(r *session.Run) { r.Wrong = 0 },
	"Return":  func(r *session.Run) { r.Return = 0 },
	"Entered": func(r *session.Run) { r.Entered -= 1 << 40 },
	"Slots":   func(r *session.Run) { r.Slots[0] = value.Value{} },
	"Back":    func(r *session.Run) { r.Back[1].Set = 1<<11 - 1 },
	"Fixed":   func(r *session.Run) { r.Fixed = true },
	"Again":   func(r *session.Run) { r.Again = slices.Clone(r.Slots) },
}

// Every field of what layout 3 keeps behind the runs, changed alone, changes the bytes too.
func TestEveryFieldOfTheTailIsStored(t *testing.T) {
	t.Parallel()
	p := testProgram()
	base := newestSession(p)
	plain := session.Append(nil, &base, p)
	for name, change := range map[string]func(*session.Session){
		"Draft.Text":      func(s *session.Session) { s.Draft.Text += "!" },
		"Draft.Gen":       func(s *session.Session) { s.Draft.Gen++ },
		"Draft.Since":     func(s *session.Session) { s.Draft.Since-- },
		"Consent.Name":    func(s *session.Session) { s.Agreed[0].Name = "khac" },
		"Consent.Version": func(s *session.Session) { s.Agreed[0].Version++ },
		"Consent.At":      func(s *session.Session) { s.Agreed[0].At++ },
		"Consent.Text":    func(s *session.Session) { s.Agreed[0].Text++ },
		"a second":        func(s *session.Session) { s.Agreed = append(s.Agreed, s.Agreed[0]) },
		"Again":           func(s *session.Session) { s.Runs[0].Again[2] = value.Value{} },
		"Again of a run":  func(s *session.Session) { s.Runs[1].Again = make([]value.Value, 64) },
		"Media.Text":      func(s *session.Session) { s.Runs[0].Slots[1].Media[0].Text = "khác" },
		"an option":       func(s *session.Session) { s.Runs[0].Slots[0].N ^= 1 << 62 },
		"Alarmed":         func(s *session.Session) { s.Alarmed = s.Seen - 1 },
		"Later":           func(s *session.Session) { s.Later = "can_cuoc_cap_doi" },
		"Wait.Desk":       func(s *session.Session) { s.Wait.Desk = "cu_tru" },
		"Wait.Since":      func(s *session.Session) { s.Wait.Since = s.Seen - 3_600_000 },
		"Wait.Gen":        func(s *session.Session) { s.Wait.Gen = 1<<32 - 1 },
		"Wait.Told":       func(s *session.Session) { s.Wait.Told = true },
	} {
		want := newestSession(p)
		change(&want)
		body := session.Append(nil, &want, p)
		if string(body) == string(plain) {
			t.Errorf("%s is not stored", name)
		}
		var got session.Session
		if err := session.Decode(body, p, &got); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if d := cmp.Diff(want, got, cmpopts.EquateEmpty()); d != "" {
			t.Errorf("%s comes back changed (-want +got):\n%s", name, d)
		}
	}
}

// Every field, changed alone, changes the bytes and comes back as it was changed.
func TestEveryFieldIsStored(t *testing.T) {
	t.Parallel()
	p := testProgram()
	s := fullSession(p)
	plain := session.Append(nil, &s, p)
	check := func(name string, change func(*session.Session)) {
		want := fullSession(p)
		change(&want)
		body := session.Append(nil, &want, p)
		if string(body) == string(plain) {
			t.Errorf("%s is not stored", name)
		}
		var got session.Session
		if err := session.Decode(body, p, &got); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if d := cmp.Diff(want, got, cmpopts.EquateEmpty()); d != "" {
			t.Errorf("%s comes back changed (-want +got):\n%s", name, d)
		}
	}
	for _, f := range reflect.VisibleFields(reflect.TypeFor[session.Session]()) {
		if sessionFields[f.Name] == nil {
			t.Fatalf("Session.%s is not tried", f.Name)
		}
		check("Session."+f.Name, sessionFields[f.Name])
	}
	for _, f := range reflect.VisibleFields(reflect.TypeFor[session.Run]()) {
		if runFields[f.Name] == nil {
			t.Fatalf("Run.%s is not tried", f.Name)
		}
		check("Run."+f.Name, func(s *session.Session) { runFields[f.Name](&s.Runs[0]) })
	}
}

// What an earlier release stored is read as what it meant. The files must never be written anew.
func TestEarlierLayoutIsRead(t *testing.T) {
	t.Parallel()
	p := testProgram()
	alarmed := fullSession(p)
	alarmed.Alarmed = alarmed.Seen - 1000
	for version, want := range map[byte]session.Session{1: fullSession(p), 2: alarmed, 3: newestSession(p)} {
		body := stored(t, version)
		if len(body) < 100 || body[0] != version {
			t.Fatalf("the file of version %d holds %d bytes of version %d", version, len(body), body[0])
		}
		var got session.Session
		if err := session.Decode(body, p, &got); err != nil {
			t.Fatalf("version %d: %v", version, err)
		}
		if d := cmp.Diff(want, got, cmpopts.EquateEmpty()); d != "" {
			t.Errorf("version %d (-want +got):\n%s", version, d)
		}
	}
}

// stored returns the bytes of one layout as they stand in the file.
func stored(t *testing.T, version byte) []byte {
	t.Helper()
	dump, err := os.ReadFile(filepath.Join("testdata", fmt.Sprintf("layout_v%d.hex", version)))
	if err != nil {
		t.Fatal(err)
	}
	var body []byte
	for line := range strings.Lines(string(dump)) {
		_, digits, _ := strings.Cut(line, "  ")
		digits, _, _ = strings.Cut(digits, "|")
		b, err := hex.DecodeString(strings.ReplaceAll(strings.TrimSpace(digits), " ", ""))
		if err != nil {
			t.Fatalf("%q: %v", line, err)
		}
		body = append(body, b...)
	}
	return body
}

// One session has one encoding: stores compare bytes, and a second trip must not grow it.
func TestEncodingIsCanonical(t *testing.T) {
	t.Parallel()
	p := testProgram()
	rapid.Check(t, func(t *rapid.T) {
		s := drawSession(t, p)
		body := session.Append(nil, &s, p)
		var back session.Session
		if err := session.Decode(body, p, &back); err != nil {
			t.Fatal(err)
		}
		if again := session.Append(nil, &back, p); string(again) != string(body) {
			t.Fatalf("the second encoding differs:\n%x\n%x", body, again)
		}
	})
}

// A decoded session keeps nothing of the bytes it came from: buffers are used again.
func TestDecodeKeepsNoBytes(t *testing.T) {
	t.Parallel()
	p := testProgram()
	want := fullSession(p)
	want.Program = "by hand"
	body := session.Append(nil, &want, p)
	var got session.Session
	if err := session.Decode(body, p, &got); err != nil {
		t.Fatal(err)
	}
	for i := range body {
		body[i] = 'x'
	}
	if d := cmp.Diff(want, got, cmpopts.EquateEmpty()); d != "" {
		t.Errorf("the session changed with the buffer (-want +got):\n%s", d)
	}
}
