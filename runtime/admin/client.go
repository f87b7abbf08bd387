package admin

import (
	"bytes"
	"context"
	"crypto/rand"
	"crypto/subtle"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"syscall"
	"time"

	"hoithoai/runtime/health"
	"hoithoai/runtime/token"
)

// Client speaks to the process that serves a deployment.
type Client struct {
	http  *http.Client
	base  string
	token string

	For string // on whose behalf the verb acts; "": nobody is named
}

// callLimit is how long an answer may take: a token is spent at Zalo within it.
const callLimit = time.Minute

// greetLimit is how long the first answer may take: whoever is taken for dead is not asked, and the verb opens the store itself, so
// that a machine that is busy must not look like one where nobody serves.
const greetLimit = 15 * time.Second

// maxAnswer bounds what is read of an answer.
const maxAnswer = 32 << 20

// Dial finds the process that serves at a place; ErrNone when there is none.
func Dial(ctx context.Context, p Place) (*Client, error) {
	c := &Client{base: "http://admin"}
	d := &net.Dialer{Timeout: dialLimit}
	network, address := "unix", p.socket()
	if p.IsLoopback() {
		n, err := p.read()
		if err != nil {
			return nil, err
		}
		network, address, c.token = "tcp", n.Address, n.Token
	}
	c.http = &http.Client{Timeout: callLimit, Transport: &http.Transport{
		DialContext:       func(ctx context.Context, _, _ string) (net.Conn, error) { return d.DialContext(ctx, network, address) },
		DisableKeepAlives: true,
	}}
	return c, c.greet(ctx)
}

// greet asks who is there, before anything secret is said.
func (c *Client) greet(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, greetLimit)
	defer cancel()
	nonce := rand.Text()
	var hello greeting
	err := c.call(ctx, http.MethodGet, "/v1/hello?nonce="+nonce, nil, &hello)
	switch {
	case errors.Is(err, syscall.ENOENT), errors.Is(err, syscall.ECONNREFUSED):
		return ErrNone
	case errors.Is(err, syscall.EACCES):
		return fmt.Errorf("the admin socket belongs to another account; run this verb as the account of hoithoai serve: %w", err)
	case err != nil && c.token != "":
		return ErrNone // whoever has the port of a killed process now is not us
	case err != nil:
		return err
	case subtle.ConstantTimeCompare([]byte(hello.Proof), []byte(proof(c.token, nonce))) != 1:
		return ErrNone
	}
	return nil
}

// Erasures is Direct.Erasures, asked of the process.
func (c *Client) Erasures(ctx context.Context) (all []Erasures, err error) {
	err = c.ask(ctx, http.MethodGet, "/v1/erasures", nil, &all)
	return all, err
}

// Waiting is Direct.Waiting, asked of the process.
func (c *Client) Waiting(ctx context.Context) (all []Waiting, err error) {
	err = c.ask(ctx, http.MethodGet, "/v1/waiting", nil, &all)
	return all, err
}

// Letters is Direct.Letters, asked of the process.
func (c *Client) Letters(ctx context.Context) (all []Letters, err error) {
	err = c.ask(ctx, http.MethodGet, "/v1/deadletters", nil, &all)
	return all, err
}

// Drop is Direct.Drop, done by the process.
func (c *Client) Drop(ctx context.Context, office, id string) (bool, error) {
	var d dropped
	err := c.ask(ctx, http.MethodDelete, "/v1/deadletters?"+url.Values{"office": {office}, "id": {id}}.Encode(), nil, &d)
	return d.Dropped, err
}

// Tokens is Direct.Tokens, asked of the process.
func (c *Client) Tokens(ctx context.Context) ([]token.Status, error) {
	var wire []tokenStatus
	if err := c.ask(ctx, http.MethodGet, "/v1/tokens", nil, &wire); err != nil {
		return nil, err
	}
	all := make([]token.Status, 0, len(wire))
	for _, w := range wire {
		all = append(all, w.status())
	}
	return all, nil
}

// Give is Direct.Give, done by the process.
func (c *Client) Give(ctx context.Context, office string, g Grant) error {
	return c.ask(ctx, http.MethodPost, "/v1/tokens?"+url.Values{"office": {office}}.Encode(), g, &done{})
}

// Health says what of the process is well.
func (c *Client) Health(ctx context.Context) (r health.Report, err error) {
	err = c.ask(ctx, http.MethodGet, "/v1/health", nil, &r)
	return r, err
}

// ask is call with the token.
func (c *Client) ask(ctx context.Context, method, path string, body, into any) error {
	if err := c.call(ctx, method, path, body, into); err != nil {
		return fmt.Errorf("ask the serving process: %w", err)
	}
	return nil
}

func (c *Client) call(ctx context.Context, method, path string, body, into any) error {
	var text []byte
	if body != nil {
		b, err := json.Marshal(body)
		if err != nil {
			return fmt.Errorf("encode request: %w", err)
		}
		text = b
	}
	req, err := c.request(ctx, method, path, text)
	if err != nil {
		return err
	}
	if _, greeting := into.(*greeting); greeting {
		req.Header.Del("Authorization")
	}
	res, err := c.http.Do(req)
	if err != nil {
		return err
	}
	defer res.Body.Close()
	return decode(res, into)
}

// request makes a request that carries the token.
func (c *Client) request(ctx context.Context, method, path string, body []byte) (*http.Request, error) {
	req, err := http.NewRequestWithContext(ctx, method, c.base+path, bytes.NewReader(body))
	if err != nil {
		return nil, fmt.Errorf("make request: %w", err)
	}
	if c.For != "" {
		req.Header.Set(forHeader, c.For)
	}
	if c.token != "" {
		req.Header.Set("Authorization", "Bearer "+c.token)
	}
	return req, nil
}

func decode(res *http.Response, into any) error {
	dec := json.NewDecoder(io.LimitReader(res.Body, maxAnswer))
	if res.StatusCode == http.StatusOK {
		if err := dec.Decode(into); err != nil {
			return fmt.Errorf("read answer: %w", err)
		}
		return nil
	}
	var r refusal
	if err := dec.Decode(&r); err != nil || r.Error == "" {
		return fmt.Errorf("status %d; the serving process may be of another version: restart it", res.StatusCode)
	}
	return errors.New(r.Error)
}
