package zalo_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"hoithoai/runtime/zalo"

	"github.com/google/go-cmp/cmp"
)

const (
	officeID = "388613280878808645"
	secret   = "canary-token"
)

// api is a server that answers every call in one way and keeps the last one. Package fake is the whole Zalo; here single answers matter.
type api struct {
	client *zalo.Client
	url    string
	last   *http.Request
	body   []byte
}

func newAPI(t testing.TB, answer http.HandlerFunc) *api {
	t.Helper()
	a := &api{}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		a.last = r
		a.body, _ = io.ReadAll(r.Body)
		answer(w, r)
	}))
	t.Cleanup(server.Close)
	a.url = server.URL
	a.client = zalo.NewClient(zalo.ClientConfig{BaseURL: server.URL, Tokens: zalo.StaticTokens{officeID: secret}, Timeout: time.Minute})
	return a
}

// says answers a status and a body.
func says(status int, body string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(status)
		fmt.Fprint(w, body)
	}
}

func official(t testing.TB, name string) string {
	t.Helper()
	b, err := os.ReadFile(filepath.Join(samples, "api", name))
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func hello() zalo.Request {
	return zalo.Request{Endpoint: zalo.EndpointConsult, Body: []byte(`{"recipient":{"user_id":"1"},"message":{"text":"hello"}}`), Text: "hello"}
}

func asError(t testing.TB, err error) *zalo.Error {
	t.Helper()
	var e *zalo.Error
	if !errors.As(err, &e) {
		t.Fatalf("%v is no *zalo.Error", err)
	}
	return e
}

// TestSendOfficialAnswers reads every answer that official pages print.
func TestSendOfficialAnswers(t *testing.T) {
	t.Parallel()
	const id, user = "63ecf43f0df7dba892e6", "2512523625412515"
	tests := map[string]zalo.SendResult{
		"cs.response.reply-quota.json":                    {MessageID: id, Person: user, Quota: zalo.Quota{Type: "reply", Remain: 7, Total: 8}},
		"cs.response.reply-quota-without-quota_type.json": {MessageID: id, Person: user, Quota: zalo.Quota{Remain: 7, Total: 8}},
		"cs.response.sub_quota.json":                      {MessageID: id, Person: user, Quota: zalo.Quota{Type: "sub_quota", Remain: 1990, Total: 2000, Expires: "11/02/2023"}},
		"cs.response.purchase_quota.json":                 {MessageID: id, Person: user, Quota: zalo.Quota{Type: "purchase_quota", Remain: -1, Total: -1, Owner: "OA"}},
		"cs.response.reward_quota.json":                   {MessageID: id, Person: user, Quota: zalo.Quota{Type: "reward_quota", Remain: -1, Total: -1, Owner: "OA"}},
		"cs.response.billed-no-quota.json":                {MessageID: id, Person: user, Quota: zalo.Quota{Remain: -1, Total: -1}},
		"goclaw.send_message_200.json":                    {MessageID: "msg-fixture-1", Person: "user-fixture", Quota: zalo.Quota{Remain: -1, Total: -1}},
	}
	for name, want := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a := newAPI(t, says(200, official(t, name)))
			got, err := a.client.Send(t.Context(), officeID, hello())
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestSendRequest(t *testing.T) {
	t.Parallel()
	a := newAPI(t, says(200, `{"error":0}`))
	if _, err := a.client.Send(t.Context(), officeID, hello()); err != nil {
		t.Fatal(err)
	}
	if a.last.Method != http.MethodPost || a.last.URL.String() != "/v3.0/oa/message/cs" || !bytes.Equal(a.body, hello().Body) {
		t.Errorf("%s %s %s", a.last.Method, a.last.URL, a.body)
	}
	h := a.last.Header
	if h.Get("access_token") != secret || h.Get("Content-Type") != "application/json" || h.Get("Authorization") != "" || h.Get("appsecret_proof") != "" {
		t.Errorf("headers %v", h)
	}
}

func TestAppSecretProof(t *testing.T) {
	t.Parallel()
	// printf canary-token | openssl dgst -sha256 -hmac app-secret
	const want = "8c0c4b24a5e7af833556f21e5630414be00de0026eb11ecb255a3526ad2c17df"
	if got := zalo.AppSecretProof("app-secret", secret); got != want {
		t.Errorf("proof %s, want %s", got, want)
	}
}

// TestSendFailures: which failures leave the outcome open, and what to do about each.
func TestSendFailures(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name    string
		answer  http.HandlerFunc
		code    int
		status  int
		action  zalo.Action
		unknown bool
	}{
		{"code with status 200", says(200, `{"error":-216,"message":"Access token is invalid"}`), -216, 200, zalo.Refresh, false},
		{"code as a text", says(200, `{"error":"-230"}`), -230, 200, zalo.Drop, false},
		{"code nobody explained", says(200, `{"error":-99999}`), -99999, 200, zalo.UnknownAction, false},
		{"no code at all", says(200, `{"data":{"message_id":"1"}}`), 0, 200, zalo.Backoff, true},
		{"no JSON", says(200, `<html>`), 0, 200, zalo.Backoff, true},
		{"empty", says(200, ``), 0, 200, zalo.Backoff, true},
		{"another JSON", says(200, `[]`), 0, 200, zalo.Backoff, true},
		{"too long", says(200, `{"error":0,"x":"`+strings.Repeat("x", zalo.AnswerBytes)+`"}`), 0, 200, zalo.Backoff, true},
		{"500", says(500, `{"error":0}`), 0, 500, zalo.Backoff, true},
		{"502", says(502, `bad gateway`), 0, 502, zalo.Backoff, true},
		{"408", says(408, ``), 0, 408, zalo.Backoff, true},
		{"429", says(429, ``), 0, 429, zalo.Backoff, false},
		{"401", says(401, ``), 0, 401, zalo.Refresh, false},
		{"403", says(403, ``), 0, 403, zalo.Alert, false},
		{"404", says(404, ``), 0, 404, zalo.Fix, false},
		{"202", says(202, `{"error":0}`), 0, 202, zalo.Alert, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			_, err := newAPI(t, tt.answer).client.Send(t.Context(), officeID, hello())
			e := asError(t, err)
			if e.Code != tt.code || e.HTTPStatus != tt.status || e.Action != tt.action || e.Unknown != tt.unknown || e.Op != zalo.EndpointConsult {
				t.Errorf("%+v (%v)", e, e)
			}
		})
	}
}

