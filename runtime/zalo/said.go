package zalo

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"

	"hoithoai/dsl/value"
)

// Said is one message of a conversation as the API remembers it, with what is needed to take it in as if its webhook had come.
type Said struct {
	Line
	Office string
	Person string

	url, place scalar
}

// wireSaid is an item of v2.0/oa/conversation and v2.0/oa/listrecentchat [OFF D].
type wireSaid struct {
	wireLine
	From     scalar          `json:"from_id"`
	To       scalar          `json:"to_id"`
	URL      scalar          `json:"url"`
	Links    json.RawMessage `json:"links"`
	Location json.RawMessage `json:"location"`
}

// Recent returns the newest message of each of the office's conversations from offset on, the newest conversation first, at most
// ConversationCount [OFF D; that lost events are found so: ONCE H]. A page that is empty is the last.
func (c *Client) Recent(ctx context.Context, office string, offset int) ([]Said, error) {
	return c.said(ctx, office, EndpointRecent, struct {
		Offset int `json:"offset"`
		Count  int `json:"count"`
	}{offset, ConversationCount})
}

// Talk returns the messages of a conversation from offset on, the newest first, at most ConversationCount.
func (c *Client) Talk(ctx context.Context, office, person string, offset int) ([]Said, error) {
	return c.said(ctx, office, EndpointConversation, struct {
		UserID string `json:"user_id"`
		Offset int    `json:"offset"`
		Count  int    `json:"count"`
	}{person, offset, ConversationCount})
}

func (c *Client) said(ctx context.Context, office, endpoint string, query any) ([]Said, error) {
	data, err := json.Marshal(query)
	if err != nil {
		return nil, fmt.Errorf("encode query: %w", err)
	}
	a, err := c.do(ctx, office, call{
		method: http.MethodGet, endpoint: endpoint, query: url.Values{"data": {string(data)}}.Encode(), reads: true,
	})
	if err != nil {
		return nil, err
	}
	var items []wireSaid
	if err := json.Unmarshal(a.Data, &items); err != nil && !isTypeError(err) {
		return nil, &Error{Op: endpoint, Action: Backoff, Err: errNoJSON}
	}
	out := make([]Said, 0, len(items))
	for _, it := range items {
		out = append(out, it.said(office))
	}
	return out, nil
}

// said reads an item. Who is the person follows from who is the office, not from the side the item says it came from.
func (it wireSaid) said(office string) Said {
	s := Said{Line: it.line(), Office: office, Person: string(it.From), url: it.URL, place: it.placeText()}
	if s.Person == office {
		s.Person = string(it.To)
	}
	if s.url == "" {
		s.url = it.firstLink()
	}
	return s
}

// firstLink is the address of the first of links, whose shape no page we hold shows: a list of texts or of objects with a url.
func (it wireSaid) firstLink() scalar {
	var texts []scalar
	if json.Unmarshal(it.Links, &texts) == nil && len(texts) > 0 && texts[0] != "" {
		return texts[0]
	}
	var objects []struct {
		URL  scalar `json:"url"`
		Href scalar `json:"href"`
	}
	if json.Unmarshal(it.Links, &objects) == nil && len(objects) > 0 {
		return scalar(joinNonEmpty("", string(objects[0].URL), string(objects[0].Href)))
	}
	return ""
}

// placeText is location as a text: an object, or JSON within a text.
func (it wireSaid) placeText() scalar {
	var text scalar
	if err := json.Unmarshal(it.Location, &text); err == nil && text != "" {
		return text
	}
	return scalar(it.Location)
}

// Inbound is the message as its webhook would have said it, and ok whether a person said it at a known time. Its DedupeKey is
// that of the webhook. What the list does not show (the name of a file, the number on a card) is missing.
func (s Said) Inbound() (in Inbound, ok bool) {
	if s.FromOffice || s.Person == "" || s.Person == s.Office || s.MessageID == "" || s.Time.UnixMilli() <= 0 {
		return in, false
	}
	in = Inbound{
		Family: UserMessage, EventName: "user_send_text", Office: s.Office, Person: s.Person, MessageID: s.MessageID,
		Timestamp: s.Time.UnixMilli(), Text: s.Text,
	}
	s.attach(&in)
	in.DedupeKey = dedupeKey(in, nil)
	return in, true
}

// saidKinds maps the types of the list to the kinds of value.Media.
var saidKinds = map[string]string{"photo": "image", "GIF": "image", "voice": "audio"}

func (s Said) attach(in *Inbound) {
	switch kind := saidKinds[s.Type]; {
	case s.Type == "location":
		in.Media = s.places()
	case kind != "" && s.url != "":
		in.Media = []value.Media{{Kind: kind, URL: string(s.url)}}
	case s.Type == "sticker", kind != "" && s.Text == "":
		in.Sticker = &Sticker{URL: string(s.url)}
	case (s.Type == "link" || s.Type == "links") && s.url != "":
		in.Link = &Link{URL: string(s.url)}
	}
}

// places reads latitude and longitude under the names of the webhook, or the short ones.
func (s Said) places() []value.Media {
	var p struct {
		Latitude  scalar `json:"latitude"`
		Longitude scalar `json:"longitude"`
		Lat       scalar `json:"lat"`
		Long      scalar `json:"long"`
		Lon       scalar `json:"lon"`
	}
	if err := json.Unmarshal([]byte(s.place), &p); err != nil && !isTypeError(err) {
		return nil
	}
	m := value.Media{Kind: "location", Lat: first(p.Latitude, p.Lat), Long: first(p.Longitude, p.Long, p.Lon)}
	if m.Lat == "" || m.Long == "" {
		return nil
	}
	return []value.Media{m}
}

func first(texts ...scalar) string {
	for _, t := range texts {
		if t != "" {
			return string(t)
		}
	}
	return ""
}
