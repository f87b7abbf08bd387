package expression

import (
	"fmt"
	"math"
	"slices"

	"github.com/expr-lang/expr/ast"

	"hoithoai/dsl/diag"
	"hoithoai/dsl/value"
)

// paramKind is what a function takes in one place.
type paramKind uint8

const (
	takesDate    paramKind = iota
	takesNumber            // a whole number
	takesFigure            // a number or an amount, decimals allowed
	takesText              // chữ, điện thoại
	takesLiteral           // a text written in the source
	takesFact              // the name of a fact
)

// function is one function of the language. run gets as many values as there are params, each of the kind asked for; a
// takesFact parameter arrives as the fact's index.
type function struct {
	name   string
	params []paramKind
	result value.Type
	shape  string // how it is written, for people
	run    func(env Env, args []value.Value) (value.Value, error)
}

// maxShift bounds the n of them_ngay and its kin to something like a calendar.
const maxShift = 4_000_000

// maxParams is the most parameters a function has.
const maxParams = 2

// functions is the whole list (design/language.md, Expressions), apart from co(x), which is syntax of its own.
var functions = map[string]*function{
	"hom_nay":       {"hom_nay", nil, dateType, "hom_nay()", today},
	"tuoi":          {"tuoi", []paramKind{takesDate}, value.Type{Kind: value.Number, Min: -9999, Max: 9999, HasMin: true, HasMax: true}, "tuoi(ngày)", age},
	"so_ngay":       {"so_ngay", []paramKind{takesDate, takesDate}, value.Type{Kind: value.Number, Min: -maxShift, Max: maxShift, HasMin: true, HasMax: true}, "so_ngay(từ ngày, đến ngày)", daysBetween},
	"them_ngay":     {"them_ngay", []paramKind{takesDate, takesNumber}, dateType, "them_ngay(ngày, số)", addDays},
	"them_thang":    {"them_thang", []paramKind{takesDate, takesNumber}, dateType, "them_thang(ngày, số)", addMonths},
	"them_nam":      {"them_nam", []paramKind{takesDate, takesNumber}, dateType, "them_nam(ngày, số)", addYears},
	"vao_ngay":      {"vao_ngay", []paramKind{takesFact, takesDate}, value.Type{}, "vao_ngay(dữ kiện, ngày)", factOn},
	"dang_mo":       {"dang_mo", []paramKind{takesLiteral}, yesNoType, `dang_mo("việc")`, openNow},
	"co_lam":        {"co_lam", []paramKind{takesLiteral, takesDate}, yesNoType, `co_lam("việc", ngày)`, worksOn},
	"mo_lai":        {"mo_lai", []paramKind{takesLiteral}, textUpTo(maxOpens), `mo_lai("việc")`, opensAgain},
	"ngay_lam_viec": {"ngay_lam_viec", []paramKind{takesDate, takesNumber}, dateType, "ngay_lam_viec(ngày, số)", addWorkingDays},
	"che":           {"che", []paramKind{takesText}, textUpTo(MaxMask), "che(chữ)", mask},
	"tien":          {"tien", []paramKind{takesNumber}, value.Type{Kind: value.Money}, "tien(số)", money},
	"lam_tron":      {"lam_tron", []paramKind{takesFigure}, value.Type{}, "lam_tron(số)", nil},
}

var (
	dateType  = value.Type{Kind: value.Date, Min: value.FirstDay, Max: value.LastDay, HasMin: true, HasMax: true}
	yesNoType = value.Type{Kind: value.YesNo}
)

