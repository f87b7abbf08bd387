package zalo

import (
	"bytes"
	"encoding/json"
)

// body is every key of every webhook shape we read (facts §1.4, §1.6). Keys that are not here are ignored.
type body struct {
	EventName scalar `json:"event_name"`
	AppID     scalar `json:"app_id"`
	Timestamp scalar `json:"timestamp"`
	OAID      scalar `json:"oa_id"`
	OAIDCamel scalar `json:"oaId"` // change_oa_daily_quota alone spells it so [DIG C]
	UserID    scalar `json:"user_id"`
	GroupID   scalar `json:"group_id"`
	Source    scalar `json:"source"`
	Sender    party  `json:"sender"`
	Recipient party  `json:"recipient"`
	Follower  party  `json:"follower"`
	Tag       struct {
		Name scalar `json:"name"`
	} `json:"tag"`
	Message wireMessage                `json:"message"`
	Info    map[string]json.RawMessage `json:"info"`
}

type party struct {
	ID      scalar `json:"id"`
	AdminID scalar `json:"admin_id"`
}

type wireMessage struct {
	Text         scalar       `json:"text"`
	ID           scalar       `json:"msg_id"`
	Quote        scalar       `json:"quote_msg_id"`
	TrackingID   scalar       `json:"tracking_id"`
	DeliveryTime scalar       `json:"delivery_time"`
	Attachments  []attachment `json:"attachments"`
}

type attachment struct {
	Type    scalar  `json:"type"`
	Payload payload `json:"payload"`
}

type payload struct {
	URL         scalar `json:"url"`
	Title       scalar `json:"title"`
	Description scalar `json:"description"`
	ID          scalar `json:"id"`
	Name        scalar `json:"name"`
	Size        scalar `json:"size"`
	Coordinates struct {
		Latitude  scalar `json:"latitude"`
		Longitude scalar `json:"longitude"`
	} `json:"coordinates"`
}

// scalar is a string, or a number as it is printed: ids exceed 2^53, so a number must never pass through a float. Anything
// else is the empty string.
type scalar string

// UnmarshalJSON never fails: a field of the wrong shape is a field that is missing.
func (s *scalar) UnmarshalJSON(b []byte) error {
	*s = ""
	switch {
	case len(b) == 0:
	case b[0] == '"':
		return json.Unmarshal(b, (*string)(s))
	case b[0] == '-' || (b[0] >= '0' && b[0] <= '9'):
		*s = scalar(b)
	}
	return nil
}

// infoFields reads user_submit_info: the flat old shape, and full_address of the new one on top of it.
func infoFields(raw map[string]json.RawMessage) map[string]string {
	if len(raw) == 0 {
		return nil
	}
	out := map[string]string{}
	addScalars(out, raw)
	var address map[string]json.RawMessage
	if json.Unmarshal(raw["full_address"], &address) == nil {
		addScalars(out, address)
	}
	return out
}

func addScalars(out map[string]string, raw map[string]json.RawMessage) {
	for key, value := range raw {
		name, known := infoNames[key]
		var s scalar
		if known && s.UnmarshalJSON(bytes.TrimSpace(value)) == nil && s != "" {
			out[name] = string(s)
		}
	}
}

// infoNames maps the wire's names of both shapes to ours (facts §1.6).
var infoNames = map[string]string{
	"name": InfoName, "phone": InfoPhone, "user_dob": InfoBirth, "gender": InfoGender, "address": InfoAddress, "ward": InfoWard,
	"district": InfoDistrict, "city": InfoCity, "user_city": InfoCity, "user_ward": InfoWard, "user_address": InfoAddress,
}
