package main

import (
	"bytes"
	"context"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"hoithoai/runtime/store/redistest"
	"hoithoai/runtime/zalo/fake"
)

const thirdOffice = "1000000000000000033"

// The flows of these tests: the second edition has another shape (one question more), so that whoever is inside the first one
// stays there. Each ends with the word that a person of it waits for.
const (
	firstEdition = `luồng the "Làm thẻ"
  từ khóa "làm thẻ"

dữ liệu
  ten   chữ 1..60   "Tên"

bước hoi_ten
  | Bản một, tên gì? Gọi {don_vi.dien_thoai}.
  hỏi ten
  -> ket

bước ket
  | Bản một, hết việc của {ten}.
  kết thúc đạt
`
	secondEdition = `luồng the "Làm thẻ"
  từ khóa "làm thẻ"

dữ liệu
  ten   chữ 1..60   "Tên"
  que   chữ 1..60   "Quê"

bước hoi_ten
  | Bản hai, tên gì? Gọi {don_vi.dien_thoai}.
  hỏi ten
  -> hoi_que

bước hoi_que
  | Bản hai, quê đâu?
  hỏi que
  -> ket

bước ket
  | Bản hai, hết việc của {ten}.
  kết thúc đạt
`
	otherFlow = `luồng hen "Đặt hẹn"
  từ khóa "đặt hẹn"

bước loi
  | Mời anh/chị đặt hẹn.
  kết thúc đạt
`
	officerFlow = `luồng can_bo "Gặp cán bộ"
  từ khóa "gặp cán bộ"

bước noi
  | Cán bộ trả lời ngay tại đây.
  chuyển người truc_ban
`
	commonWords = `chung chung

mọi bước
  nghe "hủy"        -> bắt đầu lại
  nghe "cán bộ"     -> luồng can_bo
  trợ giúp
    | Anh/chị trả lời câu đang hỏi.
`
)

// reloadable is a deployment whose flows and configuration lie in files that a test edits.
type reloadable struct {
	*served
	top     string // the configuration without its offices
	offices []string
	phones  map[string]string
	extra   map[string]string // lines of [[office]]
}

func serveFiles(t *testing.T, store string, env ...string) *reloadable {
	t.Helper()
	r := &reloadable{
		served: &served{t: t, dir: t.TempDir(), hook: freePort(t)}, offices: []string{firstOffice, secondOffice},
		phones: map[string]string{firstOffice: "111", secondOffice: "222", thirdOffice: "333"}, extra: map[string]string{},
	}
	r.zalo = fake.New(fake.Config{
		AppID: servedApp, Secret: "s", Now: fake.Clock(), Deliver: r.deliver,
		Offices: map[string]string{firstOffice: "token-1", secondOffice: "token-2", thirdOffice: "token-3"},
	})
	address := httpServer(t, r.zalo)
	r.top = fmt.Sprintf("listen = %q\ndata = %q\ngather_for = \"0s\"\nflows = \"luong\"\n%s[app]\nid = %q\noa_secrets = [ { env = \"OA_SECRET\" } ]\nbase_url = %[5]q\noauth_url = %[5]q\n",
		r.hook, filepath.Join(r.dir, "du-lieu"), store, servedApp, address)
	r.configure("")
	r.flows(firstEdition)
	writeFile(t, r.dir, "luong/hen.flow", otherFlow)
	writeFile(t, r.dir, "luong/can_bo.flow", officerFlow)
	writeFile(t, r.dir, "luong/chung.flow", commonWords)
	for i, token := range []string{"token-1", "token-2", "token-3"} {
		writeFile(t, r.dir, fmt.Sprintf("token-%d", i+1), token)
	}
	r.prog = newProcess(t, r.dir, append(env, "OA_SECRET=s"), "serve", "--config", "hoithoai.toml")
	r.prog.start()
	await(t, "the program is ready", healthy(r.hook))
	return r
}

// configure writes the configuration with what the test says of the offices; wrong is put in front of it.
func (r *reloadable) configure(wrong string) {
	r.t.Helper()
	var b strings.Builder
	b.WriteString(wrong + r.top)
	for _, id := range r.offices {
		n := strings.TrimLeft(id[len(id)-1:], "0")
		fmt.Fprintf(&b, "\n[[office]]\nid = %q\ntoken = { file = %q }\n%s\n[office.don_vi]\nten = \"Cơ quan %s\"\ndia_chi = \"x\"\ndien_thoai = %q\ntruc_ban = \"9\"\n",
			id, filepath.Join(r.dir, "token-"+n), r.extra[id], n, r.phones[id])
	}
	putFile(r.t, r.dir, "hoithoai.toml", b.String())
}

