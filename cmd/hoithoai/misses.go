package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"hoithoai/dsl/value"
	"hoithoai/runtime/admin"
	"hoithoai/runtime/misses"
)

func newMisses(a *app) *cobra.Command {
	var file, folder string
	cmd := &cobra.Command{
		Use:   "misses",
		Short: a.say("Xem câu trang chưa hiểu, thêm vào luồng", "List what the page did not understand, add it to a flow"),
		Long: a.say(`Lời đầu tiên mà trang chưa chắc là việc gì được giữ 30 ngày, không kèm ai đã nhắn, đã che số và địa chỉ mạng. Lệnh này kể những câu
ấy, câu giống nhau đứng chung, nhiều nhất trước.
hoithoai misses add LUỒNG "CÂU": thêm câu vào dân hỏi của luồng, sửa ngay tệp luồng.
hoithoai misses drop OA DÒNG: bỏ một dòng đã xem.`,
			`First words that the page was not sure about are kept for 30 days, without who wrote them, with numbers and net addresses masked.
This verb lists them, those that are alike together, the most frequent first.
hoithoai misses add FLOW "SENTENCE": adds the sentence to dân hỏi of the flow, in its file.
hoithoai misses drop OA LINE: drops a line that was looked at.`),
		Example: "  hoithoai misses --config /etc/hoithoai.toml\n  hoithoai misses add tam_tru \"ở trọ thì trình báo ai\" --flows flows",
		Args:    a.atMost(3),
		RunE: func(cmd *cobra.Command, args []string) error {
			switch {
			case len(args) == 3 && args[0] == "add":
				return a.teach(folder, args[1], args[2])
			case len(args) == 0, len(args) == 3 && args[0] == "drop":
				return a.listOrDrop(cmd.Context(), file, args, a.listMisses, desk.DropMiss)
			}
			return usageError{errors.New(a.say("viết: hoithoai misses, hoithoai misses add LUỒNG \"CÂU\", hoặc hoithoai misses drop OA DÒNG",
				"write hoithoai misses, hoithoai misses add FLOW \"SENTENCE\", or hoithoai misses drop OA LINE"))}
		},
	}
	a.configFlag(cmd, &file)
	cmd.Flags().StringVar(&folder, "flows", "", a.say("thư mục luồng để thêm câu vào (không ghi: thư mục flows ở đây)", "folder of flows to add to (default: the folder flows here)"))
	return cmd
}

func (a *app) listMisses(ctx context.Context, at desk) error {
	all, err := at.Misses(ctx)
	if err != nil {
		return err
	}
	for _, o := range all {
		fmt.Fprintf(a.stdout, a.say("Cơ quan %s: %d câu chưa hiểu\n", "Office %s: %d sentences were not understood\n"), o.Office, len(o.Misses))
		for _, g := range misses.Groups(plainMisses(o.Misses)) {
			a.printGroup(g)
		}
	}
	return nil
}

// plainMisses puts the ids back that do not travel inside a miss.
func plainMisses(all []admin.Miss) []misses.Miss {
	out := make([]misses.Miss, len(all))
	for i, m := range all {
		out[i] = m.Miss
		out[i].ID = m.ID
	}
	return out
}

func (a *app) printGroup(g misses.Group) {
	fmt.Fprintf(a.stdout, a.say("%d lần\n", "%d times\n"), len(g.Misses))
	for _, m := range g.Misses {
		fmt.Fprintf(a.stdout, "  %s  %s  %-18s  %s\n", m.ID, value.Clock(time.UnixMilli(m.Day)).Format("02/01/2006"), nonEmpty(m.Near, "-"), m.Text)
	}
}
