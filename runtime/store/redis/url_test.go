package redis_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"hoithoai/runtime/store/redis"
)

// where is what a URL says, without what is the same for all.
type where struct {
	Addrs                                []string
	User, Password, Master, SentinelUser string
	SentinelPassword                     string
	DB                                   int
	TLS, Cluster                         bool
}

func TestURLs(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]where{
		"redis://localhost":                           {Addrs: []string{"localhost:6379"}},
		"redis://10.0.0.1:7000/3":                     {Addrs: []string{"10.0.0.1:7000"}, DB: 3},
		"redis://10.0.0.1:7000?db=4":                  {Addrs: []string{"10.0.0.1:7000"}, DB: 4},
		"redis://[::1]:7000":                          {Addrs: []string{"[::1]:7000"}},
		"redis://[::1]":                               {Addrs: []string{"[::1]:6379"}},
		"rediss://u:p%40%2Fss@h":                      {Addrs: []string{"h:6379"}, User: "u", Password: "p@/ss", TLS: true},
		"redis://:only@h":                             {Addrs: []string{"h:6379"}, Password: "only"},
		"redis+cluster://h1,h2:7001":                  {Addrs: []string{"h1:6379", "h2:7001"}, Cluster: true},
		"rediss+cluster://u:p@h1:1,h2:2,h3:3":         {Addrs: []string{"h1:1", "h2:2", "h3:3"}, User: "u", Password: "p", TLS: true, Cluster: true},
		"redis+cluster://h1/":                         {Addrs: []string{"h1:6379"}, Cluster: true},
		"redis+sentinel://h1,h2:5/main?db=2":          {Addrs: []string{"h1:26379", "h2:5"}, Master: "main", DB: 2},
		"redis+sentinel://:p@h/m?sentinel_password=q": {Addrs: []string{"h:26379"}, Password: "p", Master: "m", SentinelPassword: "q"},
	} {
		o, err := redis.ParseURL(text)
		if err != nil {
			t.Errorf("%s: %v", text, err)
			continue
		}
		got := where{
			Addrs: o.Addrs, User: o.Username, Password: o.Password, Master: o.MasterName, DB: o.DB, TLS: o.TLSConfig != nil,
			Cluster: o.IsClusterMode, SentinelUser: o.SentinelUsername, SentinelPassword: o.SentinelPassword,
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", text, diff)
		}
	}
}

func TestBadURLsAreRefusedWithoutQuotingThem(t *testing.T) {
	t.Parallel()
	for _, text := range []string{
		"", "localhost:6379", "http://:canary@h", "redis://:canary@", "redis://:canary@h/x", "redis://:canary@h/-1",
		"redis://:canary@h1,h2", "redis+sentinel://:canary@h", "redis+cluster://:canary@h/3", "redis+cluster://:canary@h?db=1",
		"redis+other://:canary@h", "redis://:canary%zz@h", "redis://:canary@h?unknown=1", "redis+cluster://:canary@h,,g",
		"redis://:canary@h?db=canary",
	} {
		_, err := redis.ParseURL(text)
		if err == nil {
			t.Errorf("%s gave no error", text)
		} else if strings.Contains(err.Error(), "canary") {
			t.Errorf("%s: the error quotes the password: %v", text, err)
		}
	}
}

func TestConfigDoesNotShowItsAddress(t *testing.T) {
	t.Parallel()
	cfg := redis.Config{URL: "redis://:canary@h", Prefix: "ht"}
	for _, text := range []string{fmt.Sprint(cfg), fmt.Sprintf("%v %+v %s", cfg, cfg, cfg), cfg.LogValue().String()} {
		if strings.Contains(text, "canary") {
			t.Errorf("configuration shows its password: %s", text)
		}
	}
}

func FuzzURL(f *testing.F) {
	for _, seed := range []string{
		"redis://u:p@h:1/2", "redis+cluster://a,b:2", "rediss+sentinel://:p@h,[::1]:3/m?db=1", "://", "redis://@@/?%", "redis://[",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		o, err := redis.ParseURL(text)
		if err != nil {
			return
		}
		for _, a := range o.Addrs {
			if !strings.Contains(a, ":") {
				t.Fatalf("address %q of %q has no port", a, text)
			}
		}
	})
}
