package zalo

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptrace"
	"net/url"
	"strconv"
	"strings"
	"sync/atomic"
	"time"
)

// EndpointToken is where authorization codes and refresh tokens are turned into access tokens [OFF SDKs].
const EndpointToken = "/v4/oa/access_token"

// AccessLife is how long an access token lives where an answer does not say [DIG2: 25 h; answers do say, and are trusted].
const AccessLife = 25 * time.Hour

// RefreshLife is how long a refresh token lives where an answer does not say [DIG2: 3 months; ONCE: 7776000 s].
const RefreshLife = 90 * 24 * time.Hour

// OAuthURL is where Zalo gives tokens [OFF].
const OAuthURL = "https://oauth.zaloapp.com"

// OAuthConfig configures an OAuth. AppID and AppSecret are required.
type OAuthConfig struct {
	BaseURL   string // default OAuthURL
	AppID     string
	AppSecret string            // the App Secret: neither the OA Secret Key nor a token
	Timeout   time.Duration     // of a whole call; default 10 s
	Transport http.RoundTripper // default: own, without proxies of the environment
}

// String returns the address, and no secret.
func (c OAuthConfig) String() string { return "zalo.OAuthConfig{" + c.BaseURL + "}" }

// GoString returns String.
func (c OAuthConfig) GoString() string { return c.String() }

// MarshalText returns String: a structured log shows no secret.
func (c OAuthConfig) MarshalText() ([]byte, error) { return []byte(c.String()), nil }

// OAuth calls the endpoint that gives tokens (facts §4). A refresh token can be used once: nothing here repeats a call, and
// the answer is handed out raw, so that it can be made durable before anybody tries to understand it (ParseGrant).
type OAuth struct {
	cfg  OAuthConfig
	http *http.Client
}

// NewOAuth returns an OAuth.
func NewOAuth(cfg OAuthConfig) *OAuth {
	if cfg.BaseURL == "" {
		cfg.BaseURL = OAuthURL
	}
	if cfg.Timeout == 0 {
		cfg.Timeout = 10 * time.Second
	}
	if cfg.Transport == nil {
		cfg.Transport = &http.Transport{DisableKeepAlives: true} // no connection whose end could be mistaken for an answer
	}
	return &OAuth{cfg: cfg, http: straight(cfg.Timeout, cfg.Transport)}
}

// PermissionURL is the page on which the owner of an Official Account gives the app its permission again.
func (o *OAuth) PermissionURL() string {
	return o.cfg.BaseURL + "/v4/oa/permission?" + url.Values{"app_id": {o.cfg.AppID}}.Encode()
}

// Refresh spends a refresh token and returns the answer as it came. The error is an *Error without an answer: with Unknown
// the token may be spent.
func (o *OAuth) Refresh(ctx context.Context, refreshToken string) ([]byte, error) {
	return o.ask(ctx, url.Values{"grant_type": {"refresh_token"}, "refresh_token": {refreshToken}, "app_id": {o.cfg.AppID}})
}

// Exchange spends an authorization code (10 minutes, once) and returns the answer as it came. verifier is the PKCE verifier
// of the code's challenge; "" where the console was given none.
func (o *OAuth) Exchange(ctx context.Context, code, verifier string) ([]byte, error) {
	form := url.Values{"grant_type": {"authorization_code"}, "code": {code}, "app_id": {o.cfg.AppID}}
	if verifier != "" {
		form.Set("code_verifier", verifier)
	}
	return o.ask(ctx, form)
}

func (o *OAuth) ask(ctx context.Context, form url.Values) ([]byte, error) {
	var sent atomic.Bool
	ctx = httptrace.WithClientTrace(ctx, &httptrace.ClientTrace{WroteHeaders: func() { sent.Store(true) }})
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, o.cfg.BaseURL+EndpointToken, strings.NewReader(form.Encode()))
	if err != nil {
		return nil, &Error{Op: EndpointToken, Action: Backoff, Err: withoutURL(err)}
	}
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	req.Header["secret_key"] = []string{o.cfg.AppSecret} // spelt as the pages spell it [OFF]
	res, err := o.http.Do(req)
	if err != nil {
		return nil, &Error{Op: EndpointToken, Action: Backoff, Unknown: sent.Load(), Err: withoutURL(err)}
	}
	defer res.Body.Close()
	return answered(res)
}

// answered reads the body of an answer of any status; half a body is kept too, since it may hold the tokens.
func answered(res *http.Response) ([]byte, error) {
	b, err := io.ReadAll(io.LimitReader(res.Body, AnswerBytes))
	if len(b) == 0 {
		action, _ := ActionOfStatus(res.StatusCode)
		return nil, &Error{Op: EndpointToken, HTTPStatus: res.StatusCode, Action: action, Unknown: res.StatusCode >= 500 || err != nil}
	}
	return b, nil
}

// Grant is a pair of tokens. Printing it shows none.
type Grant struct {
	Access, Refresh         string
	AccessLife, RefreshLife time.Duration
}

// String returns the lifetimes, and no token.
func (g Grant) String() string {
	return fmt.Sprintf("zalo.Grant{access for %v, refresh for %v}", g.AccessLife, g.RefreshLife)
}

// GoString returns String.
func (g Grant) GoString() string { return g.String() }

// MarshalText returns String: a structured log shows no token.
func (g Grant) MarshalText() ([]byte, error) { return []byte(g.String()), nil }

// errNoGrant says that an answer holds neither tokens nor an error of the API; the answer is not quoted: it may hold tokens.
var errNoGrant = errors.New("neither tokens nor an error of the API")

// ParseGrant reads an answer of Refresh or Exchange. The error is an *Error: with a Code the API has refused; with Unknown
// nobody can know whether the token is spent. Numbers may be strings (facts §4: expires_in is one).
func ParseGrant(raw []byte) (Grant, error) {
	var a struct {
		Access      scalar `json:"access_token"`
		Refresh     scalar `json:"refresh_token"`
		Life        scalar `json:"expires_in"`
		RefreshLife scalar `json:"refresh_token_expires_in"`
		Error       scalar `json:"error"`
	}
	if err := json.Unmarshal(raw, &a); err != nil && !isTypeError(err) {
		return Grant{}, &Error{Op: EndpointToken, Action: Backoff, Unknown: true, Err: errNoGrant}
	}
	code, err := strconv.Atoi(string(a.Error))
	if err == nil && code != 0 {
		return Grant{}, &Error{Op: EndpointToken, Code: code, Action: ActionOf(code)}
	}
	if a.Access == "" || a.Refresh == "" {
		return Grant{}, &Error{Op: EndpointToken, Action: Backoff, Unknown: true, Err: errNoGrant}
	}
	return Grant{
		Access: string(a.Access), Refresh: string(a.Refresh),
		AccessLife: life(a.Life, AccessLife), RefreshLife: life(a.RefreshLife, RefreshLife),
	}, nil
}

// life reads a number of seconds; def where it is none, or beyond a year.
func life(s scalar, def time.Duration) time.Duration {
	n := number(s)
	if n <= 0 || n > 366*24*3600 {
		return def
	}
	return time.Duration(n) * time.Second
}
