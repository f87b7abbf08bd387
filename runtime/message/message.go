// Package message is what the engine says, before any channel draws it: bubbles with choices, links and attachments.
// The channel decides on numbers, splits and button shapes; see package zalo.
package message

// Kind says what a message carries.
type Kind uint8

// The kinds of message. The numbers are stored: append only.
const (
	Words Kind = iota + 1
	Image
	File
	AskInfo // request_user_info: Title, Subtitle in Text lines
)

// Message is one bubble. Choices belong to Words only and are numbered from First (1 for the first bubble of a question).
type Message struct {
	Kind    Kind
	Text    string
	Path    string   `json:",omitempty"` // Image, File: attachment of the program
	Program string   `json:",omitempty"` // hash of the program that holds Path
	Choices []Choice `json:",omitempty"`
	Links   []Link   `json:",omitempty"`
	Lead    string   `json:",omitempty"` // label of the choice just taken; the channel opens the bubble with it
	Turn    uint32   `json:",omitempty"` // of the question the choices answer; part of the payload
	Class   Class    `json:",omitempty"`
}

// LeadIn and LeadOut stand around Lead where a channel writes it out.
const (
	LeadIn  = "Anh/chị chọn: "
	LeadOut = "."
)

// Opening returns the line that a channel opens the bubble with, "" where no choice led here.
func (m *Message) Opening() string {
	if m.Lead == "" {
		return ""
	}
	return LeadIn + m.Lead + LeadOut
}

// Choice is one thing to press or type; N is what a press carries and what a number typed means.
type Choice struct {
	Label string
	N     int
}

// LinkKind says what a link opens.
type LinkKind uint8

// The kinds of link.
const (
	OpenURL LinkKind = iota + 1
	CallPhone
)

// Link is a button that leads outside; it takes no number.
type Link struct {
	Kind    LinkKind
	Label   string
	Address string
}

// Class is the priority of a message at the sender.
type Class uint8

// The classes, most urgent first.
const (
	Interactive Class = iota
	Urgent            // emergency answers and receipts of tips
	Reminder
	Notice
)