func TestSendFollowsNoRedirect(t *testing.T) {
	t.Parallel()
	stolen := newAPI(t, says(200, `{"error":0}`))
	a := newAPI(t, func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, stolen.url+"/v3.0/oa/message/cs", http.StatusTemporaryRedirect)
	})
	_, err := a.client.Send(t.Context(), officeID, hello())
	if e := asError(t, err); e.HTTPStatus != http.StatusTemporaryRedirect || e.Action != zalo.Alert {
		t.Errorf("%+v", e)
	}
	if stolen.last != nil {
		t.Error("the token went to another server")
	}
}

func TestRetryAfter(t *testing.T) {
	t.Parallel()
	for header, want := range map[string]time.Duration{"7": 7 * time.Second, "-1": 0, "x": 0, "": 0, "999999": time.Hour} {
		a := newAPI(t, func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Retry-After", header)
			w.WriteHeader(http.StatusTooManyRequests)
		})
		_, err := a.client.Send(t.Context(), officeID, hello())
		if e := asError(t, err); e.Wait != want {
			t.Errorf("Retry-After %q: wait %v, want %v", header, e.Wait, want)
		}
	}
}

// TestSendToNobody: a connection that never was leaves nothing open; one that ends in silence does.
func TestSendToNobody(t *testing.T) {
	t.Parallel()
	client := zalo.NewClient(zalo.ClientConfig{BaseURL: "http://127.0.0.1:1", Tokens: zalo.StaticTokens{officeID: secret}})
	_, err := client.Send(t.Context(), officeID, hello())
	if e := asError(t, err); e.Unknown || e.Action != zalo.Backoff || e.Err == nil {
		t.Errorf("refused connection: %+v", e)
	}
	ctx, cancel := context.WithCancel(t.Context())
	a := newAPI(t, func(_ http.ResponseWriter, r *http.Request) {
		cancel()
		<-r.Context().Done()
	})
	_, err = a.client.Send(ctx, officeID, hello())
	if e := asError(t, err); !e.Unknown || !errors.Is(err, context.Canceled) {
		t.Errorf("stopped in the middle: %+v", e)
	}
	ctx, cancel = context.WithCancel(t.Context())
	cancel()
	_, err = a.client.Send(ctx, officeID, hello())
	if e := asError(t, err); e.Unknown {
		t.Errorf("stopped before it began: %+v", e)
	}
}

