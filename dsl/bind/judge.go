package bind

import "hoithoai/dsl/tree"

// judgeFlow applies the rules that look at one flow as a whole.
func (b *binder) judgeFlow(f *Flow) {
	b.checkOnlySays(f)
	b.checkAnonPhone(f)
	b.checkSubTriggers(f)
	b.checkExcept(f)
	b.checkTogether(f)
	b.checkHeard(f)
	b.checkParts(f)
}

// judgeTriggers applies the rules on what leads into a flow.
func (b *binder) judgeTriggers() {
	b.onlyOne(func(f *tree.File) *tree.Flag { return f.OnFollow }, b.twoFollow)
	b.onlyOne(func(f *tree.File) *tree.Flag { return f.Fallback }, b.twoFallback)
	b.checkKeywords()
}

// onlyOne reports every flow but the first that has a trigger.
func (b *binder) onlyOne(flag func(*tree.File) *tree.Flag, report func(second, first *tree.Flag)) {
	var first *tree.Flag
	for _, f := range b.out.Flows {
		switch this := flag(f.File); {
		case this == nil:
		case first == nil:
			first = this
		default:
			report(this, first)
		}
	}
}
