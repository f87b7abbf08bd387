package sandbox

import (
	"encoding/json"
	"io"
	"net/http"
	"regexp"

	"hoithoai/runtime/zalo/fake"
)

// spoken is what the page asks to send in a resident's name.
type spoken struct {
	Person string `json:"person"`
	Kind   string `json:"kind"` // text, press, follow, image, file, location, sticker
	Text   string `json:"text"`
}

// personID is the form of ids: decimal, as Zalo's are.
var personID = regexp.MustCompile(`^[0-9]{1,20}$`)

// send turns what was typed into a signed webhook. The answer says whether the webhook was answered 200.
func (p *Page) send(w http.ResponseWriter, r *http.Request) {
	var s spoken
	if err := json.NewDecoder(io.LimitReader(r.Body, 64<<10)).Decode(&s); err != nil || !personID.MatchString(s.Person) {
		http.Error(w, "tin gửi không đúng dạng", http.StatusBadRequest)
		return
	}
	hook, shown, ok := p.hook(s)
	if !ok {
		http.Error(w, "không gửi được loại "+s.Kind, http.StatusBadRequest)
		return
	}
	if shown != "" {
		p.note(s.Person, shown)
	}
	if status := p.cfg.Zalo.Push(r.Context(), hook); status != http.StatusOK {
		http.Error(w, "máy chủ chưa nhận được tin, Zalo sẽ gửi lại", http.StatusBadGateway)
		return
	}
	w.WriteHeader(http.StatusNoContent)
}

// hook builds the webhook, and what the resident sees of their own message: a hidden press shows nothing, as in Zalo.
func (p *Page) hook(s spoken) (w fake.Webhook, shown string, ok bool) {
	who := p.cfg.Zalo.Person(p.cfg.Office, s.Person)
	switch s.Kind {
	case "text":
		return who.Text(s.Text), s.Text, s.Text != ""
	case "press":
		return who.Text(s.Text), "", s.Text != ""
	case "follow":
		return who.Follow(), "", true
	case "image":
		return who.Image("", p.cfg.Address+"/sent/anh.png"), "(ảnh)", true
	case "file":
		return who.File("tep.pdf", p.cfg.Address+"/sent/tep.pdf", len(p.cfg.Document)), "(tệp tep.pdf)", true
	case "location":
		return who.Location("Cơm Coffee New Sky", "10.7923119", "106.7820651"), "(vị trí: Cơm Coffee New Sky)", true
	case "sticker":
		return who.Sticker("46000"), "(nhãn dán)", true
	}
	return fake.Webhook{}, "", false
}

// note remembers what the resident said, for the page to show in its place among the answers.
func (p *Page) note(person, text string) {
	seq := len(p.cfg.Zalo.Since(0)) // which counts from 1
	p.mu.Lock()
	defer p.mu.Unlock()
	p.said[person] = append(p.said[person], line{seq: seq, text: text})
	p.wake(person)
}

// wake tells the streams of a person that there is something new. The lock must be held.
func (p *Page) wake(person string) {
	if ch := p.people[person]; ch != nil {
		close(ch)
	}
	p.people[person] = make(chan struct{})
}
