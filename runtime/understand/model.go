package understand

import "math"

// tuning is what was chosen by measurement on the tuning parts of testdata.
type tuning struct {
	weight  [kinds]float32 // of a kind of feature
	fewest  [kinds]float32 // texts a feature stands in, to be told at all
	rounds  int            // over all sentences
	rate    float32        // of learning, in the first round
	decay   float32        // of every weight, each round
	doubt   float32        // how much every message is taken to say that is not understood
	ignored float32        // how wrong a class may be without being corrected
	known   float32        // how likely a lesson's class must be for the lesson to rest in the next two rounds
	certain float32        // and to rest in the next four
	calm    int            // the class of what only sounds like danger, learned against danger alone; -1 if there is none
	danger  int
}

func defaults() tuning {
	t := tuning{rounds: 5, rate: 6, decay: 0.005, ignored: 0.002, doubt: 20, known: 0.93, certain: 0.98, calm: -1, danger: -1}
	t.weight = [kinds]float32{aWord: 1, aPair: 1, aSound: 0.7, aVoice: 0.5, anAccent: 0.8, aConcept: 1.2, aBoth: 0.8, aTime: 1, anArch: 0.7}
	t.fewest = [kinds]float32{aPair: 2, aSound: 2, anAccent: 2, aBoth: 2, anArch: 2}
	return t
}

// model is a multinomial logistic regression over the features of a message: for every feature a weight for every class.
type model struct {
	rows    table
	share   []float32 // by row: how much the feature counts
	weights []float32 // row after row
	bias    []float32
	classes int
	active  []int32 // of the lesson being learned: the classes that are corrected
	strange float32 // how much a word counts that no sentence ever said
	doubt   float32 // and what is added to every message, so that little said decides little
}

// share is how much of a message one feature is.
type share struct {
	row   int32
	value float32
}

// lesson is one sentence to learn: its shares and its class.
type lesson struct {
	shares []share
	class  int
	rest   int // rounds in which there is nothing to learn from it
}

// newModel counts the features of every text and learns.
func newModel(t tuning, l *lexicon, texts [][]token, classes []int, n int) *model {
	m := &model{classes: n, doubt: t.doubt}
	c := m.count(l, texts)
	m.weigh(t, c, len(texts))
	m.learn(t, m.lessons(c, classes))
	return m
}

// census is the features of all texts.
type census struct {
	found []int32   // row after row, text after text
	ends  []int     // of the texts in found
	texts []float32 // by row: in how many texts the feature stands
	of    []kind    // by row
}

// usual is how many features a text has, about: room is made for so many.
const usual = 64

// count numbers the features of all texts.
func (m *model) count(l *lexicon, texts [][]token) *census {
	c := &census{found: make([]int32, 0, usual*len(texts)), ends: make([]int, 0, len(texts))}
	var last []int // text a feature was counted for
	for i, text := range texts {
		l.features(text, func(f feature) {
			row, known := m.rows.get(f.hash)
			if !known {
				row = int32(len(c.of))
				m.rows.put(f.hash, row)
				c.texts, c.of, last = append(c.texts, 0), append(c.of, f.kind), append(last, -1)
			}
			if last[row] != i {
				last[row] = i
				c.texts[row]++
			}
			c.found = append(c.found, row)
		})
		c.ends = append(c.ends, len(c.found))
	}
	return c
}

// weigh says how much every feature counts. Those that stand in one text only, of the kinds that are many, are forgotten: they
// cost more than they tell.
func (m *model) weigh(t tuning, c *census, texts int) {
	all := m.rows.slots
	m.rows = table{}
	renamed := make([]int32, len(c.of))
	for i := range all {
		old := all[i].value
		if all[i].key == 0 {
			continue
		}
		renamed[old] = -1
		if c.texts[old] >= t.fewest[c.of[old]] {
			renamed[old] = int32(len(m.share))
			m.rows.put(all[i].key, renamed[old])
			m.share = append(m.share, t.weight[c.of[old]]*float32(math.Log(1+float64(texts)/float64(c.texts[old]))))
		}
	}
	for i, old := range c.found {
		c.found[i] = renamed[old]
	}
	m.weights = make([]float32, len(m.share)*m.classes)
	m.bias = make([]float32, m.classes)
	rare := float32(math.Log(1 + float64(len(m.share))/20))
	m.strange = 0.25 * rare * rare
}

// lessons makes one of every text.
func (m *model) lessons(c *census, classes []int) []lesson {
	out := make([]lesson, len(c.ends))
	all := make([]share, 0, len(c.found))
	from := 0
	for i, end := range c.ends {
		at, sum := len(all), m.doubt
		for _, row := range c.found[from:end] {
			if row >= 0 {
				x := m.share[row]
				sum += x * x
				all = append(all, share{row, x})
			}
		}
		scale(all[at:], sum)
		out[i] = lesson{all[at:len(all):len(all)], classes[i], 0}
		from = end
	}
	return out
}