func TestSendWithoutToken(t *testing.T) {
	t.Parallel()
	a := newAPI(t, says(200, `{"error":0}`))
	_, err := a.client.Send(t.Context(), "another", hello())
	if e := asError(t, err); e.Unknown || a.last != nil {
		t.Errorf("%+v", e)
	}
}

// TestNothingLeaks: errors show neither token, nor person, nor words.
func TestNothingLeaks(t *testing.T) {
	t.Parallel()
	closed := zalo.NewClient(zalo.ClientConfig{BaseURL: "http://127.0.0.1:1", Tokens: zalo.StaticTokens{officeID: secret}})
	echoing := newAPI(t, func(w http.ResponseWriter, r *http.Request) {
		fmt.Fprintf(w, "%s %s %s", r.Header.Get("access_token"), r.URL, "canary-words")
	}).client
	r := hello()
	r.Body = []byte(`{"recipient":{"user_id":"canary-person"},"message":{"text":"canary-words"}}`)
	for _, client := range []*zalo.Client{closed, echoing} {
		_, err1 := client.Send(t.Context(), officeID, r)
		_, err2 := client.Talk(t.Context(), officeID, "canary-person", 0)
		_, err3 := client.Profile(t.Context(), officeID, "canary-person")
		_, err4 := client.Window(t.Context(), officeID, "canary-person")
		all := fmt.Sprintf("%v %v %v %v %+v", err1, err2, err3, err4, asError(t, err1))
		if strings.Contains(all, "canary") || err1 == nil || err2 == nil || err3 == nil || err4 == nil {
			t.Errorf("errors show what they must not: %s", all)
		}
	}
	tokens := zalo.StaticTokens{officeID: secret}
	js, err := json.Marshal(tokens)
	cfg := zalo.ClientConfig{BaseURL: "https://a.example", AppSecret: "canary-app-secret", Tokens: tokens}
	cfgJSON, cfgErr := json.Marshal(cfg)
	if shown := fmt.Sprintf("%v %+v %#v %s", cfg, cfg, cfg, cfgJSON); cfgErr != nil || strings.Contains(shown, "canary") || !strings.Contains(shown, "a.example") {
		t.Errorf("the configuration shows itself: %s, %v", shown, cfgErr)
	}
	if shown := fmt.Sprintf("%v %+v %#v %s", tokens, tokens, tokens, js); err != nil || strings.Contains(shown, "canary") {
		t.Errorf("tokens show themselves: %s, %v", shown, err)
	}
}

