package program

import (
	"hoithoai/dsl/diag"
	"hoithoai/dsl/expression"
	"hoithoai/dsl/template"
)

// Step is one bước.
type Step struct {
	Index    int
	Name     string
	Actions  []Action
	Bubbles  []Bubble
	End      Ending
	Help     []template.Template
	Silences []Silence // where present, these alone hold
	Span     diag.Span // where it stands, for traces
}

// Action is `tính` (Slot and Expr) or `xóa hết` (Clear).
type Action struct {
	Clear bool
	Slot  int
	Expr  *expression.Expr
}

// BubbleKind says what a bubble carries.
type BubbleKind uint8

// The kinds of bubble.
const (
	Words BubbleKind = iota
	Picture
	Attachment
)

// Bubble is one message as the author wrote it. A Words bubble whose lines are all hidden by conditions is not sent.
type Bubble struct {
	Kind  BubbleKind
	Lines []Line // Words
	When  *expression.Expr
	Path  string            // Picture, Attachment: key of Program.Files
	Alt   template.Template // Picture, Attachment
	Links []Button          // mở / gọi số that belong to this bubble
}

// LineStyle says how a line is drawn.
type LineStyle uint8

// The styles of line.
const (
	Plain LineStyle = iota // a sentence
	Row                    // bảng: "Label: text"
	Point                  // danh sách: "• text"
)

// Line is one line of a bubble.
type Line struct {
	Style LineStyle
	When  *expression.Expr // nil: always
	Label *template.Template
	Text  template.Template
}

// ButtonKind says what a button does.
type ButtonKind uint8

// The kinds of button.
const (
	GoTo ButtonKind = iota
	Set
	Open
	Phone
)

// Button is one [NHÃN].
type Button struct {
	Kind    ButtonKind
	When    *expression.Expr
	Label   template.Template
	Target  Target
	Event   string           // GoTo: its name in the Machine, or ""
	Value   *expression.Expr // Set
	Address template.Template
}

// EndingKind says how a step ends.
type EndingKind uint8

// The endings.
const (
	Go EndingKind = iota
	Ask
	Menu
	Branch
	Call
	Do
	Human
	Finish
)

// Ending is a step's single ending; which fields are set depends on Kind.
type Ending struct {
	Kind EndingKind

	Next      Target // Go, Ask
	NextEvent string // its name in the Machine ("di", "tra_loi"), or ""

	Slot    int // Ask
	Buttons []Button
	Musts   []Must
	Wrong   []template.Template
	Limit   int // 0: none
	OnLimit Target
	LimitEv string

	Arms   []Arm // Branch; the last has a nil Expr for còn lại
	Callee int   // Call: flow; Do: task
	Args   []*expression.Expr
	Take   []int // slots that take results, by position
	Done   Target
	DoneEv string
	Quit   Target // Call: bỏ dở
	QuitEv string
	Fails  []Fail // Do; the one with Code "" is general

	Desk    string
	Success bool

	Consent *Consent // Menu that asks to agree: its first button agrees, its second refuses; nil in all others
}

// Consent is what a person agrees to: Version grows with every change of the words.
type Consent struct {
	Name    string
	Version int
}

// Must is one phải.
type Must struct {
	Expr  *expression.Expr
	Lines []template.Template
}

// Arm is one nếu.
type Arm struct {
	Expr   *expression.Expr
	Target Target
	Event  string
}

// Fail is one lỗi.
type Fail struct {
	Code   string
	Target Target
	Event  string
}
