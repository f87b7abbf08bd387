package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	gocmp "github.com/google/go-cmp/cmp"

	"hoithoai/dsl"
	"hoithoai/dsl/check"
	"hoithoai/flows"
	"hoithoai/runtime/archive"
	"hoithoai/runtime/event"
	"hoithoai/runtime/message"
	"hoithoai/runtime/rehearsal"
	"hoithoai/runtime/store"
	"hoithoai/runtime/store/redistest"
	"hoithoai/runtime/store/seal"
	"hoithoai/runtime/understand"
	"hoithoai/runtime/zalo/fake"
)

// The size of the crowd that talks while its store is copied and moved: TALKERS people who say TURNS things each. A long run is
// TALKERS=2000 TURNS=30 SEED=7 go test -run 'WhoseStore|Restore' -timeout 1h ./cmd/hoithoai
func crowdSize(t *testing.T) (residents, turns int, seed uint64) {
	t.Helper()
	number := func(name string, otherwise uint64) uint64 {
		n, err := strconv.ParseUint(cmp.Or(os.Getenv(name), strconv.FormatUint(otherwise, 10)), 10, 64)
		if err != nil {
			t.Fatal(err)
		}
		return n
	}
	residents, turns, seed = int(number("TALKERS", 120)), int(number("TURNS", 8)), number("SEED", 1)
	t.Logf("TALKERS=%d TURNS=%d SEED=%d", residents, turns, seed)
	return residents, turns, seed
}

// resident is somebody whose whole talk is known beforehand, from a rehearsal of the same flows.
type resident struct {
	id    string
	says  []string
	turns []int         // how many messages had been sent after each turn, 0 first
	sent  [][]shownLine // what a phone shows of each message
}

func residentsOf(t *testing.T, n, turns int, rng *rand.Rand) []*resident {
	t.Helper()
	loaded, err := dsl.Load(flows.FS, dsl.Options{Limits: check.DefaultLimits()})
	if err != nil || loaded.Program == nil {
		t.Fatalf("our own flows do not load: %v %v", err, loaded.Diagnostics)
	}
	learnt, of := understand.New(loaded.Program), crowdOfficeOf(t)
	all := make([]*resident, n)
	for i := range all {
		stage := rehearsal.NewStage(rehearsal.Config{Program: loaded.Program, Understand: learnt, Office: of, Start: time.Now().UnixMilli()})
		all[i] = &resident{id: fmt.Sprintf("78%014d", i), turns: []int{0}}
		var offered []message.Message
		for range turns {
			text := nextWords(rng, offered)
			res, err := stage.Do(event.Event{Kind: event.Text, Text: text})
			if err != nil {
				t.Fatal(err)
			}
			offered = res.Messages
			for _, m := range res.Messages {
				all[i].sent = append(all[i].sent, drawn(t, m, all[i].id, everything{}))
			}
			all[i].says, all[i].turns = append(all[i].says, text), append(all[i].turns, len(all[i].sent))
		}
	}
	return all
}

// shows is what a phone shows of the messages from one on.
func (p *resident) shows(from int) (all []shownLine) {
	for _, lines := range p.sent[from:] {
		all = append(all, lines...)
	}
	return all
}

// house is a deployment whose store can be changed under it.
type house struct {
	t    *testing.T
	zalo *fake.Server
	api  *line
	dir  string
	hook string
	env  []string
	prog *process
	push fake.Deliver
	told atomic.Int64 // webhooks that were answered 200
}

func newHouse(t *testing.T, store string, env ...string) *house {
	t.Helper()
	h := &house{t: t, dir: t.TempDir(), hook: freePort(t), env: append(env, "CROWD_SECRET="+crowdSecret, "CROWD_TOKEN="+crowdToken)}
	h.zalo = fake.New(fake.Config{
		AppID: crowdApp, Secret: crowdSecret, Offices: map[string]string{crowdOffice: crowdToken}, Now: fake.Clock(), Echo: fake.EchoNever, NoWindow: true,
		Seed: rand.Uint64(), // its message ids: another house, where the same people have written, must not use the same
	})
	h.api = lineTo(t, h.zalo)
	h.keepIn(store)
	h.prog = newProcess(t, h.dir, h.env, "serve", "--config", "office.toml")
	h.push = fake.Post(&http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: senders}}, "http://"+h.hook+"/zalo/webhook")
	return h
}

