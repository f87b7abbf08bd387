package value

import (
	"path"
	"strconv"
	"strings"
)

// maxMedia is the most pieces of an ảnh or tệp that declares no upper bound.
const maxMedia = 10

// mediaBounds returns how many pieces make a value.
func (t Type) mediaBounds() (lo, hi int) {
	lo, hi = 1, maxMedia
	if t.Kind == Story {
		hi = maxStory
	}
	if t.HasMin {
		lo = int(min(max(t.Min, 0), 1000))
	}
	if t.HasMax {
		hi = int(min(max(t.Max, 0), 1000))
	}
	return lo, hi
}

func (t Type) readMedia(media []Media, ctx Context) (Value, *Problem) {
	for _, m := range media {
		if !t.takes(m) {
			return Value{}, problem(WrongKind, t.Ask(ctx))
		}
	}
	lo, hi := t.mediaBounds()
	v := Value{Kind: t.Kind, Media: append([]Media(nil), media[:min(len(media), hi)]...)}
	switch {
	case len(media) > hi:
		return v, problem(TooMany, "Tôi chỉ nhận được "+t.Pieces(hi)+".")
	case len(media) < lo:
		return v, problem(TooFew, "Tôi đã nhận "+t.Pieces(len(media))+"; anh/chị "+t.goOn()+" tiếp giúp, cần ít nhất "+strconv.Itoa(lo)+".")
	}
	return v, nil
}

// takes reports whether a piece fits the type. A picture sent from a computer may come as a file; a document may be
// photographed.
func (t Type) takes(m Media) bool {
	if t.Kind == Story {
		return isTold(m)
	}
	switch m.Kind {
	case "image":
		return true
	case "file":
		return t.Kind == Files || isPictureName(m.Name)
	}
	return false
}

func isPictureName(name string) bool {
	switch strings.ToLower(path.Ext(name)) {
	case ".jpg", ".jpeg", ".png", ".heic", ".webp", ".gif":
		return true
	}
	return false
}

// Pieces returns n pieces of the type as a sentence names them: "2 ảnh", "1 tệp", "3 phần", "2 mục".
func (t Type) Pieces(n int) string { return strconv.Itoa(n) + t.unit() }

func (t Type) unit() string {
	switch t.Kind {
	case Images:
		return " ảnh"
	case Story:
		return " phần"
	case Choices:
		return " mục"
	}
	return " tệp"
}

// goOn is what one does who sends the next piece.
func (t Type) goOn() string {
	if t.Kind == Story {
		return "kể"
	}
	return "gửi"
}

func (t Type) askMedia() string {
	lo, hi := t.mediaBounds()
	if lo >= hi {
		return "Anh/chị gửi giúp " + t.Pieces(hi) + "."
	}
	return "Anh/chị gửi giúp từ " + strconv.Itoa(lo) + " đến " + strconv.Itoa(hi) + t.unit() + "."
}