func (r *reloadable) flows(text string) { putFile(r.t, r.dir, "luong/the.flow", text) }

// putFile puts a whole file in the place of another in one move, as deployments do.
func putFile(t *testing.T, dir, name, text string) {
	t.Helper()
	fresh := writeFile(t, dir, "moi", text)
	if err := os.MkdirAll(filepath.Dir(filepath.Join(dir, name)), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.Rename(fresh, filepath.Join(dir, name)); err != nil {
		t.Fatal(err)
	}
}

// signal sends the program a signal.
func (p *process) signal(s os.Signal) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.cmd.Process.Signal(s)
}

// verb runs a verb on the configuration.
func (r *reloadable) verb(name string, more ...string) (out string, code int) {
	r.t.Helper()
	var o, e bytes.Buffer
	code = run(context.Background(), system{
		args: append([]string{name, "--config", filepath.Join(r.dir, "hoithoai.toml")}, more...), stdin: strings.NewReader(""), stdout: &o, stderr: &e,
		getenv: func(string) (string, bool) { return "", false }, now: time.Now,
	})
	return o.String() + e.String(), code
}

// talker is one person of the crowd: it says what the words it was sent ask for, until its matter is done.
type talker struct {
	*reloadable
	office, id string
	heard      []string
}

// ask says text and returns the answer.
func (p *talker) ask(text string) string {
	before := len(p.zalo.Ledger(p.office, p.id))
	if status := p.zalo.Push(context.Background(), p.zalo.Person(p.office, p.id).Text(text)); status != http.StatusOK {
		p.t.Errorf("%s: %q is answered %d", p.id, text, status)
	}
	if !within(patience, func() bool { return len(p.zalo.Ledger(p.office, p.id)) > before }) {
		p.t.Errorf("%s: nobody answers %q after %q", p.id, text, p.heard)
		return ""
	}
	answer := p.zalo.Ledger(p.office, p.id)[before].Text
	p.heard = append(p.heard, answer)
	return answer
}

// finish answers every question until the end.
func (p *talker) finish() {
	for range 4 {
		if answer := p.ask("An"); answer == "" || strings.Contains(answer, "hết việc") {
			return
		}
	}
	p.t.Errorf("%s: it never ends: %q", p.id, p.heard)
}

// edition is the one that the whole talk went by, "" where it is mixed or not whole.
func (p *talker) edition() string {
	all := strings.Join(p.heard, "\n")
	switch {
	case len(p.heard) == 2 && strings.Count(all, "Bản một") == 2 && strings.Contains(p.heard[1], "hết việc của An"):
		return "một"
	case len(p.heard) == 3 && strings.Count(all, "Bản hai") == 3 && strings.Contains(p.heard[2], "hết việc của An"):
		return "hai"
	}
	return ""
}

// crowdOf lets n people do something at once and waits for them.
func (r *reloadable) crowdOf(n int, from int, do func(p *talker)) []*talker {
	people := make([]*talker, n)
	var wg sync.WaitGroup
	for i := range people {
		people[i] = &talker{reloadable: r, office: [...]string{firstOffice, secondOffice}[i%2], id: fmt.Sprintf("77%06d", from+i)}
		wg.Go(func() { do(people[i]) })
	}
	wg.Wait()
	return people
}

// TestReloadWhileACrowdTalks edits flows and configuration of a running process while people talk: nothing is lost, who is inside
// goes on by what they began with, a wrong file changes nothing, and an office that is added is served.
func TestReloadWhileACrowdTalks(t *testing.T) {
	t.Parallel()
	for _, engine := range []string{"embedded", "redis"} {
		t.Run(engine, func(t *testing.T) {
			t.Parallel()
			store, env := "", []string(nil)
			if engine == "redis" {
				store, env = "[store]\nurl = { env = \"REDIS_URL\" }\n", []string{"REDIS_URL=" + redistest.Start(t).URL()}
			}
			reloadWhileACrowdTalks(t, serveFiles(t, store, env...))
		})
	}
}

