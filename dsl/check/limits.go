package check

import "time"

// Limits are what the channel can carry. They are a value, so that the language knows no channel. Text, Buttons and Payload
// bind whoever renders; no rule reads them, they are here so that one value holds the whole table.
type Limits struct {
	// Text is the most runes the channel takes in one message.
	Text int
	// Compose is the length at which a text is split into two messages; it leaves room for what a channel adds.
	Compose int
	// Buttons is how many buttons one message carries; the rest go into a second bubble.
	Buttons int
	// Choices is how many buttons and options one question may offer in all.
	Choices int
	// Label is the longest label the channel takes, in runes; LabelShown is what a small telephone still shows whole.
	Label, LabelShown int
	// Payload is the longest text a button may send, in runes: a label that does not fit is an error long before.
	Payload int
	// FileSize and ImageSize are the largest attachments, in bytes.
	FileSize, ImageSize int64
	// Window is how long after a person's last event a message can be sent at all; Free how long that costs nothing.
	Window, Free time.Duration
}

// DefaultLimits are those of a Zalo Official Account: facts/zalo-api.md §2.2 (text of 2,000 runes, five buttons, labels of 100
// runes, payloads of 1,000, images of 1 MB, files of 5 MB) and §0 fact 6 (a window of 7 days, the first 48 hours free). Compose,
// Choices and LabelShown are decisions of ours: room for numbers and addresses, two bubbles, the width of a small screen.
func DefaultLimits() Limits {
	return Limits{
		Text: 2000, Compose: 1800,
		Buttons: 5, Choices: 10,
		Label: 100, LabelShown: 35, Payload: 1000,
		FileSize: 5 << 20, ImageSize: 1 << 20,
		Window: 7 * 24 * time.Hour, Free: 48 * time.Hour,
	}
}
