package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"net"
	"net/netip"
	"os"
	"path/filepath"

	"filippo.io/age"
	"golang.org/x/sync/errgroup"

	"hoithoai/dsl/office"
	"hoithoai/runtime/config"
	"hoithoai/runtime/delivery"
	"hoithoai/runtime/deployment"
	"hoithoai/runtime/media"
	"hoithoai/runtime/sandbox"
	"hoithoai/runtime/server"
	"hoithoai/runtime/store"
	"hoithoai/runtime/zalo"
	"hoithoai/runtime/zalo/fake"
)

// The names of the sandbox: they mean nothing outside this machine.
const (
	sandboxApp     = "1000000000000000001"
	sandboxSecret  = "chay-thu"
	sandboxToken   = "chay-thu"
	sandboxWebhook = "/zalo/webhook"
	configName     = "hoithoai.toml"
)

// stage is the running sandbox.
type stage struct {
	dep    *deployment.Deployment
	page   *sandbox.Page
	zalo   *fake.Server
	of     *office.Office
	public net.Listener // the page
	hook   net.Listener // where webhooks go
	api    net.Listener // the fake Zalo
}

// sandbox runs everything a resident's message passes, on this machine alone.
func (a *app) sandbox(ctx context.Context, p serveParams) error {
	if err := a.alone(p); err != nil {
		return err
	}
	b, err := a.published(paths(p.flows))
	if err != nil {
		return err
	}
	st, store, err := a.stage(p)
	if err != nil {
		return err
	}
	defer store.close()
	if err := st.dep.Publish(ctx, b.Result); err != nil {
		return a.unfit(err)
	}
	st.page.Tell(a.described(b))
	fmt.Fprintf(a.stdout, a.say("Trang chạy thử: http://%s\nLuồng: %s. Dữ liệu: %s. Dừng: Ctrl+C.\n", "Sandbox: http://%s\nFlows: %s. Data: %s. Stop: Ctrl+C.\n"), st.public.Addr(), a.place(b), p.data)
	g, ctx := errgroup.WithContext(ctx)
	g.Go(func() error { return server.Serve(ctx, st.public, st.page.Handler()) })
	g.Go(func() error { return server.Serve(ctx, st.api, st.zalo) })
	g.Go(func() error { return st.dep.Run(ctx, st.hook) })
	g.Go(func() error { return a.watch(ctx, p, b, st) })
	return g.Wait()
}

func paths(flows string) []string {
	if flows == "" {
		return nil
	}
	return []string{flows}
}

// alone refuses to start where a configured office is meant, and anywhere but on this machine.
func (a *app) alone(p serveParams) error {
	if _, err := os.Stat(configName); err == nil {
		return usageError{fmt.Errorf(a.say("thư mục này có %[1]s; phục vụ theo cấu hình: hoithoai serve --config %[1]s, hoặc chạy thử ở thư mục khác",
			"this folder has %[1]s; serve as configured: hoithoai serve --config %[1]s, or try the sandbox in another folder"), configName)}
	}
	host, _, err := net.SplitHostPort(p.listen)
	if ip := net.ParseIP(host); err != nil || host != "localhost" && (ip == nil || !ip.IsLoopback()) {
		return usageError{fmt.Errorf(a.say("--listen %s: trang chạy thử chỉ mở trên máy này, ví dụ 127.0.0.1:8080", "--listen %s: the sandbox is for this machine only, e.g. 127.0.0.1:8080"), p.listen)}
	}
	if p.gather < 0 || p.gather > config.LongestPause {
		return usageError{fmt.Errorf(a.say("--gather-for %s: từ 0s đến %s", "--gather-for %s: from 0s to %s"), p.gather, config.LongestPause)}
	}
	return a.claim(p.data, "sandbox")
}

func (a *app) stage(p serveParams) (*stage, opened, error) {
	st := &stage{of: office.Demo()}
	if err := a.listen(st, p.listen); err != nil {
		return nil, opened{}, err
	}
	s, err := a.openEmbedded(p.data, store.Config{}, false)
	if err != nil {
		return nil, opened{}, err
	}
	if err := a.furnish(st, s, p); err != nil {
		return nil, opened{}, errors.Join(err, s.close())
	}
	return st, s, nil
}

