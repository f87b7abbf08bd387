package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"hoithoai/runtime/config"
	"hoithoai/runtime/deployment"
	"hoithoai/runtime/health"
	"hoithoai/runtime/metrics"
	"hoithoai/runtime/store"
	"hoithoai/runtime/store/seal"
	"hoithoai/runtime/token"
	"hoithoai/runtime/zalo"
)

// tendEvery is how often the tokens of all offices are looked after.
const tendEvery = time.Minute

// client makes the client of Zalo's API with its source of access tokens: kept here where the configuration names the App
// Secret (keeper), else as the configuration names them (purse).
func (h *host) client(st *state, cfg deployment.Config) (*zalo.Client, error) {
	app := st.config.App
	c := zalo.ClientConfig{BaseURL: app.BaseURL, Timeout: time.Duration(app.Timeout), OnRate: h.gate.Rate}
	if !app.Secret.IsSet() {
		h.purse = &purse{}
		h.purse.serve(st.tokens)
		c.Tokens = h.purse
		return zalo.NewClient(c), nil
	}
	secret, err := h.secret(app.Secret)
	if err != nil {
		return nil, fmt.Errorf("app.secret: %w", err)
	}
	if app.Proof {
		c.AppSecret = secret
	}
	h.keeper = h.app.keeper(st.config, h.store.Store, cfg.Seal, secret, cfg.Metrics)
	c.Tokens = h.keeper
	return zalo.NewClient(c), nil
}

// namedTokens are the access tokens that the configuration names.
func (a *app) namedTokens(d config.Deployment) (zalo.StaticTokens, error) {
	tokens := zalo.StaticTokens{}
	for _, o := range d.Offices {
		t, err := a.secret(o.Token)
		if err != nil {
			return nil, fmt.Errorf("office %s: token: %w", o.ID, err)
		}
		tokens[o.ID] = t
	}
	return tokens, nil
}

// keeper makes the keeper of the tokens of all offices.
func (a *app) keeper(d config.Deployment, records store.Records, sealer *seal.Sealer, secret string, count *metrics.Set) *token.Keeper {
	var offices []string
	for _, o := range d.Offices {
		offices = append(offices, o.ID)
	}
	host, err := os.Hostname()
	if err != nil {
		host = "?"
	}
	return token.New(token.Config{
		Records: records, Seal: sealer, Offices: offices, Spool: filepath.Join(d.Data, "ma"), Replica: host,
		Authority: zalo.NewOAuth(zalo.OAuthConfig{BaseURL: d.App.OAuthURL, AppID: d.App.ID, AppSecret: secret}),
		Now:       a.now, Log: a.logger(), Metrics: count,
	})
}

// tokenChecks says that nobody can be answered: every office's tokens are dead. While one lives the process is ready, for its
// residents are served, and what the others write is kept; which ones those are is told by alarms and hoithoai doctor.
func (h *host) tokenChecks() []health.Check {
	if h.keeper == nil {
		return nil
	}
	return []health.Check{{Name: "token", Needed: true, Ask: func(ctx context.Context) error {
		for _, o := range h.state.Load().ids() {
			s, err := h.keeper.Inspect(ctx, o)
			if err != nil {
				return err
			}
			if s.Till.After(h.now()) || s.Generation > 0 && !errors.Is(s.Trouble, token.ErrReauthorise) {
				return nil
			}
		}
		return errNoToken
	}}}
}

// errNoToken says why a process whose store and program are well is not ready.
var errNoToken = errors.New("no office has an access token that lives or can be refreshed; run hoithoai token")

// startTokens publishes what an earlier process left behind, before anything asks for a token.
func (h *host) startTokens(ctx context.Context) error {
	if h.keeper == nil {
		return nil
	}
	return h.keeper.Start(ctx)
}

// runTokens refreshes tokens until ctx ends.
func (h *host) runTokens(ctx context.Context) error {
	if h.keeper == nil {
		return nil
	}
	tick, stop := ticker(tendEvery)
	defer stop()
	h.keeper.Run(ctx, tick)
	return nil
}
