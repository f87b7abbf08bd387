package check

import (
	"strings"

	"hoithoai/dsl/diag"
)

// checkRestless reports every cycle that never waits for a person or a timer: it would run for ever within one event. A
// task is no rest: one that fails at once would be asked again at once.
func checkRestless(p *pass) {
	s := newSilentGraph(p)
	for _, component := range s.edges.components() {
		if s.edges.cyclic(component) {
			p.reportRestless(s, s.edges.path(component[0], component[0]))
		}
	}
}

func (p *pass) reportRestless(s *silentGraph, cycle []int) {
	g, n := s.node(cycle[0])
	p.fail(g.span(n),
		say("Vòng lặp không bao giờ chờ người dân: %s.", "This cycle never waits for a person: %s.", s.route(cycle)),
		say("Cho một bước trong vòng hỏi người dân hoặc hiện nút, hoặc cho vòng một đường ra khác.",
			"Let one step of the cycle ask or offer buttons, or send the cycle elsewhere."),
		s.along(cycle)...)
}

// route writes a cycle as names; a step of another flow carries its flow's name.
func (s *silentGraph) route(cycle []int) string {
	home, _ := s.node(cycle[0])
	names := make([]string, len(cycle))
	for i, number := range cycle {
		g, n := s.node(number)
		names[i] = g.name(n)
		if g != home {
			names[i] = g.flow.File.Name.Text + "." + names[i]
		}
	}
	return strings.Join(names, " -> ")
}

// along points at the other steps of a cycle.
func (s *silentGraph) along(cycle []int) []diag.Related {
	var out []diag.Related
	for _, number := range cycle[1 : len(cycle)-1] {
		g, n := s.node(number)
		out = append(out, diag.Related{Span: g.span(n), Message: say("Vòng đi qua đây.", "The cycle passes here.")})
	}
	return out
}
