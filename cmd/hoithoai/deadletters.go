package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"hoithoai/dsl/value"
)

func newDeadLetters(a *app) *cobra.Command {
	var file string
	cmd := &cobra.Command{
		Use:   "deadletters",
		Short: a.say("Liệt kê tin không gửi được đã phải bỏ, hoặc xóa một dòng", "List the messages that were given up, or drop one"),
		Long: a.say(`Một tin bị Zalo từ chối hẳn, hoặc thử một ngày vẫn không gửi được, thì để lại một dòng ở đây 30 ngày: lúc nào, loại gì, vì sao,
và tên của người nhận trong kho. Không có lời nào của tin, không có số Zalo của ai. Loại event là tin người dân gửi đến làm
chương trình dừng hẳn lần nào cũng vậy, nên bị bỏ sau sáu lần; người gửi đã được xin lỗi.
hoithoai deadletters drop OA DÒNG: bỏ một dòng.`,
			`A message that Zalo refuses for good, or that could not be sent for a day, leaves a line here for 30 days: when, what kind, why,
and the name under which the store keeps the person. There is no word of the message and no Zalo id. The kind event is something
a person wrote that ended the program every time, and was given up after six; the person has read an apology.
hoithoai deadletters drop OA LINE: drops a line.`),
		Example: "  hoithoai deadletters --config /etc/hoithoai.toml",
		Args:    a.atMost(3),
		RunE:    func(cmd *cobra.Command, args []string) error { return a.deadLetters(cmd.Context(), file, args) },
	}
	a.configFlag(cmd, &file)
	return cmd
}

func (a *app) deadLetters(ctx context.Context, file string, args []string) error {
	if len(args) > 0 && (args[0] != "drop" || len(args) != 3) {
		return usageError{errors.New(a.say("viết: hoithoai deadletters, hoặc: hoithoai deadletters drop OA DÒNG", "write hoithoai deadletters, or hoithoai deadletters drop OA LINE"))}
	}
	return a.listOrDrop(ctx, file, args, a.listLetters, desk.Drop)
}

func (a *app) listLetters(ctx context.Context, at desk) error {
	all, err := at.Letters(ctx)
	if err != nil {
		return err
	}
	for _, o := range all {
		fmt.Fprintf(a.stdout, a.say("%s: %d tin không gửi được\n", "%s: %d messages were given up\n"), o.Office, len(o.Letters))
		for _, l := range o.Letters {
			fmt.Fprintf(a.stdout, "  %s  %s  %s/%s  %s  %s\n", l.ID, value.Clock(time.UnixMilli(l.GivenUp)).Format("02/01/2006 15:04"), l.Kind, l.Class, l.Key, l.Why)
		}
	}
	return nil
}
