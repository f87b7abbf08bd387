package expression

import (
	"testing"

	"pgregory.net/rapid"

	"hoithoai/dsl/value"
)

// conditions draws a well-typed condition over the names of newScope.
func conditions(t *rapid.T, depth int) string {
	if depth > 0 && rapid.Bool().Draw(t, "deeper") {
		a, b := conditions(t, depth-1), conditions(t, depth-1)
		switch rapid.IntRange(0, 3).Draw(t, "joint") {
		case 0:
			return "not (" + a + ")"
		case 1:
			return "(" + a + " and " + b + ")"
		case 2:
			return "(" + a + ") == (" + b + ")"
		}
		return "(" + a + " or " + b + ")"
	}
	sign := rapid.SampledFrom([]string{"==", "!=", "<", "<=", ">", ">="})
	switch rapid.IntRange(0, 6).Draw(t, "test") {
	case 0:
		return numbers(t, 2) + " " + sign.Draw(t, "sign") + " " + numbers(t, 2)
	case 1:
		return "tuoi_dan " + sign.Draw(t, "sign") + " " + rapid.SampledFrom([]string{"17", "18", "30", "50", "75", "76"}).Draw(t, "age")
	case 2:
		return rapid.SampledFrom([]string{`cho_o == "thue"`, `cho_o in ["thue", "nho"]`, `cho_o != cho_cu`, `cho_cu not in ["nha"]`}).Draw(t, "choice")
	case 3:
		return dates(t) + " " + sign.Draw(t, "sign") + " " + dates(t)
	case 4:
		return rapid.SampledFrom([]string{`co(so_con)`, `co(tre_em)`, `can_giay_thue`, `lon_tuoi`, `ca_hai`, `biet_con`, `co(zalo.ten)`}).Draw(t, "name")
	case 5:
		return texts(t) + rapid.SampledFrom([]string{` == "hue"`, ` in ["hue", "Lan"]`, ` matches "^[a-z]+$"`, ` != tinh`}).Draw(t, "text test")
	}
	return rapid.SampledFrom([]string{"tre_em", "dong_y", `co_lam("x", ngay_hen)`, `dang_mo("x")`}).Draw(t, "yes/no")
}

func numbers(t *rapid.T, depth int) string {
	if depth > 0 && rapid.Bool().Draw(t, "deeper") {
		sign := rapid.SampledFrom([]string{"+", "-"}).Draw(t, "sign")
		switch rapid.IntRange(0, 2).Draw(t, "number") {
		case 0:
			return "(" + numbers(t, depth-1) + " " + sign + " " + numbers(t, depth-1) + ")"
		case 1:
			return "lam_tron(" + numbers(t, depth-1) + " * " + rapid.SampledFrom([]string{"1.35", "0.5", "2", "-0.25"}).Draw(t, "factor") + ")"
		}
		return "-" + numbers(t, depth-1)
	}
	return rapid.SampledFrom([]string{"tuoi_dan", "so_con", "co_ban", "7", "1.5", "tuoi(ngay_sinh)", "so_ngay(ngay_sinh, ngay_hen)"}).Draw(t, "number leaf")
}

func dates(t *rapid.T) string {
	return rapid.SampledFrom([]string{
		"ngay_sinh", "ngay_hen", "hom_nay()", "them_ngay(ngay_hen, so_con)", "them_nam(ngay_sinh, 18)", "ngay_lam_viec(hom_nay(), so_con)", "them_thang(ngay_sinh, tuoi_dan)",
	}).Draw(t, "date")
}

func texts(t *rapid.T) string {
	return rapid.SampledFrom([]string{"ho_ten", "tinh", `(tinh + "x")`, "che(ho_ten)", "che(so_may)", "zalo.ten", "don_vi.ten"}).Draw(t, "text")
}

// drawWorld draws values for every name, some of them unset.
func drawWorld(t *rapid.T) *world {
	w := newWorld()
	for _, d := range symbolTypes {
		if rapid.IntRange(0, 5).Draw(t, d.name+" unset") == 0 && d.name != "phi" {
			delete(w.values, d.name)
			continue
		}
		w.values[d.name] = drawValue(t, d.name, d.typ)
	}
	if rapid.Bool().Draw(t, "nameless") {
		delete(w.values, "zalo.ten")
	}
	return w
}

func drawValue(t *rapid.T, name string, typ value.Type) value.Value {
	v := value.Value{Kind: typ.Kind}
	switch typ.Kind {
	case value.Choice:
		return chosen(rapid.Int64Range(0, int64(len(typ.Options)-1)).Draw(t, name))
	case value.YesNo:
		v.N = rapid.Int64Range(0, 1).Draw(t, name)
	case value.Number, value.Money:
		lo, hi := bounds(typ)
		v.N = rapid.Int64Range(int64(lo), int64(hi)).Draw(t, name)
	case value.Date:
		v.N = rapid.Int64Range(dayOf(1900, 1, 1), dayOf(2100, 1, 1)).Draw(t, name)
	case value.Text:
		v.S = rapid.SampledFrom([]string{"hue", "Lan", "Nguyễn Văn A", "{x}", "1"}).Draw(t, name)
	case value.Phone:
		v.S = rapid.SampledFrom([]string{"0912345678", "02838291234", "113"}).Draw(t, name)
	case value.Images:
		v.Media = []value.Media{{Kind: "image"}}
	}
	return v
}

// TestSound draws expressions of every kind: the result has the declared kind, both evaluations agree, and only an unset
// read can fail.
func TestSound(t *testing.T) {
	t.Parallel()
	scope, _ := newScope()
	rapid.Check(t, func(rt *rapid.T) {
		var src string
		switch rapid.IntRange(0, 3).Draw(rt, "kind") {
		case 0:
			src = "lam_tron(" + numbers(rt, 3) + ")"
		case 1:
			src = dates(rt)
		case 2:
			src = texts(rt)
		default:
			src = conditions(rt, 3)
		}
		x, problems := Compile(src, scope)
		if problems != nil {
			rt.Fatalf("Compile(%q): %v", src, problems)
		}
		w := drawWorld(rt)
		assertBothWays(rt, x, w)
		v, err := x.Eval(w)
		if err == nil && v.Kind != x.Type.Kind {
			rt.Fatalf("%q gives %v, declared %v", src, v.Kind, x.Type.Kind)
		}
		if err == nil && isNumeric(v.Kind) && x.Type.HasMax && (v.N < x.Type.Min || v.N > x.Type.Max) {
			rt.Fatalf("%q gives %d, proved %d..%d", src, v.N, x.Type.Min, x.Type.Max)
		}
	})
}
