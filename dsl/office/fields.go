package office

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"unicode/utf8"

	"hoithoai/dsl/diag"
	"hoithoai/dsl/fold"
)

// MaxField is the longest text of don_vi.*, in runes.
const MaxField = 200

// field is one field of don_vi.*: its name and whether an office must have it.
type field struct {
	name     string
	required bool
}

// fields are all fields of don_vi.*, in the order an office fills them in.
var fields = [...]field{
	{"ten", true},                  // the office's name as it speaks of itself: "Công an phường …"
	{"dia_chi", true},              // where it receives people: number, street, ward
	{"dien_thoai", true},           // its phone in office hours
	{"truc_ban", true},             // the phone of the duty desk, day and night
	{"gio_lam_viec", false},        // its hours as a sentence; Hours is what is reckoned with
	{"ban_do", false},              // address of a map page
	{"phuong", false},              // the ward it serves, full name
	{"tinh", false},                // the city or province
	{"cap_tren", false},            // the superior office's name
	{"dien_thoai_cap_tren", false}, // the superior office's phone, also for complaints about the office's own staff
	{"to_cao_can_bo", false},       // where complaints about police staff are taken, as a phrase with its phone
	{"email", false},               // public mail address
	{"trang_web", false},           // public web page
	{"nhan_tin", false},            // set by the program, never by hand: tips can be sealed and are taken
	{"phuong_cu", false},           // set by the program from OldWards: the wards of before that it covers
}

// KnownFields returns the names a flow may read as don_vi.NAME, in their usual order. The slice is the caller's.
func KnownFields() []string {
	names := make([]string, len(fields))
	for i, f := range fields {
		names[i] = f.name
	}
	return names
}

// ComputedFields returns the fields that the program sets itself; whatever an office writes there counts for nothing.
func ComputedFields() []string { return []string{"nhan_tin", "phuong_cu"} }

// RequiredFields returns the fields an office cannot do without: ten, dia_chi, dien_thoai, truc_ban.
func RequiredFields() []string {
	var names []string
	for _, f := range fields {
		if f.required {
			names = append(names, f.name)
		}
	}
	return names
}

// Field returns don_vi.name and whether the office has it. Neither a nil office nor an empty text has anything.
func (o *Office) Field(name string) (string, bool) {
	if o == nil {
		return "", false
	}
	text := o.Fields[name]
	return text, text != ""
}

// HasDesk reports whether conversations can be handed over to the desk.
func (o *Office) HasDesk(name string) bool { return o != nil && slices.Contains(o.Desks, name) }

// FieldFault is what is wrong with one text of don_vi.*.
type FieldFault struct {
	Field string        // its name
	Says  diag.Sentence // what is wrong and what to do, with the name
}

// Faults returns every required field that is missing, every field that no flow can read (with the names there are), and every
// text that is too long or holds control characters: missing ones first, then by name.
func (o *Office) Faults() []FieldFault {
	var faults []FieldFault
	for _, name := range RequiredFields() {
		if text, _ := o.Field(name); strings.TrimSpace(text) == "" {
			faults = append(faults, faulty(name, "chưa khai don_vi.%s", "don_vi.%s is missing", name))
		}
	}
	for _, name := range slices.Sorted(maps.Keys(o.Fields)) {
		if fault, wrong := checkField(name, o.Fields[name]); wrong {
			faults = append(faults, fault)
		}
	}
	return faults
}

// CheckFields reports all Faults in one error.
func (o *Office) CheckFields() error {
	var faults []string
	for _, f := range o.Faults() {
		faults = append(faults, f.Says.EN)
	}
	if len(faults) == 0 {
		return nil
	}
	return fmt.Errorf("check office %q: %s", o.ID, strings.Join(faults, "; "))
}

func faulty(name, vi, en string, args ...any) FieldFault {
	return FieldFault{Field: name, Says: diag.Sentence{VI: fmt.Sprintf(vi, args...), EN: fmt.Sprintf(en, args...)}}
}

func checkField(name, text string) (fault FieldFault, wrong bool) {
	switch n := utf8.RuneCountInString(text); {
	case !slices.Contains(KnownFields(), name):
		known := strings.Join(KnownFields(), ", ")
		return faulty(name, "không có mục don_vi.%s; các mục là %s", "don_vi.%s is no field; known are %s", name, known), true
	case n > MaxField:
		return faulty(name, "don_vi.%s có %d ký tự, nhiều nhất là %d", "don_vi.%s has %d characters, at most %d fit", name, n, MaxField), true
	case fold.Clean(text) != text || strings.Contains(text, "\n"):
		return faulty(name, "don_vi.%s có khoảng trắng ở hai đầu, dấu xuống dòng hoặc ký tự không thấy được",
			"don_vi.%s has spaces at its ends, line breaks or invisible characters", name), true
	}
	return FieldFault{}, false
}
