package tree

import (
	"time"

	"hoithoai/dsl/diag"
)

// Tests is one x_test.flow file.
type Tests struct {
	Path     string
	Settings []*Setting // before the first test: hold for all
	Tests    []*Test
	Comments []Comment
	Broken   bool
}

// Test is one `thử LUỒNG "tên"`.
type Test struct {
	Flow  Name
	Title Str
	Lines []*TestLine
	Span  diag.Span
}

// TestLineKind says what a line of a transcript is.
type TestLineKind uint8

// The kinds of transcript line.
const (
	LineSetting TestLineKind = iota // hôm nay …, giả …
	LinePerson                      // Dân: …, Dân tiếp: …
	LineBot                         // Bot: …
	LineMachine                     // Máy: TÊN = kq
	LineAt                          // @ TÊN
	LineWait                        // … 30 phút
	LineEnd                         // kết thúc đạt|bỏ
)

// TestLine is one line; which fields are set depends on Kind. Text of a LinePerson or LineBot is all after the colon, trimmed:
// the runner reads `[Nhãn]`, `(ảnh x.jpg)`, `(quan tâm)`, `…` from it.
type TestLine struct {
	Kind    TestLineKind
	Setting *Setting
	Text    Prose
	Name    Name // LineAt: step; LineMachine: task
	Outcome *Outcome
	Wait    time.Duration
	Success bool
	Burst   bool // LinePerson, Dân tiếp: sent before the pause that ends the burst of the message above
	Span    diag.Span
}

// SettingKind says what a setting fixes.
type SettingKind uint8

// The settings of a transcript.
const (
	Today      SettingKind = iota // hôm nay NGÀY [GIỜ]
	FakeTask                      // giả làm TÊN = kq
	FakeCall                      // giả gọi TÊN = kq
	FakeZalo                      // giả zalo.TÊN = GIÁ-TRỊ
	FakeOffice                    // giả don_vi.TÊN = GIÁ-TRỊ
)

// Setting is one `hôm nay` or `giả` line.
type Setting struct {
	Kind    SettingKind
	Date    Date
	Minute  int // minutes after midnight; 0 where no GIỜ was given means 08:00 (HasTime false)
	HasTime bool
	Name    Name
	Outcome *Outcome
	Value   Str
	Span    diag.Span
}

// OutcomeKind is how a faked task or call ends.
type OutcomeKind uint8

// The outcomes.
const (
	OutcomeDone    OutcomeKind = iota // được / xong
	OutcomeError                      // lỗi [MÃ]
	OutcomeAbandon                    // bỏ dở
	OutcomeHang                       // treo
)

// Outcome is a `kq`: its kind, the error code where one was given, and the values of `{ tên: giá trị, … }` in order.
type Outcome struct {
	Kind   OutcomeKind
	Code   *Name
	Fields []Field
	Span   diag.Span
}

// Field is one `tên: giá trị`; Value holds the text without quotes.
type Field struct {
	Name  Name
	Value Str
}
