package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"hoithoai/dsl/fold"
	"hoithoai/dsl/format"
	"hoithoai/dsl/tree"
	"hoithoai/runtime/misses"
)

// teach adds a sentence to dân hỏi of a flow, in its file. What the bundle would refuse then is not kept.
func (a *app) teach(folder, flow, sentence string) error {
	sentence = strings.Join(strings.Fields(sentence), " ")
	if err := a.teachable(sentence); err != nil {
		return err
	}
	var paths []string
	if folder != "" {
		paths = []string{folder}
	}
	b, _, err := a.loadBound(paths)
	if err != nil {
		return err
	}
	if b.root == "" {
		return usageError{errors.New(a.say("thiếu --flows: luồng kèm trong máy thì không sửa được", "--flows is missing: the flows in the binary cannot be edited"))}
	}
	f, err := a.taught(b, flow, sentence)
	if err != nil {
		return err
	}
	return a.addSentence(filepath.Join(b.root, filepath.FromSlash(f.Path)), f, sentence, paths)
}

// teachable refuses what must not stand in a file that many read.
func (a *app) teachable(sentence string) error {
	switch {
	case fold.Key(sentence) == "":
		return usageError{errors.New(a.say("câu trống", "the sentence is empty"))}
	case misses.Masked(sentence) != sentence:
		return usageError{errors.New(a.say("câu có số, địa chỉ mạng hoặc quá dài: viết lại câu không có dữ liệu của ai",
			"the sentence holds a number, a net address, or is too long: write it without anybody's data"))}
	}
	return nil
}

// taught returns the file of the flow, unless the sentence leads somewhere already.
func (a *app) taught(b *bundle, flow, sentence string) (*tree.File, error) {
	for _, f := range b.Program.Flows {
		for _, s := range slices.Concat(f.Examples, f.Keywords, []string{f.Title}) {
			if fold.Key(s) == fold.Key(sentence) {
				return nil, usageError{fmt.Errorf(a.say("luồng %s đã có câu này: %q", "the flow %s has this sentence already: %q"), f.Name, s)}
			}
		}
	}
	for _, f := range b.Files {
		if f.Name.Text == flow && f.Kind == tree.Flow {
			return f, nil
		}
	}
	return nil, usageError{fmt.Errorf(a.say("không có luồng %q", "there is no flow %q"), flow)}
}

// addSentence writes the file with the sentence, and puts it back where the bundle has errors then.
func (a *app) addSentence(name string, f *tree.File, sentence string, paths []string) error {
	before, err := os.ReadFile(name)
	if err != nil {
		return fmt.Errorf("read flow: %w", err)
	}
	after := format.Source(f.Path, withSentence(before, f, sentence)).Text
	if err := replaceFile(name, after); err != nil {
		return fmt.Errorf("write flow: %w", err)
	}
	if _, _, err := a.loadBound(paths); err != nil {
		return errors.Join(err, replaceFile(name, before))
	}
	fmt.Fprintf(a.stdout, a.say("đã thêm vào %s\n", "added to %s\n"), name)
	return nil
}

// withSentence puts the sentence behind the last one of dân hỏi, or at the end of the head where there is none yet.
func withSentence(text []byte, f *tree.File, sentence string) []byte {
	lines := strings.Split(string(text), "\n")
	added := []string{"  * " + sentence}
	at := headEnd(lines, f.Span.EndLine)
	if n := len(f.Examples); n > 0 {
		at = f.Examples[n-1].Span.EndLine
	} else {
		added = []string{"", "dân hỏi", added[0]}
	}
	return []byte(strings.Join(slices.Insert(lines, min(at, len(lines)), added...), "\n"))
}

// headEnd is the line behind the head, which begins before the line from: the first empty one.
func headEnd(lines []string, from int) int {
	for i, l := range lines {
		if i >= from && strings.TrimSpace(l) == "" {
			return i
		}
	}
	return len(lines)
}
