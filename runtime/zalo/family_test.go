package zalo_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"hoithoai/runtime/event"
	"hoithoai/runtime/zalo"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// catalogue returns every event name with its family, from the file and not from the program.
func catalogue(t testing.TB) map[string]string {
	t.Helper()
	b, err := os.ReadFile(filepath.Join(samples, "events.txt"))
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]string{}
	for _, line := range strings.Split(strings.TrimSpace(string(b)), "\n") {
		if strings.HasPrefix(line, "#") {
			continue
		}
		name, family, found := strings.Cut(line, " ")
		if !found || out[name] != "" {
			t.Fatalf("line %q", line)
		}
		out[name] = family
	}
	if len(out) < 80 {
		t.Fatalf("only %d events", len(out))
	}
	return out
}

// everything is a body with an id in every place an id can stand in, each of them different.
func everything(name string) string {
	return `{"event_name":"` + name + `","app_id":"1","oa_id":"oa_id","oaId":"oaId","user_id":"user_id","group_id":"group_id",
		"sender":{"id":"sender","admin_id":"admin"},"recipient":{"id":"recipient"},"follower":{"id":"follower"},"users":[{"id":"users"}],
		"tag":{"user_ids":["tagged"],"name":"name"},"message":{"msg_id":"m","text":"x"},"timestamp":"1751100041636"}`
}

// TestCatalogue: the family of every event, and who is office and person where a body names everybody.
func TestCatalogue(t *testing.T) {
	t.Parallel()
	want := map[string][2]string{
		"user_message": {"recipient", "sender"}, "echo": {"sender", "recipient"}, "receipt": {"sender", "recipient"},
		"follow": {"oa_id", "follower"}, "unfollow": {"oa_id", "follower"}, "chatnow": {"oa_id", "user_id"},
		"submit_info": {"recipient", "sender"}, "withdraw": {"oa_id", "user_id"}, "anonymous": {"recipient", ""},
		"tag": {"oa_id", ""}, "account": {"oa_id", ""}, "group": {"oa_id", ""}, "unknown": {"oa_id", ""},
	}
	for name, family := range catalogue(t) {
		in := decode(t, []byte(everything(name)))
		who := want[family]
		switch name {
		case "user_reacted_message":
			who = [2]string{"recipient", "sender"}
		case "oa_send_anonymous_text", "oa_send_anonymous_image", "oa_send_anonymous_file", "oa_send_anonymous_sticker":
			who = [2]string{"sender", ""}
		}
		if in.Family.String() != family || in.Office != who[0] || in.Person != who[1] {
			t.Errorf("%s: %v office %q person %q, want %s %q", name, in.Family, in.Office, in.Person, family, who)
		}
	}
}

// TestCatalogueEvents: what of the catalogue reaches a dialog.
func TestCatalogueEvents(t *testing.T) {
	t.Parallel()
	want := map[string]event.Kind{
		"user_message": event.Text, "echo": event.Officer, "follow": event.Follow, "unfollow": event.Unfollow, "chatnow": event.Follow,
		"submit_info": event.Submit, "withdraw": event.Withdraw,
	}
	for name, family := range catalogue(t) {
		e, ok := decode(t, []byte(everything(name))).Event(5)
		if kind, reaches := want[family]; ok != reaches || e.Kind != kind {
			t.Errorf("%s (%s): kind %d, %v; want %d, %v", name, family, e.Kind, ok, kind, reaches)
		}
	}
}

func TestEchoesOfOthers(t *testing.T) {
	t.Parallel()
	for body, want := range map[string]zalo.Inbound{
		everything("oa_send_anonymous_text"): {Family: zalo.Anonymous, Office: "sender", Anonymous: "recipient", Echo: true},
		everything("anonymous_send_text"):    {Family: zalo.Anonymous, Office: "recipient", Anonymous: "sender"},
		everything("oa_send_group_text"):     {Family: zalo.Group, Office: "oa_id", Group: "group_id", Echo: true},
		everything("user_send_group_text"):   {Family: zalo.Group, Office: "oa_id", Group: "group_id"},
		everything("oa_send_text"):           {Family: zalo.Echo, Office: "sender", Person: "recipient", Echo: true, AdminID: "admin"},
	} {
		in := decode(t, []byte(body))
		got := zalo.Inbound{
			Family: in.Family, Office: in.Office, Person: in.Person, Anonymous: in.Anonymous, Group: in.Group, Echo: in.Echo, AdminID: in.AdminID,
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", in.EventName, diff)
		}
	}
}

// TestAdminOfAUser: only an echo can name a human of the office; a sender who is a person cannot become one.
func TestAdminOfAUser(t *testing.T) {
	t.Parallel()
	in := decode(t, []byte(everything("user_send_text")))
	if e, _ := in.Event(1); in.AdminID != "" || e.Kind != event.Text {
		t.Errorf("admin %q, kind %d", in.AdminID, e.Kind)
	}
}

// value draws any JSON, deep and odd.
func drawJSON(t *rapid.T, depth int) string {
	if depth == 0 || rapid.IntRange(0, 2).Draw(t, "leaf") > 0 {
		return rapid.SampledFrom([]string{
			`"text"`, `""`, `"1751100041636"`, "1751100041636", "9007199254740993", "-0", "1e400", "0.1", "true", "null", "[]", "{}", `"\ud800"`,
			`"\u0000"`, `"{\"phone\":1}"`, `"https://a.example"`,
		}).Draw(t, "scalar")
	}
	if rapid.Bool().Draw(t, "array") {
		return "[" + drawJSON(t, depth-1) + "," + drawJSON(t, depth-1) + "]"
	}
	return drawObject(t, depth)
}

// drawObject draws an object with keys that Zalo uses, also twice.
func drawObject(t *rapid.T, depth int) string {
	keys := []string{
		"event_name", "app_id", "timestamp", "oa_id", "oaId", "user_id", "group_id", "source", "sender", "recipient", "follower", "tag",
		"message", "info", "id", "admin_id", "text", "msg_id", "quote_msg_id", "tracking_id", "attachments", "type", "payload", "url",
		"coordinates", "latitude", "size", "full_address", "phone", "user_ward", "name",
	}
	var parts []string
	for range rapid.IntRange(0, 8).Draw(t, "keys") {
		parts = append(parts, fmt.Sprintf("%q:%s", rapid.SampledFrom(keys).Draw(t, "key"), drawJSON(t, depth-1)))
	}
	return "{" + strings.Join(parts, ",") + "}"
}

// TestDecodeAnyShape: any JSON object at all is read without an error, and keeps every promise of an event.
func TestDecodeAnyShape(t *testing.T) {
	t.Parallel()
	var names []string
	for name := range catalogue(t) {
		names = append(names, name)
	}
	rapid.Check(t, func(rt *rapid.T) {
		body := drawObject(rt, 6)
		if rapid.Bool().Draw(rt, "named") {
			body = fmt.Sprintf(`{"event_name":%q,"x":%s,%s`, rapid.SampledFrom(names).Draw(rt, "name"), body, "\"message\":"+drawObject(rt, 4)+"}")
		}
		in, err := zalo.Decode([]byte(body))
		if err != nil {
			rt.Fatalf("%s: %v", body, err)
		}
		if in.DedupeKey == "" {
			rt.Fatalf("%s has no key", body)
		}
		if e, ok := in.Event(1); ok {
			checkEvent(t, in, e.ID, e.Text)
		}
	})
}
