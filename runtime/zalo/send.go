package zalo

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"time"
)

// SendResult is what the API said of a message it took. MessageID equals the msg_id of its echo; it may be empty.
type SendResult struct {
	MessageID string
	Person    string
	Quota     Quota
}

// Send makes one call for an office. The error is an *Error: with Unknown the message may have arrived.
func (c *Client) Send(ctx context.Context, office string, r Request) (SendResult, error) {
	a, err := c.do(ctx, office, call{method: http.MethodPost, endpoint: r.Endpoint, contentType: "application/json", body: r.Body})
	if err != nil {
		return SendResult{}, err
	}
	d := a.data()
	person := d.UserID
	if person == "" {
		person = d.RecipientID
	}
	return SendResult{MessageID: string(d.MessageID), Person: string(person), Quota: d.quota()}, nil
}

// Line is one message of a conversation as the API remembers it.
type Line struct {
	FromOffice bool // src 0
	Time       time.Time
	Type       string // text, voice, photo, GIF, link, links, sticker, location
	Text       string
	MessageID  string
}

// wireLine is an item of v2.0/oa/conversation [OFF D].
type wireLine struct {
	Source    scalar `json:"src"`
	Time      scalar `json:"time"`
	Type      scalar `json:"type"`
	Message   scalar `json:"message"`
	MessageID scalar `json:"message_id"`
}

func (it wireLine) line() Line {
	return Line{
		FromOffice: it.Source == "0", Time: time.UnixMilli(milliseconds(string(it.Time))), Type: string(it.Type), Text: string(it.Message),
		MessageID: string(it.MessageID),
	}
}

// Window is what the API says of a person's send window.
type Window struct {
	LastInteraction time.Time // zero where it does not say
	Remain, Total   int       // of free replies; -1 where absent
}

// Window asks when a person last interacted, for a message that is not an answer (facts §2.7: POST [OFF D]).
func (c *Client) Window(ctx context.Context, office, person string) (Window, error) {
	body, err := json.Marshal(recipient{person})
	if err != nil {
		return Window{}, fmt.Errorf("encode query: %w", err)
	}
	k := call{method: http.MethodPost, endpoint: EndpointQuota, contentType: "application/json", body: body, reads: true}
	a, err := c.do(ctx, office, k)
	if err != nil {
		return Window{}, err
	}
	var d struct {
		Last  scalar `json:"last_interaction"`
		Reply struct {
			Remain scalar `json:"remain"`
			Total  scalar `json:"total"`
		} `json:"cs_reply"`
	}
	if err := json.Unmarshal(a.Data, &d); err != nil && !isTypeError(err) {
		return Window{}, &Error{Op: EndpointQuota, Action: Backoff, Err: errNoJSON}
	}
	w := Window{Remain: number(d.Reply.Remain), Total: number(d.Reply.Total)}
	if at := milliseconds(string(d.Last)); at != 0 {
		w.LastInteraction = time.UnixMilli(at)
	}
	return w, nil
}
