package store

import (
	"context"
	"errors"
	"time"
)

// Limits is what the processes of a deployment share about their calls to the channel, so that together they keep to its limits.
// An engine of one process needs none. Times go by the engine's clock; what is told in durations is meant from the moment of the
// operation on. Nothing here outlives an hour without use.
type Limits interface {
	// Draw takes turns of a lane at an even pace, of which some may run ahead.
	Draw(ctx context.Context, in Draw) (Turns, error)
	// Tell notes what one process learned about pauses, and that it lives, and returns what all know.
	Tell(ctx context.Context, in Told) (Known, error)
	// Only gives what to one caller: 0 says that it is this one's for d, else it is how long it is still another's.
	Only(ctx context.Context, what string, d time.Duration) (time.Duration, error)
}

// Draw asks for turns. A turn may be taken when it comes at most Room later at the even pace of one in Every.
type Draw struct {
	Lane  string
	Every time.Duration
	Room  time.Duration
	Most  int           // how many are wanted at most
	Wait  time.Duration // where there is none, one is reserved that may be taken within so long
}

// Turns is the answer of Draw: N turns one in Every apart, the first of them Ahead of now. Wait is until the one reserved may be
// taken (N 1), or until there is one (N 0).
type Turns struct {
	N     int
	Ahead time.Duration
	Wait  time.Duration
}

// Told is what a process says.
type Told struct {
	Process string
	News    []Pause
	After   uint64 // the newest Seq it has seen
}

// Known is what all processes know: the pauses noted after Told.After, in their order, the newest Seq, and how many processes
// said something within ProcessLife.
type Known struct {
	Processes int
	Pauses    []Pause
	Seq       uint64
}

// ProcessLife is how long a process counts that says nothing.
const ProcessLife = 10 * time.Second

// Pause is that calls of a lane wait, or (Left 0) that they wait no more. An end counts only where Seq is that of the pause that
// stands: it must not end a pause that its teller has not seen.
type Pause struct {
	Lane  string
	Left  time.Duration // until it is over
	Since time.Duration // it began so long ago
	Count int           // pauses in a row
	By    string        // whose call was refused
	Sure  bool          // it is about all calls, not about those of By
	Seq   uint64
}

// errDraw is the refusal of a Draw without a pace.
var errDraw = errors.New("turns have no pace or no number")

// Check reports a Draw no engine takes.
func (in *Draw) Check() error {
	if in.Every <= 0 || in.Most < 1 {
		return errDraw
	}
	return CheckName(in.Lane)
}

// Check reports what no engine takes.
func (in *Told) Check() error {
	err := CheckName(in.Process)
	for i := range in.News {
		err = errors.Join(err, CheckName(in.News[i].Lane))
	}
	return err
}
