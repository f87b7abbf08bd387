package tips

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base32"
	"strings"

	"hoithoai/runtime/store"
)

// alphabet is Crockford's: 32 signs without I, L, O and U, which are mistaken when read aloud or copied by hand.
const alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"

// Codes returns the function that makes receipt codes: 80 bits of HMAC-SHA256 over the asking item, so a repeated call gives
// the same code and nobody without the key can guess one. The form is TB-XXXX-XXXX-XXXX-XXXX.
func Codes(key []byte) func(store.ID8) string {
	enc := base32.NewEncoding(alphabet).WithPadding(base32.NoPadding)
	return func(id store.ID8) string {
		mac := hmac.New(sha256.New, key)
		mac.Write([]byte("tip-code"))
		mac.Write(id[:])
		s := enc.EncodeToString(mac.Sum(nil)[:10])
		return "TB-" + strings.Join([]string{s[:4], s[4:8], s[8:12], s[12:16]}, "-")
	}
}
