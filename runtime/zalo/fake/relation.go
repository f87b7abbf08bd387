package fake

import "context"

type followHook struct {
	OAID      string `json:"oa_id"`
	Follower  party  `json:"follower"`
	ByApp     string `json:"user_id_by_app"`
	Event     string `json:"event_name"`
	Source    string `json:"source"`
	AppID     string `json:"app_id"`
	Timestamp string `json:"timestamp"`
}

type userHook struct {
	AppID     string `json:"app_id"`
	OAID      string `json:"oa_id"`
	UserID    string `json:"user_id"`
	ByApp     string `json:"user_id_by_app"`
	Event     string `json:"event_name"`
	Timestamp string `json:"timestamp"`
}

type infoHook struct {
	Sender    party  `json:"sender"`
	Recipient party  `json:"recipient"`
	Event     string `json:"event_name"`
	AppID     string `json:"app_id"`
	Timestamp string `json:"timestamp"`
	Info      Info   `json:"info"`
}

// Info is what a person fills into Zalo's form, in the shape since 2025.
type Info struct {
	Name    string  `json:"name"`
	Phone   string  `json:"phone"` // 84…
	Birth   string  `json:"user_dob"`
	Gender  string  `json:"gender"`
	Address Address `json:"full_address"`
}

// Address is the address within Info.
type Address struct {
	City   string `json:"user_city"`
	Ward   string `json:"user_ward"`
	Street string `json:"user_address"`
}

// Follow returns follow.
func (p *Person) Follow() Webhook { return p.relation("follow", 1) }

// Unfollow returns unfollow.
func (p *Person) Unfollow() Webhook { return p.relation("unfollow", -1) }

func (p *Person) relation(event string, follows int) Webhook {
	h := followHook{p.Office, party{ID: p.ID}, p.byApp(), event, "oa_profile", p.s.cfg.AppID, p.s.timestamp(p.address())}
	w := p.s.hook(event, h.Timestamp, h)
	w.who, w.follows, w.touches = p.address(), follows, follows > 0
	return w
}

// ChatNow returns user_click_chatnow: the first press on "chat" of someone who never wrote.
func (p *Person) ChatNow() Webhook { return p.user("user_click_chatnow", true) }

// Withdraw returns user_withdraw: erase this person's data.
func (p *Person) Withdraw() Webhook { return p.user("user_withdraw", false) }

func (p *Person) user(event string, touches bool) Webhook {
	h := userHook{p.s.cfg.AppID, p.Office, p.ID, p.byApp(), event, p.s.timestamp(p.address())}
	w := p.s.hook(event, h.Timestamp, h)
	w.who, w.touches = p.address(), touches
	return w
}

// SubmitInfo returns user_submit_info.
func (p *Person) SubmitInfo(info Info) Webhook {
	h := infoHook{party{ID: p.ID}, party{ID: p.Office}, "user_submit_info", p.s.cfg.AppID, p.s.timestamp(p.address()), info}
	w := p.s.hook("user_submit_info", h.Timestamp, h)
	w.who, w.touches = p.address(), true
	return w
}

// React returns user_reacted_message.
func (p *Person) React(messageID, icon string) Webhook {
	h := messageHook{
		AppID: p.s.cfg.AppID, Sender: party{ID: p.ID}, ByApp: p.byApp(), Recipient: party{ID: p.Office},
		Event: "user_reacted_message", Message: words{ID: messageID, ReactIcon: icon}, Timestamp: p.s.timestamp(p.address()),
	}
	return p.s.hook(h.Event, h.Timestamp, h)
}

// Received returns user_received_message, the receipt for a message of ours: the office is its sender.
func (p *Person) Received(messageID string) Webhook {
	return p.fromOffice("user_received_message", "", words{ID: messageID})
}

// Officer lets a human of the office write to the person in the console: the person has the message, and the webhook is
// oa_send_text with the human's admin_id.
func (p *Person) Officer(ctx context.Context, adminID, text string) int {
	m := p.s.record(Sent{Office: p.Office, To: p.ID, Kind: "text", Text: text})
	return p.s.Push(ctx, p.fromOffice("oa_send_text", adminID, words{Text: text, ID: m.MessageID}))
}

// fromOffice makes an event whose sender is the office.
func (p *Person) fromOffice(event, adminID string, m words) Webhook {
	h := messageHook{
		AppID: p.s.cfg.AppID, Sender: party{ID: p.Office, AdminID: adminID}, ByApp: p.byApp(), Recipient: party{ID: p.ID},
		Event: event, Message: m, Timestamp: p.s.timestamp(p.address()),
	}
	return p.s.hook(event, h.Timestamp, h)
}

// echo makes oa_send_* for a message of ours: no admin_id, and the msg_id that the answer names (facts §7).
func (s *Server) echo(m Sent) Webhook {
	event := map[string]string{
		"text": "oa_send_text", "image": "oa_send_image", "gif": "oa_send_gif", "sticker": "oa_send_sticker", "file": "oa_send_file",
		"list": "oa_send_list", "request_user_info": "oa_send_template",
	}[m.Kind]
	return s.Person(m.Office, m.To).fromOffice(event, "", words{Text: m.Text, ID: m.MessageID})
}
