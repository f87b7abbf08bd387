package fake_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"hoithoai/runtime/zalo"
	"hoithoai/runtime/zalo/fake"
)

const consult = zalo.EndpointConsult

// body wraps the inside of "message".
func body(message string) string {
	return `{"recipient":{"user_id":"` + person + `"},"message":{` + message + `}}`
}

func buttons(list ...string) string {
	return body(`"text":"x","attachment":{"type":"template","payload":{"buttons":[` + strings.Join(list, ",") + `]}}`)
}

func element(template, fields string) string {
	return body(`"attachment":{"type":"template","payload":{"template_type":"` + template + `","elements":[{` + fields + `}]}}`)
}

func repeated(n int, one string) []string {
	return strings.Split(strings.Repeat(one+"\n", n-1)+one, "\n")
}

// TestRefusals breaks every rule once; reason is a part of what the fake says.
func TestRefusals(t *testing.T) {
	t.Parallel()
	const one = `{"title":"A","type":"oa.query.hide","payload":"a"}`
	tests := []struct {
		name, body string
		code       int
		reason     string
	}{
		{"no JSON", "text=1", -201, "decode"},
		{"something after it", body(`"text":"x"`) + "{}", -201, "follows"},
		{"no user", `{"recipient":{},"message":{"text":"x"}}`, -201, "user_id is missing"},
		{"anonymous recipient", `{"recipient":{"anonymous_id":"1","conversation_id":"2"},"message":{"text":"x"}}`, -201, "unknown field"},
		{"no message", `{"recipient":{"user_id":"1"}}`, -201, "neither text nor attachment"},
		{"empty text", body(`"text":""`), -201, "empty"},
		{"long text", body(`"text":"` + strings.Repeat("ế", 2001) + `"`), -201, "2001 runes"},
		{"long in UTF-16", body(`"text":"` + strings.Repeat("👍", 1001) + `"`), -201, "1001 runes"},
		{"misspelt key", body(`"txt":"x"`), -201, "unknown field"},
		{"unknown attachment", body(`"attachment":{"type":"image","payload":{}}`), -201, `type is "image"`},
		{"six buttons", buttons(repeated(6, one)...), -201, "6 buttons"},
		{"no buttons", buttons(), -201, "at least one button"},
		{"buttons without a text", body(`"attachment":{"type":"template","payload":{"buttons":[` + one + `]}}`), -201, "need a text"},
		{"no title", buttons(`{"title":"","type":"oa.query.hide","payload":"a"}`), -201, "1 to 100"},
		{"long title", buttons(`{"title":"` + strings.Repeat("ă", 101) + `","type":"oa.query.hide","payload":"a"}`), -201, "1 to 100"},
		{"empty payload", buttons(`{"title":"A","type":"oa.query.hide","payload":""}`), -201, "1 to 1000"},
		{"long payload", buttons(`{"title":"A","type":"oa.query.show","payload":"` + strings.Repeat("x", 1001) + `"}`), -201, "1 to 1000"},
		{"payload of the wrong type", buttons(`{"title":"A","type":"oa.query.show","payload":{"a":1}}`), -201, "1 to 1000"},
		{"button of another type", buttons(`{"title":"A","type":"oa.query","payload":"a"}`), -201, `button type "oa.query"`},
		{"invented button", buttons(`{"title":"A","type":"postback","payload":"a"}`), -201, `button type "postback"`},
		{"key of another product", buttons(`{"title":"A","type":"oa.query.hide","payload":"a","image_icon":""}`), -201, "unknown field"},
		{"address of no web page", buttons(`{"title":"A","type":"oa.open.url","payload":{"url":"javascript:alert(1)"}}`), -201, "opens"},
		{"address beside payload", buttons(`{"title":"A","type":"oa.open.url","payload":"https://a.example"}`), -201, "payload of button"},
		{"national number", buttons(`{"title":"A","type":"oa.open.phone","payload":{"phone_code":"0912345678"}}`), -201, "phone_code"},
		{"number with blanks", buttons(`{"title":"A","type":"oa.open.phone","payload":{"phone_code":"8491 2345678"}}`), -201, "phone_code"},
		{"words for a call", buttons(`{"title":"A","type":"oa.open.phone","payload":{"phone_code":"113","content":"x"}}`), -201, "belongs to oa.open.sms"},
		{"text message without words", buttons(`{"title":"A","type":"oa.open.sms","payload":{"phone_code":"113"}}`), -201, "belongs to oa.open.sms"},
		{"unknown file", body(`"attachment":{"type":"file","payload":{"token":"none"}}`), -201, "there is no file"},
		{"file with a text", body(`"text":"x","attachment":{"type":"file","payload":{"token":"none"}}`), -201, "no text"},
		{"picture from nowhere", element("media", `"media_type":"image"`), -201, "url or attachment_id"},
		{"picture twice", element("media", `"media_type":"image","url":"https://a.example/1","attachment_id":"1"`), -201, "url or attachment_id"},
		{"unknown picture", element("media", `"media_type":"image","attachment_id":"1"`), -201, "there is no image"},
		{"gif without a size", element("media", `"media_type":"gif","attachment_id":"1"`), -201, "width and height"},
		{"gif by address", element("media", `"media_type":"gif","url":"https://a.example/1","width":1,"height":1`), -201, "gif with url"},
		{"video", element("media", `"media_type":"video","url":"https://a.example/1"`), -233, "media_type"},
		{"form without a picture", element("request_user_info", `"title":"A","subtitle":"B"`), -201, "image_url"},
		{"form without a subtitle", element("request_user_info", `"title":"A","image_url":"https://a.example/1"`), -201, "subtitle"},
		{"form with a long title", element("request_user_info", `"title":"`+strings.Repeat("x", 101)+`","subtitle":"B","image_url":"https://a.example/1"`), -201, "title"},
		{"two elements", body(`"attachment":{"type":"template","payload":{"template_type":"media","elements":[{},{}]}}`), -201, "2 elements"},
		{"transaction", element("transaction_order", ``), -233, "transaction_order"},
		{"list", element("list", `"title":"A","default_action":{"type":"oa.query.show","payload":"a"}`), -233, "list"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t, func(c *fake.Config) { c.NoWindow = true })
			code, message := w.post(t, consult, tt.body)
			if code != tt.code || !strings.Contains(message, tt.reason) {
				t.Errorf("error %d %q, want %d with %q", code, message, tt.code, tt.reason)
			}
			if r := w.Refusals(); len(r) != 1 || r[0].Code != tt.code || r[0].Endpoint != consult || r[0].Reason != message {
				t.Errorf("refusals %+v", r)
			}
			if n := len(w.Since(0)); n != 0 {
				t.Errorf("%d messages arrived", n)
			}
		})
	}
}

