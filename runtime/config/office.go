package config

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"unicode/utf8"

	"hoithoai/dsl/diag"
	"hoithoai/dsl/fold"
	"hoithoai/dsl/office"
	"hoithoai/dsl/value"
)

// Build makes the office as flows see it. The field nhan_tin is set exactly when tips can be sealed, phuong_cu exactly when old
// wards are named.
func (o Office) Build() (*office.Office, error) {
	f := &faults{file: "office " + o.ID}
	out := o.build(f, "office[1]")
	if err := f.all(); err != nil {
		return nil, err
	}
	return out, nil
}

// build is Build, and notes what is wrong; at is the path of the office.
func (o Office) build(f *faults, at string) *office.Office {
	out := &office.Office{
		ID: o.ID, Fields: map[string]string{}, Desks: o.Desks, DeskNames: o.Names,
		Hours: map[string]office.Week{}, Closed: map[int64]bool{}, Opened: map[int64]office.Day{},
		Off: map[string]bool{}, OldWards: o.OldWards,
	}
	maps.Copy(out.Fields, o.Fields)
	for _, name := range office.ComputedFields() {
		delete(out.Fields, name)
	}
	for _, fault := range out.Faults() {
		f.say(at+".don_vi."+fault.Field, fault.Says)
	}
	if len(o.TipKeys) > 0 {
		out.Fields["nhan_tin"] = "age"
	}
	for _, name := range o.FlowsOff {
		out.Off[name] = true
	}
	o.wards(out, f, at)
	o.calendar(out, f, at)
	return out
}

// wards checks the old wards and writes them as flows show them.
func (o Office) wards(out *office.Office, f *faults, at string) {
	if len(o.OldWards) == 0 {
		return
	}
	key := at + ".old_wards"
	if _, ok := out.Field("phuong"); !ok {
		f.add(key, "old_wards cần don_vi.phuong, tên phường nay", "old_wards need don_vi.phuong, the ward's name of today")
	}
	var names []string
	for _, text := range o.OldWards {
		name, district, _ := strings.Cut(text, ",")
		if fold.Key(name) == "" || fold.Clean(text) != text || strings.Contains(district, ",") || strings.ContainsAny(text, ";|\n") {
			f.add(key, "%q không phải tên phường cũ; viết ví dụ \"Phường 5, Quận Tân Bình\"", "%q is no old ward; write for example \"Phường 5, Quận Tân Bình\"", text)
		}
		names = append(names, strings.Join(strings.Fields(name+" "+district), " "))
	}
	joined := strings.Join(names, ", ")
	if n := utf8.RuneCountInString(joined); n > office.MaxField {
		f.add(key, "old_wards dài %d ký tự, nhiều nhất là %d", "old_wards have %d characters, at most %d fit", n, office.MaxField)
	}
	out.Fields["phuong_cu"] = joined
}

func (o Office) calendar(out *office.Office, f *faults, at string) {
	var err error
	if out.Holidays, err = office.National(); err != nil {
		f.add(at, "lịch nghỉ lễ: %v", "holidays: %v", err)
	}
	for _, work := range slices.Sorted(maps.Keys(o.Hours)) {
		week, err := office.ParseWeek(o.Hours[work])
		if err != nil {
			f.hours(at+".hours."+work, "hours."+work, err)
			continue
		}
		if work == "chung" {
			work = ""
		}
		out.Hours[work] = week
	}
	o.closedDays(out, f, at)
	o.openedDays(out, f, at)
}

func (o Office) closedDays(out *office.Office, f *faults, at string) {
	for _, text := range o.Closed {
		day, ok := f.day(at+".closed", "closed", text)
		if ok && out.Closed[day] {
			f.add(at+".closed", "closed: %s khai hai lần", "closed: %s stands twice", text)
		}
		if ok {
			out.Closed[day] = true
		}
	}
}

func (o Office) openedDays(out *office.Office, f *faults, at string) {
	for _, text := range slices.Sorted(maps.Keys(o.Opened)) {
		key := at + ".opened." + text
		day, ok := f.day(key, "opened", text)
		if !ok {
			continue
		}
		if out.Closed[day] {
			f.add(key, "opened: %s cũng nằm trong closed; chỉ giữ ở một nơi", "opened: %s is closed too; keep it in one of the two", text)
		}
		hours, err := office.ParseDay(o.Opened[text])
		if err != nil {
			f.hours(key, "opened "+text, err)
			continue
		}
		out.Opened[day] = hours
	}
}

// day reads a date; ok is false where it is none.
func (f *faults) day(key, name, text string) (day int64, ok bool) {
	v, err := value.Type{Kind: value.Date}.Parse(text)
	if err != nil {
		f.add(key, "%s: %q không phải ngày; viết NGÀY/THÁNG/NĂM, ví dụ 02/09/2026", "%s: %q is not a day; write DD/MM/YYYY", name, text)
		return 0, false
	}
	return v.N, true
}

// hours notes hours that cannot be read.
func (f *faults) hours(key, name string, err error) {
	if e, ok := errors.AsType[*office.HoursError](err); ok {
		f.say(key, diag.Sentence{VI: fmt.Sprintf("%s: giờ viết sai: %s", name, e.Says.VI), EN: fmt.Sprintf("%s: %v", name, err)})
		return
	}
	f.add(key, "%s: %v", "%s: %v", name, err)
}
