package envelope

import "encoding/json"

// OfficeOf returns the office of an entry of mailbox or outbox without reading the rest of it, "" where it has none.
func OfficeOf(b []byte) string {
	var a struct{ Office string }
	if json.Unmarshal(b, &a) != nil {
		return ""
	}
	return a.Office
}
