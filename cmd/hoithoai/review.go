package main

import (
	"fmt"
	"slices"

	"github.com/spf13/cobra"

	"hoithoai/dsl/dossier"
	"hoithoai/dsl/value"
)

func newReview(a *app) *cobra.Command {
	return &cobra.Command{
		Use:   a.say("review [LUỒNG…]", "review [FLOW…]"),
		Short: a.say("Phiếu cho cán bộ xác nhận, in ra ký", "The sheet an officer confirms, to print and sign"),
		Long: a.say(`Kể theo từng luồng những điều cán bộ phải xác nhận trước khi phục vụ người dân: căn cứ và ngày rà soát, giá trị của từng dữ kiện
kèm nguồn, điều ghi ở “# Nguồn: …”, chỗ người viết ghi “# Cán bộ kiểm tra: …”, câu nói với người dân rằng cán bộ sẽ xác nhận. In ra, đánh dấu, ký.`,
			`Lists, flow by flow, what an officer must confirm before residents are served: the basis and when it is to be read again,
the value of every fact with its source, what "# Nguồn: …" says, what authors left with "# Cán bộ kiểm tra: …", sentences that promise residents an answer.`),
		Example: "  hoithoai review > phieu.txt\n  hoithoai review tam_tru chung_cu_tru",
		RunE:    func(_ *cobra.Command, args []string) error { return a.review(args) },
	}
}

func (a *app) review(names []string) error {
	b, bound, err := a.loadBound(nil)
	if err != nil {
		return err
	}
	sheets := dossier.Sheets(bound, a.today().Day)
	for _, name := range names {
		if !slices.ContainsFunc(sheets, func(s dossier.Sheet) bool { return s.Name == name }) {
			return usageError{fmt.Errorf(a.say("luồng %q không có, hoặc không có gì phải xác nhận", "there is no flow %q, or nothing in it to confirm"), name)}
		}
	}
	fmt.Fprintf(a.stdout, a.say("PHIẾU XÁC NHẬN NỘI DUNG, lập ngày %s, bộ luồng %s\n", "SHEET OF CONTENT TO CONFIRM, made on %s, bundle %s\n"),
		value.ShowDay(a.today().Day), b.Program.Hash[:12])
	for _, s := range sheets {
		if len(names) == 0 || slices.Contains(names, s.Name) {
			a.printSheet(b, s)
		}
	}
	return nil
}

func (a *app) printSheet(b *bundle, s dossier.Sheet) {
	fmt.Fprintf(a.stdout, "\n== %s %s\n", s.Name, s.Title)
	last := dossier.ItemKind(255)
	for _, it := range s.Items {
		if it.Kind != last {
			fmt.Fprintln(a.stdout, a.heading(it.Kind))
			last = it.Kind
		}
		due := ""
		if it.Due != 0 {
			due = a.say(" (rà soát ", " (review ") + value.ShowDay(it.Due) + ")"
		}
		fmt.Fprintf(a.stdout, "  [ ] %s%s%s   %s:%d\n", it.Text, origin(it), due, b.show(it.Span.File), it.Span.Line)
	}
	fmt.Fprintln(a.stdout, a.say("  Người xác nhận: ______________________   Ngày: ____/____/________   Ký: ______________",
		"  Confirmed by: ______________________   Date: ____/____/________   Signed: ______________"))
}

// origin writes the act and the confidence of what is said: " (NĐ 154/2024 Đ5) [C S6]".
func origin(it dossier.Item) string {
	out := ""
	if it.Act != "" {
		out += " (" + it.Act + ")"
	}
	if it.Sure != "" {
		out += " [" + it.Sure + "]"
	}
	return out
}

func (a *app) heading(k dossier.ItemKind) string {
	switch k {
	case dossier.Basis:
		return a.say(" Căn cứ:", " Basis:")
	case dossier.Value:
		return a.say(" Giá trị đang dùng:", " Values in use:")
	case dossier.Unknown:
		return a.say(" Chưa có giá trị:", " Without a value:")
	case dossier.Source:
		return a.say(" Điều đang nói, kèm nguồn:", " What is said, with its source:")
	case dossier.Note:
		return a.say(" Người viết nhờ kiểm tra:", " Left by authors:")
	}
	return a.say(" Đã hẹn người dân là cán bộ sẽ xác nhận:", " Promised to residents:")
}
