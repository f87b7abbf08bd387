package main

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"hoithoai/runtime/store/redistest"
	"hoithoai/runtime/zalo/fake"
)

// kept is a deployment that keeps the tokens of one office, whose access tokens live for life.
func kept(t *testing.T, life time.Duration, store string, env ...string) *served {
	t.Helper()
	s := &served{t: t, dir: t.TempDir(), hook: freePort(t)}
	s.zalo = fake.New(fake.Config{
		AppID: servedApp, Secret: "s", Now: fake.Clock(), OAuthSecret: "canary-app", AppSecret: "canary-app", TokenLife: life,
		Offices: map[string]string{firstOffice: "nobody-knows"},
		Deliver: s.deliver,
	})
	api := httpServer(t, s.zalo)
	writeFile(t, s.dir, "hoithoai.toml", fmt.Sprintf(`listen = %q
data = %q
%s
[app]
id = %q
oa_secrets = [ { env = "OA_SECRET" } ]
secret = { env = "APP_SECRET" }
appsecret_proof = true
base_url = %q
oauth_url = %q

[[office]]
id = %q
[office.don_vi]
%s`, s.hook, filepath.Join(s.dir, "du-lieu"), store, servedApp, api, api, firstOffice, fieldsNamed("Công an phường Một")))
	s.prog = newProcess(t, s.dir, append(env, "OA_SECRET=s", "APP_SECRET=canary-app"), "serve", "--config", "hoithoai.toml")
	return s
}

// verb runs another verb of the program beside the deployment.
func (s *served) verb(input string, args ...string) (string, error) {
	s.t.Helper()
	p := newProcess(s.t, s.dir, s.prog.env, args...)
	cmd := p.command()
	cmd.Stdin = strings.NewReader(input)
	out, err := cmd.CombinedOutput()
	return string(out), err
}

// TestKeptTokens gives an office its first tokens, serves while they run out again and again, is killed, and goes on.
func TestKeptTokens(t *testing.T) {
	t.Parallel()
	for _, engine := range []string{"embedded", "redis"} {
		t.Run(engine, func(t *testing.T) {
			t.Parallel()
			store, env := "", []string(nil)
			if engine == "redis" {
				store, env = "[store]\nurl = { env = \"REDIS_URL\" }\n", []string{"REDIS_URL=" + redistest.Start(t).URL()}
			}
			s := kept(t, 2*time.Second, store, env...)
			var seen strings.Builder
			run := func(input, want string, args ...string) {
				t.Helper()
				out, _ := s.verb(input, args...)
				seen.WriteString(out)
				if !strings.Contains(out, want) {
					t.Errorf("hoithoai %v says %q, want %q", args, out, want)
				}
			}
			run("", "chưa có mã", "token")
			run("fake-refresh-wrong", "-14014", "token", "set", firstOffice)
			run(s.zalo.RefreshToken(firstOffice)+"\n", "đã có mã mới", "token", "set", firstOffice)
			run("", "mã đời 1", "token")
			s.prog.start()
			await(t, "the program is ready", healthy(s.hook))
			s.say(firstOffice, "901", "tạm trú", "Công an phường Một")
			run("", "mã đời", "token")
			before := s.zalo.Grants(firstOffice)
			s.saysUntil("the token ran out", func() bool { return s.zalo.Grants(firstOffice) > before })
			s.prog.kill()
			s.prog.start()
			await(t, "the program is ready again", healthy(s.hook))
			s.say(firstOffice, "905", "tạm trú", "Công an phường Một")
			run("https://example.vn/?oa_id="+firstOffice+"&code="+s.zalo.AuthorizationCode(firstOffice, ""), "đã có mã mới", "token", "set", "--code", firstOffice)
			run("fake-refresh-wrong", "-14014", "token", "set", firstOffice)
			run("", "mã đời", "token")
			if strings.Count(s.prog.out.String(), `"action":"set_token"`) != 2 {
				t.Error("the changes are not in the log")
			}
			if err := s.prog.stop(); err != nil {
				t.Errorf("stop: %v", err)
			}
			run("https://example.vn/?oa_id="+firstOffice+"&code="+s.zalo.AuthorizationCode(firstOffice, ""), "đã có mã mới", "token", "set", "--code", firstOffice)
			run("", "sẽ làm mới sau", "token")
			run("https://example.vn/?oa_id=5&code=x", "của trang 5", "token", "set", "--code", firstOffice)
			seen.WriteString(s.prog.out.String())
			for _, secret := range []string{"fake-access", "fake-refresh", "fake-code", "canary-app"} {
				if strings.Contains(seen.String(), secret) {
					t.Errorf("%q is printed:\n%s", secret, seen.String())
				}
			}
		})
	}
}

// saysUntil lets people write, each once, until something has happened; every one of them is answered.
func (s *served) saysUntil(what string, done func() bool) {
	s.t.Helper()
	n := 0
	await(s.t, what, func() bool {
		n++
		s.say(firstOffice, fmt.Sprint(90100+n), "tạm trú", "Công an phường Một")
		return done()
	})
}
