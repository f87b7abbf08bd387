package zalo_test

import (
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"hoithoai/dsl/fold"
	"hoithoai/dsl/golden"
	"hoithoai/runtime/zalo"

	"github.com/google/go-cmp/cmp"
)

const samples = "../../testdata/zalo"

// webhookFiles returns every webhook sample: official pages, real logs, fixtures of other programs, and ours.
func webhookFiles(t testing.TB) []string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(samples, "webhook", "*.json"))
	if err != nil || len(files) < 39 {
		t.Fatalf("found %d webhook samples, error %v", len(files), err)
	}
	return files
}

// readBody returns a sample as its bytes were sent: the newline at the end is not part of the body.
func readBody(t testing.TB, path string) []byte {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return []byte(strings.TrimSuffix(string(b), "\n"))
}

func sample(t testing.TB, name string) []byte {
	t.Helper()
	return readBody(t, filepath.Join(samples, "webhook", name))
}

func decode(t testing.TB, body []byte) zalo.Inbound {
	t.Helper()
	in, err := zalo.Decode(body)
	if err != nil {
		t.Fatalf("Decode(%s): %v", body, err)
	}
	return in
}

// indent prints a value as golden files hold it: with < and > as they are.
func indent(t testing.TB, v any) []byte {
	t.Helper()
	var b strings.Builder
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	if err := enc.Encode(v); err != nil {
		t.Fatal(err)
	}
	return []byte(b.String())
}

func TestDecodeGolden(t *testing.T) {
	t.Parallel()
	for _, path := range webhookFiles(t) {
		t.Run(filepath.Base(path), func(t *testing.T) {
			t.Parallel()
			golden.Assert(t, filepath.Join(samples, "inbound", filepath.Base(path)), indent(t, decode(t, readBody(t, path))))
		})
	}
}

// TestDecodeAddress states by hand, not by golden file, who is office and who is person in every family.
func TestDecodeAddress(t *testing.T) {
	t.Parallel()
	const office, person = "388613280878808645", "246845883529197922"
	tests := []struct {
		file           string
		family         zalo.Family
		office, person string
	}{
		{"01-user_send_text.official.json", zalo.UserMessage, office, person},
		{"02-follow.official.json", zalo.Follow, "388613280879808645", "24684588352919792"},
		{"03-user_submit_info.2025.official.json", zalo.SubmitInfo, "388613280879880645", "246845883529697922"},
		{"04-add_user_to_tag.official.json", zalo.TagChange, "388613280879880645", ""},
		{"05-zns-user_received_message.official.json", zalo.Receipt, "2893352839501541173", ""},
		{"06-user_send_location.real.json", zalo.UserMessage, "1423847451268726170", "8309393969855402319"},
		{"09-user_seen_message.impl.json", zalo.Receipt, "OA_ID", "USER_ID"},
		{"10-user_received_message.impl.json", zalo.Receipt, "oa-100", "user-200"},
		{"12-goclaw-text.impl.json", zalo.UserMessage, "", "alice"},
		{"15-url-save-probe.impl.json", zalo.Probe, "", ""},
		{"28-user_click_chatnow.constructed.json", zalo.ChatNow, office, person},
		{"29-unfollow.constructed.json", zalo.Unfollow, "388613280879808645", "24684588352919792"},
		{"33-user_reacted_message.constructed.json", zalo.Receipt, office, person},
		{"34-anonymous_send_text.constructed.json", zalo.Anonymous, office, ""},
		{"35-oa_send_text.api-echo.constructed.json", zalo.Echo, office, person},
		{"36-oa_send_text.human.constructed.json", zalo.Echo, office, person},
		{"37-user_withdraw.constructed.json", zalo.Withdraw, office, person},
		{"38-group-user_join.constructed.json", zalo.Group, office, ""},
		{"39-user_send_group_text.constructed.json", zalo.Group, office, ""},
		{"40-unknown_event.constructed.json", zalo.Unknown, office, ""},
		{"42-change_oa_daily_quota.constructed.json", zalo.Account, office, ""},
	}
	for _, tt := range tests {
		t.Run(tt.file, func(t *testing.T) {
			t.Parallel()
			in := decode(t, sample(t, tt.file))
			if in.Family != tt.family || in.Office != tt.office || in.Person != tt.person {
				t.Errorf("got %v office %q person %q, want %v %q %q", in.Family, in.Office, in.Person, tt.family, tt.office, tt.person)
			}
		})
	}
}

