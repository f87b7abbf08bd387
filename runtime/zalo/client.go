package zalo

import (
	"bytes"
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptrace"
	"net/url"
	"strconv"
	"sync/atomic"
	"time"
)

// TokenSource gives the access token of an office. Refreshing it is its own work.
type TokenSource interface {
	Token(ctx context.Context, office string) (string, error)
}

// Renewer is a TokenSource that can replace a token the API refused. It returns another token, or an error where there is
// none to be had now.
type Renewer interface {
	Renew(ctx context.Context, office, refused string) (string, error)
}

// StaticTokens is a TokenSource of tokens that stay as they are, by office. Printing it shows no token.
type StaticTokens map[string]string

// Token returns the token of an office, or an error for an office that has none.
func (s StaticTokens) Token(_ context.Context, office string) (string, error) {
	if t := s[office]; t != "" {
		return t, nil
	}
	return "", errors.New("office has no access token")
}

// String returns how many tokens there are, and none of them.
func (s StaticTokens) String() string { return fmt.Sprintf("zalo.StaticTokens{%d}", len(s)) }

// GoString returns String.
func (s StaticTokens) GoString() string { return s.String() }

// MarshalText returns String: a structured log shows no token.
func (s StaticTokens) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// APIURL is where Zalo's API is [OFF D,E].
const APIURL = "https://openapi.zalo.me"

// ClientConfig configures a Client. Tokens is required.
type ClientConfig struct {
	BaseURL         string            // default APIURL
	Timeout         time.Duration     // of a whole call; default 5 s
	Tokens          TokenSource       //
	AppSecret       string            // set only if the app demands appsecret_proof (else -242); default: no proof is sent
	Transport       http.RoundTripper // default: own, without proxies of the environment
	OnRate          func(office string, r Rate)
	MaxConnsPerHost int // default 64
}

// String returns the address, and no secret.
func (c ClientConfig) String() string { return "zalo.ClientConfig{" + c.BaseURL + "}" }

// GoString returns String.
func (c ClientConfig) GoString() string { return c.String() }

// MarshalText returns String: a structured log shows no secret.
func (c ClientConfig) MarshalText() ([]byte, error) { return []byte(c.String()), nil }

// Rate is what the headers X-RateLimit-Limit and X-RateLimit-Remain say [DIG C]; -1 where they say nothing.
type Rate struct{ Limit, Remain int }

// Client calls the API. It is safe for concurrent use. It repeats a call in one case only: the API said that it did nothing
// because of the token, and the source (a Renewer) has another one. Everything else decides who knows what the call was about.
type Client struct {
	cfg  ClientConfig
	http *http.Client
}

// NewClient returns a client.
func NewClient(cfg ClientConfig) *Client {
	if cfg.BaseURL == "" {
		cfg.BaseURL = APIURL
	}
	if cfg.Timeout == 0 {
		cfg.Timeout = 5 * time.Second
	}
	if cfg.MaxConnsPerHost == 0 {
		cfg.MaxConnsPerHost = 64
	}
	if cfg.Transport == nil {
		cfg.Transport = &http.Transport{
			MaxConnsPerHost: cfg.MaxConnsPerHost, MaxIdleConnsPerHost: cfg.MaxConnsPerHost, IdleConnTimeout: time.Minute,
			ForceAttemptHTTP2: true,
		}
	}
	return &Client{cfg: cfg, http: straight(cfg.Timeout, cfg.Transport)}
}

// straight is an HTTP client that follows no redirection: secrets go to the address that is configured and to no other.
func straight(timeout time.Duration, over http.RoundTripper) *http.Client {
	stay := func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	return &http.Client{Timeout: timeout, Transport: over, CheckRedirect: stay}
}

// call is one HTTP call.
type call struct {
	method, endpoint, query string
	contentType             string
	body                    []byte
	reads                   bool // asks only: its outcome is never in doubt
}

// most is how long the answer may be.
func (k call) most() int64 {
	if k.reads {
		return ListBytes
	}
	return AnswerBytes
}

