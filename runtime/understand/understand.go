// Package understand finds which flow a resident's first words belong to, and recognises two kinds of message before
// anything else: emergencies (`khẩn cấp`) and what must not be kept (`không giữ`). It learns at start from the flows' own
// sentences, is deterministic and explains nothing by magic: a score is a share of rare words in common.
// It decides nothing about a question on screen; the engine asks it only where the language allows a trigger.
package understand

import (
	"hoithoai/dsl/fold"
	"hoithoai/dsl/program"
	"hoithoai/runtime/engine"
)

// The thresholds of Match, chosen on the transcripts of flows/: at Sure nothing but the named flow is meant, below Maybe
// nothing is worth offering, and two flows closer than Margin are asked back.
const (
	Sure   = 0.62
	Maybe  = 0.34
	Margin = 0.08
)

// Understander answers for one program. It is immutable and safe for concurrent use.
type Understander struct {
	sentences []sentence
	rarity    map[string]float64
	unknown   float64
	fallback  int
	emergency []watch
	unkept    []watch
}

// New learns the program's own sentences.
func New(p *program.Program) *Understander {
	u := &Understander{rarity: map[string]float64{}, fallback: p.Fallback}
	for _, f := range p.Flows {
		u.add(f)
	}
	u.weigh()
	return u
}

func (u *Understander) add(f *program.Flow) {
	switch {
	case f.Sub:
	case f.Emergency:
		u.emergency = append(u.emergency, newWatch(f))
	case f.Unkept:
		u.unkept = append(u.unkept, newWatch(f))
	default:
		u.learn(f)
	}
}

// Emergency returns the flow that must answer text at once, or program.None.
func (u *Understander) Emergency(text string) int { return first(u.emergency, read(text)) }

// Unkept returns the flow that recognises text as something not to be stored, or program.None.
func (u *Understander) Unkept(text string) int { return first(u.unkept, read(text)) }

// Match returns the flow text most likely asks for.
func (u *Understander) Match(text string) engine.Match {
	return u.decide(u.rank(fold.Key(text)))
}