func (a *app) listen(st *stage, public string) (err error) {
	if st.public, err = net.Listen("tcp", public); err != nil {
		return fmt.Errorf(a.say("mở %s: %w; chọn cổng khác bằng --listen 127.0.0.1:0", "open %s: %w; choose another port with --listen 127.0.0.1:0"), public, err)
	}
	for _, l := range []*net.Listener{&st.hook, &st.api} {
		if *l, err = net.Listen("tcp", "127.0.0.1:0"); err != nil {
			return fmt.Errorf("open a loopback port: %w", err)
		}
	}
	return nil
}

// furnish puts the deployment, the fake Zalo and the page together.
func (a *app) furnish(st *stage, s opened, p serveParams) error {
	sealer, err := keys(filepath.Join(p.data, "khoa"))
	if err != nil {
		return err
	}
	recipient, err := tipKey(filepath.Join(p.data, "tin-bao.khoa"))
	if err != nil {
		return err
	}
	st.of.Fields["nhan_tin"] = "age"
	st.zalo = fake.New(fake.Config{
		AppID: sandboxApp, Secret: sandboxSecret, Offices: map[string]string{st.of.ID: sandboxToken}, Now: a.now,
		Seed: uint64(a.now().UnixNano()), Deliver: fake.Post(loopbackClient(), "http://"+st.hook.Addr().String()+sandboxWebhook),
	})
	st.dep, _ = a.assembled(deployment.Config{
		Store: s.Store, Partitions: s.partitions, Ready: s.ready, Seal: sealer, Webhook: sandboxWebhook, Gather: p.gather,
		Offices:  map[string]*office.Office{st.of.ID: st.of},
		TipKeys:  map[string][]age.Recipient{st.of.ID: {recipient}},
		Verifier: zalo.Verifier{AppID: sandboxApp, Secrets: []string{sandboxSecret}},
		Fetch:    media.New(media.Config{Private: []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")}}),
	}, delivery.Config{
		Client: zalo.NewClient(zalo.ClientConfig{
			BaseURL: "http://" + st.api.Addr().String(), Tokens: zalo.StaticTokens{st.of.ID: sandboxToken},
		}),
		Outlets: map[string]*delivery.Outlet{st.of.ID: {Capabilities: zalo.DefaultCapabilities(), Assets: zalo.NewAssetCache(a.now)}},
	})
	name, _ := st.of.Field("ten")
	st.page = sandbox.New(sandbox.Config{
		Zalo: st.zalo, Office: st.of.ID, Name: name, Look: st.dep.Look, Picture: picture(), Document: []byte("%PDF-1.4\n%%EOF\n"),
		Address: "http://" + st.public.Addr().String(),
	})
	return nil
}

// tipKey is the public key of the sandbox's own officer; the private key lies in its data folder.
func tipKey(path string) (age.Recipient, error) {
	text, err := os.ReadFile(path)
	if errors.Is(err, os.ErrNotExist) {
		return newTipKey(path)
	}
	if err != nil {
		return nil, fmt.Errorf("read tip key: %w", err)
	}
	ids, err := age.ParseIdentities(bytes.NewReader(text))
	if err != nil || len(ids) == 0 {
		return nil, fmt.Errorf("tip key %s is damaged: %w", path, err)
	}
	id, ok := ids[0].(*age.HybridIdentity)
	if !ok {
		return nil, fmt.Errorf("tip key %s is of another kind", path)
	}
	return id.Recipient(), nil
}

func newTipKey(path string) (age.Recipient, error) {
	id, err := age.GenerateHybridIdentity()
	if err != nil {
		return nil, fmt.Errorf("make tip key: %w", err)
	}
	if err := os.WriteFile(path, []byte(id.String()+"\n"), 0o600); err != nil {
		return nil, fmt.Errorf("write tip key: %w", err)
	}
	return id.Recipient(), nil
}

// picture is what "send a picture" sends: a plain gradient, so that nobody's photograph is needed.
func picture() []byte {
	img := image.NewRGBA(image.Rect(0, 0, 160, 90))
	for x := range 160 {
		for y := range 90 {
			img.Set(x, y, color.RGBA{R: uint8(x), G: uint8(2 * y), B: 180, A: 255})
		}
	}
	var b bytes.Buffer
	if err := png.Encode(&b, img); err != nil {
		return nil // encoding into memory cannot fail
	}
	return b.Bytes()
}
