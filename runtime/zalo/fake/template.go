package fake

import (
	"encoding/json"
	"net/url"
	"strings"
)

type templateBody struct {
	Type     string            `json:"template_type"`
	Elements []json.RawMessage `json:"elements"`
	Buttons  []buttonBody      `json:"buttons"`
}

type buttonBody struct {
	Title   string          `json:"title"`
	Type    string          `json:"type"`
	Payload json.RawMessage `json:"payload"`
}

func (c *checker) template(payload json.RawMessage) *refusalError {
	var t templateBody
	if err := strict(payload, &t); err != nil {
		return invalid("template payload: %v", err)
	}
	switch t.Type {
	case "", "button":
		return c.buttons(t)
	case "media":
		return c.only(t, c.media)
	case "request_user_info":
		return c.only(t, c.info)
	case "list":
		return c.list(t)
	}
	return unsupported("template_type is %q", t.Type)
}

// only is for templates of exactly one element and no buttons.
func (c *checker) only(t templateBody, check func(json.RawMessage) *refusalError) *refusalError {
	if len(t.Elements) != 1 || len(t.Buttons) > 0 {
		return invalid("%s has %d elements and %d buttons, must be 1 and 0", t.Type, len(t.Elements), len(t.Buttons))
	}
	return check(t.Elements[0])
}

func (c *checker) buttons(t templateBody) *refusalError {
	if len(t.Elements) > 0 || len(t.Buttons) == 0 || c.out.Text == "" {
		return invalid("buttons need a text, at least one button and no elements")
	}
	c.out.Kind = "text"
	return c.addButtons(t.Buttons)
}

func (c *checker) addButtons(list []buttonBody) *refusalError {
	if len(list) > 5 {
		return invalid("%d buttons, at most 5", len(list))
	}
	for _, b := range list {
		got, err := readButton(b)
		if err != nil {
			return err
		}
		c.out.Buttons = append(c.out.Buttons, got)
	}
	return nil
}

// readButton checks one button against the five forms.
func readButton(b buttonBody) (Button, *refusalError) {
	out := Button{Title: b.Title, Type: b.Type}
	if b.Title == "" || tooLong(b.Title, 100) {
		return out, invalid("button title %q must have 1 to 100 characters", b.Title)
	}
	switch b.Type {
	case "oa.query.show", "oa.query.hide":
		if json.Unmarshal(b.Payload, &out.Payload) != nil || out.Payload == "" || tooLong(out.Payload, 1000) {
			return out, invalid("payload of button %q must be a text of 1 to 1000 characters", b.Title)
		}
	case "oa.open.url":
		return out, openURL(b, &out)
	case "oa.open.phone":
		return out, openPhone(b, &out, false)
	case "oa.open.sms":
		return out, openPhone(b, &out, true)
	default:
		return out, invalid("button type %q", b.Type)
	}
	return out, nil
}

func openURL(b buttonBody, out *Button) *refusalError {
	var p struct {
		URL string `json:"url"`
	}
	if err := strict(b.Payload, &p); err != nil {
		return invalid("payload of button %q: %v", b.Title, err)
	}
	if !isWeb(p.URL) {
		return invalid("button %q opens %q", b.Title, p.URL)
	}
	out.URL = p.URL
	return nil
}

func openPhone(b buttonBody, out *Button, sms bool) *refusalError {
	var p struct {
		Code    string  `json:"phone_code"`
		Content *string `json:"content"`
	}
	if err := strict(b.Payload, &p); err != nil {
		return invalid("payload of button %q: %v", b.Title, err)
	}
	if !isPhoneCode(p.Code) {
		return invalid("phone_code %q of button %q is neither a short code nor a number with 84", p.Code, b.Title)
	}
	if sms != (p.Content != nil) {
		return invalid("content of button %q belongs to oa.open.sms alone", b.Title)
	}
	out.Phone = p.Code
	if sms {
		out.Words = *p.Content
	}
	return nil
}

// isPhoneCode: digits, and a full number begins with the country, not with 0.
func isPhoneCode(code string) bool {
	return len(code) >= 3 && len(code) <= 15 && strings.Trim(code, "0123456789") == "" && code[0] != '0'
}

func isWeb(address string) bool {
	u, err := url.Parse(address)
	return err == nil && (u.Scheme == "http" || u.Scheme == "https") && u.Host != ""
}

func (c *checker) media(element json.RawMessage) *refusalError {
	var e struct {
		Type         string `json:"media_type"`
		URL          string `json:"url"`
		AttachmentID string `json:"attachment_id"`
		Width        int    `json:"width"`
		Height       int    `json:"height"`
	}
	if err := strict(element, &e); err != nil {
		return invalid("media element: %v", err)
	}
	c.out.Kind, c.out.Picture.URL, c.out.Picture.AttachmentID = e.Type, e.URL, e.AttachmentID
	switch {
	case e.Type != "image" && e.Type != "gif" && e.Type != "sticker":
		return unsupported("media_type is %q", e.Type)
	case (e.URL == "") == (e.AttachmentID == ""):
		return invalid("a picture needs url or attachment_id, and not both")
	case e.URL != "" && (!isWeb(e.URL) || e.Type != "image"):
		return invalid("%s with url %q", e.Type, e.URL)
	case e.Type == "gif" && (e.Width <= 0 || e.Height <= 0):
		return invalid("a gif needs width and height")
	case e.URL != "" || e.Type == "sticker":
		return nil
	}
	return c.asset(e.AttachmentID, e.Type)
}

func (c *checker) info(element json.RawMessage) *refusalError {
	var e struct {
		Title    string `json:"title"`
		Subtitle string `json:"subtitle"`
		ImageURL string `json:"image_url"`
	}
	if err := strict(element, &e); err != nil {
		return invalid("request_user_info element: %v", err)
	}
	c.out.Kind, c.out.Title, c.out.Subtitle = "request_user_info", e.Title, e.Subtitle
	switch {
	case e.Title == "" || tooLong(e.Title, 100):
		return invalid("title must have 1 to 100 characters")
	case e.Subtitle == "" || tooLong(e.Subtitle, 500):
		return invalid("subtitle must have 1 to 500 characters")
	case !isWeb(e.ImageURL):
		return invalid("image_url is %q", e.ImageURL)
	}
	return nil
}

// list takes v2's shape where the fake is told to.
func (c *checker) list(t templateBody) *refusalError {
	if !c.server.cfg.List {
		return unsupported("template_type list")
	}
	if len(t.Elements) == 0 || len(t.Elements) > 5 {
		return invalid("%d elements, must be 1 to 5", len(t.Elements))
	}
	c.out.Kind = "list"
	for _, raw := range t.Elements {
		if err := c.listElement(raw); err != nil {
			return err
		}
	}
	return c.addButtons(t.Buttons)
}

func (c *checker) listElement(raw json.RawMessage) *refusalError {
	var e struct {
		Title    string `json:"title"`
		Subtitle string `json:"subtitle"`
		ImageURL string `json:"image_url"`
		Action   struct {
			Type    string          `json:"type"`
			Payload json.RawMessage `json:"payload"`
			URL     string          `json:"url"`
		} `json:"default_action"`
	}
	if err := strict(raw, &e); err != nil {
		return invalid("list element: %v", err)
	}
	b := buttonBody{Title: e.Title, Type: e.Action.Type, Payload: e.Action.Payload}
	if b.Type == "oa.open.url" { // the address stands beside the type (Java SDK)
		b.Payload, _ = json.Marshal(map[string]string{"url": e.Action.URL})
	}
	got, err := readButton(b)
	c.out.Buttons = append(c.out.Buttons, got)
	return err
}
