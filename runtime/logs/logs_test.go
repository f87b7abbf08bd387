package logs_test

import (
	"bytes"
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"log/slog"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"pgregory.net/rapid"

	"hoithoai/runtime/logs"
)

func newLog() (*slog.Logger, *bytes.Buffer) {
	var b bytes.Buffer
	return slog.New(logs.New(slog.NewJSONHandler(&b, nil))), &b
}

const canary = "chim hoàng yến"

// hider is a value that hides nothing.
type hider struct{ s string }

func (h hider) LogValue() slog.Value { return slog.StringValue(h.s) }

// TestOnlyTheListPasses tries every way into a line.
func TestOnlyTheListPasses(t *testing.T) {
	t.Parallel()
	for name, write := range map[string]func(*slog.Logger){
		"an attribute":     func(l *slog.Logger) { l.Info("m", "text", canary) },
		"a named one":      func(l *slog.Logger) { l.With("text", canary).Info("m") },
		"a group":          func(l *slog.Logger) { l.Info("m", slog.Group("office", "text", canary)) },
		"an allowed group": func(l *slog.Logger) { l.Info("m", slog.Group("office", "error", canary)) },
		"inside a group":   func(l *slog.Logger) { l.WithGroup("g").Info("m", "error", canary) },
		"a struct":         func(l *slog.Logger) { l.Info("m", "error", struct{ S string }{canary}) },
		"a slice":          func(l *slog.Logger) { l.Info("m", "error", []string{canary}) },
		"a pointer":        func(l *slog.Logger) { l.Info("m", "key", &struct{ S string }{canary}) },
		"a valuer":         func(l *slog.Logger) { l.Info("m", "text", hider{canary}) },
		"without a key":    func(l *slog.Logger) { l.Info("m", []any{canary}...) },
		"another case":     func(l *slog.Logger) { l.Info("m", "Error", canary) },
	} {
		l, b := newLog()
		write(l)
		if line := b.String(); strings.Contains(line, "hoàng yến") || !strings.Contains(line, `"withheld":"`) {
			t.Errorf("%s: %s", name, line)
		}
	}
}

func TestWhatPasses(t *testing.T) {
	t.Parallel()
	l, b := newLog()
	l.With("office", "1").Warn("lời", "error", fmt.Errorf("gửi: %w", errors.New("hỏng")), "count", 3, "age", time.Second, "changed", true, "kind", hider{"x"})
	for _, want := range []string{`"msg":"lời"`, `"level":"WARN"`, `"office":"1"`, `"error":"gửi: hỏng"`, `"count":3`, `"age":1000000000`, `"changed":true`, `"kind":"x"`} {
		if !strings.Contains(b.String(), want) {
			t.Errorf("%s is missing in %s", want, b)
		}
	}
	if strings.Contains(b.String(), logs.Withheld) {
		t.Errorf("something is withheld: %s", b)
	}
}

// TestErrorsAreMasked: the text of an error may quote what somebody else's program was given.
func TestErrorsAreMasked(t *testing.T) {
	t.Parallel()
	l, b := newLog()
	l.Info("m", "error", errors.New("bad value 079203012345"), "advice", "hoithoai token set 3886132808788086450")
	if strings.Contains(b.String(), "079203012345") || !strings.Contains(b.String(), "3886132808788086450") {
		t.Errorf("the line is %s", b)
	}
}

func TestLongTextsAreCut(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		s := strings.Repeat(rapid.StringN(1, 40, -1).Draw(t, "s"), 500)
		l, b := newLog()
		l.Info("m", "advice", s)
		if b.Len() > 2048*6+200 || !utf8.Valid(b.Bytes()) {
			t.Fatalf("a line of %d bytes", b.Len())
		}
	})
}

// TestIsAHandler: levels are heard, and loggers made from one another do not share what they were given.
func TestIsAHandler(t *testing.T) {
	t.Parallel()
	l, b := newLog()
	if l.Enabled(t.Context(), slog.LevelDebug) || !l.Enabled(t.Context(), slog.LevelInfo) {
		t.Error("the level of the handler behind is not heard")
	}
	one := l.With("office", "1")
	two := l.With("office", "2", "text", canary)
	one.Info("a")
	two.Info("b")
	l.Info("c")
	got := strings.Split(strings.TrimSpace(b.String()), "\n")
	if len(got) != 3 || !strings.Contains(got[0], `"office":"1"`) || !strings.Contains(got[1], `"office":"2","withheld":"text"`) ||
		strings.Contains(got[2], "office") || strings.Contains(got[0], "withheld") {
		t.Errorf("lines %q", got)
	}
}

// TestEveryKeyOfTheProgramIsAllowed reads the source: a key that is withheld is a diagnosis that is lost.
func TestEveryKeyOfTheProgramIsAllowed(t *testing.T) {
	t.Parallel()
	calls := 0
	for _, root := range []string{"../../runtime", "../../cmd"} {
		err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
				return err
			}
			file, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.SkipObjectResolution)
			if err != nil {
				return err
			}
			ast.Inspect(file, func(n ast.Node) bool {
				for _, key := range keysOf(n) {
					calls++
					if !logs.Allowed(key) {
						t.Errorf("%s logs %q, which is not on the list", path, key)
					}
				}
				return true
			})
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if calls < 20 {
		t.Errorf("only %d keys are found", calls)
	}
}

// keysOf are the literal keys of a call such as x.Log.Warn("…", "key", value).
func keysOf(n ast.Node) []string {
	call, ok := n.(*ast.CallExpr)
	if !ok || len(call.Args) < 3 {
		return nil
	}
	if _, ok := call.Args[0].(*ast.BasicLit); !ok {
		return nil // not a message: http.Error and its like
	}
	method, ok := call.Fun.(*ast.SelectorExpr)
	if !ok || !strings.Contains(" Debug Info Warn Error ", " "+method.Sel.Name+" ") {
		return nil
	}
	var keys []string
	for i := 1; i < len(call.Args); i += 2 {
		if lit, ok := call.Args[i].(*ast.BasicLit); ok && lit.Kind == token.STRING {
			if s, err := strconv.Unquote(lit.Value); err == nil {
				keys = append(keys, s)
			}
		}
	}
	return keys
}
