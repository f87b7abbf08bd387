package main

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"hoithoai/dsl"
	"hoithoai/dsl/check"
	"hoithoai/dsl/diag"
	"hoithoai/dsl/value"
)

type checkParams struct {
	json    bool
	verbose bool
	asOf    string
	within  int64 // days; 0: not asked for
}

func newCheck(a *app) *cobra.Command {
	var p checkParams
	cmd := &cobra.Command{
		Use:   a.say("check [ĐƯỜNG DẪN…]", "check [PATH…]"),
		Short: a.say("Soát lỗi các luồng", "Check flows"),
		Long: a.say(`Soát mọi tệp .flow: cú pháp, tên, kiểu, đường đi, giới hạn của Zalo. Không nêu đường dẫn thì soát thư mục flows ở đây,
các tệp .flow ở đây, hoặc các luồng có sẵn trong chương trình. Nêu một tệp thì chỉ báo điều của tệp ấy, nhưng vẫn đọc cả bộ
luồng của nó.

Điều phụ thuộc ngày (mức phí hết hạn, căn cứ quá ngày rà soát) chỉ là cảnh báo. Với --as-of hoặc --within thì là lỗi:
--as-of soát như đang ở ngày ấy, --within N báo thêm những gì sắp hết hạn trong N ngày.`,
			`Checks every .flow file: syntax, names, types, paths, Zalo's limits. Without a path it checks the folder flows, the .flow
files of this folder, or the flows in the binary. A single file is read within its bundle, and only its own findings are shown.

What depends on the day (a fee that ends, a basis past its review) is a warning. With --as-of or --within it is an error:
--as-of checks as on that day, --within N adds what ends within N days.`),
		Example: "  hoithoai check flows\n  hoithoai check flows/cu_tru/tam_tru.flow --json\n  hoithoai check --as-of 02/01/2027\n  hoithoai check --within 60",
		RunE: func(cmd *cobra.Command, args []string) error {
			if cmd.Flags().Changed("within") && p.within < 1 {
				return usageError{errors.New(a.say("--within nhận số ngày, từ 1 trở lên", "--within takes a number of days, 1 or more"))}
			}
			return a.check(p, args)
		},
	}
	f := cmd.Flags()
	f.BoolVar(&p.json, "json", false, a.say("in kết quả dạng JSON", "print findings as JSON"))
	f.BoolVarP(&p.verbose, "verbose", "v", false, a.say("in thêm thời gian của từng phép soát", "print how long each rule took as well"))
	f.StringVar(&p.asOf, "as-of", "", a.say("soát như đang ở ngày này (02/01/2027 hoặc 2027-01-02)", "check as on this day (02/01/2027 or 2027-01-02)"))
	f.Int64Var(&p.within, "within", 0, a.say("báo những gì hết hạn trong chừng này ngày", "report what ends within this many days"))
	return cmd
}

func (a *app) check(p checkParams, paths []string) error {
	opts, err := a.checkOptions(p)
	if err != nil {
		return err
	}
	b, err := a.loadAs(paths, opts)
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

// checkOptions turns the flags into what the bundle is loaded against. A day that was asked for stands alone: what ends later is
// reported only as far as --within says.
func (a *app) checkOptions(p checkParams) (dsl.Options, error) {
	opts := a.today()
	opts.Strict = p.asOf != "" || p.within > 0
	if p.asOf != "" {
		day, ok := dayNamed(p.asOf)
		if !ok {
			return opts, usageError{fmt.Errorf(a.say("--as-of nhận một ngày như 02/01/2027 hoặc 2027-01-02, không phải %q", "--as-of takes a day such as 02/01/2027 or 2027-01-02, not %q"), p.asOf)}
		}
		opts.Day, opts.Ahead = day, -1
	}
	if p.within > 0 {
		opts.Ahead = p.within
	}
	if p.verbose {
		opts.Clock = a.now
		opts.Timing = func(r check.Rule, took time.Duration) {
			fmt.Fprintf(a.stderr, "%s %-18s %8.3f ms\n", r.Code, r.Name, float64(took.Microseconds())/1000)
		}
	}
	return opts, nil
}

// dayNamed reads a day as people or as machines write it.
func dayNamed(s string) (int64, bool) {
	for _, layout := range []string{"2/1/2006", "2006-01-02"} {
		if t, err := time.Parse(layout, strings.TrimSpace(s)); err == nil {
			return value.DayNumber(t.Year(), int(t.Month()), t.Day())
		}
	}
	return 0, false
}

// report prints findings: as JSON, or drawn over the source, counted by file and together, with the page that
// explains the foremost.
func (a *app) report(b *bundle, found diag.List, asJSON bool) error {
	shown := b.renamed(found)
	if asJSON {
		return diag.WriteJSON(a.stdout, shown, a.lang())
	}
	if err := diag.WriteText(a.stdout, shown, a.lang(), b.shownText); err != nil {
		return fmt.Errorf("print findings: %w", err)
	}
	a.countByFile(shown)
	if b.builtin {
		fmt.Fprint(a.stdout, a.say("các luồng có sẵn trong chương trình, ", "the flows in the binary, "))
	}
	fmt.Fprintf(a.stdout, a.say("%d tệp: %s\n", "%d files: %s\n"), b.counted(), a.counted(found))
	if len(found) > 0 {
		fmt.Fprintf(a.stdout, a.say("Xem thêm: hoithoai explain %s\n", "See also: hoithoai explain %s\n"), foremost(found).Code)
	}
	return nil
}

// foremost is the first error, or the first finding where there is no error.
func foremost(found diag.List) diag.Diagnostic {
	if at := slices.IndexFunc(found, func(d diag.Diagnostic) bool { return d.Severity == diag.Error }); at >= 0 {
		return found[at]
	}
	return found[0]
}

// countByFile prints one line a file, where there are several.
func (a *app) countByFile(shown diag.List) {
	var order []string
	files := map[string]diag.List{}
	for _, d := range shown {
		if files[d.Span.File] == nil {
			order = append(order, d.Span.File)
		}
		files[d.Span.File] = append(files[d.Span.File], d)
	}
	if len(order) < 2 {
		return
	}
	for _, name := range order {
		fmt.Fprintf(a.stdout, "%s: %s\n", name, a.counted(files[name]))
	}
}

// counted says how many errors and warnings there are.
func (a *app) counted(found diag.List) string {
	errors, warnings := 0, 0
	for _, d := range found {
		if d.Severity == diag.Error {
			errors++
		} else {
			warnings++
		}
	}
	return fmt.Sprintf(a.say("%d lỗi, %d cảnh báo", "%d errors, %d warnings"), errors, warnings)
}
