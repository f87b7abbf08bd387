package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"time"

	"github.com/spf13/cobra"

	"hoithoai/dsl/value"
	"hoithoai/runtime/config"
	"hoithoai/runtime/erasure"
	"hoithoai/runtime/store"
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

func (a *app) erasures(ctx context.Context, file string) (err error) {
	if file == "" {
		return usageError{errors.New(a.say("thiếu --config", "--config is missing"))}
	}
	text, err := os.ReadFile(file)
	if err != nil {
		return fmt.Errorf("read configuration: %w", err)
	}
	d, err := config.Parse(file, text)
	if err != nil {
		return usageError{fmt.Errorf(a.say("cấu hình %w", "configuration %w"), err)}
	}
	s, err := a.openStore(ctx, d)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.close()) }()
	sealer, err := a.sealer(d)
	if err != nil {
		return err
	}
	return a.listErasures(ctx, d, &erasure.Book{Records: store.Records(s.Store), Seal: sealer})
}

// listErasures prints the book of every office. The key is the name under which the store keeps the person: it says nothing of
// who that is.
func (a *app) listErasures(ctx context.Context, d config.Deployment, book *erasure.Book) error {
	late := 0
	for _, o := range d.Offices {
		open, err := book.Requests(ctx, o.ID)
		if err != nil {
			return err
		}
		done, err := book.Receipts(ctx, o.ID)
		if err != nil {
			return err
		}
		fmt.Fprintf(a.stdout, a.say("Cơ quan %s: %d còn mở, %d đã xong\n", "Office %s: %d open, %d done\n"), o.ID, len(open), len(done))
		for _, r := range open {
			overdue := ""
			if a.now().UnixMilli() > r.Due {
				late++
				overdue = a.say("  QUÁ HẠN", "  OVERDUE")
			}
			fmt.Fprintf(a.stdout, a.say("  %s  %-8s  yêu cầu %s  hạn %s%s\n", "  %s  %-8s  asked %s  due %s%s\n"),
				r.Key, r.Kind, shownTime(r.Asked), shownTime(r.Due), overdue)
		}
	}
	if late > 0 {
		return errFound
	}
	return nil
}

// shownTime is a moment in Việt Nam's time.
func shownTime(ms int64) string { return value.Clock(time.UnixMilli(ms)).Format("02/01/2006 15:04") }
