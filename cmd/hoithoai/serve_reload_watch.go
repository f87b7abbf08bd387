package main

import (
	"context"
	"os"
	"os/signal"
	"path/filepath"
	"strings"
	"syscall"
	"time"

	"github.com/fsnotify/fsnotify"
	"golang.org/x/sync/errgroup"
)

// servedCalm is how long configuration and flows that are served must rest before they are read: whoever copies a folder of flows
// must be done with it.
const servedCalm = time.Second

// watch reads configuration and flows again when they change and on SIGHUP, until ctx ends.
func (h *host) watch(ctx context.Context) error {
	g, ctx := errgroup.WithContext(ctx)
	g.Go(func() error { return h.onSignal(ctx) })
	g.Go(func() error { return h.onChange(ctx) })
	return g.Wait()
}

func (h *host) onSignal(ctx context.Context) error {
	hup := make(chan os.Signal, 1)
	signal.Notify(hup, syscall.SIGHUP)
	defer signal.Stop(hup)
	for {
		select {
		case <-hup:
			h.Reload(ctx)
		case <-ctx.Done():
			return nil
		}
	}
}

// onChange watches the folder of the configuration and those of the flows. A system that cannot watch serves all the same: then
// hoithoai reload says when to read.
func (h *host) onChange(ctx context.Context) error {
	if d := h.state.Load().config; !d.Watches() {
		<-ctx.Done()
		return nil
	}
	err := h.watchFiles(ctx, watcher{calm: servedCalm, look: h.look, concerns: h.concerns, do: func() bool {
		h.Reload(ctx)
		return h.soon.Load()
	}})
	if err != nil {
		h.alarms.Raise("watch_failed", "changes of configuration and flows are not noticed by themselves; run hoithoai reload after a change. Cause: "+err.Error())
		<-ctx.Done()
	}
	return nil
}

// look watches the folders around the configuration and the flows too: editors and deployments replace what they change.
func (h *host) look(w *fsnotify.Watcher) error {
	if err := w.Add(filepath.Dir(h.params.config)); err != nil {
		return err
	}
	root := h.flows()
	if root == "" {
		return nil
	}
	if err := w.Add(filepath.Dir(root)); err != nil {
		return err
	}
	if _, err := os.Stat(root); err != nil {
		return nil // it is about to come again
	}
	return watchFolders(w, root)
}

// flows is the folder of flows that is served, "" for those in the binary.
func (h *host) flows() string { return h.state.Load().bundle.root }

// concerns reports whether a file belongs to what is served.
func (h *host) concerns(name string) bool {
	name, root := filepath.Clean(name), h.flows()
	if name == filepath.Clean(h.params.config) {
		return true
	}
	clean := filepath.Clean(root)
	return root != "" && (name == clean || strings.HasPrefix(name, clean+string(filepath.Separator)))
}
