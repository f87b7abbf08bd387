package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"hoithoai/runtime/store/redistest"
)

// examined runs hoithoai doctor, whose lines must hold every one of want and none of canaries, and whose exit must be code.
func (s *served) examined(code int, want ...string) string {
	s.t.Helper()
	p := newProcess(s.t, s.dir, s.prog.env, "doctor", "--config", "hoithoai.toml")
	cmd := p.command()
	text, _ := cmd.CombinedOutput()
	out := string(text)
	if got := cmd.ProcessState.ExitCode(); got != code {
		s.t.Errorf("doctor ends with %d, want %d:\n%s", got, code, out)
	}
	for _, w := range want {
		if !strings.Contains(out, w) {
			s.t.Errorf("doctor does not say %q:\n%s", w, out)
		}
	}
	for _, canary := range []string{"fake-access", "fake-refresh", "canary-app", "mat-khau-redis"} {
		if strings.Contains(out, canary) {
			s.t.Errorf("doctor prints %s", canary)
		}
	}
	return out
}

// TestDoctor follows a deployment from its first day: no tokens, served, well, stopped.
func TestDoctor(t *testing.T) {
	t.Parallel()
	level := map[bool]string{true: "mức D2", false: "ở mức D1"}
	onBoth(t, func(t *testing.T, store string, env []string) {
		s := kept(t, time.Hour, store, env...)
		s.examined(exitFound, level[store == ""], "Không có hoithoai serve nào", "[sửa] "+firstOffice+": chưa có mã")
		s.prog.start()
		s.awaits("not ready: token")
		s.examined(exitFound, "[sửa] KHÔNG: có mã truy cập còn sống", "[tốt] hoithoai serve ghi được vào kho", "[sửa] "+firstOffice+": chưa có mã")
		if out, err := s.verb(s.zalo.RefreshToken(firstOffice), "token", "set", firstOffice); err != nil {
			t.Fatal(out, err)
		}
		out := s.examined(exitFine, "[tốt] đã có bộ luồng được phục vụ", "[tốt] hẹn giờ", "[tốt] kho giữ được mức đã khai", "[tốt] 0 người có việc đang chờ", "mã làm mới còn 89 ngày", "\"Lọc cú pháp\" TẮT", "kết thúc bằng /zalo/webhook")
		if strings.Contains(out, "[sửa]") || strings.Contains(out, "tự mở kho") || strings.Count(out, "Đến được http") != 2 {
			t.Errorf("a healthy deployment: %s", out)
		}
		if err := s.prog.stop(); err != nil {
			t.Fatal(err)
		}
		s.examined(exitFine, "Không có hoithoai serve nào", "mã làm mới còn 89 ngày", "tự mở kho")
	})
}

// TestDoctorFindsWhatIsIll: a Redis that forgets, another that is not there, and a Zalo nobody can reach.
func TestDoctorFindsWhatIsIll(t *testing.T) {
	t.Parallel()
	gone := freePort(t)
	forgets := redistest.Start(t, "--appendonly", "no")
	s := serveConfig(t, "[store]\nurl = { env = \"REDIS_URL\" }\n", "", "REDIS_URL="+forgets.URL())
	s.examined(exitFound, "[sửa] Redis 7", "ở mức D0", "Đặt appendonly yes", "[xem] Chưa có app.secret")
	s.prog.env[0] = "REDIS_URL=redis://:mat-khau-redis@" + gone
	s.edit("base_url = \"", "base_url = \"http://"+gone+"\" #")
	s.edit("[app]\n", "[app]\nverify = \"log\"\n")
	s.examined(exitFound, "[sửa] Không mở được Redis", "[sửa] Không đến được http://"+gone, "[sửa] app.verify là \"log\"", "[sửa] Không đọc được kho")
}

// TestDoctorCountsWhatWaits: letters and late erasures.
func TestDoctorCountsWhatWaits(t *testing.T) {
	t.Parallel()
	s := serveTwo(t, "", "")
	s.refused("951")
	await(t, "the letter is told", func() bool {
		p := newProcess(t, s.dir, s.prog.env, "doctor", "--config", "hoithoai.toml")
		out, _ := p.once()
		return strings.Contains(out, "[xem] "+firstOffice+": 1 tin không gửi được")
	})
}

// edit replaces something in the configuration, which must be there.
func (s *served) edit(old, with string) {
	s.t.Helper()
	name := filepath.Join(s.dir, "hoithoai.toml")
	text, err := os.ReadFile(name)
	if err != nil || !strings.Contains(string(text), old) {
		s.t.Fatalf("%q is not in the configuration: %v", old, err)
	}
	writeFile(s.t, s.dir, "hoithoai.toml", strings.Replace(string(text), old, with, 1))
}
