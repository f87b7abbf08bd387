package dsl_test

import (
	"fmt"
	"regexp"
	"strings"
	"testing"

	"hoithoai/dsl/bind"
	"hoithoai/dsl/expression"
	"hoithoai/dsl/office"
	"hoithoai/dsl/parse"
	"hoithoai/dsl/template"
	"hoithoai/dsl/tree"
	"hoithoai/dsl/value"
	"hoithoai/dsl/ward"
)

// given is the world of the expression and template blocks: the declarations and values of the given block.
type given struct {
	flow   *bind.Flow
	facts  []*bind.Fact
	values map[string]value.Value
}

// Value implements expression.Env.
func (g *given) Value(ref expression.Ref) value.Value {
	switch ref.Kind {
	case expression.RefSlot:
		return g.values[ref.Name]
	case expression.RefFact:
		return g.onDay(ref.Index, readmeDay)
	case expression.RefFactOn:
		return g.onDay(ref.Index, ref.Day)
	case expression.RefZalo:
		return g.values["zalo."+ref.Name]
	case expression.RefOffice:
		if s, ok := g.Office().Field(ref.Name); ok {
			return value.Value{Kind: value.Text, S: s}
		}
	case expression.RefCondition:
		if ok, err := g.flow.Conditions[ref.Index].Expr.Bool(g); err == nil {
			return yesNo(ok)
		}
	}
	return value.Value{}
}

func yesNo(b bool) value.Value {
	if b {
		return value.Value{Kind: value.YesNo, N: 1}
	}
	return value.Value{Kind: value.YesNo}
}

func (g *given) onDay(fact int, day int64) value.Value {
	for i, p := range g.facts[fact].Periods {
		if from, to := bind.Validity(p); from <= day && day <= to {
			return g.facts[fact].Values[i]
		}
	}
	return value.Value{}
}

// Today implements expression.Env: 24/11/2026, 09:00.
func (g *given) Today() (day int64, minute int) { return readmeDay, 9 * 60 }

// Office implements expression.Env.
func (g *given) Office() *office.Office { return office.Demo() }

var givenValue = regexp.MustCompile(`^([a-z_.]+) = (.+)$`)

// readGiven reads the given block: sections of a flow file, then lines NAME = VALUE.
func readGiven(t *testing.T) *given {
	t.Helper()
	for _, b := range readmeBlocks(t) {
		if b.lang != "given" {
			continue
		}
		var declared strings.Builder
		var values [][]string
		for line := range strings.Lines(b.text) {
			if m := givenValue.FindStringSubmatch(strings.TrimSpace(line)); m != nil {
				values = append(values, m)
				continue
			}
			declared.WriteString(line)
		}
		return newGiven(t, declared.String(), values)
	}
	t.Fatal("there is no given block")
	return nil
}

func newGiven(t *testing.T, declared string, values [][]string) *given {
	t.Helper()
	bundle := bound(t, declared)
	g := &given{flow: bundle.Flows[0], facts: bundle.Facts, values: map[string]value.Value{}}
	for _, m := range values {
		typ := value.Type{Kind: value.Text}
		if slot := g.flow.Slots[m[1]]; slot != nil {
			typ = slot.Type
		} else if !strings.HasPrefix(m[1], "zalo.") {
			t.Fatalf("%s is not declared", m[1])
		}
		v, err := typ.Parse(m[2])
		if err != nil {
			t.Fatalf("%s = %s: %v", m[1], m[2], err)
		}
		g.values[m[1]] = v
	}
	return g
}

// bound binds the sections of one flow; that they are not used is no matter here.
func bound(t *testing.T, sections string) *bind.Bundle {
	t.Helper()
	file, found := parse.File("vi_du.flow", []byte(frameHead+sections+fmt.Sprintf(frameStep, "dau")))
	if len(found) > 0 {
		t.Fatalf("declarations: %s", saidBy(found))
	}
	wards, faults := ward.Parse(ward.Path, ward.Source(), nil)
	if len(faults) > 0 {
		t.Fatal(faults)
	}
	bundle, found := bind.With([]*tree.File{file}, bind.Options{Wards: func() []value.Option { return wards }})
	for _, d := range found {
		switch d.Code {
		case "D022", "D023", "D024":
		default:
			t.Fatalf("declarations: %s", saidBy(found))
		}
	}
	return bundle
}

