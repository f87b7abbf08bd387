package fake

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/json"
	"strconv"

	"hoithoai/runtime/zalo"
)

// Person makes the webhooks of one person of one office: what the person does, exactly as Zalo shapes and signs it (facts §1.4
// to §1.7, testdata/zalo/webhook). A method makes a webhook and sends nothing: Server.Push does.
type Person struct {
	Office string
	ID     string
	s      *Server
}

// Person returns the maker of webhooks for a person.
func (s *Server) Person(office, id string) *Person { return &Person{Office: office, ID: id, s: s} }

// SetName gives the person the name that user/detail tells.
func (p *Person) SetName(name string) {
	p.s.mu.Lock()
	defer p.s.mu.Unlock()
	p.s.person(p.address()).name = name
}

func (p *Person) address() address { return address{p.Office, p.ID} }

// The envelopes, keys in the order of the official pages.
type party struct {
	ID      string `json:"id"`
	AdminID string `json:"admin_id,omitempty"`
}

type messageHook struct {
	AppID     string `json:"app_id"`
	Sender    party  `json:"sender"`
	ByApp     string `json:"user_id_by_app,omitempty"`
	Recipient party  `json:"recipient"`
	Event     string `json:"event_name"`
	Message   words  `json:"message"`
	Timestamp string `json:"timestamp"`
}

type words struct {
	Text        string  `json:"text,omitempty"`
	ID          string  `json:"msg_id"`
	Quote       string  `json:"quote_msg_id,omitempty"`
	ReactIcon   string  `json:"react_icon,omitempty"`
	Attachments []piece `json:"attachments,omitempty"`
}

type piece struct {
	Payload any    `json:"payload"`
	Type    string `json:"type"`
}

// Text returns user_send_text.
func (p *Person) Text(text string) Webhook {
	return p.say("user_send_text", "text", words{Text: text})
}

// Press returns what pressing a button sends: a text that equals the payload; ok is false for the buttons that send nothing.
func (p *Person) Press(b Button) (w Webhook, ok bool) {
	if b.Type != zalo.TypeQueryHide && b.Type != zalo.TypeQueryShow {
		return Webhook{}, false
	}
	return p.Text(b.Payload), true
}

// Quote returns user_send_text that quotes a message.
func (p *Person) Quote(text, messageID string) Webhook {
	return p.say("user_send_text", "text", words{Text: text, Quote: messageID})
}

// Image returns user_send_image with one attachment for each address; caption may be empty.
func (p *Person) Image(caption string, addresses ...string) Webhook {
	m := words{Text: caption}
	for _, a := range addresses {
		m.Attachments = append(m.Attachments, piece{preview{Thumbnail: a, URL: a}, "image"})
	}
	return p.say("user_send_image", "photo", m)
}

type preview struct {
	Thumbnail   string `json:"thumbnail,omitempty"`
	Description string `json:"description,omitempty"`
	URL         string `json:"url"`
	ID          string `json:"id,omitempty"`
}

// GIF returns user_send_gif.
func (p *Person) GIF(address string) Webhook {
	return p.attach("user_send_gif", "GIF", "", piece{preview{Thumbnail: address, URL: address}, "gif"})
}

// Audio returns user_send_audio.
func (p *Person) Audio(address string) Webhook {
	return p.attach("user_send_audio", "voice", "", piece{preview{URL: address}, "audio"})
}

// Video returns user_send_video.
func (p *Person) Video(address string) Webhook {
	return p.attach("user_send_video", "text", "", piece{preview{Thumbnail: address, Description: "video", URL: address}, "video"})
}

// Sticker returns user_send_sticker.
func (p *Person) Sticker(id string) Webhook {
	return p.attach("user_send_sticker", "sticker", "", piece{preview{URL: "https://stickers.example/" + id + ".webp", ID: id}, "sticker"})
}

// Link returns user_send_link: the text is the address.
func (p *Person) Link(address, description string) Webhook {
	return p.attach("user_send_link", "link", address, piece{preview{Description: description, URL: address}, "link"})
}

// Card returns user_send_business_card: the phone stands in JSON within a text.
func (p *Person) Card(name, phone string) Webhook {
	inner, _ := json.Marshal(map[string]string{"phone": phone, "qrCodeUrl": "https://qr.example/" + phone}) // texts always encode
	return p.attach("user_send_business_card", "link", name, piece{preview{Description: string(inner), URL: "https://zaloapp.com/qr/p/" + phone}, "link"})
}

// File returns user_send_file.
func (p *Person) File(name, address string, size int) Webhook {
	type payload struct {
		Size     string `json:"size"`
		Name     string `json:"name"`
		Checksum string `json:"checksum"`
		Type     string `json:"type"`
		URL      string `json:"url"`
	}
	f := payload{strconv.Itoa(size), name, "d41d8cd98f00b204e9800998ecf8427e", extension(name), address}
	return p.attach("user_send_file", "text", "", piece{f, "file"})
}

func extension(name string) string {
	for i := len(name) - 1; i >= 0; i-- {
		if name[i] == '.' {
			return name[i+1:]
		}
	}
	return ""
}

// Location returns user_send_location; place is its name, the coordinates are texts.
func (p *Person) Location(place, latitude, longitude string) Webhook {
	type coordinates struct {
		Latitude  string `json:"latitude"`
		Longitude string `json:"longitude"`
	}
	type payload struct {
		Coordinates coordinates `json:"coordinates"`
	}
	w := p.attach("user_send_location", "location", place, piece{payload{coordinates{latitude, longitude}}, "location"})
	at, _ := json.Marshal(coordinates{latitude, longitude}) // texts always encode
	w.said.place = string(at)
	return w
}

func (p *Person) attach(event, kind, text string, a piece) Webhook {
	return p.say(event, kind, words{Text: text, Attachments: []piece{a}})
}

// say makes an event of a message the person sent.
func (p *Person) say(event, kind string, m words) Webhook {
	m.ID = p.s.id()
	h := messageHook{
		AppID: p.s.cfg.AppID, Sender: party{ID: p.ID}, ByApp: p.byApp(), Recipient: party{ID: p.Office}, Event: event, Message: m,
		Timestamp: p.s.timestamp(p.address()),
	}
	w := p.s.hook(event, h.Timestamp, h)
	w.who, w.touches, w.said = p.address(), true, entry{kind: kind, text: m.Text, id: m.ID, url: m.shown()}
	return w
}

// shown is the address that the list of messages shows: of the first attachment, never of a file.
func (m words) shown() string {
	if len(m.Attachments) == 0 {
		return ""
	}
	p, _ := m.Attachments[0].Payload.(preview)
	return p.URL
}

// byApp returns user_id_by_app: another id of the same person, useless for sending. Taking it for the person is a common
// mistake, so the fake's differs.
func (p *Person) byApp() string {
	sum := sha256.Sum256([]byte(p.ID))
	return strconv.FormatUint(1e18+binary.BigEndian.Uint64(sum[:])%8e18, 10)
}
