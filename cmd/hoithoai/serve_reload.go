package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"sync"
	"sync/atomic"

	"hoithoai/dsl/diag"
	"hoithoai/runtime/admin"
	"hoithoai/runtime/alarm"
	"hoithoai/runtime/config"
	"hoithoai/runtime/deployment"
	"hoithoai/runtime/gate"
	"hoithoai/runtime/store"
	"hoithoai/runtime/token"
)

// kindReload is the kind of the alarm that what was written could not be taken up.
const kindReload = "reload_refused"

// host is a configured deployment with what runs beside it. It reads its configuration and flows again while it runs.
type host struct {
	*app
	params  serveParams
	store   opened
	dep     *deployment.Deployment
	fleet   *fleet
	gate    *gate.Gate
	keeper  *token.Keeper // nil where the configuration names the access tokens
	purse   *purse        // nil where tokens are kept here
	metrics http.Handler
	desk    *operatorDesk
	alarms  *alarm.Set
	traces  *collector

	turn  sync.Mutex // one reload at a time
	state atomic.Pointer[state]
	last  atomic.Pointer[admin.Reload]
	soon  atomic.Bool // the last one failed for want of the store alone: it is worth trying again
}

// Reload reads configuration, secrets and flows again and, if nothing at all is wrong with them, puts them in the place of what
// is served, in one step. Else the last good ones go on, and it says what is wrong (admin.Reloader).
func (h *host) Reload(ctx context.Context) admin.Reload {
	h.turn.Lock()
	defer h.turn.Unlock()
	says, err := h.reload(ctx)
	r := admin.Reload{At: h.now().UnixMilli(), Loaded: err == nil, Says: says}
	if err != nil {
		r.Says = h.refused(err)
		h.alarms.Raise(kindReload, "what is served goes on as it was: "+r.Says.EN)
	}
	h.last.Store(&r)
	h.logger().Info("reload", "outcome", map[bool]string{true: "done", false: "failed"}[r.Loaded])
	fmt.Fprintln(h.stdout, r.Says.In(h.lang()))
	h.soon.Store(errors.Is(err, store.ErrUnavailable))
	return r
}

// LastReload says what became of the last one; the zero value where there was none (admin.Reloader).
func (h *host) LastReload() admin.Reload {
	if r := h.last.Load(); r != nil {
		return *r
	}
	return admin.Reload{}
}

func (h *host) reload(ctx context.Context) (diag.Sentence, error) {
	was := h.state.Load()
	d, err := h.readConfiguration(h.params.config)
	if err != nil {
		return diag.Sentence{}, err
	}
	h.params.chosen(&d)
	if keys := lasting(was.config, d); len(keys) > 0 {
		return diag.Sentence{}, restartError{keys}
	}
	b, err := h.load(paths(d.Flows))
	if err != nil {
		return diag.Sentence{}, err
	}
	if b.Program == nil {
		return diag.Sentence{}, faultyFlows{b}
	}
	next, err := h.app.state(d, b)
	if err != nil {
		return diag.Sentence{}, err
	}
	if was.is(next) {
		return diag.Sentence{VI: "Không có gì thay đổi.", EN: "Nothing has changed."}, nil
	}
	if err := h.dep.Exchange(ctx, next.settings, b.Result, func() { h.serve(next) }); err != nil {
		return diag.Sentence{}, err
	}
	return changes(was, next), nil
}

// serve tells everything beside the deployment of the offices that come.
func (h *host) serve(next *state) {
	h.fleet.serve(next.outlets)
	if h.purse != nil {
		h.purse.serve(next.tokens)
	}
	if h.keeper != nil {
		h.keeper.Serve(next.ids())
	}
	h.gate.Limit(next.config.App.Calls, next.calls())
	h.desk.serve(next.ids())
	h.state.Store(next)
}

