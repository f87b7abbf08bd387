package expression

import (
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"

	"hoithoai/dsl/value"
)

// evaluations are expressions with their values in newWorld.
var evaluations = []struct {
	src  string
	want value.Value
}{
	{`cho_o == "nho"`, yes(true)},
	{`cho_o != "nho"`, yes(false)},
	{`"nho" == cho_o`, yes(true)},
	{`cho_o in ["thue", "nho"]`, yes(true)},
	{`cho_o not in ["thue", "nho"]`, yes(false)},
	{`cho_o == cho_cu`, yes(true)},
	{`tre_em`, yes(false)},
	{`not tre_em`, yes(true)},
	{`tre_em or dong_y`, yes(true)},
	{`tre_em and dong_y`, yes(false)},
	{`tre_em == dong_y`, yes(false)},
	{`dong_y == true`, yes(true)},
	{`(tuoi_dan > 3) == dong_y`, yes(true)},
	{`tuoi_dan >= 50`, yes(true)},
	{`tuoi_dan < 52`, yes(false)},
	{`tuoi_dan <= 52`, yes(true)},
	{`tuoi_dan > 52`, yes(false)},
	{`18 <= tuoi_dan <= 75`, yes(true)},
	{`tuoi_dan in [51, 52]`, yes(true)},
	{`tuoi_dan > 51.5`, yes(true)},
	{`tuoi_dan * 1.5 == 78`, yes(true)},
	{`tuoi_dan + 1`, num(53)},
	{`-tuoi_dan + 1`, num(-51)},
	{`+tuoi_dan`, num(52)},
	{`tuoi_dan - so_con * 2`, num(48)},
	{`(tuoi_dan - so_con) * 2`, num(100)},
	{`lam_tron(co_ban * 1.35 + tuoi_dan * 2)`, num(1319)},
	{`lam_tron(so_con * 0.25)`, num(1)},
	{`lam_tron(so_con * 0.2)`, num(0)},
	{`lam_tron(-so_con * 0.25)`, num(-1)},
	{`lam_tron(tuoi_dan)`, num(52)},
	{`lam_tron(gia * 1.0005)`, dong(1501)},
	{`gia * 2 + 500`, dong(3_500)},
	{`2 * gia`, dong(3_000)},
	{`gia > 1000`, yes(true)},
	{`gia == 1500`, yes(true)},
	{`tien(tuoi_dan * 2) + gia`, dong(1_604)},
	{`phi`, dong(7_000)},
	{`ho_ten == "Nguyễn Thị Lan"`, yes(true)},
	{`tinh in ["hanoi", "hue"]`, yes(true)},
	{`ho_ten + " (" + tinh + ")"`, text("Nguyễn Thị Lan (hue)")},
	{`so_may matches "^0\\d{9}$"`, yes(true)},
	{`ho_ten matches "^[a-z]+$"`, yes(false)},
	{`ho_ten not matches "^[a-z]+$"`, yes(true)},
	{`so_may == "0912345678"`, yes(true)},
	{`so_may == "+84 912 345 678"`, yes(true)},
	{`so_may in ["113", "114"]`, yes(false)},
	{`hom_nay()`, onDate(dayOf(2026, 11, 24))},
	{`ngay_hen > hom_nay()`, yes(true)},
	{`tuoi(ngay_sinh)`, num(51)},
	{`tuoi(ngay_sinh) >= 52`, yes(false)},
	{`so_ngay(hom_nay(), ngay_hen)`, num(2)},
	{`them_ngay(hom_nay(), 2) == ngay_hen`, yes(true)},
	{`them_thang(ngay_hen, 3)`, onDate(dayOf(2027, 2, 26))},
	{`them_nam(ngay_sinh, 18)`, onDate(dayOf(1992, 11, 25))},
	{`vao_ngay(phi, ngay_hen) == 1`, value.Value{}}, // no value on that day: see TestFactOnAnotherDay
	{`dang_mo("cu_tru")`, yes(true)},
	{`mo_lai("cu_tru")`, text("13 giờ hôm nay")},
	{`co_lam("cu_tru", ngay_hen)`, yes(true)},
	{`co_lam("cu_tru", them_ngay(ngay_hen, -1))`, yes(false)},
	{`ngay_lam_viec(hom_nay(), 1)`, onDate(dayOf(2026, 11, 26))},
	{`che(so_may)`, text("0912•••678")},
	{`che(ho_ten)`, text("•••")},
	{`co(so_con) and so_con > 1`, yes(true)},
	{`co(anh)`, yes(true)},
	{`co(zalo.ten) and zalo.ten == "Lan"`, yes(true)},
	{`don_vi.ten == "Công an phường An Đông"`, yes(true)},
	{`co(don_vi.email)`, yes(false)},
	{`can_giay_thue`, yes(true)},
	{`ca_hai and not tre_em`, yes(true)},
	{`cho_o`, chosen(1)},
	{`1.5 * 2 == 3`, yes(true)},
	{`true`, yes(true)},
}

