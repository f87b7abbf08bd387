package main

import (
	"context"
	"fmt"
	"math/rand/v2"
	"net/http"
	"os"
	"slices"
	"strconv"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"hoithoai/dsl"
	"hoithoai/dsl/check"
	"hoithoai/dsl/office"
	"hoithoai/flows"
	"hoithoai/runtime/config"
	"hoithoai/runtime/event"
	"hoithoai/runtime/message"
	"hoithoai/runtime/rehearsal"
	"hoithoai/runtime/store/redistest"
	"hoithoai/runtime/understand"
	"hoithoai/runtime/zalo"
	"hoithoai/runtime/zalo/fake"
)

// The size of the crowd: 2,000 people who write 20,000 messages, every tenth delivered twice, while the program is killed
// ten times.
const (
	people   = 2000
	messages = 10
	kills    = 10
	senders  = 16
)

const (
	crowdOffice = "3886132808788086450"
	crowdApp    = "3608465249409039670"
	crowdSecret = "crowd-secret"
	crowdToken  = "crowd-token"
)

func TestCrowdOnTheEmbeddedStore(t *testing.T) {
	crowd(t, fileStore, "")
}

func TestCrowdOnRedis(t *testing.T) {
	crowd(t, fmt.Sprintf(redisStore, "CROWD_REDIS"), "CROWD_REDIS="+redistest.Start(t).URL())
}

// line is one message as the resident's phone shows it.
type shownLine struct {
	Kind, Text string
}

// part is what one person will say and must be answered, computed by a rehearsal of the same flows.
type part struct {
	id      string
	says    []string
	expect  []shownLine
	hooks   []fake.Webhook
	wrote   []time.Time // when, by the clock of Zalo
	next    int
	writing bool
}

// crowd drives the real program as a process of its own, through signed webhooks over HTTP, against the fake Zalo.
func crowd(t *testing.T, storeConfig, env string) {
	t.Parallel()
	seed := crowdSeed(t)
	t.Logf("seed %d (SEED)", seed)
	parts := rehearse(t, rand.New(rand.NewPCG(seed, 1)))
	world := newWorld(t, storeConfig, env)
	world.play(parts, rand.New(rand.NewPCG(seed, 2)))
	world.settle(parts)
	world.compare(parts)
}

// crowdSeed is the seed of the crowd: one that stays, so that a run says something about the change and not about the day; the
// environment may give another.
func crowdSeed(t *testing.T) uint64 {
	t.Helper()
	text := os.Getenv("SEED")
	if text == "" {
		return 20261124
	}
	seed, err := strconv.ParseUint(text, 10, 64)
	if err != nil {
		t.Fatalf("SEED: %v", err)
	}
	return seed
}

// rehearse writes a different conversation for everyone.
func rehearse(t *testing.T, rng *rand.Rand) []*part {
	t.Helper()
	loaded, err := dsl.Load(flows.FS, dsl.Options{Limits: check.DefaultLimits()})
	if err != nil || loaded.Program == nil {
		t.Fatalf("our own flows do not load: %v %v", err, loaded.Diagnostics)
	}
	learnt, of := understand.New(loaded.Program), crowdOfficeOf(t)
	parts := make([]*part, people)
	for i := range parts {
		parts[i] = &part{id: fmt.Sprintf("77%014d", i)}
		stage := rehearsal.NewStage(rehearsal.Config{
			Program: loaded.Program, Understand: learnt, Office: of, Start: time.Now().UnixMilli(),
		})
		parts[i].rehearse(t, stage, rng)
	}
	return parts
}

// crowdOfficeOf is the office that the configuration below makes, so that what is rehearsed is what is served.
func crowdOfficeOf(t *testing.T) *office.Office {
	t.Helper()
	d, err := config.Parse("office.toml", fmt.Appendf(nil, crowdConfig, "127.0.0.1:1", "http://127.0.0.1:1", fileStore, crowdFields()))
	if err != nil {
		t.Fatal(err)
	}
	of, err := d.Offices[0].Build()
	if err != nil {
		t.Fatal(err)
	}
	return of
}