func TestConversation(t *testing.T) {
	t.Parallel()
	a := newAPI(t, says(200, official(t, "conversation.response-1.json")))
	said, err := a.client.Talk(t.Context(), officeID, person, 0)
	want := []zalo.Line{{Time: time.UnixMilli(1619401853770), Type: "text", Text: "Chào shop", MessageID: "92e5d851aa8178dd2192"}}
	if diff := cmp.Diff(want, linesOf(said)); err != nil || diff != "" {
		t.Errorf("%v (-want +got):\n%s", err, diff)
	}
	if got, want := a.last.URL.Query().Get("data"), `{"user_id":"`+person+`","offset":0,"count":10}`; got != want || a.last.Method != http.MethodGet || a.last.URL.Path != "/v2.0/oa/conversation" {
		t.Errorf("%s %s data %s, want %s", a.last.Method, a.last.URL, got, want)
	}
}

func linesOf(said []zalo.Said) (lines []zalo.Line) {
	for _, s := range said {
		lines = append(lines, s.Line)
	}
	return lines
}

// Ten messages as long as Zalo takes them, every letter spelt as JSON may spell it, are an answer and not too long.
func TestConversationOfLongMessages(t *testing.T) {
	t.Parallel()
	line := `{"src":1,"time":1619401853770,"type":"text","message_id":"m","message":"` + strings.Repeat(`\u1ec7`, zalo.TextLimit) + `"}`
	a := newAPI(t, says(200, `{"error":0,"data":[`+strings.Repeat(line+",", zalo.ConversationCount-1)+line+`]}`))
	lines, err := a.client.Talk(t.Context(), officeID, person, 0)
	if err != nil || len(lines) != zalo.ConversationCount || lines[9].Text != strings.Repeat("ệ", zalo.TextLimit) {
		t.Errorf("%d lines, %v", len(lines), err)
	}
	endless := newAPI(t, says(200, `{"error":0,"data":[`+strings.Repeat(line+",", 30)+line+`]}`))
	if _, err := endless.client.Talk(t.Context(), officeID, person, 0); err == nil {
		t.Error("an answer without an end is read")
	}
}

func TestWindow(t *testing.T) {
	t.Parallel()
	a := newAPI(t, says(200, official(t, "quota-message.response-1.json")))
	window, err := a.client.Window(t.Context(), officeID, "3665924733554159312")
	want := zalo.Window{LastInteraction: time.UnixMilli(1690184100000), Remain: 6, Total: 8}
	if diff := cmp.Diff(want, window); err != nil || diff != "" {
		t.Errorf("%v (-want +got):\n%s", err, diff)
	}
	if diff := cmp.Diff(parsed(t, []byte(official(t, "quota-message.request.json"))), parsed(t, a.body)); diff != "" {
		t.Errorf("request (-page +ours):\n%s", diff)
	}
	bare := newAPI(t, says(200, `{"error":0,"data":{}}`))
	if window, err := bare.client.Window(t.Context(), officeID, person); err != nil || !window.LastInteraction.IsZero() || window.Remain != -1 {
		t.Errorf("%+v, %v", window, err)
	}
}

// TestQuestionsAreNeverInDoubt: asking twice does no harm.
func TestQuestionsAreNeverInDoubt(t *testing.T) {
	t.Parallel()
	for _, answer := range []http.HandlerFunc{says(500, ""), says(200, "x"), says(200, `{"error":0,"data":1}`), func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }} {
		client := newAPI(t, answer).client
		_, err1 := client.Talk(t.Context(), officeID, person, 0)
		_, err2 := client.UploadFile(t.Context(), officeID, "a.pdf", []byte("%PDF-1.4"))
		for _, err := range []error{err1, err2} {
			if err != nil && asError(t, err).Unknown {
				t.Errorf("in doubt: %+v", err)
			}
		}
		if err2 == nil {
			t.Error("an upload without a token succeeds")
		}
	}
}

