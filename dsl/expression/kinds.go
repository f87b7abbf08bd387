package expression

import (
	"fmt"

	"hoithoai/dsl/value"
)

// kindNames are the kinds as an author calls them, and in English.
var kindNames = map[value.Kind][2]string{
	value.Text: {"chữ", "text"}, value.Number: {"số", "a number"}, value.Money: {"tiền", "an amount"},
	value.Date: {"ngày", "a date"}, value.Phone: {"điện thoại", "a phone number"}, value.Ward: {"phường", "a ward"},
	value.Choice: {"chọn", "a choice"}, value.YesNo: {"có/không", "yes or no"}, value.Images: {"ảnh", "pictures"},
	value.Choices: {"chọn nhiều", "several choices"}, value.Story: {"kể", "a story"},
	value.Files: {"tệp", "files"}, value.Place: {"vị trí", "a place"},
}

func kindVI(t value.Type) string { return kindName(t, 0) }

func kindEN(t value.Type) string { return kindName(t, 1) }

func kindName(t value.Type, lang int) string {
	if names, ok := kindNames[t.Kind]; ok {
		return names[lang]
	}
	return [2]string{"chưa rõ loại", "of no known kind"}[lang]
}

// typeKey writes down everything of a type that matters to a compiled expression.
func typeKey(t value.Type) string {
	key := fmt.Sprint(t.Kind, t.Min, t.Max, t.HasMin, t.HasMax)
	for _, o := range t.Options {
		key += "\x00" + o.Name
	}
	return key
}
