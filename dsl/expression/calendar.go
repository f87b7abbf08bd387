package expression

import (
	"slices"
	"unicode/utf8"

	"hoithoai/dsl/office"
	"hoithoai/dsl/value"
)

// maxOpens bounds what mo_lai gives: "13 giờ 30 hôm nay", "7 giờ 30 thứ Hai 30/11/2026" and the remark behind it.
const maxOpens = 64

// neverOpens is what mo_lai gives where the office names no hours within a month.
const neverOpens = "giờ do đơn vị thông báo"

// opensAgain says in words when a kind of work is received next.
func opensAgain(env Env, a []value.Value) (value.Value, error) {
	today, minute := env.Today()
	o := env.Office()
	text, ok := o.Opening(a[0].S, today, minute)
	if !ok {
		text = neverOpens
	}
	return value.Value{Kind: value.Text, S: text}, nil
}

// workingDays are the functions whose result depends on which days are worked.
var workingDays = []string{"co_lam", "dang_mo", "mo_lai", "ngay_lam_viec"}

// AsksCalendar reports whether the expression asks the office's calendar: its holidays are then part of the answer.
func (x *Expr) AsksCalendar() bool { return x.calls(workingDays...) }

// CountsDays reports whether the value is a day that was reckoned by working days.
func (x *Expr) CountsDays() bool { return x.Type.Kind == value.Date && x.calls("ngay_lam_viec") }

// calls reports whether one of the functions is called, conditions not followed.
func (x *Expr) calls(names ...string) bool { return x.root.calls(names) }

func (n *node) calls(names []string) bool {
	if n.op == opCall && slices.Contains(names, n.fn.name) {
		return true
	}
	return slices.ContainsFunc(n.args, func(a *node) bool { return a.calls(names) })
}

// Remark says that a day the expression counted was reckoned without all holidays; "" where it was not, and for any other value.
func (x *Expr) Remark(env Env, v value.Value) string {
	if !v.IsSet() || !x.CountsDays() {
		return ""
	}
	today, _ := env.Today()
	return env.Office().Coverage(today, v.N).Remark()
}

// MaxRemark is the length of the longest Remark with the space before it, in runes; 0 where there never is one.
func (x *Expr) MaxRemark() int {
	if !x.CountsDays() {
		return 0
	}
	return 1 + max(office.MaxRemark, utf8.RuneCountInString(office.NotCounted.Remark()))
}
