package main

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"time"

	"filippo.io/age"
	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/promhttp"
	"golang.org/x/sync/errgroup"

	"hoithoai/dsl/office"
	"hoithoai/runtime/admin"
	"hoithoai/runtime/config"
	"hoithoai/runtime/deadletter"
	"hoithoai/runtime/delivery"
	"hoithoai/runtime/deployment"
	"hoithoai/runtime/media"
	"hoithoai/runtime/metrics"
	"hoithoai/runtime/server"
	"hoithoai/runtime/store/seal"
	"hoithoai/runtime/token"
	"hoithoai/runtime/zalo"
)

// configured serves the offices of a configuration file.
func (a *app) configured(ctx context.Context, p serveParams) error {
	d, err := a.configuration(p.config)
	if err != nil {
		return err
	}
	if p.flows != "" {
		d.Flows = p.flows
	}
	b, err := a.published(paths(d.Flows))
	if err != nil {
		return err
	}
	if err := a.claim(d.Data, "phuc-vu"); err != nil {
		return err
	}
	s, err := a.openHeld(ctx, d)
	if err != nil {
		return err
	}
	return errors.Join(a.run(ctx, d, b, s), s.close())
}

func (a *app) run(ctx context.Context, d config.Deployment, b *bundle, s opened) error {
	parts, err := a.deployment(d, s)
	if err != nil {
		return err
	}
	if err := parts.startTokens(ctx); err != nil {
		return err
	}
	if err := parts.dep.Publish(ctx, b.Result); err != nil {
		return err
	}
	l, err := net.Listen("tcp", d.Listen)
	if err != nil {
		return fmt.Errorf("open %s: %w", d.Listen, err)
	}
	door, err := a.openDoor(ctx, d, s, parts)
	if err != nil {
		return errors.Join(err, l.Close())
	}
	fmt.Fprintf(a.stdout, a.say("Phục vụ %d cơ quan tại %s, webhook %s\n", "Serving %d offices at %s, webhook %s\n"), len(d.Offices), l.Addr(), d.App.Webhook)
	g, ctx := errgroup.WithContext(ctx)
	g.Go(func() error { return parts.dep.Run(ctx, l) })
	g.Go(func() error { return parts.runTokens(ctx) })
	g.Go(func() error { return door.serve(ctx) })
	if d.Metrics != "" {
		g.Go(func() error { return serveMetrics(ctx, d.Metrics, parts.metrics) })
	}
	return g.Wait()
}

// adminDoor is the operator's listener with what answers there.
type adminDoor struct {
	*admin.Door
	handler http.Handler
}

// openDoor opens the operator's listener. It is called when the public one is open: of two processes with one configuration
// only the one that has that gets here.
func (a *app) openDoor(ctx context.Context, d config.Deployment, s opened, p parts) (adminDoor, error) {
	direct, err := a.direct(d, s)
	if err != nil {
		return adminDoor{}, err
	}
	direct.Keeper, direct.Checks = p.tokens, p.dep.Checks()
	door, err := admin.Listen(ctx, place(d), rand.Reader)
	if err != nil {
		return adminDoor{}, fmt.Errorf("open admin listener: %w", err)
	}
	return adminDoor{door, admin.Handler(admin.Config{Direct: direct, Token: door.Token, Metrics: p.metrics, Log: a.logger()})}, nil
}

func (d adminDoor) serve(ctx context.Context) error {
	return errors.Join(server.Serve(ctx, d, d.handler), d.Leave())
}

func serveMetrics(ctx context.Context, address string, handler http.Handler) error {
	l, err := net.Listen("tcp", address)
	if err != nil {
		return fmt.Errorf("open metrics: %w", err)
	}
	return server.Serve(ctx, l, handler)
}

// secret reads a secret from where the configuration says it is.
func (a *app) secret(s config.Secret) (string, error) {
	return s.Resolve(a.getenv, func(path string) ([]byte, fs.FileMode, error) {
		info, err := os.Stat(path)
		if err != nil {
			return nil, 0, err
		}
		body, err := os.ReadFile(path)
		return body, info.Mode(), err
	})
}

