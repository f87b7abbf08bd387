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
}

func defaults() tuning {
	t := tuning{rounds: 7, rate: 5, decay: 0.005, ignored: 0.002, doubt: 20}
	t.weight = [kinds]float32{aWord: 1, aPair: 1, aSound: 0.7, aVoice: 0.5, anAccent: 0.5, aConcept: 1.2, aBoth: 0.8, aTime: 1}
	t.fewest = [kinds]float32{aPair: 2, aSound: 2, anAccent: 2, aBoth: 2}
	return t
}

// model is a multinomial logistic regression over the features of a message: for every feature a weight for every class.
type model struct {
	rows    table
	share   []float32 // by row: how much the feature counts
	weights []float32 // row after row
	bias    []float32
	classes int
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
}

// newModel counts the features of every text and learns.
func newModel(t tuning, l *lexicon, texts [][]token, classes []int, n int) *model {
	m := &model{classes: n, doubt: t.doubt}
	counts, features := m.count(l, texts)
	counts, features = m.forget(t, counts, features)
	m.weigh(t, counts, features, len(texts))
	m.learn(t, m.lessons(l, texts, classes))
	return m
}

// count numbers the features of all texts, and says in how many each stands and of what kind it is.
func (m *model) count(l *lexicon, texts [][]token) (counts []float32, of []kind) {
	var last []int // text a feature was counted for
	for i, text := range texts {
		l.features(text, func(f feature) {
			row, known := m.rows.get(f.hash)
			if !known {
				row = int32(len(counts))
				m.rows.put(f.hash, row)
				counts, of, last = append(counts, 0), append(of, f.kind), append(last, -1)
			}
			if last[row] != i {
				last[row] = i
				counts[row]++
			}
		})
	}
	return counts, of
}

// forget leaves out the features that stand in one text only, of the kinds that are many: they cost more than they tell.
func (m *model) forget(t tuning, counts []float32, of []kind) ([]float32, []kind) {
	all := m.rows.slots
	m.rows = table{}
	var kept []float32
	var kinds []kind
	for i := range all {
		row := all[i].value
		if all[i].key == 0 || counts[row] < t.fewest[of[row]] {
			continue
		}
		m.rows.put(all[i].key, int32(len(kept)))
		kept, kinds = append(kept, counts[row]), append(kinds, of[row])
	}
	return kept, kinds
}

func (m *model) weigh(t tuning, counts []float32, of []kind, texts int) {
	m.share = make([]float32, len(counts))
	for i, c := range counts {
		m.share[i] = t.weight[of[i]] * float32(math.Log(1+float64(texts)/float64(c)))
	}
	m.weights = make([]float32, len(counts)*m.classes)
	m.bias = make([]float32, m.classes)
	rare := float32(math.Log(1 + float64(len(counts))/20))
	m.strange = 0.25 * rare * rare
}

func (m *model) lessons(l *lexicon, texts [][]token, classes []int) []lesson {
	out := make([]lesson, len(texts))
	var all []share
	for i, text := range texts {
		from := len(all)
		all = m.read(l, text, all)
		out[i] = lesson{all[from:len(all):len(all)], classes[i]}
	}
	return out
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
	if sum > 0 {
		norm := float32(1 / math.Sqrt(float64(sum)))
		for i := range out[from:] {
			out[from+i].value *= norm
		}
	}
	return out
}

// learn goes over the lessons in an order that is mixed but always the same.
func (m *model) learn(t tuning, all []lesson) {
	scores := make([]float32, m.classes)
	n := len(all)
	step := stride(n)
	for r := range t.rounds {
		rate := t.rate / (1 + float32(r))
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
	m.score(e.shares, scores)
	soften(scores)
	scores[e.class]--
	for c, s := range scores {
		m.bias[c] -= 0.05 * rate * s
		if s < t.ignored && s > -t.ignored {
			continue
		}
		by := rate * s
		for _, f := range e.shares {
			m.weights[int(f.row)*m.classes+c] -= by * f.value
		}
	}
}

// score adds up the weights for every class.
func (m *model) score(shares []share, scores []float32) {
	copy(scores, m.bias)
	for _, f := range shares {
		row := m.weights[int(f.row)*m.classes:][:len(scores)]
		for c, w := range row {
			scores[c] += f.value * w
		}
	}
}

// soften turns scores into shares of one.
func soften(scores []float32) {
	top := scores[0]
	for _, s := range scores {
		top = max(top, s)
	}
	sum := float32(0)
	for i, s := range scores {
		scores[i] = float32(math.Exp(float64(s - top)))
		sum += scores[i]
	}
	for i := range scores {
		scores[i] /= sum
	}
}
