package zalo

import (
	"encoding/json"
	"strconv"

	"hoithoai/dsl/value"
)

// mediaKinds maps Zalo's attachment types to the kinds of value.Media (facts §1.6 [DIG A,B; keys cross-checked G,H,F]). A gif
// is a picture. "photo" (source U alone) is not among them.
var mediaKinds = map[scalar]string{
	"image": "image", "gif": "image", "audio": "audio", "video": "video", "file": "file", "location": "location",
}

func (in *Inbound) attach(list []attachment) {
	for _, a := range list[:min(len(list), maxAttachments)] {
		switch {
		case a.Type == "sticker":
			in.Sticker = &Sticker{ID: string(a.Payload.ID), URL: string(a.Payload.URL)}
		case a.Type == "link" && in.EventName == "user_send_business_card":
			in.Card = a.Payload.card(in.Text)
		case a.Type == "link":
			in.Link = &Link{URL: string(a.Payload.URL), Title: string(a.Payload.Title), Description: string(a.Payload.Description)}
		default:
			in.addMedia(a)
		}
	}
}

func (in *Inbound) addMedia(a attachment) {
	kind, p := mediaKinds[a.Type], a.Payload
	m := value.Media{Kind: kind, URL: string(p.URL), Name: string(p.Name), Size: size(string(p.Size))}
	if kind == "location" {
		m.Lat, m.Long = string(p.Coordinates.Latitude), string(p.Coordinates.Longitude)
	}
	if kind == "" || (m.URL == "" && m.Lat == "") {
		return // nothing that could be fetched or shown
	}
	in.Media = append(in.Media, m)
}

// size reads a number of bytes: string or number on the wire (facts §1.6: UNCONF).
func size(text string) int64 {
	n, err := strconv.ParseInt(text, 10, 64)
	if err != nil || n < 0 {
		return 0
	}
	return n
}

// card reads a business card: its description is JSON within a string, the contact's name is the message's text [G].
func (p payload) card(name string) *Card {
	var d struct {
		Phone scalar `json:"phone"`
	}
	if err := json.Unmarshal([]byte(p.Description), &d); err != nil {
		d.Phone = ""
	}
	return &Card{Name: name, Phone: string(d.Phone), URL: string(p.URL)}
}
