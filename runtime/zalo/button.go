package zalo

import (
	"net/url"
	"strings"
)

// Button is a button as the API takes it: title, type, and a payload whose shape depends on the type (facts §2.3 [OFF PHP SDK
// buildAction*; D for the templates]). Make one with QueryHide, QueryShow, OpenURL, OpenPhone or OpenSMS.
type Button struct {
	Title   string `json:"title"`
	Type    string `json:"type"`
	Payload any    `json:"payload"`
}

// Types of buttons. A query comes back as a text that equals its payload; the others send nothing that we know of (facts §1.7).
const (
	TypeQueryHide = "oa.query.hide" // the person does not see the payload
	TypeQueryShow = "oa.query.show" // the payload appears as the person's own words
	TypeOpenURL   = "oa.open.url"
	TypeOpenPhone = "oa.open.phone"
	TypeOpenSMS   = "oa.open.sms"
)

type urlPayload struct {
	URL string `json:"url"`
}

type phonePayload struct {
	PhoneCode string `json:"phone_code"`
}

type smsPayload struct {
	PhoneCode string `json:"phone_code"`
	Content   string `json:"content"`
}

// QueryHide returns a button whose press sends payload without showing it to the person.
func QueryHide(title, payload string) Button { return button(title, TypeQueryHide, payload) }

// QueryShow returns a button whose press sends payload as the person's own words.
func QueryShow(title, payload string) Button { return button(title, TypeQueryShow, payload) }

// OpenURL returns a button that opens an address.
func OpenURL(title, address string) Button { return button(title, TypeOpenURL, urlPayload{address}) }

// OpenPhone returns a button that calls a number; see PhoneCode.
func OpenPhone(title, number string) Button {
	return button(title, TypeOpenPhone, phonePayload{PhoneCode(number)})
}

// OpenSMS returns a button that opens a text message to a number with its words filled in.
func OpenSMS(title, number, content string) Button {
	return button(title, TypeOpenSMS, smsPayload{PhoneCode(number), content})
}

func button(title, kind string, payload any) Button {
	return Button{Title: shorten(title, ButtonTitle), Type: kind, Payload: payload}
}

// PhoneCode returns a number as Zalo's buttons want it: full numbers of Viet Nam with 84 in front ("0912 345 678" and
// "+84912345678" are "84912345678"), short codes (113, 1022) and service numbers (1900…) as they are, without what people put
// between digits. It is empty where there is no number.
func PhoneCode(number string) string {
	plus := strings.HasPrefix(strings.TrimSpace(number), "+")
	digits := strings.Map(func(r rune) rune {
		switch {
		case r >= '0' && r <= '9':
			return r
		case strings.ContainsRune(" .-()+\u00A0", r):
			return -1
		}
		return 'x'
	}, number)
	switch {
	case len(digits) < 3 || strings.Contains(digits, "x"):
		return ""
	case !plus && digits[0] == '0' && (len(digits) == 10 || len(digits) == 11):
		return "84" + digits[1:]
	}
	return digits
}

// opensWeb reports an address that a button may open: http or https with a host, and nothing a browser would run.
func opensWeb(address string) bool {
	u, err := url.Parse(address)
	return err == nil && (u.Scheme == "https" || u.Scheme == "http") && u.Host != "" && u.User == nil
}
