package understand

import "math"

// tuning is what was chosen by measurement on the tuning part of testdata/sentences.tsv.
type tuning struct {
	weight map[kind]float64 // of a kind of feature
	rounds int              // over all sentences
	rate   float64          // of learning, in the first round
	decay  float64          // of every weight, each round
}

func defaults() tuning {
	return tuning{
		weight: map[kind]float64{aWord: 1, aPair: 1, aSkip: 0.5, aSound: 0.7, aGram: 0.3, anAccent: 0.5, aConcept: 1.2, aBoth: 0.8, aTime: 1},
		rounds: 12, rate: 6, decay: 0.005,
	}
}

// model is a multinomial logistic regression over the features of a message: for every feature a weight for every class.
type model struct {
	rows    map[uint64]int32
	rarity  []float32 // by row
	weights []float32 // row after row
	bias    []float32
	classes int
	kinds   [256]float32
}

// example is one sentence to learn: the rows of its features with their shares, and its class.
type example struct {
	features []share
	class    int
	count    float32
}

// share is how much of a message one feature is.
type share struct {
	row   int32
	value float32
}

// vector gathers the shares of one message; unknown is what no sentence ever said.
type vector struct {
	shares  []share
	unknown float32
}

// newModel counts the features of every text and learns.
func newModel(t tuning, l *lexicon, texts [][]token, classes []int, n int) *model {
	m := &model{rows: map[uint64]int32{}, classes: n}
	for k, w := range t.weight {
		m.kinds[k] = float32(w)
	}
	var counts []float32
	for _, text := range texts {
		seen := map[int32]bool{}
		l.features(text, func(f feature) {
			row, known := m.rows[f.hash()]
			if !known {
				row = int32(len(counts))
				m.rows[f.hash()] = row
				counts = append(counts, 0)
			}
			if !seen[row] {
				seen[row] = true
				counts[row]++
			}
		})
	}
	m.weigh(counts, len(texts))
	m.learn(t, m.examples(l, texts, classes))
	return m
}

func (m *model) weigh(counts []float32, texts int) {
	m.rarity = make([]float32, len(counts))
	for i, c := range counts {
		m.rarity[i] = float32(math.Log(1 + float64(texts)/float64(c)))
	}
	m.weights = make([]float32, len(counts)*m.classes)
	m.bias = make([]float32, m.classes)
}

func (m *model) examples(l *lexicon, texts [][]token, classes []int) []example {
	out := make([]example, len(texts))
	for i, text := range texts {
		v := m.read(l, text, nil)
		out[i] = example{features: v.shares, class: classes[i], count: 1}
	}
	return out
}

// read returns the shares of a text, of length one together with half of what is unknown.
func (m *model) read(l *lexicon, text []token, buf []share) vector {
	v := vector{shares: buf[:0]}
	sum := float32(0)
	rare := float32(math.Log(1 + float64(len(m.rarity))/20))
	l.features(text, func(f feature) {
		row, known := m.rows[f.hash()]
		if !known {
			if f.kind == aWord {
				v.unknown += 0.25 * rare * rare
			}
			return
		}
		x := m.kinds[f.kind] * m.rarity[row]
		sum += x * x
		v.shares = append(v.shares, share{row, x})
	})
	if sum == 0 {
		return v
	}
	norm := float32(1 / math.Sqrt(float64(sum+v.unknown)))
	for i := range v.shares {
		v.shares[i].value *= norm
	}
	return v
}

// learn goes over the examples in an order that is mixed but always the same.
func (m *model) learn(t tuning, all []example) {
	scores := make([]float32, m.classes)
	n := len(all)
	step := stride(n)
	for r := range t.rounds {
		rate := float32(t.rate / (1 + 0.3*float64(r)))
		for i, at := 0, r%max(n, 1); i < n; i, at = i+1, (at+step)%n {
			m.step(&all[at], rate, scores)
		}
		shrink := float32(1 - t.decay)
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

func (m *model) step(e *example, rate float32, scores []float32) {
	m.score(e.features, scores)
	soften(scores)
	scores[e.class]--
	for _, f := range e.features {
		row := m.weights[int(f.row)*m.classes:][:m.classes]
		by := rate * f.value * e.count
		for c, s := range scores {
			row[c] -= by * s
		}
	}
	for c, s := range scores {
		m.bias[c] -= 0.05 * rate * s
	}
}

// score adds up the weights for every class.
func (m *model) score(features []share, scores []float32) {
	copy(scores, m.bias)
	for _, f := range features {
		row := m.weights[int(f.row)*m.classes:][:m.classes]
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
