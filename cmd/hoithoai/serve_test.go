package main

import (
	"bytes"
	"context"
	"fmt"
	"io/fs"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"filippo.io/age"

	"hoithoai/dsl/office"
	"hoithoai/runtime/store/redistest"
	"hoithoai/runtime/zalo/fake"
)

const (
	firstOffice  = "1000000000000000011"
	secondOffice = "1000000000000000022"
	servedApp    = "1000000000000000099"
)

// served is a configured deployment of two offices as a process, with the fake Zalo behind it.
type served struct {
	t    *testing.T
	zalo *fake.Server
	prog *process
	dir  string
	hook string
}

// serveTwo starts a deployment; extra is put before [app], and the first office has tipKey if it is not empty.
func serveTwo(t *testing.T, extra, tipKey string, env ...string) *served {
	t.Helper()
	s := serveConfig(t, extra, tipKey, env...)
	s.prog.start()
	await(t, "the program is ready", healthy(s.hook))
	return s
}

// serveConfig writes the configuration of a deployment and does not start it.
func serveConfig(t *testing.T, extra, tipKey string, env ...string) *served {
	t.Helper()
	s := &served{t: t, dir: t.TempDir(), hook: freePort(t)}
	if !strings.Contains(extra, "gather_for") { // short, for these tests say one thing after the other
		extra = "gather_for = \"200ms\"\n" + extra
	}
	s.zalo = fake.New(fake.Config{
		AppID: servedApp, Secret: "s", Now: fake.Clock(),
		Offices: map[string]string{firstOffice: "token-1", secondOffice: "token-2"},
		Deliver: s.deliver,
	})
	keys := ""
	if tipKey != "" {
		keys = fmt.Sprintf("tip_keys = [%q]\n", tipKey)
	}
	writeFile(t, s.dir, "hoithoai.toml", fmt.Sprintf(`listen = %q
data = %q
%s
[app]
id = %q
oa_secrets = [ { env = "OA_SECRET" } ]
proof_codes = ["ABC_123"]
base_url = %q

[[office]]
id = %q
token = { env = "TOKEN_1" }
%s[office.don_vi]
%s
[[office]]
id = %q
token = { env = "TOKEN_2" }
[office.don_vi]
%s`, s.hook, filepath.Join(s.dir, "du-lieu"), extra, servedApp, httpServer(t, s.zalo), firstOffice, keys, fieldsNamed("Công an phường Một"), secondOffice, fieldsNamed("Công an phường Hai")))
	s.prog = newProcess(t, s.dir, append(env, "OA_SECRET=s", "TOKEN_1=token-1", "TOKEN_2=token-2"), "serve", "--config", "hoithoai.toml")
	return s
}

func fieldsNamed(name string) string {
	var b strings.Builder
	for _, f := range office.RequiredFields() {
		v, _ := office.Demo().Field(f)
		if f == "ten" {
			v = name
		}
		fmt.Fprintf(&b, "%s = %q\n", f, v)
	}
	return b.String() + "gio_lam_viec = \"thứ 2 đến thứ 6\"\n"
}

// deliver hands a webhook to the program as Zalo does: it comes again while it is not answered in time, or with 503, so that a
// machine that is busy for two seconds fails no test. A program that is not running is not waited for.
func (s *served) deliver(ctx context.Context, w fake.Webhook) (status int) {
	within(patience, func() bool {
		status = s.deliverOnce(ctx, w)
		return status != 0 && status != http.StatusServiceUnavailable || !s.prog.running() || s.t.Context().Err() != nil
	})
	return status
}

// deliverOnce is a single try of a webhook.
func (s *served) deliverOnce(ctx context.Context, w fake.Webhook) int {
	return fake.Post(http.DefaultClient, "http://"+s.hook+"/zalo/webhook")(ctx, w)
}

