package expression

import (
	"path/filepath"
	"strings"
	"testing"

	"hoithoai/dsl/golden"
)

// operands are one name and one literal of every kind.
var operands = []string{"cho_o", "so_con", "gia", "ngay_hen", "ho_ten", "so_may", "tre_em", "anh", `"nho"`, `"0912345678"`, "5", "1.5", "true"}

// operators are all that stand between two operands.
var operators = []string{"==", "!=", "<", "<=", ">", ">=", "+", "-", "*", "and", "or"}

// TestKindTable writes down, for every pair of kinds and every operator, the kind of the result or the code of the refusal.
// What is accepted must evaluate, the same directly and on the machine.
func TestKindTable(t *testing.T) {
	t.Parallel()
	scope, _ := newScope()
	var out strings.Builder
	for _, operator := range operators {
		out.WriteString("\n" + operator + "\n")
		for _, left := range operands {
			out.WriteString(pad(left, 14))
			for _, right := range operands {
				out.WriteString(pad(kindOf(t, scope, left+" "+operator+" "+right), 8))
			}
			out.WriteString("\n")
		}
	}
	golden.Assert(t, filepath.Join("..", "..", "testdata", "expression", "kinds.golden"), []byte(trimLines(out.String())))
}

// kindOf is what an expression gives, or the code it is refused with.
func kindOf(t *testing.T, scope *Scope, src string) string {
	t.Helper()
	x, problems := Compile(src, scope)
	if problems != nil {
		return problems[0].Code
	}
	assertBothWays(t, x, newWorld())
	if _, err := x.Eval(newWorld()); err != nil {
		t.Errorf("%s: %v", src, err)
	}
	return strings.Fields(kindVI(x.Type))[0]
}

func pad(s string, width int) string {
	return s + strings.Repeat(" ", max(1, width-len([]rune(s))))
}

func trimLines(s string) string {
	lines := strings.Split(s, "\n")
	for i := range lines {
		lines[i] = strings.TrimRight(lines[i], " ")
	}
	return strings.Join(lines, "\n")
}

// TestSymmetric holds that what can be compared or added one way round can be the other way round.
func TestSymmetric(t *testing.T) {
	t.Parallel()
	scope, _ := newScope()
	for _, operator := range []string{"==", "!=", "<", "+", "*", "and", "or"} {
		for _, left := range operands {
			for _, right := range operands {
				_, one := Compile(left+" "+operator+" "+right, scope)
				_, other := Compile(right+" "+operator+" "+left, scope)
				if (one == nil) != (other == nil) {
					t.Errorf("%s %s %s: %v, the other way round %v", left, operator, right, one, other)
				}
			}
		}
	}
}

// TestEveryCodeIsUsed holds that no code of this package stands unused, apart from those of package template.
func TestEveryCodeIsUsed(t *testing.T) {
	t.Parallel()
	scope, _ := newScope()
	used := map[string]bool{CodeBrace: true, CodeInBrace: true, CodeResult: true}
	for _, tc := range refused {
		_, problems := Compile(tc.src, scope)
		for _, p := range problems {
			used[p.Code] = true
		}
	}
	for _, src := range attacks {
		_, problems := Compile(src, scope)
		for _, p := range problems {
			used[p.Code] = true
		}
	}
	for _, code := range []string{
		CodeSyntax, CodeTooLarge, CodeNotUsable, CodeWord, CodeType, CodeOption, CodeNotYesNo, CodeResult, CodeArguments,
		CodeFraction, CodeOverflow, CodePattern, CodeList, CodeThousands, CodeBrace, CodeInBrace, CodeUnknownName, CodeUnknownFunction, CodeUnknownField,
	} {
		if !used[code] {
			t.Errorf("%s is never reported", code)
		}
	}
}
