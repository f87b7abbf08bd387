package expression

import (
	"slices"
	"strings"

	"github.com/expr-lang/expr/ast"

	"hoithoai/dsl/diag"
	"hoithoai/dsl/fold"
	"hoithoai/dsl/value"
)

// refuseNode says of every construct of expr-lang that the language does not have why it is refused.
func (l *lowering) refuseNode(n ast.Node) *node {
	message, fix := l.refusal(n)
	return l.refuse(n, CodeNotUsable, message, fix)
}

func (l *lowering) refusal(n ast.Node) (message, fix diag.Sentence) {
	switch n := n.(type) {
	case *ast.NilNode:
		return say("Không dùng nil.", "nil is not used."), say("Hỏi co(tên) để biết đã có giá trị chưa.", "Ask co(name) whether there is a value.")
	case *ast.ConditionalNode:
		return say("Không dùng ?: hay if trong biểu thức.", "?: and if are not used in an expression."), say("Rẽ nhánh bằng các dòng nếu.", "Branch with nếu lines.")
	case *ast.VariableDeclaratorNode:
		return say("Không đặt biến bằng let.", "let is not used."), say("Đặt tên trong mục điều kiện, hoặc dùng tính.", "Name it under điều kiện, or use tính.")
	case *ast.SequenceNode:
		return say("Mỗi chỗ chỉ có một biểu thức, không dùng dấu ;.", "One place holds one expression; ; is not used."), diag.Sentence{}
	case *ast.BuiltinNode:
		return say("Không có hàm %s.", "There is no function %s.", n.Name), functionList()
	case *ast.PredicateNode, *ast.PointerNode:
		return say("Không dùng biểu thức trong ngoặc nhọn hay dấu #.", "Predicates and # are not used."), diag.Sentence{}
	case *ast.ArrayNode:
		return say("Danh sách chỉ đứng sau in.", "A list stands only after in."), say(`Ví dụ: cho_o in ["thue", "nho"].`, `For example: cho_o in ["thue", "nho"].`)
	case *ast.MapNode, *ast.PairNode:
		return say("Không dùng bảng {khóa: giá trị}.", "Maps are not used."), diag.Sentence{}
	case *ast.ChainNode:
		return say("Không dùng ?.", "?. is not used."), say("Hỏi co(tên) trước.", "Ask co(name) first.")
	case *ast.SliceNode:
		return say("Không cắt chữ hay danh sách bằng [a:b].", "Slices are not used."), diag.Sentence{}
	case *ast.BytesNode:
		return say("Không dùng chuỗi byte.", "Byte strings are not used."), diag.Sentence{}
	}
	return say("Cách viết này không dùng được trong biểu thức.", "This construct is not used in an expression."), diag.Sentence{}
}

// refusedOperators are the operators of expr-lang that the language does not have.
var refusedOperators = map[string]struct{ message, fix diag.Sentence }{
	"/":          {say("Không có phép chia.", "There is no division."), say("Nhân với số lẻ rồi lam_tron.", "Multiply by a decimal and use lam_tron.")},
	"%":          {say("Không có phép chia lấy dư.", "There is no remainder."), diag.Sentence{}},
	"**":         {say("Không có phép lũy thừa.", "There is no power."), diag.Sentence{}},
	"^":          {say("Không có phép lũy thừa.", "There is no power."), diag.Sentence{}},
	"..":         {say("Không dùng khoảng a..b.", "Ranges are not used."), say("So sánh bằng a <= x and x <= b.", "Compare with a <= x and x <= b.")},
	"??":         {say("Không dùng ??.", "?? is not used."), say("Hỏi co(tên) trước.", "Ask co(name) first.")},
	"contains":   {say("Không dùng contains.", "contains is not used."), say(`Dùng matches "mẫu".`, `Use matches "pattern".`)},
	"startsWith": {say("Không dùng startsWith.", "startsWith is not used."), say(`Dùng matches "^đầu".`, `Use matches "^start".`)},
	"endsWith":   {say("Không dùng endsWith.", "endsWith is not used."), say(`Dùng matches "cuối$".`, `Use matches "end$".`)},
}

func (l *lowering) refuseOperator(n *ast.BinaryNode) *node {
	if isDate(n) {
		return l.refuse(n, CodeNotUsable, say("Ngày không viết thẳng trong biểu thức.", "A date is not written into an expression."),
			say("Khai ngày ấy thành một dữ kiện rồi dùng tên của nó.", "Declare it as a fact and use its name."))
	}
	r, ok := refusedOperators[n.Operator]
	if !ok {
		r.message = say("Không dùng %s.", "%s is not used.", n.Operator)
	}
	return l.refuse(n, CodeNotUsable, r.message, r.fix)
}

// isDate says whether n is 24/11/2026, which is a division of divisions.
func isDate(n *ast.BinaryNode) bool {
	month, ok := n.Left.(*ast.BinaryNode)
	if !ok || n.Operator != "/" || month.Operator != "/" {
		return false
	}
	for _, part := range []ast.Node{month.Left, month.Right, n.Right} {
		if _, ok := part.(*ast.IntegerNode); !ok {
			return false
		}
	}
	return true
}

func functionList() diag.Sentence {
	names := strings.Join(functionNames(), ", ")
	return say("Các hàm có: %s.", "The functions are: %s.", names)
}

