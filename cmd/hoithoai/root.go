package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"hoithoai/dsl/diag"
)

// The exit codes of every verb.
const (
	exitFine    = 0
	exitFound   = 1 // a check or test found something
	exitUsage   = 2 // wrong use
	exitFailure = 3 // could not do it
)

// errFound says that a verb did its work and found something; it has been printed already.
var errFound = errors.New("found something")

// usageError is a wrong use of a verb.
type usageError struct{ error }

// system is everything outside the program.
type system struct {
	args   []string
	stdin  io.Reader
	stdout io.Writer
	stderr io.Writer
	getenv func(string) (string, bool)
	now    func() time.Time
}

// app is the flags every verb shares.
type app struct {
	system
	language string
}

// lang is the language of sentences.
func (a *app) lang() diag.Lang { return diag.Lang(a.language) }

// say returns the sentence in the chosen language.
func (a *app) say(vi, en string) string { return diag.Sentence{VI: vi, EN: en}.In(a.lang()) }

// run executes one command line and returns the exit code.
func run(ctx context.Context, sys system) int {
	a := &app{system: sys, language: languageOf(sys.args)}
	root := newRoot(a)
	root.SetArgs(doubled(sys.args))
	root.SetIn(sys.stdin)
	root.SetOut(sys.stdout)
	root.SetErr(sys.stderr)
	return a.exit(root.ExecuteContext(ctx))
}

func (a *app) exit(err error) int {
	var wrong usageError
	switch {
	case err == nil:
		return exitFine
	case errors.Is(err, errFound):
		return exitFound
	case errors.As(err, &wrong):
		fmt.Fprintf(a.stderr, a.say("dùng sai: %v\nXem: hoithoai --help\n", "wrong use: %v\nSee: hoithoai --help\n"), wrong.error)
		return exitUsage
	default:
		fmt.Fprintf(a.stderr, a.say("không làm được: %v\n", "failed: %v\n"), err)
		if says := advice(err).In(a.lang()); says != "" {
			fmt.Fprintln(a.stderr, says)
		}
		return exitFailure
	}
}

// languageOf reads --lang before cobra does, since help texts depend on it.
func languageOf(args []string) string {
	for i, arg := range args {
		switch {
		case arg == "--lang=en", arg == "--lang" && i+1 < len(args) && args[i+1] == "en":
			return "en"
		}
	}
	return "vi"
}

// doubled lets long flags be written with one dash, as Go's own tools do (-run, -update, -json).
func doubled(args []string) []string {
	out := slices.Clone(args)
	for i, arg := range out {
		if len(arg) > 2 && arg[0] == '-' && arg[1] != '-' {
			out[i] = "-" + arg
		}
	}
	return out
}

func newRoot(a *app) *cobra.Command {
	var root *cobra.Command
	root = &cobra.Command{
		Use:           "hoithoai",
		Short:         a.say("Máy hội thoại cho trang Zalo của cơ quan", "Dialog engine for Zalo offices"),
		Long:          a.say(rootVI, rootEN),
		SilenceErrors: true, SilenceUsage: true,
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) == 0 {
				return nil
			}
			return a.noVerb(args[0], root)
		},
		RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	chosen := a.language
	root.PersistentFlags().StringVar(&a.language, "lang", "vi", a.say("ngôn ngữ của thông báo: vi hoặc en", "language of messages: vi or en"))
	a.language = chosen
	root.PersistentPreRunE = func(*cobra.Command, []string) error {
		if a.language != "vi" && a.language != "en" {
			return usageError{fmt.Errorf(a.say("--lang chỉ nhận vi hoặc en, không phải %q", "--lang takes vi or en, not %q"), a.language)}
		}
		return nil
	}
	root.SetFlagErrorFunc(func(_ *cobra.Command, err error) error { return usageError{a.flagError(err)} })
	root.CompletionOptions.DisableDefaultCmd = true
	root.SetHelpCommand(a.helpVerb(root))
	root.AddCommand(newNew(a), newExplain(a), newCheck(a), newTest(a), newFmt(a), newChat(a), newMatch(a), newServe(a), newFacts(a), newReview(a), newChecklist(a), newErasures(a), newMisses(a), newWaiting(a), newToken(a), newDeadLetters(a), newReload(a), newAudit(a), newDoctor(a), newBackup(a), newRestore(a), newExport(a), newImport(a), newBench(a))
	for _, c := range append(root.Commands(), root) {
		c.DisableFlagsInUseLine = true
		c.InitDefaultHelpFlag()
		c.Flags().Lookup("help").Usage = a.say("xem cách dùng", "show help")
	}
	root.SetUsageTemplate(a.say(usageVI, usageEN))
	return root
}

