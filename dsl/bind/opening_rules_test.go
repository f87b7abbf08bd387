package bind_test

import "testing"

func TestD085Opening(t *testing.T) {
	t.Parallel()
	stray := []words{{
		vi: "Từ lời đầu chỉ dùng cho chọn, kể, chữ được hỏi trong luồng.", en: "Only a chọn, kể or chữ that a flow asks for can be taken từ lời đầu.",
		fixVI: "Bỏ chữ từ lời đầu.", fixEN: "Remove từ lời đầu.",
	}}
	asked := func(slot string) []string {
		return []string{thu("dữ liệu\n  "+slot, "bước dau\n  | Gì?\n  hỏi x\n  -> het")}
	}
	holds(t, "D085",
		example{"a text", asked("x   chữ 2..40 từ lời đầu   \"Chuyện\""), nil},
		example{"a choice", asked("x   chọn từ lời đầu   \"Việc\"\n    mot   \"Một\"\n    hai   \"Hai\""), nil},
		example{"a text that may be skipped", asked("x   chữ 2..40 tùy từ lời đầu   \"Chuyện\""), nil},
		example{"a number", asked("«x   số 1..9 từ lời đầu   \"Số\"»"), stray},
		example{"a place", asked("«x   vị trí từ lời đầu   \"Nơi\"»"), stray},
		example{"yes or no", asked("«x   có/không từ lời đầu   \"Đồng ý\"»"), stray},
		example{"several", asked("«x   chọn nhiều từ lời đầu   \"Giấy\"»\n    mot   \"Một\"\n    hai   \"Hai\""), stray},
	)
}
