package main

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"hoithoai/dsl/bind"
	"hoithoai/dsl/diag"
	"hoithoai/dsl/dossier"
	"hoithoai/dsl/value"
)

type factsParams struct {
	next bool
	flow string
}

func newFacts(a *app) *cobra.Command {
	var p factsParams
	cmd := &cobra.Command{
		Use:   a.say("facts [TÊN…]", "facts [NAME…]"),
		Short: a.say("Dữ kiện: giá trị, căn cứ, câu nào dùng", "Facts: values, sources, which sentences use them"),
		Long: a.say(`Kể mọi dữ kiện của bộ luồng: giá trị hôm nay, căn cứ, thời gian áp dụng, và từng câu đang dùng. Nêu tên thì chỉ kể dữ kiện ấy.
--next xếp theo ngày sắp đổi, chỉ kể những dữ kiện còn đổi; --flow chỉ kể dữ kiện mà một luồng dùng.`,
			`Lists every fact of the bundle: its value today, its source, when it holds, and each sentence that uses it. With names only
those. --next sorts by the day of the next change and lists only what still changes; --flow lists what one flow uses.`),
		Example: "  hoithoai facts\n  hoithoai facts phi_tam_tru\n  hoithoai facts --next\n  hoithoai facts --flow tam_tru",
		RunE:    func(_ *cobra.Command, args []string) error { return a.facts(p, args) },
	}
	cmd.Flags().BoolVar(&p.next, "next", false, a.say("những dữ kiện sắp đổi, gần nhất trước", "what changes next, soonest first"))
	cmd.Flags().StringVar(&p.flow, "flow", "", a.say("chỉ dữ kiện mà luồng này dùng", "only facts that this flow uses"))
	return cmd
}

func (a *app) facts(p factsParams, names []string) error {
	b, bound, err := a.loadBound(nil)
	if err != nil {
		return err
	}
	today := a.today().Day
	facts, err := a.chosen(dossier.Facts(bound), p, names)
	if err != nil {
		return err
	}
	if p.next {
		facts = changing(facts, today)
	}
	if len(facts) == 0 {
		fmt.Fprintln(a.stdout, a.say("Không có dữ kiện nào.", "There are no facts."))
	}
	for i := range facts {
		a.printFact(b, &facts[i], today)
	}
	return nil
}

// loadBound loads a bundle and resolves its names; a bundle with errors is reported and refused.
func (a *app) loadBound(paths []string) (*bundle, *bind.Bundle, error) {
	b, err := a.load(paths)
	if err != nil {
		return nil, nil, err
	}
	if b.Program == nil {
		return nil, nil, a.uncompiled(b)
	}
	return b, b.Bundle, nil
}

func (a *app) chosen(facts []dossier.Fact, p factsParams, names []string) ([]dossier.Fact, error) {
	for _, name := range names {
		if !slices.ContainsFunc(facts, func(f dossier.Fact) bool { return f.Name == name }) {
			return nil, usageError{fmt.Errorf(a.say("không có dữ kiện %q%s", "there is no fact %q%s"), name, a.maybe(name, facts))}
		}
	}
	return slices.DeleteFunc(facts, func(f dossier.Fact) bool {
		used := p.flow == "" || slices.ContainsFunc(f.Uses, func(u dossier.Use) bool { return u.Flow == p.flow })
		return !used || len(names) > 0 && !slices.Contains(names, f.Name)
	}), nil
}

// maybe suggests the fact that was probably meant.
func (a *app) maybe(name string, facts []dossier.Fact) string {
	all := make([]string, len(facts))
	for i := range facts {
		all[i] = facts[i].Name
	}
	near, ok := diag.Nearest(name, all)
	if !ok {
		return ""
	}
	return a.say("; ý là "+near+"?", "; is it "+near+"?")
}

// changing keeps what still changes, the soonest first.
func changing(facts []dossier.Fact, today int64) []dossier.Fact {
	facts = slices.DeleteFunc(facts, func(f dossier.Fact) bool { _, ok := f.Changes(today); return !ok })
	slices.SortStableFunc(facts, func(x, y dossier.Fact) int {
		dx, _ := x.Changes(today)
		dy, _ := y.Changes(today)
		return int(dx - dy)
	})
	return facts
}

func (a *app) printFact(b *bundle, f *dossier.Fact, today int64) {
	fmt.Fprintf(a.stdout, "%s (%s)   %s\n", f.Name, f.Kind, b.show(f.File))
	for _, p := range f.Periods {
		mark := "  "
		if p.From <= today && today <= p.To {
			mark = "• "
		}
		shown := p.Value
		if shown == "" {
			shown = a.say("chưa rõ", "not known")
		}
		fmt.Fprintf(a.stdout, "  %s%s%s   %s\n", mark, shown, a.validity(p), p.Source)
	}
	if next, ok := f.Changes(today); ok {
		fmt.Fprintf(a.stdout, a.say("    đổi từ %s, còn %d ngày\n", "    changes on %s, in %d days\n"), value.ShowDay(next), next-today)
	}
	for _, u := range f.Uses {
		place := u.Flow
		if u.Step != "" {
			place += "/" + u.Step
		}
		fmt.Fprintf(a.stdout, "    %s:%d %s: %s\n", b.show(u.Span.File), u.Span.Line, place, u.Text)
	}
	io.WriteString(a.stdout, "\n")
}

func (a *app) validity(p dossier.Period) string {
	var out strings.Builder
	if p.From > value.FirstDay {
		out.WriteString(a.say(" từ ", " from ") + value.ShowDay(p.From))
	}
	if p.To < value.LastDay {
		out.WriteString(a.say(" đến ", " to ") + value.ShowDay(p.To))
	}
	return out.String()
}