// sealer opens the sealing keys: from the environment or a file, else the ones in the data folder.
func (a *app) sealer(d config.Deployment) (*seal.Sealer, error) {
	if !d.Keys.IsSet() {
		return keys(filepath.Join(d.Data, "khoa"))
	}
	text, err := a.secret(d.Keys)
	if err != nil {
		return nil, fmt.Errorf("keys: %w", err)
	}
	return sealerOf(text)
}

// parts is a configured deployment with what runs beside it.
type parts struct {
	dep     *deployment.Deployment
	tokens  *token.Keeper // nil where the configuration names the access tokens
	metrics http.Handler
}

func (a *app) deployment(d config.Deployment, s opened) (parts, error) {
	sealer, err := a.sealer(d)
	if err != nil {
		return parts{}, err
	}
	reg := prometheus.NewRegistry()
	cfg := deployment.Config{
		Store: s.Store, Partitions: s.partitions, Ready: s.ready, Held: s.held, Gauge: s.gauge, Seal: sealer, Webhook: d.App.Webhook, Metrics: metrics.New(reg),
		Proof: proof(d), Fetch: media.New(media.Config{}), HumanFor: time.Duration(d.Human), OfficerFor: time.Duration(d.Officer), AnswerIn: time.Duration(d.Answer),
		Gather: d.GatherFor(), Lease: time.Duration(d.Store.Lease),
		Offices: map[string]*office.Office{}, TipKeys: map[string][]age.Recipient{},
	}
	if cfg.Verifier, err = a.verifier(d.App); err != nil {
		return parts{}, err
	}
	outlets := map[string]*delivery.Outlet{}
	for _, o := range d.Offices {
		if err := a.office(o, cfg, outlets); err != nil {
			return parts{}, fmt.Errorf("office %s: %w", o.ID, err)
		}
	}
	g := a.gate(d, cfg.Metrics)
	client, keeper, err := a.client(d, s, cfg, g)
	if err != nil {
		return parts{}, err
	}
	cfg.Checks = a.tokenChecks(d, keeper)
	dep := a.putTogether(cfg, delivery.Config{
		Client: client, Outlets: outlets, Gate: g, Letters: &deadletter.Box{Records: s.Store, Seal: sealer, Now: a.now},
		Uploads: &delivery.Uploads{Records: s.Store, Seal: sealer, Now: a.now},
	})
	return parts{dep, keeper, promhttp.HandlerFor(reg, promhttp.HandlerOpts{})}, nil
}

func (a *app) verifier(app config.App) (zalo.Verifier, error) {
	v := zalo.Verifier{AppID: app.ID}
	if app.Verify == "log" {
		v.Mode = zalo.Log
	}
	for i, s := range app.OASecrets {
		secret, err := a.secret(s)
		if err != nil {
			return v, fmt.Errorf("app.oa_secrets[%d]: %w", i, err)
		}
		v.Secrets = append(v.Secrets, secret)
	}
	return v, nil
}

// office adds one office to the parts of the deployment.
func (a *app) office(o config.Office, cfg deployment.Config, outlets map[string]*delivery.Outlet) (err error) {
	if cfg.Offices[o.ID], err = o.Build(); err != nil {
		return err
	}
	if cfg.TipKeys[o.ID], err = o.Recipients(); err != nil {
		return err
	}
	outlets[o.ID] = &delivery.Outlet{Capabilities: capabilities(o.Can), Assets: zalo.NewAssetCache(a.now)}
	return nil
}

func capabilities(c config.Capabilities) zalo.Capabilities {
	can := zalo.DefaultCapabilities()
	choose(&can.Buttons, c.Buttons)
	choose(&can.ButtonsWithTemplateType, c.TemplateType)
	choose(&can.List, c.List)
	choose(&can.RequestInfo, c.RequestInfo)
	choose(&can.Images, c.Images)
	choose(&can.Files, c.Files)
	can.InfoImage = c.InfoImage
	return can
}

func choose(to *bool, chosen *bool) {
	if chosen != nil {
		*to = *chosen
	}
}

// proof answers Zalo's questions about the domain; nothing where no code is configured.
func proof(d config.Deployment) http.Handler {
	if len(d.App.ProofCodes) == 0 {
		return nil
	}
	p := zalo.DomainProof{Codes: d.App.ProofCodes}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/" {
			p.ServeRoot(w, r)
			return
		}
		p.ServeFile(w, r)
	})
}
