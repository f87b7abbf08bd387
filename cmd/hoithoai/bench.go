package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"hoithoai/runtime/bench"
)

type benchParams struct {
	bench.Config
	asJSON, readme bool
}

func newBench(a *app) *cobra.Command {
	var p benchParams
	cmd := &cobra.Command{
		Use:   "bench",
		Short: a.say("Đo tốc độ và bộ nhớ trên máy này", "Measure speed and memory on this machine"),
		Long: a.say(`Đo trên máy này, xen kẽ từng lượt: webhook tới lúc trả 200, cả sự kiện (nhận, bước, ghi, gửi, xong), giao thức kho trần để
so sánh, CPU mỗi phần, bộ nhớ của một người đang chờ. Tự chạy một redis-server riêng (AOF everysec) trong thư mục tạm; hoặc
--redis nhận địa chỉ một Redis trống, không ai cần: những gì đo để lại trong đó. Chỉ đo, không đòi hỏi con số nào.`,
			`Measures on this machine, in turns: from webhook to 200, whole events (accepted, stepped, committed, sent, done), the bare
protocol of the store beside them, CPU of each part, memory of a waiting person. It runs a redis-server of its own (AOF
everysec) in a temporary folder; or --redis takes the address of an empty Redis that nobody needs: what was measured stays
there. It only measures, and demands no figure.`),
		Example: "  hoithoai bench\n  hoithoai bench --sizes 1000,10000,100000,1000000 --readme\n  hoithoai bench --store embedded --json",
		Args:    a.atMost(0),
		RunE:    func(cmd *cobra.Command, _ []string) error { return a.bench(cmd.Context(), p) },
	}
	f := cmd.Flags()
	f.StringVar(&p.Store, "store", bench.StoreRedis, a.say("kho để đo: redis hoặc embedded", "store to measure: redis or embedded"))
	f.StringVar(&p.URL, "redis", "", a.say("địa chỉ một Redis trống, không ai cần (không ghi: tự chạy một redis-server)", "address of an empty Redis that nobody needs (default: run a redis-server)"))
	f.IntVar(&p.People, "people", 10_000, a.say("bao nhiêu người viết", "how many people write"))
	f.IntVar(&p.Connections, "connections", 50, a.say("bao nhiêu người viết cùng lúc", "how many write at once"))
	f.DurationVar(&p.Round, "round", 5*time.Second, a.say("mỗi lượt đo bao lâu", "how long one round takes"))
	f.IntVar(&p.Rounds, "rounds", 3, a.say("mấy lượt mỗi phép đo", "how many rounds of each figure"))
	f.IntSliceVar(&p.Sizes, "sizes", nil, a.say("đo lại khi trong kho có ngần ấy người, ví dụ 1000,10000", "measure again with so many people in the store, e.g. 1000,10000"))
	f.BoolVar(&p.FullJournal, "full-journal", false, a.say("cơ quan ghi nhật ký từng bước (journal = \"full\")", "the office records every step (journal = \"full\")"))
	f.BoolVar(&p.asJSON, "json", false, a.say("in JSON", "print JSON"))
	f.BoolVar(&p.readme, "readme", false, a.say("in bảng Markdown cho runtime/README.md", "print the Markdown table of runtime/README.md"))
	return cmd
}

func (a *app) bench(ctx context.Context, p benchParams) (err error) {
	if p.asJSON && p.readme {
		return usageError{errors.New(a.say("chọn --json hoặc --readme", "choose --json or --readme"))}
	}
	folder, err := os.MkdirTemp("", "hoithoai-bench-")
	if err != nil {
		return fmt.Errorf("make a folder for the measurement: %w", err)
	}
	defer func() { err = errors.Join(err, os.RemoveAll(folder)) }()
	p.Folder, p.Now = folder, a.now
	p.Command, p.Machine.Date = "hoithoai "+strings.Join(withoutURL(a.args), " "), a.now().Format("2006-01-02")
	p.Progress = func(what string) { fmt.Fprintln(a.stderr, what) }
	rep, err := bench.Run(ctx, p.Config)
	if err != nil {
		return a.benchError(err)
	}
	return a.tellBench(rep, p)
}

// benchError says in the chosen language what keeps a measurement from being made.
func (a *app) benchError(err error) error {
	switch {
	case errors.Is(err, bench.ErrNoServer):
		return errors.New(a.say("máy này chưa có redis-server: cài bằng apt-get install redis-server, hoặc đo kho kèm theo: hoithoai bench --store embedded",
			"there is no redis-server on this machine: apt-get install redis-server, or measure the store inside: hoithoai bench --store embedded"))
	case errors.Is(err, bench.ErrNotEmpty):
		return fmt.Errorf(a.say("Redis này đang giữ dữ liệu; chỉ đo trên một Redis trống: %w", "this Redis keeps something; only an empty one is measured: %w"), err)
	case errors.Is(err, bench.ErrConfig):
		return usageError{err}
	}
	return err
}

// withoutURL is the command line without the address of a server: there may be a password in it.
func withoutURL(args []string) []string {
	out := make([]string, 0, len(args))
	for i, arg := range args {
		switch {
		case strings.HasPrefix(strings.TrimLeft(arg, "-"), "redis="):
			arg = "--redis=…"
		case i > 0 && strings.TrimLeft(args[i-1], "-") == "redis":
			arg = "…"
		}
		out = append(out, arg)
	}
	return out
}

func (a *app) tellBench(rep bench.Report, p benchParams) error {
	if !p.asJSON {
		fmt.Fprint(a.stdout, rep.Markdown())
		return nil
	}
	enc := json.NewEncoder(a.stdout)
	enc.SetIndent("", "  ")
	if err := enc.Encode(rep); err != nil {
		return fmt.Errorf("write report: %w", err)
	}
	return nil
}
