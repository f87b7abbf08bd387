package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"strings"
	"time"

	"github.com/fsnotify/fsnotify"

	"hoithoai/dsl/diag"
	"hoithoai/dsl/value"
	"hoithoai/runtime/deployment"
	"hoithoai/runtime/sandbox"
)

// calm is how long the flows of the sandbox must rest before they are read: editors save in several steps.
const calm = 150 * time.Millisecond

// watch loads the flows again when they are saved, until ctx ends. Flows in the binary do not change.
func (a *app) watch(ctx context.Context, p serveParams, b *bundle, st *stage) error {
	if b.root == "" {
		<-ctx.Done()
		return nil
	}
	return a.watchFiles(ctx, watcher{
		calm: calm, look: func(w *fsnotify.Watcher) error { return watchFolders(w, b.root) },
		concerns: func(string) bool { return true }, do: func() bool {
			a.reload(ctx, p, st)
			return false
		},
	})
}

// later is when something is tried again that the store did not allow.
const later = 10 * time.Second

// watcher does something when files rest after a change.
type watcher struct {
	calm     time.Duration                   // how long they must rest
	look     func(w *fsnotify.Watcher) error // adds the folders there are now
	concerns func(name string) bool          // whether a file counts
	do       func() (again bool)             // again: once more after a while, though nothing changes
}

// watchFiles waits for changes until ctx ends.
func (a *app) watchFiles(ctx context.Context, by watcher) error {
	w, err := fsnotify.NewWatcher()
	if err != nil {
		return fmt.Errorf("watch files: %w", err)
	}
	defer w.Close()
	if err := by.look(w); err != nil {
		return err
	}
	timer := time.NewTimer(time.Hour)
	timer.Stop()
	for {
		select {
		case <-ctx.Done():
			return nil
		case e := <-w.Events:
			if by.concerns(e.Name) {
				timer.Reset(by.calm)
			}
		case err := <-w.Errors:
			a.logger().Warn("files cannot be watched", "error", err)
		case <-timer.C:
			if by.do() {
				timer.Reset(later)
			}
			if err := by.look(w); err != nil {
				a.logger().Warn("files cannot be watched", "error", err)
			}
		}
	}
}

func watchFolders(w *fsnotify.Watcher, root string) error {
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil || !d.IsDir() {
			return err
		}
		return w.Add(path)
	})
	if err != nil {
		return fmt.Errorf("watch %s: %w", root, err)
	}
	return nil
}

// reload publishes the flows as they are now. With errors the last good ones go on, and the page says what is wrong.
func (a *app) reload(ctx context.Context, p serveParams, st *stage) {
	b, err := a.load(paths(p.flows))
	if err == nil && b.Program != nil {
		err = st.dep.Publish(ctx, b.Result)
	}
	if err != nil {
		st.page.Tell(sandbox.Bundle{Text: a.say("Chưa nạp được, vẫn chạy bản trước.", "Not loaded; the last good one goes on."), Problems: a.unfit(err).Error()})
		return
	}
	st.page.Tell(a.described(b))
}

// described says in a line what was loaded, and shows the findings.
func (a *app) described(b *bundle) sandbox.Bundle {
	var text strings.Builder
	if err := diag.WriteText(&text, b.renamed(b.Diagnostics), a.lang(), b.shownText); err != nil {
		return sandbox.Bundle{Text: err.Error()}
	}
	if b.Program == nil {
		return sandbox.Bundle{Text: a.say("Có lỗi, vẫn chạy bản trước.", "There are errors; the last good one goes on."), Problems: text.String()}
	}
	return sandbox.Bundle{
		Hints:    b.openings(),
		Text:     fmt.Sprintf(a.say("%s: %d luồng, bản %s, nạp lúc %s", "%s: %d flows, version %s, loaded at %s"), a.place(b), len(b.Program.Flows), b.Program.Hash[:8], clock(a.now())),
		Problems: text.String(),
	}
}

// unfit says in the chosen language what flows need and this machine lacks.
func (a *app) unfit(err error) error {
	var e *deployment.UnfitError
	if !errors.As(err, &e) {
		return err
	}
	return fmt.Errorf("%s\n%s", a.say("bộ luồng cần những điều ở đây chưa có:", "the flows need what is not here:"), e.In(a.lang()))
}

// place is where the flows of a bundle come from, as a person would say it.
func (a *app) place(b *bundle) string {
	if b.root == "" {
		return a.say("có sẵn trong chương trình", "built in")
	}
	if whole, err := filepath.Abs(b.root); err == nil {
		return fmt.Sprintf(a.say("thư mục %s", "folder %s"), whole)
	}
	return b.root
}

// maxHints is how many first words the page offers.
const maxHints = 6

// openings are first words that lead into the flows of a folder: of each its first keyword that is a whole message. The flows in
// the binary have none here: the page knows what to say to them.
func (b *bundle) openings() []string {
	var out []string
	for _, f := range b.Program.Flows {
		for _, keyword := range f.Keywords {
			if b.builtin || len(out) == maxHints {
				return out
			}
			if !strings.Contains(keyword, "+") {
				out = append(out, keyword)
				break
			}
		}
	}
	return out
}

// clock is a time of day in Vietnam (UTC+7, never the machine's zone).
func clock(t time.Time) string { return value.Clock(t).Format("15:04:05") }
