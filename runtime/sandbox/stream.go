package sandbox

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"time"

	"hoithoai/runtime/server"
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
	seq    int               // newest message of the ledger that was looked at
	said   int               // lines of the resident that were shown
	told   map[string][]byte // what was last written of bundle and state
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
	ctx, end := server.Streaming(r)
	defer end()
	f := &follower{page: p, w: w, person: person, told: map[string][]byte{}}
	if event(w, "start", nil) != nil || event(w, "office", p.cfg.Name) != nil {
		return
	}
	f.follow(ctx, sent)
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

// show writes what was said since the last time, in order, and where the session stands where that has changed.
func (f *follower) show(ctx context.Context) error {
	messages := f.page.cfg.Zalo.Since(f.seq) // before the lines: no answer may be shown without what it answers
	f.page.mu.Lock()
	bundle, lines := f.page.bundle, f.page.said[f.person][f.said:]
	f.page.mu.Unlock()
	if err := f.talk(messages, lines); err != nil {
		return err
	}
	if err := f.tell("bundle", bundle); err != nil {
		return err
	}
	glance, err := f.page.cfg.Look(ctx, f.page.cfg.Office, f.person)
	if err != nil {
		glance.Status = "không đọc được phiên"
	}
	return f.tell("state", glance)
}

// tell writes an event unless it says what the last one of this name said.
func (f *follower) tell(name string, data any) error {
	body, err := json.Marshal(data)
	if err != nil {
		return fmt.Errorf("encode %s: %w", name, err)
	}
	if bytes.Equal(body, f.told[name]) {
		return nil
	}
	f.told[name] = body
	return event(f.w, name, json.RawMessage(body))
}

// talk writes the office's messages and the resident's lines, each line after the messages that were there before it. Lines
// said after messages that are not shown yet wait for those.
func (f *follower) talk(messages []fake.Sent, lines []line) error {
	for _, m := range messages {
		var err error
		if lines, err = f.mine(lines, m.Seq-1); err != nil {
			return err
		}
		if err := f.bot(m); err != nil {
			return err
		}
	}
	_, err := f.mine(lines, f.seq)
	return err
}

// mine writes the lines said before there was a message after seq, and returns the others.
func (f *follower) mine(lines []line, seq int) ([]line, error) {
	for len(lines) > 0 && lines[0].seq <= seq {
		if err := f.me(lines[0]); err != nil {
			return lines, err
		}
		lines = lines[1:]
	}
	return lines, nil
}

// event writes one event of the stream. What residents and flows say is JSON with <, > and & escaped: never markup, and
// never a line of its own.
func event(w http.ResponseWriter, name string, data any) error {
	body, err := json.Marshal(data)
	if err != nil {
		return fmt.Errorf("encode %s: %w", name, err)
	}
	if _, err := fmt.Fprintf(w, "event: %s\ndata: %s\n\n", name, body); err != nil {
		return fmt.Errorf("write %s: %w", name, err)
	}
	if err := http.NewResponseController(w).Flush(); err != nil {
		return fmt.Errorf("flush %s: %w", name, err)
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