func (l *lowering) unknownName(n *ast.IdentifierNode) *node {
	if n.Value == "$env" {
		return l.refuse(n, CodeNotUsable, say("Không dùng $env.", "$env is not used."), diag.Sentence{})
	}
	names := make([]string, 0, len(l.scope.Symbols))
	for name := range l.scope.Symbols {
		names = append(names, name)
	}
	slices.Sort(names)
	fix := l.meant(n.Value)
	if fix == (diag.Sentence{}) {
		fix = suggest(n.Value, names)
	}
	if fix == (diag.Sentence{}) {
		fix = l.declareOrQuote(n.Value)
	}
	return l.refuse(n, CodeUnknownName, say("Không có dữ liệu, dữ kiện hay điều kiện nào tên %s.", "No data, fact or condition is named %s.", n.Value), fix)
}

// truths are the words people write for true and false.
var truths = map[string]string{
	"có": "true", "đúng": "true", "yes": "true", "True": "true", "TRUE": "true",
	"không": "false", "sai": "false", "no": "false", "False": "false", "FALSE": "false",
}

// meant is the fix for a name that was meant as a literal: an option without its quotes, có or không.
func (l *lowering) meant(word string) diag.Sentence {
	if literal, ok := truths[word]; ok {
		if literal == "false" && strings.TrimSpace(string(l.src)) == word { // never true: it was meant as the branch for all else
			return say("Viết tên dữ liệu có/không ở đây; nhánh cho mọi trường hợp khác viết: còn lại -> tên_bước.",
				"Write the name of a yes/no slot here; the branch for all else is: còn lại -> step.")
		}
		return say("Viết %s.", "Write %s.", literal)
	}
	for _, sym := range l.scope.Symbols {
		if slices.ContainsFunc(sym.Type.Options, func(o value.Option) bool { return o.Name == word }) {
			return say("Lựa chọn viết trong ngoặc kép: %q.", "An option stands in quotes: %q.", word)
		}
	}
	return diag.Sentence{}
}

// declareOrQuote is the fix for a name that is like no other: it is nearly an option, it lacks its declaration, or it is a text
// without its quotes.
func (l *lowering) declareOrQuote(word string) diag.Sentence {
	if near, ok := diag.Nearest(word, l.options()); ok {
		return say("Lựa chọn viết trong ngoặc kép: %q.", "An option stands in quotes: %q.", near)
	}
	name := strings.ReplaceAll(fold.Key(word), " ", "_")
	return say(`Khai dưới “dữ liệu”, ví dụ: %s   chữ 1..50   "…"; là chữ thì viết trong ngoặc kép: %q.`,
		`Declare it under “dữ liệu”, for example: %s   chữ 1..50   "…"; a text stands in quotes: %q.`, name, word)
}

// options are the names of all options in scope, in order.
func (l *lowering) options() []string {
	var out []string
	for _, sym := range l.scope.Symbols {
		for _, o := range sym.Type.Options {
			out = append(out, o.Name)
		}
	}
	slices.Sort(out)
	return out
}

// suggest names the nearest of names, if one is near.
func suggest(word string, names []string) diag.Sentence {
	near, ok := diag.Nearest(word, names)
	if !ok {
		return diag.Sentence{}
	}
	return say("Có phải %s?", "Did you mean %s?", near)
}

// suggestOrList is suggest, and the whole list where nothing is near.
func suggestOrList(word string, names []string) diag.Sentence {
	if near := suggest(word, names); near != (diag.Sentence{}) {
		return near
	}
	return say("Có: %s.", "There are: %s.", strings.Join(names, ", "))
}

func (l *lowering) member(n *ast.MemberNode) *node {
	owner, ok := n.Node.(*ast.IdentifierNode)
	field, isName := n.Property.(*ast.StringNode)
	at, length := extent(n)
	undotted := say("Dấu chấm chỉ dùng trong zalo.… và don_vi.….", "A dot is used only in zalo.… and don_vi.….")
	if !ok || !isName || n.Optional || n.Method || !l.dotted(n) {
		return l.report(CodeNotUsable, at, length, undotted, diag.Sentence{})
	}
	sym, names := fieldSymbol(owner.Value, field.Value)
	if names == nil {
		return l.report(CodeNotUsable, at, length, undotted, suggestField(owner.Value, field.Value))
	}
	if sym.Ref.Name == "" {
		return l.report(CodeUnknownField, at, length, say("Không có %s.%s.", "There is no %s.%s.", owner.Value, field.Value), suggestOrList(field.Value, names))
	}
	r := read(sym)
	r.at, r.len = owner.Location().From, n.Location().To-owner.Location().From
	return r
}

// suggestField is the fix for a dot behind what is neither zalo nor don_vi: the object that was meant, or the name alone.
func suggestField(owner, field string) diag.Sentence {
	near, ok := diag.Nearest(owner, []string{"don_vi", "zalo"})
	if !ok {
		return say("Viết một tên không có dấu chấm, ví dụ: %s.", "Write one name without a dot, for example: %s.", owner)
	}
	_, fields := fieldSymbol(near, field)
	if known, ok := diag.Nearest(field, fields); ok {
		field = known
	}
	return say("Có phải %s.%s?", "Did you mean %s.%s?", near, field)
}

// dotted says that the member is written with a dot, not as a["b"].
func (l *lowering) dotted(n *ast.MemberNode) bool { return !l.written(n, "[") }
