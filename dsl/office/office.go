// Package office is what a flow may know of the office that speaks: the fields of `don_vi.*`, its desks, and on which days
// and hours it receives whom. It is a value: the clock comes in as an argument. Reading it from configuration is not its work.
package office

// Office is one office as flows see it. Fields holds the texts of `don_vi.*` by name ("ten", "dia_chi", "dien_thoai",
// "gio_lam_viec", "ban_do", …: see Fields in fields.go for the list); an absent field is unset.
type Office struct {
	ID     string            // the Zalo Official Account's id; decimal string
	Fields map[string]string // don_vi.*
	Desks  []string          // names for chuyển người
	// DeskNames says who answers at a desk, as the beginning of a sentence ("Cán bộ cư trú"); the hours of a desk are those of
	// the work of its name.
	DeskNames map[string]string

	Hours  map[string]Week // by kind of work ("cu_tru"); "" is the office's own week
	Closed map[int64]bool  // day numbers on which nobody works (holidays), dated by the office
	Opened map[int64]Day   // day numbers worked against the week (swapped days)

	// Off are the flows that this office does not offer, by name: who asks for one is led to a person or the phone.
	Off map[string]bool
	// OldWards are the wards of before 01/07/2025 that the ward don_vi.phuong covers today, each with its old district behind a
	// comma ("Phường 5, Quận Tân Bình"): residents may name the ward by them.
	OldWards []string

	// Holidays is the civil service's calendar; Closed and Opened go before it. nil: no holidays are known.
	Holidays *Holidays
}

// Week is the hours of one kind of work, Monday first.
type Week [7]Day

// Day is the intervals of one day in minutes after midnight; empty: closed.
type Day []Interval

// Interval is [From, To) in minutes after midnight.
type Interval struct{ From, To int }
