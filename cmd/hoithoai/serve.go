package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"hoithoai/runtime/engine"
	"hoithoai/runtime/logs"
)

type serveParams struct {
	config string
	data   string
	listen string
	flows  string
	gather time.Duration
}

func newServe(a *app) *cobra.Command {
	var p serveParams
	cmd := &cobra.Command{
		Use:   "serve",
		Short: a.say("Mở trang chạy thử, hoặc phục vụ người dân theo cấu hình", "Open the sandbox, or serve residents as configured"),
		Long: a.say(`Không có --config: mở trang chạy thử trên máy này, với một cơ quan mẫu và một Zalo giả; sửa tệp luồng thì trang tự nạp lại.
Có --config: nhận webhook của Zalo cho các cơ quan đã khai trong tệp TOML. Bộ luồng có lỗi thì không bao giờ được phục vụ. Sửa cấu hình
hay luồng thì máy tự nạp lại, đúng hết mới nạp: xem hoithoai reload --help.`,
			`Without --config: opens the sandbox on this machine, with a demonstration office and a fake Zalo; flows are reloaded when
saved. With --config: takes Zalo's webhooks for the offices of a TOML file. A bundle with errors is never served. Changes of configuration
and flows are taken up by themselves, all or nothing: see hoithoai reload --help.`),
		Example: "  hoithoai serve\n  hoithoai serve --config /etc/hoithoai.toml",
		Args:    a.atMost(0),
		RunE:    func(cmd *cobra.Command, _ []string) error { return a.serve(cmd.Context(), p) },
	}
	f := cmd.Flags()
	f.StringVar(&p.config, "config", "", a.say("tệp cấu hình TOML", "TOML configuration file"))
	f.StringVar(&p.data, "data", "du-lieu", a.say("thư mục dữ liệu của trang chạy thử", "data folder of the sandbox"))
	f.StringVar(&p.listen, "listen", "127.0.0.1:8080", a.say("địa chỉ của trang chạy thử (chỉ trên máy này)", "address of the sandbox (this machine only)"))
	f.StringVar(&p.flows, "flows", "", a.say("thư mục luồng (mặc định: flows, hoặc các tệp .flow ở đây, hoặc luồng có sẵn)", "folder of flows (default: flows, or the .flow files here, or the built-in ones)"))
	f.DurationVar(&p.gather, "gather-for", engine.DefaultGather, a.say("trang chạy thử đợi bao lâu để gom các tin nhắn liền nhau (0: trả lời từng tin)", "how long the sandbox waits to gather a burst of messages (0: answers each)"))
	return cmd
}

func (a *app) serve(ctx context.Context, p serveParams) error {
	if p.config == "" {
		return a.sandbox(ctx, p)
	}
	return a.configured(ctx, p)
}

// logger writes one line of JSON an event; the packages give it no words of residents, and package logs lets none through.
func (a *app) logger() *slog.Logger { return slog.New(logs.New(slog.NewJSONHandler(a.stderr, nil))) }

// ticker is the clock's tick for parts that may not read a clock.
func ticker(d time.Duration) (<-chan time.Time, func()) {
	t := time.NewTicker(d)
	return t.C, t.Stop
}

// published loads the bundle that serve is told to run. One with errors is reported and refused.
func (a *app) published(paths []string) (*bundle, error) {
	b, err := a.load(paths)
	if err != nil {
		return nil, err
	}
	if b.Program == nil {
		return nil, errors.Join(a.report(b, b.Diagnostics, false), errFound)
	}
	return b, nil
}

// marker is the file that says what a data folder is for: the sandbox and a configured deployment never share one.
const marker = "loai"

// claim marks a data folder as belonging to use, or refuses one that belongs to another.
func (a *app) claim(folder, use string) error {
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return fmt.Errorf("make data folder: %w", err)
	}
	name := filepath.Join(folder, marker)
	text, err := os.ReadFile(name)
	found := strings.TrimSpace(string(text))
	switch {
	case errors.Is(err, os.ErrNotExist), err == nil && found == "": // empty: the first start ended in the middle
		return os.WriteFile(name, []byte(use+"\n"), 0o600)
	case err != nil:
		return fmt.Errorf("read data folder: %w", err)
	case found != use:
		return fmt.Errorf(a.say("thư mục %s là dữ liệu của %q, không dùng chung với %q; chọn thư mục khác bằng --data",
			"the folder %s holds data of %q and is not shared with %q; choose another folder with --data"), folder, found, use)
	}
	return nil
}
