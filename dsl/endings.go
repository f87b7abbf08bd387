package dsl

import (
	"path"
	"strings"

	"hoithoai/dsl/diag"
)

// endings reports files that are named like flows and are not read: Notepad saves x.flow as x.flow.txt, and Windows does not show
// the ending. A warning, since what was not read cannot be wrong.
func (l *loader) endings() {
	for _, name := range l.src.other {
		at := diag.Span{File: name, Line: 1, Column: 1, EndLine: 1, EndColumn: 1}
		right := strings.TrimSuffix(path.Base(name), path.Ext(name))
		l.report(codeEnding, diag.Warning, at,
			say("Tệp này tên là “%s” nên không được đọc: tên tệp luồng phải kết thúc bằng .flow.", "This file is named “%s” and is not read: the name of a flow ends in .flow.", path.Base(name)),
			say("Đổi tên thành %s. Trong Notepad: Save as, ô Save as type chọn All files.", "Rename it to %s. In Notepad: Save as, Save as type: All files.", right))
	}
}
