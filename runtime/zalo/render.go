package zalo

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"hoithoai/runtime/message"
)

// Endpoints of the API (facts §2.1, §6).
const (
	EndpointConsult      = "/v3.0/oa/message/cs"     // [OFF D,E]
	EndpointUploadImage  = "/v2.0/oa/upload/image"   // [OFF D]
	EndpointUploadGIF    = "/v2.0/oa/upload/gif"     // [OFF D]
	EndpointUploadFile   = "/v2.0/oa/upload/file"    // [OFF D]
	EndpointQuota        = "/v3.0/oa/quota/message"  // [OFF D]
	EndpointConversation = "/v2.0/oa/conversation"   // [OFF D]
	EndpointRecent       = "/v2.0/oa/listrecentchat" // [OFF D]
	EndpointUser         = "/v3.0/oa/user/detail"    // [DIG2]
)

// Request is one call: the JSON body for an endpoint. Text is what the person will read, to look for it later when nobody knows
// whether it arrived; empty for attachments without words.
type Request struct {
	Endpoint string
	Body     []byte
	Text     string
}

// Errors of Render.
var (
	// ErrEmpty says that a message holds nothing Zalo would show.
	ErrEmpty = errors.New("message is empty")
	// ErrNotUploaded says that the attachment must be uploaded first; see Assets.
	ErrNotUploaded = errors.New("attachment is not uploaded")
)

// Picture is where a picture is for Zalo: a public address or the id of an upload, exactly one of them.
type Picture struct {
	URL          string
	AttachmentID string
}

// Assets knows the attachments that Zalo holds for one office. Message has the kind Image or File; ok is false for one that was
// never uploaded or has expired: Render then gives ErrNotUploaded, and the caller uploads, remembers, and renders again.
type Assets interface {
	Picture(m message.Message) (p Picture, ok bool)
	File(m message.Message) (token string, ok bool)
}

// Render returns the calls that say m to a person, in the order in which they must be made.
//
// The choice that led here opens the text. A text is split below the limit. Every choice stands in the text with its number, since Zalo on a PC shows no buttons; every
// link stands there with its address. The buttons hang on the last piece; what does not fit on one message goes into a second
// bubble, and the numbers go on. Errors: ErrEmpty, ErrNotUploaded (wrapped).
func Render(m message.Message, to string, caps Capabilities, assets Assets) ([]Request, error) {
	r := renderer{to: to, caps: caps}
	switch {
	case m.Kind == message.Image && caps.Images:
		return r.image(m, assets)
	case m.Kind == message.File && caps.Files:
		return r.file(m, assets)
	case m.Kind == message.AskInfo && caps.RequestInfo && caps.InfoImage != "":
		return r.askInfo(m)
	}
	return r.words(m)
}

type renderer struct {
	to    string
	caps  Capabilities
	calls []Request
}

// words says a text with its choices and links.
func (r *renderer) words(m message.Message) ([]Request, error) {
	text := m.Text
	if lead := m.Opening(); lead != "" {
		text = lead + "\n" + strings.TrimSpace(text)
	}
	for i, bubble := range r.bubbles(m) {
		pieces := Split(bubble.text(text, i))
		for j, piece := range pieces {
			out := content{Text: piece}
			if j == len(pieces)-1 {
				out.Attachment = r.buttons(bubble)
			}
			if err := r.add(out); err != nil {
				return nil, err
			}
		}
	}
	if len(r.calls) == 0 {
		return nil, fmt.Errorf("render text: %w", ErrEmpty)
	}
	return r.calls, nil
}

func (r *renderer) image(m message.Message, assets Assets) ([]Request, error) {
	p, ok := assets.Picture(m)
	if !ok {
		return nil, fmt.Errorf("render picture %s: %w", m.Path, ErrNotUploaded)
	}
	element := mediaElement{MediaType: "image", URL: p.URL, AttachmentID: p.AttachmentID}
	if p.AttachmentID != "" {
		element.URL = ""
	}
	out := content{Attachment: template(templatePayload{Type: "media", Elements: []any{element}})}
	pieces := Split(m.Text)
	if len(pieces) > 0 {
		out.Text = pieces[0]
	}
	if err := r.add(out); err != nil {
		return nil, err
	}
	for i := 1; i < len(pieces); i++ {
		if err := r.add(content{Text: pieces[i]}); err != nil {
			return nil, err
		}
	}
	return r.calls, nil
}

// file sends the file alone: the shape has no text (facts §2.2); the display name is the name it was uploaded under.
func (r *renderer) file(m message.Message, assets Assets) ([]Request, error) {
	token, ok := assets.File(m)
	if !ok {
		return nil, fmt.Errorf("render file %s: %w", m.Path, ErrNotUploaded)
	}
	err := r.add(content{Attachment: &attachmentOut{Type: "file", Payload: filePayload{token}}})
	return r.calls, err
}

// askInfo opens Zalo's form: the first line is its title, the others its subtitle.
func (r *renderer) askInfo(m message.Message) ([]Request, error) {
	title, subtitle, _ := strings.Cut(strings.TrimSpace(m.Text), "\n")
	if title == "" {
		return nil, fmt.Errorf("render form: %w", ErrEmpty)
	}
	if subtitle = strings.TrimSpace(subtitle); subtitle == "" {
		subtitle = title // all three fields are required
	}
	element := infoElement{
		Title: shorten(strings.TrimSpace(title), TitleInfo), Subtitle: shorten(subtitle, SubtitleMax), ImageURL: r.caps.InfoImage,
	}
	err := r.add(content{Attachment: template(templatePayload{Type: "request_user_info", Elements: []any{element}})})
	return r.calls, err
}

func (r *renderer) add(out content) error {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(outMessage{Recipient: recipient{r.to}, Message: out}); err != nil {
		return fmt.Errorf("encode message: %w", err)
	}
	body := bytes.TrimSuffix(b.Bytes(), []byte("\n"))
	r.calls = append(r.calls, Request{Endpoint: EndpointConsult, Body: body, Text: out.Text})
	return nil
}
