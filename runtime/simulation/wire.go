package simulation

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/http/httptrace"
	"regexp"
	"time"

	"hoithoai/runtime/zalo"
	"hoithoai/runtime/zalo/fake"
)

// wire is the way of one process to Zalo.
type wire struct{ p *process }

// errCut is a connection that ends before the answer.
var errCut = &net.OpError{Op: "read", Net: "tcp", Err: io.ErrUnexpectedEOF}

// errNobody is a connection that is not made.
var errNobody = &net.OpError{Op: "dial", Net: "tcp", Err: errors.New("connection refused")}

// RoundTrip takes a call to the fake Zalo and its answer back, with what goes wrong on the way.
func (x *wire) RoundTrip(r *http.Request) (*http.Response, error) {
	w, s := x.p.w, x.p.w.chances.of("wire of "+x.p.name)
	f, who := w.faults(), receiver(r)
	bad, shot := s.happens(f.Wire), s.happens(f.Shot)
	if bad || shot {
		w.count(func(s *Stats) { s.WireFaults++ })
	}
	if shot && s.happens(0.3) {
		x.p.kill("before a send")
	}
	if bad && s.happens(0.15) {
		x.takes(r.Context(), s)
		w.troubled(who, "nobody at Zalo's door")
		return nil, errNobody
	}
	if s.happens(f.Sluggish) && !x.p.takes(r.Context(), s, s.between(time.Second, 4*time.Second)) {
		return nil, errCut
	}
	if !x.takes(r.Context(), s) {
		return nil, errCut
	}
	wrote(r.Context())
	res, err := x.answer(r, s, bad, who)
	if shot {
		x.p.kill("after a send")
	}
	if err != nil {
		return nil, err
	}
	if !x.takes(r.Context(), s) {
		w.troubled(who, "the answer of Zalo is lost")
		return nil, errCut
	}
	return res, nil
}

// travelled is what a header looks like on the other side: net/http spells names its own way.
func travelled(h http.Header) http.Header {
	out := make(http.Header, len(h))
	for name, values := range h {
		out[http.CanonicalHeaderKey(name)] = values
	}
	return out
}

// receiver is the person a call is about, "" where it is about none.
func receiver(r *http.Request) string {
	if r.GetBody == nil {
		return ""
	}
	text := r.URL.RawQuery
	if body, err := r.GetBody(); err == nil {
		if b, err := io.ReadAll(body); err == nil {
			text += string(b)
		}
	}
	return personIn.FindString(text)
}

// personIn finds the id of a person of the simulation.
var personIn = regexp.MustCompile(`77\d{14}`)

// takes lets a leg of the way pass.
func (x *wire) takes(ctx context.Context, s *stream) bool {
	return x.p.takes(ctx, s, s.between(2*time.Millisecond, 120*time.Millisecond))
}

func wrote(ctx context.Context) {
	if t := httptrace.ContextClientTrace(ctx); t != nil && t.WroteHeaders != nil {
		t.WroteHeaders()
	}
}

// answer lets the fake answer, badly where it is to.
func (x *wire) answer(r *http.Request, s *stream, bad bool, who string) (res *http.Response, err error) {
	w := x.p.w
	if bad && r.URL.Path != zalo.EndpointConsult {
		w.troubled(who, "a question to Zalo fails")
		return nil, errCut
	}
	if bad {
		fault := wireFaults[s.below(len(wireFaults))]
		w.troubled(who, "a send fails")
		w.zalo.Script(fault)
	}
	defer func() {
		if p := recover(); p != nil {
			if p != http.ErrAbortHandler {
				panic(p)
			}
			err = errCut
		}
	}()
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return nil, err
	}
	call := httptest.NewRequestWithContext(r.Context(), r.Method, r.URL.String(), bytes.NewReader(body))
	call.Header = travelled(r.Header)
	rec := httptest.NewRecorder()
	w.zalo.ServeHTTP(rec, call)
	if err := r.Context().Err(); err != nil {
		return nil, err
	}
	return rec.Result(), nil
}

var _ http.RoundTripper = (*wire)(nil)

// texts are what a person has read so far.
func texts(z *fake.Server, office, person string) []string {
	var out []string
	for _, m := range z.Ledger(office, person) {
		out = append(out, m.Text)
	}
	return out
}
