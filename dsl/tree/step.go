package tree

import "hoithoai/dsl/diag"

// Step is one `bước`: actions, then what is said, then exactly one ending.
type Step struct {
	Name     Name
	Former   *Name // tên cũ
	Actions  []*Action
	Body     []*Line
	End      *Ending // nil: none could be read, or none was written (then the parser has said so)
	Help     *Help
	Silences []*Silence
	Span     diag.Span // of the line `bước x`
	Broken   bool      // a line in it could not be read: report no consequences
}

// Action runs on entry: `tính TÊN = BT`, or `xóa hết` with Clear set.
type Action struct {
	Clear bool
	Slot  Name
	Expr  Expr
	Span  diag.Span
}

// LineKind says what a line of speech is.
type LineKind uint8

// The kinds of line in a step's body.
const (
	Say     LineKind = iota // | LỜI
	Picture                 // ảnh "đường dẫn" "chữ thay thế"
	Attach                  // tệp "đường dẫn" "tên hiện ra"
	Break                   // nói: a new bubble
	Table                   // bảng with Items
	List                    // danh sách with Items
	Link                    // [NHÃN] mở|gọi số "…"
)

// Line is one line of a step's body; which fields are set depends on Kind.
type Line struct {
	Kind   LineKind
	When   *Name
	Text   Prose   // Say
	Path   Str     // Picture, Attach
	Alt    Str     // Picture, Attach
	Items  []*Item // Table, List
	Button *Button // Link
	Span   diag.Span
}

// Item is one `*` row; Label is set where a table row has `NHÃN: `.
type Item struct {
	When  *Name
	Label *Prose
	Text  Prose
	Span  diag.Span
}

// ButtonKind says what a button does.
type ButtonKind uint8

// The kinds of button.
const (
	GoTo  ButtonKind = iota // [X] -> đích
	Set                     // [X] = BT
	Open                    // [X] mở "…"
	Phone                   // [X] gọi số "…"
)

// Button is one `[NHÃN]`.
type Button struct {
	When    *Name
	Label   Prose
	Kind    ButtonKind
	Target  Target
	Value   Expr
	Address Prose // the string of mở/gọi số; a template
	Span    diag.Span
}

// TargetKind says where a target leads.
type TargetKind uint8

// The kinds of target.
const (
	ToStep    TargetKind = iota // TÊN [rồi TÊN]
	ToFlow                      // luồng TÊN
	ToBack                      // quay lại
	ToRepeat                    // nhắc lại
	ToRestart                   // bắt đầu lại
)

// Target is an `đích`.
type Target struct {
	Kind   TargetKind
	Name   Name
	Return *Name // rồi TÊN
	Span   diag.Span
}

// EndingKind says which ending a step has.
type EndingKind uint8

// The endings.
const (
	Go     EndingKind = iota // -> đích
	Ask                      // hỏi TÊN … -> đích
	Menu                     // buttons only
	Branch                   // nếu … còn lại
	Call                     // gọi sub-flow
	Do                       // làm task
	Human                    // chuyển người
	Finish                   // kết thúc đạt|bỏ
	Agree                    // đồng ý TÊN bản SỐ, có, không
)

// Ending is how a step ends; which fields are set depends on Kind.
type Ending struct {
	Kind EndingKind
	Span diag.Span // of its first line

	Next *Target // Go; Ask's -> (nil when missing and reported)

	Slot    Name      // Ask
	Buttons []*Button // Ask, Menu; Agree: [Đồng ý] of có, then [Không đồng ý] of không
	Musts   []*Must   // Ask
	Wrong   []Prose   // sai | … (Ask, Menu)
	Limit   *Limit    // sai N lần -> đích

	Arms []*Arm  // Branch
	Else *Target // còn lại

	Callee  Name    // Call: flow; Do: task
	Args    []Expr  // Call, Do
	Take    []Name  // nhận
	Done    *Target // Call: xong; Do: được
	Abandon *Target // Call: bỏ dở
	Errors  []*Fail // Do: lỗi [MÃ] -> đích

	Desk    Name // Human
	Success bool // Finish: đạt

	Consent Name // Agree: what is agreed to
	Version int  // Agree: of its words, from 1
}

// The labels of an Agree ending. Neither is a default.
const (
	LabelAgree  = "Đồng ý"
	LabelRefuse = "Không đồng ý"
)

// Waits reports whether a person is waited for at the step itself; nil does not.
func (e *Ending) Waits() bool {
	return e != nil && (e.Kind == Ask || e.Kind == Menu || e.Kind == Agree)
}

// Must is `phải BT` with its own sentences.
type Must struct {
	Expr  Expr
	Lines []Prose
	Span  diag.Span
}

// Limit is `sai N lần -> đích`.
type Limit struct {
	Times  int
	Target Target
	Span   diag.Span
}

// Arm is `nếu BT -> đích`.
type Arm struct {
	Expr   Expr
	Target Target
	Span   diag.Span
}

// Fail is `lỗi [MÃ] -> đích`; Code is nil for the general one.
type Fail struct {
	Code   *Name
	Target Target
	Span   diag.Span
}
