package engine_test

import (
	"testing"
	"unicode/utf8"

	"hoithoai/runtime/engine"
	"hoithoai/runtime/event"
)

// FuzzTalk sends a text to a person's session at several questions: never a fault, never silence.
func FuzzTalk(f *testing.F) {
	p := bundle(f)
	e := engine.New(p, engine.Config{Office: testOffice(), Matcher: hints{p}, Detector: hints{p}})
	openings := [][]string{nil, {"kt3"}, {"kt3", "1"}, {"báo tin"}, {"báo tin", "nhà bị trộm", "12 Lê Lợi"}, {"hồ sơ", "Lan"}, {"chào"}, {"xin giấy"}}
	for i, s := range hostile {
		f.Add(uint8(i), s)
	}
	f.Fuzz(func(t *testing.T, at uint8, text string) {
		k := newTalk(t, p, engine.Config{Office: testOffice(), Matcher: hints{p}, Detector: hints{p}})
		k.e = e
		for _, o := range openings[int(at)%len(openings)] {
			k.say(o)
		}
		k.do(event.Event{Kind: event.Text, Text: text})
		if k.res.Kind == engine.Faulty {
			t.Fatalf("%q is a fault: %s", text, k.res.Fault)
		}
		if len(k.res.Messages) == 0 {
			t.Fatalf("%q is answered with silence, as %v", text, k.res.Kind)
		}
		for _, m := range k.res.Messages {
			if utf8.ValidString(text) && !utf8.ValidString(m.Text) {
				t.Fatalf("%q is answered with broken text %q", text, m.Text)
			}
		}
	})
}
