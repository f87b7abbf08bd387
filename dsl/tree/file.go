// Package tree is the syntax tree of flow files: what an author wrote, line by line, with the place of every word.
//
// The parser builds it and never repairs silently: a line it could not read is absent here and present in the diagnostics,
// and the node around it is marked Broken so that later passes report no consequences. The tree knows no meaning: names are
// not resolved, expressions and sentences are raw text with their span. Names of types here follow the keyword they stand for.
package tree

import (
	"time"

	"hoithoai/dsl/diag"
)

// Name is an identifier as written (ASCII snake_case once the parser accepted it).
type Name struct {
	Text string
	Span diag.Span
}

// Columns are the columns in the original of each rune of a text and of its end. nil: the text stands in the original as it is,
// so that a rune offset is a column; a line that was typed with the accents apart, or that lost hidden characters, does not.
type Columns []int

// Part is the place of the length runes from offset on, in the text that stands at whole.
func (c Columns) Part(whole diag.Span, offset, length int) diag.Span {
	part := whole
	part.EndLine = whole.Line
	if c == nil {
		part.Column, part.EndColumn = whole.Column+offset, whole.Column+offset+length
		return part
	}
	last := len(c) - 1
	part.Column, part.EndColumn = c[min(offset, last)], c[min(offset+length, last)]
	return part
}

// Str is the content of a quoted string; Span covers the content without the quotes.
type Str struct {
	Text    string
	Span    diag.Span
	Columns Columns
}

// Prose is raw text to the end of its line; Span starts at its first rune, and Columns says where the others stand.
type Prose struct {
	Text    string
	Span    diag.Span
	Columns Columns
}

// Expr is the raw text of an expression; offsets map to columns as in Prose.
type Expr struct {
	Text    string
	Span    diag.Span
	Columns Columns
}

// Date is a calendar day as written, DD/MM/YYYY; the parser has refused impossible days.
type Date struct {
	Day, Month, Year int
	Span             diag.Span
}

// Kind says which header opened a file.
type Kind uint8

// The kinds of flow file.
const (
	Flow   Kind = iota // luồng x "…"
	Sub                // luồng con x "…"
	Shared             // chung x
)

// Basis is one `căn cứ "…" hiệu lực NGÀY [rà soát NGÀY]`.
type Basis struct {
	Text      Str
	Effective *Date
	Review    *Date
	Span      diag.Span
}

// Flag is a header word that stands alone (`khi quan tâm`, `ẩn danh`, …); nil where absent. `khi quan tâm` and
// `khi không hiểu` may name the step where this trigger enters the flow (`khi không hiểu chua_hieu`): Step.
type Flag struct {
	Step *Name
	Span diag.Span
}

// Comment is a `#` line; the formatter keeps it. Line is where it stands.
type Comment struct {
	Text string
	Line int
}

// File is one .flow file (not a transcript).
type File struct {
	Path  string
	Kind  Kind
	Name  Name
	Title Str
	Span  diag.Span // of the opening line

	Bases     []Basis
	Keywords  []Str // từ khóa "…", "…"
	Except    []Str // trừ "…": phrases that mean this flow is not meant (emergencies: "trộm vía")
	OnFollow  *Flag // khi quan tâm
	Fallback  *Flag // khi không hiểu
	Emergency *Flag // khẩn cấp
	Anonymous *Flag // ẩn danh
	Unkept    *Flag // không giữ: what leads here is recognised before anything is stored, and is not stored
	Keep      *Keep
	Start     *Name // bắt đầu x

	Examples   []Prose // dân hỏi
	Slots      []*Slot
	Facts      []*Fact
	Conditions []*Condition
	Tasks      []*Task
	Always     *Always // mọi bước
	Steps      []*Step
	Comments   []Comment
	Broken     bool // a line of the file's own level could not be read
}

// Keep is `giữ SỐ giờ|ngày`.
type Keep struct {
	For  time.Duration
	Span diag.Span
}

// TypeRef is a type as written: the keyword in canonical spelling ("chữ", "số", "tiền", "ngày", "điện thoại", "phường",
// "chọn", "chọn nhiều", "kể", "có/không", "ảnh", "tệp", "vị trí") and its bounds where given.
type TypeRef struct {
	Keyword string
	Min     *int64
	Max     *int64
	Span    diag.Span
}

// Slot is one line of `dữ liệu` with its options.
type Slot struct {
	Name     Name
	Type     TypeRef
	Secret   bool // bảo mật
	Machine  bool // máy
	Optional bool // tùy
	In       bool // vào
	Out      bool // ra
	Opening  bool // từ lời đầu: the words that a flow is entered by may answer it
	Label    Str
	Purpose  *Str  // để "…"
	Former   *Name // tên cũ
	Options  []*Option
	Span     diag.Span
}

// Option is one choice of a `chọn`.
type Option struct {
	When     *Name
	Name     Name
	Label    Str
	Synonyms []Str
	Span     diag.Span
}

// Fact is one line (one period) of a `dữ kiện`; several lines of one name are its periods.
type Fact struct {
	Name  Name
	Type  TypeRef
	Value *Str // as written (15.000); nil for chưa rõ
	From  *Date
	To    *Date
	Basis Str
	Span  diag.Span
}

// Condition is `TÊN BT` under `điều kiện`.
type Condition struct {
	Name Name
	Expr Expr
	Span diag.Span
}

// Param is one parameter or result of a task.
type Param struct {
	Name     Name
	Type     TypeRef
	Secret   bool // bảo mật
	Optional bool // tùy: the argument may be unset (only a bare slot name can be)
}

// Task is a declared task (`tác vụ`).
type Task struct {
	Name         Name
	Params       []Param
	Results      []Param
	Errors       []Name
	Timeout      time.Duration // 0: the default, 30 s
	Irreversible bool          // không hoàn tác
	Span         diag.Span
}

// Always is `mọi bước`: what holds at every waiting step.
type Always struct {
	Listens  []*Listen
	Help     *Help
	Silences []*Silence
	Span     diag.Span
}

// Listen is `nghe "…", "…" -> đích`.
type Listen struct {
	Phrases []Str
	Target  Target
	Span    diag.Span
}

// Help is `trợ giúp` with its sentences.
type Help struct {
	Lines []Prose
	Span  diag.Span
}

// Silence is one `im lặng SỐ đơn-vị` with a target or a reminder.
type Silence struct {
	After   time.Duration
	Target  *Target
	Lines   []Prose
	Buttons []*Button
	Span    diag.Span
}
