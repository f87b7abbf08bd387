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

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/promhttp"
	"golang.org/x/sync/errgroup"

	"hoithoai/runtime/admin"
	"hoithoai/runtime/alarm"
	"hoithoai/runtime/config"
	"hoithoai/runtime/deadletter"
	"hoithoai/runtime/delivery"
	"hoithoai/runtime/deployment"
	"hoithoai/runtime/gate"
	"hoithoai/runtime/media"
	"hoithoai/runtime/metrics"
	"hoithoai/runtime/server"
	"hoithoai/runtime/store/seal"
)

// configured serves the offices of a configuration file.
func (a *app) configured(ctx context.Context, p serveParams) error {
	d, err := a.configuration(p.config)
	if err != nil {
		return err
	}
	p.chosen(&d)
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
	return errors.Join(a.byStore(ctx, s, func(a *app) error { return a.run(ctx, p, d, b, s) }), s.close())
}

// chosen lets what the command line says go before the configuration.
func (p serveParams) chosen(d *config.Deployment) {
	if p.flows != "" {
		d.Flows = p.flows
	}
}

func (a *app) run(ctx context.Context, p serveParams, d config.Deployment, b *bundle, s opened) error {
	h, err := a.host(p, d, b, s)
	if err != nil {
		return err
	}
	defer h.traces.close()
	if err := h.startTokens(ctx); err != nil {
		return err
	}
	if err := h.dep.Publish(ctx, b.Result); err != nil {
		return a.unfit(err)
	}
	l, err := net.Listen("tcp", d.Listen)
	if err != nil {
		return fmt.Errorf("open %s: %w", d.Listen, err)
	}
	door, err := h.openDoor(ctx)
	if err != nil {
		return errors.Join(err, l.Close())
	}
	fmt.Fprintf(a.stdout, a.say("Phục vụ %d cơ quan tại %s, webhook %s\n", "Serving %d offices at %s, webhook %s\n"), len(d.Offices), l.Addr(), d.App.Webhook)
	g, ctx := errgroup.WithContext(ctx)
	g.Go(func() error { return h.dep.Run(ctx, l) })
	g.Go(func() error { return h.runTokens(ctx) })
	g.Go(func() error { return door.serve(ctx) })
	g.Go(func() error { return h.watch(ctx) })
	g.Go(func() error { h.gate.Run(ctx, ticker); return nil })
	if d.Metrics != "" {
		g.Go(func() error { return serveMetrics(ctx, d.Metrics, h.metrics) })
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
func (h *host) openDoor(ctx context.Context) (adminDoor, error) {
	d := h.state.Load().config
	direct, err := h.direct(ctx, d, h.store)
	if err != nil {
		return adminDoor{}, err
	}
	direct.Keeper, direct.Checks = h.keeper, h.dep.Checks()
	door, err := admin.Listen(ctx, place(d), rand.Reader)
	if err != nil {
		return adminDoor{}, fmt.Errorf("open admin listener: %w", err)
	}
	h.desk = &operatorDesk{config: admin.Config{Direct: direct, Token: door.Token, Metrics: h.metrics, Log: h.logger(), Reloader: h,
		Audit: h.auditBook(d, direct.Box.Seal), Account: account()}}
	h.desk.serve(h.state.Load().ids())
	return adminDoor{door, h.desk}, nil
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
		return keys(filepath.Join(d.Data, keyFile))
	}
	text, err := a.secret(d.Keys)
	if err != nil {
		return nil, fmt.Errorf("keys: %w", err)
	}
	return sealerOf(text)
}

// host makes the deployment of a configuration, with what runs beside it.
func (a *app) host(p serveParams, d config.Deployment, b *bundle, s opened) (*host, error) {
	st, err := a.state(d, b)
	if err != nil {
		return nil, err
	}
	h := &host{app: a, params: p, store: s, alarms: alarm.New(a.logger(), a.now)}
	h.state.Store(st)
	sealer, err := a.sealer(d)
	if err != nil {
		return nil, err
	}
	if h.traces, err = a.collect(d); err != nil {
		return nil, err
	}
	reg := prometheus.NewRegistry()
	cfg := deployment.Config{
		Spans: h.traces.spans(),
		Store: s.Store, Partitions: s.partitions, Ready: s.ready, Held: s.held, Met: s.met, Gauge: s.gauge, Seal: sealer, Webhook: d.App.Webhook, Metrics: metrics.New(reg),
		Fetch: media.New(media.Config{}), Lease: time.Duration(d.Store.Lease),
		Offices: st.settings.Offices, TipKeys: st.settings.TipKeys, Verifier: st.settings.Verifier, Proof: st.settings.Proof,
		HumanFor: st.settings.HumanFor, OfficerFor: st.settings.OfficerFor, AnswerIn: st.settings.AnswerIn, Gather: st.settings.Gather,
		FullJournal: st.settings.FullJournal,
	}
	h.gate = gate.New(gate.Config{
		PerMinute: d.App.Calls, Offices: st.calls(), Now: a.now, Metrics: cfg.Metrics, Shared: s.limits, Process: rand.Text(),
	})
	client, err := h.client(st, cfg)
	if err != nil {
		return nil, err
	}
	cfg.Checks, cfg.CatchUp = h.tokenChecks(), h.catchUp(d, client)
	h.dep, h.fleet = a.putTogether(cfg, delivery.Config{
		Client: client, Outlets: st.outlets, Gate: h.gate, Letters: &deadletter.Box{Records: s.Store, Seal: sealer, Now: a.now},
		Uploads: &delivery.Uploads{Records: s.Store, Seal: sealer, Now: a.now}, Began: a.now(),
	})
	h.metrics = promhttp.HandlerFor(reg, promhttp.HandlerOpts{})
	return h, nil
}