func (p *part) rehearse(t *testing.T, stage *rehearsal.Stage, rng *rand.Rand) {
	t.Helper()
	assets := everything{}
	var offered []message.Message
	for range messages {
		text := nextWords(rng, offered)
		res, err := stage.Do(event.Event{Kind: event.Text, Text: text})
		if err != nil {
			t.Fatal(err)
		}
		p.says = append(p.says, text)
		offered = res.Messages
		for _, m := range res.Messages {
			p.expect = append(p.expect, drawn(t, m, p.id, assets)...)
		}
	}
}

// everything is a store of attachments that has them all.
type everything struct{}

func (everything) Picture(message.Message) (zalo.Picture, bool) {
	return zalo.Picture{AttachmentID: "x"}, true
}
func (everything) File(message.Message) (string, bool) { return "x", true }

func drawn(t *testing.T, m message.Message, to string, assets zalo.Assets) []shownLine {
	t.Helper()
	calls, err := zalo.Render(m, to, zalo.DefaultCapabilities(), assets)
	if err != nil {
		t.Fatal(err)
	}
	var out []shownLine
	for _, c := range calls {
		kind := "text"
		if m.Kind == message.File {
			kind = "file"
		}
		out = append(out, shownLine{Kind: kind, Text: c.Text})
	}
	return out
}

// nextWords is what a resident might write next: a button, its number, its label, or something else altogether.
func nextWords(rng *rand.Rand, offered []message.Message) string {
	var all []string
	for _, m := range offered {
		for _, c := range m.Choices {
			all = append(all, message.Payload(m.Turn, c.N), fmt.Sprint(c.N), c.Label)
		}
	}
	if len(all) == 0 || rng.IntN(8) == 0 {
		return pick(rng, []string{"tạm trú", "dang ky tam tru", "xin chào", "nhắc lại", "quay lại", "🙂", "abc", "tam tru", "trợ giúp", "trộm vào nhà"})
	}
	return pick(rng, all)
}

func pick(rng *rand.Rand, from []string) string { return from[rng.IntN(len(from))] }

// world is the program, the fake Zalo and the crowd between them.
type world struct {
	t     *testing.T
	zalo  *fake.Server
	api   *line
	trail *trail
	prog  *process
	push  fake.Deliver
	hook  string
	mu    sync.Mutex
	freed *sync.Cond // somebody has finished saying something
	ready []*part
}

func newWorld(t *testing.T, storeConfig, env string) *world {
	t.Helper()
	w := &world{t: t, hook: freePort(t)}
	w.freed = sync.NewCond(&w.mu)
	clock := fake.Clock()
	w.zalo = fake.New(fake.Config{
		AppID: crowdApp, Secret: crowdSecret, Offices: map[string]string{crowdOffice: crowdToken}, Now: clock, Echo: fake.EchoNever, NoWindow: true,
	})
	w.trail = &trail{inner: w.zalo, now: clock}
	w.api = lineTo(t, w.trail)
	dir := t.TempDir()
	writeFile(t, dir, "office.toml", fmt.Sprintf(crowdConfig, w.hook, w.api.url, storeConfig, crowdFields()))
	w.prog = newProcess(t, dir, []string{env, "CROWD_SECRET=" + crowdSecret, "CROWD_TOKEN=" + crowdToken}, "serve", "--config", "office.toml")
	w.push = fake.Post(&http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: senders}}, "http://"+w.hook+"/zalo/webhook")
	w.run()
	return w
}

// crowdConfig gathers nothing: what becomes of a burst depends on when its lines come, and the crowd's order is left to chance.
// TestBurstOutlivesTheProcess looks at bursts. A call is waited for longer than a busy machine takes: what is in doubt for another
// reason than a kill may come twice, and should. Zalo's limit of calls would stretch the crowd over seven minutes; package gate is
// held to it.
const crowdConfig = `listen = %q
gather_for = "0s"
[app]
id = "` + crowdApp + `"
oa_secrets = [ { env = "CROWD_SECRET" } ]
base_url = %q
calls_per_minute = 1000000
timeout = "10s"
%s
[[office]]
id = "` + crowdOffice + `"
token = { env = "CROWD_TOKEN" }
[office.don_vi]
%s
`

