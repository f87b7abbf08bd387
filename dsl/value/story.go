package value

import "hoithoai/dsl/fold"

// maxStory is the most pieces of a kể that declares no upper bound.
const maxStory = 20

// Piece returns words as a piece of a story, cleaned; ok is false where nothing is left of them.
func Piece(text string) (m Media, ok bool) {
	s := fold.Clean(text)
	return Media{Kind: "text", Text: s}, s != ""
}

// readStory reads words as the first piece of a story. With a lower bound above one the value comes with a TooFew problem.
func (t Type) readStory(text string, ctx Context) (Value, *Problem) {
	m, ok := Piece(text)
	if !ok {
		return Value{}, problem(NotUnderstood, t.Ask(ctx))
	}
	return t.readMedia([]Media{m}, ctx)
}

func (t Type) askStory() string {
	lo, _ := t.mediaBounds()
	s := "Anh/chị kể giúp bằng chữ; gửi kèm ảnh, video, ghi âm hay vị trí cũng được."
	if lo > 1 {
		s += " Cần ít nhất " + t.Pieces(lo) + "."
	}
	return s
}

// isTold reports whether a piece can be part of a story.
func isTold(m Media) bool {
	switch m.Kind {
	case "text":
		return m.Text != ""
	case "image", "video", "audio", "file":
		return true
	case "location":
		_, ok := location(m)
		return ok
	}
	return false
}