// keepIn changes which store the configuration names.
func (h *house) keepIn(store string) {
	h.t.Helper()
	writeFile(h.t, h.dir, "office.toml", fmt.Sprintf(crowdConfig, h.hook, h.api.url, store, crowdFields()))
}

func (h *house) start() {
	h.t.Helper()
	h.prog.start()
	await(h.t, "the program is ready", healthy(h.hook))
}

func (h *house) stop() {
	h.t.Helper()
	if err := h.prog.stop(); err != nil {
		h.t.Errorf("the program did not stop cleanly: %v", err)
	}
}

// verb runs another verb of the program beside the deployment, which must succeed and say want.
func (h *house) verb(want string, args ...string) {
	h.t.Helper()
	out, err := newProcess(h.t, h.dir, h.env, append(args, "--config", "office.toml")...).once()
	if err != nil || !strings.Contains(out, want) {
		h.t.Fatalf("hoithoai %v: %v, want %q\n%s", args, err, want, out)
	}
}

// refuses runs a verb that must fail and say why.
func (h *house) refuses(why string, args ...string) {
	h.t.Helper()
	out, err := newProcess(h.t, h.dir, h.env, append(args, "--config", "office.toml")...).once()
	if err == nil || !strings.Contains(out, why) {
		h.t.Errorf("hoithoai %v: %v, want the refusal %q\n%s", args, err, why, out)
	}
}

// talk lets everybody say, from the turn that from names on, what is left, each in order and all at once. It returns what waits
// for the end.
func (h *house) talk(all []*resident, from func(*resident) int, rng *rand.Rand) (wait func()) {
	work := make(chan *resident, len(all))
	for _, i := range rng.Perm(len(all)) {
		work <- all[i]
	}
	close(work)
	var wg sync.WaitGroup
	for range senders {
		wg.Go(func() {
			for p := range work {
				for _, text := range p.says[from(p):] {
					hook := h.zalo.Person(crowdOffice, p.id).Text(text)
					if !within(patience, func() bool { return h.push(context.Background(), hook) == http.StatusOK }) {
						h.t.Errorf("a webhook of %s is not answered 200", p.id)
						return
					}
					h.told.Add(1)
				}
			}
		})
	}
	return wg.Wait
}

// awaitTold waits until so many webhooks were answered.
func (h *house) awaitTold(n int) {
	h.t.Helper()
	await(h.t, fmt.Sprintf("%d webhooks are answered", n), func() bool { return h.told.Load() >= int64(n) })
}

// settle waits until everything has arrived that must, and holds every transcript against what was rehearsed; from says from
// which message on somebody's is expected here.
func (h *house) settle(all []*resident, from func(*resident) int) {
	h.t.Helper()
	wanted := map[string][]shownLine{}
	for _, p := range all {
		wanted[p.id] = p.shows(from(p))
	}
	allArrive(h.t, h.zalo, wanted)
	got, wrong, twice := ledgers(h.zalo), 0, 0
	for _, p := range all {
		once, again := withoutCopies(wanted[p.id], got[p.id])
		twice += again
		if diff := gocmp.Diff(wanted[p.id], once); diff != "" {
			if wrong++; wrong <= 3 {
				h.t.Errorf("%s, who says %q, from message %d on (-want +got):\n%s", p.id, p.says, from(p), diff)
			}
		}
	}
	if wrong > 0 {
		h.t.Errorf("%d of %d transcripts differ", wrong, len(all))
	}
	noCopies(h.t, h.zalo, twice)
}

func beginning(*resident) int { return 0 }

// fileStore and redisStore are the part of a configuration that says where a crowd is kept: the lease is three times as long as a
// call may take.
const (
	fileStore  = "[store]\nlease = \"30s\"\n"
	redisStore = fileStore + "url = { env = %q }\n"
)

