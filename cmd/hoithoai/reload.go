package main

import (
	"context"
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"hoithoai/runtime/admin"
)

func newReload(a *app) *cobra.Command {
	var file string
	cmd := &cobra.Command{
		Use:   "reload",
		Short: a.say("Bảo hoithoai serve đang chạy đọc lại cấu hình, mã và luồng", "Make the running hoithoai serve read configuration, secrets and flows again"),
		Long: a.say(`hoithoai serve tự nạp khi tệp cấu hình hay luồng thay đổi (trừ khi cấu hình có watch = false). Lệnh này bảo nạp ngay, và cũng đọc
lại các tệp mã. Có một chỗ sai thì không nạp gì: máy vẫn phục vụ như trước, lệnh in chỗ sai và mã thoát là 1. Hội thoại đang dở đi
tiếp theo luồng cũ. Tín hiệu SIGHUP làm việc giống hệt.`,
			`hoithoai serve takes changes of configuration and flows up by itself (unless the configuration has watch = false). This verb does so
at once, and reads files of secrets again too. With anything wrong nothing is taken up: what is served goes on, the verb prints what
is wrong, and the exit code is 1. Conversations under way go on with their flows. SIGHUP does the very same.`),
		Example: "  hoithoai reload --config /etc/hoithoai.toml",
		Args:    a.atMost(0),
		RunE:    func(cmd *cobra.Command, _ []string) error { return a.reloadServed(cmd.Context(), file) },
	}
	a.configFlag(cmd, &file)
	return cmd
}

func (a *app) reloadServed(ctx context.Context, file string) error {
	d, err := a.configuration(file)
	if err != nil {
		return err
	}
	c, err := admin.Dial(ctx, place(d))
	if errors.Is(err, admin.ErrNone) {
		return errors.New(a.say("không có hoithoai serve nào chạy với cấu hình này trên máy này (vừa đổi data hay admin thì phải khởi động lại)",
			"no hoithoai serve runs with this configuration on this machine (a change of data or admin takes a restart)"))
	}
	if err != nil {
		return err
	}
	c.For = a.behalf()
	r, err := c.Reload(ctx)
	if err != nil {
		return err
	}
	fmt.Fprintln(a.stdout, r.Says.In(a.lang()))
	if !r.Loaded {
		return errFound
	}
	return nil
}
