package main

import (
	"context"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/redis/go-redis/v9"

	"hoithoai/runtime/store/redistest"
)

// says is the answer of a path of the public listener; "" while nobody answers.
func (s *served) says(path string) string {
	s.t.Helper()
	res, err := http.Get("http://" + s.hook + path)
	if err != nil {
		return ""
	}
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	if err != nil {
		return ""
	}
	return strings.TrimSpace(string(body))
}

func (s *served) awaits(want string) {
	s.t.Helper()
	await(s.t, want, func() bool { return s.says("/readyz") == want })
}

// TestReadinessOfAStoreThatTakesNoWrites: Redis answers, reads, and refuses every write; then it takes them again.
func TestReadinessOfAStoreThatTakesNoWrites(t *testing.T) {
	t.Parallel()
	url := redistest.Start(t).URL()
	s := serveTwo(t, "[store]\nurl = { env = \"REDIS_URL\" }\n", "", "REDIS_URL="+url)
	opt, err := redis.ParseURL(url)
	if err != nil {
		t.Fatal(err)
	}
	c := redis.NewClient(opt)
	defer c.Close()
	for _, turn := range [][2]string{{"1", "not ready: store"}, {"0", "ready"}} {
		if err := c.ConfigSet(t.Context(), "min-replicas-to-write", turn[0]).Err(); err != nil {
			t.Fatal(err)
		}
		s.awaits(turn[1])
	}
}

// TestReadinessWithoutTokens: nobody can be answered until an operator gives the first token to the running process.
func TestReadinessWithoutTokens(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, store string, env []string) {
		s := kept(t, time.Hour, store, env...)
		s.prog.start()
		s.awaits("not ready: token")
		out, err := s.verb(s.zalo.RefreshToken(firstOffice)+"\n", "token", "set", firstOffice)
		if err != nil || !strings.Contains(out, "đã có mã mới") || strings.Contains(out, "tự mở kho") {
			t.Errorf("token set: %s, %v", out, err)
		}
		s.awaits("ready")
		s.say(firstOffice, "941", "tạm trú", "Công an phường Một")
	})
}

// TestAdminSocket: it is ours alone, shows metrics, outlives a kill, and goes with an orderly stop.
func TestAdminSocket(t *testing.T) {
	t.Parallel()
	s := serveTwo(t, "", "")
	path := filepath.Join(s.dir, "du-lieu", "quan-tri.sock")
	s.say(firstOffice, "942", "tạm trú", "Công an phường Một")
	if text := overSocket(t, path, "/metrics"); !strings.Contains(text, `hoithoai_events_total{kind="event_accepted"}`) {
		t.Errorf("metrics: %s", text)
	}
	info, err := os.Lstat(path)
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("mode %v, %v", info.Mode(), err)
	}
	s.prog.kill()
	if _, err := os.Lstat(path); err != nil {
		t.Fatalf("a kill takes the socket away: %v", err)
	}
	if out := s.letters(firstOffice + ": 0 tin"); !strings.Contains(out, "tự mở kho") {
		t.Errorf("beside the socket of a killed process: %s", out)
	}
	s.prog.start()
	await(t, "the program is ready again", healthy(s.hook))
	if out := s.letters(firstOffice + ": 0 tin"); strings.Contains(out, "tự mở kho") {
		t.Errorf("the new process does not answer: %s", out)
	}
	if err := s.prog.stop(); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Lstat(path); !os.IsNotExist(err) {
		t.Errorf("after a stop the socket is there: %v", err)
	}
}

func overSocket(t *testing.T, path, what string) string {
	t.Helper()
	c := &http.Client{Timeout: patience, Transport: &http.Transport{
		DialContext: func(ctx context.Context, _, _ string) (net.Conn, error) {
			return (&net.Dialer{}).DialContext(ctx, "unix", path)
		},
	}}
	res, err := c.Get("http://admin" + what)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	return string(body)
}

// TestAdminOverLoopback is what Windows has: a port of this machine and a token in a file of ours.
func TestAdminOverLoopback(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, store string, env []string) {
		s := serveTwo(t, "admin = \"127.0.0.1:0\"\n"+store, "", env...)
		if out := s.letters(firstOffice + ": 0 tin"); strings.Contains(out, "tự mở kho") {
			t.Errorf("the process is not found: %s", out)
		}
		out, _ := newProcess(t, s.dir, s.prog.env, "erasures", "--config", "hoithoai.toml").once()
		if !strings.Contains(out, firstOffice+": 0 còn mở") || strings.Contains(out, "tự mở kho") {
			t.Errorf("erasures: %s", out)
		}
		s.prog.kill()
		if out := s.letters(firstOffice + ": 0 tin"); !strings.Contains(out, "tự mở kho") {
			t.Errorf("after a kill: %s", out)
		}
	})
}
