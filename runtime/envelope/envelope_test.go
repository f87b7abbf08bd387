package envelope_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"hoithoai/dsl/value"
	"hoithoai/runtime/envelope"
	"hoithoai/runtime/event"
	"hoithoai/runtime/message"
)

func texts() *rapid.Generator[string] {
	return rapid.Map(rapid.String(), func(s string) string { return strings.ToValidUTF8(s, "?") })
}

func address(t *rapid.T) envelope.Address {
	return envelope.Address{Office: rapid.StringMatching(`[0-9]{1,20}`).Draw(t, "office"), Person: rapid.StringMatching(`[0-9]{1,20}`).Draw(t, "person")}
}

func media(t *rapid.T) []value.Media {
	n := rapid.IntRange(0, 3).Draw(t, "media")
	var out []value.Media
	for range n {
		out = append(out, value.Media{Kind: "image", URL: texts().Draw(t, "url"), Name: texts().Draw(t, "name"), Size: rapid.Int64Min(0).Draw(t, "size")})
	}
	return out
}

func TestInRoundTrip(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		in := envelope.In{Address: address(t), Event: event.Event{
			Kind: event.Kind(rapid.IntRange(1, 12).Draw(t, "kind")), ID: texts().Draw(t, "id"), At: rapid.Int64().Draw(t, "at"),
			Sent: rapid.Int64().Draw(t, "sent"), Text: texts().Draw(t, "text"), Media: media(t), Gen: rapid.Uint32().Draw(t, "gen"),
		}}
		b, err := envelope.EncodeIn(in)
		if err != nil {
			t.Fatal(err)
		}
		back, err := envelope.DecodeIn(b)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(in, back); diff != "" {
			t.Fatal(diff)
		}
	})
}

func TestErrandRoundTrip(t *testing.T) {
	t.Parallel()
	in := envelope.In{
		Address: envelope.Address{Office: "1", Person: "2"}, Event: event.Event{At: 5},
		Task: &envelope.Errand{Item: [8]byte{0, 255, 7}, Call: envelope.Call{ID: "1.1.8", Name: "ghi", Program: "p", Deadline: 9, Args: []value.Value{{Kind: value.Text, S: "mua gạo"}}}},
	}
	b, err := envelope.EncodeIn(in)
	if err != nil {
		t.Fatal(err)
	}
	back, err := envelope.DecodeIn(b)
	if diff := cmp.Diff(in, back); err != nil || diff != "" {
		t.Fatal(err, diff)
	}
}

func TestOutRoundTrip(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		out := envelope.Out{Address: address(t), At: rapid.Int64().Draw(t, "at"), Same: rapid.IntRange(0, 9).Draw(t, "same"), Since: rapid.Int64().Draw(t, "since")}
		for range rapid.IntRange(0, 2).Draw(t, "starts") {
			out.Starts = append(out.Starts, envelope.Start{Name: texts().Draw(t, "timer"), Gen: rapid.Uint32().Draw(t, "gen"), Wait: rapid.Int64Min(0).Draw(t, "wait")})
		}
		switch rapid.IntRange(0, 2).Draw(t, "asks for") {
		case 0:
			out.Answer = &event.Event{
				Kind: event.TaskResult, ID: texts().Draw(t, "id"), At: rapid.Int64().Draw(t, "answered"),
				Task: &event.Result{Call: "1.1.8", Task: "ghi", Failed: rapid.Bool().Draw(t, "failed"), Values: []string{texts().Draw(t, "value")}},
			}
		case 1:
			out.Task = &envelope.Call{
				ID: texts().Draw(t, "id"), Name: "ghi", Program: "p", Deadline: rapid.Int64().Draw(t, "deadline"),
				Args: []value.Value{{}, {Kind: value.Text, S: texts().Draw(t, "arg")}, {Kind: value.Date, N: rapid.Int64().Draw(t, "day")}, {Kind: value.Images, Media: media(t)}},
			}
		default:
			out.Message = &message.Message{
				Kind: message.Words, Text: texts().Draw(t, "text"), Turn: rapid.Uint32().Draw(t, "turn"), Class: message.Urgent,
				Choices: []message.Choice{{Label: texts().Draw(t, "label"), N: 1}}, Links: []message.Link{{Kind: message.OpenURL, Address: "https://x"}},
			}
		}
		b, err := envelope.EncodeOut(out)
		if err != nil {
			t.Fatal(err)
		}
		back, err := envelope.DecodeOut(b)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(out, back); diff != "" {
			t.Fatal(diff)
		}
	})
}

