package seal

// Derive returns a key for another use of keyed hashes (receipt codes of tips), made from the names key: it changes with
// neither rotation nor label of another use, and says nothing of the keys that seal.
func (s *Sealer) Derive(label string) []byte { return derive(s.names, "use:"+label) }
