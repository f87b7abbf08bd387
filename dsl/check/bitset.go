package check

import "slices"

// bitset is a set of small numbers; all sets of one analysis have the same length.
type bitset []uint64

func newBitset(size int) bitset { return make(bitset, (size+63)/64) }

func (b bitset) has(i int) bool { return b[i/64]&(1<<(i%64)) != 0 }

func (b bitset) add(i int) { b[i/64] |= 1 << (i % 64) }

func (b bitset) remove(i int) { b[i/64] &^= 1 << (i % 64) }

func (b bitset) clone() bitset { return slices.Clone(b) }

// with is a copy that also holds the given numbers.
func (b bitset) with(numbers ...int) bitset {
	out := b.clone()
	for _, i := range numbers {
		out.add(i)
	}
	return out
}

// without is a copy that does not hold i.
func (b bitset) without(i int) bitset {
	out := b.clone()
	out.remove(i)
	return out
}

// keep removes what o does not hold and reports whether that changed anything.
func (b bitset) keep(o bitset) (changed bool) {
	for i := range b {
		next := b[i] & o[i]
		changed = changed || next != b[i]
		b[i] = next
	}
	return changed
}
