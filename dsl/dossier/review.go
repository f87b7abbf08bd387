package dossier

import (
	"slices"
	"strings"

	"hoithoai/dsl/bind"
	"hoithoai/dsl/diag"
	"hoithoai/dsl/tree"
	"hoithoai/dsl/value"
)

// ItemKind says why an officer must look at a place.
type ItemKind uint8

// The kinds of item, in the order a sheet lists them.
const (
	Basis    ItemKind = iota // căn cứ: read it again before Due
	Value                    // a value of a dữ kiện that holds on the day, with its source
	Unknown                  // a dữ kiện without a value on the day
	Source                   // "# Nguồn: …": what the sentences of a step say that is no dữ kiện, and where that stands
	Note                     // "# Cán bộ kiểm tra: …"
	Deferred                 // a sentence that leaves something to the officer: "cán bộ sẽ xác nhận"
)

// Item is one thing to confirm.
type Item struct {
	Kind ItemKind
	Text string // Source: what is said, without the act and the labels
	Act  string // Source: the act it stands in, as written between parentheses; "" where the note names none
	Sure string // Source: the labels of confidence: "C S6", "C2 S1, C S4"; "" where the note gives none
	Due  int64  // Basis: the day of its review, 0 for none
	Step string // Source, Note: the step it stands in or directly above; "" elsewhere
	Span diag.Span
}

// Sheet is what is to be confirmed of one flow or chung file.
type Sheet struct {
	Name  string
	Title string // "" for a chung file
	Items []Item
}

// Sheets returns, by file, what an officer must confirm as of a day: every basis, every value of a fact with its source, every
// source noted with "# Nguồn:", every note that authors left with "# Cán bộ kiểm tra:", every sentence that leaves something to the officer. Files without items
// have no sheet.
func Sheets(b *bind.Bundle, day int64) []Sheet {
	files := slices.Clone(b.Shared)
	for _, f := range b.Flows {
		files = append(files, f.File)
	}
	slices.SortFunc(files, func(x, y *tree.File) int { return strings.Compare(x.Path, y.Path) })
	facts := Facts(b)
	var out []Sheet
	for _, f := range files {
		s := Sheet{Name: f.Name.Text, Title: f.Title.Text, Items: bases(f)}
		s.Items = append(s.Items, values(f, facts, day)...)
		s.Items = append(s.Items, sources(f)...)
		s.Items = append(s.Items, notes(f)...)
		s.Items = append(s.Items, deferred(f)...)
		if len(s.Items) > 0 {
			out = append(out, s)
		}
	}
	return out
}

func bases(f *tree.File) []Item {
	var out []Item
	for _, b := range f.Bases {
		it := Item{Kind: Basis, Text: b.Text.Text, Span: b.Span}
		if d := b.Review; d != nil {
			it.Due, _ = value.DayNumber(d.Year, d.Month, d.Day)
		}
		out = append(out, it)
	}
	return out
}

func values(f *tree.File, facts []Fact, day int64) []Item {
	var out []Item
	for i := range facts {
		if facts[i].File != f.Path {
			continue
		}
		out = append(out, valueOn(&facts[i], day))
	}
	return out
}

func valueOn(f *Fact, day int64) Item {
	p, ok := f.On(day)
	if !ok || p.Value == "" {
		if !ok {
			p = f.Periods[len(f.Periods)-1]
		}
		return Item{Kind: Unknown, Text: f.Name + " (" + p.Source + ")", Span: p.Span}
	}
	return Item{Kind: Value, Text: f.Name + " = " + p.Value + " (" + p.Source + ")", Span: p.Span}
}

// deferMark stands in sentences that promise an answer of the officer.
const deferMark = "cán bộ sẽ xác nhận"

func deferred(f *tree.File) []Item {
	var out []Item
	for _, p := range spoken(f) {
		if strings.Contains(strings.ToLower(p.Text), deferMark) {
			out = append(out, Item{Kind: Deferred, Text: p.Text, Span: p.Span})
		}
	}
	return out
}

// spoken lists the sentences of a file's steps, in order.
func spoken(f *tree.File) []tree.Prose {
	var out []tree.Prose
	for _, s := range f.Steps {
		for _, l := range s.Body {
			out = append(out, l.Text)
			for _, row := range l.Items {
				out = append(out, row.Text)
			}
		}
		if s.End != nil {
			out = append(out, s.End.Wrong...)
		}
		if s.Help != nil {
			out = append(out, s.Help.Lines...)
		}
	}
	return out
}
