package main

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/spf13/cobra"

	"hoithoai/dsl/office"
	"hoithoai/runtime/admin"
	"hoithoai/runtime/config"
)

func newWaiting(a *app) *cobra.Command {
	var file string
	cmd := &cobra.Command{
		Use:   "waiting",
		Short: a.say("Liệt kê người đang chờ cán bộ: bàn nào, bao lâu", "List who waits for an officer: at which desk, how long"),
		Long: a.say(`Người được “chuyển người” mà chưa có cán bộ nào nhắn lại thì có một dòng ở đây: tên của người đó trong kho, bàn, từ lúc nào, và đã
chờ bao nhiêu phút trong giờ làm việc của bàn. Không có lời nào, không có số Zalo của ai: cán bộ trả lời trong khung chat của trang.
Có người chờ quá answer_in (mặc định một giờ làm việc) thì mã thoát là 1.`,
			`Who was handed over (chuyển người) and has not been answered by an officer has a line here: the name under which the store keeps
the person, the desk, since when, and how many minutes of the desk's hours that is. There is no word and no Zalo id: officers answer
in the chat of the page. With somebody waiting longer than answer_in (an hour of the desk's time by default) the exit code is 1.`),
		Example: "  hoithoai waiting --config /etc/hoithoai.toml",
		Args:    a.atMost(0),
		RunE:    func(cmd *cobra.Command, _ []string) error { return a.waiting(cmd.Context(), file) },
	}
	a.configFlag(cmd, &file)
	return cmd
}

func (a *app) waiting(ctx context.Context, file string) error {
	d, err := a.configuration(file)
	if err != nil {
		return err
	}
	return a.withDesk(ctx, d, false, func(from desk) error {
		all, err := from.Waiting(ctx)
		if err != nil {
			return err
		}
		return a.printWaiting(d, all)
	})
}

// printWaiting prints who waits at every office, who waits longest first.
func (a *app) printWaiting(d config.Deployment, all []admin.Waiting) error {
	late := 0
	for _, w := range all {
		of, err := builtOffice(d, w.Office)
		if err != nil {
			return err
		}
		fmt.Fprintf(a.stdout, a.say("Cơ quan %s: %d người chờ cán bộ\n", "Office %s: %d people wait for an officer\n"), w.Office, len(w.People))
		slices.SortStableFunc(w.People, func(x, y admin.Waiter) int { return cmp.Compare(x.Since, y.Since) })
		for _, p := range w.People {
			late += a.printWaiter(of, p, time.Duration(d.Answer))
		}
	}
	if late > 0 {
		return errFound
	}
	return nil
}

// printWaiter prints one line and returns 1 where the desk is late.
func (a *app) printWaiter(of *office.Office, p admin.Waiter, within time.Duration) (late int) {
	minutes := of.OpenMinutes(p.Desk, p.Since, a.now().UnixMilli())
	mark := ""
	if time.Duration(minutes)*time.Minute >= within {
		late, mark = 1, a.say("  QUÁ LÂU", "  TOO LONG")
	}
	fmt.Fprintf(a.stdout, a.say("  %s  %-10s  từ %s  đã chờ %d phút làm việc%s\n", "  %s  %-10s  since %s  %d minutes of the desk's hours%s\n"),
		p.Key, p.Desk, shownTime(p.Since), minutes, mark)
	return late
}

// builtOffice is an office of the configuration, as flows see it; nil for one that is not there any more.
func builtOffice(d config.Deployment, id string) (*office.Office, error) {
	for _, o := range d.Offices {
		if o.ID == id {
			return o.Build()
		}
	}
	return nil, nil
}