func TestBoundariesPass(t *testing.T) {
	t.Parallel()
	w := newWorld(t, func(c *fake.Config) { c.NoWindow = true })
	for _, b := range []string{
		body(`"text":"` + strings.Repeat("ế", 2000) + `"`),
		body(`"text":"` + strings.Repeat("👍", 1000) + `"`),
		body(`"text":"x","quote_message_id":"48687128d04c9410cd5f"`),
		buttons(repeated(5, `{"title":"`+strings.Repeat("ă", 100)+`","type":"oa.query.show","payload":"`+strings.Repeat("x", 1000)+`"}`)...),
		buttons(`{"title":"A","type":"oa.open.phone","payload":{"phone_code":"113"}}`),
		element("media", `"media_type":"sticker","attachment_id":"bfe458bf64fa8da4d4eb"`),
		element("request_user_info", `"title":"A","subtitle":"B","image_url":"https://a.example/1"`),
	} {
		if code, reason := w.post(t, consult, b); code != 0 {
			t.Errorf("%.80s: error %d %s", b, code, reason)
		}
	}
	if n := len(w.Since(0)); n != 7 {
		t.Errorf("%d of 7 messages arrived", n)
	}
}

// TestOfficialBodiesPass: what official pages print passes, apart from attachments that were never uploaded here.
func TestOfficialBodiesPass(t *testing.T) {
	t.Parallel()
	tests := map[string]int{
		"cs-text": 0, "cs-quote": 0, "cs-image": 0, "cs-sticker": 0, "cs-request-user-info": 0, "cs-file": -201,
		"goclaw.send_text_quote_request": 0, "buttons-no-template-type.request.dotnetsdk-shape": 0,
	}
	for name, want := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t, func(c *fake.Config) { c.NoWindow = true })
			files, err := filepath.Glob(filepath.Join("../../../testdata/zalo/api", name+"*"))
			path := ""
			for _, f := range files {
				if !strings.Contains(f, "response") {
					path = f
				}
			}
			b, readErr := os.ReadFile(path)
			if err != nil || readErr != nil {
				t.Fatal(err, readErr)
			}
			if code, reason := w.post(t, consult, string(b)); code != want {
				t.Errorf("error %d %s, want %d", code, reason, want)
			}
		})
	}
}