func crowdFields() string {
	out := ""
	for _, name := range office.KnownFields() {
		if v, ok := office.Demo().Field(name); ok && name != "nhan_tin" {
			out += fmt.Sprintf("%s = %q\n", name, v)
		}
	}
	return out
}

func (w *world) run() {
	w.t.Helper()
	w.trail.born()
	w.prog.start()
	await(w.t, "the program is ready", healthy(w.hook))
}

// play sends everything: order is kept within a person, everything else is left to chance.
func (w *world) play(parts []*part, rng *rand.Rand) {
	w.t.Helper()
	w.ready = slices.Clone(parts)
	killAt := people * messages / (kills + 1)
	var sent int
	work := make(chan *part)
	var wg sync.WaitGroup
	for range senders {
		wg.Go(func() {
			for p := range work {
				w.say(p, rng)
			}
		})
	}
	for p := w.take(rng); p != nil; p = w.take(rng) {
		work <- p
		sent++
		if sent%killAt == 0 && sent/killAt <= kills {
			w.prog.kill()
			w.trail.died()
			w.api.heardOut()
			w.run()
		}
	}
	close(work)
	wg.Wait()
	if w.prog.killed != kills {
		w.t.Fatalf("killed %d times, want %d", w.prog.killed, kills)
	}
}

// take returns somebody who has something to say and is not just saying it; nil when all has been said.
func (w *world) take(rng *rand.Rand) *part {
	w.mu.Lock()
	defer w.mu.Unlock()
	for {
		w.ready = slices.DeleteFunc(w.ready, func(p *part) bool { return p.next >= len(p.says) })
		if len(w.ready) == 0 {
			return nil
		}
		for range 2 * len(w.ready) {
			if p := w.ready[rng.IntN(len(w.ready))]; !p.writing {
				p.writing = true
				return p
			}
		}
		w.freed.Wait()
	}
}

// say delivers one message until it is answered 200, as Zalo does, and every tenth time an old one of the same person again.
func (w *world) say(p *part, rng *rand.Rand) {
	hook := w.zalo.Person(crowdOffice, p.id).Text(p.says[p.next])
	p.wrote = append(p.wrote, w.trail.now())
	w.deliver(hook)
	w.mu.Lock()
	defer w.mu.Unlock()
	p.hooks = append(p.hooks, hook)
	if rng.IntN(10) == 0 {
		again := p.hooks[rng.IntN(len(p.hooks))]
		w.mu.Unlock()
		w.deliver(again)
		w.mu.Lock()
	}
	p.next++
	p.writing = false
	w.freed.Broadcast()
}

func (w *world) deliver(hook fake.Webhook) {
	await(w.t, "the webhook is answered 200", func() bool { return w.push(context.Background(), hook) == http.StatusOK })
}

// settle waits until everything that must arrive has arrived.
func (w *world) settle(parts []*part) {
	w.t.Helper()
	wanted := map[string][]shownLine{}
	for _, p := range parts {
		wanted[p.id] = p.expect
	}
	allArrive(w.t, w.zalo, wanted)
	if err := w.prog.stop(); err != nil {
		w.t.Errorf("the program did not stop cleanly: %v", err)
	}
}

