package zalo_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"hoithoai/runtime/zalo"
)

func TestParseGrant(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]zalo.Grant{
		`{"access_token":"a","refresh_token":"r","expires_in":"90000"}`: {Access: "a", Refresh: "r", AccessLife: 25 * time.Hour, RefreshLife: 90 * 24 * time.Hour},
		`{"access_token":"a","refresh_token":"r","expires_in":3600,"refresh_token_expires_in":"7776000"}`: {
			Access: "a", Refresh: "r", AccessLife: time.Hour, RefreshLife: 90 * 24 * time.Hour},
		`{"access_token":"a","refresh_token":"r","expires_in":"soon","error":0}`: {Access: "a", Refresh: "r", AccessLife: 25 * time.Hour, RefreshLife: 90 * 24 * time.Hour},
		`{"access_token":"a","refresh_token":"r","expires_in":99999999999}`:      {Access: "a", Refresh: "r", AccessLife: 25 * time.Hour, RefreshLife: 90 * 24 * time.Hour},
	} {
		got, err := zalo.ParseGrant([]byte(text))
		if diff := cmp.Diff(want, got); diff != "" || err != nil {
			t.Errorf("%s: %v\n%s", text, err, diff)
		}
	}
}

func TestParseGrantRefuses(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]struct {
		code    int
		unknown bool
	}{
		`{"error":-14014,"error_name":"x"}`:            {-14014, false},
		`{"error":"-118"}`:                             {-118, false},
		`{"error":-9999,"access_token":"a"}`:           {-9999, false},
		`{"access_token":"canary","refresh_token":""}`: {0, true},
		`{"access_token":"canary","refresh_to`:         {0, true},
		`<html>canary</html>`:                          {0, true},
		`null`:                                         {0, true},
		``:                                             {0, true},
	} {
		_, err := zalo.ParseGrant([]byte(text))
		e := asError(t, err)
		if e.Code != want.code || e.Unknown != want.unknown || strings.Contains(err.Error(), "canary") {
			t.Errorf("%s: %+v", text, e)
		}
	}
}

func FuzzParseGrant(f *testing.F) {
	f.Add([]byte(`{"access_token":"a","refresh_token":"r","expires_in":"90000"}`))
	f.Add([]byte(`{"error":-14014}`))
	f.Add([]byte(`{"access_token":1e99,"refresh_token":{}}`))
	f.Fuzz(func(t *testing.T, raw []byte) {
		g, err := zalo.ParseGrant(raw)
		if (err == nil) != (g.Access != "" && g.Refresh != "" && g.AccessLife > 0 && g.RefreshLife > 0) {
			t.Fatalf("%q gives %v, %v", raw, g, err)
		}
	})
}

func TestOAuthRequest(t *testing.T) {
	t.Parallel()
	var last *http.Request
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		_ = r.ParseForm()
		last = r
		fmt.Fprint(w, "raw")
	}))
	defer s.Close()
	o := zalo.NewOAuth(zalo.OAuthConfig{BaseURL: s.URL, AppID: "12", AppSecret: "canary"})
	raw, err := o.Refresh(t.Context(), "r&1")
	if err != nil || string(raw) != "raw" {
		t.Fatalf("Refresh = %q, %v", raw, err)
	}
	want := map[string][]string{"grant_type": {"refresh_token"}, "refresh_token": {"r&1"}, "app_id": {"12"}}
	if diff := cmp.Diff(want, map[string][]string(last.PostForm)); diff != "" || last.URL.Path != "/v4/oa/access_token" || last.Header.Get("secret_key") != "canary" {
		t.Errorf("%s %s\n%s", last.Method, last.URL, diff)
	}
	if _, err := o.Exchange(t.Context(), "c", "v"); err != nil || last.PostForm.Get("code") != "c" || last.PostForm.Get("code_verifier") != "v" {
		t.Errorf("Exchange sends %v, %v", last.PostForm, err)
	}
	if _, err := o.Exchange(t.Context(), "c", ""); err != nil || last.PostForm.Has("code_verifier") {
		t.Errorf("Exchange without a verifier sends %v, %v", last.PostForm, err)
	}
	if got := o.PermissionURL(); got != s.URL+"/v4/oa/permission?app_id=12" {
		t.Errorf("PermissionURL = %s", got)
	}
}

