package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/url"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"hoithoai/runtime/admin"
	"hoithoai/runtime/config"
	"hoithoai/runtime/token"
)

type tokenParams struct {
	config string
	env    string
	file   string
	code   bool
}

func newToken(a *app) *cobra.Command {
	var p tokenParams
	cmd := &cobra.Command{
		Use:   "token",
		Short: a.say("Xem mã truy cập của các trang Zalo, hoặc nạp mã đầu tiên", "Look at the access tokens of the offices, or give the first ones"),
		Long: a.say(`Không kèm gì: kể cho từng trang mã còn hạn đến bao giờ, máy nào làm mới lần cuối, có gì phải làm. Không bao giờ in mã.
hoithoai token set OA: đọc refresh token (hoặc với --code: mã ủy quyền, hay cả địa chỉ mà Zalo chuyển về) từ đầu vào, từ biến
môi trường (--env) hoặc từ tệp 0600 (--file), đổi ngay lấy mã mới và cất vào kho. Mã không bao giờ là tham số của lệnh.
hoithoai serve đang chạy thì chính nó đổi và cất; không thì lệnh này tự mở kho.`,
			`Alone: says for every office how long its tokens live, which machine refreshed them last, and what must be done. It never
prints a token. hoithoai token set OA: reads a refresh token (or with --code: an authorization code, or the whole address Zalo
redirected to) from the input, an environment variable (--env) or a 0600 file (--file), spends it at once and keeps what it
brings. Secrets are never arguments. A running hoithoai serve does it itself; without one this verb opens the store.`),
		Example: "  hoithoai token --config /etc/hoithoai.toml\n  hoithoai token set 1234567890 --config /etc/hoithoai.toml < refresh-token",
		Args:    a.atMost(2),
		RunE:    func(cmd *cobra.Command, args []string) error { return a.token(cmd.Context(), p, args) },
	}
	f := cmd.Flags()
	a.configFlag(cmd, &p.config)
	f.StringVar(&p.env, "env", "", a.say("tên biến môi trường giữ mã", "environment variable that holds the secret"))
	f.StringVar(&p.file, "file", "", a.say("tệp 0600 giữ mã", "0600 file that holds the secret"))
	f.BoolVar(&p.code, "code", false, a.say("thứ được nạp là mã ủy quyền, dòng sau là code_verifier nếu có", "what is given is an authorization code; the next line is its code_verifier, if any"))
	return cmd
}

func (a *app) token(ctx context.Context, p tokenParams, args []string) error {
	if len(args) > 0 && args[0] != "set" {
		return usageError{fmt.Errorf(a.say("không có việc %q; chỉ có: hoithoai token, hoithoai token set OA", "there is no %q; write hoithoai token, or hoithoai token set OA"), args[0])}
	}
	if len(args) == 1 {
		return usageError{errors.New(a.say("thiếu số của trang: hoithoai token set OA", "the office's id is missing: hoithoai token set OA"))}
	}
	d, err := a.configuration(p.config)
	if err != nil {
		return err
	}
	if !d.App.Secret.IsSet() {
		return usageError{errors.New(a.say("cấu hình chưa có app.secret, nên mã không được giữ ở đây", "the configuration has no app.secret, so no tokens are kept here"))}
	}
	return a.withDesk(ctx, d, true, func(at desk) error {
		if len(args) == 2 {
			return a.giveToken(ctx, at, args[1], p)
		}
		return a.showTokens(ctx, at)
	})
}

func (a *app) giveToken(ctx context.Context, at tokenDesk, office string, p tokenParams) error {
	text, err := a.given(p)
	if err != nil {
		return err
	}
	g := admin.Grant{Refresh: text}
	if p.code {
		code, verifier, of := codeOf(text)
		if of != "" && of != office {
			return usageError{fmt.Errorf(a.say("địa chỉ này là của trang %s, không phải %s", "this address is of office %s, not %s"), of, office)}
		}
		g = admin.Grant{Code: code, Verifier: verifier}
	}
	if err := at.Give(ctx, office, g); err != nil {
		return err
	}
	fmt.Fprintf(a.stdout, a.say("Trang %s đã có mã mới. Máy đang chạy sẽ tự lấy.\n", "Office %s has new tokens. Running processes find them by themselves.\n"), office)
	return nil
}

