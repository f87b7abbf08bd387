package expression

import (
	"hoithoai/dsl/office"
	"hoithoai/dsl/value"
)

// world is an environment for tests: values by name, one day, one office.
type world struct {
	values map[string]value.Value
	onDay  map[int64]value.Value // the fact `phi` by day, for vao_ngay
	conds  map[string]*Expr
	day    int64
	minute int
	office *office.Office
}

func (w *world) Value(ref Ref) value.Value {
	switch ref.Kind {
	case RefFactOn:
		return w.onDay[ref.Day]
	case RefCondition:
		v, err := w.conds[ref.Name].Eval(w)
		if err != nil {
			return value.Value{}
		}
		return v
	case RefOffice:
		text, ok := w.office.Field(ref.Name)
		if !ok {
			return value.Value{}
		}
		return value.Value{Kind: value.Text, S: text}
	case RefZalo:
		return w.values["zalo."+ref.Name]
	}
	return w.values[ref.Name]
}

func (w *world) Today() (int64, int) { return w.day, w.minute }

func (w *world) Office() *office.Office { return w.office }

func dayOf(y, m, d int) int64 {
	n, _ := value.DayNumber(y, m, d)
	return n
}

// The values tests are written with.
func text(s string) value.Value  { return value.Value{Kind: value.Text, S: s} }
func num(n int64) value.Value    { return value.Value{Kind: value.Number, N: n} }
func dong(n int64) value.Value   { return value.Value{Kind: value.Money, N: n} }
func onDate(n int64) value.Value { return value.Value{Kind: value.Date, N: n} }
func phone(s string) value.Value { return value.Value{Kind: value.Phone, S: s} }
func yes(b bool) value.Value     { return value.Value{Kind: value.YesNo, N: truth(b)} }
func chosen(i int64) value.Value { return value.Value{Kind: value.Choice, N: i, S: dwellings[i].Name} }

var dwellings = []value.Option{
	{Name: "thue", Label: "Nhà thuê"}, {Name: "nho", Label: "Ở nhờ"}, {Name: "than", Label: "Nhà cha mẹ"}, {Name: "nha", Label: "Nhà của tôi"},
}

var symbolTypes = []struct {
	name string
	kind RefKind
	typ  value.Type
}{
	{"cho_o", RefSlot, value.Type{Kind: value.Choice, Options: dwellings}},
	{"cho_cu", RefSlot, value.Type{Kind: value.Choice, Options: dwellings}},
	{"tuoi_dan", RefSlot, value.Type{Kind: value.Number, Min: 18, Max: 75, HasMin: true, HasMax: true}},
	{"so_con", RefSlot, value.Type{Kind: value.Number, Min: 0, Max: 20, HasMin: true, HasMax: true}},
	{"so_lon", RefSlot, value.Type{Kind: value.Number}},
	{"tre_em", RefSlot, value.Type{Kind: value.YesNo}},
	{"dong_y", RefSlot, value.Type{Kind: value.YesNo}},
	{"ngay_sinh", RefSlot, value.Type{Kind: value.Date}},
	{"ngay_hen", RefSlot, value.Type{Kind: value.Date}},
	{"ho_ten", RefSlot, value.Type{Kind: value.Text, Min: 1, Max: 60, HasMin: true, HasMax: true}},
	{"tinh", RefSlot, value.Type{Kind: value.Text, Max: 60, HasMax: true}},
	{"so_may", RefSlot, value.Type{Kind: value.Phone}},
	{"gia", RefSlot, value.Type{Kind: value.Money, Min: 0, Max: 100_000_000, HasMin: true, HasMax: true}},
	{"anh", RefSlot, value.Type{Kind: value.Images}},
	{"co_ban", RefSlot, value.Type{Kind: value.Number, Min: 0, Max: 1_000_000, HasMin: true, HasMax: true}},
	{"mat", RefSlot, value.Type{Kind: value.Text, Max: 40, HasMax: true}},
	{"phi", RefFact, value.Type{Kind: value.Money}},
	{"han", RefFact, value.Type{Kind: value.Number}},
}

// newScope declares the names above and two conditions over them.
func newScope() (*Scope, map[string]*Expr) {
	s := &Scope{Symbols: map[string]Symbol{}}
	for i, d := range symbolTypes {
		s.Symbols[d.name] = Symbol{
			Ref: Ref{Kind: d.kind, Index: i, Name: d.name}, Type: d.typ,
			MayBeUnset: d.kind == RefSlot || d.name == "han", Mask: d.name == "mat",
		}
	}
	conds := map[string]*Expr{}
	for i, c := range [][2]string{
		{"can_giay_thue", `cho_o in ["thue", "nho"]`}, {"biet_con", `co(so_con)`}, {"lon_tuoi", `tuoi_dan >= 50`}, {"ca_hai", `can_giay_thue and lon_tuoi`},
	} {
		x, problems := CompileAs(c[1], s, yesNoType)
		if problems != nil {
			panic(problems)
		}
		conds[c[0]] = x
		s.Symbols[c[0]] = Symbol{Ref: Ref{Kind: RefCondition, Index: i, Name: c[0]}, Type: yesNoType, Cond: x}
	}
	return s, conds
}

// newWorld is a world with every value set.
func newWorld() *world {
	_, conds := newScope()
	week := office.Week{}
	for i := range 5 {
		week[i] = office.Day{{From: 450, To: 690}, {From: 780, To: 1020}}
	}
	today := dayOf(2026, 11, 24) // a Tuesday
	return &world{
		conds: conds, day: today, minute: 9 * 60,
		office: &office.Office{ID: "1", Fields: map[string]string{"ten": "Công an phường An Đông", "dia_chi": "12 Trần Phú"}, Hours: map[string]office.Week{"": week}, Closed: map[int64]bool{dayOf(2026, 11, 25): true}},
		onDay:  map[int64]value.Value{dayOf(2026, 1, 1): dong(15_000)},
		values: map[string]value.Value{
			"cho_o": chosen(1), "cho_cu": chosen(1), "tuoi_dan": num(52), "so_con": num(2), "so_lon": num(7), "tre_em": yes(false), "dong_y": yes(true),
			"ngay_sinh": onDate(dayOf(1974, 11, 25)), "ngay_hen": onDate(dayOf(2026, 11, 26)), "ho_ten": text("Nguyễn Thị Lan"), "tinh": text("hue"),
			"so_may": phone("0912345678"), "gia": dong(1_500), "anh": {Kind: value.Images, Media: []value.Media{{Kind: "image"}}},
			"co_ban": num(900), "mat": text("bí mật"), "phi": dong(7_000), "han": num(3), "zalo.ten": text("Lan"),
		},
	}
}

// positional is a world that finds slots by index, as a session does.
type positional struct {
	*world
	slots []value.Value
}

func (p *positional) Value(ref Ref) value.Value {
	switch ref.Kind {
	case RefSlot:
		return p.slots[ref.Index]
	case RefCondition:
		b, err := p.conds[ref.Name].Bool(p)
		if err != nil {
			return value.Value{}
		}
		return yes(b)
	}
	return p.world.Value(ref)
}

func newWorldBench() *positional {
	p := &positional{world: newWorld()}
	for _, d := range symbolTypes {
		p.slots = append(p.slots, p.values[d.name])
	}
	return p
}
