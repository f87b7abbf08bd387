package bench

import (
	"bufio"
	"context"
	"fmt"
	"net"
	"net/http"
)

// wire is one connection over which requests go one after the other. It writes bytes that are ready and reads no more of an
// answer than it must: what a client costs would otherwise be counted to the door, which runs on the same processors.
type wire struct {
	conn net.Conn
	in   *bufio.Reader
}

func dial(ctx context.Context, addr string) (*wire, error) {
	c, err := (&net.Dialer{}).DialContext(ctx, "tcp", addr)
	if err != nil {
		return nil, fmt.Errorf("connect to the door: %w", err)
	}
	return &wire{conn: c, in: bufio.NewReader(c)}, nil
}

func (w *wire) close() { _ = w.conn.Close() } // what was sent has been answered

// post sends a request and returns the status of its answer.
func (w *wire) post(request []byte) (int, error) {
	if _, err := w.conn.Write(request); err != nil {
		return 0, fmt.Errorf("send a webhook: %w", err)
	}
	res, err := http.ReadResponse(w.in, nil)
	if err != nil {
		return 0, fmt.Errorf("read the answer to a webhook: %w", err)
	}
	return res.StatusCode, res.Body.Close()
}