// scale gives shares the length one, of which sum is the square.
func scale(shares []share, sum float32) {
	if sum <= 0 {
		return
	}
	by := float32(1 / math.Sqrt(float64(sum)))
	for i := range shares {
		shares[i].value *= by
	}
}

// read appends the shares of a text, of length one together with what is unknown.
func (m *model) read(l *lexicon, text []token, out []share) []share {
	from, sum := len(out), m.doubt
	l.features(text, func(f feature) {
		row, known := m.rows.get(f.hash)
		switch {
		case known:
			x := m.share[row]
			sum += x * x
			out = append(out, share{row, x})
		case f.kind == aWord:
			sum += m.strange
		}
	})
	scale(out[from:], sum)
	return out
}

// learn goes over the lessons in an order that is mixed but always the same.
func (m *model) learn(t tuning, all []lesson) {
	scores := make([]float32, m.classes)
	n := len(all)
	step := stride(n)
	for r := range t.rounds {
		rate := t.rate * float32(t.rounds-r) / float32(t.rounds)
		for i, at := 0, r%max(n, 1); i < n; i, at = i+1, (at+step)%n {
			m.step(t, &all[at], rate, scores)
		}
		shrink := 1 - t.decay
		for i := range m.weights {
			m.weights[i] *= shrink
		}
	}
}

// stride returns a step that visits all of n in a mixed order.
func stride(n int) int {
	for s := int(float64(n)*0.618) | 1; s > 1; s -= 2 {
		if gcd(s, n) == 1 {
			return s
		}
	}
	return 1
}

func gcd(a, b int) int {
	for b != 0 {
		a, b = b, a%b
	}
	return a
}

// step corrects the weights by one lesson.
func (m *model) step(t tuning, e *lesson, rate float32, scores []float32) {
	if e.rest > 0 {
		e.rest--
		return
	}
	m.score(e.shares, scores)
	if e.class == t.calm {
		oppose(scores, t.calm, t.danger)
	}
	soften(scores)
	switch p := scores[e.class]; {
	case p > t.certain:
		e.rest = 4
	case p > t.known:
		e.rest = 2
	}
	scores[e.class]--
	m.correct(e.shares, scores, rate, t.ignored)
}

// oppose leaves only two classes to choose from.
func oppose(scores []float32, a, b int) {
	const never = -1000
	for c := range scores {
		if c != a && c != b {
			scores[c] = never
		}
	}
}

// correct takes from the weights of every class what it was too sure of, feature by feature: a row of weights lies together.
func (m *model) correct(shares []share, wrong []float32, rate, ignored float32) {
	active := m.active[:0]
	for c, s := range wrong {
		m.bias[c] -= 0.05 * rate * s
		if s >= ignored || s <= -ignored {
			active = append(active, int32(c))
			wrong[c] = rate * s
		}
	}
	m.active = active
	for _, f := range shares {
		row := m.row(f, len(wrong))
		for _, c := range active {
			row[c] -= wrong[c] * f.value
		}
	}
}

// score adds up the weights for every class, four features at a time: what is added up stays at hand.
func (m *model) score(shares []share, scores []float32) {
	copy(scores, m.bias)
	n := len(scores)
	for len(shares) >= 4 {
		a, b, c, d := m.row(shares[0], n), m.row(shares[1], n), m.row(shares[2], n), m.row(shares[3], n)
		x, y, z, w := shares[0].value, shares[1].value, shares[2].value, shares[3].value
		for k := range scores {
			scores[k] += x*a[k] + y*b[k] + z*c[k] + w*d[k]
		}
		shares = shares[4:]
	}
	for _, f := range shares {
		row := m.row(f, n)
		for k := range scores {
			scores[k] += f.value * row[k]
		}
	}
}

// row returns the weights of a feature for the n classes.
func (m *model) row(f share, n int) []float32 { return m.weights[int(f.row)*m.classes:][:n] }

// unheard is how far below the highest score one has no share at all: less than a hundred-thousandth.
const unheard = -12

// soften turns scores into shares of one.
func soften(scores []float32) {
	top := scores[0]
	for _, s := range scores {
		top = max(top, s)
	}
	sum := float32(0)
	for i, s := range scores {
		if s-top < unheard {
			scores[i] = 0
			continue
		}
		scores[i] = float32(math.Exp(float64(s - top)))
		sum += scores[i]
	}
	for i := range scores {
		scores[i] /= sum
	}
}