// helpVerb is "hoithoai help [VERB]", which people try before they try --help.
func (a *app) helpVerb(root *cobra.Command) *cobra.Command {
	return &cobra.Command{
		Use:   a.say("help [LỆNH]", "help [VERB]"),
		Short: a.say("Cách dùng một lệnh", "How to use a verb"),
		Args:  a.atMost(1),
		RunE: func(_ *cobra.Command, args []string) error {
			if len(args) == 0 {
				return root.Help()
			}
			for _, c := range root.Commands() {
				if c.Name() == args[0] {
					return c.Help()
				}
			}
			return a.noVerb(args[0], root)
		},
	}
}

// noVerb refuses a verb, with the one that was probably meant.
func (a *app) noVerb(typed string, root *cobra.Command) error {
	var verbs []string
	for _, c := range root.Commands() {
		verbs = append(verbs, c.Name())
	}
	if near, ok := diag.Nearest(typed, verbs); ok {
		return usageError{fmt.Errorf(a.say("không có lệnh %q; có phải: hoithoai %s", "there is no verb %q; did you mean: hoithoai %s"), typed, near)}
	}
	return usageError{fmt.Errorf(a.say("không có lệnh %q", "there is no verb %q"), typed)}
}

// atMost refuses more than n arguments.
func (a *app) atMost(n int) cobra.PositionalArgs {
	return func(_ *cobra.Command, args []string) error {
		if len(args) > n && n == 0 {
			return usageError{fmt.Errorf(a.say("thừa %q: lệnh này không nhận từ nào", "%q is too much: this verb takes no words"), args[0])}
		}
		if len(args) > n {
			return usageError{fmt.Errorf(a.say("thừa %q: lệnh này nhận nhiều nhất %d từ", "%q is too much: this verb takes at most %d words"), args[n], n)}
		}
		return nil
	}
}

// flagError says in the chosen language what cobra says in English.
func (a *app) flagError(err error) error {
	if name, ok := strings.CutPrefix(err.Error(), "unknown flag: "); ok {
		return fmt.Errorf(a.say("không có tùy chọn %s", "there is no option %s"), name)
	}
	return fmt.Errorf(a.say("tùy chọn viết sai: %w", "wrong option: %w"), err)
}

const rootVI = `Hội Thoại: luồng hội thoại viết bằng chữ, chạy trên trang Zalo của cơ quan.

Bắt đầu: hoithoai serve mở trang chạy thử trên máy này, không cần cấu hình.
Viết luồng mới: hoithoai new tam_vang "Tạm vắng". Gặp mã lỗi lạ: hoithoai explain G003.`

const rootEN = `Hội Thoại: dialog flows written as text, run on an office's Zalo page.

To begin: hoithoai serve opens the sandbox on this machine; no configuration is needed.
A new flow: hoithoai new tam_vang "Tạm vắng". A code you do not know: hoithoai explain G003.`

const usageVI = `Cách dùng:
  {{.UseLine}}{{if .HasAvailableSubCommands}}

Các lệnh:{{range .Commands}}{{if .IsAvailableCommand}}
  {{rpad .Name .NamePadding}} {{.Short}}{{end}}{{end}}{{end}}{{if .HasExample}}

Ví dụ:
{{.Example}}{{end}}{{if .HasAvailableLocalFlags}}

Tùy chọn:
{{.LocalFlags.FlagUsages | trimTrailingWhitespaces}}{{end}}{{if .HasAvailableInheritedFlags}}

Tùy chọn chung:
{{.InheritedFlags.FlagUsages | trimTrailingWhitespaces}}{{end}}

Mã thoát: 0 tốt, 1 có điều cần sửa, 2 dùng sai, 3 không làm được.
`

const usageEN = `Usage:
  {{.UseLine}}{{if .HasAvailableSubCommands}}

Verbs:{{range .Commands}}{{if .IsAvailableCommand}}
  {{rpad .Name .NamePadding}} {{.Short}}{{end}}{{end}}{{end}}{{if .HasExample}}

Examples:
{{.Example}}{{end}}{{if .HasAvailableLocalFlags}}

Flags:
{{.LocalFlags.FlagUsages | trimTrailingWhitespaces}}{{end}}{{if .HasAvailableInheritedFlags}}

Shared flags:
{{.InheritedFlags.FlagUsages | trimTrailingWhitespaces}}{{end}}

Exit codes: 0 fine, 1 found something, 2 wrong use, 3 failure.
`