// Entries of an older version of the program must be readable after an update: what lies in a store is not rewritten.
func TestEntriesOfOld(t *testing.T) {
	t.Parallel()
	in, err := envelope.DecodeIn([]byte(`{"Office":"1","Person":"2","Event":{"Kind":1,"ID":"m|1","At":5,"Sent":4,"Late":false,"Text":"chào"}}`))
	want := envelope.In{Address: envelope.Address{Office: "1", Person: "2"}, Event: event.Event{Kind: event.Text, ID: "m|1", At: 5, Sent: 4, Text: "chào"}}
	if diff := cmp.Diff(want, in); err != nil || diff != "" {
		t.Errorf("%v (-want +got):\n%s", err, diff)
	}
	out, err := envelope.DecodeOut([]byte(`{"Office":"1","Person":"2","At":5,"Task":{"ID":"1.1.8","Name":"ghi","Args":[{"Kind":1,"N":0,"S":"x","Media":null}],"Program":"p"}}`))
	if err != nil || out.Task.Name != "ghi" || out.Task.Args[0].S != "x" || out.Task.Deadline != 0 || out.Same != 0 {
		t.Errorf("%+v, %v", out, err)
	}
}

func TestDecodeOutRefuses(t *testing.T) {
	t.Parallel()
	for _, text := range []string{
		``, `{`, `[]`, `{}`, `{"Office":"1","Person":"2","At":1}`, `{"Message":{"Kind":1},"Task":{"ID":"x"}}`, `{"Message":"x"}`,
		`{"Answer":{"Kind":9}}`, `{"Answer":{"Task":{"Call":"x"}},"Task":{"ID":"x"}}`, `{"Answer":{"Task":{"Call":"x"}},"Message":{"Kind":1}}`,
	} {
		if out, err := envelope.DecodeOut([]byte(text)); err == nil {
			t.Errorf("%s gives %+v", text, out)
		}
	}
}

func FuzzDecode(f *testing.F) {
	f.Add([]byte(`{"Office":"1","Person":"2","At":5,"Message":{"Kind":1,"Text":"x"}}`))
	f.Add([]byte(`{"Event":{"Kind":1,"Media":[{}]}}`))
	f.Add([]byte(`{"Task":null,"Message":null}`))
	f.Add([]byte(`{"Answer":{"Kind":9,"Task":{"Call":"1.1.8","Task":"ghi"}}}`))
	f.Add([]byte(`{"Event":{"At":5},"Task":{"Item":[1,2,3,4,5,6,7,8],"Call":{"ID":"1.1.8","Name":"ghi"}}}`))
	f.Fuzz(func(t *testing.T, b []byte) {
		if out, err := envelope.DecodeOut(b); err == nil && out.Message == nil && out.Task == nil && out.Answer == nil {
			t.Errorf("%q gives %+v", b, out)
		}
		if in, err := envelope.DecodeIn(b); err == nil {
			if _, err := envelope.EncodeIn(in); err != nil {
				t.Errorf("%q cannot be written again: %v", b, err)
			}
		}
	})
}

func BenchmarkIn(b *testing.B) {
	in := envelope.In{Address: envelope.Address{Office: "3886132808788086450", Person: "7700000000000001"}, Event: event.Event{
		Kind: event.Text, ID: "m|3886132808788086450|user_send_text|cb31dff1c39642cc1b83", At: 1795485600000, Sent: 1795485600000, Text: "đăng ký tạm trú",
	}}
	b.ReportAllocs()
	for b.Loop() {
		body, err := envelope.EncodeIn(in)
		if err != nil {
			b.Fatal(err)
		}
		if _, err := envelope.DecodeIn(body); err != nil {
			b.Fatal(err)
		}
	}
}
