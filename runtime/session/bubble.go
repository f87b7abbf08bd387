package session

// Bubble says which bubble a turn belongs to: the question (0), line 1 to LastLine of its im lặng, or an offer. It lies in
// the low bits of the turn, so a press tells what it was pressed on without the session remembering every bubble.
type Bubble uint32

// The bubbles of a question.
const (
	Question Bubble = 0
	LastLine Bubble = 6 // this line of im lặng and all after it
	Offered  Bubble = 7
)

const bubbleBits = 3

// BubbleOf returns the bubble that a turn belongs to.
func BubbleOf(turn uint32) Bubble { return Bubble(turn & (1<<bubbleBits - 1)) }

// NextTurn moves s on to the turn of a new bubble and returns it. After 500 million bubbles it starts again, harmlessly: no
// button lives that long.
func (s *Session) NextTurn(b Bubble) uint32 {
	s.Turn = (s.Turn>>bubbleBits+1)<<bubbleBits | uint32(b)
	return s.Turn
}

// Has reports whether slot i was set at the mark.
func (m *Mark) Has(i int) bool { return m.Set>>i&1 == 1 }

// MarkOf returns the mark of a step of the run with its slots as they are now.
func (r *Run) MarkOf(step int) Mark {
	m := Mark{Step: step}
	for i := range r.Slots {
		if r.Slots[i].IsSet() {
			m.Set |= 1 << i
		}
	}
	return m
}
