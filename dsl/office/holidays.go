package office

import (
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"strconv"
	"strings"

	"hoithoai/dsl/value"
)

//go:embed holidays/*.txt
var holidayFiles embed.FS

// ErrHolidays is wrapped by every error of a table of holidays.
var ErrHolidays = errors.New("holidays not understood")

// Coverage says how far the holidays of a year are known.
type Coverage uint8

// How far the holidays of a year are known: nothing, the days fixed by law alone, all of them.
const (
	NotCounted Coverage = iota
	Partly
	Counted
)

// Remark is what a sentence adds to a day that was reckoned without all holidays; "" for Counted.
func (c Coverage) Remark() string {
	switch c {
	case NotCounted:
		return "(chưa tính ngày lễ)"
	case Partly:
		return "(chưa tính đủ ngày lễ)"
	}
	return ""
}

// MaxRemark is the length of the longest Remark, in runes.
const MaxRemark = 22

// Holidays are the days off of the civil service, year by year, and the Saturdays worked in exchange. It is immutable.
type Holidays struct {
	off   map[int64]string // day → its name
	makes map[int64]int64  // day worked → the day it makes up for
	years map[int]Coverage
}

// National returns the tables that come with the program: one file a year, its head names sources and confidence. What is in
// them is decided by law and each year's notices, never reckoned here.
func National() (*Holidays, error) {
	names, err := fs.Glob(holidayFiles, "holidays/*.txt")
	if err != nil {
		return nil, fmt.Errorf("list holidays: %w", err)
	}
	h := &Holidays{off: map[int64]string{}, makes: map[int64]int64{}, years: map[int]Coverage{}}
	for _, name := range names {
		text, err := fs.ReadFile(holidayFiles, name)
		if err != nil {
			return nil, fmt.Errorf("read holidays: %w", err)
		}
		year, err := strconv.Atoi(strings.TrimSuffix(path.Base(name), ".txt"))
		if err != nil {
			return nil, fmt.Errorf("%w: %s is named after no year", ErrHolidays, name)
		}
		if err := h.parse(year, string(text)); err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
	}
	return h, nil
}

// HolidaySource returns the text of a year's table with its sources; "" where there is none.
func HolidaySource(year string) string {
	text, err := fs.ReadFile(holidayFiles, "holidays/"+year+".txt")
	if err != nil {
		return ""
	}
	return string(text)
}

// ParseHolidays reads the table of one year. Its lines are "bảng đủ" or "bảng thiếu" (once), "nghỉ DD/MM/YYYY name" and "làm bù
// DD/MM/YYYY thay DD/MM/YYYY"; empty lines and those that begin with # are passed over.
func ParseHolidays(year int, text string) (*Holidays, error) {
	h := &Holidays{off: map[int64]string{}, makes: map[int64]int64{}, years: map[int]Coverage{}}
	if err := h.parse(year, text); err != nil {
		return nil, err
	}
	return h, nil
}

func (h *Holidays) parse(year int, text string) error {
	n := 0
	for line := range strings.Lines(text) {
		n++
		if line = strings.TrimSpace(line); line == "" || line[0] == '#' {
			continue
		}
		if err := h.line(year, line); err != nil {
			return fmt.Errorf("line %d: %w", n, err)
		}
	}
	if _, ok := h.years[year]; !ok {
		return fmt.Errorf("%w: the line “bảng đủ” or “bảng thiếu” is missing", ErrHolidays)
	}
	return nil
}

func (h *Holidays) line(year int, line string) error {
	if rest, ok := strings.CutPrefix(line, "nghỉ "); ok {
		date, name, _ := strings.Cut(rest, " ")
		return h.dayOff(year, date, strings.TrimSpace(name))
	}
	if rest, ok := strings.CutPrefix(line, "làm bù "); ok {
		date, instead, _ := strings.Cut(rest, " thay ")
		return h.makeUp(year, date, instead)
	}
	c, ok := map[string]Coverage{"bảng đủ": Counted, "bảng thiếu": Partly}[line]
	if _, twice := h.years[year]; !ok || twice {
		return fmt.Errorf("%w: %q", ErrHolidays, line)
	}
	h.years[year] = c
	return nil
}

func (h *Holidays) dayOff(year int, date, name string) error {
	day, err := dayIn(year, date)
	if err != nil {
		return err
	}
	if _, twice := h.off[day]; twice || name == "" {
		return fmt.Errorf("%w: %s stands twice or has no name", ErrHolidays, date)
	}
	h.off[day] = name
	return nil
}

func (h *Holidays) makeUp(year int, date, instead string) error {
	day, err := dayIn(year, date)
	if err != nil {
		return err
	}
	free, err := dayIn(year, instead)
	if err != nil {
		return err
	}
	const saturday = 5
	if _, twice := h.makes[day]; twice || value.Weekday(day) < saturday || value.Weekday(free) >= saturday {
		return fmt.Errorf("%w: %s stands twice, or is no weekend worked for a weekday", ErrHolidays, date)
	}
	h.makes[day] = free
	return nil
}

// dayIn reads DD/MM/YYYY of a year.
func dayIn(year int, date string) (int64, error) {
	v, err := value.Type{Kind: value.Date}.Parse(date)
	if err != nil {
		return 0, fmt.Errorf("%w: %q is no day; write DD/MM/YYYY", ErrHolidays, date)
	}
	if y, _, _ := value.Civil(v.N); y != year {
		return 0, fmt.Errorf("%w: %s is not in %d", ErrHolidays, date, year)
	}
	return v.N, nil
}

// Off returns the name of a holiday, and whether the day is one.
func (h *Holidays) Off(day int64) (name string, ok bool) {
	if h == nil {
		return "", false
	}
	name, ok = h.off[day]
	return name, ok
}

// MakesUp returns the weekday for which a day of the weekend is worked.
func (h *Holidays) MakesUp(day int64) (instead int64, ok bool) {
	if h == nil {
		return 0, false
	}
	instead, ok = h.makes[day]
	return instead, ok
}

// Covers returns how far the holidays of every year from one day to the other are known, in either order.
func (h *Holidays) Covers(from, to int64) Coverage {
	first, _, _ := value.Civil(min(from, to))
	last, _, _ := value.Civil(max(from, to))
	if h == nil || last-first > len(h.years) {
		return NotCounted
	}
	least := Counted
	for y := first; y <= last; y++ {
		least = min(least, h.years[y])
	}
	return least
}
