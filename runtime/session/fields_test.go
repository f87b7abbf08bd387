package session_test

import (
	"encoding/hex"
	"os"
	"path/filepath"
	"reflect"
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

// What an earlier release stored is read as what it meant. The file must never be written anew.
func TestEarlierLayoutIsRead(t *testing.T) {
	t.Parallel()
	dump, err := os.ReadFile(filepath.Join("testdata", "layout_v1.hex"))
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
	if len(body) < 200 || body[0] != 1 {
		t.Fatalf("the file holds %d bytes of version %d", len(body), body[0])
	}
	p := testProgram()
	var got session.Session
	if err := session.Decode(body, p, &got); err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(fullSession(p), got, cmpopts.EquateEmpty()); d != "" {
		t.Errorf("-want +got:\n%s", d)
	}
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