// do makes a call and returns the API's answer, or an *Error. A call refused for its token is made once more with another one.
func (c *Client) do(ctx context.Context, office string, k call) (answer, error) {
	token, err := c.cfg.Tokens.Token(ctx, office)
	if err != nil {
		return answer{}, &Error{Op: k.endpoint, Action: Backoff, Unmade: true, Err: fmt.Errorf("token of office: %w", err)}
	}
	a, failure := c.try(ctx, office, token, k)
	if failure == nil {
		return a, nil
	}
	source, ok := c.cfg.Tokens.(Renewer)
	if !ok || failure.Action != Refresh || failure.Unknown {
		return answer{}, failure
	}
	if token, err = source.Renew(ctx, office, token); err != nil {
		failure.Err = fmt.Errorf("renew token: %w", err)
		return answer{}, failure
	}
	if a, failure = c.try(ctx, office, token, k); failure != nil {
		return answer{}, failure
	}
	return a, nil
}

// try makes a call with a token.
func (c *Client) try(ctx context.Context, office, token string, k call) (answer, *Error) {
	var sent atomic.Bool
	ctx = httptrace.WithClientTrace(ctx, &httptrace.ClientTrace{WroteHeaders: func() { sent.Store(true) }})
	req, err := c.request(ctx, token, k)
	if err != nil {
		return answer{}, &Error{Op: k.endpoint, Action: Backoff, Unmade: true, Err: err}
	}
	res, err := c.http.Do(req)
	if err != nil {
		return answer{}, &Error{Op: k.endpoint, Action: Backoff, Unknown: sent.Load() && !k.reads, Err: withoutURL(err)}
	}
	defer res.Body.Close()
	a, failure := read(res, k.most())
	c.rate(office, res.Header)
	if failure != nil {
		failure.Op, failure.Unknown = k.endpoint, failure.Unknown && !k.reads
		return answer{}, failure
	}
	return a, nil
}

func (c *Client) request(ctx context.Context, token string, k call) (*http.Request, error) {
	address := c.cfg.BaseURL + k.endpoint
	if k.query != "" {
		address += "?" + k.query
	}
	req, err := http.NewRequestWithContext(ctx, k.method, address, bytes.NewReader(k.body))
	if err != nil {
		return nil, fmt.Errorf("make request: %w", err)
	}
	if k.contentType != "" {
		req.Header.Set("Content-Type", k.contentType)
	}
	req.Header["access_token"] = []string{token} // bare, without "Bearer", spelt as the pages spell it [OFF D,E]
	if c.cfg.AppSecret != "" {
		req.Header["appsecret_proof"] = []string{AppSecretProof(c.cfg.AppSecret, token)}
	}
	return req, nil
}

// AppSecretProof returns appsecret_proof: the hexadecimal HMAC-SHA256 of the access token under the App Secret [OFF PHP SDK].
func AppSecretProof(appSecret, token string) string {
	mac := hmac.New(sha256.New, []byte(appSecret))
	mac.Write([]byte(token))
	return hex.EncodeToString(mac.Sum(nil))
}

// withoutURL drops the address that net/http puts into its errors: a query holds the id of a person.
func withoutURL(err error) error {
	var u *url.Error
	if errors.As(err, &u) {
		return u.Err
	}
	return err
}

func (c *Client) rate(office string, h http.Header) {
	r := Rate{headerNumber(h, "X-RateLimit-Limit"), headerNumber(h, "X-RateLimit-Remain")}
	if c.cfg.OnRate != nil && (r.Limit >= 0 || r.Remain >= 0) {
		c.cfg.OnRate(office, r)
	}
}

func headerNumber(h http.Header, name string) int {
	n, err := strconv.Atoi(h.Get(name))
	if err != nil || n < 0 {
		return -1
	}
	return n
}

// readAll reads an answer of at most so many bytes.
func readAll(r io.Reader, most int64) ([]byte, error) {
	b, err := io.ReadAll(io.LimitReader(r, most+1))
	if err != nil {
		return nil, fmt.Errorf("read answer: %w", err)
	}
	if int64(len(b)) > most {
		return nil, fmt.Errorf("answer over %d bytes", most)
	}
	return b, nil
}
