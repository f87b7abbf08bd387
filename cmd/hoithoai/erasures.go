package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"hoithoai/dsl/value"
	"hoithoai/runtime/admin"
)

func newErasures(a *app) *cobra.Command {
	var file string
	cmd := &cobra.Command{
		Use:   "erasures",
		Short: a.say("Liệt kê yêu cầu xóa dữ liệu còn mở, kèm hạn", "List the open requests to be forgotten, with their due days"),
		Long: a.say(`Người bỏ quan tâm trang, rút lại thông tin, hoặc nhắn “xóa dữ liệu của tôi” thì dữ liệu được xóa ngay trong bước đó. Lệnh này
liệt kê yêu cầu nào chưa xong và hạn của nó, rồi số đã xong. Có yêu cầu quá hạn thì mã thoát là 1.`,
			`Who leaves the page, takes back what was shared or writes “xóa dữ liệu của tôi” is forgotten in that very step. This verb lists
what is not done yet with its due day, then how many are done. With something overdue the exit code is 1.`),
		Example: "  hoithoai erasures --config /etc/hoithoai.toml",
		Args:    a.atMost(0),
		RunE:    func(cmd *cobra.Command, _ []string) error { return a.erasures(cmd.Context(), file) },
	}
	cmd.Flags().StringVar(&file, "config", "", a.say("tệp cấu hình TOML", "TOML configuration file"))
	return cmd
}

func (a *app) erasures(ctx context.Context, file string) error {
	if file == "" {
		return usageError{errors.New(a.say("thiếu --config", "--config is missing"))}
	}
	d, err := a.configuration(file)
	if err != nil {
		return err
	}
	return a.withDesk(ctx, d, false, a.listErasures(ctx))
}

// listErasures prints the book of every office. The key is the name under which the store keeps the person: it says nothing of
// who that is.
func (a *app) listErasures(ctx context.Context) func(desk) error {
	return func(from desk) error {
		books, err := from.Erasures(ctx)
		if err != nil {
			return err
		}
		late := 0
		for _, b := range books {
			late += a.printBook(b)
		}
		if late > 0 {
			return errFound
		}
		return nil
	}
}

// printBook prints one office's book and returns how many of its requests are late.
func (a *app) printBook(b admin.Erasures) (late int) {
	fmt.Fprintf(a.stdout, a.say("Cơ quan %s: %d còn mở, %d đã xong\n", "Office %s: %d open, %d done\n"), b.Office, len(b.Open), b.Done)
	for _, r := range b.Open {
		overdue := ""
		if a.now().UnixMilli() > r.Due {
			late++
			overdue = a.say("  QUÁ HẠN", "  OVERDUE")
		}
		fmt.Fprintf(a.stdout, a.say("  %s  %-8s  yêu cầu %s  hạn %s%s\n", "  %s  %-8s  asked %s  due %s%s\n"),
			r.Key, r.Kind, shownTime(r.Asked), shownTime(r.Due), overdue)
	}
	return late
}

// shownTime is a moment in Việt Nam's time.
func shownTime(ms int64) string { return value.Clock(time.UnixMilli(ms)).Format("02/01/2006 15:04") }
