package engine

import (
	"slices"
	"strings"

	"hoithoai/dsl/fold"
	"hoithoai/dsl/program"
	"hoithoai/dsl/value"
)

// wish is a message that wants an earlier answer corrected: the folded words for which one, none where it does not say. A plain
// one is nothing but “sửa” and those words, so that it may count even where any words are an answer.
type wish struct {
	names []string // as it is said, without words behind, without words before: the first that fits counts
	bare  bool     // words that say nothing, unless one of them is a name ("ảnh")
	plain bool
}

// maxWish is the longest folded message that is looked at: nobody says "sửa" in more.
const maxWish = 80

// Words around the wish, folded. They say nothing about which answer is meant.
var (
	wishLead  = wordSet("da vang a oi xin loi cho toi em minh tui con chau bac chu co ong ba anh chi muon can nho hay lo bi vua lam on hinh nhu thay")
	wishTail  = wordSet("roi a ah oi voi giup gium nhe nha di em toi minh tui con anh chi duoc khong nua mat lai")
	wishWhich = wordSet("lai cai phan muc dong cau giup gium thong tin o cho")
)

// wishVerbs say that an answer was wrong, the longer before what they begin with. Those that need more are also other words:
// without a name they count only with “rồi” (“nhầm rồi”).
var wishVerbs = []struct {
	words string
	needs bool
}{
	{"tra loi nham", false}, {"tra loi sai", false}, {"bam nham", false}, {"bam sai", false}, {"chon nham", false}, {"chon sai", false},
	{"dien nham", false}, {"dien sai", false}, {"ghi nham", false}, {"ghi sai", false}, {"go nham", false}, {"go sai", false},
	{"khai nham", false}, {"khai sai", false}, {"nhap nham", false}, {"nhap sai", false}, {"viet nham", false}, {"viet sai", false},
	{"noi nham", false}, {"nham lan", false}, {"chinh sua", false}, {"dinh chinh", false}, {"thay doi", true}, {"sua doi", false},
	{"sua lai", false}, {"sua", false}, {"doi lai", false}, {"chinh lai", false}, {"ghi lai", true}, {"nhap lai", true}, {"dien lai", true},
	{"khai lai", true}, {"nham", true}, {"sai", true}, {"doi", true},
}

func wordSet(words string) map[string]bool {
	set := map[string]bool{}
	for _, w := range strings.Fields(words) {
		set[w] = true
	}
	return set
}

// editWish reads a folded message as the wish to correct an answer.
func editWish(key string) (wish, bool) {
	if len(key) > maxWish || !soundsLikeWish(key) {
		return wish{}, false
	}
	rest := cutLead(key, wishLead)
	for _, v := range wishVerbs {
		behind, ok := strings.CutPrefix(rest, v.words)
		if !ok || behind != "" && behind[0] != ' ' {
			continue
		}
		return wishOf(strings.TrimPrefix(behind, " "), v.needs, rest == key && (v.words == "sua" || v.words == "sua lai"))
	}
	return wish{}, false
}

// wishCores are what every one of wishVerbs holds one of: nearly all messages hold none, and are let go at once.
var wishCores = [...]string{"sua", "nham", "sai", "doi", "lai", "chinh"}

func soundsLikeWish(key string) bool {
	for _, core := range wishCores {
		if strings.Contains(key, core) {
			return true
		}
	}
	return false
}

// wishOf reads what stands behind the verb.
func wishOf(behind string, needs, plain bool) (wish, bool) {
	name := cutTail(behind, wishTail)
	if name == "" && needs && !fold.Contains(behind, "roi") {
		return wish{}, false
	}
	w := wish{plain: plain, bare: name == ""}
	for _, words := range [...]string{behind, name, cutLead(name, wishWhich)} {
		if words != "" && !slices.Contains(w.names, words) {
			w.names = append(w.names, words)
		}
	}
	return w, true
}

// cutLead cuts the words of the set from the front.
func cutLead(key string, set map[string]bool) string {
	for {
		word, rest, more := strings.Cut(key, " ")
		if !more || !set[word] {
			return key
		}
		key = rest
	}
}

// cutTail cuts the words of the set from the end; "" where nothing is left.
func cutTail(key string, set map[string]bool) string {
	for key != "" {
		i := strings.LastIndexByte(key, ' ')
		if !set[key[i+1:]] {
			return key
		}
		key = key[:max(i, 0)]
	}
	return ""
}

// namedAnswers returns the answers that the words fit best, of the innermost run that has any. Between several of an outer run
// nobody can be asked, so the newest counts.
func (x *stepper) namedAnswers(w wish) []answered {
	least, names := 1, w.names
	if x.writesFreely() {
		least, names = 3, names[:min(1, len(names))]
	}
	for _, name := range names {
		for i := x.top(); i >= x.chain(); i-- {
			found := x.fitting(x.answers(i), name, least)
			if offered := x.editable(); len(found) > 1 && offered[0].run != i {
				found = found[len(found)-1:]
			}
			if len(found) > 0 {
				return found
			}
		}
	}
	return nil
}

// fitting returns the answers whose names fit the words best, and at least so well.
func (x *stepper) fitting(all []answered, name string, best int) []answered {
	var found []answered
	for _, a := range all {
		fit := x.fit(a, name)
		if fit > best {
			best, found = fit, nil
		}
		if fit == best {
			found = append(found, a)
		}
	}
	return found
}

// fit says how well words name an answer: 0 not at all, up to 4 for the slot's very label.
func (x *stepper) fit(a answered, name string) int {
	best := 0
	f := x.flowAt(a.run)
	for _, slot := range answeredSlots(f, a.step) {
		s := &f.Slots[slot]
		best = max(best, fitName(fold.Key(s.Label), name))
		if strings.ReplaceAll(s.Name, "_", " ") == name || slices.Contains(kindWords[s.Type.Kind], name) || !s.Secret && fold.Key(s.Type.Show(x.s.Runs[a.run].Slots[slot])) == name {
			best = max(best, 3)
		}
	}
	return best
}

// answeredSlots returns the slots that an answer at the step fills.
func answeredSlots(f *program.Flow, step int) []int {
	e := &f.Steps[step].End
	if e.Kind == program.Call {
		return e.Take
	}
	return []int{e.Slot}
}

// kindWords are what people call data of a kind, folded, whatever its label is.
var kindWords = map[value.Kind][]string{
	value.Phone:  {"so dien thoai", "sdt", "so dt", "dien thoai", "dt", "so may", "so goi", "so"},
	value.Date:   {"ngay", "ngay thang"},
	value.Place:  {"dia chi", "vi tri", "noi", "noi o", "cho"},
	value.Images: {"anh", "hinh", "hinh anh"},
	value.Files:  {"tep", "file", "tap tin"},
	value.Money:  {"so tien", "tien"},
	value.Number: {"so"},
}

func fitName(label, name string) int {
	switch {
	case label == name:
		return 4
	case len(name) > 1 && fold.Contains(label, name):
		return 3
	case fold.Contains(name, label) && len(fold.Words(name)) <= len(fold.Words(label))+maxAside:
		return 2
	case sharesHalf(label, name):
		return 1
	}
	return 0
}

// maxAside is how many words beside a label still leave it the name.
const maxAside = 3

// sharesHalf reports whether at least half of the words of name stand in label, one of which has three letters or more.
func sharesHalf(label, name string) bool {
	words, in := fold.Words(name), fold.Words(label)
	n, long := 0, false
	for _, w := range words {
		if slices.Contains(in, w) {
			n++
			long = long || len(w) > 2
		}
	}
	return long && 2*n >= len(words)
}
