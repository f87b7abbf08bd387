package main

import (
	_ "embed"
	"fmt"
	"html/template"

	"github.com/spf13/cobra"

	"hoithoai/dsl/diag"
	"hoithoai/dsl/dossier"
)

//go:embed checklist.html
var checklistPage string

func newChecklist(a *app) *cobra.Command {
	return &cobra.Command{
		Use:   a.say("checklist LUỒNG", "checklist FLOW"),
		Short: a.say("Tờ giấy cần chuẩn bị, để in", "The sheet of what to bring, to print"),
		Long: a.say(`Gom mọi dòng “danh sách” của một luồng thành một tờ để người dân tự chuẩn bị, dạng HTML. Chromium in thành PDF; làm lại tờ ấy
mỗi khi luồng đổi.`,
			`Gathers the rows of a flow's lists into one sheet for residents, as HTML. Chromium prints it as PDF; make it anew whenever the
flow changes.`),
		Example: `  hoithoai checklist tam_tru > to.html
  chromium --headless --no-sandbox --no-pdf-header-footer --print-to-pdf=flows/cu_tru/mau/chuan_bi_tam_tru.pdf to.html`,
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) != 1 {
				return usageError{fmt.Errorf("%s", a.say("nêu tên một luồng, ví dụ: hoithoai checklist tam_tru", "name one flow, for example: hoithoai checklist tam_tru"))}
			}
			return nil
		},
		RunE: func(_ *cobra.Command, args []string) error { return a.checklist(args[0]) },
	}
}

func (a *app) checklist(flow string) error {
	_, bound, err := a.loadBound(nil)
	if err != nil {
		return err
	}
	if bound.ByName[flow] == nil {
		names := make([]string, 0, len(bound.Flows))
		for _, f := range bound.Flows {
			names = append(names, f.File.Name.Text)
		}
		hint := ""
		if near, ok := diag.Nearest(flow, names); ok {
			hint = a.say("; ý là "+near+"?", "; is it "+near+"?")
		}
		return usageError{fmt.Errorf(a.say("không có luồng %q%s", "there is no flow %q%s"), flow, hint)}
	}
	list, ok := dossier.ChecklistOf(bound, flow, a.today().Day)
	if !ok {
		return usageError{fmt.Errorf(a.say("luồng %q không có “danh sách” nào", "the flow %q has no list"), flow)}
	}
	page, err := template.New("checklist").Parse(checklistPage)
	if err != nil {
		return fmt.Errorf("parse page: %w", err)
	}
	if err := page.Execute(a.stdout, list); err != nil {
		return fmt.Errorf("write page: %w", err)
	}
	return nil
}
