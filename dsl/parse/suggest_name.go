package parse

// SuggestName is the name an author means by a label: tam_vang for "Tạm vắng" and "tamVang"; "" where nothing is left of it.
func SuggestName(label string) string { return asciiName(label) }

// Usable reports whether s can be the name of a flow: ASCII snake_case that starts with a letter, and no word of the language.
func Usable(s string) bool { return isIdentifier(s) && !reserved[s] }
