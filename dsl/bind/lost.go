package bind

import "hoithoai/dsl/tree"

// lose remembers that a declaration was refused: to read its name is no second mistake. A nil file means the whole bundle.
func (b *binder) lose(file *tree.File, name string) { b.lost[lostKey(file, name)] = true }

// isLost reports whether name would mean something in file if its declaration had been accepted.
func (b *binder) isLost(file *tree.File, name string) bool {
	return b.lost[lostKey(file, name)] || b.lost[lostKey(nil, name)]
}

func lostKey(file *tree.File, name string) string {
	if file == nil {
		return "\x00" + name
	}
	return file.Path + "\x00" + name
}