// say sends what a resident writes and waits for an answer that holds want.
func (s *served) say(office, person, text, want string) {
	s.t.Helper()
	before := len(s.zalo.Ledger(office, person))
	if status := s.zalo.Push(context.Background(), s.zalo.Person(office, person).Text(text)); status != http.StatusOK {
		s.t.Fatalf("webhook answered %d", status)
	}
	await(s.t, fmt.Sprintf("%q is answered with %q", text, want), func() bool {
		for _, m := range s.zalo.Ledger(office, person)[before:] {
			if strings.Contains(m.Text, want) {
				return true
			}
		}
		return false
	})
}

func TestTwoOfficesInOneProcess(t *testing.T) {
	t.Parallel()
	for _, engine := range []string{"embedded", "redis"} {
		t.Run(engine, func(t *testing.T) {
			t.Parallel()
			extra, env := "", []string(nil)
			if engine == "redis" {
				extra, env = "[store]\nurl = { env = \"REDIS_URL\" }\n", []string{"REDIS_URL=" + redistest.Start(t).URL()}
			}
			s := serveTwo(t, extra, "", env...)
			s.say(firstOffice, "901", "tạm trú", "Công an phường Một")
			s.say(secondOffice, "901", "tạm trú", "Công an phường Hai")
			s.say(firstOffice, "901", "1", "Anh/chị ở đâu?")
			s.say(secondOffice, "901", "4", "Khi dọn đi")
			if got := s.zalo.Refusals(); len(got) > 0 {
				t.Errorf("Zalo refused: %v", got)
			}
			if err := s.prog.stop(); err != nil {
				t.Errorf("stop: %v", err)
			}
		})
	}
}

func TestSessionOutlivesTheProcess(t *testing.T) {
	t.Parallel()
	s := serveTwo(t, "", "")
	s.say(firstOffice, "902", "tạm trú", "Anh/chị cần làm việc gì?")
	s.say(firstOffice, "902", "1", "Anh/chị ở đâu?")
	if err := s.prog.stop(); err != nil {
		t.Fatalf("stop: %v", err)
	}
	s.prog.start()
	await(t, "the program is ready again", healthy(s.hook))
	s.say(firstOffice, "902", "nha tro", "dưới 18 tuổi")
}

// TestNothingReadableAtRest looks for a resident's words, id and tip in everything the program wrote, and opens the tip with
// the officer's key.
func TestNothingReadableAtRest(t *testing.T) {
	t.Parallel()
	officer, err := age.GenerateHybridIdentity()
	if err != nil {
		t.Fatal(err)
	}
	s := serveTwo(t, "", officer.Recipient().String())
	const person, canary = "903777777777777", "chim hoàng yến ở cuối hẻm"
	for _, turn := range [][2]string{
		{"báo tin", "Anh/chị kể giúp"}, {canary, "Tôi đã ghi 1 phần"}, {"xong", "khi nào"}, {"đêm qua, chim hoàng yến", "ở đâu"},
		{"hẻm chim hoàng yến", "để lại tên"}, {"không đồng ý", "niêm phong"}, {"1", "Đã tiếp nhận tin báo, mã TB-"},
	} {
		s.say(firstOffice, person, turn[0], turn[1])
	}
	s.say(secondOffice, person, "báo tin", "chưa mở nhận tin báo")
	if err := s.prog.stop(); err != nil {
		t.Fatalf("stop: %v", err)
	}
	for _, secret := range []string{"hoàng yến", "hoang yen", person, "token-1"} {
		if where := search(t, filepath.Join(s.dir, "du-lieu"), secret); where != "" {
			t.Errorf("%q lies readable in %s", secret, where)
		}
		if strings.Contains(s.prog.out.String(), secret) {
			t.Errorf("%q stands in the log", secret)
		}
	}
}

func search(t *testing.T, root, secret string) (found string) {
	t.Helper()
	files := 0
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		body, err := os.ReadFile(path)
		files++
		if bytes.Contains(body, []byte(secret)) {
			found = path
		}
		return err
	})
	if err != nil || files == 0 {
		t.Fatalf("nothing to search in %s: %v", root, err)
	}
	return found
}

