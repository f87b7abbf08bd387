package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"hoithoai/dsl/diag"
)

type checkParams struct {
	json bool
}

func newCheck(a *app) *cobra.Command {
	var p checkParams
	cmd := &cobra.Command{
		Use:   a.say("check [ĐƯỜNG DẪN…]", "check [PATH…]"),
		Short: a.say("Soát lỗi các luồng", "Check flows"),
		Long: a.say(`Soát mọi tệp .flow: cú pháp, tên, kiểu, đường đi, giới hạn của Zalo. Không nêu đường dẫn thì soát thư mục flows,
hoặc các luồng có sẵn trong chương trình. Nêu một tệp thì chỉ báo điều của tệp ấy, nhưng vẫn đọc cả bộ luồng của nó.`,
			`Checks every .flow file: syntax, names, types, paths, Zalo's limits. Without a path it checks the folder flows, or the
flows in the binary. A single file is read within its bundle, and only its own findings are shown.`),
		Example: "  hoithoai check flows\n  hoithoai check flows/cu_tru/tam_tru.flow --json",
		RunE:    func(_ *cobra.Command, args []string) error { return a.check(p, args) },
	}
	cmd.Flags().BoolVar(&p.json, "json", false, a.say("in kết quả dạng JSON", "print findings as JSON"))
	return cmd
}

func (a *app) check(p checkParams, paths []string) error {
	b, err := a.load(paths)
	if err != nil {
		return err
	}
	found := b.findings()
	if err := a.report(b, found, p.json); err != nil {
		return err
	}
	if found.HasErrors() {
		return errFound
	}
	return nil
}

// report prints findings: as JSON, or drawn over the source with a closing line that counts them.
func (a *app) report(b *bundle, found diag.List, asJSON bool) error {
	if asJSON {
		return diag.WriteJSON(a.stdout, b.renamed(found), a.lang())
	}
	if err := diag.WriteText(a.stdout, b.renamed(found), a.lang(), b.shownText); err != nil {
		return fmt.Errorf("print findings: %w", err)
	}
	errors, warnings := count(found)
	fmt.Fprintf(a.stdout, a.say("%d tệp: %d lỗi, %d cảnh báo\n", "%d files: %d errors, %d warnings\n"), b.counted(), errors, warnings)
	return nil
}

func count(found diag.List) (errors, warnings int) {
	for _, d := range found {
		if d.Severity == diag.Error {
			errors++
		} else {
			warnings++
		}
	}
	return errors, warnings
}