func TestListWhereAllowed(t *testing.T) {
	t.Parallel()
	w := newWorld(t, func(c *fake.Config) { c.NoWindow, c.List = true, true })
	b, err := os.ReadFile("../../../testdata/zalo/api/v2-list.request.javasdk.json")
	if err != nil {
		t.Fatal(err)
	}
	list := strings.ReplaceAll(string(b), `"user_id": "user_id"`, `"user_id": "`+person+`"`)
	list = strings.ReplaceAll(list, "Huynh Hong hien", "chon")
	if code, reason := w.post(t, consult, list); code != 0 {
		t.Fatalf("error %d %s", code, reason)
	}
	last, _ := w.Last(office, person)
	if last.Kind != "list" || len(last.Buttons) != 2 || last.Buttons[0].Payload != "chon" || !strings.HasPrefix(last.Buttons[1].URL, "https://media.zalo.me/") {
		t.Errorf("%+v", last)
	}
	six := body(`"text":"x","attachment":{"type":"template","payload":{"template_type":"list","elements":[` +
		strings.Join(repeated(6, `{"title":"A","default_action":{"type":"oa.query.show","payload":"a"}}`), ",") + `]}}`)
	if code, reason := w.post(t, consult, six); code != -201 {
		t.Errorf("six elements: %d %s", code, reason)
	}
}

func TestEndpointsAndTokens(t *testing.T) {
	t.Parallel()
	w := newWorld(t, func(c *fake.Config) { c.NoWindow = true })
	for _, path := range []string{"/v2.0/oa/message", "/v3.0/oa/message/transaction", "/v3.0/oa/message/cs/", "/"} {
		if code, reason := w.post(t, path, body(`"text":"x"`)); code != -201 || !strings.Contains(reason, "unknown endpoint") {
			t.Errorf("%s: %d %s", path, code, reason)
		}
	}
	w.SetToken(office, "another")
	if code, _ := w.post(t, consult, body(`"text":"x"`)); code != -216 {
		t.Errorf("an old token gives %d", code)
	}
	if err := w.say(t, text("x")); asError(t, err).Action != zalo.Refresh {
		t.Errorf("an old token gives the client %v", err)
	}
	if got := fmt.Sprint(w.Refusals()); strings.Contains(got, token) {
		t.Errorf("refusals show a token: %s", got)
	}
}

func TestAppSecretProof(t *testing.T) {
	t.Parallel()
	w := newWorld(t, func(c *fake.Config) { c.NoWindow, c.AppSecret = true, "app-secret" })
	if err := w.say(t, text("x")); err != nil {
		t.Errorf("with proof: %v", err)
	}
	if code, _ := w.post(t, consult, body(`"text":"x"`)); code != -242 {
		t.Errorf("without proof: %d", code)
	}
}