func TestPublicListener(t *testing.T) {
	t.Parallel()
	s := serveTwo(t, "", "")
	if page := fetch(t, "http://"+s.hook+"/"); !strings.Contains(page, `content="ABC_123"`) {
		t.Errorf("the root page proves nothing: %s", page)
	}
	if page := fetch(t, "http://"+s.hook+"/zalo_verifierABC_123.html"); !strings.Contains(page, "ABC_123") {
		t.Errorf("the proof file proves nothing: %s", page)
	}
	for path, want := range map[string]int{
		"/zalo_verifierXYZ.html": http.StatusNotFound, "/zalo/webhook": http.StatusMethodNotAllowed, "/api/send": http.StatusNotFound,
		"/healthz": http.StatusOK, "/readyz": http.StatusOK, "/metrics": http.StatusNotFound,
	} {
		res, err := http.Get("http://" + s.hook + path)
		if err != nil {
			t.Fatal(err)
		}
		res.Body.Close()
		if res.StatusCode != want {
			t.Errorf("GET %s = %d, want %d", path, res.StatusCode, want)
		}
	}
	res, err := http.Post("http://"+s.hook+"/zalo/webhook", "application/json", strings.NewReader("{}"))
	if err != nil || res.StatusCode != http.StatusOK {
		t.Fatalf("the probe of the console must be answered 200: %v %v", res, err)
	}
	res.Body.Close()
}

func TestSecondProcessOnOneStoreIsRefused(t *testing.T) {
	t.Parallel()
	s := serveTwo(t, "", "")
	var out, errs bytes.Buffer
	code := run(context.Background(), system{
		args: []string{"serve", "--config", filepath.Join(s.dir, "hoithoai.toml")}, stdin: strings.NewReader(""), stdout: &out, stderr: &errs,
		getenv: func(string) (string, bool) { return "s", true }, now: time.Now,
	})
	if code != exitFailure {
		t.Errorf("a second process ends with %d:\n%s", code, errs.String())
	}
}

// TestComplaintInDanger is both: the emergency is answered first, and the words are kept nowhere.
func TestComplaintInDanger(t *testing.T) {
	t.Parallel()
	s := serveTwo(t, "", "")
	s.say(firstOffice, "904", "công an phường nhận hối lộ, tôi kêu cứu, nó đang cầm dao", "không lưu điều anh/chị vừa nhắn")
	got := s.zalo.Ledger(firstOffice, "904")
	if len(got) < 2 || !strings.HasPrefix(got[0].Text, "GỌI NGAY") {
		t.Errorf("the emergency does not come first: %+v", got)
	}
	if err := s.prog.stop(); err != nil {
		t.Fatalf("stop: %v", err)
	}
	if where := search(t, filepath.Join(s.dir, "du-lieu"), "hối lộ"); where != "" {
		t.Errorf("the complaint lies in %s", where)
	}
}

// TestKeysOfOneStoreAreOne refuses a second process that would not be able to read what the first one accepted.
func TestKeysOfOneStoreAreOne(t *testing.T) {
	t.Parallel()
	redis := "REDIS_URL=" + redistest.Start(t).URL()
	first := serveTwo(t, "[store]\nurl = { env = \"REDIS_URL\" }\n", "", redis)
	first.say(firstOffice, "905", "tạm trú", "Anh/chị cần làm việc gì?")
	second := serveConfig(t, "[store]\nurl = { env = \"REDIS_URL\" }\n", "", redis) // its own data folder: other keys
	if out, err := second.prog.once(); err == nil || !strings.Contains(out, "other sealing keys") {
		t.Errorf("a process with other keys starts: %v\n%s", err, out)
	}
}

// TestOfficeThatLacksWhatFlowsRead is refused before it serves anybody.
func TestOfficeThatLacksWhatFlowsRead(t *testing.T) {
	t.Parallel()
	s := serveConfig(t, "", "")
	path := filepath.Join(s.dir, "hoithoai.toml")
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	writeFile(t, s.dir, "hoithoai.toml", strings.Replace(string(text), "gio_lam_viec", "email", 1))
	if out, err := s.prog.once(); err == nil || !strings.Contains(out, "don_vi.gio_lam_viec") {
		t.Errorf("an office without gio_lam_viec is served: %v\n%s", err, out)
	}
}
