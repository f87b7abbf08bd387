package zalo

import "strings"

// Family groups events that name office and person in the same places (facts §1.4).
type Family uint8

// The families of events.
const (
	Unknown     Family = iota // an event we do not know: answered 200, counted, ignored (facts §1.5: names drift)
	Probe                     // the unsigned {} that saving the URL in the console sends
	UserMessage               // user_send_*
	Echo                      // oa_send_*: the office spoke
	Receipt                   // received, seen, reacted
	Follow
	Unfollow
	ChatNow    // first press on "chat", once a person
	SubmitInfo // answer to request_user_info
	TagChange
	Anonymous // anonymous_send_* and echoes to anonymous people: another API, never a dialog
	Group     // events of groups: never start a 1-1 dialog
	Withdraw  // a person wants the data erased
	Account   // quota, templates, calls, shop, permissions: of the app or the account, not of a dialog
)

// String returns the family's name for metrics and golden files.
func (f Family) String() string {
	if int(f) >= len(familyNames) {
		return familyNames[Unknown]
	}
	return familyNames[f]
}

// MarshalText returns String.
func (f Family) MarshalText() ([]byte, error) { return []byte(f.String()), nil }

var familyNames = [...]string{
	Unknown: "unknown", Probe: "probe", UserMessage: "user_message", Echo: "echo", Receipt: "receipt", Follow: "follow",
	Unfollow: "unfollow", ChatNow: "chatnow", SubmitInfo: "submit_info", TagChange: "tag", Anonymous: "anonymous",
	Group: "group", Withdraw: "withdraw", Account: "account",
}

// familyOf returns the family of an event name.
func familyOf(name string) Family {
	if f, ok := families[name]; ok {
		return f
	}
	if strings.HasPrefix(name, "user_send_group_") || strings.HasPrefix(name, "oa_send_group_") {
		return Group
	}
	return Unknown
}

// families is the event catalogue (facts §1.5: list of source D, 2024-10 [OFF D], survey P/A 2026 [DIG]). Where the generations
// of documents disagree on a name, both stand here.
var families = map[string]Family{
	"user_send_text": UserMessage, "user_send_image": UserMessage, "user_send_gif": UserMessage, "user_send_link": UserMessage,
	"user_send_audio": UserMessage, "user_send_video": UserMessage, "user_send_sticker": UserMessage,
	"user_send_location": UserMessage, "user_send_file": UserMessage, "user_send_business_card": UserMessage,

	"oa_send_text": Echo, "oa_send_image": Echo, "oa_send_gif": Echo, "oa_send_list": Echo, "oa_send_file": Echo,
	"oa_send_sticker": Echo, "oa_send_template": Echo,

	"user_received_message": Receipt, "user_seen_message": Receipt, "user_reacted_message": Receipt, "oa_reacted_message": Receipt,

	"follow": Follow, "unfollow": Unfollow, "user_click_chatnow": ChatNow, "user_submit_info": SubmitInfo, "user_withdraw": Withdraw,

	"anonymous_send_text": Anonymous, "anonymous_send_image": Anonymous, "anonymous_send_file": Anonymous,
	"anonymous_send_sticker": Anonymous, "oa_send_anonymous_text": Anonymous, "oa_send_anonymous_image": Anonymous,
	"oa_send_anonymous_file": Anonymous, "oa_send_anonymous_sticker": Anonymous,

	"add_user_to_tag": TagChange, "remove_user_from_tag": TagChange, "remove_tag": TagChange,

	"create_group": Group, "user_join_group": Group, "user_request_join_group": Group, "accept_request_join_group": Group,
	"react_request_join_group": Group, "reject_request_join_group": Group, "add_group_admin": Group, "remove_group_admin": Group,
	"update_group_info": Group, "user_out_group": Group, "user_leave_group": Group, "delete_group": Group, "disperse_group": Group,

	"update_user_info": Account, "user_feedback": Account, "permission_revoked": Account,
	"oa_send_consent": Account, "user_reply_consent": Account, "user_call_oa": Account, "oa_call_user": Account,
	"user_click_response_button": Account, "change_oa_daily_quota": Account, "change_oa_template_tags": Account,
	"change_template_quality": Account, "change_template_quota": Account, "change_template_status": Account,
	"event_journey_time_out": Account, "event_journey_acknowledged": Account,
	"widget_interaction_accepted": Account, "widget_failed_to_sync_user_external_id": Account,
	"extension_purchased": Account, "shop_has_order": Account,
}
