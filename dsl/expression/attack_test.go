package expression

import (
	"runtime"
	"strings"
	"testing"
)

// attacks are the expressions of design/security.md, threat 6, and their kin.
var attacks = map[string]string{
	"nested all":      `all(1..900, all(1..900, all(1..900, # > 0)))`,
	"nested map":      `map(1..900, map(1..900, #))`,
	"filter":          `filter(1..1000000, true)`,
	"reduce":          `reduce(1..9000, #acc + #, 0)`,
	"sum of count":    `sum(1..1000, count(1..1000, true))`,
	"group":           `groupBy(1..9, #)`,
	"sort":            `sortBy(1..9, #)`,
	"let doubling":    `let a = ho_ten + ho_ten; let b = a + a; let c = b + b; c + c`,
	"range":           `1..1000000000`,
	"range in":        `1 in 1..1000000000`,
	"repeat":          `repeat("x", 1000000000)`,
	"repeat by pipe":  `"x" | repeat(1000000000)`,
	"ternary":         `true ? 1 : 2`,
	"coalesce":        `nil ?? 1`,
	"whole env":       `$env`,
	"whole env field": `$env["ho_ten"]`,
	"global builtin":  `::len("x")`,
	"method":          `ho_ten.String()`,
	"json":            `toJSON(zalo)`,
	"get":             `get(zalo, "ten")`,
	"index":           `zalo["te" + "n"]`,
	"optional chain":  `zalo?.ten`,
	"huge integer":    `1` + strings.Repeat("0", 400),
	"huge float":      `1e308 * 1e308`,
	"huge hex":        `0xFFFFFFFFFFFFFFFFFFFF`,
	"parentheses":     strings.Repeat("(", 10_000) + "1" + strings.Repeat(")", 10_000),
	"short nesting":   strings.Repeat("(", 500) + "1" + strings.Repeat(")", 500),
	"brackets":        strings.Repeat("[", 500) + "1" + strings.Repeat("]", 500),
	"minus signs":     strings.Repeat("-", 1000) + "1",
	"not not":         strings.Repeat("not ", 250) + "true",
	"long sum":        `1` + strings.Repeat("+1", 150),
	"too long":        `ho_ten == "` + strings.Repeat("a", MaxSource) + `"`,
	"long list":       `tuoi_dan in [` + strings.Repeat("1,", MaxList) + `1]`,
	"long pattern":    `ho_ten matches "` + strings.Repeat("a", MaxPattern+1) + `"`,
	"pattern bomb":    `ho_ten matches "((a{1000}){1000}){1000}"`,
	"runtime pattern": `ho_ten matches tinh`,
	"text bomb":       `(` + strings.Repeat("so_rong+", 90) + `so_rong)`,
	"list of calls":   `tuoi(ngay_sinh)` + strings.Repeat("+tuoi(ngay_sinh)", 22) + ` in [` + strings.Repeat("1,", 99) + `1]`,
	"open quote":      `"` + strings.Repeat("\\", 300),
	"NUL":             "ho_ten == \x00",
	"not UTF-8":       "ho_ten == \xff\xfe",
	"comment":         `1 /* ` + strings.Repeat("x", 300),
}

// TestAttacks holds that every attack is refused when it is compiled, with little memory: nothing of it ever runs. (Time is
// bounded by size: see limits.go; a timed test would only test the machine.)
func TestAttacks(t *testing.T) {
	scope, _ := newScope()
	wide := scope.Symbols["ho_ten"]
	wide.Type.Max = 1000
	scope.Symbols["so_rong"] = wide
	for name, src := range attacks {
		t.Run(name, func(t *testing.T) {
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			x, problems := Compile(src, scope)
			runtime.ReadMemStats(&after)
			if x != nil || len(problems) == 0 {
				t.Fatalf("accepted: %.60q", src)
			}
			for _, p := range problems {
				assertInside(t, src, p)
			}
			if used := after.TotalAlloc - before.TotalAlloc; used > 4<<20 {
				t.Errorf("refusing took %d bytes", used)
			}
		})
	}
}

// TestBudgetsAreWide holds that what people write stays far inside the budgets.
func TestBudgetsAreWide(t *testing.T) {
	t.Parallel()
	scope, _ := newScope()
	src := strings.TrimSuffix(strings.Repeat(`cho_o in ["thue", "nho"] and tuoi_dan >= 50 or `, 12), " or ")
	if _, problems := Compile(src, scope); problems != nil {
		t.Errorf("refused: %v", problems)
	}
}
