package expression

import (
	"slices"
	"strings"
	"testing"
)

// setness is what is known of the names of an expression: what it needs, and what is set once it came out yes or no.
var setness = []struct {
	src        string
	needs      string
	implies    string
	impliesNot string
}{
	// reads
	{`true`, "", "", ""},
	{`tre_em`, "tre_em", "tre_em", "tre_em"},
	{`not tre_em`, "tre_em", "tre_em", "tre_em"},
	{`phi > 3`, "", "", ""},
	{`han > 3`, "han", "han", "han"},
	{`zalo.ten == "Lan"`, "zalo.ten", "zalo.ten", "zalo.ten"},
	{`don_vi.ten == "x"`, "", "", ""},
	{`don_vi.email == "x"`, "don_vi.email", "don_vi.email", "don_vi.email"},

	// asking
	{`co(so_con)`, "", "so_con", ""},
	{`not co(so_con)`, "", "", "so_con"},
	{`co(don_vi.email)`, "", "don_vi.email", ""},
	{`co(so_con) and so_con > 1`, "", "so_con", ""},
	{`so_con > 1 and co(so_con)`, "so_con", "so_con", "so_con"},
	{`not co(so_con) or so_con > 1`, "", "", "so_con"},
	{`co(so_con) or so_con > 1`, "so_con", "so_con", "so_con"},
	{`co(so_con) and co(tinh)`, "", "so_con tinh", ""},
	{`co(so_con) or co(tinh)`, "", "", ""},
	{`not (co(so_con) or co(tinh))`, "", "", ""},
	{`not (not co(so_con) or not co(tinh))`, "", "so_con tinh", ""},
	{`co(so_con) == true`, "", "", ""},

	// and, or
	{`tre_em and dong_y`, "dong_y tre_em", "dong_y tre_em", "tre_em"},
	{`tre_em or dong_y`, "dong_y tre_em", "tre_em", "dong_y tre_em"},
	{`co(so_con) and so_con > 1 and tinh == "x"`, "tinh", "so_con tinh", ""},
	{`(co(so_con) and so_con > 1) or tre_em`, "tre_em", "", "tre_em"},
	{`(co(so_con) and so_con > 1) or (co(so_con) and so_con < 9)`, "", "so_con", ""},
	{`co(so_con) and (tre_em or so_con > 1)`, "tre_em", "so_con tre_em", ""},
	{`(not co(so_con) and tre_em) or co(so_con) and so_con > 1`, "tre_em", "", ""},

	// operands
	{`so_con > so_lon`, "so_con so_lon", "so_con so_lon", "so_con so_lon"},
	{`so_con + so_lon > 3`, "so_con so_lon", "so_con so_lon", "so_con so_lon"},
	{`tuoi(ngay_sinh) > 18`, "ngay_sinh", "ngay_sinh", "ngay_sinh"},
	{`so_ngay(ngay_sinh, ngay_hen) > 1`, "ngay_hen ngay_sinh", "ngay_hen ngay_sinh", "ngay_hen ngay_sinh"},
	{`vao_ngay(phi, ngay_hen) > 3`, "ngay_hen", "ngay_hen", "ngay_hen"},
	{`ho_ten matches "a"`, "ho_ten", "ho_ten", "ho_ten"},
	{`cho_o in ["thue"]`, "cho_o", "cho_o", "cho_o"},
	{`cho_o in ["thue"] and co(tinh)`, "cho_o", "cho_o tinh", "cho_o"},
	{`hom_nay() > ngay_hen`, "ngay_hen", "ngay_hen", "ngay_hen"},
	{`dang_mo("cu_tru")`, "", "", ""},
	{`co_lam("cu_tru", ngay_hen)`, "ngay_hen", "ngay_hen", "ngay_hen"},
	{`che(so_may) == "x"`, "so_may", "so_may", "so_may"},
	{`tre_em == dong_y`, "dong_y tre_em", "dong_y tre_em", "dong_y tre_em"},
	{`(tre_em and dong_y) == true`, "dong_y tre_em", "tre_em", "tre_em"},

	{`co(so_con) == tre_em`, "tre_em", "tre_em", "tre_em"},
	{`(co(so_con) and so_con > 3) == dong_y`, "dong_y", "dong_y", "dong_y"},
	{`vao_ngay(han, ngay_hen) > 3`, "han ngay_hen", "han ngay_hen", "han ngay_hen"},

	// conditions are followed
	{`can_giay_thue`, "cho_o", "cho_o", "cho_o"},
	{`biet_con`, "", "so_con", ""},
	{`biet_con and so_con > 1`, "", "so_con", ""},
	{`not biet_con or so_con > 1`, "", "", "so_con"},
	{`ca_hai`, "cho_o tuoi_dan", "cho_o tuoi_dan", "cho_o"},
	{`not ca_hai`, "cho_o tuoi_dan", "cho_o", "cho_o tuoi_dan"},
	{`ca_hai or tre_em`, "cho_o tre_em tuoi_dan", "cho_o", "cho_o tre_em"},
}

func TestSetness(t *testing.T) {
	t.Parallel()
	scope, _ := newScope()
	for _, tc := range setness {
		x := compileAll(t, scope, tc.src)[0]
		for _, part := range []struct {
			name string
			got  []Ref
			want string
		}{{"needs", x.Needs(), tc.needs}, {"implies", x.Implies(), tc.implies}, {"implies not", x.ImpliesNot(), tc.impliesNot}} {
			if got := sortedNames(part.got); got != part.want {
				t.Errorf("%s %s %q, want %q", tc.src, part.name, got, part.want)
			}
		}
	}
}

