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
	"hoithoai/runtime/gate"
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
// Secret (keeper), else as the configuration names them (keeper nil).
func (a *app) client(d config.Deployment, s opened, cfg deployment.Config, g *gate.Gate) (*zalo.Client, *token.Keeper, error) {
	c := zalo.ClientConfig{BaseURL: d.App.BaseURL, Timeout: time.Duration(d.App.Timeout), OnRate: g.Rate}
	if !d.App.Secret.IsSet() {
		tokens, err := a.namedTokens(d)
		c.Tokens = tokens
		return zalo.NewClient(c), nil, err
	}
	secret, err := a.secret(d.App.Secret)
	if err != nil {
		return nil, nil, fmt.Errorf("app.secret: %w", err)
	}
	if d.App.Proof {
		c.AppSecret = secret
	}
	keeper := a.keeper(d, s.Store, cfg.Seal, secret, cfg.Metrics)
	c.Tokens = keeper
	return zalo.NewClient(c), keeper, nil
}

// gate makes what all calls of this process to Zalo pass.
func (a *app) gate(d config.Deployment, count *metrics.Set) *gate.Gate {
	offices := map[string]int{}
	for _, o := range d.Offices {
		offices[o.ID] = o.Calls
	}
	return gate.New(gate.Config{PerMinute: d.App.Calls, Offices: offices, Now: a.now, Metrics: count})
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
func (a *app) tokenChecks(d config.Deployment, k *token.Keeper) []health.Check {
	if k == nil {
		return nil
	}
	return []health.Check{{Name: "token", Needed: true, Ask: func(ctx context.Context) error {
		for _, o := range d.Offices {
			s, err := k.Inspect(ctx, o.ID)
			if err != nil {
				return err
			}
			if s.Till.After(a.now()) || s.Generation > 0 && !errors.Is(s.Trouble, token.ErrReauthorise) {
				return nil
			}
		}
		return errNoToken
	}}}
}

// errNoToken says why a process whose store and program are well is not ready.
var errNoToken = errors.New("no office has an access token that lives or can be refreshed; run hoithoai token")

// startTokens publishes what an earlier process left behind, before anything asks for a token.
func (p parts) startTokens(ctx context.Context) error {
	if p.tokens == nil {
		return nil
	}
	return p.tokens.Start(ctx)
}

// runTokens refreshes tokens until ctx ends.
func (p parts) runTokens(ctx context.Context) error {
	if p.tokens == nil {
		return nil
	}
	tick, stop := ticker(tendEvery)
	defer stop()
	p.tokens.Run(ctx, tick)
	return nil
}