func reloadWhileACrowdTalks(t *testing.T, r *reloadable) {
	t.Helper()
	const people = 30
	begin := func(p *talker) { p.ask("làm thẻ") }
	inside := r.crowdOf(people, 0, begin) // they are asked their name by the first edition
	come := func(n int) []*talker { return r.crowdOf(8, n, func(p *talker) { p.ask("làm thẻ"); p.finish() }) }
	stop, going := make(chan struct{}), make(chan []*talker)
	all := come(1000) // of the first edition for certain
	go func() {       // people come and go all the time
		for n := 2000; ; n += 8 {
			select {
			case <-stop:
				going <- append(all, come(1500)...) // of the second for certain
				return
			default:
				all = append(all, come(n)...)
			}
		}
	}()

	r.flows(strings.Replace(secondEdition, "-> hoi_que", "-> hoi_tuoi", 1)) // a step that is not there
	await(t, "output and alarm say what is wrong", func() bool {
		out := r.prog.out.String()
		return strings.Contains(out, "vẫn phục vụ như trước") && strings.Contains(out, "không có bước “hoi_tuoi”") && strings.Contains(out, kindReload)
	})
	await(t, "the process is ready with a wrong file", healthy(r.hook))
	if out, code := r.verb("doctor"); code != exitFound || !strings.Contains(out, "luong/the.flow:") || !strings.Contains(out, "hoi_tuoi") {
		t.Errorf("the doctor does not say where: %d\n%s", code, out)
	}
	if got := r.crowdOf(1, 500, func(p *talker) { p.ask("làm thẻ"); p.finish() })[0]; got.edition() != "một" {
		t.Errorf("a wrong file changes what is said: %q", got.heard)
	}

	r.flows(secondEdition)
	r.offices, r.phones[firstOffice] = append(r.offices, thirdOffice), "11111"
	r.configure("")
	await(t, "both changes are taken up", func() bool {
		return strings.Contains(r.prog.out.String(), "thêm cơ quan "+thirdOffice) && strings.Contains(r.prog.out.String(), "luồng bản")
	})
	added := &talker{reloadable: r, office: thirdOffice, id: "901"}
	if answer := added.ask("làm thẻ"); answer != "Bản hai, tên gì? Gọi 333." {
		t.Errorf("the office that was added says %q", answer)
	}
	fresh := &talker{reloadable: r, office: firstOffice, id: "902"}
	if answer := fresh.ask("làm thẻ"); answer != "Bản hai, tên gì? Gọi 11111." {
		t.Errorf("an office with another phone says %q", answer)
	}
	for _, p := range inside {
		p.finish()
		if p.edition() != "một" {
			t.Errorf("%s was inside and went on as %q", p.id, p.heard)
		}
	}
	close(stop)
	count := map[string]int{}
	for _, p := range <-going {
		if p.edition() == "" {
			t.Errorf("%s has heard %q", p.id, p.heard)
		}
		count[p.edition()]++
	}
	if count["một"] == 0 || count["hai"] == 0 {
		t.Errorf("the crowd saw the editions %v, want both", count)
	}
	if out, code := r.verb("doctor"); strings.Contains(out, "chưa được nạp") {
		t.Errorf("the doctor still complains: %d\n%s", code, out)
	}
	for _, got := range r.zalo.Refusals() {
		if !strings.Contains(got.Reason, "HEAD /") { // the doctor's
			t.Errorf("Zalo refused: %v", got)
		}
	}
	if err := r.prog.stop(); err != nil {
		t.Errorf("stop: %v", err)
	}
}

