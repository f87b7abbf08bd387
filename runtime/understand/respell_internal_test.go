package understand

import (
	"runtime"
	"slices"
	"testing"

	"hoithoai/dsl"
	"hoithoai/flows"
)

// realUnderstander has learned the flows of this repository.
func realUnderstander(t *testing.T) *Understander {
	t.Helper()
	loaded, err := dsl.Load(flows.FS, dsl.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return New(loaded.Program)
}

// TestTeencodeAndSouthernWords: how the words of young people and of the South are read, each by hand.
func TestTeencodeAndSouthernWords(t *testing.T) {
	t.Parallel()
	u := realUnderstander(t)
	for text, want := range map[string]string{
		// letters left out or put for others
		"trog nhà": "trong nha", "xuốg sông": "xuong song", "cug được": "cung duoc", "đườg": "duong", "thág 5": "thang 5", "côg an": "cong an",
		"đag": "dang", "nhữg": "nhung", "riêg": "rieng", "vắg": "vang", "fường": "phuong", "fép": "phep", "fải": "phai", "wá": "qua", "wài": "quai",
		"mìnk": "minh", "kháck": "khach", "jết": "giet", "dzới": "voi", "lămms": "lamms", "tiềnn": "tien", "khẩuu": "khau", "lạii": "lai",
		"triệuu": "trieu", "phíi": "phi", "sạchh": "sach", "vneidd": "vneid",
		// short forms
		"ko": "khong", "hk": "khong", "dc": "duoc", "ntn": "nhu the nao", "cccd": "can cuoc cong dan", "ttru": "tam tru", "hxom": "hang xom", "hx": "hang xom",
		"kbao": "khai bao", "hnay": "hom nay", "nvs": "nha ve sinh", "ksat": "khao sat", "chưa st": "chua sang ten",
		// written together
		"tamtru": "tam tru", "tạmvắngg": "tam vang", "làmlại": "lam lai", "nộplạibiểnsố": "nop lai bien so", "đăngkýxe": "dang ky xe",
		// the South
		"hổng biết": "khong biet", "hông": "khong", "tui": "toi", "mướn nhà": "thue nha", "dìa": "ve", "bển": "ben",
		// what stays
		"qwxz": "qwxz", "wave": "wave", "blade": "blade", "kjk": "kjk", "": "",
	} {
		if got := spell(u.normal(&scratch{}, text)); got != want {
			t.Errorf("%q is read as %q, want %q", text, got, want)
		}
	}
}

// TestAccentsMoveWithTheirLetters where one letter becomes two.
func TestAccentsMoveWithTheirLetters(t *testing.T) {
	t.Parallel()
	u := &Understander{lexicon: newLexicon()}
	addWords(&u.known, "phuong qua voi trong")
	for typed, want := range map[string]string{"fường": "phường", "wá": "quá", "dzới": "với", "trog": "trong"} {
		got := u.respelled(tokens(typed)[0])
		if w := tokens(want)[0]; got.id != w.id || got.accents != w.accents {
			t.Errorf("%q is %q with %o, want %q with %o", typed, got.word, got.accents, want, w.accents)
		}
	}
	if got := u.respelled(tokens("xyzg")[0]); got.word != "xyzg" {
		t.Errorf("a word that means nothing became %q", got.word)
	}
}

// TestLearningDoesNotDependOnProcessors: the same weights, to the bit, however many there are. It changes them, so it runs alone.
func TestLearningDoesNotDependOnProcessors(t *testing.T) {
	before := runtime.GOMAXPROCS(1)
	defer runtime.GOMAXPROCS(before)
	one := realUnderstander(t)
	runtime.GOMAXPROCS(8)
	eight := realUnderstander(t)
	if !slices.Equal(one.model.weights, eight.model.weights) || !slices.Equal(one.model.bias, eight.model.bias) || len(one.model.weights) == 0 {
		t.Error("one processor and eight learn different weights")
	}
}