// changes says what a reload has changed.
func changes(was, next *state) diag.Sentence {
	var vi, en []string
	add := func(v, e string, args ...any) {
		vi, en = append(vi, fmt.Sprintf(v, args...)), append(en, fmt.Sprintf(e, args...))
	}
	if p := next.bundle.Program; p.Hash != was.bundle.Program.Hash {
		add("luồng bản %s (%d luồng)", "flows %s (%d flows)", p.Hash[:8], len(p.Flows))
	}
	before, after := was.ids(), next.ids()
	for _, id := range after {
		if !slices.Contains(before, id) {
			add("thêm cơ quan %s", "office %s is new", id)
		}
	}
	for _, id := range before {
		if !slices.Contains(after, id) {
			add("thôi phục vụ cơ quan %s", "office %s is served no more", id)
		}
	}
	add("%d cơ quan", "%d offices", len(after))
	return diag.Sentence{VI: "Đã nạp: " + strings.Join(vi, ", ") + ".", EN: "Loaded: " + strings.Join(en, ", ") + "."}
}

// restartError names what only a restart can change.
type restartError struct{ keys []string }

// Error names the keys.
func (e restartError) Error() string { return e.says().EN }

func (e restartError) says() diag.Sentence {
	keys := strings.Join(e.keys, ", ")
	return diag.Sentence{
		VI: "phải khởi động lại hoithoai serve mới đổi được: " + keys + "; trả khóa này về như cũ thì phần còn lại được nạp",
		EN: "only a restart of hoithoai serve changes " + keys + "; put that back, and the rest is taken up",
	}
}

// faultyFlows are flows with errors.
type faultyFlows struct{ *bundle }

// Error says that there are errors.
func (faultyFlows) Error() string { return "the flows have errors" }

// in says the errors, without the warnings: those stop nothing.
func (f faultyFlows) in(lang diag.Lang) string {
	found := slices.DeleteFunc(slices.Clone(f.Diagnostics), func(d diag.Diagnostic) bool { return d.Severity != diag.Error })
	var text bytes.Buffer
	if err := diag.WriteText(&text, f.renamed(found), lang, f.shownText); err != nil {
		return err.Error()
	}
	return strings.TrimSpace(text.String())
}

// refused says in both languages why something was not taken up.
func (h *host) refused(err error) diag.Sentence {
	vi, en := err.Error(), err.Error()
	if f, ok := errors.AsType[config.Faults](err); ok {
		vi, en = f.In(diag.Vietnamese), f.In(diag.English)
	} else if f, ok := errors.AsType[faultyFlows](err); ok {
		vi, en = f.in(diag.Vietnamese), f.in(diag.English)
	} else if f, ok := errors.AsType[*deployment.UnfitError](err); ok {
		vi, en = f.In(diag.Vietnamese), f.In(diag.English)
	} else if f, ok := errors.AsType[restartError](err); ok {
		vi, en = f.says().VI, f.says().EN
	}
	return diag.Sentence{VI: "Chưa nạp được, vẫn phục vụ như trước:\n" + vi, EN: "Not loaded; what is served goes on:\n" + en}
}

// operatorDesk answers the operator for the offices of the moment.
type operatorDesk struct {
	config  admin.Config
	handler atomic.Pointer[http.Handler]
}

// ServeHTTP answers one request.
func (d *operatorDesk) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	(*d.handler.Load()).ServeHTTP(w, r)
}

// serve sets the offices; those that are not among them any more are remembered.
func (d *operatorDesk) serve(offices []string) {
	direct := *d.config.Direct
	for _, id := range direct.Offices {
		if !slices.Contains(direct.Gone, id) {
			direct.Gone = append(slices.Clone(direct.Gone), id)
		}
	}
	direct.Gone = slices.DeleteFunc(slices.Clone(direct.Gone), func(id string) bool { return slices.Contains(offices, id) })
	direct.Offices = offices
	d.config.Direct = &direct
	handler := admin.Handler(d.config)
	d.handler.Store(&handler)
}