// TestReloadByVerbAndSignal: with watch = false nothing happens by itself; the verb and SIGHUP take up what is written, tokens
// in files too, or say what is wrong.
func TestReloadByVerbAndSignal(t *testing.T) {
	t.Parallel()
	r := serveFiles(t, "watch = false\n")
	asks := func(id, want string) {
		t.Helper()
		r.say(firstOffice, id, "làm thẻ", want)
	}
	asks("901", "Bản một, tên gì? Gọi 111.")
	if out, code := r.verb("reload"); code != exitFine || out != "Không có gì thay đổi.\n" {
		t.Errorf("without a change: %d %s", code, out)
	}
	r.phones[firstOffice] = "12"
	r.configure("")
	if out, code := r.verb("reload", "--lang", "en"); code != exitFine || out != "Loaded: 2 offices.\n" {
		t.Errorf("after a change: %d %s", code, out)
	}
	asks("902", "Gọi 12.")

	r.phones[firstOffice] = "13"
	r.configure("admin = \"127.0.0.1:0\"\n")
	if err := r.prog.signal(syscall.SIGHUP); err != nil {
		t.Fatal(err)
	}
	await(t, "what needs a restart is named", func() bool {
		return strings.Contains(r.prog.out.String(), "phải khởi động lại hoithoai serve mới đổi được: admin;")
	})
	asks("903", "Gọi 12.")
	r.configure("human_fr = \"1h\"\n")
	if out, code := r.verb("reload"); code != exitUsage || !strings.Contains(out, `dòng 1, cột 1: không có khóa "human_fr"; có phải "human_for"?`) {
		t.Errorf("a wrong configuration: %d %s", code, out)
	}
	r.extra[firstOffice] = "flows_off = [\"hem\"]"
	r.configure("")
	if out, code := r.verb("reload"); code != exitFound || !strings.Contains(out, `flows_off có "hem", không có luồng này; có phải "hen"?`) {
		t.Errorf("a flow that is not there: %d %s", code, out)
	}
	asks("904", "Gọi 12.")

	r.extra[firstOffice] = "flows_off = [\"hen\"]"
	r.configure("")
	r.zalo.SetToken(firstOffice, "token-9")
	writeFile(t, r.dir, "token-1", "token-9")
	if out, code := r.verb("reload"); code != exitFine {
		t.Fatalf("a good configuration: %d %s", code, out)
	}
	r.say(firstOffice, "905", "đặt hẹn", "Việc “Đặt hẹn” cơ quan hiện không nhận qua trang này. Anh/chị gọi 13")
	r.say(secondOffice, "905", "đặt hẹn", "Mời anh/chị đặt hẹn.")
	if out, code := r.verb("doctor"); !strings.Contains(out, "Nạp lại lần cuối lúc") {
		t.Errorf("the doctor does not tell of the last reload: %d\n%s", code, out)
	}
}

// TestOfficeTakenAway: what its people were told already arrives, what they write from then on is answered 200 and counted, and
// the other office goes on.
func TestOfficeTakenAway(t *testing.T) {
	t.Parallel()
	r := serveFiles(t, "watch = false\nmetrics = \"127.0.0.1:0\"\n")
	r.say(firstOffice, "901", "làm thẻ", "Bản một, tên gì?")
	r.say(secondOffice, "902", "làm thẻ", "Bản một, tên gì?")
	r.zalo.Script(fake.Down, fake.Down, fake.Down, fake.Down) // it is still waiting when the office goes
	before := len(r.zalo.Ledger(secondOffice, "902"))
	if status := r.zalo.Push(t.Context(), r.zalo.Person(secondOffice, "902").Text("An")); status != http.StatusOK {
		t.Fatalf("the webhook is answered %d", status)
	}
	r.offices = r.offices[:1]
	r.configure("")
	if out, code := r.verb("reload"); code != exitFine || !strings.Contains(out, "thôi phục vụ cơ quan "+secondOffice) {
		t.Fatalf("the office is not taken away: %d %s", code, out)
	}
	await(t, "what was being said arrives", func() bool { return len(r.zalo.Ledger(secondOffice, "902")) > before })
	if status := r.zalo.Push(t.Context(), r.zalo.Person(secondOffice, "902").Text("làm thẻ")); status != http.StatusOK {
		t.Errorf("a webhook of an office that is gone is answered %d", status)
	}
	await(t, "an alarm tells of it", func() bool { return strings.Contains(r.prog.out.String(), "webhook_unknown_office") })
	r.say(firstOffice, "901", "An", "hết việc của An")
	for _, name := range []string{"deadletters", "erasures", "waiting"} {
		if out, _ := r.verb(name); !strings.Contains(out, secondOffice) {
			t.Errorf("%s does not tell of an office that is gone: %s", name, out)
		}
	}
	r.offices = []string{firstOffice, secondOffice}
	r.configure("")
	if out, code := r.verb("reload"); code != exitFine || !strings.Contains(out, "thêm cơ quan "+secondOffice) {
		t.Fatalf("the office does not come back: %d %s", code, out)
	}
	r.say(secondOffice, "903", "làm thẻ", "Bản một, tên gì? Gọi 222.")
	if err := r.prog.stop(); err != nil {
		t.Errorf("stop: %v", err)
	}
}