// TestCrowdWhoseStoreIsCopied copies a store again and again while a crowd talks, and brings every copy back on the other engine:
// everybody is one moment of his talk there, neither half nor mixed, and goes on from it to the same end.
func TestCrowdWhoseStoreIsCopied(t *testing.T) {
	t.Parallel()
	n, turns, seed := crowdSize(t)
	for i, engine := range []string{"embedded", "redis"} {
		t.Run(engine, func(t *testing.T) {
			t.Parallel()
			rng := rand.New(rand.NewPCG(seed, uint64(i)))
			all := residentsOf(t, n, turns, rng)
			stores := []string{fileStore, fmt.Sprintf(redisStore, "HERE")}
			h := newHouse(t, stores[i], "HERE="+redistest.Start(t).URL())
			h.start()
			wait := h.talk(all, beginning, rng)
			copies := []string{"ban-1", "ban-2", "ban-3"}
			for k, file := range copies {
				h.awaitTold((k + 1) * n * turns / (len(copies) + 1))
				h.verb("người", "backup", file)
			}
			h.refuses("đang phục vụ", "restore", copies[0])
			h.refuses("đang phục vụ", "export", "xuat")
			wait()
			h.settle(all, beginning)
			h.stop()
			for _, file := range copies {
				h.comesBack(all, file, stores[1-i], rng)
			}
		})
	}
}

// comesBack restores a copy into a fresh deployment and lets everybody say there what the copy does not know of.
func (h *house) comesBack(all []*resident, file, store string, rng *rand.Rand) {
	h.t.Helper()
	fresh := newHouse(h.t, store, "HERE="+redistest.Start(h.t).URL())
	fresh.zalo.ShareUploads(h.zalo)
	for _, name := range []string{file, filepath.Join("du-lieu", "khoa")} {
		body, err := os.ReadFile(filepath.Join(h.dir, name))
		if err != nil {
			h.t.Fatal(err)
		}
		writeFile(h.t, fresh.dir, name, string(body))
	}
	moments := momentsOf(h.t, fresh.dir, file)
	fresh.refuses("thiếu điều đến sau", "import", file)
	fresh.verb("Khớp với tệp", "restore", file)
	fresh.start()
	fresh.talk(all, func(p *resident) int { return moments.of(p).taken }, rng)()
	fresh.settle(all, func(p *resident) int { return p.turns[moments.of(p).steps] - moments.of(p).unsent })
	fresh.stop()
}

// moment is how far somebody had come when the store was copied.
type moment struct {
	steps  int // that were done
	taken  int // messages of the person that were taken in
	unsent int // messages to the person that had not left
}

// moments are those of everybody in an archive.
type moments struct {
	keys  *seal.Sealer
	byKey map[store.Key]moment
}

// of is the moment of a resident; somebody the archive does not know has not begun.
func (m moments) of(p *resident) moment { return m.byKey[m.keys.Person(crowdOffice, p.id)] }

func momentsOf(t *testing.T, dir, file string) moments {
	t.Helper()
	ring, err := seal.LoadKeyFile(filepath.Join(dir, "du-lieu", "khoa"))
	if err != nil {
		t.Fatal(err)
	}
	m := moments{byKey: map[store.Key]moment{}}
	if m.keys, err = seal.New(ring, nil); err != nil {
		t.Fatal(err)
	}
	f, err := os.Open(filepath.Join(dir, file))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	r, err := archive.NewReader(f, m.keys, time.Now)
	for err == nil {
		var e store.Entry
		if e, err = r.Next(); err == nil && e.Person != nil {
			at := moment{unsent: len(e.Person.Out)}
			if e.Person.Session != nil {
				at.steps = int(e.Person.Session.Rev)
			}
			at.taken = at.steps + len(e.Person.Mail)
			m.byKey[e.Person.Key] = at
		}
	}
	if !errors.Is(err, io.EOF) {
		t.Fatal(err)
	}
	begun := 0
	for _, at := range m.byKey {
		if at.taken > 0 {
			begun++
		}
	}
	if !r.Header().Served || begun == 0 {
		t.Errorf("%s: served %v, %d people have begun: this proves nothing", file, r.Header().Served, begun)
	}
	return m
}

