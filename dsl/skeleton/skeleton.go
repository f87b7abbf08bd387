// Package skeleton writes the first text of a new flow: a small flow that passes every check, a transcript that it passes, and,
// for a folder that has none, the chung file with what every question needs. The texts are commented for somebody who never
// wrote a flow. It is not responsible for where the texts are written, or for whether they go with the flows that exist already:
// its caller loads them together.
package skeleton

import (
	_ "embed"
	"strings"

	"hoithoai/dsl/value"
)

// The templates. «…» marks what is filled in.
var (
	//go:embed flow.txt
	flowText string
	//go:embed transcript.txt
	transcriptText string
	//go:embed shared.txt
	sharedText string
)

// reviewAfter is after how many days the legal basis of a new flow is to be read again.
const reviewAfter = 180

// Flow is what a new flow is made from.
type Flow struct {
	// Name is the name inside ("tam_vang"), which package parse finds usable.
	Name string
	// Title is what residents read ("Tạm vắng"): one line without quotes and braces.
	Title string
	// Keyword is what residents write to get there.
	Keyword string
	// Day is the day number of today: the transcript plays on it and the review is due half a year later.
	Day int64
}

// Text is the flow file.
func (f Flow) Text() string { return f.fill(flowText) }

// Transcript is the transcript that the flow passes.
func (f Flow) Transcript() string { return f.fill(transcriptText) }

// Shared is a chung file of a name, which gives every question help, a way to stop and a person.
func Shared(name string, day int64) string {
	return Flow{Name: name, Day: day}.fill(sharedText)
}

func (f Flow) fill(text string) string {
	return strings.NewReplacer(
		"«tên»", f.Name, "«Tên gọi»", f.Title, "«từ khóa»", f.Keyword,
		"«hôm nay»", value.ShowDay(f.Day), "«rà soát»", value.ShowDay(f.Day+reviewAfter),
	).Replace(text)
}

// Titled reports whether s can be a title: it is one line of text that no quote, bracket or brace would break.
func Titled(s string) bool {
	return strings.TrimSpace(s) != "" && len([]rune(s)) <= maxTitle && !strings.ContainsAny(s, "\"“”[]{}\n\r\t|")
}

// maxTitle is the longest title, in characters: the question of a flow shows it on a phone.
const maxTitle = 60
