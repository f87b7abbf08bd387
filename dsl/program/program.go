// Package program is the compiled bundle: what the engine executes. A Program is immutable once compiled, complete (no name
// is left to resolve) and named by the hash of its sources. Everything is held by index: flows, steps, slots, facts and tasks
// are positions in slices, so a session stores small numbers and the hot path touches no map.
//
// The compiler (package compile) builds it and only from a bundle without errors; nothing here checks anything.
package program

import (
	"time"

	"hoithoai/dsl/expression"
	"hoithoai/dsl/template"
	"hoithoai/dsl/value"
)

// None is the index that means "there is none".
const None = -1

// Program is a whole bundle.
type Program struct {
	Hash         string // lower-case hex SHA-256 over the sorted sources (paths and contents)
	Flows        []*Flow
	Facts        []*Fact
	Tasks        []*Task
	Shared       Always            // the mọi bước of all chung files
	OnFollow     int               // flow index of khi quan tâm, or None
	Fallback     int               // flow index of khi không hiểu, or None
	FollowStep   int               // step of OnFollow where a follow enters (khi quan tâm TÊN); the flow's Start where none is named
	FallbackStep int               // likewise for Fallback
	Emergency    []int             // flows with khẩn cấp
	Unkept       []int             // flows with không giữ
	Files        map[string][]byte // attachments by path as written in flows
}

// Flow is one luồng or luồng con.
type Flow struct {
	Index      int
	Name       string
	Title      string
	Sub        bool
	Anonymous  bool
	Unkept     bool
	Emergency  bool
	Keep       time.Duration
	Keywords   []string // as written; the matcher folds them
	Except     []string
	Examples   []string
	Slots      []Slot
	Conditions []Condition // of this flow and of the chung files, by the order expressions refer to them
	Steps      []*Step
	Start      int
	Always     Always
	In, Out    []int // slots by position
	Machine    Machine
}

// Machine is the static part of the flow as looplab/fsm sees it: every outcome that has one destination inside the flow.
// Event names are unique per source step; Transitions are what fsm.NewFSM is given. Dynamic targets (quay lại, rồi, calls,
// digressions) are not in it: the engine uses SetState for them.
type Machine struct {
	States      []string // by step index; the step's name
	Transitions []Transition
}

// Transition is one static outcome.
type Transition struct {
	Event string // "di", "tra_loi", "nut:2", "nhanh:1", "con_lai", "xong", "bo_do", "duoc", "loi:trung", "sai", "im_lang:1", "nghe:0"
	From  int
	To    int
}

// Slot is one declared datum.
type Slot struct {
	Name     string
	Type     value.Type
	Label    string
	Purpose  string
	Secret   bool
	Machine  bool
	Optional bool
	Opening  bool // the words by which a person entered the flow may answer it (từ lời đầu)
	// When holds, per option of a Choice, the condition that shows it; nil entries are always shown.
	When []*expression.Expr
}

// Condition is a named expression.
type Condition struct {
	Name string
	Expr *expression.Expr
}

// Fact is a dated fact: its periods in order of validity.
type Fact struct {
	Name    string
	Type    value.Type
	Periods []Period
}

// Period is one period of a fact; From and To are inclusive day numbers. An unset Value is chưa rõ.
type Period struct {
	Value  value.Value
	From   int64 // math.MinInt64 where open
	To     int64 // math.MaxInt64 where open
	Source string
}

// On returns the fact's value on a day, unset where it has none.
func (f *Fact) On(day int64) value.Value {
	for i := range f.Periods {
		if p := &f.Periods[i]; p.From <= day && day <= p.To {
			return p.Value
		}
	}
	return value.Value{}
}

// Task is a declared task.
type Task struct {
	Index        int
	Name         string
	Params       []Param
	Results      []Param
	Errors       []string
	Timeout      time.Duration // never 0: the default is filled in
	Irreversible bool
}

// Param is one parameter or result.
type Param struct {
	Name     string
	Type     value.Type
	Secret   bool
	Optional bool // the argument may be unset
}

// Always is what holds at every waiting step.
type Always struct {
	Listens  []Listen
	Help     []template.Template
	Silences []Silence
}

// Listen is a phrase with its target. Event is its name in the Machine where the target is a step of the flow, else "".
type Listen struct {
	Phrases []string // as written
	Target  Target
	Event   string
}

// Silence is one reminder or time-out.
type Silence struct {
	After   time.Duration
	Target  *Target
	Event   string
	Lines   []template.Template
	Buttons []Button
}

// TargetKind says where a target leads.
type TargetKind uint8

// The kinds of target.
const (
	ToStep TargetKind = iota
	ToFlow
	ToBack
	ToRepeat
	ToRestart
)

// Target is a resolved đích: Index is a step of the same flow (ToStep) or a flow (ToFlow); Return is the step of `rồi`, or None.
type Target struct {
	Kind   TargetKind
	Index  int
	Return int
}
