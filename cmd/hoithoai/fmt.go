package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"hoithoai/dsl/charset"
	"hoithoai/dsl/diag"
	"hoithoai/dsl/format"
	"hoithoai/dsl/scan"
)

type fmtParams struct {
	write bool
	diff  bool
}

func newFmt(a *app) *cobra.Command {
	var p fmtParams
	cmd := &cobra.Command{
		Use:   a.say("fmt [-w | -d] [ĐƯỜNG DẪN…]", "fmt [-w | -d] [PATH…]"),
		Short: a.say("Trình bày lại tệp luồng cho gọn", "Lay out flow files"),
		Long: a.say(`Trình bày lại tệp .flow theo một cách chung: thụt dòng, thẳng cột, một dòng trống giữa các khối; sửa từ thiếu dấu, mũi tên,
ngoặc kép cong, chữ gõ rời dấu, ký tự không nhìn thấy; chuyển UTF-16, TCVN3, VNI, Windows-1258 sang UTF-8. Ý nghĩa, lời nói và ghi chú
giữ nguyên. Dòng không hiểu được thì để nguyên và báo.
Với -w thì ghi đè lên tệp; với -d thì chỉ cho xem chỗ sẽ đổi. Một tệp không kèm -w, -d thì in ra màn hình; - là đọc từ đầu vào.`,
			`Lays out .flow files in the one common way: indentation, columns, one blank line between sections; mends keywords without
accents, arrows, curly quotes, decomposed letters, invisible characters; converts UTF-16, TCVN3, VNI, Windows-1258 to UTF-8. Meaning,
speech and comments stay. A line that is not understood is left as it is and reported.
-w writes the files, -d only shows what would change. One file without either is printed; - reads standard input.`),
		Example: "  hoithoai fmt -w flows\n  hoithoai fmt -d flows\n  hoithoai fmt flows/cu_tru/tam_tru.flow",
		RunE:    func(_ *cobra.Command, args []string) error { return a.fmt(p, args) },
	}
	cmd.Flags().BoolVarP(&p.write, "write", "w", false, a.say("ghi kết quả đè lên tệp", "write the result to the file"))
	cmd.Flags().BoolVarP(&p.diff, "diff", "d", false, a.say("chỉ cho xem chỗ sẽ đổi", "show what would change"))
	return cmd
}

func (a *app) fmt(p fmtParams, args []string) error {
	if p.write && p.diff {
		return usageError{errors.New(a.say("chỉ dùng một trong hai: -w hoặc -d", "use one of -w and -d"))}
	}
	if slices.Equal(args, []string{"-"}) {
		return a.fmtInput(p)
	}
	files, err := a.fmtFiles(args)
	if err != nil {
		return err
	}
	if !p.write && !p.diff && len(files) > 1 {
		return usageError{fmt.Errorf(a.say("có %d tệp: thêm -w để ghi, hoặc -d để xem trước chỗ sẽ đổi", "there are %d files: add -w to write them, or -d to see what would change"), len(files))}
	}
	var t fmtTally
	for _, name := range files {
		if err := a.fmtFile(p, name, &t); err != nil {
			return err
		}
	}
	if p.write {
		fmt.Fprintf(a.stdout, a.say("%d tệp: %d viết lại, %d còn lỗi\n", "%d files: %d rewritten, %d with errors left\n"), len(files), t.changed, t.wrong)
	}
	if t.wrong > 0 || p.diff && t.changed > 0 {
		return errFound
	}
	return nil
}

// fmtTally counts files.
type fmtTally struct{ changed, wrong int }

// fmtFiles are the .flow files that args name: files themselves, folders with all below them but names that begin with a dot.
// Nothing named means what lies here (see here); patterns are expanded as the shells of Windows leave them.
func (a *app) fmtFiles(args []string) ([]string, error) {
	if len(args) == 0 {
		args = here()
	}
	if len(args) == 0 {
		args = []string{"flows"} // is not there either, and the refusal says so
	}
	var out []string
	for _, arg := range expand(args) {
		info, err := os.Stat(arg)
		switch {
		case errors.Is(err, fs.ErrNotExist):
			return nil, usageError{fmt.Errorf(a.say("không có tệp hay thư mục %s", "there is no file or folder %s"), arg)}
		case err != nil:
			return nil, fmt.Errorf("look at %s: %w", arg, err)
		case !info.IsDir() && filepath.Ext(arg) != ".flow":
			return nil, usageError{fmt.Errorf(a.say("%s không phải tệp .flow", "%s is no .flow file"), arg)}
		case !info.IsDir():
			out = append(out, arg)
			continue
		}
		if out, err = appendFlows(out, arg); err != nil {
			return nil, fmt.Errorf("read %s: %w", arg, err)
		}
	}
	if len(out) == 0 {
		return nil, usageError{fmt.Errorf(a.say("không thấy tệp .flow nào trong %s", "there is no .flow file in %s"), strings.Join(args, ", "))}
	}
	slices.Sort(out)
	return slices.Compact(out), nil
}

