package fake

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"unicode/utf16"
	"unicode/utf8"
)

// refusalError is why a body is not taken, with the code Zalo would give.
type refusalError struct {
	code   int
	reason string
}

// Error returns the reason.
func (e *refusalError) Error() string { return e.reason }

// invalid returns the refusal "invalid parameter".
func invalid(format string, args ...any) *refusalError {
	return &refusalError{-201, fmt.Sprintf(format, args...)}
}

// unsupported returns the refusal "message type unsupported".
func unsupported(format string, args ...any) *refusalError {
	return &refusalError{-233, fmt.Sprintf(format, args...)}
}

// sendBody is a consultation message as the pages print it; a key beyond them is an error.
type sendBody struct {
	Recipient struct {
		UserID string `json:"user_id"`
	} `json:"recipient"`
	Message struct {
		Text       *string     `json:"text"`
		Quote      *string     `json:"quote_message_id"`
		Attachment *attachment `json:"attachment"`
	} `json:"message"`
}

type attachment struct {
	Type    string          `json:"type"`
	Payload json.RawMessage `json:"payload"`
}

// strict decodes JSON with every key known, nothing behind it.
func strict(b []byte, v any) error {
	d := json.NewDecoder(bytes.NewReader(b))
	d.DisallowUnknownFields()
	if err := d.Decode(v); err != nil {
		return fmt.Errorf("decode: %w", err)
	}
	if _, err := d.Token(); err != io.EOF {
		return fmt.Errorf("decode: something follows the object")
	}
	return nil
}

// checker reads a body into a Sent, rule by rule.
type checker struct {
	server *Server
	out    Sent
}

// check returns the message of a body, or why Zalo would not take it.
func (s *Server) check(office string, raw []byte) (Sent, *refusalError) {
	var b sendBody
	if err := strict(raw, &b); err != nil {
		return Sent{}, invalid("%v", err)
	}
	c := checker{server: s, out: Sent{Office: office, To: b.Recipient.UserID, Raw: bytes.Clone(raw)}}
	if b.Recipient.UserID == "" {
		return Sent{}, invalid("recipient.user_id is missing")
	}
	if err := c.text(b.Message.Text, b.Message.Attachment == nil); err != nil {
		return Sent{}, err
	}
	if b.Message.Attachment == nil {
		c.out.Kind = "text"
		return c.out, nil
	}
	return c.out, c.attachment(b.Message.Attachment)
}

// text takes the strictest reading of "2000 characters" that the facts leave open, except bytes.
func (c *checker) text(text *string, alone bool) *refusalError {
	switch {
	case text == nil && alone:
		return invalid("message has neither text nor attachment")
	case text == nil:
		return nil
	case *text == "":
		return invalid("message.text is empty")
	case tooLong(*text, 2000):
		return invalid("message.text has %d runes, at most 2000", utf8.RuneCountInString(*text))
	}
	c.out.Text = *text
	return nil
}

// tooLong counts runes and UTF-16 units.
func tooLong(s string, limit int) bool {
	return utf8.RuneCountInString(s) > limit || len(utf16.Encode([]rune(s))) > limit
}

func (c *checker) attachment(a *attachment) *refusalError {
	switch a.Type {
	case "file":
		return c.file(a.Payload)
	case "template":
		return c.template(a.Payload)
	}
	return invalid("attachment.type is %q", a.Type)
}

func (c *checker) file(payload json.RawMessage) *refusalError {
	var p struct {
		Token string `json:"token"`
	}
	if err := strict(payload, &p); err != nil {
		return invalid("file payload: %v", err)
	}
	if c.out.Text != "" {
		return invalid("a file has no text")
	}
	c.out.Kind, c.out.File = "file", p.Token
	return c.asset(p.Token, "file")
}

// asset checks that an upload is there, of the office, of the kind, and younger than 7 days.
func (c *checker) asset(id, kind string) *refusalError {
	a, ok := c.server.Asset(id)
	switch {
	case !ok || a.Office != c.out.Office || a.Kind != kind:
		return invalid("there is no %s %q", kind, id)
	case c.server.cfg.Now().Sub(a.At) >= assetLife:
		return &refusalError{-100, "attachment has expired"}
	}
	return nil
}
