package understand

import "strings"

// onsets and rimes are the parts of a written Vietnamese syllable without accents (the spelling rules of the school grammar,
// listed by hand). Together they tell "tru" from "trus", which somebody typed in telex.
const (
	onsets = `b c ch d g gh gi h k kh l m n ng ngh nh p ph q r s t th tr v x`
	rimes  = `a ac ach ai am an ang anh ao ap at au ay
		e ec ech em en eng enh eo ep et eu
		i ia ich iec iem ien ieng iep iet ieu im in inh ip it iu
		o oa oac oach oai oam oan oang oanh oao oap oat oay oc oe oen oeo oet oi om on ong oong ooc op ot
		u ua uan uang uat uay uc ue uech uen uenh uet ui um un ung uo uoc uoi uom uon uong uop uot uou up ut uu
		uy uya uych uyen uyet uyn uynh uyt uyu uye
		y ych yem yen yet yeu ym yn ynh yt`
)

// syllables are all words that can be a Vietnamese syllable without accents.
var syllables = func() (t table) {
	t.put(hashOf("gi"), 0)
	for rime := range strings.FieldsSeq(rimes) {
		t.put(hashOf(rime), 0)
		for onset := range strings.FieldsSeq(onsets) {
			t.put(hashOf(onset+rime), 0)
		}
	}
	return t
}()

// isSyllable reports whether a folded word can be a Vietnamese syllable.
func isSyllable[T string | []byte](word T) bool { return syllables.has(hashOf(word)) }