// TestCrowdWhoseStoreMoves takes a deployment from engine to engine while its crowd talks on: nothing is lost, doubled or out of order.
// It is stopped the first time and killed the others.
func TestCrowdWhoseStoreMoves(t *testing.T) {
	t.Parallel()
	n, turns, seed := crowdSize(t)
	rng := rand.New(rand.NewPCG(seed, 7))
	all := residentsOf(t, n, turns, rng)
	ways := []string{fmt.Sprintf(redisStore, "SINGLE"), fmt.Sprintf(redisStore, "CLUSTER"), fileStore}
	h := newHouse(t, fileStore, "SINGLE="+redistest.Start(t).URL(), "CLUSTER="+redistest.StartCluster(t, 3).URL())
	h.start()
	wait := h.talk(all, beginning, rng)
	for i, store := range ways {
		h.awaitTold((i + 1) * n * turns / (len(ways) + 1))
		if i == 0 {
			h.stop()
		} else {
			h.prog.kill()
			h.api.heardOut()
		}
		file := fmt.Sprint("chuyen-", i)
		h.verb("người", "export", file)
		h.keepIn(store)
		if store == fileStore { // the file of the beginning is still there
			h.refuses("kho đã có dữ liệu", "import", file)
			h.verb("Khớp với tệp", "import", file, "-f")
		} else {
			h.verb("Khớp với tệp", "import", file)
		}
		h.start()
	}
	wait()
	h.settle(all, beginning)
	h.stop()
}

// TestArchiveTimers: what was to happen later happens once on the other engine, also when it fell due on the way.
func TestArchiveTimers(t *testing.T) {
	t.Parallel()
	stores := []string{"", "[store]\nurl = { env = \"REDIS_URL\" }\n"}
	for i, name := range []string{"from a file to Redis", "from Redis to a file"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			const writers = 20
			const gather = "gather_for = \"10s\"\n" // all have written and the program is dead before it is over
			s := serveConfig(t, gather+stores[i], "", "REDIS_URL="+redistest.Start(t).URL())
			text, err := os.ReadFile(filepath.Join(s.dir, "hoithoai.toml"))
			if err != nil {
				t.Fatal(err)
			}
			s.prog.start()
			await(t, "the program is ready", healthy(s.hook))
			for p := range writers {
				for _, line := range []string{"em ơi", "em muốn đăng ký", "tạm trú ạ"} {
					s.push(fmt.Sprint(9100+p), line)
				}
			}
			s.prog.kill()
			if _, err := s.verb("", "export", "chuyen"); err != nil {
				t.Fatal(err)
			}
			writeFile(t, s.dir, "hoithoai.toml", strings.Replace(string(text), gather+stores[i], gather+stores[1-i], 1))
			if out, err := s.verb("", "import", "chuyen", "-f"); err != nil || !strings.Contains(out, fmt.Sprintf("%d hẹn giờ", writers)) {
				t.Fatalf("import: %v\n%s", err, out)
			}
			s.prog.start()
			for p := range writers {
				person := fmt.Sprint(9100 + p)
				await(t, person+" is answered", func() bool {
					return strings.Contains(strings.Join(s.arrived(person), "\n"), "Anh/chị cần làm việc gì?")
				})
			}
			for p := range writers { // whoever answers now has had nothing a second time before
				person := fmt.Sprint(9100 + p)
				s.say(firstOffice, person, "1", "Anh/chị ở đâu?")
				if n := strings.Count(strings.Join(s.arrived(person), "\n"), "Anh/chị cần làm việc gì?"); n != 1 {
					t.Errorf("%s is answered %d times", person, n)
				}
			}
			if err := s.prog.stop(); err != nil {
				t.Error(err)
			}
		})
	}
}