// example is a line "left → right" or "left ✗ right" of a block.
type example struct {
	left, right string
	refused     bool
	line        int
}

func examplesOf(t *testing.T, b block) []example {
	t.Helper()
	var out []example
	for i, line := range strings.Split(strings.TrimRight(b.text, "\n"), "\n") {
		if strings.TrimSpace(line) == "" {
			continue
		}
		e := example{line: b.line + i}
		var ok bool
		if e.left, e.right, ok = cutLast(line, "→"); !ok {
			e.left, e.right, e.refused = cutLast(line, "✗")
			ok = e.refused
		}
		if !ok {
			t.Fatalf("line %d has neither → nor ✗: %s", e.line, line)
		}
		out = append(out, e)
	}
	return out
}

func cutLast(line, sign string) (left, right string, ok bool) {
	at := strings.LastIndex(line, sign)
	if at < 0 {
		return "", "", false
	}
	return strings.TrimSpace(line[:at]), strings.TrimSpace(line[at+len(sign):]), true
}

// TestReadmeExpressions evaluates every line of the expression blocks.
func TestReadmeExpressions(t *testing.T) {
	t.Parallel()
	g := readGiven(t)
	for _, b := range readmeBlocks(t) {
		if b.lang != "expression" {
			continue
		}
		for _, e := range examplesOf(t, b) {
			x, problems := expression.Compile(e.left, g.flow.Scope)
			checkExample(t, e, problems, func() (string, error) {
				v, err := x.Eval(g)
				return x.Type.Show(v), err
			})
		}
	}
}

// TestReadmeTemplates renders every line of the template blocks.
func TestReadmeTemplates(t *testing.T) {
	t.Parallel()
	g := readGiven(t)
	for _, b := range readmeBlocks(t) {
		if b.lang != "template" {
			continue
		}
		for _, e := range examplesOf(t, b) {
			tmpl, problems := template.Parse(e.left, g.flow.Scope, nil)
			checkExample(t, e, problems, func() (string, error) {
				text, err := tmpl.Append(nil, g)
				return string(text), err
			})
		}
	}
}

func checkExample(t *testing.T, e example, problems []expression.Problem, run func() (string, error)) {
	t.Helper()
	if e.refused {
		if len(problems) == 0 || problems[0].Code != e.right {
			t.Errorf("line %d: %s is refused with %v, want %s", e.line, e.left, problems, e.right)
		}
		return
	}
	if len(problems) > 0 {
		t.Errorf("line %d: %s: %v", e.line, e.left, problems)
		return
	}
	got, err := run()
	if err != nil || got != e.right {
		t.Errorf("line %d: %s gives %q, %v; want %q", e.line, e.left, got, err, e.right)
	}
}

// TestReadmeReaders reads every line of the read blocks: first the declaration of a slot without its name, with its options,
// then what a person types and how it is shown (→), or what the person is told (✗).
func TestReadmeReaders(t *testing.T) {
	t.Parallel()
	for _, b := range readmeBlocks(t) {
		if b.lang != "read" {
			continue
		}
		declared, lines := "", block{lang: b.lang, line: b.line}
		for line := range strings.Lines(b.text) {
			if strings.Contains(line, "→") || strings.Contains(line, "✗") {
				lines.text += line
				continue
			}
			declared += line
			lines.line++
		}
		typ := bound(t, "dữ liệu\n  x "+declared).Flows[0].SlotOrder[0].Type
		for _, e := range examplesOf(t, lines) {
			got := ""
			v, problem := typ.ReadText(e.left, value.Context{Today: readmeDay})
			if problem == nil {
				got = typ.Show(v)
			} else {
				got = problem.Sentence
			}
			if got != e.right || (problem != nil) != e.refused {
				t.Errorf("line %d: %q as %s: %q, want %q", e.line, e.left, strings.TrimSpace(declared), got, e.right)
			}
		}
	}
}