func appendFlows(out []string, root string) ([]string, error) {
	err := filepath.WalkDir(root, func(name string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case name != root && strings.HasPrefix(entry.Name(), ".") && entry.IsDir():
			return fs.SkipDir
		case strings.HasPrefix(entry.Name(), "."):
		case entry.Type().IsRegular() && filepath.Ext(name) == ".flow":
			out = append(out, name)
		}
		return nil
	})
	return out, err
}

// fmtFile lays out one file.
func (a *app) fmtFile(p fmtParams, name string, t *fmtTally) error {
	src, err := os.ReadFile(name)
	if err != nil {
		return fmt.Errorf("read %s: %w", name, err)
	}
	shown := filepath.ToSlash(name)
	r := format.Source(shown, src)
	if string(r.Text) != string(src) {
		t.changed++
	}
	switch {
	case p.diff:
		a.fmtDiff(shown, src, r)
	case !p.write:
		fmt.Fprintf(a.stdout, "%s", r.Text)
	case string(r.Text) != string(src):
		if err := replaceFile(name, r.Text); err != nil {
			return fmt.Errorf("write %s: %w", name, err)
		}
		fmt.Fprintf(a.stdout, a.say("đã viết lại %s%s\n", "rewrote %s%s\n"), shown, a.converted(r))
	}
	if len(r.Found) > 0 {
		t.wrong++
	}
	return a.fmtErrors(r)
}

// fmtInput lays out standard input. Whether it is a flow or a transcript is what it reads better as.
func (a *app) fmtInput(p fmtParams) error {
	if p.write {
		return usageError{errors.New(a.say("-w cần tên tệp, không dùng với -", "-w needs a file, not -"))}
	}
	src, err := io.ReadAll(io.LimitReader(a.stdin, 2*scan.MaxBytes+2))
	if err != nil {
		return fmt.Errorf("read standard input: %w", err)
	}
	r := format.Source("stdin", src)
	if test := format.Source("stdin_test.flow", src); len(test.Found) < len(r.Found) {
		r = test
	}
	if p.diff {
		a.fmtDiff("stdin", src, r)
	} else {
		fmt.Fprintf(a.stdout, "%s", r.Text)
	}
	if err := a.fmtErrors(r); err != nil {
		return err
	}
	if len(r.Found) > 0 || p.diff && string(r.Text) != string(src) {
		return errFound
	}
	return nil
}

// converted says from which encoding a file was brought into UTF-8; "" for UTF-8.
func (a *app) converted(r format.Result) string {
	switch {
	case r.From == charset.UTF8 || !r.Whole:
		return ""
	case r.From == charset.TCVN3:
		return fmt.Sprintf(a.say(" (chuyển từ %s sang UTF-8; bảng mã này không có chữ hoa mang dấu thanh, nên đọc lại các chữ như Ổ, Ý)",
			" (from %s to UTF-8; that encoding has no capitals with a tone, so read those again)"), r.From)
	}
	return fmt.Sprintf(a.say(" (chuyển từ %s sang UTF-8)", " (from %s to UTF-8)"), r.From)
}

// fmtErrors says what could not be mended; those lines are as they were.
func (a *app) fmtErrors(r format.Result) error {
	if len(r.Found) == 0 {
		return nil
	}
	if err := diag.WriteText(a.stderr, r.Found, a.lang(), func(string) string { return string(r.Text) }); err != nil {
		return fmt.Errorf("print findings: %w", err)
	}
	fmt.Fprintf(a.stderr, a.say("%s: còn %d lỗi fmt không tự sửa được; dòng không hiểu được giữ nguyên\n", "%s: errors left that fmt cannot mend: %d; lines it cannot read are as they were\n"),
		r.Found[0].Span.File, len(r.Found))
	return nil
}
