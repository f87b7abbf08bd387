package zalo_test

import (
	"context"
	"errors"
	"io"
	"net/http"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"hoithoai/runtime/zalo"

	"github.com/google/go-cmp/cmp"
)

// roundTrip is a transport that answers without a network and keeps what was asked.
type roundTrip struct {
	mu     sync.Mutex
	asked  []*http.Request
	answer string
	header http.Header
	err    error
}

// RoundTrip answers.
func (r *roundTrip) RoundTrip(req *http.Request) (*http.Response, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.asked = append(r.asked, req)
	if r.err != nil {
		return nil, r.err
	}
	return &http.Response{StatusCode: http.StatusOK, Header: r.header.Clone(), Body: io.NopCloser(strings.NewReader(r.answer)), Request: req}, nil
}

func TestClientDefaults(t *testing.T) {
	t.Parallel()
	synctest.Test(t, clientDefaults)
}

func clientDefaults(t *testing.T) {
	rt := &roundTrip{answer: `{"error":0}`}
	client := zalo.NewClient(zalo.ClientConfig{Tokens: zalo.StaticTokens{officeID: secret}, Transport: rt})
	if _, err := client.Send(t.Context(), officeID, hello()); err != nil {
		t.Fatal(err)
	}
	asked := rt.asked[0]
	if got := asked.URL.String(); got != "https://openapi.zalo.me/v3.0/oa/message/cs" {
		t.Errorf("address %s", got)
	}
	deadline, ok := asked.Context().Deadline()
	if left := time.Until(deadline); !ok || left != 5*time.Second {
		t.Errorf("deadline in %v, %v", left, ok)
	}
	if asked.Header["access_token"][0] != secret { // the name as the pages spell it, not as Go would
		t.Errorf("headers %v", asked.Header)
	}
}

// TestNothingWritten: a transport that failed before it wrote anything leaves no doubt.
func TestNothingWritten(t *testing.T) {
	t.Parallel()
	cause := errors.New("no route to host")
	client := zalo.NewClient(zalo.ClientConfig{Tokens: zalo.StaticTokens{officeID: secret}, Transport: &roundTrip{err: cause}})
	_, err := client.Send(t.Context(), officeID, hello())
	if e := asError(t, err); e.Unknown || e.Unmade || !errors.Is(err, cause) || e.Action != zalo.Backoff {
		t.Errorf("%+v", e)
	}
}

// tokens is a source that fails.
type tokens struct{ err error }

// Token fails.
func (s tokens) Token(context.Context, string) (string, error) { return "", s.err }

func TestTokenSourceFails(t *testing.T) {
	t.Parallel()
	cause := errors.New("token store is away")
	rt := &roundTrip{}
	client := zalo.NewClient(zalo.ClientConfig{Tokens: tokens{cause}, Transport: rt})
	_, err := client.Send(t.Context(), officeID, hello())
	if e := asError(t, err); !errors.Is(err, cause) || e.Unknown || !e.Unmade || len(rt.asked) != 0 {
		t.Errorf("%+v, %d calls", e, len(rt.asked))
	}
}

func TestOnRate(t *testing.T) {
	t.Parallel()
	tests := []struct {
		limit, remain string
		want          []zalo.Rate
	}{
		{"4000", "17", []zalo.Rate{{Limit: 4000, Remain: 17}}},
		{"", "17", []zalo.Rate{{Limit: -1, Remain: 17}}},
		{"4000", "many", []zalo.Rate{{Limit: 4000, Remain: -1}}},
		{"", "", nil},
		{"-5", "-1", nil},
	}
	for _, tt := range tests {
		h := http.Header{}
		h.Set("X-RateLimit-Limit", tt.limit)
		h.Set("X-RateLimit-Remain", tt.remain)
		var got []zalo.Rate
		client := zalo.NewClient(zalo.ClientConfig{
			Tokens: zalo.StaticTokens{officeID: secret}, Transport: &roundTrip{answer: `{"error":0}`, header: h},
			OnRate: func(office string, r zalo.Rate) {
				if office != officeID {
					t.Errorf("office %s", office)
				}
				got = append(got, r)
			},
		})
		if _, err := client.Send(t.Context(), officeID, hello()); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(tt.want, got); diff != "" {
			t.Errorf("limit %q remain %q (-want +got):\n%s", tt.limit, tt.remain, diff)
		}
	}
}

