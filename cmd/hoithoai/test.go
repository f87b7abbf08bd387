package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"

	"github.com/spf13/cobra"

	"hoithoai/dsl/office"
	"hoithoai/dsl/tree"
	"hoithoai/runtime/rehearsal"
)

type testParams struct {
	only    string
	update  bool
	verbose bool
}

func newTest(a *app) *cobra.Command {
	var p testParams
	cmd := &cobra.Command{
		Use:   a.say("test [ĐƯỜNG DẪN…]", "test [PATH…]"),
		Short: a.say("Chạy các hội thoại mẫu", "Run transcripts"),
		Long: a.say(`Chạy mọi hội thoại mẫu trong các tệp *_test.flow và báo dòng nào không đúng. Với --update, dòng Bot: của lượt sai được
viết lại theo điều bot thật sự nói; những dòng khác giữ nguyên.`,
			`Runs every transcript in *_test.flow files and says which line did not come true. With --update the Bot: lines of a
failed turn are rewritten with what the bot really says; no other line is touched.`),
		Example: "  hoithoai test\n  hoithoai test flows --run \"gia hạn\"\n  hoithoai test flows --update",
		RunE:    func(_ *cobra.Command, args []string) error { return a.test(p, args) },
	}
	cmd.Flags().StringVar(&p.only, "run", "", a.say("chỉ chạy hội thoại có tên khớp biểu thức này", "run only tests whose name matches this expression"))
	cmd.Flags().BoolVar(&p.update, "update", false, a.say("viết lại dòng Bot: của lượt sai", "rewrite the Bot: lines of failed turns"))
	cmd.Flags().BoolVarP(&p.verbose, "verbose", "v", false, a.say("in cả hội thoại đạt", "list passing tests too"))
	return cmd
}

// tally counts what became of the tests.
type tally struct{ passed, failed int }

func (a *app) test(p testParams, paths []string) error {
	only, err := regexp.Compile(p.only)
	if err != nil {
		return usageError{fmt.Errorf("--run: %w", err)}
	}
	if p.update {
		if err := a.rewriteAll(only, paths); err != nil {
			return err
		}
	}
	b, err := a.load(paths)
	if err != nil {
		return err
	}
	if b.Program == nil {
		return a.uncompiled(b)
	}
	var t tally
	plays := rehearsal.Of(b.Program)
	for _, file := range b.Tests {
		if b.wanted(file.Path) {
			for _, out := range played(plays, file, only, false) {
				a.tell(b, out, p, &t)
			}
		}
	}
	return a.conclude(t)
}

// rewriteAll rewrites the Bot: lines of failed turns; what still fails afterwards is told by the run that follows.
func (a *app) rewriteAll(only *regexp.Regexp, paths []string) error {
	b, err := a.load(paths)
	if err != nil || b.Program == nil {
		return err
	}
	plays := rehearsal.Of(b.Program)
	for _, file := range b.Tests {
		if !b.wanted(file.Path) {
			continue
		}
		if err := a.rewrite(b, file, played(plays, file, only, true)); err != nil {
			return err
		}
	}
	return nil
}

// played runs the chosen tests of a file.
func played(plays *rehearsal.Rehearsals, file *tree.Tests, only *regexp.Regexp, keepGoing bool) []rehearsal.Outcome {
	var out []rehearsal.Outcome
	for _, test := range file.Tests {
		if only.MatchString(test.Flow.Text + " " + test.Title.Text) {
			out = append(out, plays.Run(office.Demo(), file, test, keepGoing))
		}
	}
	return out
}

// uncompiled reports a bundle that has errors: its transcripts cannot run.
func (a *app) uncompiled(b *bundle) error {
	if err := a.report(b, b.Diagnostics, false); err != nil {
		return err
	}
	fmt.Fprintln(a.stdout, a.say("Chưa chạy hội thoại mẫu nào: sửa hết lỗi trước.", "No transcript was run: mend the errors first."))
	return errFound
}

func (a *app) tell(b *bundle, out rehearsal.Outcome, p testParams, t *tally) {
	name := out.Test.Flow.Text + " " + out.Test.Title.Text
	if out.Passed() {
		t.passed++
		if p.verbose {
			fmt.Fprintf(a.stdout, a.say("đạt  %s\n", "pass %s\n"), name)
		}
		return
	}
	t.failed++
	fmt.Fprintf(a.stdout, a.say("hỏng %s\n", "FAIL %s\n"), name)
	for _, f := range out.Failures {
		fmt.Fprintf(a.stdout, "  %s:%d: %s\n", b.show(f.Span.File), f.Span.Line, f.Message.In(a.lang()))
	}
}

// rewrite writes the file anew where a turn failed.
func (a *app) rewrite(b *bundle, file *tree.Tests, outcomes []rehearsal.Outcome) error {
	before := b.text(file.Path)
	after := rehearsal.Update(before, outcomes)
	if after == before {
		return nil
	}
	if _, onDisk := b.display[file.Path]; !onDisk {
		return usageError{fmt.Errorf(a.say("%s nằm trong chương trình, không viết lại được; nêu thư mục trên đĩa", "%s is in the binary and cannot be rewritten; name a folder on disk"), file.Path)}
	}
	target := filepath.FromSlash(b.show(file.Path))
	if err := os.WriteFile(target, []byte(after), 0o644); err != nil {
		return fmt.Errorf("rewrite transcript: %w", err)
	}
	fmt.Fprintf(a.stdout, a.say("đã viết lại %s\n", "rewrote %s\n"), b.show(file.Path))
	return nil
}

func (a *app) conclude(t tally) error {
	if t.passed+t.failed == 0 {
		return usageError{errors.New(a.say("không có hội thoại mẫu nào khớp: hội thoại mẫu nằm trong tệp *_test.flow cạnh tệp luồng", "no transcript matches: transcripts are in *_test.flow files beside the flows"))}
	}
	fmt.Fprintf(a.stdout, a.say("%d hội thoại đạt, %d hỏng\n", "%d passed, %d failed\n"), t.passed, t.failed)
	if t.failed > 0 {
		return errFound
	}
	return nil
}
