package zalo

import (
	"crypto/sha256"
	"crypto/subtle"
	"encoding/hex"
	"net/http"
	"strings"
)

// Headers of a webhook: the signature [OFF formula, 2+], a time that some implementations sign instead of the body's (K, M;
// UNCONF), and the number of a repeat [DIG2].
const (
	HeaderSignature = "X-ZEvent-Signature"
	HeaderTimestamp = "X-ZEvent-Timestamp"
	HeaderRetry     = "num_retry"
)

// Mode says what becomes of a webhook whose signature does not match.
type Mode uint8

// The modes. The zero value is the strict one.
const (
	Enforce Mode = iota // dropped
	Log                 // accepted all the same, for the first days with a new secret (source N advises such a time)
)

// Verifier checks that a webhook was made by Zalo for our app. Secrets are OA Secret Keys of the webhook page, not the App
// Secret (2+); two during a rotation. Without a secret nothing is proven. Printing or logging it shows no secret.
type Verifier struct {
	AppID   string
	Secrets []string
	Mode    Mode
}

// Variant names what was signed with which secret.
type Variant string

// The variants of a signature, in the order in which they are tried.
const (
	ByBody      Variant = "body"       // the body's timestamp, first secret
	ByHeader    Variant = "header"     // X-ZEvent-Timestamp, first secret
	ByBodyOld   Variant = "body_old"   // the body's timestamp, another secret
	ByHeaderOld Variant = "header_old" // X-ZEvent-Timestamp, another secret
)

// Verdict is the outcome: OK to accept; Variant that matched, empty if none did; Why not, as a word for metrics.
type Verdict struct {
	OK      bool
	Variant Variant
	Why     string
}

// Reasons in Verdict.Why.
const (
	WhyNoSecret  = "no_secret"
	WhyOtherApp  = "other_app"
	WhyUnsigned  = "unsigned"
	WhyMalformed = "malformed"
	WhyMismatch  = "mismatch"
)

// Verify compares the signature in header with every variant, in constant time, over the raw bytes of the body. in is the body
// decoded. In Log mode everything is OK, and Variant says whether it was proven.
func (v Verifier) Verify(body []byte, header http.Header, in Inbound) Verdict {
	variant, why := v.match(body, header, in)
	return Verdict{OK: why == "" || v.Mode == Log, Variant: variant, Why: why}
}

func (v Verifier) match(body []byte, header http.Header, in Inbound) (Variant, string) {
	given := header.Get(HeaderSignature)
	switch {
	case !v.hasSecret():
		return "", WhyNoSecret
	case in.AppID != v.AppID || v.AppID == "":
		return "", WhyOtherApp
	case given == "":
		return "", WhyUnsigned
	}
	mac, ok := parseSignature(given)
	if !ok {
		return "", WhyMalformed
	}
	if found := v.find(mac, body, in.TimestampText, header.Get(HeaderTimestamp)); found != "" {
		return found, ""
	}
	return "", WhyMismatch
}

func (v Verifier) hasSecret() bool { return strings.Join(v.Secrets, "") != "" }

// find returns the variant whose sum equals mac.
func (v Verifier) find(mac []byte, body []byte, ofBody, ofHeader string) Variant {
	variants := [2][2]Variant{{ByBody, ByHeader}, {ByBodyOld, ByHeaderOld}}
	for i, secret := range v.Secrets {
		for j, timestamp := range [2]string{ofBody, ofHeader} {
			if secret == "" || timestamp == "" || (j == 1 && ofHeader == ofBody) {
				continue
			}
			if equal(mac, sum(v.AppID, secret, timestamp, body)) {
				return variants[min(i, 1)][j]
			}
		}
	}
	return ""
}

func equal(mac []byte, want [sha256.Size]byte) bool {
	return subtle.ConstantTimeCompare(mac, want[:]) == 1
}

// parseSignature reads 64 hexadecimal digits of either case, after "mac=" or alone: official pages print the one, working
// implementations accept the other too (facts §1.3).
func parseSignature(s string) ([]byte, bool) {
	s = strings.TrimSpace(s)
	if name, rest, found := strings.Cut(s, "="); found {
		if !strings.EqualFold(strings.TrimSpace(name), "mac") {
			return nil, false
		}
		s = strings.TrimSpace(rest)
	}
	mac, err := hex.DecodeString(s)
	return mac, err == nil && len(mac) == sha256.Size
}

// sum is the plain SHA-256 of app id, raw body, timestamp and OA Secret Key, one after another; it is no HMAC. Source: Java SDK
// MacUtils.buildMac [OFF E].
func sum(appID, secret, timestamp string, body []byte) [sha256.Size]byte {
	b := make([]byte, 0, len(appID)+len(body)+len(timestamp)+len(secret))
	b = append(b, appID...)
	b = append(b, body...)
	b = append(b, timestamp...)
	b = append(b, secret...)
	return sha256.Sum256(b)
}

// Sign returns the headers Zalo sends with body: what the sandbox and the fake put on theirs.
func Sign(appID, secret, timestamp string, body []byte) http.Header {
	mac := sum(appID, secret, timestamp, body)
	h := http.Header{}
	h.Set(HeaderSignature, "mac="+hex.EncodeToString(mac[:]))
	h.Set("Content-Type", "application/json")
	return h
}

// String returns the app and the mode, and no secret.
func (v Verifier) String() string {
	mode := "enforce"
	if v.Mode == Log {
		mode = "log"
	}
	return "zalo.Verifier{app " + v.AppID + ", " + mode + "}"
}

// GoString returns String, so that %#v shows no secret either.
func (v Verifier) GoString() string { return v.String() }

// MarshalText returns String: a structured log shows no secret.
func (v Verifier) MarshalText() ([]byte, error) { return []byte(v.String()), nil }
