// Package value holds the data types of the flow language: what a slot can hold, how a resident's words are read into it,
// and how it is shown again. Every reader is total: any input gives a value or a Problem with a standard sentence, never a
// panic. The package knows no flow and no session; "today" comes in as a value.
package value

// Kind is a data type of the language.
type Kind uint8

// The kinds, in the order of design/language.md; the numbers are part of the session codec: append only.
const (
	Unset   Kind = iota
	Text         // chữ: S
	Number       // số: N
	Money        // tiền: N in đồng
	Date         // ngày: N is the day number (days since 1970-01-01, civil, UTC+7)
	Phone        // điện thoại: S, canonical "0912345678"
	Ward         // phường: S, the code
	Choice       // chọn: N is the option's index, S its name
	YesNo        // có/không: N is 1 or 0
	Images       // ảnh a..b: Media
	Files        // tệp a..b: Media
	Place        // vị trí: S is the text shown; Media[0] the coordinates when a place was shared
	Choices      // chọn nhiều: N is the bit set of the chosen options, at most 63
	Story        // kể: Media, in the order told; words are pieces of Kind "text"
)

// Media is one attachment a resident sent.
type Media struct {
	Kind string // "image", "file", "video", "audio", "location"; in a Story also "text"
	URL  string
	Name string
	Size int64
	Lat  string // locations only, as sent (strings on the wire)
	Long string
	Text string `json:",omitempty"` // "text" pieces: the words; "location": the place's name
}

// Value is one value; which fields mean something depends on Kind. The zero Value is unset. A Media slice is never changed
// in place: to add one, copy.
type Value struct {
	Kind  Kind
	N     int64
	S     string
	Media []Media
}

// IsSet reports whether v holds anything.
func (v Value) IsSet() bool { return v.Kind != Unset }

// Option is one choice of a Choice or Choices type.
type Option struct {
	Name     string
	Label    string
	Synonyms []string
}

// Type is a kind with its bounds. Min and Max count runes for Text, pieces for Images, Files and Story, options for Choices,
// and are the values themselves for Number, Money and Date; HasMin and HasMax say whether they were written.
type Type struct {
	Kind           Kind
	Min, Max       int64
	HasMin, HasMax bool
	Options        []Option // Choice, Choices: as declared; Ward: the catalogue (code, full name, old names)

	index *index // what Prepare made; nil: readers make it when they need it
}