func TestOAuthWithoutAnswer(t *testing.T) {
	t.Parallel()
	const long = time.Minute // the answer decides, not the machine
	for name, tc := range map[string]struct {
		answer  http.HandlerFunc
		unknown bool
		within  time.Duration
	}{
		"cut off":      {func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }, true, long},
		"empty 502":    {func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(502) }, true, long},
		"empty 429":    {func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(429) }, false, long},
		"never a word": {func(_ http.ResponseWriter, r *http.Request) { io.Copy(io.Discard, r.Body); <-r.Context().Done() }, true, 3 * time.Second},
	} {
		s := httptest.NewServer(tc.answer)
		o := zalo.NewOAuth(zalo.OAuthConfig{BaseURL: s.URL, AppID: "12", AppSecret: "canary", Timeout: tc.within})
		_, err := o.Refresh(t.Context(), "canary")
		if e := asError(t, err); e.Unknown != tc.unknown || strings.Contains(err.Error(), "canary") {
			t.Errorf("%s: %+v", name, e)
		}
		s.Close()
	}
	o := zalo.NewOAuth(zalo.OAuthConfig{BaseURL: "http://127.0.0.1:1", AppID: "12"})
	if _, err := o.Refresh(t.Context(), "x"); asError(t, err).Unknown {
		t.Errorf("nobody listens, so nothing is spent: %v", err)
	}
}

func TestOAuthShowsNoSecret(t *testing.T) {
	t.Parallel()
	cfg := zalo.OAuthConfig{BaseURL: "https://x", AppSecret: "canary"}
	grant := zalo.Grant{Access: "canary", Refresh: "canary"}
	j, err := json.Marshal(map[string]any{"c": cfg, "g": grant})
	text := fmt.Sprintf("%v %+v %#v %v %+v %#v %s %v", cfg, cfg, cfg, grant, grant, grant, j, err)
	if strings.Contains(text, "canary") {
		t.Error(text)
	}
}

// renewing gives tokens one after the other.
type renewing struct {
	tokens []string
	asked  []string
}

func (r *renewing) Token(context.Context, string) (string, error) { return r.tokens[0], nil }

func (r *renewing) Renew(_ context.Context, _, refused string) (string, error) {
	r.asked = append(r.asked, refused)
	if len(r.tokens) == 1 {
		return "", errors.New("no other")
	}
	r.tokens = r.tokens[1:]
	return r.tokens[0], nil
}

// TestRepeatedForItsToken: a call is made again only when the API certainly did nothing, and once at most.
func TestRepeatedForItsToken(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		answer func(token string) (int, string)
		tokens []string
		calls  int
		code   int
	}{
		"the second is good":   {func(k string) (int, string) { return 200, errorUnless(k == "b", -216) }, []string{"a", "b"}, 2, 0},
		"expired":              {func(k string) (int, string) { return 200, errorUnless(k == "b", -220) }, []string{"a", "b"}, 2, 0},
		"both are bad":         {func(string) (int, string) { return 200, errorUnless(false, -216) }, []string{"a", "b", "c"}, 2, -216},
		"there is no other":    {func(string) (int, string) { return 200, errorUnless(false, -216) }, []string{"a"}, 1, -216},
		"another failure":      {func(string) (int, string) { return 200, errorUnless(false, -200) }, []string{"a", "b"}, 1, -200},
		"an outcome is open":   {func(string) (int, string) { return 502, "" }, []string{"a", "b"}, 1, 0},
		"nothing to complain ": {func(string) (int, string) { return 200, errorUnless(true, 0) }, []string{"a", "b"}, 1, 0},
	} {
		source, calls := &renewing{tokens: tc.tokens}, 0
		s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			calls++
			body, _ := io.ReadAll(r.Body)
			if string(body) != string(hello().Body) {
				t.Errorf("%s: the body is %q", name, body)
			}
			status, text := tc.answer(r.Header.Get("access_token"))
			w.WriteHeader(status)
			fmt.Fprint(w, text)
		}))
		c := zalo.NewClient(zalo.ClientConfig{BaseURL: s.URL, Tokens: source})
		_, err := c.Send(t.Context(), officeID, hello())
		if calls != tc.calls || tc.code != 0 && asError(t, err).Code != tc.code {
			t.Errorf("%s: %d calls, %v", name, calls, err)
		}
		s.Close()
	}
}

func errorUnless(ok bool, code int) string {
	if ok {
		return `{"error":0,"data":{}}`
	}
	return fmt.Sprintf(`{"error":%d}`, code)
}
