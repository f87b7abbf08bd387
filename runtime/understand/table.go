package understand

// table maps 64-bit hashes to small numbers by open addressing: what every word and every feature of a message is looked up in.
// The zero value is an empty table. It is safe for readers once nobody writes.
type table struct {
	slots []slot // a power of two
	n     int
}

// slot is one entry; the key 0 means that it is free.
type slot struct {
	key   uint64
	value int32
}

// get returns the value of key.
func (t *table) get(key uint64) (int32, bool) {
	if t.n == 0 {
		return 0, false
	}
	mask := uint64(len(t.slots) - 1)
	for i := key & mask; ; i = (i + 1) & mask {
		switch s := &t.slots[i]; s.key {
		case key:
			return s.value, true
		case 0:
			return 0, false
		}
	}
}

// has reports whether key is in the table.
func (t *table) has(key uint64) bool {
	_, ok := t.get(key)
	return ok
}

// put sets the value of key.
func (t *table) put(key uint64, value int32) {
	if 2*(t.n+1) > len(t.slots) {
		t.grow()
	}
	if t.place(key, value) {
		t.n++
	}
}

// putNew sets the value of key unless it has one.
func (t *table) putNew(key uint64, value int32) {
	if !t.has(key) {
		t.put(key, value)
	}
}

// place puts a key where it belongs and reports whether it is new.
func (t *table) place(key uint64, value int32) bool {
	mask := uint64(len(t.slots) - 1)
	for i := key & mask; ; i = (i + 1) & mask {
		s := &t.slots[i]
		if s.key == key || s.key == 0 {
			isNew := s.key == 0
			*s = slot{key, value}
			return isNew
		}
	}
}

func (t *table) grow() {
	old := t.slots
	t.slots = make([]slot, max(16, 2*len(old)))
	for _, s := range old {
		if s.key != 0 {
			t.place(s.key, s.value)
		}
	}
}

// hashOf returns the hash of a word, never 0.
func hashOf[T string | []byte](word T) uint64 {
	h := uint64(14695981039346656037)
	for i := range len(word) {
		h = (h ^ uint64(word[i])) * 1099511628211
	}
	return mixed(h)
}

// mixed spreads a hash over all its bits; it is never 0.
func mixed(h uint64) uint64 {
	h ^= h >> 32
	h *= 0x9E3779B97F4A7C15
	h ^= h >> 29
	return max(h, 1)
}

// joined returns the hash of two hashes in their order, under a name.
func joined(name, a, b uint64) uint64 {
	return mixed((a^name*0x9FB21C651E98DF25)*0xBF58476D1CE4E5B9 + b)
}
