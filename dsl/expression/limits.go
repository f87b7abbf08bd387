package expression

// Budgets of one expression (design/security.md, threat 6). They are static: what they admit terminates after a number of
// steps known when the flow is compiled, so no clock is needed to stop an evaluation.
const (
	MaxSource  = 1024 // bytes of source
	MaxNodes   = 200  // nodes of expr-lang's tree
	MaxNesting = 32   // open brackets
	MaxList    = 100  // literals of an `in […]`
	MaxText    = 4096 // bytes of a text that an expression makes
	MaxPattern = 200  // bytes of a `matches` pattern
	maxScale   = 6    // digits after the point of a decimal literal
	vmMemory   = 10_000
)

// Whole numbers and amounts without bounds of their own are held to maxInteger, the most that package value reads. Results
// are proved to stay below maxExact, where 64 bits count exactly.
const (
	maxInteger = 1e15
	maxExact   = 9e18
)

// tooDeep returns the offset in runes of the first bracket nested deeper than MaxNesting, or -1. Brackets inside quotes
// are text.
func tooDeep(src []rune) int {
	depth, quote := 0, rune(0)
	for i := 0; i < len(src); i++ {
		switch r := src[i]; {
		case quote != 0 && r == '\\':
			i++
		case quote != 0:
			if r == quote {
				quote = 0
			}
		case r == '"' || r == '\'' || r == '`':
			quote = r
		case r == '(' || r == '[' || r == '{':
			if depth++; depth > MaxNesting {
				return i
			}
		case r == ')' || r == ']' || r == '}':
			depth--
		}
	}
	return -1
}
