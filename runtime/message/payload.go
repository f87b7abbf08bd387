package message

import (
	"strconv"
	"strings"
)

// payloadVersion opens every payload of ours. It must not begin with "#": the console's keyword rules do, and would answer a
// second time (facts/zalo-api.md §1.7).
const payloadVersion = "ht1."

// MaxPayload is the longest payload Payload makes, in bytes: version, ten digits, dot, ten digits.
const MaxPayload = len(payloadVersion) + 10 + 1 + 10

// Payload returns what a press of choice n of the question asked in turn carries: "ht1.<turn>.<n>". It holds no word of the
// flow, so it stays short and says nothing to whoever sees it.
func Payload(turn uint32, n int) string {
	return payloadVersion + strconv.FormatUint(uint64(turn), 10) + "." + strconv.Itoa(n)
}

// ParsePayload reads what Payload wrote, and nothing else: a press comes back as an ordinary text, so anything a person can
// type must not pass by accident. ok is false for signs, leading zeros, white space, n < 1 and numbers out of range. A payload
// proves nothing about who made it: it can be typed, and has no more rights than a press.
func ParsePayload(text string) (turn uint32, n int, ok bool) {
	rest, found := strings.CutPrefix(text, payloadVersion)
	if !found {
		return 0, 0, false
	}
	left, right, found := strings.Cut(rest, ".")
	t, okTurn := parseNumber(left, 32)
	m, okN := parseNumber(right, 31)
	if !found || !okTurn || !okN || m < 1 {
		return 0, 0, false
	}
	return uint32(t), int(m), true
}

// parseNumber reads plain decimal digits without leading zeros.
func parseNumber(s string, bits int) (uint64, bool) {
	if s == "" || s[0] < '0' || s[0] > '9' || (len(s) > 1 && s[0] == '0') {
		return 0, false
	}
	n, err := strconv.ParseUint(s, 10, bits)
	return n, err == nil
}
