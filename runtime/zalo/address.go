package zalo

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"
)

// address finds office and person by the family of the event (facts §1.4 [DIG2, 2+]); "sender is the user" holds for some only.
func (b *body) address(in *Inbound) {
	sender, recipient := string(b.Sender.ID), string(b.Recipient.ID)
	switch in.Family {
	case UserMessage, SubmitInfo:
		in.Office, in.Person = recipient, sender
	case Echo:
		in.Office, in.Person, in.Echo, in.AdminID = sender, recipient, true, string(b.Sender.AdminID)
	case Receipt:
		b.receipt(in)
	case Follow, Unfollow:
		in.Office, in.Person = b.office(), string(b.Follower.ID)
	case ChatNow, Withdraw:
		in.Office, in.Person = b.office(), string(b.UserID)
	case Anonymous:
		b.anonymous(in)
	case Group:
		b.group(in)
	default: // TagChange, Account, Unknown: of the account, or of nobody we could name safely
		in.Office = b.office()
	}
}

func (b *body) office() string {
	if b.OAID != "" {
		return string(b.OAID)
	}
	return string(b.OAIDCamel)
}

// receipt: the office is the sender, except for a reaction of the user. Production code F reads seen events the other way
// round; where the body names the office itself, that decides. A receipt of ZNS names a telephone, which must not become a person.
func (b *body) receipt(in *Inbound) {
	office, person := string(b.Sender.ID), string(b.Recipient.ID)
	if in.EventName == "user_reacted_message" || (b.OAID != "" && string(b.OAID) == person) {
		office, person = person, office
	}
	in.Office = office
	if b.Message.TrackingID != "" || b.Message.DeliveryTime != "" || looksLikePhone(person) {
		in.Phone = person
		return
	}
	in.Person = person
}

// looksLikePhone tells a telephone number from an id: ids of people have 14 digits and more in every sample, numbers of
// Viet Nam at most 12.
func looksLikePhone(id string) bool {
	if len(id) < 9 || len(id) > 12 || (id[0] != '0' && !strings.HasPrefix(id, "84")) {
		return false
	}
	return strings.Trim(id, "0123456789") == ""
}

func (b *body) anonymous(in *Inbound) {
	in.Office, in.Anonymous = string(b.Recipient.ID), string(b.Sender.ID)
	if strings.HasPrefix(in.EventName, "oa_") {
		in.Office, in.Anonymous, in.Echo = in.Anonymous, in.Office, true
	}
}

func (b *body) group(in *Inbound) {
	in.Office, in.Group = b.office(), string(b.GroupID)
	in.Echo = strings.HasPrefix(in.EventName, "oa_send_group_")
	if in.Group == "" {
		in.Group = string(b.Recipient.ID)
	}
}

// dedupeKey follows facts §1.2: office, event and message id; else office, event, person and time; else the whole body, since
// a repeat has the same bytes. The message id of a reaction is its target's, so a reaction goes by its body. All that a person
// sends is one kind of event here: the list of recent messages, from which a lost webhook is made up for, does not tell whether
// it was user_send_text or user_send_file.
func dedupeKey(in Inbound, raw []byte) string {
	reaction := in.EventName == "user_reacted_message" || in.EventName == "oa_reacted_message"
	switch {
	case in.MessageID != "" && in.Family == UserMessage:
		return key("m", in.Office, "user_send", in.MessageID)
	case in.MessageID != "" && !reaction:
		return key("m", in.Office, in.EventName, in.MessageID)
	case in.Person != "" && in.TimestampText != "" && !reaction:
		return key("t", in.Office, in.EventName, in.Person, in.TimestampText)
	}
	sum := sha256.Sum256(raw)
	return key("b", hex.EncodeToString(sum[:]))
}

// key joins parts so that different parts never give the same key.
func key(parts ...string) string {
	for i, p := range parts {
		parts[i] = keyEscape.Replace(p)
	}
	return strings.Join(parts, "|")
}

var keyEscape = strings.NewReplacer("%", "%25", "|", "%7C")