// TestTolerantAnswers: data that came in another shape counts as missing; the message was taken all the same.
func TestTolerantAnswers(t *testing.T) {
	t.Parallel()
	none := zalo.Quota{Remain: -1, Total: -1}
	tests := map[string]zalo.SendResult{
		`{"error":0}`:                                          {Quota: none},
		`{"error":"0","data":null}`:                            {Quota: none},
		`{"error":0,"data":[]}`:                                {Quota: none},
		`{"error":0,"data":{"message_id":7}}`:                  {MessageID: "7", Quota: none},
		`{"error":0,"data":{"message_id":"a","quota":"full"}}`: {MessageID: "a", Quota: none},
		`{"error":0,"data":{"message_id":"a","quota":{"remain":7,"total":"many"},"sent_time":1}}`: {MessageID: "a", Quota: zalo.Quota{Remain: 7, Total: -1}},
		`{"error":0,"data":{"user_id":"u","recipient_id":"r"}}`:                                   {Person: "u", Quota: none},
	}
	for answer, want := range tests {
		client := zalo.NewClient(zalo.ClientConfig{Tokens: zalo.StaticTokens{officeID: secret}, Transport: &roundTrip{answer: answer}})
		got, err := client.Send(t.Context(), officeID, hello())
		if diff := cmp.Diff(want, got); err != nil || diff != "" {
			t.Errorf("%s: %v (-want +got):\n%s", answer, err, diff)
		}
	}
}

func TestProfile(t *testing.T) {
	t.Parallel()
	tests := []struct {
		answer string
		want   zalo.Profile
		code   int
	}{
		// keys of facts/zalo-api.md section 6; values ours
		{`{"error":0,"data":{"user_id":"1","user_id_by_app":"2","display_name":"Khoa Phạm","user_alias":"anh Khoa","is_sensitive":false,"user_is_follower":true,"shared_info":{"phone":84912345678}}}`, zalo.Profile{Name: "Khoa Phạm", Follows: true}, 0},
		{`{"error":0,"data":{"display_name":"\u202eA\u0000 ","user_is_follower":"yes"}}`, zalo.Profile{Name: "A"}, 0},
		{`{"error":0,"data":{}}`, zalo.Profile{}, 0},
		{`{"error":-213,"message":"user is unknown"}`, zalo.Profile{}, -213},
	}
	for _, tt := range tests {
		rt := &roundTrip{answer: tt.answer}
		client := zalo.NewClient(zalo.ClientConfig{Tokens: zalo.StaticTokens{officeID: secret}, Transport: rt})
		got, err := client.Profile(t.Context(), officeID, "246845883529197922")
		code := 0
		if err != nil {
			code = asError(t, err).Code
		}
		if got != tt.want || code != tt.code {
			t.Errorf("%s: %+v, %v", tt.answer, got, err)
		}
		if q := rt.asked[0].URL.Query().Get("data"); rt.asked[0].URL.Path != "/v3.0/oa/user/detail" || q != `{"user_id":"246845883529197922"}` {
			t.Errorf("asked %s", rt.asked[0].URL)
		}
	}
}

// TestConversationOddities: numbers as texts, texts as numbers, and lines of other kinds.
func TestConversationOddities(t *testing.T) {
	t.Parallel()
	rt := &roundTrip{answer: `{"error":0,"data":[{"src":"0","time":"1619401853770","type":"photo","message_id":7},{"src":1,"time":"soon","message":5},{"src":null}]}`}
	client := zalo.NewClient(zalo.ClientConfig{Tokens: zalo.StaticTokens{officeID: secret}, Transport: rt})
	got, err := client.Talk(t.Context(), officeID, person, 0)
	want := []zalo.Line{
		{FromOffice: true, Time: time.UnixMilli(1619401853770), Type: "photo", MessageID: "7"}, {Time: time.UnixMilli(0), Text: "5"}, {Time: time.UnixMilli(0)},
	}
	if diff := cmp.Diff(want, linesOf(got)); err != nil || diff != "" {
		t.Errorf("%v (-want +got):\n%s", err, diff)
	}
}

// TestClientConcurrentUse is for the race detector.
func TestClientConcurrentUse(t *testing.T) {
	t.Parallel()
	rt := &roundTrip{answer: `{"error":0,"data":{"message_id":"1"}}`}
	client := zalo.NewClient(zalo.ClientConfig{Tokens: zalo.StaticTokens{officeID: secret}, Transport: rt})
	var wg sync.WaitGroup
	for range 16 {
		wg.Go(func() {
			if got, err := client.Send(t.Context(), officeID, hello()); err != nil || got.MessageID != "1" {
				t.Errorf("%+v, %v", got, err)
			}
		})
	}
	wg.Wait()
	if len(rt.asked) != 16 {
		t.Errorf("%d calls", len(rt.asked))
	}
}
