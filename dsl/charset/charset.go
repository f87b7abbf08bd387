// Package charset tells in which encoding the text of a file is, and brings it into UTF-8 where that can be done exactly:
// UTF-16 of Notepad and Word, TCVN3 (ABC) and VNI-Windows of older Vietnamese fonts, Windows-1258. It judges the bytes by the
// Vietnamese words that they make, so it knows nothing of the flow language. It is not responsible for documents that are no text.
package charset

import (
	"bytes"
	"encoding/binary"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/unicode/norm"
)

// Encoding is how the letters of a file are stored.
type Encoding uint8

// The encodings. Unknown is what is no UTF-8 and gives Vietnamese words in no other encoding either, UTF-8 with a stray byte
// among it.
const (
	UTF8 Encoding = iota
	UTF16LE
	UTF16BE
	TCVN3       // ABC: .VnTime and its like; capitals with a tone do not exist in it
	VNI         // VNI-Windows
	Windows1258 // Notepad's "ANSI" on a Vietnamese Windows
	Lost        // an "ANSI" that has no Vietnamese letters: question marks stand in their place, what was typed is gone
	Unknown
)

// String is the name that word processors and keyboards use.
func (e Encoding) String() string {
	return [...]string{"UTF-8", "UTF-16 LE", "UTF-16 BE", "TCVN3 (ABC)", "VNI-Windows", "Windows-1258", "ANSI", "?"}[e]
}

// Detect says how the letters of src are stored. Text that was typed with TCVN3 or VNI-Windows and then saved as UTF-8 counts
// as TCVN3 or VNI.
func Detect(src []byte) Encoding {
	if e, ok := wide(src); ok {
		return e
	}
	if !utf8.Valid(src) {
		return narrow(src)
	}
	if raw, ok := reduced(src); ok {
		if e := legacy(raw, judge(norm.NFC.String(string(src)))); e != Unknown && e != Windows1258 {
			return e
		}
	}
	return UTF8
}

// Decode returns src as UTF-8 in NFC without byte order mark, and the encoding it had; false where what stands in src has no
// exact counterpart: it is damaged, lost or unknown.
func Decode(src []byte) (string, Encoding, bool) {
	e := Detect(src)
	text, ok := "", false
	switch e {
	case UTF8:
		text, ok = string(src), true
	case UTF16LE, UTF16BE:
		text, ok = decodeWide(src, e)
	case TCVN3, VNI, Windows1258:
		raw := src
		if again, typed := reduced(src); typed && utf8.Valid(src) {
			raw = again
		}
		text, ok = decoders[e](raw)
	}
	return strings.TrimPrefix(norm.NFC.String(text), "\uFEFF"), e, ok
}

// decoders read the encodings of one byte a letter or two; false where a byte is no letter of theirs.
var decoders = map[Encoding]func([]byte) (string, bool){TCVN3: decodeTCVN3, VNI: decodeVNI, Windows1258: decodeWindows1258}

// wide reports UTF-16: by its byte order mark, or by the zero that every second byte of ASCII has.
func wide(src []byte) (Encoding, bool) {
	switch {
	case bytes.HasPrefix(src, []byte{0xFF, 0xFE}):
		return UTF16LE, true
	case bytes.HasPrefix(src, []byte{0xFE, 0xFF}):
		return UTF16BE, true
	}
	head := src[:min(len(src), 4096)]
	var zeros [2]int
	for i, b := range head {
		if b == 0 {
			zeros[i%2]++
		}
	}
	const share = 8 // one in four of every second byte
	switch {
	case len(head) < 4:
	case zeros[1] > len(head)/share && zeros[0] <= zeros[1]/share:
		return UTF16LE, true
	case zeros[0] > len(head)/share && zeros[1] <= zeros[0]/share:
		return UTF16BE, true
	}
	return UTF8, false
}

func decodeWide(src []byte, e Encoding) (string, bool) {
	if len(src)%2 != 0 {
		return "", false
	}
	var order binary.ByteOrder = binary.LittleEndian
	if e == UTF16BE {
		order = binary.BigEndian
	}
	units := make([]uint16, len(src)/2)
	for i := range units {
		units[i] = order.Uint16(src[2*i:])
	}
	text := string(utf16.Decode(units))
	return text, strings.Count(text, "\uFFFD") == countUnit(units, 0xFFFD)
}

func countUnit(units []uint16, u uint16) int {
	n := 0
	for _, v := range units {
		if v == u {
			n++
		}
	}
	return n
}

// narrow names the encoding of bytes that are no UTF-8. Where more letters of UTF-8 are whole than broken it is UTF-8, damaged.
func narrow(src []byte) Encoding {
	whole, broken := 0, 0
	for i := 0; i < len(src); {
		r, size := utf8.DecodeRune(src[i:])
		switch {
		case r == utf8.RuneError && size == 1:
			broken++
		case size > 1:
			whole++
		}
		i += size
	}
	if whole >= broken {
		return Unknown
	}
	return legacy(src, 0)
}

// legacy is the encoding in which src makes the most Vietnamese words, and more than plain of them.
func legacy(src []byte, plain int) Encoding {
	if judgeLost(src) {
		return Lost
	}
	best, most := Unknown, plain
	for _, e := range []Encoding{TCVN3, VNI, Windows1258} {
		text, _ := decoders[e](src)
		if n := judge(norm.NFC.String(text)); n > most {
			best, most = e, n
		}
	}
	return best
}

// reduced undoes UTF-8 where every character of src is one that a single byte of Windows-1252 stands for, as in a text that was
// typed in TCVN3 or VNI and saved as UTF-8; false for all other text, Vietnamese in Unicode among it.
func reduced(src []byte) ([]byte, bool) {
	src = bytes.TrimPrefix(src, []byte("\uFEFF"))
	for rest := src; len(rest) > 0; {
		r, size := utf8.DecodeRune(rest)
		if _, ok := oneByte(r); !ok {
			return nil, false
		}
		rest = rest[size:]
	}
	out := make([]byte, 0, len(src))
	for _, r := range string(src) {
		b, _ := oneByte(r)
		out = append(out, b)
	}
	return out, true
}

// oneByte is the byte of r in Windows-1252, or in Latin-1 where the former has none.
func oneByte(r rune) (byte, bool) {
	if r < 0x100 {
		return byte(r), true
	}
	return charmap.Windows1252.EncodeRune(r)
}

func decodeWindows1258(src []byte) (string, bool) {
	ok := true
	var out strings.Builder
	for _, b := range src {
		r := charmap.Windows1258.DecodeByte(b)
		ok = ok && r != utf8.RuneError
		out.WriteRune(r)
	}
	return out.String(), ok
}

// sign is what both older encodings leave as Windows has it: ASCII, quotes, dashes, spaces. false for a letter.
func sign(b byte) (rune, bool) {
	r := charmap.Windows1252.DecodeByte(b)
	return r, b < 0x80 || r != utf8.RuneError && strings.ContainsRune("\u00A0…‘’“”•–—«»°§€", r)
}
