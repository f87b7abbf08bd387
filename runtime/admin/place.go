package admin

import (
	"bytes"
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"time"
)

// ErrNone says that nobody serves here: there is no listener, or it is what a killed process left behind.
var ErrNone = errors.New("no hoithoai serve runs here")

// ErrTaken says that a living process has the place already.
var ErrTaken = errors.New("another hoithoai serve runs on this data folder")

// Place is where a deployment listens for its operator: Address is the path of a unix socket, a loopback address
// ("127.0.0.1:0"), or "" for the usual place in the data folder Folder.
type Place struct {
	Folder  string
	Address string
}

const (
	socketName = "quan-tri.sock"
	noteName   = "quan-tri.json"
	longest    = 90 // bytes of a socket's path: systems allow 104 or 108, and it is bound one folder deeper first
	tokenBytes = 32
	dialLimit  = 2 * time.Second
)

// IsLoopback reports whether the listener is TCP: configured so, on Windows, or where the path is too long for a socket.
func (p Place) IsLoopback() bool {
	if p.Address != "" && !filepath.IsAbs(p.Address) && strings.Contains(p.Address, ":") {
		return true
	}
	return runtime.GOOS == "windows" || len(p.socket()) > longest
}

func (p Place) socket() string {
	if p.Address != "" {
		return p.Address
	}
	return filepath.Join(p.Folder, socketName)
}

func (p Place) loopback() string {
	if strings.Contains(p.Address, ":") && !filepath.IsAbs(p.Address) {
		return p.Address
	}
	return "127.0.0.1:0"
}

func (p Place) note() string { return filepath.Join(p.Folder, noteName) }

// note is what a loopback listener leaves for the verbs, in a file only this account reads.
type note struct {
	Address string `json:"address"`
	Token   string `json:"token"`
}

// Door is an open listener. Token is "" for a socket, whose mode says who may come in.
type Door struct {
	net.Listener
	Token string
	path  string
	mine  fs.FileInfo
}

// Listen opens the place. What a killed process left there is replaced; a living one gives ErrTaken.
func Listen(ctx context.Context, p Place, random io.Reader) (*Door, error) {
	switch _, err := Dial(ctx, p); {
	case err == nil:
		return nil, ErrTaken
	case !errors.Is(err, ErrNone):
		return nil, err
	}
	if p.IsLoopback() {
		return listenLoopback(p, random)
	}
	return listenSocket(p.socket())
}

// listenSocket binds in a folder of its own that nobody else can enter, and moves the socket to its place when its mode is
// right: at no moment can another account connect, and what lies at the place is replaced in one move.
func listenSocket(path string) (*Door, error) {
	if there, err := os.Lstat(path); err == nil && there.Mode().Type() != fs.ModeSocket {
		return nil, fmt.Errorf("open admin socket: %s is there and is no socket; choose another path", path)
	}
	inner, err := os.MkdirTemp(filepath.Dir(path), ".q")
	if err != nil {
		return nil, fmt.Errorf("open admin socket: %w", err)
	}
	defer os.RemoveAll(inner)
	at := filepath.Join(inner, "s")
	l, err := net.ListenUnix("unix", &net.UnixAddr{Name: at, Net: "unix"})
	if err != nil {
		return nil, fmt.Errorf("open admin socket: %w", err)
	}
	l.SetUnlinkOnClose(false)
	err = os.Chmod(at, 0o600)
	if err == nil {
		err = os.Rename(at, path)
	}
	if err != nil {
		return nil, errors.Join(fmt.Errorf("open admin socket: %w", err), l.Close())
	}
	return opened(l, path, "")
}

func listenLoopback(p Place, random io.Reader) (*Door, error) {
	l, err := net.Listen("tcp", p.loopback())
	if err != nil {
		return nil, fmt.Errorf("open admin listener: %w", err)
	}
	if a, ok := l.Addr().(*net.TCPAddr); !ok || !a.IP.IsLoopback() {
		return nil, errors.Join(fmt.Errorf("admin listener %s is not on the loopback interface", l.Addr()), l.Close())
	}
	raw := make([]byte, tokenBytes)
	if _, err := io.ReadFull(random, raw); err != nil {
		return nil, errors.Join(fmt.Errorf("make admin token: %w", err), l.Close())
	}
	n := note{Address: l.Addr().String(), Token: base64.RawURLEncoding.EncodeToString(raw)}
	if err := n.write(p.note()); err != nil {
		return nil, errors.Join(err, l.Close())
	}
	return opened(l, p.note(), n.Token)
}

// write replaces the note in one move; a file that is made here has mode 0600 from its first byte.
func (n note) write(path string) error {
	body, err := json.Marshal(n)
	if err != nil {
		return fmt.Errorf("encode admin note: %w", err)
	}
	f, err := os.CreateTemp(filepath.Dir(path), ".q") // mode 0600
	if err != nil {
		return fmt.Errorf("write admin note: %w", err)
	}
	_, err = f.Write(body)
	if err = errors.Join(err, f.Close()); err == nil {
		err = os.Rename(f.Name(), path)
	}
	if err != nil {
		return errors.Join(fmt.Errorf("write admin note: %w", err), os.Remove(f.Name()))
	}
	return nil
}

func opened(l net.Listener, path, token string) (*Door, error) {
	mine, err := os.Lstat(path)
	if err != nil {
		return nil, errors.Join(fmt.Errorf("open admin listener: %w", err), l.Close())
	}
	return &Door{Listener: l, Token: token, path: path, mine: mine}, nil
}

// Leave takes away what shows the way in, unless another process has put its own there. Call it when nobody listens any more.
func (d *Door) Leave() error {
	now, err := os.Lstat(d.path)
	if err != nil || !os.SameFile(now, d.mine) {
		return nil
	}
	return os.Remove(d.path)
}

// proof is what only somebody who read the note can say about a nonce: a stranger who listens where a killed process did
// learns neither the token nor what is sent behind it.
func proof(token, nonce string) string {
	m := hmac.New(sha256.New, []byte(token))
	m.Write([]byte("hoithoai admin " + nonce))
	return hex.EncodeToString(m.Sum(nil))
}

// read reads the note of a loopback listener.
func (p Place) read() (note, error) {
	var n note
	body, err := os.ReadFile(p.note())
	if errors.Is(err, fs.ErrNotExist) {
		return n, ErrNone
	}
	if err != nil {
		return n, fmt.Errorf("read admin note: %w", err)
	}
	dec := json.NewDecoder(bytes.NewReader(body))
	if err := dec.Decode(&n); err != nil || n.Token == "" {
		return n, fmt.Errorf("read admin note %s: it is damaged; remove it", p.note())
	}
	return n, nil
}
