package tips

import (
	"fmt"
	"path"
	"strings"

	"hoithoai/dsl/value"
	"hoithoai/runtime/task"
)

// tip is what a person handed in.
type tip struct {
	story                    []value.Media
	when, where, name, phone value.Value
}

// The parameters of the task: ke, khi_nao, o_dau, ten, so_goi. Sessions that began under the release before have chuyen,
// khi_nao, o_dau, hinh, ten, so_goi: the story in one text, the pictures apart.
const (
	params      = 5
	oldParams   = 6
	oldPictures = 3
)

// tipOf reads the arguments of the task.
func tipOf(req task.Request) (*tip, error) {
	a := req.Args
	switch len(a) {
	case params:
		return &tip{story: a[0].Media, when: a[1], where: a[2], name: a[3], phone: a[4]}, nil
	case oldParams:
		story := []value.Media{{Kind: "text", Text: a[0].S}}
		return &tip{story: append(story, a[oldPictures].Media...), when: a[1], where: a[2], name: a[4], phone: a[5]}, nil
	}
	return nil, fmt.Errorf("tip has %d answers, want %d", len(a), params)
}

// hasBody reports whether a piece is something to fetch.
func hasBody(m value.Media) bool { return m.Kind != unbodied && m.Kind != placePiece }

// words is a piece that is no file: a text, its lines indented below the first, or a place.
func words(m value.Media) string {
	if m.Kind == unbodied {
		return strings.ReplaceAll(m.Text, "\n", "\n   ")
	}
	return fmt.Sprintf("(vị trí) %s", strings.TrimSpace(m.Text+" "+m.Lat+","+m.Long))
}

// kinds are the kinds of piece as an officer reads them, with the ending of their file where its name has none.
var kinds = map[string][2]string{
	"image": {"ảnh", ".jpg"}, "video": {"video", ".mp4"}, "audio": {"ghi âm", ".m4a"}, "file": {"tệp", ".bin"},
}

func named(m value.Media) string {
	if k, ok := kinds[m.Kind]; ok {
		return k[0]
	}
	return "tệp"
}

// fileName names the file of piece i after its place in the story. Of the name that the sender chose only a harmless ending
// stays: an officer opens it.
func fileName(i int, m value.Media) string {
	ending := strings.ToLower(path.Ext(m.Name))
	if k, ok := kinds[m.Kind]; ok && !harmless(ending) {
		ending = k[1]
	} else if !harmless(ending) {
		ending = ".bin"
	}
	return fmt.Sprintf("phan-%d%s", i+1, ending)
}

// harmless reports whether an ending is one of a document, a picture or a recording.
func harmless(ending string) bool {
	switch ending {
	case ".jpg", ".jpeg", ".png", ".heic", ".webp", ".gif", ".mp4", ".mov", ".3gp", ".m4a", ".aac", ".mp3", ".amr", ".wav", ".pdf", ".doc", ".docx", ".xls", ".xlsx", ".txt":
		return true
	}
	return false
}
