package config

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/pelletier/go-toml/v2"

	"hoithoai/dsl/diag"
)

// Fault is one thing that is wrong with a configuration file: where it is, and what to write instead.
type Fault struct {
	File   string
	Line   int           // from 1; 0: of the file as a whole
	Column int           // from 1, in characters
	Key    string        // "office[2].hours.chung" (counted from 1); "" for text that is no TOML
	Office string        // the id of the office it is about, "" for none
	Says   diag.Sentence // what is wrong and what to do
}

// In says the fault in a language, on one line.
func (f *Fault) In(lang diag.Lang) string {
	var b strings.Builder
	b.WriteString(f.File + ": ")
	if f.Line > 0 {
		fmt.Fprintf(&b, diag.Sentence{VI: "dòng %d, cột %d: ", EN: "line %d, column %d: "}.In(lang), f.Line, f.Column)
	}
	if f.Office != "" {
		fmt.Fprintf(&b, diag.Sentence{VI: "cơ quan %s: ", EN: "office %s: "}.In(lang), f.Office)
	}
	b.WriteString(f.Says.In(lang))
	return b.String()
}

// Faults is everything that is wrong with a configuration file, in the order of its lines, at least one. Parse gives no other
// error.
type Faults []Fault

// Error says all faults in English, a line each.
func (f Faults) Error() string { return f.In(diag.English) }

// In says all faults in a language, a line each.
func (f Faults) In(lang diag.Lang) string {
	lines := make([]string, len(f))
	for i := range f {
		lines[i] = f[i].In(lang)
	}
	return strings.Join(lines, "\n")
}

// faults gathers what is wrong; keys are paths from the top of the file.
type faults struct {
	file   string
	places map[string]place
	found  Faults
}

// add notes a fault at a key, or at the nearest key around it that stands in the file.
func (f *faults) add(key, vi, en string, args ...any) {
	f.say(key, diag.Sentence{VI: fmt.Sprintf(vi, args...), EN: fmt.Sprintf(en, args...)})
}

func (f *faults) say(key string, s diag.Sentence) {
	at := f.at(key)
	f.found = append(f.found, Fault{File: f.file, Line: at.line, Column: at.column, Key: key, Says: s})
}

// at is where a key stands; of one that is missing, where its table begins.
func (f *faults) at(key string) place {
	for key != "" {
		if at, ok := f.places[key]; ok {
			return at
		}
		key = parent(key)
	}
	return place{}
}

// parent is the path of the table around a key, "" at the top.
func parent(key string) string {
	i := strings.LastIndexAny(key, ".[")
	return key[:max(i, 0)]
}

// all returns what was found in the order of the file, nil where that is nothing.
func (f *faults) all() error {
	if len(f.found) == 0 {
		return nil
	}
	slices.SortStableFunc(f.found, func(a, b Fault) int {
		return cmp.Or(cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column))
	})
	return f.found
}

// tongues stands between the two languages of an error that travels through the TOML decoder as one text.
const tongues = "\x00"

// spoken is an error of a value that reads itself.
func spoken(vi, en string, args ...any) error {
	return errors.New(fmt.Sprintf(vi, args...) + tongues + fmt.Sprintf(en, args...))
}

// explain makes faults of a TOML error: every key that is unknown, with the nearest known one, or the one place that cannot be
// read.
func (f *faults) explain(err error) {
	if strict, ok := errors.AsType[*toml.StrictMissingError](err); ok {
		for _, e := range strict.Errors {
			f.unknownKey(e)
		}
		return
	}
	if bad, ok := errors.AsType[*toml.DecodeError](err); ok {
		line, column := bad.Position()
		f.found = append(f.found, Fault{
			File: f.file, Line: line, Column: column, Key: strings.Join(bad.Key(), "."), Says: said(strings.TrimPrefix(bad.Error(), "toml: ")),
		})
		return
	}
	f.say("", said(err.Error()))
}

// said is a sentence of a decoder's message, ours in both languages or its own.
func said(message string) diag.Sentence {
	if vi, en, ok := strings.Cut(message, tongues); ok {
		return diag.Sentence{VI: vi, EN: en}
	}
	return diag.Sentence{
		VI: "không đọc được (" + message + "); chữ đặt trong dấu nháy \"…\", danh sách trong [ ], tên nhóm trong [nhóm]", EN: message,
	}
}

func (f *faults) unknownKey(e toml.DecodeError) {
	line, column := e.Position()
	key := strings.Join(e.Key(), ".")
	s := diag.Sentence{
		VI: fmt.Sprintf("không có khóa %q; các khóa là: %s", key, strings.Join(keys(), ", ")),
		EN: fmt.Sprintf("unknown key %q; known keys: %s", key, strings.Join(keys(), ", ")),
	}
	if near, ok := diag.Nearest(e.Key()[len(e.Key())-1], keys()); ok {
		s = diag.Sentence{
			VI: fmt.Sprintf("không có khóa %q; có phải %q?", key, near), EN: fmt.Sprintf("unknown key %q; did you mean %q?", key, near),
		}
	}
	f.found = append(f.found, Fault{File: f.file, Line: line, Column: column, Key: key, Says: s})
}
