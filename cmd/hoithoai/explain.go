package main

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"hoithoai/dsl/explain"
)

func newExplain(a *app) *cobra.Command {
	return &cobra.Command{
		Use:   a.say("explain [MÃ…]", "explain [CODE…]"),
		Short: a.say("Giải thích một mã lỗi", "Explain a code"),
		Long: a.say(`Mỗi điều mà lệnh check báo có một mã như G003. Lệnh này nói mã ấy nghĩa là gì, vì sao cần sửa, với một ví dụ sai và một ví
dụ đúng. Không nêu mã thì liệt kê mọi mã; nêu một chữ cái thì liệt kê nhóm ấy.

Trong ví dụ, phần đầu luồng và hai bước tiep, het có sẵn nên không viết lại.`,
			`Everything that check reports has a code such as G003. This verb says what it means and why it matters, with a wrong and a
right example. Without a code it lists all codes; with one letter it lists that group.

In the examples the head of the flow and the steps tiep and het exist and are left out.`),
		Example: "  hoithoai explain G003\n  hoithoai explain g\n  hoithoai explain",
		RunE:    func(_ *cobra.Command, args []string) error { return a.explain(args) },
	}
}

func (a *app) explain(args []string) error {
	if len(args) == 0 {
		return a.listCodes("")
	}
	for i, arg := range args {
		if i > 0 {
			fmt.Fprintf(a.stdout, "\n%s\n\n", strings.Repeat("-", 40))
		}
		if err := a.explainOne(strings.ToUpper(strings.TrimSpace(arg))); err != nil {
			return err
		}
	}
	return nil
}

func (a *app) explainOne(code string) error {
	if len(code) == 1 && strings.ContainsAny(code, explain.Letters()) {
		return a.listCodes(code)
	}
	page, ok, err := explain.Find(code)
	if err != nil {
		return fmt.Errorf("explain %s: %w", code, err)
	}
	if ok {
		return explain.Write(a.stdout, page, a.lang())
	}
	if near, ok := explain.Near(code); ok {
		return usageError{fmt.Errorf(a.say("không có mã %q; có phải %s?", "there is no code %q; did you mean %s?"), code, near)}
	}
	return usageError{fmt.Errorf(a.say("không có mã %q; xem mọi mã: hoithoai explain", "there is no code %q; all codes: hoithoai explain"), code)}
}

// listCodes lists the codes of a group, or of all groups.
func (a *app) listCodes(letter string) error {
	return explain.WriteList(a.stdout, letter, a.lang())
}