func TestUploads(t *testing.T) {
	t.Parallel()
	png := append([]byte("\x89PNG\r\n\x1a\n"), make([]byte, 100)...)
	tests := []struct {
		name, sample, endpoint, id string
		upload                     func(c *zalo.Client) (string, error)
	}{
		{"image", "upload-image.response-1.json", zalo.EndpointUploadImage, "wESbL53O_shdvIPILC7iR_JpC552r_fjukKg", func(c *zalo.Client) (string, error) {
			return c.UploadImage(t.Context(), officeID, "mau/anh.png", png)
		}},
		{"gif", "upload-gif.response-1.json", zalo.EndpointUploadGIF, "hDtMfuo7iDncIQ1aSOQp9FHOROFisDP7m64BxCKe", func(c *zalo.Client) (string, error) {
			return c.UploadImage(t.Context(), officeID, "mau/anh.png", []byte("GIF89a"))
		}},
		{"file", "upload-file.response-1.json", zalo.EndpointUploadFile, "hDtMfuo7XKzhraJb6jm53AiDncIQ1aSOQp9FHOROFisDP7m64BxCKe", func(c *zalo.Client) (string, error) {
			return c.UploadFile(t.Context(), officeID, "mau/anh.png", []byte("%PDF-1.4"))
		}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			var name string
			a := newAPI(t, nil)
			a = newAPI(t, func(w http.ResponseWriter, r *http.Request) { fmt.Fprint(w, official(t, tt.sample)) })
			id, err := tt.upload(a.client)
			if err != nil || id != tt.id || a.last.URL.Path != tt.endpoint {
				t.Errorf("id %q at %s, %v", id, a.last.URL.Path, err)
			}
			r := httptest.NewRequest(http.MethodPost, "/", bytes.NewReader(a.body))
			r.Header = a.last.Header
			_, header, err := r.FormFile("file")
			if err == nil {
				name = header.Filename
			}
			if err != nil || name != "anh.png" {
				t.Errorf("field file holds %q, %v", name, err)
			}
		})
	}
}

func TestCheckUpload(t *testing.T) {
	t.Parallel()
	of := func(magic string, n int) []byte { return append([]byte(magic), make([]byte, n-len(magic))...) }
	const jpg, png, gif, pdf, doc, docx = "\xff\xd8\xff\xe0", "\x89PNG\r\n\x1a\n", "GIF89a", "%PDF-1.7", "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "PK\x03\x04"
	tests := []struct {
		endpoint string
		data     []byte
		ok       bool
	}{
		{zalo.EndpointUploadImage, of(jpg, 1<<20), true},
		{zalo.EndpointUploadImage, of(jpg, 1<<20+1), false},
		{zalo.EndpointUploadImage, of(png, 100), true},
		{zalo.EndpointUploadImage, of(gif, 100), false},
		{zalo.EndpointUploadImage, nil, false},
		{zalo.EndpointUploadImage, []byte("<svg>"), false},
		{zalo.EndpointUploadGIF, of(gif, 5<<20), true},
		{zalo.EndpointUploadGIF, of(gif, 5<<20+1), false},
		{zalo.EndpointUploadFile, of(pdf, 5<<20), true},
		{zalo.EndpointUploadFile, of(pdf, 5<<20+1), false},
		{zalo.EndpointUploadFile, of(doc, 100), true},
		{zalo.EndpointUploadFile, of(docx, 100), true},
		{zalo.EndpointUploadFile, []byte("MZ\x90"), false},
		{zalo.EndpointConsult, of(pdf, 100), false},
	}
	for _, tt := range tests {
		if err := zalo.CheckUpload(tt.endpoint, tt.data); (err == nil) != tt.ok || (err != nil && !errors.Is(err, zalo.ErrAttachment)) {
			t.Errorf("%s with %d bytes %.8q: %v", tt.endpoint, len(tt.data), tt.data, err)
		}
	}
	a := newAPI(t, says(200, `{"error":0}`))
	_, err := a.client.UploadFile(t.Context(), officeID, "a.exe", []byte("MZ"))
	if e := asError(t, err); e.Action != zalo.Fix || !errors.Is(err, zalo.ErrAttachment) || a.last != nil {
		t.Errorf("%+v", e)
	}
}
