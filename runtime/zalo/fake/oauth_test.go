package fake_test

import (
	"errors"
	"net/http"
	"testing"
	"time"

	"hoithoai/runtime/zalo"
	"hoithoai/runtime/zalo/fake"
)

// issuer is a fake whose token endpoint knows a secret.
func issuer(t *testing.T) (*world, *zalo.OAuth) {
	t.Helper()
	w := newWorld(t, func(c *fake.Config) { c.OAuthSecret, c.TokenLife, c.NoWindow = "app-secret", time.Hour, true })
	return w, zalo.NewOAuth(zalo.OAuthConfig{BaseURL: w.url, AppID: "360846524940903967", AppSecret: "app-secret", Timeout: time.Minute, Transport: w.wire})
}

func spend(t *testing.T, o *zalo.OAuth, refresh string) (zalo.Grant, int) {
	t.Helper()
	raw, err := o.Refresh(t.Context(), refresh)
	if err != nil {
		return zalo.Grant{}, -1
	}
	g, err := zalo.ParseGrant(raw)
	e, _ := errors.AsType[*zalo.Error](err)
	if e != nil {
		return g, e.Code
	}
	return g, 0
}

// TestRefreshTokensAreUsedOnce: the second use fails, the old access token dies, the new one ends with its life.
func TestRefreshTokensAreUsedOnce(t *testing.T) {
	t.Parallel()
	w, o := issuer(t)
	first := w.RefreshToken(office)
	g, code := spend(t, o, first)
	if code != 0 || g.AccessLife != time.Hour || g.RefreshLife != 90*24*time.Hour || g.Refresh == first || w.AccessToken(office) != g.Access {
		t.Fatalf("the first use gives %v, %d", g, code)
	}
	if _, code := spend(t, o, first); code != -14014 {
		t.Errorf("the second use gives %d", code)
	}
	call := func(token string) int {
		c := zalo.NewClient(zalo.ClientConfig{BaseURL: w.url, Tokens: zalo.StaticTokens{office: token}})
		_, err := c.Talk(t.Context(), office, "1", 0)
		if e, ok := errors.AsType[*zalo.Error](err); ok {
			return e.Code
		}
		return 0
	}
	if got := call(token); got != -216 {
		t.Errorf("the old access token gives %d", got)
	}
	if got := call(g.Access); got != 0 {
		t.Errorf("the new access token gives %d", got)
	}
	w.clock.Move(time.Hour)
	if got := call(g.Access); got != -220 {
		t.Errorf("after its life it gives %d", got)
	}
	if _, code := spend(t, o, g.Refresh); code != 0 || w.Grants(office) != 2 {
		t.Errorf("the next use gives %d, %d pairs", code, w.Grants(office))
	}
}

// A lost answer spends the token all the same.
func TestLostGrants(t *testing.T) {
	t.Parallel()
	for fault, spent := range map[fake.Fault]bool{fake.Hang: false, fake.Down: false, fake.HangAfter: true, fake.Lost: true, fake.DownAfter: true, fake.Garbage: true} {
		w, o := issuer(t)
		w.ScriptOAuth(fault)
		refresh := w.RefreshToken(office)
		spend(t, o, refresh)
		want := 0
		if spent {
			want = -14014
		}
		if _, code := spend(t, o, refresh); code != want {
			t.Errorf("after fault %d the token gives %d, want %d", fault, code, want)
		}
	}
}

// Whoever cannot prove to be the app gets nothing and spends nothing.
func TestStrangersGetNoTokens(t *testing.T) {
	t.Parallel()
	w, o := issuer(t)
	refresh := w.RefreshToken(office)
	for name, cfg := range map[string]zalo.OAuthConfig{
		"wrong secret": {BaseURL: w.url, AppID: "360846524940903967", AppSecret: "guess"},
		"wrong app":    {BaseURL: w.url, AppID: "1", AppSecret: "app-secret"},
	} {
		if _, code := spend(t, zalo.NewOAuth(cfg), refresh); code != -14002 {
			t.Errorf("%s gives %d", name, code)
		}
	}
	res, err := http.Post(w.url+zalo.EndpointToken, "application/json", nil)
	if err != nil {
		t.Fatal(err)
	}
	res.Body.Close()
	if len(w.Refusals()) != 3 {
		t.Errorf("refusals %v", w.Refusals())
	}
	if _, code := spend(t, o, refresh); code != 0 {
		t.Errorf("the token was spent by strangers: %d", code)
	}
}
