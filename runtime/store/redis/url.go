package redis

import (
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"net/url"
	"strconv"
	"strings"

	"github.com/redis/go-redis/v9"
	"github.com/redis/go-redis/v9/maintnotifications"
)

// The default ports.
const (
	redisPort    = "6379"
	sentinelPort = "26379"
)

// address is a URL taken apart. Its errors never quote it: it may hold a password.
type address struct {
	tls   bool
	kind  string // "", "sentinel" or "cluster"
	user  *url.Userinfo
	hosts []string
	path  string
	query url.Values
}

// parseURL reads what Config.URL describes.
func parseURL(text string) (*redis.UniversalOptions, error) {
	a, err := splitURL(text)
	if err != nil {
		return nil, err
	}
	o := &redis.UniversalOptions{Addrs: a.hosts, IsClusterMode: a.kind == "cluster"}
	if a.user != nil {
		o.Username = a.user.Username()
		o.Password, _ = a.user.Password()
	}
	if a.tls {
		o.TLSConfig = &tls.Config{MinVersion: tls.VersionTLS12}
		if host, _, err := net.SplitHostPort(a.hosts[0]); err == nil && len(a.hosts) == 1 {
			o.TLSConfig.ServerName = host
		}
	}
	return o, a.place(o)
}

// splitURL takes a URL apart by hand, since net/url knows no list of hosts.
func splitURL(text string) (a address, err error) {
	scheme, rest, found := strings.Cut(text, "://")
	if !found {
		return a, errors.New("redis URL has no scheme, want redis://host:port")
	}
	scheme, a.kind, _ = strings.Cut(scheme, "+")
	if a.tls = scheme == "rediss"; !a.tls && scheme != "redis" {
		return a, errors.New("redis URL has another scheme than redis://, rediss://, redis+sentinel:// or redis+cluster:// (rediss+… with TLS)")
	}
	end := strings.IndexAny(rest, "/?")
	if end < 0 {
		end = len(rest)
	}
	authority := rest[:end]
	u, err := url.Parse("x://" + userOf(authority) + "x" + rest[end:])
	if err != nil {
		return a, errors.New("redis URL cannot be read: is a character of the password not escaped?")
	}
	a.user, a.path, a.query = u.User, strings.Trim(u.Path, "/"), u.Query()
	a.hosts, err = hosts(authority[len(userOf(authority)):], a.kind)
	return a, err
}

// userOf is the part of an authority up to and with its last @.
func userOf(authority string) string { return authority[:strings.LastIndex(authority, "@")+1] }

// hosts reads host[:port],….
func hosts(list, kind string) ([]string, error) {
	port := redisPort
	if kind == "sentinel" {
		port = sentinelPort
	}
	out := strings.Split(list, ",")
	for i, h := range out {
		if h == "" {
			return nil, errors.New("redis URL has no host")
		}
		if _, _, err := net.SplitHostPort(h); err != nil {
			out[i] = net.JoinHostPort(strings.Trim(h, "[]"), port)
		}
	}
	if kind == "" && len(out) > 1 {
		return nil, errors.New("redis URL has several hosts: want redis+sentinel:// or redis+cluster://")
	}
	return out, nil
}

// place reads path and query: database, master and the sentinels' own user.
func (a *address) place(o *redis.UniversalOptions) error {
	for name := range a.query {
		if name != "db" && name != "sentinel_user" && name != "sentinel_password" {
			return fmt.Errorf("redis URL has the unknown parameter %q", name)
		}
	}
	o.SentinelUsername, o.SentinelPassword = a.query.Get("sentinel_user"), a.query.Get("sentinel_password")
	db := a.query.Get("db")
	switch a.kind {
	case "":
		if a.path != "" {
			db = a.path
		}
	case "sentinel":
		if o.MasterName = a.path; a.path == "" {
			return errors.New("redis URL has no name of the master: redis+sentinel://host/master")
		}
	case "cluster":
		if a.path != "" || db != "" {
			return errors.New("redis URL of a cluster has a database: a cluster has only one")
		}
	default:
		return fmt.Errorf("redis URL has the unknown kind %q, want sentinel or cluster", a.kind)
	}
	return setDatabase(o, db)
}

func setDatabase(o *redis.UniversalOptions, db string) (err error) {
	if db == "" {
		return nil
	}
	if o.DB, err = strconv.Atoi(db); err != nil || o.DB < 0 {
		return errors.New("redis URL has a database that is not a number")
	}
	return nil
}

// limit sets what does not come from the URL: no retries of the client's own, short waits, nothing sent unasked.
func limit(o *redis.UniversalOptions, cfg Config) {
	o.MaxRetries = -1
	o.DialerRetries = 1
	o.ContextTimeoutEnabled = true
	o.DialTimeout, o.ReadTimeout, o.WriteTimeout, o.PoolTimeout = cfg.Timeout, cfg.Timeout, cfg.Timeout, cfg.Timeout
	o.PoolSize = cfg.PoolSize
	o.Protocol = 2
	o.DisableIdentity = true
	o.MaintNotificationsConfig = &maintnotifications.Config{Mode: maintnotifications.ModeDisabled}
}
