package sandbox

import (
	"context"
	"net/http"
	"time"

	"hoithoai/runtime/zalo/fake"
)

// bubble is a message of the office as the page draws it.
type bubble struct {
	Text    string   `json:"text,omitempty"`
	Image   string   `json:"image,omitempty"`
	File    string   `json:"file,omitempty"`
	Alt     string   `json:"alt,omitempty"`
	Buttons []button `json:"buttons,omitempty"`
}

type button struct {
	Title   string `json:"title"`
	Type    string `json:"type"`
	Payload string `json:"payload,omitempty"`
	URL     string `json:"url,omitempty"`
	Phone   string `json:"phone,omitempty"`
}

// beat is how often the place of the session is looked up although nothing was said: a timer may have moved it.
const beat = time.Second

// follower is one open page.
type follower struct {
	page   *Page
	w      http.ResponseWriter
	person string
	seq    int // newest message of the ledger that was shown
	said   int // lines of the resident that were shown
}

// stream sends the page everything of one person, from the beginning and as it happens.
func (p *Page) stream(w http.ResponseWriter, r *http.Request) {
	person := r.URL.Query().Get("person")
	if !personID.MatchString(person) {
		http.Error(w, "thiếu người", http.StatusBadRequest)
		return
	}
	w.Header().Set("Content-Type", "text/event-stream")
	w.Header().Set("Cache-Control", "no-store")
	sent, cancel := p.cfg.Zalo.Subscribe(64)
	defer cancel()
	f := &follower{page: p, w: w, person: person}
	if event(w, "start", nil) != nil || event(w, "office", p.cfg.Name) != nil {
		return
	}
	f.follow(r.Context(), sent)
}

// follow writes what is new until the page or the program goes away.
func (f *follower) follow(ctx context.Context, sent <-chan fake.Sent) {
	tick := time.NewTicker(beat)
	defer tick.Stop()
	for {
		changed, spoke := f.page.signals(f.person)
		if err := f.show(ctx); err != nil {
			return
		}
		select {
		case <-ctx.Done():
			return
		case <-sent:
		case <-changed:
		case <-spoke:
		case <-tick.C:
		}
	}
}

// signals returns the channels that close when the flows change and when the person says something.
func (p *Page) signals(person string) (changed, spoke <-chan struct{}) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.people[person] == nil {
		p.people[person] = make(chan struct{})
	}
	return p.changed, p.people[person]
}

// show writes what was said since the last time, in order, and where the session stands.
func (f *follower) show(ctx context.Context) error {
	f.page.mu.Lock()
	bundle, lines := f.page.bundle, f.page.said[f.person][f.said:]
	f.page.mu.Unlock()
	if err := f.talk(lines); err != nil {
		return err
	}
	if err := event(f.w, "bundle", bundle); err != nil {
		return err
	}
	glance, err := f.page.cfg.Look(ctx, f.page.cfg.Office, f.person)
	if err != nil {
		return err
	}
	return event(f.w, "state", glance)
}

// talk writes the office's messages and the resident's lines, each line after the messages that were there before it.
func (f *follower) talk(lines []line) error {
	for _, m := range f.page.cfg.Zalo.Since(f.seq) {
		for len(lines) > 0 && lines[0].seq < m.Seq {
			if err := f.me(lines[0]); err != nil {
				return err
			}
			lines = lines[1:]
		}
		if err := f.bot(m); err != nil {
			return err
		}
	}
	for _, l := range lines {
		if err := f.me(l); err != nil {
			return err
		}
	}
	return nil
}

func (f *follower) me(l line) error {
	f.said++
	return event(f.w, "me", l.text)
}

func (f *follower) bot(m fake.Sent) error {
	f.seq = m.Seq
	if m.To != f.person {
		return nil
	}
	return event(f.w, "bot", f.page.draw(m))
}

func (p *Page) draw(m fake.Sent) bubble {
	b := bubble{Text: m.Text}
	switch m.Kind {
	case "image":
		b.Image = p.source(m)
	case "file":
		b.File = "asset/" + m.File
		if a, ok := p.cfg.Zalo.Asset(m.File); ok {
			b.Alt = a.Name
		}
	}
	for _, x := range m.Buttons {
		b.Buttons = append(b.Buttons, button{Title: x.Title, Type: x.Type, Payload: x.Payload, URL: x.URL, Phone: x.Phone})
	}
	return b
}

func (p *Page) source(m fake.Sent) string {
	if m.Picture.AttachmentID != "" {
		return "asset/" + m.Picture.AttachmentID
	}
	return m.Picture.URL
}
