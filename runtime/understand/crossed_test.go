package understand_test

import (
	"flag"
	"fmt"
	"hash/fnv"
	"slices"
	"testing"

	"hoithoai/runtime/understand"
)

// crossed puts the sets whose sentences are learned as danger or calm, each sentence to a learner that was not taught it.
var crossed = flag.Bool("crossed", false, "TestCrossed puts the sets that are learned from, a fifth at a time")

// fifths is in how many parts the sets are put.
const fifths = 5

func fifth(sentence string) int {
	h := fnv.New32a()
	h.Write([]byte(sentence))
	return int(h.Sum32()>>8) % fifths
}

// TestCrossed prints the table of every set by learners that were not taught the sentences they are asked:
// go test ./runtime/understand -run Crossed -v -crossed. Without the flag one learner is asked its fifth of the emergencies.
func TestCrossed(t *testing.T) {
	t.Parallel()
	p := real(t)
	of := map[string]*report{}
	for part := range fifths {
		u := understand.Crossed(p, func(s string) bool { return fifth(s) != part })
		for _, set := range []string{"examination", "last_examination", "examination_d", "examination_e", "dangers", "requests", "alarms"} {
			for _, a := range sentencesOf(t, set) {
				if fifth(a.text) == part && (*crossed || a.flows[0] == "khan_cap") {
					reportOf(of, set).add(u, p, a)
				}
			}
		}
		if !*crossed {
			break
		}
	}
	missed, alarms := 0, 0
	for set, r := range of {
		missed, alarms = missed+r.missed, alarms+r.alarms
		if *crossed {
			t.Logf("%s, each sentence unread\n%s", set, r)
		}
	}
	if alarms < 100 || missed*100 > 3*alarms {
		t.Errorf("%d of %d emergencies that nobody taught are missed", missed, alarms)
	}
}

// TestWhatIsLearnedAsCalmIsNoFlow: the class that only sounds like danger is told nobody, and what is calm stays in its flow.
func TestWhatIsLearnedAsCalmIsNoFlow(t *testing.T) {
	t.Parallel()
	p, u := learned(t)
	for _, text := range []string{"phim chém nhau hay quá", "căn cước bị cháy làm lại ở đâu", "cháy hàng rồi shop ơi"} {
		for _, s := range u.Rank(text) {
			if s.Flow < -1 || s.Flow >= len(p.Flows) {
				t.Errorf("Rank(%q) names the flow %d", text, s.Flow)
			}
		}
		e := u.Explain(text)
		if bad := slices.ContainsFunc(e.Ranked, func(s understand.Score) bool { return s.Flow < -1 }); bad || e.For < -1 || e.Against < -1 {
			t.Errorf("Explain(%q): %v, for %d against %d", text, e.Ranked, e.For, e.Against)
		}
	}
	if v := u.Judge("căn cước bị cháy làm lại ở đâu"); verdictName(p, v) != "can_cuoc_cap_lai" {
		t.Errorf("a burnt card leads to %s", fmt.Sprint(v))
	}
}
