package bind

import (
	"cmp"
	"slices"

	"hoithoai/dsl/tree"
)

// declareTasks gathers the tasks of all files; a task is of the whole bundle.
func (b *binder) declareTasks() {
	for _, file := range b.files {
		for _, t := range file.Tasks {
			if first := b.out.Task[t.Name.Text]; first != nil {
				b.twoTasks(t, first)
				continue
			}
			b.declareTask(t)
		}
	}
	slices.SortFunc(b.out.Tasks, func(x, y *tree.Task) int { return cmp.Compare(x.Name.Text, y.Name.Text) })
}

func (b *binder) declareTask(t *tree.Task) {
	b.out.Task[t.Name.Text] = t
	b.out.Tasks = append(b.out.Tasks, t)
	for _, params := range [][]tree.Param{t.Params, t.Results} {
		b.checkParamNames(params)
		for i := range params {
			if typ, ok := b.paramType(&params[i].Type); ok {
				b.keep(&params[i].Type, typ)
			}
		}
	}
	b.checkStoryResults(t)
	b.checkErrorNames(t)
}