func sortedNames(refs []Ref) string {
	names := strings.Fields(namesOf(refs))
	slices.Sort(names)
	return strings.Join(names, " ")
}

// TestSetnessHolds evaluates every expression of the table with exactly what it needs set, and nothing more: it must not meet an
// unset value, and what its outcome implies must be set.
func TestSetnessHolds(t *testing.T) {
	t.Parallel()
	scope, _ := newScope()
	for _, tc := range setness {
		x := compileAll(t, scope, tc.src)[0]
		full, w := newWorld(), newWorld()
		clear(w.values)
		w.values["phi"] = full.values["phi"]
		w.office.Fields["email"] = "a@b.example"
		for _, r := range x.Needs() {
			if r.Kind != RefOffice {
				w.values[displayName(r)] = full.values[displayName(r)]
			}
		}
		if _, asks := w.values["ngay_hen"]; asks {
			w.onDay[w.values["ngay_hen"].N] = dong(1)
			if strings.Contains(tc.src, "vao_ngay(han") {
				w.onDay[w.values["ngay_hen"].N] = num(1)
			}
		}
		ok, err := x.Bool(w)
		if err != nil {
			t.Errorf("%s with %s set: %v", tc.src, tc.needs, err)
			continue
		}
		implied := x.ImpliesNot()
		if ok {
			implied = x.Implies()
		}
		for _, r := range implied {
			if !w.Value(r).IsSet() {
				t.Errorf("%s came out %v, which implies %s, but it is not set", tc.src, ok, displayName(r))
			}
		}
	}
}

// TestEachNeedIsNeeded unsets one need after the other: with some data each of them must be missed.
func TestEachNeedIsNeeded(t *testing.T) {
	t.Parallel()
	scope, _ := newScope()
	for _, tc := range setness {
		x := compileAll(t, scope, tc.src)[0]
		for _, r := range x.Needs() {
			if !missed(x, r) {
				t.Errorf("%s says that it needs %s, but never misses it", tc.src, displayName(r))
			}
		}
	}
}

// missed evaluates x without r, in worlds in which the other yes/no data differ.
func missed(x *Expr, r Ref) bool {
	for bits := range 8 {
		w := newWorld()
		w.values["tre_em"], w.values["dong_y"] = yes(bits&1 != 0), yes(bits&2 != 0)
		w.values["cho_o"] = chosen(int64(bits >> 2 & 1 * 3))
		delete(w.values, displayName(r))
		if bits&4 != 0 {
			delete(w.values, "so_con")
		}
		if r.Kind == RefOffice {
			delete(w.office.Fields, r.Name)
		}
		if _, err := x.Bool(w); err != nil {
			return true
		}
	}
	return false
}

// TestNeedsAfter holds what is left to be set where some is known already.
func TestNeedsAfter(t *testing.T) {
	t.Parallel()
	scope, _ := newScope()
	for _, tc := range []struct{ src, known, want string }{
		{`so_con > so_lon`, "", "so_con so_lon"},
		{`so_con > so_lon`, "so_con", "so_lon"},
		{`so_con > so_lon`, "so_con so_lon", ""},
		{`so_con > so_lon`, "tinh", "so_con so_lon"},
		{`can_giay_thue and tre_em`, "cho_o", "tre_em"},
		{`ca_hai`, "tuoi_dan", "cho_o"},
		{`co(tinh) and tinh == "x"`, "", ""},
		{`tinh == "x" or co(tinh)`, "tinh", ""},
	} {
		var known []Ref
		for _, name := range strings.Fields(tc.known) {
			known = append(known, scope.Symbols[name].Ref)
		}
		x := compileAll(t, scope, tc.src)[0]
		if got := sortedNames(x.NeedsAfter(known)); got != tc.want {
			t.Errorf("%s after %q needs %q, want %q", tc.src, tc.known, got, tc.want)
		}
	}
}

// TestReadsAndTests holds what an expression reads and what it asks, each once, conditions by their own name.
func TestReadsAndTests(t *testing.T) {
	t.Parallel()
	scope, _ := newScope()
	for _, tc := range []struct{ src, reads, tests string }{
		{`true`, "", ""},
		{`so_con > 1 and so_con < 9`, "so_con", ""},
		{`co(so_con) and so_con > 1`, "so_con", "so_con"},
		{`can_giay_thue and tre_em`, "can_giay_thue tre_em", ""},
		{`vao_ngay(phi, ngay_hen) > phi`, "ngay_hen phi", ""},
		{`zalo.ten == don_vi.ten`, "don_vi.ten zalo.ten", ""},
		{`co(don_vi.email) or co(zalo.ten)`, "don_vi.email zalo.ten", "don_vi.email zalo.ten"},
		{`hom_nay() > ngay_hen`, "ngay_hen", ""},
		{`lam_tron(co_ban * 1.5) + so_con > co_ban`, "co_ban so_con", ""},
	} {
		x := compileAll(t, scope, tc.src)[0]
		if reads, tests := sortedNames(x.Reads), sortedNames(x.Tests); reads != tc.reads || tests != tc.tests {
			t.Errorf("%s reads %q and asks %q, want %q and %q", tc.src, reads, tests, tc.reads, tc.tests)
		}
	}
}