// compare holds every person's whole transcript against the rehearsal.
func (w *world) compare(parts []*part) {
	w.t.Helper()
	for _, r := range w.zalo.Refusals() {
		w.t.Errorf("Zalo refused %s: %d %s", r.Endpoint, r.Code, r.Reason)
	}
	got, wrong, twice := ledgers(w.zalo), 0, 0
	for _, p := range parts {
		once, again := withoutCopies(p.expect, got[p.id])
		twice += again
		if again > 0 && twice <= 3 {
			w.trail.explain(w.t, p, w.zalo.Ledger(crowdOffice, p.id), p.wrote)
		}
		if diff := cmp.Diff(p.expect, once); diff != "" {
			if wrong++; wrong <= 3 {
				w.t.Errorf("person %s, who wrote %q (-want +got):\n%s", p.id, p.says, diff)
			}
		}
	}
	if wrong > 0 {
		w.t.Errorf("BROKEN: %d of %d transcripts differ", wrong, len(parts))
	}
	noCopies(w.t, w.zalo, twice)
}

// ledgers is what reached everybody, in order.
func ledgers(z *fake.Server) map[string][]shownLine {
	got := map[string][]shownLine{}
	for _, m := range z.Since(0) {
		got[m.To] = append(got[m.To], shownLine{Kind: m.Kind, Text: m.Text})
	}
	return got
}

// allArrive waits until everybody has what is wanted, whatever came twice.
func allArrive(t *testing.T, z *fake.Server, wanted map[string][]shownLine) {
	t.Helper()
	missing := func() (n int) {
		got := ledgers(z)
		for id, want := range wanted {
			once, _ := withoutCopies(want, got[id])
			n += max(0, len(want)-len(once))
		}
		return n
	}
	if !within(patience, func() bool { return missing() == 0 }) {
		t.Errorf("BROKEN: after %v %d messages have not arrived", patience, missing())
	}
}

// mostCopied is of how many messages in a row a copy may be: those that one message of ours is drawn as.
const mostCopied = 3

// withoutCopies leaves out what was sent once more, right behind itself, and says how often that was. What is wanted twice is no
// copy.
func withoutCopies(want, got []shownLine) (once []shownLine, copies int) {
	for i := 0; i < len(got); {
		n := 0
		if len(once) >= len(want) || got[i] != want[len(once)] {
			n = copied(got, i)
		}
		if n == 0 {
			once = append(once, got[i])
			i++
			continue
		}
		i, copies = i+n, copies+1
	}
	return once, copies
}

// copied is how many messages from i on are the same as those before them; 0: none.
func copied(got []shownLine, i int) int {
	for n := 1; n <= min(mostCopied, i, len(got)-i); n++ {
		if slices.Equal(got[i-n:i], got[i:i+n]) {
			return n
		}
	}
	return 0
}

// noCopies allows nothing to come twice: in a crowd every message whose outcome nobody knew can be looked up when its turn comes again,
// since nothing that a dead process said is still on its way then (heardOut), and no process is frozen.
func noCopies(t *testing.T, z *fake.Server, copies int) {
	t.Helper()
	if copies > 0 {
		t.Errorf("%d of %d messages were sent twice", copies, len(z.Since(0)))
	}
}

func TestWithoutCopies(t *testing.T) {
	t.Parallel()
	lines := func(text string) (all []shownLine) {
		for _, r := range text {
			all = append(all, shownLine{Text: string(r)})
		}
		return all
	}
	for _, tc := range []struct {
		want, got, once string
		copies          int
	}{
		{"abc", "abc", "abc", 0},
		{"abc", "aabc", "abc", 1},
		{"abc", "abcc", "abc", 1},
		{"aab", "aab", "aab", 0},
		{"aab", "aaab", "aab", 1},
		{"abcd", "ababcd", "abcd", 1},
		{"abcd", "abcabcdd", "abcd", 2},
		{"abab", "ababab", "abab", 1},
		{"abc", "acbc", "acbc", 0},
		{"abc", "ab", "ab", 0},
		{"abc", "abca", "abca", 0},
		{"abcd", "abdc", "abdc", 0},
		{"", "a", "a", 0},
	} {
		once, copies := withoutCopies(lines(tc.want), lines(tc.got))
		if diff := cmp.Diff(lines(tc.once), once); diff != "" || copies != tc.copies {
			t.Errorf("%q wanted, %q got: %d copies, want %d (-want +got):\n%s", tc.want, tc.got, copies, tc.copies, diff)
		}
	}
}