func TestEval(t *testing.T) {
	t.Parallel()
	scope, _ := newScope()
	for _, tc := range evaluations {
		if !tc.want.IsSet() {
			continue
		}
		t.Run(tc.src, func(t *testing.T) {
			t.Parallel()
			x, problems := Compile(tc.src, scope)
			if problems != nil {
				t.Fatalf("Compile: %v", problems)
			}
			got, err := x.Eval(newWorld())
			if err != nil {
				t.Fatalf("Eval: %v", err)
			}
			if diff := cmp.Diff(tc.want, got); diff != "" {
				t.Errorf("Eval (-want +got):\n%s", diff)
			}
			if got.Kind != x.Type.Kind {
				t.Errorf("kind %v, declared %v", got.Kind, x.Type.Kind)
			}
		})
	}
}

// TestBothWays runs every expression directly and on the machine.
func TestBothWays(t *testing.T) {
	t.Parallel()
	scope, _ := newScope()
	for _, tc := range evaluations {
		x, problems := Compile(tc.src, scope)
		if problems != nil {
			t.Fatalf("Compile(%q): %v", tc.src, problems)
		}
		assertBothWays(t, x, newWorld())
	}
}

// fataler is what *testing.T and *rapid.T share.
type fataler interface {
	Helper()
	Fatalf(format string, args ...any)
}

// assertBothWays holds the direct evaluation and the machine equal, errors included.
func assertBothWays(t fataler, x *Expr, env Env) {
	t.Helper()
	m, err := newMachine(x.root)
	if err != nil {
		t.Fatalf("machine of %q: %v", x.Source, err)
	}
	direct, directErr := x.root.eval(env)
	run, runErr := m.run(x, env)
	for _, sentinel := range []error{ErrUnset, ErrKind, ErrRange, ErrLength} {
		if errors.Is(directErr, sentinel) != errors.Is(runErr, sentinel) {
			t.Fatalf("%q: directly %v, machine %v", x.Source, directErr, runErr)
		}
	}
	if (directErr == nil) != (runErr == nil) {
		t.Fatalf("%q: directly %v, machine %v", x.Source, directErr, runErr)
	}
	if diff := cmp.Diff(direct, run); directErr == nil && diff != "" {
		t.Fatalf("%q (-direct +machine):\n%s", x.Source, diff)
	}
}

func TestFactOnAnotherDay(t *testing.T) {
	t.Parallel()
	scope, _ := newScope()
	x, problems := Compile(`vao_ngay(phi, ngay_hen)`, scope)
	if problems != nil {
		t.Fatal(problems)
	}
	w := newWorld()
	if _, err := x.Eval(w); !errors.Is(err, ErrUnset) {
		t.Errorf("on a day without a value: %v, want ErrUnset", err)
	}
	w.values["ngay_hen"] = onDate(dayOf(2026, 1, 1))
	if got, err := x.Eval(w); err != nil || got.N != 15_000 || got.Kind != value.Money {
		t.Errorf("got %v, %v", got, err)
	}
}

