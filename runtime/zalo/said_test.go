package zalo_test

import (
	"errors"
	"net/http"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"hoithoai/dsl/value"
	"hoithoai/runtime/event"
	"hoithoai/runtime/zalo"
)

// TestRecentOfficialSample reads the page's own example, and asks as the page says.
func TestRecentOfficialSample(t *testing.T) {
	t.Parallel()
	a := newAPI(t, says(200, official(t, "listrecentchat.response-1.json")))
	list, err := a.client.Recent(t.Context(), officeID, 20)
	if err != nil || len(list) != 1 {
		t.Fatalf("list %+v, %v", list, err)
	}
	if got, want := a.last.URL.Query().Get("data"), `{"offset":20,"count":10}`; got != want || a.last.Method != http.MethodGet || a.last.URL.Path != "/v2.0/oa/listrecentchat" {
		t.Errorf("asked %s %s with %s", a.last.Method, a.last.URL.Path, got)
	}
	in, ok := list[0].Inbound()
	if !ok || in.Person != "3700646744485476903" || in.Office != officeID || in.Text != "Chào shop" || in.Timestamp != 1619401853770 {
		t.Errorf("it is read as %+v, %v", in, ok)
	}
}

// TestSaidHasTheIDOfItsWebhook: whichever of the two comes first, the other one is known.
func TestSaidHasTheIDOfItsWebhook(t *testing.T) {
	t.Parallel()
	for _, kind := range []string{"user_send_text", "user_send_image", "user_send_file", "user_send_business_card"} {
		hook := decode(t, []byte(`{"event_name":"`+kind+`","sender":{"id":"7"},"recipient":{"id":"`+officeID+`"},"message":{"msg_id":"a1","text":"x"},"timestamp":"1619401853770"}`))
		in, ok := talk(t, `{"src":1,"time":1619401853771,"type":"text","message":"x","message_id":"a1","from_id":"7","to_id":"`+officeID+`"}`)[0].Inbound()
		if !ok || in.DedupeKey != hook.DedupeKey || in.DedupeKey == "" {
			t.Errorf("%s has %q, in the list %q", kind, hook.DedupeKey, in.DedupeKey)
		}
	}
}

// talk is what the client makes of items.
func talk(t *testing.T, items string) []zalo.Said {
	t.Helper()
	list, err := newAPI(t, says(200, `{"error":0,"data":[`+items+`]}`)).client.Talk(t.Context(), officeID, "7", 0)
	if err != nil {
		t.Fatal(err)
	}
	return list
}

func TestSaidBecomesWhatTheWebhookWouldHaveBeen(t *testing.T) {
	t.Parallel()
	const head = `"src":1,"time":"1619401853770","message_id":"a","from_id":7,"to_id":"` + officeID + `"`
	pic := []value.Media{{Kind: "image", URL: "https://a/b.jpg"}}
	for item, want := range map[string]event.Event{
		`"type":"text","message":"xin chào"`:                                                    {Kind: event.Text, Text: "xin chào"},
		`"type":"photo","message":"chú thích","url":"https://a/b.jpg"`:                          {Kind: event.Media, Text: "chú thích", Media: pic},
		`"type":"GIF","url":"https://a/b.jpg"`:                                                  {Kind: event.Media, Media: pic},
		`"type":"voice","url":"https://a/b.amr"`:                                                {Kind: event.Media, Media: []value.Media{{Kind: "audio", URL: "https://a/b.amr"}}},
		`"type":"photo"`:                                                                        {Kind: event.Sticker},
		`"type":"sticker","url":"https://a/s"`:                                                  {Kind: event.Sticker},
		`"type":"link","message":"xem","links":["https://a/b"]`:                                 {Kind: event.Text, Text: "xem\nhttps://a/b"},
		`"type":"links","links":[{"url":"https://a/b"}]`:                                        {Kind: event.Text, Text: "https://a/b"},
		`"type":"location","message":"Quán","location":{"latitude":"10.7","longitude":"106.7"}`: {Kind: event.Place, Text: "Quán", Media: []value.Media{{Kind: "location", Lat: "10.7", Long: "106.7"}}},
		`"type":"location","location":"{\"lat\":10.7,\"lon\":106.7}"`:                           {Kind: event.Place, Media: []value.Media{{Kind: "location", Lat: "10.7", Long: "106.7"}}},
		`"type":"location","message":"Quán","location":"nowhere"`:                               {Kind: event.Text, Text: "Quán"},
		`"type":"of tomorrow","message":""`:                                                     {Kind: event.Sticker},
	} {
		in, ok := talk(t, "{"+head+","+item+"}")[0].Inbound()
		if !ok {
			t.Errorf("%s is nothing", item)
			continue
		}
		got, ok := in.Event(5)
		want.ID, want.At, want.Sent = in.DedupeKey, 5, 1619401853770
		if diff := cmp.Diff(want, got); diff != "" || !ok {
			t.Errorf("%s (-want +got):\n%s", item, diff)
		}
	}
}

// TestSaidThatIsNobodys is not taken in: what the office said, what has no name or no time, and what names nobody.
func TestSaidThatIsNobodys(t *testing.T) {
	t.Parallel()
	for _, item := range []string{
		`{"src":0,"time":1619401853770,"message_id":"a","from_id":"` + officeID + `","to_id":"7"}`,
		`{"src":1,"time":1619401853770,"from_id":"7","to_id":"` + officeID + `"}`,
		`{"src":1,"time":"yesterday","message_id":"a","from_id":"7","to_id":"` + officeID + `"}`,
		`{"src":1,"time":1619401853770,"message_id":"a","from_id":"` + officeID + `"}`,
		`{}`, `{"src":1}`,
	} {
		if in, ok := talk(t, item)[0].Inbound(); ok {
			t.Errorf("%s is taken for %+v", item, in)
		}
	}
	said := talk(t, `{"src":0,"time":1619401853770,"message_id":"a","from_id":"`+officeID+`","to_id":"7"}`)[0]
	if said.Person != "7" || !said.Time.Equal(time.UnixMilli(1619401853770)) {
		t.Errorf("what the office said last is of %q at %v", said.Person, said.Time)
	}
}

func TestRecentThatIsNoList(t *testing.T) {
	t.Parallel()
	for body, want := range map[string]bool{`{"error":0,"data":{}}`: false, `{"error":0}`: true, `{"error":0,"data":null}`: false, `{"error":-210,"message":"x"}`: true} {
		list, err := newAPI(t, says(200, body)).client.Recent(t.Context(), officeID, 0)
		var api *zalo.Error
		if (err != nil) != want || len(list) != 0 || err != nil && !errors.As(err, &api) {
			t.Errorf("%s gives %+v, %v", body, list, err)
		}
	}
}

func FuzzSaid(f *testing.F) {
	f.Add(`{"src":1,"time":1619401853770,"type":"location","message_id":"a","from_id":"7","location":{"lat":1}}`)
	f.Add(`{"src":[],"links":{},"location":"{","time":1e99}`)
	f.Fuzz(func(t *testing.T, item string) {
		list, err := newAPI(t, says(200, `{"error":0,"data":[`+item+`]}`)).client.Talk(t.Context(), officeID, "7", 0)
		if err != nil {
			return
		}
		for _, s := range list {
			if in, ok := s.Inbound(); ok && (in.Person == "" || in.DedupeKey == "" || in.Timestamp <= 0) {
				t.Errorf("%q is taken for %+v", item, in)
			}
		}
	})
}