// maxGiven is more than any token or address has.
const maxGiven = 16 << 10

// given reads what is given from where the flags say, else from the input.
func (a *app) given(p tokenParams) (string, error) {
	if p.env != "" && p.file != "" {
		return "", usageError{errors.New(a.say("chỉ dùng một trong --env và --file", "use only one of --env and --file"))}
	}
	if p.env != "" || p.file != "" {
		return a.secret(config.Secret{Env: p.env, File: p.file})
	}
	b, err := io.ReadAll(io.LimitReader(a.stdin, maxGiven))
	if err != nil {
		return "", fmt.Errorf("read input: %w", err)
	}
	text := strings.TrimSpace(string(b))
	if text == "" {
		return "", usageError{errors.New(a.say("đầu vào trống: hãy dán mã rồi xuống dòng và bấm Ctrl-D, hoặc dùng --env, --file", "the input is empty: paste the secret, end the line and press Ctrl-D, or use --env or --file"))}
	}
	return text, nil
}

// codeOf reads an authorization code, alone or in the address that Zalo redirected to, and the verifier on the line below.
// office is the one the address names, "" where it names none.
func codeOf(text string) (code, verifier, office string) {
	first, rest, _ := strings.Cut(text, "\n")
	code, verifier = strings.TrimSpace(first), strings.TrimSpace(rest)
	if u, err := url.Parse(code); err == nil && u.Query().Get("code") != "" {
		return u.Query().Get("code"), verifier, u.Query().Get("oa_id")
	}
	return code, verifier, ""
}

func (a *app) showTokens(ctx context.Context, at tokenDesk) error {
	all, err := at.Tokens(ctx)
	if err != nil {
		return err
	}
	var found error
	for _, s := range all {
		a.showToken(s)
		if s.Trouble != nil && !errors.Is(s.Trouble, token.ErrBusy) || s.Generation > 0 && !s.Till.After(a.now()) {
			found = errFound
		}
	}
	return found
}

func (a *app) showToken(s token.Status) {
	if s.Generation == 0 {
		fmt.Fprintf(a.stdout, a.say("%s: chưa có mã; chạy: hoithoai token set %s\n", "%s: no tokens yet; run: hoithoai token set %s\n"), s.Office, s.Office)
		return
	}
	now := a.now()
	fmt.Fprintf(a.stdout, a.say("%s: mã đời %d, %s làm mới cách đây %s; còn hạn %s, sẽ làm mới sau %s; mã làm mới còn %d ngày\n",
		"%s: generation %d, refreshed by %s %s ago; valid for %s, next refresh in %s; refresh token lives %d days more\n"),
		s.Office, s.Generation, s.Replica, rounded(now.Sub(s.Refreshed)), rounded(s.Till.Sub(now)), rounded(s.Next.Sub(now)), int(s.Last.Sub(now).Hours()/24))
	if s.Trouble != nil {
		fmt.Fprintf(a.stdout, a.say("  có sự cố: %s (đã thử %d lần, mã lỗi của Zalo: %d)\n", "  trouble: %s (%d tries, Zalo's code: %d)\n"), a.trouble(s.Trouble), s.Attempts, s.Code)
	}
}

// trouble says in the chosen language what is wrong and what to do.
func (a *app) trouble(err error) string {
	switch {
	case errors.Is(err, token.ErrReauthorise):
		return a.say("mã làm mới đã dùng hết hoặc bị từ chối; chủ trang phải cấp quyền lại cho ứng dụng, rồi chạy hoithoai token set", err.Error())
	case errors.Is(err, token.ErrWaiting):
		return a.say("lần làm mới vừa rồi không được, sẽ tự thử lại", err.Error())
	case errors.Is(err, token.ErrBusy):
		return a.say("một máy đang làm mới", err.Error())
	}
	return err.Error()
}

// rounded is a span of time for people; what is over is 0.
func rounded(d time.Duration) time.Duration { return max(d, 0).Round(time.Minute) }
