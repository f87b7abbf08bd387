package zalo

import "hoithoai/dsl/value"

// Inbound is one webhook body, read. Ids are decimal strings as Zalo prints them, never numbers. Fields a body does not carry
// are empty. What Zalo prints is kept as it came, except that Info has one set of names for both shapes of user_submit_info.
type Inbound struct {
	Family    Family
	EventName string
	AppID     string
	Office    string // id of the Official Account, found by family
	Person    string // id to send to; empty where the event is not of one person in a 1-1 dialog
	MessageID string

	Timestamp     int64  // Unix milliseconds; 0 where missing or not plausible
	TimestampText string // as printed: part of what is signed

	Text    string
	Media   []value.Media // kinds "image", "file", "video", "audio", "location"
	Sticker *Sticker
	Link    *Link             // of user_send_link
	Card    *Card             // of user_send_business_card
	Info    map[string]string // user_submit_info: see Info… names
	Quote   string            // id of the message this one quotes
	Tag     string            // name of the tag, of tag events

	Echo      bool   // the office spoke: oa_send_*
	AdminID   string // of the human who spoke for the office; empty for the API and (unproven) for automatic answers
	Phone     string // receipts of ZNS go to a telephone number, which is not a person
	Anonymous string // id of an anonymous sender, which is not an id to send to with the 1-1 API
	Group     string // id of a group
	Source    string // of follow: oa_profile, message_invite, social_plugin

	DedupeKey string // the same for every delivery of one event, different for different events
}

// Sticker is a sticker; only its picture means something.
type Sticker struct{ ID, URL string }

// Link is a link with Zalo's preview of it.
type Link struct{ URL, Title, Description string }

// Card is a contact someone passed on.
type Card struct{ Name, Phone, URL string }

// Names in Inbound.Info. The shape since the administrative reform of 2025 and the one before are read into the same names
// (facts §1.6: new shape [OFF via C], old one [DIG C]).
const (
	InfoName     = "name"
	InfoPhone    = "phone"
	InfoBirth    = "dob"
	InfoGender   = "gender"
	InfoAddress  = "address"
	InfoWard     = "ward"
	InfoDistrict = "district"
	InfoCity     = "city"
)
