package value

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"hoithoai/dsl/fold"
)

// The bounds of a typed address, in runes.
const (
	minPlace = 3
	maxPlace = 200
)

const askPlace = "Anh/chị gửi vị trí, hoặc ghi địa chỉ (số nhà, đường, phường)."

// readPlace reads a typed address, or a typed pair of coordinates ("10.79, 106.78").
func (t Type) readPlace(text string) (Value, *Problem) {
	s := oneLine(text)
	n := utf8.RuneCountInString(s)
	switch {
	case n > maxPlace:
		return Value{}, problem(TooLong, "Anh/chị ghi địa chỉ ngắn hơn giúp, không quá "+strconv.Itoa(maxPlace)+" ký tự.")
	case fold.Key(s) == "":
		return Value{}, problem(NotUnderstood, askPlace)
	case n < minPlace:
		return Value{}, problem(TooShort, askPlace)
	}
	if m, ok := typedLocation(s); ok {
		return Value{Kind: Place, S: coordinates(m), Media: []Media{m}}, nil
	}
	if strings.Trim(fold.Key(s), "0123456789/.,:- ") == "" {
		return Value{}, problem(NotUnderstood, askPlace)
	}
	return Value{Kind: Place, S: s}, nil
}

// typedLocation reads two coordinates with decimals; "10,79" is none.
func typedLocation(s string) (Media, bool) {
	lat, long, ok := strings.Cut(s, ",")
	if !ok || !strings.Contains(lat, ".") || !strings.Contains(long, ".") {
		return Media{}, false
	}
	return location(Media{Kind: "location", Lat: lat, Long: long})
}

// readShared reads one shared location; its text is the caption where that is an address, else the coordinates.
func (t Type) readShared(media []Media, caption string, ctx Context) (Value, *Problem) {
	if len(media) != 1 || media[0].Kind != "location" {
		return Value{}, problem(WrongKind, t.Ask(ctx))
	}
	m, ok := location(media[0])
	if !ok {
		return Value{}, problem(NotUnderstood, askPlace)
	}
	v := Value{Kind: Place, S: coordinates(m), Media: []Media{m}}
	if typed, p := t.readPlace(caption); p == nil {
		v.S = typed.S
	}
	return v, nil
}

// location checks that m stands for a point on the earth and trims its coordinates.
func location(m Media) (Media, bool) {
	m.Lat, m.Long = strings.TrimSpace(m.Lat), strings.TrimSpace(m.Long)
	return m, isDegrees(m.Lat, 90) && isDegrees(m.Long, 180)
}

// isDegrees reports whether s is a plain decimal number with |s| ≤ limit; "NaN", "1e9" and hexadecimal are not.
func isDegrees(s string, limit float64) bool {
	if s == "" || len(s) > 32 || strings.Trim(s, "0123456789.-") != "" {
		return false
	}
	f, err := strconv.ParseFloat(s, 64)
	return err == nil && -limit <= f && f <= limit
}

func coordinates(m Media) string { return m.Lat + ", " + m.Long }

func oneLine(text string) string { return strings.Join(strings.Fields(fold.Clean(text)), " ") }
