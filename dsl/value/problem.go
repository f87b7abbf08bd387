package value

// Context is what a reader may know besides the text.
type Context struct {
	// Today is the day of the event, as a day number.
	Today int64
	// Visible reports whether the option at an index is offered now; nil: all are.
	Visible func(option int) bool
	// Asked is how the question was put, for answers in its own words; "" where the reader need not know.
	Asked string
}

func (c Context) shows(option int) bool { return c.Visible == nil || c.Visible(option) }

// ProblemKind says why a message is not a value of the type that was asked for.
type ProblemKind uint8

// The kinds of problem.
const (
	WrongKind     ProblemKind = iota + 1 // words where an attachment was asked for, or the other way round
	NotUnderstood                        // no value was found, or several that contradict each other
	TooShort                             // fewer runes or digits than needed
	TooLong                              // more runes or digits than allowed
	TooSmall                             // below Min; for a date: too early
	TooBig                               // above Max; for a date: too late
	NoSuchDay                            // the calendar has no such day
	Ambiguous                            // more than one reading; Candidates, where the type has options
	NearMiss                             // not an option, but close to those in Candidates: ask back, never accept
	TooFew                               // fewer pieces or options than Min; the value returned beside it holds them
	TooMany                              // more pieces than Max, the value returned beside it holds the first Max; more options: no value
)

// Problem is why nothing could be read, with what the resident is told.
type Problem struct {
	Kind ProblemKind
	// Sentence is the type's standard sentence in Vietnamese, with the bounds where they matter.
	Sentence string
	// Candidates are indexes of Type.Options, ascending (Ambiguous, NearMiss).
	Candidates []int
}

func problem(kind ProblemKind, sentence string) *Problem {
	return &Problem{Kind: kind, Sentence: sentence}
}

var problemNames = [...]string{
	WrongKind: "wrong kind", NotUnderstood: "not understood", TooShort: "too short", TooLong: "too long", TooSmall: "too small",
	TooBig: "too big", NoSuchDay: "no such day", Ambiguous: "ambiguous", NearMiss: "near miss", TooFew: "too few",
	TooMany: "too many",
}

// String names the kind in English, for errors and traces.
func (k ProblemKind) String() string {
	if int(k) < len(problemNames) && k > 0 {
		return problemNames[k]
	}
	return "no problem"
}
