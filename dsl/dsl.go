// Package dsl is the door to the flow language: Load turns a folder of flow files into a Program that the engine executes, or
// into diagnostics that say why not. It reads the files, brings along the standard flows that a bundle names, finds the
// attachments, and names the result by the hash of its sources; the languages' own work is in the packages below (parse, bind,
// check, compile). It is not responsible for running flows or transcripts, or for storing programs.
package dsl

import (
	"io/fs"
	"time"

	"hoithoai/dsl/bind"
	"hoithoai/dsl/check"
	"hoithoai/dsl/compile"
	"hoithoai/dsl/diag"
	"hoithoai/dsl/program"
	"hoithoai/dsl/tree"
)

// Options says against what a bundle is loaded; the zero value is how a running service loads one.
type Options struct {
	// Limits are the channel's limits; the zero value means check.DefaultLimits().
	Limits check.Limits
	// Day is the day number (days since 1970-01-01, civil, UTC+7) of the findings that depend on a date; 0: there are none.
	Day int64
	// Ahead and Strict say how far ahead of Day is looked, and whether what depends on Day is an error: see check.Options.
	Ahead  int64
	Strict bool
	// Timing and Clock measure the rules of package check: see check.Options.
	Timing func(rule check.Rule, took time.Duration)
	Clock  func() time.Time
	// Accepted says that this very bundle was accepted before: rules that came since then do not refuse it, so that a session
	// pinned to it can go on after an update of the program. Names and types are still resolved.
	Accepted bool
}

// Result is a loaded bundle, or what is wrong with it.
type Result struct {
	// Program is nil where Diagnostics holds an error.
	Program *program.Program
	// Bundle is Files with their names resolved, as far as they could be; nil where nothing was bound.
	Bundle *bind.Bundle
	// Files are the flow files and Tests the transcripts, each sorted by path.
	Files []*tree.File
	Tests []*tree.Tests
	// Diagnostics are the findings on flows and transcripts, sorted by file, line and column.
	Diagnostics diag.List
	// Sources are what the Program was made of and is named by: flow files and attachments, by path in the bundle. A standard
	// flow that was added is among them, and so is the catalogue of wards where a phường is asked. Pack makes one blob of them.
	Sources map[string][]byte
	// Transcripts are the texts of the transcripts, by path; they do not count for the hash.
	Transcripts map[string][]byte
	// MissingFiles are the attachments that flows name and the bundle does not hold, as written, sorted.
	MissingFiles []string
}

// Load reads the bundle in fsys: every *.flow below it is a flow file, every *_test.flow a transcript, and what ảnh and tệp name
// is an attachment, looked for beside the flow and then from the root of the bundle. Names that begin with a dot are skipped.
// The error tells of files that could not be read; everything that is wrong in a text is a diagnostic.
func Load(fsys fs.FS, opts Options) (Result, error) {
	src, err := scan(fsys)
	if err != nil {
		return Result{}, err
	}
	l := &loader{opts: opts, src: src, result: Result{Sources: map[string][]byte{}, Transcripts: map[string][]byte{}}}
	if err := l.texts(); err != nil {
		return Result{}, err
	}
	l.endings()
	l.addStandard()
	found, err := l.attach()
	if err != nil {
		return Result{}, err
	}
	if err := l.judge(found); err != nil {
		return Result{}, err
	}
	return l.result, nil
}

// loader is one bundle being loaded.
type loader struct {
	opts   Options
	src    *sources
	result Result
}

// judge binds, checks and, where nothing is wrong, compiles.
func (l *loader) judge(a *attachments) error {
	wards, err := l.wards()
	if err != nil {
		return err
	}
	bundle, found := bind.With(l.result.Files, bind.Options{Wards: wards.units})
	l.result.Bundle = bundle
	l.add(found)
	l.addWards(bundle, wards)
	l.add(bind.Tests(bundle, l.result.Tests))
	if !l.opts.Accepted {
		l.add(check.Check(bundle, check.Options{
			Limits: l.opts.Limits, Day: l.opts.Day, Ahead: l.opts.Ahead, Strict: l.opts.Strict, Sizes: a.sizes,
			Timing: l.opts.Timing, Clock: l.opts.Clock,
		}))
	}
	l.result.Diagnostics.Sort()
	if !l.result.Diagnostics.HasErrors() {
		l.result.Program = compile.Program(bundle, Hash(l.result.Sources), a.content)
	}
	return nil
}
