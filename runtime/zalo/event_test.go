package zalo_test

import (
	"path/filepath"
	"testing"

	"hoithoai/dsl/golden"
	"hoithoai/dsl/value"
	"hoithoai/runtime/event"

	"github.com/google/go-cmp/cmp"
)

const acceptedAt = 1751100050000

func TestEventGolden(t *testing.T) {
	t.Parallel()
	for _, path := range webhookFiles(t) {
		t.Run(filepath.Base(path), func(t *testing.T) {
			t.Parallel()
			e, ok := decode(t, readBody(t, path)).Event(acceptedAt)
			if !ok {
				return // TestEventOfNobody names those
			}
			golden.Assert(t, filepath.Join(samples, "event", filepath.Base(path)), indent(t, e))
		})
	}
}

// TestEventOfNobody names every sample that must not reach a dialog.
func TestEventOfNobody(t *testing.T) {
	t.Parallel()
	want := map[string]bool{}
	for _, name := range []string{
		"04-add_user_to_tag.official.json", "05-zns-user_received_message.official.json", "09-user_seen_message.impl.json",
		"10-user_received_message.impl.json", "12-goclaw-text.impl.json", "14-user_send_file.impl.json",
		"15-url-save-probe.impl.json", "16-user_send_file.checksum.impl.json", "33-user_reacted_message.constructed.json",
		"34-anonymous_send_text.constructed.json", "35-oa_send_text.api-echo.constructed.json",
		"38-group-user_join.constructed.json", "39-user_send_group_text.constructed.json", "40-unknown_event.constructed.json",
		"42-change_oa_daily_quota.constructed.json",
	} {
		want[name] = true
	}
	for _, path := range webhookFiles(t) {
		name := filepath.Base(path)
		if e, ok := decode(t, readBody(t, path)).Event(acceptedAt); ok == want[name] {
			t.Errorf("%s: event %+v, %v", name, e, ok)
		}
	}
}

func TestEventKinds(t *testing.T) {
	t.Parallel()
	tests := []struct {
		file string
		kind event.Kind
		text string
	}{
		{"01-user_send_text.official.json", event.Text, "message"},
		{"02-follow.official.json", event.Follow, ""},
		{"03-user_submit_info.2025.official.json", event.Submit, ""},
		{"06-user_send_location.real.json", event.Place, "Cơm Coffee New Sky"},
		{"08-user_send_image-quote-retry.impl.json", event.Media, "photo"},
		{"21-user_send_gif.constructed.json", event.Media, ""},
		{"22-user_send_link.constructed.json", event.Text, "https://dichvucong.gov.vn"},
		{"25-user_send_sticker.constructed.json", event.Sticker, ""},
		{"27-user_send_business_card.constructed.json", event.Text, "Nguyễn Văn A, 84912345678"},
		{"28-user_click_chatnow.constructed.json", event.Follow, ""},
		{"29-unfollow.constructed.json", event.Unfollow, ""},
		{"32-button-press-json-string.constructed.json", event.Text, `{"content":"A"}`},
		{"36-oa_send_text.human.constructed.json", event.Officer, "Cán bộ trực xin chào"},
		{"37-user_withdraw.constructed.json", event.Withdraw, ""},
	}
	for _, tt := range tests {
		in := decode(t, sample(t, tt.file))
		e, ok := in.Event(acceptedAt)
		if !ok || e.Kind != tt.kind || e.Text != tt.text {
			t.Errorf("%s: kind %d text %q ok %v, want %d %q", tt.file, e.Kind, e.Text, ok, tt.kind, tt.text)
		}
		if e.At != acceptedAt || e.Sent != in.Timestamp || e.ID != in.DedupeKey {
			t.Errorf("%s: at %d sent %d id %q", tt.file, e.At, e.Sent, e.ID)
		}
	}
}

func TestEventPlace(t *testing.T) {
	t.Parallel()
	e, _ := decode(t, sample(t, "06-user_send_location.real.json")).Event(acceptedAt)
	want := []value.Media{{Kind: "location", Lat: "10.7923119", Long: "106.7820651"}}
	if diff := cmp.Diff(want, e.Media); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestEventLinks(t *testing.T) {
	t.Parallel()
	send := func(message string) event.Event {
		e, ok := decode(t, []byte(`{"event_name":"user_send_link","sender":{"id":"1"},"recipient":{"id":"2"},"message":`+message+`}`)).Event(1)
		if !ok {
			t.Errorf("no event of %s", message)
		}
		return e
	}
	const link = `"attachments":[{"type":"link","payload":{"url":"https://x.example/a","title":"T"}}]`
	for message, want := range map[string]string{
		`{` + link + `}`: "https://x.example/a",
		`{"text":"xem https://x.example/a giúp",` + link + `}`: "xem https://x.example/a giúp",
		`{"text":"xem giúp",` + link + `}`:                     "xem giúp\nhttps://x.example/a",
	} {
		if e := send(message); e.Kind != event.Text || e.Text != want {
			t.Errorf("%s: kind %d, text %q, want %q", message, e.Kind, e.Text, want)
		}
	}
}

func TestEventWithoutContent(t *testing.T) {
	t.Parallel()
	for _, body := range []string{
		`{"event_name":"user_send_image","sender":{"id":"1"},"recipient":{"id":"2"},"message":{"attachments":[{"type":"image","payload":{}}]}}`,
		`{"event_name":"user_send_image","sender":{"id":"1"},"recipient":{"id":"2"},"message":{"attachments":[{"type":"photo","payload":{"url":"https://x.example"}}]}}`,
		`{"event_name":"user_send_text","sender":{"id":"1"},"recipient":{"id":"2"},"message":{"text":" \u200b\n"}}`,
		`{"event_name":"user_send_text","sender":{"id":"1"},"recipient":{"id":"2"}}`,
	} {
		if e, ok := decode(t, []byte(body)).Event(1); !ok || e.Kind != event.Sticker || e.Text != "" {
			t.Errorf("%s: %+v, %v; want something unreadable", body, e, ok)
		}
	}
}
