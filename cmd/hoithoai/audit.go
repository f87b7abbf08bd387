package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/user"
	"path/filepath"

	"github.com/spf13/cobra"

	"hoithoai/dsl/diag"
	"hoithoai/dsl/value"
	"hoithoai/runtime/admin"
	"hoithoai/runtime/audit"
	"hoithoai/runtime/config"
)

// auditParams are the flags of the verb.
type auditParams struct {
	config, has string
	lines       int
}

func newAudit(a *app) *cobra.Command {
	var p auditParams
	cmd := &cobra.Command{
		Use:   "audit",
		Short: a.say("Xem sổ quản trị: ai đã làm gì; sổ có bị sửa không", "The audit file: who did what, and whether it was changed"),
		Long: a.say(`Mỗi việc quản trị (đưa mã truy cập, nạp lại, bỏ một dòng, sao lưu, đưa bản sao về) để lại hai dòng trong quan-tri.log ở thư mục dữ
liệu: trước khi làm và sau khi làm; không ghi được thì không làm. Dòng nào cũng mang dấu của dòng trước và niêm phong bằng khóa của
máy, nên sửa, xóa, chèn dòng nào là lệnh này chỉ ra dòng đầu tiên không khớp. Dòng ghi dở vì mất điện thì được nói riêng.
Cắt bớt các dòng cuối chỉ lộ ra khi so với một dấu đã ghi ở nơi khác (nhật ký của hoithoai serve có dấu từng dòng): --has.`,
			`Every change by an operator (tokens, reload, dropped lines, copies, loads) leaves two lines in quan-tri.log in the data folder, one
before it and one after; what cannot be written is not done. Every line carries the hash of the one before it and a seal under a key
of the deployment, so that this verb names the first line that was changed, taken out or put in. A line that a loss of power left
unfinished is told as that. Lines cut off at the end show only beside a mark that was noted elsewhere (the log of hoithoai serve has
that of every line): --has.`),
		Example: "  hoithoai audit --config /etc/hoithoai.toml\n  hoithoai audit --has 42:3fa9c0d1e2b45678",
		Args:    a.atMost(0),
		RunE:    func(cmd *cobra.Command, _ []string) error { return a.audit(cmd.Context(), p) },
	}
	a.configFlag(cmd, &p.config)
	cmd.Flags().StringVar(&p.has, "has", "", a.say("dấu của một dòng phải còn trong sổ", "the mark of a line that must be there"))
	cmd.Flags().IntVar(&p.lines, "lines", 40, a.say("in bao nhiêu dòng cuối", "how many of the last lines are printed"))
	return cmd
}

func (a *app) audit(ctx context.Context, p auditParams) error {
	d, err := a.configuration(p.config)
	if err != nil {
		return err
	}
	if p.lines < 0 {
		return usageError{errors.New(a.say("--lines là số không âm", "--lines takes no negative number"))}
	}
	if !d.Keys.IsSet() {
		if _, err := os.Stat(filepath.Join(d.Data, keyFile)); err != nil { // a look makes no keys
			return fmt.Errorf(a.say("không có tệp khóa để đối chiếu sổ: %w", "there is no key file to check the book with: %w"), err)
		}
	}
	keys, err := a.sealer(d)
	if err != nil {
		return err
	}
	r, err := audit.Verify(ctx, audit.Wanted{Folder: d.Data, Key: audit.Key(keys), Has: p.has, Show: p.lines})
	if errors.Is(err, audit.ErrMark) {
		return usageError{errors.New(a.say("--has nhận dấu của một dòng như lệnh này in ra, ví dụ 42:3fa9c0d1e2b45678", err.Error()))}
	}
	if err != nil {
		return fmt.Errorf(a.say("đọc sổ quản trị: %w", "read the audit file: %w"), err)
	}
	return a.tellAudit(r)
}

