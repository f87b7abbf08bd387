package config

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/pelletier/go-toml/v2/unstable"
)

// place is where a key stands; line and column count from 1, columns in characters.
type place struct{ line, column int }

// mapper finds the place of every key of a text that the decoder has read already.
type mapper struct {
	text   []byte
	parser unstable.Parser
	places map[string]place
	arrays map[string]int // how many [[tables]] of a name came so far
	table  string         // the table that lines belong to
}

// placesOf maps the path of every key ("office[2].hours.chung", arrays of tables counted from 1) to its place. A text that is no
// TOML is mapped as far as it can be read.
func placesOf(text []byte) map[string]place {
	m := &mapper{text: text, places: map[string]place{}, arrays: map[string]int{}}
	m.parser.Reset(text)
	for m.parser.NextExpression() {
		switch e := m.parser.Expression(); e.Kind {
		case unstable.Table:
			m.table = m.note("", e.Key())
		case unstable.ArrayTable:
			m.element(e)
		case unstable.KeyValue:
			m.pair(m.table, e)
		}
	}
	return m.places
}

// element begins the next table of an array.
func (m *mapper) element(e *unstable.Node) {
	name, at := m.path("", e.Key())
	m.arrays[name]++
	m.table = fmt.Sprintf("%s[%d]", name, m.arrays[name])
	m.places[m.table] = at
}

// pair notes a key, and those inside its value.
func (m *mapper) pair(table string, e *unstable.Node) {
	key := m.note(table, e.Key())
	if v := e.Value(); v.Kind == unstable.InlineTable {
		for it := v.Children(); it.Next(); {
			m.pair(key, it.Node())
		}
	}
}

func (m *mapper) note(table string, key unstable.Iterator) string {
	name, at := m.path(table, key)
	m.places[name] = at
	return name
}

// path is the whole name of a key, with the newest element of the arrays it passes, and where it begins.
func (m *mapper) path(table string, key unstable.Iterator) (name string, at place) {
	name = table
	for key.Next() {
		n := key.Node()
		if at == (place{}) {
			at = m.place(int(n.Raw.Offset))
		}
		if count := m.arrays[name]; count > 0 {
			name = fmt.Sprintf("%s[%d]", name, count)
		}
		if name != "" {
			name += "."
		}
		name += string(n.Data)
	}
	return name, at
}

func (m *mapper) place(offset int) place {
	before := string(m.text[:offset])
	line := strings.LastIndexByte(before, '\n') + 1
	return place{strings.Count(before, "\n") + 1, utf8.RuneCountInString(before[line:]) + 1}
}