func TestDecodeRefuses(t *testing.T) {
	t.Parallel()
	deep := strings.Repeat(`{"a":`, 33) + "1" + strings.Repeat("}", 33)
	tests := map[string]string{
		"nothing":       "",
		"white space":   " \n",
		"array":         `[{"event_name":"follow"}]`,
		"string":        `"{}"`,
		"number":        "1",
		"cut off":       `{"event_name":"follow"`,
		"two values":    `{}{}`,
		"not JSON":      "event_name=follow",
		"bad escape":    `{"event_name":"\x"}`,
		"lone brace":    "{",
		"quote open":    `{"`,
		"too deep":      deep,
		"deep array":    `{"a":` + strings.Repeat("[", 40) + strings.Repeat("]", 40) + `}`,
		"too large":     `{"a":"` + strings.Repeat("x", zalo.MaxBody) + `"}`,
		"escape at end": `{"a\`,
	}
	for name, text := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if in, err := zalo.Decode([]byte(text)); !errors.Is(err, zalo.ErrMalformed) {
				t.Errorf("got %+v, %v; want ErrMalformed", in, err)
			}
		})
	}
}

func TestDecodeBoundaries(t *testing.T) {
	t.Parallel()
	deep := `{"event_name":"follow","x":` + strings.Repeat("[", 31) + strings.Repeat("]", 31) + "}"
	if in := decode(t, []byte(deep)); in.Family != zalo.Follow {
		t.Errorf("nesting of exactly %d is refused: %+v", zalo.MaxDepth, in)
	}
	brackets := `{"event_name":"user_send_text","message":{"text":"` + strings.Repeat(`[{\"`, 50) + `"}}`
	if in := decode(t, []byte(brackets)); in.Text != strings.Repeat(`[{"`, 50) {
		t.Errorf("brackets within a text count as nesting: %q", in.Text)
	}
	full := `{"a":"` + strings.Repeat("x", zalo.MaxBody-8) + `"}`
	if in := decode(t, []byte(full)); in.Family != zalo.Unknown {
		t.Errorf("a body of exactly %d bytes is %v", len(full), in.Family)
	}
}

func TestDecodeToleratesWrongTypes(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, body string
		want       zalo.Inbound
	}{
		{
			"numbers beyond 2^53 keep every digit",
			`{"event_name":"user_send_text","app_id":360846524940903967,"sender":{"id":246845883529197923},"recipient":{"id":388613280878808645},"message":{"msg_id":9007199254740993,"text":12}}`,
			zalo.Inbound{
				Family: zalo.UserMessage, EventName: "user_send_text", AppID: "360846524940903967", Office: "388613280878808645",
				Person: "246845883529197923", MessageID: "9007199254740993", Text: "12",
				DedupeKey: "m|388613280878808645|user_send|9007199254740993",
			},
		},
		{
			"objects where texts belong are missing",
			`{"event_name":"follow","oa_id":{"id":1},"follower":{"id":["x"]},"timestamp":true,"app_id":null}`,
			zalo.Inbound{Family: zalo.Follow, EventName: "follow", DedupeKey: "b|"},
		},
		{
			"texts where objects belong are missing, the rest is read",
			`{"event_name":"user_send_text","sender":"me","message":"hello","recipient":{"id":"7"},"info":"x","tag":3,"timestamp":"1751100041636"}`,
			zalo.Inbound{
				Family: zalo.UserMessage, EventName: "user_send_text", Office: "7", Timestamp: 1751100041636,
				TimestampText: "1751100041636", DedupeKey: "b|",
			},
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			got := decode(t, []byte(tt.body))
			if strings.HasPrefix(got.DedupeKey, "b|") {
				got.DedupeKey = "b|" // the hash of the body; TestDedupeKey looks at it
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestDecodeTimestamp(t *testing.T) {
	t.Parallel()
	tests := []struct {
		printed, text string
		want          int64
	}{
		{`"1751100041636"`, "1751100041636", 1751100041636},
		{`1751100041021`, "1751100041021", 1751100041021},
		{`"154390853474"`, "154390853474", 0}, // twelve digits: a misprint of the official page
		{`"1"`, "1", 0},
		{`"+1751100041636"`, "+1751100041636", 0},
		{`1.751100041021e12`, "1.751100041021e12", 0},
		{`"99999999999999999999999"`, "99999999999999999999999", 0},
		{`"-1751100041636"`, "-1751100041636", 0},
		{`"4102444800001"`, "4102444800001", 0},
		{`null`, "", 0},
	}
	for _, tt := range tests {
		in := decode(t, []byte(`{"event_name":"follow","timestamp":`+tt.printed+`}`))
		if in.Timestamp != tt.want || in.TimestampText != tt.text {
			t.Errorf("timestamp %s read as %d %q, want %d %q", tt.printed, in.Timestamp, in.TimestampText, tt.want, tt.text)
		}
	}
}

func TestDecodeReceiptOfAPhone(t *testing.T) {
	t.Parallel()
	zns := decode(t, sample(t, "05-zns-user_received_message.official.json"))
	if zns.Person != "" || zns.Phone != "84123456789" {
		t.Errorf("ZNS receipt has person %q, phone %q", zns.Person, zns.Phone)
	}
	bare := decode(t, []byte(`{"event_name":"user_received_message","sender":{"id":"2893352839501541173"},"recipient":{"id":"0912345678"},"message":{"msg_id":"1"}}`))
	if bare.Person != "" || bare.Phone != "0912345678" {
		t.Errorf("receipt of a bare number has person %q, phone %q", bare.Person, bare.Phone)
	}
	swapped := decode(t, []byte(`{"event_name":"user_seen_message","oa_id":"111111111111111111","sender":{"id":"222222222222222222"},"recipient":{"id":"111111111111111111"},"message":{"msg_ids":["1"]}}`))
	if swapped.Office != "111111111111111111" || swapped.Person != "222222222222222222" {
		t.Errorf("receipt that names its office has office %q, person %q", swapped.Office, swapped.Person)
	}
}

func TestDecodeSubmitInfoShapes(t *testing.T) {
	t.Parallel()
	tests := map[string]map[string]string{
		"03-user_submit_info.2025.official.json": {
			"name": "Name Example", "phone": "84912345678", "dob": "30/10/1999", "gender": "Nam", "city": "Thành phố Hồ Chí Minh",
			"ward": "Phường Tân Thuận", "address": "Đường số 13, KCX Tân Thuận Đông",
		},
		"30-user_submit_info.legacy.constructed.json": {
			"name": "Name Example", "phone": "84912345678", "address": "182 Lê Đại Hành", "city": "Hồ Chí Minh",
			"district": "Quận 11", "ward": "Phường 15",
		},
	}
	for file, want := range tests {
		if diff := cmp.Diff(want, decode(t, sample(t, file)).Info); diff != "" {
			t.Errorf("%s (-want +got):\n%s", file, diff)
		}
	}
}

func TestDedupeKey(t *testing.T) {
	t.Parallel()
	seen := map[string]string{}
	for _, path := range webhookFiles(t) {
		if strings.Contains(path, "30-user_submit_info.legacy") {
			continue // written with the person and the time of 03: one event in the two shapes
		}
		if strings.Contains(path, "08-user_send_image-quote-retry") {
			continue // written with the message id of 01: in life no two messages of an office share one
		}
		k := decode(t, readBody(t, path)).DedupeKey
		if other, twice := seen[k]; twice {
			t.Errorf("%s and %s have the same key %q", path, other, k)
		}
		seen[k] = path
	}
	want := map[string]string{
		"01-user_send_text.official.json": "m|388613280878808645|user_send|96d3cdf3af150460909",
		"02-follow.official.json":         "t|388613280879808645|follow|24684588352919792|154397978274",
		"13-chatbotx-msgid-odd.impl.json": "m|oa-1|user_send|message:1/2",
	}
	for file, k := range want {
		if got := decode(t, sample(t, file)).DedupeKey; got != k {
			t.Errorf("%s has key %q, want %q", file, got, k)
		}
	}
	a := decode(t, []byte(`{"event_name":"user_send_text","recipient":{"id":"1|user_send_text"},"message":{"msg_id":"2"}}`))
	b := decode(t, []byte(`{"event_name":"user_send_text","recipient":{"id":"1"},"message":{"msg_id":"user_send_text|2"}}`))
	if a.DedupeKey == b.DedupeKey {
		t.Errorf("two events share the key %q", a.DedupeKey)
	}
	heart := decode(t, sample(t, "33-user_reacted_message.constructed.json"))
	again := decode(t, []byte(strings.Replace(string(sample(t, "33-user_reacted_message.constructed.json")), "/-heart", "/-strong", 1)))
	if heart.DedupeKey == again.DedupeKey {
		t.Errorf("two reactions to one message share the key %q", heart.DedupeKey)
	}
}

func TestDecodeAttachmentsAreBounded(t *testing.T) {
	t.Parallel()
	one := `{"type":"image","payload":{"url":"https://photo.example/o.jpg"}}`
	body := `{"event_name":"user_send_image","message":{"attachments":[` + strings.Repeat(one+",", 999) + one + `]}}`
	if n := len(decode(t, []byte(body)).Media); n != 20 {
		t.Errorf("kept %d of 1,000 pictures, want 20", n)
	}
}

func TestDecodeFileSizes(t *testing.T) {
	t.Parallel()
	for printed, want := range map[string]int64{`"102400"`: 102400, `102400`: 102400, `"-1"`: 0, `1.5`: 0, `"x"`: 0, `null`: 0} {
		body := `{"event_name":"user_send_file","message":{"attachments":[{"type":"file","payload":{"url":"https://f.example/a","size":` + printed + `}}]}}`
		if got := decode(t, []byte(body)).Media[0].Size; got != want {
			t.Errorf("size %s read as %d, want %d", printed, got, want)
		}
	}
}

func FuzzDecode(f *testing.F) {
	for _, path := range webhookFiles(f) {
		f.Add(readBody(f, path))
	}
	f.Add([]byte(`{"event_name":1,"sender":[],"message":{"attachments":[{"type":"link","payload":{"description":"{"}}]}}`))
	f.Add([]byte("{\"message\":{\"text\":\"\\ud800\xff\"}}"))
	f.Fuzz(func(t *testing.T, body []byte) {
		in, err := zalo.Decode(body)
		if err != nil {
			if !errors.Is(err, zalo.ErrMalformed) {
				t.Fatalf("unexpected error %v", err)
			}
			return
		}
		if in.DedupeKey == "" || (in.Timestamp != 0 && in.TimestampText == "") || len(in.Media) > 20 {
			t.Errorf("inconsistent reading %+v", in)
		}
		if e, ok := in.Event(1); ok {
			checkEvent(t, in, e.ID, e.Text)
		}
		again, _ := zalo.Decode(body)
		if diff := cmp.Diff(in, again); diff != "" {
			t.Errorf("two readings differ:\n%s", diff)
		}
	})
}

// checkEvent holds what every event promises, whatever the body was.
func checkEvent(t *testing.T, in zalo.Inbound, id, text string) {
	t.Helper()
	if in.Office == "" || in.Person == "" || id != in.DedupeKey {
		t.Errorf("event of nobody: office %q person %q id %q", in.Office, in.Person, id)
	}
	if !utf8.ValidString(text) || utf8.RuneCountInString(text) > fold.MaxClean || fold.Clean(text) != text {
		t.Errorf("text is not clean: %q", text)
	}
	switch in.Family {
	case zalo.Group, zalo.Anonymous, zalo.Receipt, zalo.Unknown, zalo.Probe, zalo.Account, zalo.TagChange:
		t.Errorf("a %v became an event", in.Family)
	}
}

func BenchmarkDecodeVerify(b *testing.B) {
	body := sample(b, "01-user_send_text.official.json")
	in := decode(b, body)
	v := zalo.Verifier{AppID: in.AppID, Secrets: []string{"new-secret", "oa-secret"}}
	header := zalo.Sign(in.AppID, "oa-secret", in.TimestampText, body)
	b.ReportAllocs()
	for b.Loop() {
		in, err := zalo.Decode(body)
		if err != nil || !v.Verify(body, header, in).OK {
			b.Fatal("not accepted")
		}
	}
}