func TestEvalUnset(t *testing.T) {
	t.Parallel()
	scope, _ := newScope()
	for _, tc := range []struct {
		src   string
		unset string
		want  any // error or yes/no
	}{
		{`tre_em`, "tre_em", ErrUnset},
		{`tre_em and dong_y`, "tre_em", ErrUnset},
		{`dong_y and tre_em`, "tre_em", ErrUnset},
		{`dong_y or tre_em`, "tre_em", true},
		{`not tre_em`, "tre_em", ErrUnset},
		{`cho_o in ["thue"]`, "cho_o", ErrUnset},
		{`cho_o == cho_cu`, "cho_cu", ErrUnset},
		{`tre_em == dong_y`, "tre_em", ErrUnset},
		{`co(so_con) and so_con > 1`, "so_con", false},
		{`so_con > 1 or dong_y`, "so_con", ErrUnset},
		{`ho_ten matches "a"`, "ho_ten", ErrUnset},
		{`tuoi(ngay_sinh) > 3`, "ngay_sinh", ErrUnset},
		{`dong_y or tuoi(ngay_sinh) > 3`, "ngay_sinh", true},
		{`biet_con and so_con > 0`, "so_con", false},
		{`can_giay_thue`, "cho_o", ErrUnset},
		{`zalo.ten == "Lan"`, "zalo.ten", ErrUnset},
		{`co(zalo.ten)`, "zalo.ten", false},
	} {
		t.Run(tc.src, func(t *testing.T) {
			t.Parallel()
			x, problems := Compile(tc.src, scope)
			if problems != nil {
				t.Fatal(problems)
			}
			w := newWorld()
			delete(w.values, tc.unset)
			assertBothWays(t, x, w)
			got, err := x.Bool(w)
			if want, isErr := tc.want.(error); isErr {
				if !errors.Is(err, want) {
					t.Fatalf("got %v, %v; want %v", got, err, want)
				}
				return
			}
			if err != nil || got != tc.want.(bool) {
				t.Errorf("got %v, %v; want %v", got, err, tc.want)
			}
		})
	}
}

func TestEvalRefusesForeignValues(t *testing.T) {
	t.Parallel()
	scope, _ := newScope()
	for _, tc := range []struct {
		src, name string
		value     value.Value
		want      error
	}{
		{`so_con + 1`, "so_con", text("2"), ErrKind},
		{`so_con + 1`, "so_con", num(21), ErrRange},
		{`so_con + 1`, "so_con", num(-1), ErrRange},
		{`tre_em`, "tre_em", num(1), ErrKind},
		{`tuoi(ngay_sinh)`, "ngay_sinh", num(1), ErrKind},
		{`ho_ten + tinh`, "ho_ten", text(string(make([]byte, MaxText))), ErrLength},
	} {
		x, problems := Compile(tc.src, scope)
		if problems != nil {
			t.Fatal(problems)
		}
		w := newWorld()
		w.values[tc.name] = tc.value
		assertBothWays(t, x, w)
		if _, err := x.Eval(w); !errors.Is(err, tc.want) {
			t.Errorf("%q with %s = %v: %v, want %v", tc.src, tc.name, tc.value.Kind, err, tc.want)
		}
	}
}

// TestBoolOfOtherKinds holds that only a yes or no is a condition.
func TestBoolOfOtherKinds(t *testing.T) {
	t.Parallel()
	scope, _ := newScope()
	for _, src := range []string{`tuoi_dan`, `tuoi_dan + 1`, `lam_tron(co_ban * 1.5)`, `ho_ten`, `cho_o`, `5`, `ho_ten + "x"`} {
		x, problems := Compile(src, scope)
		if problems != nil {
			t.Fatal(problems)
		}
		if ok, err := x.Bool(newWorld()); ok || !errors.Is(err, ErrKind) {
			t.Errorf("Bool(%s) = %v, %v; want ErrKind", src, ok, err)
		}
		if isConst, _ := x.Always(); isConst {
			t.Errorf("%s is no condition, but always the same", src)
		}
	}
}
