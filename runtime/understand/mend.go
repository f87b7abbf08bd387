package understand

// What people write in fear is mistyped: "chấy" for "cháy", "chém nhao", "cứuuu". mend reads such words as the words of danger they
// are near to. Only a word that nobody taught is touched, so a sentence of the flows is always read as it stands.

// longWord is how many letters the longer of two words has at least where one letter is wrong or missing. In shorter ones two may
// only have changed places, or sound alike.
const longWord = 4

// shortWord is how many letters a word has at least to be mended.
const shortWord = 3

// mend changes the words of a message that are no words anybody taught.
func (u *Understander) mend(words []token) {
	for i := range words {
		t := &words[i]
		switch {
		case t.id == 0 || t.isOneOf(either) || u.lexicon.words.has(t.id) || u.lexicon.short.first.has(t.id):
		case u.known.has(t.id):
			if t.accents != 0 && !u.spellings.has(t.spelling()) {
				t.accents = 0 // accents that this word never has say nothing
			}
		default:
			u.lexicon.grave.mend(words, i)
		}
	}
}

// spelling is the hash of a word with its accents.
func (t *token) spelling() uint64 { return joined(1, t.id, uint64(t.accents)) }

// nearby finds the words of danger that are one mistake away from another word.
type nearby struct {
	words  []token
	whole  table     // words
	sound  table     // a word by how it sounds
	less   table     // words by each of their forms with one letter left out, and as they stand: into lists
	lists  [][]int32 // of words
	follow table     // words that stand one after the other in a sign of danger
}

// add files the words of a sign of danger.
func (n *nearby) add(sign []token) {
	for i := range sign {
		n.word(sign[i])
		if i > 0 {
			n.follow.put(joined(1, sign[i-1].id, sign[i].id), 0)
		}
	}
}

// word files one word under each of its forms.
func (n *nearby) word(t token) {
	if len(t.word) < shortWord || n.whole.has(t.id) {
		return
	}
	at := int32(len(n.words))
	t.accents = 0
	n.words = append(n.words, t)
	n.whole.put(t.id, at)
	n.sound.putNew(t.sound, at)
	n.form(t.id, at)
	shortened(t.word, func(form uint64) { n.form(form, at) })
}

func (n *nearby) form(form uint64, word int32) {
	at, ok := n.less.get(form)
	if !ok {
		at = int32(len(n.lists))
		n.less.put(form, at)
		n.lists = append(n.lists, nil)
	}
	n.lists[at] = append(n.lists[at], word)
}

// mend turns the i-th word of a message into the one it sounds like or is near to; of several, into one that its neighbours ask for.
func (n *nearby) mend(words []token, i int) {
	t := &words[i]
	if len(t.word) < shortWord || len(t.word) > longestWord {
		return
	}
	if at, ok := n.sound.get(t.sound); ok {
		*t = n.words[at]
		return
	}
	best, sure := -1, false
	try := func(form uint64) {
		for _, at := range n.of(form) {
			if w := &n.words[at]; !sure && oneMistake(t.word, w.word) {
				sure = n.asked(words, i, w.id)
				if sure || best < 0 {
					best = int(at)
				}
			}
		}
	}
	try(t.id)
	shortened(t.word, try)
	if best >= 0 {
		*t = n.words[best]
	}
}

// of returns the words that are filed under a form.
func (n *nearby) of(form uint64) []int32 {
	if at, ok := n.less.get(form); ok {
		return n.lists[at]
	}
	return nil
}

// asked reports whether a word in the i-th place makes a sign of danger with one of its neighbours.
func (n *nearby) asked(words []token, i int, word uint64) bool {
	return i > 0 && n.follow.has(joined(1, words[i-1].id, word)) || i+1 < len(words) && n.follow.has(joined(1, word, words[i+1].id))
}

// longestWord is how many letters a word has at most that is mended.
const longestWord = 16

// shortened calls each with the hash of a word without one of its letters.
func shortened(word string, each func(form uint64)) {
	var buf [longestWord]byte
	for i := range min(len(word), longestWord) {
		each(hashOf(append(append(buf[:0], word[:i]...), word[i+1:]...)))
	}
}

// oneMistake reports whether two words are one letter apart: one too many, one missing, one wrong or two that changed places. The
// first letter is right.
func oneMistake(a, b string) bool {
	if len(a) > len(b) {
		a, b = b, a
	}
	if len(b)-len(a) > 1 || a == "" || a[0] != b[0] {
		return false
	}
	i := 0
	for i < len(a) && a[i] == b[i] {
		i++
	}
	switch {
	case i+1 < len(a) && len(a) == len(b) && a[i] == b[i+1] && a[i+1] == b[i] && a[i+2:] == b[i+2:]:
		return true
	case len(b) < longWord:
		return false
	case len(a) < len(b):
		return a[i:] == b[i+1:]
	}
	return i < len(a) && a[i+1:] == b[i+1:]
}

// drawn returns a word that was drawn out, "chayyyy", with the letter once, or twice where that is a word somebody taught.
func (u *Understander) drawn(t token) token {
	from, n := run(t.word)
	if n < 3 || syllables.has(t.id) {
		return t
	}
	a := t.accents
	if from+n < len(t.word) {
		a = 0 // those behind have moved
	}
	for _, keep := range []int{2, 1} {
		word := t.word[:from+keep] + t.word[from+n:]
		if len(word) > 1 && (u.known.has(hashOf(word)) || keep == 1 && isSyllable(word)) {
			return tokenOf(word, a)
		}
	}
	return t
}

// run returns where the longest run of one letter begins in a word, and how long it is.
func run(word string) (from, n int) {
	for i := 0; i < len(word); {
		j := i + 1
		for j < len(word) && word[j] == word[i] {
			j++
		}
		if j-i > n && (word[i] < '0' || word[i] > '9') {
			from, n = i, j-i
		}
		i = j
	}
	return from, n
}
