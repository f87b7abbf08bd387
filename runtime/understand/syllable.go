package understand

import "strings"

// onsets and rimes are the parts of a written Vietnamese syllable without accents (Hội đồng Từ điển's spelling rules, listed by
// hand). Together they tell "tru" from "trus", which somebody typed in telex.
var (
	onsets = set(`b c ch d g gh gi h k kh l m n ng ngh nh p ph q r s t th tr v x`)
	rimes  = set(`a ac ach ai am an ang anh ao ap at au ay
		e ec ech em en eng enh eo ep et eu
		i ia ich iec iem ien ieng iep iet ieu im in inh ip it iu
		o oa oac oach oai oam oan oang oanh oao oap oat oay oc oe oen oeo oet oi om on ong oong ooc op ot
		u ua uan uang uat uay uc ue uech uen uenh uet ui um un ung uo uoc uoi uom uon uong uop uot uou up ut uu
		uy uya uych uyen uyet uyn uynh uyt uyu uye
		y ych yem yen yet yeu ym yn ynh yt`)
)

func set(words string) map[string]bool {
	out := map[string]bool{}
	for w := range strings.FieldsSeq(words) {
		out[w] = true
	}
	return out
}

// isSyllable reports whether a folded word can be a Vietnamese syllable.
func isSyllable(word string) bool {
	if rimes[word] {
		return true
	}
	for n := min(3, len(word)-1); n > 0; n-- {
		if onsets[word[:n]] && rimes[word[n:]] {
			return true
		}
	}
	return word == "gi"
}
