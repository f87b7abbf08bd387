package diag

import (
	"encoding/json"
	"fmt"
	"io"
)

// record is a finding as machines read it; the keys are the contract of `check --json`.
type record struct {
	Code      string   `json:"code"`
	Severity  Severity `json:"severity"`
	File      string   `json:"file"`
	Line      int      `json:"line"`
	Column    int      `json:"column"`
	EndLine   int      `json:"end_line"`
	EndColumn int      `json:"end_column"`
	Message   string   `json:"message"`
	Fix       string   `json:"fix"`
}

// WriteJSON writes list as one JSON array, in the order of the list, each finding an object with exactly the keys code,
// severity ("error" or "warning"), file, line, column, end_line, end_column, message and fix; message and fix are in lang, fix
// is "" where none can be guessed. Lines and columns count from 1, columns in runes, the end is exclusive. No findings: [].
func WriteJSON(w io.Writer, list List, lang Lang) error {
	records := make([]record, len(list))
	for i, d := range list {
		records[i] = record{
			Code: d.Code, Severity: d.Severity, File: d.Span.File,
			Line: d.Span.Line, Column: d.Span.Column, EndLine: d.Span.EndLine, EndColumn: d.Span.EndColumn,
			Message: d.Message.In(lang), Fix: d.Fix.In(lang),
		}
	}
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	if err := enc.Encode(records); err != nil {
		return fmt.Errorf("write findings as json: %w", err)
	}
	return nil
}
