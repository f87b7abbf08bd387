package admin

import (
	"context"
	"errors"
	"net/http"

	"hoithoai/dsl/diag"
)

// Reloader reads configuration and flows again while it serves.
type Reloader interface {
	// Reload takes up what is written now, or says what is wrong with it and goes on as before.
	Reload(ctx context.Context) Reload
	// LastReload is what became of the last one, whoever asked for it; the zero value where there was none.
	LastReload() Reload
}

// Reload is what became of reading configuration and flows again.
type Reload struct {
	At     int64 // Unix ms; 0: there was none
	Loaded bool  // false: something is wrong, and what was served goes on
	Says   diag.Sentence
}

// errNoReload says that this process has nothing to read again.
var errNoReload = errors.New("this process reads nothing again")

func (h handler) reload(w http.ResponseWriter, r *http.Request) {
	if h.cfg.Reloader == nil {
		refuse(w, http.StatusConflict, errNoReload)
		return
	}
	var got Reload
	ctx := context.WithoutCancel(r.Context()) // who asked may go away meanwhile
	err := h.noted(r).Note(ctx, "reload", "", "", func() (bool, error) {
		if got = h.cfg.Reloader.Reload(ctx); !got.Loaded {
			return false, errRefused
		}
		return true, nil
	})
	if errors.Is(err, errRefused) {
		err = nil // the answer says why
	}
	answer(w, got, err)
}

// errRefused says that what is written was not taken up.
var errRefused = errors.New("refused")

func (h handler) lastReload(w http.ResponseWriter, _ *http.Request) {
	if h.cfg.Reloader == nil {
		refuse(w, http.StatusConflict, errNoReload)
		return
	}
	answer(w, h.cfg.Reloader.LastReload(), nil)
}

// Reload makes the process read its configuration and flows again.
func (c *Client) Reload(ctx context.Context) (r Reload, err error) {
	err = c.ask(ctx, http.MethodPost, "/v1/reload", nil, &r)
	return r, err
}

// LastReload says what became of the last one.
func (c *Client) LastReload(ctx context.Context) (r Reload, err error) {
	err = c.ask(ctx, http.MethodGet, "/v1/reload", nil, &r)
	return r, err
}
