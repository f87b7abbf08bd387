package admin

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"time"

	"hoithoai/runtime/archive"
	"hoithoai/runtime/server"
	"hoithoai/runtime/store"
)

// Whole is the whole of a store and what an archive of it says of itself.
type Whole struct {
	Store  store.Dumper
	Source func(ctx context.Context) (archive.Source, error)
}

// Archive writes an archive of all that the store keeps.
func (d *Direct) Archive(ctx context.Context, to io.Writer) error { return d.archive(ctx, to, false) }

func (d *Direct) archive(ctx context.Context, to io.Writer, served bool) error {
	src, err := d.Whole.Source(ctx)
	if err != nil {
		return fmt.Errorf("begin archive: %w", err)
	}
	src.Header.Served = src.Header.Served || served
	_, err = archive.Write(ctx, to, d.Whole.Store, src)
	return err
}

// stall is how long the reader of an archive may take for the next part of it, or its writer to make one. An embedded store
// keeps its old pages, and may keep a writer waiting, until the reader has all.
const stall = 30 * time.Second

// archive streams an archive. What goes wrong on the way stands in the archive itself.
func (h handler) archive(w http.ResponseWriter, r *http.Request) {
	ctx, cancel := server.Streaming(r)
	defer cancel()
	out := &patient{to: w, control: http.NewResponseController(w)}
	err := h.noted(r).archive(ctx, out, true)
	if err != nil && !out.begun {
		refuse(w, http.StatusBadGateway, err)
	}
}

// patient gives a reader time for every part anew.
type patient struct {
	to      http.ResponseWriter
	control *http.ResponseController
	begun   bool
}

func (p *patient) Write(b []byte) (int, error) {
	if !p.begun {
		p.begun = true
		p.to.Header().Set("Content-Type", "application/octet-stream")
		p.to.Header().Set("Cache-Control", "no-store")
	}
	if err := p.control.SetWriteDeadline(time.Now().Add(stall)); err != nil && !errors.Is(err, http.ErrNotSupported) {
		return 0, fmt.Errorf("give the reader time: %w", err)
	}
	return p.to.Write(b)
}

// errStalled says that the serving process sends nothing any more.
var errStalled = errors.New("the serving process stopped sending")

// Archive is Direct.Archive, written by the process. Whether all came is for the reader of the archive to say.
func (c *Client) Archive(ctx context.Context, to io.Writer) error {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	req, err := c.request(ctx, http.MethodGet, "/v1/archive", nil)
	if err != nil {
		return err
	}
	slow := *c.http
	slow.Timeout = 0
	watch := time.AfterFunc(stall, func() { cancel(errStalled) })
	defer watch.Stop()
	res, err := slow.Do(req)
	if err != nil {
		return fmt.Errorf("ask the serving process: %w", err)
	}
	defer res.Body.Close()
	if res.StatusCode != http.StatusOK {
		return fmt.Errorf("ask the serving process: %w", decode(res, &done{}))
	}
	_, err = io.Copy(to, &watched{res.Body, watch})
	if cause := context.Cause(ctx); errors.Is(cause, errStalled) {
		err = cause
	}
	if err != nil {
		return fmt.Errorf("read archive: %w", err)
	}
	return nil
}

// watched puts a watch back with every part that comes.
type watched struct {
	from  io.Reader
	watch *time.Timer
}

func (w *watched) Read(p []byte) (int, error) {
	n, err := w.from.Read(p)
	w.watch.Reset(stall)
	return n, err
}