// tellAudit prints what a look through the book found; a fault is a finding.
func (a *app) tellAudit(r audit.Report) error {
	for _, l := range r.Shown {
		a.tellLine(l)
	}
	if r.First > 1 {
		fmt.Fprintf(a.stdout, a.say("Sổ ở đây bắt đầu từ dòng số %d: các tệp trước đó đã được cất nơi khác.\n", "The book begins with entry %d here: earlier files lie elsewhere.\n"), r.First)
	}
	if r.TornLast {
		fmt.Fprintln(a.stdout, a.say("Dòng cuối ghi dở vì mất điện: việc đó chưa làm, hoặc không rõ kết quả. Đây không phải dấu hiệu sửa sổ.",
			"A loss of power left the last line unfinished: that was not done, or nobody knows how it ended. It is no sign of tampering."))
	} else if r.Torn > 0 {
		fmt.Fprintf(a.stdout, a.say("%d dòng ghi dở vì mất điện, đã được ghi nhận.\n", "%d lines were left unfinished by a loss of power, and are accounted for.\n"), r.Torn)
	}
	if r.Fault != nil {
		fmt.Fprintf(a.stdout, a.say("SỔ KHÔNG CÒN NGUYÊN VẸN, chỗ đầu tiên: %s\nHãy cất riêng các tệp quan-tri*.log rồi báo người phụ trách an toàn thông tin.\n",
			"THE BOOK IS NOT AS IT WAS WRITTEN, first here: %s\nPut the files quan-tri*.log aside and tell who answers for information security.\n"), r.Fault.In(a.lang()))
		return errFound
	}
	if r.Lines == 0 {
		fmt.Fprintln(a.stdout, a.say("Sổ quản trị chưa có dòng nào.", "Nothing stands in the audit file yet."))
		return nil
	}
	fmt.Fprintf(a.stdout, a.say("Sổ nguyên vẹn: %d dòng trong %d tệp. Dấu của dòng cuối: %s (ghi lại ở nơi khác; lần sau: hoithoai audit --has %s)\n",
		"The book is whole: %d lines in %d files. Mark of the last: %s (note it elsewhere; next time: hoithoai audit --has %s)\n"), r.Lines, r.Files, r.Last, r.Last)
	return nil
}

func (a *app) tellLine(l audit.Line) {
	who := l.Account
	if l.For != "" {
		who += " (sudo: " + l.For + ")"
	}
	fmt.Fprintf(a.stdout, "%6d  %s  %s  %s  %s  %s", l.N, value.Clock(l.Time).Format("02/01/2006 15:04:05"), nonEmpty(who, "-"), nonEmpty(l.Office, "-"), a.actionName(l), a.outcomeName(l.Outcome))
	if l.Error != "" {
		fmt.Fprintf(a.stdout, ": %s", l.Error)
	}
	fmt.Fprintln(a.stdout)
}

// actionName is what was done in the words of the operator.
func (a *app) actionName(l audit.Line) string {
	names := map[string]diag.Sentence{
		"set_token":        {VI: "đưa mã truy cập", EN: "set tokens"},
		"drop_dead_letter": {VI: "bỏ tin không gửi được", EN: "drop dead letter"},
		"drop_miss":        {VI: "bỏ câu chưa hiểu", EN: "drop miss"},
		"archive":          {VI: "chép kho ra tệp", EN: "copy the store"},
		"load_archive":     {VI: "đưa bản sao về kho", EN: "load a copy"},
		"reload":           {VI: "nạp lại cấu hình", EN: "reload"},
	}
	name := l.Action
	if s, ok := names[l.Action]; ok {
		name = s.In(a.lang())
	}
	if l.Item != "" {
		name += " " + l.Item
	}
	return name
}

func (a *app) outcomeName(outcome string) string {
	switch outcome {
	case audit.Asked:
		return a.say("bắt đầu", "asked")
	case audit.Done:
		return a.say("xong", "done")
	case audit.Nothing:
		return a.say("không có gì để đổi", "nothing to change")
	case audit.Failed:
		return a.say("không được", "failed")
	}
	return outcome
}

// auditBook is the audit file of a deployment. A serving process and the verbs that open the store themselves write into it.
func (a *app) auditBook(d config.Deployment, keys audit.Deriver) *audit.File {
	return audit.New(audit.Config{Folder: d.Data, Key: audit.Key(keys), Now: a.now})
}

// noted is the store itself, opened by a verb; every change leaves its lines.
func (a *app) noted(d config.Deployment, direct *admin.Direct, keys audit.Deriver) admin.Noted {
	return admin.Noted{Direct: direct, File: a.auditBook(d, keys), Account: account(), For: a.behalf()}
}

// account is who runs the verb, as the system names the account.
func account() string {
	u, err := user.Current()
	if err != nil {
		return fmt.Sprintf("uid %d", os.Getuid())
	}
	return u.Username
}

// behalf is who called sudo to become that account; "" where nobody did.
func (a *app) behalf() string {
	name, _ := a.getenv("SUDO_USER")
	return name
}
