package check

import "testing"

// lacks is what G009 says of a step, alone or with more.
func lacks(what string, more string) words {
	kinds := map[string][4]string{
		"help":   {"không có trợ giúp", "there is no help", "Thêm `trợ giúp` vào `mọi bước`.", "Add `trợ giúp` to `mọi bước`."},
		"cancel": {"không hủy được", "there is no way to cancel", "Thêm `nghe \"hủy\" -> bắt đầu lại` vào `mọi bước`.", "Add `nghe \"hủy\" -> bắt đầu lại` to `mọi bước`."},
		"person": {
			"không tới được người thật", "no person can be reached", "Thêm vào `mọi bước` một câu `nghe` dẫn tới luồng có `chuyển người`.",
			"Add to `mọi bước` a `nghe` that leads to a flow with `chuyển người`.",
		},
	}
	k := kinds[what]
	if more != "" {
		return words{
			vi: "Chờ ở bước `a` và " + more + " bước khác của luồng thì " + k[0] + ".", en: "While the step `a` and " + more + " others of the flow wait, " + k[1] + ".",
			fixVI: k[2], fixEN: k[3],
		}
	}
	return words{vi: "Chờ ở bước `a` thì " + k[0] + ".", en: "While the step `a` waits, " + k[1] + ".", fixVI: k[2], fixEN: k[3]}
}

func TestG009Places(t *testing.T) {
	t.Parallel()
	const (
		help = `  trợ giúp
    | Giúp.
`
		cancel = "  nghe \"hủy bỏ hết\" -> bắt đầu lại\n"
		person = "  nghe \"gặp người\" -> luồng gap\n"
	)
	bundle := func(step, always string) string {
		return "\n" + step + ending + `
-- chung.flow --
chung chung
  căn cứ "A" hiệu lực 01/01/2026

mọi bước
` + always + `
-- gap.flow --
luồng gap "Gặp"
  căn cứ "A" hiệu lực 01/01/2026

bước noi
  | Chờ chút.
  chuyển người truc_ban
`
	}
	const menu = `«bước a»
  | Gì?
  [Đi] -> z
`
	const plain = `bước a
  | Gì?
  [Đi] -> z
`
	holdsAlone(t, "G009",
		example{"no help", bundle(menu, cancel+person), []words{lacks("help", "")}},
		example{"no way to cancel", bundle(menu, help+person), []words{lacks("cancel", "")}},
		example{"nobody", bundle(menu, help+cancel), []words{lacks("person", "")}},
		example{"the first of two", bundle(`«bước a»
  | Gì?
  [Đi] -> b

bước b
  | Gì?
  [Đi] -> z
`, cancel+person), []words{lacks("help", "1")}},
		example{"help of the step alone", bundle(plain+help, cancel+person), nil},
		example{"a button to a person", bundle(`bước a
  | Gì?
  [Đi] -> z
  [Gặp] -> luồng gap
`, help+cancel), nil},
		example{"a button that gives up", bundle(`bước a
  | Gì?
  [Đi] -> z
  [Bỏ] -> bo

bước bo
  kết thúc bỏ
`, help+person), nil},
		example{"of the flow's own", bundle("mọi bước\n"+help+"\n"+plain, cancel+person), nil},
		example{"all of them", bundle(plain, help+cancel+person), nil},
		example{"nobody waits", bundle(`bước a
  | A.
  -> z
`, cancel), nil},
	)
}

// TestG009WithoutChung warns once of a bundle in which no chung file offers anything.
func TestG009WithoutChung(t *testing.T) {
	t.Parallel()
	const marked = `
bước a
  | Gì?
  [Đi] -> z
` + ending + `
-- a.flow --
«luồng a "A"»
  căn cứ "A" hiệu lực 01/01/2026

bước a
  | A.
  kết thúc đạt
`
	holdsAlone(t, "G009", example{"at its first flow", marked, []words{{
		warning: true,
		vi:      "Không tệp chung nào có `mọi bước`, nên chưa chắc bước nào cũng có trợ giúp, lối hủy và đường gặp người.",
		en:      "No chung file has `mọi bước`, so help, a way to cancel and a person may be missing anywhere.",
		fixVI:   "Thêm một tệp `chung` có `mọi bước` với `nghe`, `trợ giúp`.", fixEN: "Add a `chung` file whose `mọi bước` has `nghe` and `trợ giúp`.",
	}}})
}
