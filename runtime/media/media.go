// Package media fetches what residents sent (pictures) from the addresses Zalo gives, and from nowhere else: the address is
// untrusted text, so every resolved IP must be public, redirects are not followed, and size and time are bounded
// (design/security.md, threat 8). What the bytes mean is not its work.
package media

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"slices"
	"syscall"
	"time"
)

// ErrRefused says that an address is not one we fetch from.
var ErrRefused = errors.New("address refused")

// Config bounds the fetcher; the zero value is usable.
type Config struct {
	Limit   int64          // bytes per picture; default 20 MiB
	Timeout time.Duration  // for the whole fetch; default 10 s
	Private []netip.Prefix // networks allowed although not public: the sandbox's loopback; default none
}

// Fetcher fetches under a Config. It is safe for concurrent use.
type Fetcher struct {
	cfg    Config
	client *http.Client
}

// New returns a fetcher.
func New(cfg Config) *Fetcher {
	if cfg.Limit == 0 {
		cfg.Limit = 20 << 20
	}
	if cfg.Timeout == 0 {
		cfg.Timeout = 10 * time.Second
	}
	f := &Fetcher{cfg: cfg}
	dialer := &net.Dialer{Timeout: 5 * time.Second, Control: f.control}
	f.client = &http.Client{
		Timeout:       cfg.Timeout,
		Transport:     &http.Transport{DialContext: dialer.DialContext, Proxy: nil, MaxIdleConns: 8, IdleConnTimeout: 30 * time.Second},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
	return f
}

// Fetch returns the body at address. Errors: ErrRefused (wrapped) for an address that is not ours to fetch; anything else is
// the network's.
func (f *Fetcher) Fetch(ctx context.Context, address string) ([]byte, error) {
	u, err := url.Parse(address)
	if err != nil || (u.Scheme != "https" && !f.allowsPlain(u)) || u.Host == "" {
		return nil, fmt.Errorf("fetch picture: %w", ErrRefused)
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, u.String(), nil)
	if err != nil {
		return nil, fmt.Errorf("fetch picture: %w", err)
	}
	res, err := f.client.Do(req)
	if err != nil {
		return nil, fmt.Errorf("fetch picture: %w", err)
	}
	defer res.Body.Close()
	return f.read(res)
}

func (f *Fetcher) read(res *http.Response) ([]byte, error) {
	if res.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("fetch picture: status %d", res.StatusCode)
	}
	body, err := io.ReadAll(io.LimitReader(res.Body, f.cfg.Limit+1))
	if err != nil {
		return nil, fmt.Errorf("read picture: %w", err)
	}
	if int64(len(body)) > f.cfg.Limit {
		return nil, fmt.Errorf("picture over %d bytes: %w", f.cfg.Limit, ErrRefused)
	}
	return body, nil
}

// allowsPlain lets http through only to a network that was allowed by name.
func (f *Fetcher) allowsPlain(u *url.URL) bool {
	ip, err := netip.ParseAddr(u.Hostname())
	return u.Scheme == "http" && err == nil && f.private(ip)
}

func (f *Fetcher) private(ip netip.Addr) bool {
	return slices.ContainsFunc(f.cfg.Private, func(p netip.Prefix) bool { return p.Contains(ip) })
}

// control runs after the name was resolved and before the connection is made, so no name can lead to a private address.
func (f *Fetcher) control(_, address string, _ syscall.RawConn) error {
	ap, err := netip.ParseAddrPort(address)
	if err != nil {
		return fmt.Errorf("dial %s: %w", address, ErrRefused)
	}
	ip := ap.Addr().Unmap()
	if f.private(ip) || public(ip) {
		return nil
	}
	return fmt.Errorf("dial %s: %w", address, ErrRefused)
}

// public reports whether ip can be on the Internet: not loopback, private (RFC 1918, ULA), link-local, shared, or special.
func public(ip netip.Addr) bool {
	if !ip.IsGlobalUnicast() || ip.IsPrivate() || ip.IsLoopback() || ip.IsLinkLocalUnicast() {
		return false
	}
	return !slices.ContainsFunc(special, func(p netip.Prefix) bool { return p.Contains(ip) })
}

// special are the networks of RFC 6890 and of its later additions that IsGlobalUnicast lets through; among them those that carry an
// IPv4 address inside, which a translator on the way would take out again.
var special = []netip.Prefix{
	netip.MustParsePrefix("0.0.0.0/8"), netip.MustParsePrefix("100.64.0.0/10"), netip.MustParsePrefix("192.0.0.0/24"),
	netip.MustParsePrefix("192.0.2.0/24"), netip.MustParsePrefix("198.18.0.0/15"), netip.MustParsePrefix("198.51.100.0/24"),
	netip.MustParsePrefix("203.0.113.0/24"), netip.MustParsePrefix("240.0.0.0/4"), netip.MustParsePrefix("64:ff9b::/96"),
	netip.MustParsePrefix("2001:db8::/32"), netip.MustParsePrefix("2002::/16"), netip.MustParsePrefix("::/96"),
	netip.MustParsePrefix("64:ff9b:1::/48"), netip.MustParsePrefix("2001::/32"), netip.MustParsePrefix("100::/64"),
	netip.MustParsePrefix("fec0::/10"),
}