func functionNames() []string {
	names := []string{"co"}
	for name := range functions {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

func date(day int64) (value.Value, error) {
	return value.Value{Kind: value.Date, N: min(max(day, value.FirstDay), value.LastDay)}, nil
}

func yesNo(b bool) (value.Value, error) { return value.Value{Kind: value.YesNo, N: truth(b)}, nil }

// shift makes a count of days, months or years of a number; beyond the calendar all are alike.
func shift(v value.Value) int { return int(min(max(v.N, -maxShift), maxShift)) }

func today(env Env, _ []value.Value) (value.Value, error) {
	day, _ := env.Today()
	return date(day)
}

func age(env Env, a []value.Value) (value.Value, error) {
	day, _ := env.Today()
	return value.Value{Kind: value.Number, N: int64(value.Age(a[0].N, day))}, nil
}

func daysBetween(_ Env, a []value.Value) (value.Value, error) {
	return value.Value{Kind: value.Number, N: a[1].N - a[0].N}, nil
}

func addDays(_ Env, a []value.Value) (value.Value, error) { return date(a[0].N + int64(shift(a[1]))) }

func addMonths(_ Env, a []value.Value) (value.Value, error) {
	return date(value.AddMonths(a[0].N, shift(a[1])))
}

func addYears(_ Env, a []value.Value) (value.Value, error) {
	return date(value.AddYears(a[0].N, shift(a[1])))
}

func factOn(env Env, a []value.Value) (value.Value, error) {
	v := env.Value(Ref{Kind: RefFactOn, Index: int(a[0].N), Name: a[0].S, Day: a[1].N})
	if !v.IsSet() {
		return v, fmt.Errorf("read %s on day %d: %w", a[0].S, a[1].N, ErrUnset)
	}
	return v, nil
}

func openNow(env Env, a []value.Value) (value.Value, error) {
	day, minute := env.Today()
	return yesNo(env.Office().OpenAt(a[0].S, day, minute))
}

func worksOn(env Env, a []value.Value) (value.Value, error) {
	return yesNo(env.Office().WorksOn(a[0].S, a[1].N))
}

func addWorkingDays(env Env, a []value.Value) (value.Value, error) {
	return date(env.Office().AddWorkingDays(a[0].N, shift(a[1])))
}

func mask(_ Env, a []value.Value) (value.Value, error) {
	return value.Value{Kind: value.Text, S: Mask(a[0])}, nil
}

func money(_ Env, a []value.Value) (value.Value, error) {
	return value.Value{Kind: value.Money, N: a[0].N}, nil
}

// call checks a call of one of the language's functions.
func (l *lowering) call(n *ast.CallNode) *node {
	callee, ok := n.Callee.(*ast.IdentifierNode)
	if !ok {
		return l.refuse(n, CodeNotUsable, say("Không gọi hàm của một giá trị.", "Methods are not called."), functionList())
	}
	if callee.Value == "co" {
		return l.ask(n)
	}
	fn, ok := functions[callee.Value]
	if !ok {
		return l.unknownFunction(n, callee.Value)
	}
	if len(n.Arguments) != len(fn.params) {
		return l.refuse(n, CodeArguments, say("%s cần %d giá trị, ở đây có %d.", "%s takes %d values, here are %d.", fn.name, len(fn.params), len(n.Arguments)),
			say("Viết %s.", "Write %s.", fn.shape))
	}
	args := make([]*node, len(n.Arguments))
	for i, a := range n.Arguments {
		args[i] = l.argument(fn, fn.params[i], a)
	}
	if slices.Contains(args, nil) {
		return nil
	}
	return l.place(n, l.applied(fn, args))
}

func (l *lowering) unknownFunction(n *ast.CallNode, name string) *node {
	fix := suggest(name, functionNames())
	if fix == (diag.Sentence{}) {
		fix = functionList()
	}
	return l.refuse(n, CodeUnknownFunction, say("Không có hàm %s.", "There is no function %s.", name), fix)
}

// ask is co(x): whether x has a value.
func (l *lowering) ask(n *ast.CallNode) *node {
	if len(n.Arguments) == 1 {
		arg := l.lower(n.Arguments[0])
		if arg == nil {
			return nil
		}
		if arg.op == opRead && arg.ref.Kind != RefCondition {
			return l.place(n, &node{op: opAsk, typ: yesNoType, ref: arg.ref, sym: arg.sym})
		}
	}
	return l.refuse(n, CodeArguments, say("co(…) hỏi một dữ liệu hay dữ kiện đã có giá trị chưa.", "co(…) asks whether one piece of data or a fact has a value."),
		say("Viết co(tên).", "Write co(name)."))
}

// argument checks one argument against what the function takes there.
func (l *lowering) argument(fn *function, want paramKind, a ast.Node) *node {
	arg := l.lower(a)
	if arg == nil {
		return nil
	}
	fits := false
	switch k := arg.typ.Kind; want {
	case takesDate:
		fits = k == value.Date
	case takesNumber:
		fits = k == value.Number && arg.scale == 0
	case takesFigure:
		fits = isNumeric(k)
	case takesText:
		fits = k == value.Text || k == value.Phone
	case takesLiteral:
		fits = k == value.Text && arg.op == opConst
	case takesFact:
		fits = arg.op == opRead && arg.ref.Kind == RefFact
	}
	if fits {
		return arg
	}
	return l.report(CodeArguments, arg.at, arg.len, say("Giá trị này không dùng được cho %s.", "This value does not fit %s.", fn.name),
		say("Viết %s.", "Write %s.", fn.shape))
}

// applied builds the call of fn; every argument has been checked.
func (l *lowering) applied(fn *function, args []*node) *node {
	switch fn.name {
	case "lam_tron":
		return rounded(args[0])
	case "vao_ngay":
		fact := args[0]
		index := &node{op: opConst, typ: value.Type{Kind: value.Number}, n: int64(fact.ref.Index), s: fact.ref.Name, ref: fact.ref, sym: fact.sym, at: fact.at, len: fact.len}
		r := &node{op: opCall, fn: fn, typ: fact.typ, args: []*node{index, args[1]}}
		r.hold(fact.typ)
		return r
	}
	r := &node{op: opCall, fn: fn, typ: fn.result, args: args}
	r.hold(fn.result)
	for _, a := range args {
		r.mask = r.mask || a.mask && fn.name != "che"
	}
	if fn.name == "tien" {
		r.lo, r.hi, r.min, r.max = args[0].lo, args[0].hi, math.MinInt64, math.MaxInt64
	}
	return r
}

func rounded(a *node) *node {
	if a.scale == 0 {
		return a
	}
	unit := int64(1)
	for range a.scale {
		unit *= 10
	}
	return &node{op: opRound, typ: value.Type{Kind: a.typ.Kind}, n: unit, lo: a.lo - 1, hi: a.hi + 1, mask: a.mask, args: []*node{a}}
}
