package zalo

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"time"
)

// answer is what the API answers with (facts §2.7): errors come with status 200 and error != 0 [OFF D,E]. Everything in data is
// optional and may be a string or a number.
type answer struct {
	Error scalar          `json:"error"`
	Data  json.RawMessage `json:"data"`
}

type sendData struct {
	MessageID   scalar `json:"message_id"`
	UserID      scalar `json:"user_id"`
	RecipientID scalar `json:"recipient_id"` // fixture of H; official pages print user_id
	Quota       struct {
		Type    scalar `json:"quota_type"` // the file page leaves it out [OFF D]
		Remain  scalar `json:"remain"`     // gone since 01/03/2026 according to B
		Total   scalar `json:"total"`
		Expires scalar `json:"expired_date"`
		Owner   scalar `json:"owner_type"`
	} `json:"quota"`
	AttachmentID scalar `json:"attachment_id"`
	Token        scalar `json:"token"`
}

// Quota says what a message was paid from; Type is empty for a billed message or where nobody said (facts §2.7). Remain and
// Total are -1 where absent.
type Quota struct {
	Type          string // reply, sub_quota, purchase_quota, reward_quota, welcome_msg
	Remain, Total int
	Expires       string // DD/MM/YYYY, as printed
	Owner         string // OA or App
}

// read turns an HTTP answer of at most so many bytes into the API's, or into an *Error without its Op.
func read(res *http.Response, most int64) (answer, *Error) {
	if res.StatusCode != http.StatusOK {
		action, unknown := ActionOfStatus(res.StatusCode)
		return answer{}, &Error{HTTPStatus: res.StatusCode, Action: action, Unknown: unknown, Wait: retryAfter(res.Header)}
	}
	// The call was carried out; without a readable answer nobody knows how.
	open := func(err error) *Error {
		return &Error{HTTPStatus: res.StatusCode, Action: Backoff, Unknown: true, Err: err}
	}
	b, err := readAll(res.Body, most)
	if err != nil {
		return answer{}, open(err)
	}
	var a answer
	if err := json.Unmarshal(b, &a); err != nil {
		return answer{}, open(fmt.Errorf("decode answer of %d bytes: %w", len(b), errNoJSON))
	}
	code, err := strconv.Atoi(string(a.Error))
	if err != nil {
		return answer{}, open(errNoCode)
	}
	if code != 0 {
		return answer{}, &Error{HTTPStatus: res.StatusCode, Code: code, Action: ActionOf(code), Wait: retryAfter(res.Header)}
	}
	return a, nil
}

// What is wrong with an answer. The decoder's own error is not kept: it quotes the answer.
var (
	errNoJSON = errors.New("not the JSON of the API")
	errNoCode = errors.New("answer without an error code")
)

// retryAfter reads the header Retry-After, in seconds, at most an hour [MEM: general HTTP; no page of Zalo names it].
func retryAfter(h http.Header) time.Duration {
	n := headerNumber(h, "Retry-After")
	return time.Duration(min(max(n, 0), 3600)) * time.Second
}

// data reads the data of an answer; what does not fit counts as missing.
func (a answer) data() sendData {
	var d sendData
	if err := json.Unmarshal(a.Data, &d); err != nil && !isTypeError(err) {
		return sendData{}
	}
	return d
}

func (d sendData) quota() Quota {
	q := d.Quota
	return Quota{string(q.Type), number(q.Remain), number(q.Total), string(q.Expires), string(q.Owner)}
}

func number(s scalar) int {
	n, err := strconv.Atoi(string(s))
	if err != nil || n < 0 {
		return -1
	}
	return n
}
