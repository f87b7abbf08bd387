package zalo

import (
	"strings"

	"hoithoai/dsl/fold"
	"hoithoai/dsl/value"
	"hoithoai/runtime/event"
)

// Event returns what the event means to a dialog, accepted at the given Unix milliseconds; ok is false for everything a dialog
// does not care about: receipts, echoes of the API, groups, anonymous people, accounts, unknown events, and events that name no
// office or no person.
//
// A link is a Text of its words and its address; a business card is a Text of name and number: both are things a person says.
// A sticker, and a message in which nothing can be fetched, is a Sticker. The first press on "chat" counts as a follow. A human
// of the office is an Officer; automatic answers of the console are echoes without an admin_id and are nobody.
// Event.ID is the DedupeKey. Texts are NFC, without control and direction characters, at most fold.MaxClean runes (fold.Clean).
func (in Inbound) Event(at int64) (event.Event, bool) {
	e := event.Event{ID: in.DedupeKey, At: at, Sent: in.Timestamp}
	if in.Office == "" || in.Person == "" {
		return event.Event{}, false
	}
	switch in.Family {
	case UserMessage:
		in.say(&e)
	case Follow, ChatNow:
		e.Kind = event.Follow
	case Unfollow:
		e.Kind = event.Unfollow
	case Withdraw:
		e.Kind = event.Withdraw
	case SubmitInfo:
		e.Kind, e.Fields = event.Submit, cleanFields(in.Info)
	case Echo:
		e.Kind, e.Text = event.Officer, fold.Clean(in.Text)
	}
	return e, e.Kind != 0 && (e.Kind != event.Officer || in.AdminID != "")
}

// say fills in what a person sent.
func (in Inbound) say(e *event.Event) {
	e.Text = fold.Clean(in.words())
	switch {
	case len(in.Media) > 0 && in.Media[0].Kind == "location":
		e.Kind, e.Media = event.Place, in.Media
	case len(in.Media) > 0:
		e.Kind, e.Media = event.Media, cleanMedia(in.Media)
	case in.Sticker != nil || e.Text == "":
		e.Kind, e.Text = event.Sticker, ""
	default:
		e.Kind = event.Text
	}
}

// words returns the text, with the address of a link that the text does not show, or the number of a card.
func (in Inbound) words() string {
	switch {
	case in.Card != nil:
		return joinNonEmpty(", ", in.Card.Name, in.Card.Phone)
	case in.Link != nil && !strings.Contains(in.Text, in.Link.URL):
		return joinNonEmpty("\n", in.Text, in.Link.URL)
	}
	return in.Text
}

func joinNonEmpty(sep, a, b string) string {
	if a == "" || b == "" {
		return a + b
	}
	return a + sep + b
}

func cleanFields(info map[string]string) map[string]string {
	if len(info) == 0 {
		return nil
	}
	out := make(map[string]string, len(info))
	for k, v := range info {
		out[k] = fold.Clean(v)
	}
	return out
}

func cleanMedia(list []value.Media) []value.Media {
	out := make([]value.Media, len(list))
	for i, m := range list {
		m.Name = fold.Clean(m.Name)
		out[i] = m
	}
	return out
}
