package chaos

import (
	"context"
	"crypto/rand"
	"fmt"
	mathrand "math/rand/v2"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"hoithoai/dsl/office"
	"hoithoai/runtime/store/redistest"
	"hoithoai/runtime/store/seal"
	"hoithoai/runtime/zalo"
	"hoithoai/runtime/zalo/fake"
)

// The office of the crowd.
const (
	theOffice = "3886132808788086450"
	theApp    = "3608465249409039670"
	theSecret = "chaos-secret"
	theToken  = "chaos-token"
)

// fault does harm until ctx ends, then puts everything right again and returns.
type fault func(ctx context.Context, w *world)

// scenario is one run.
type scenario struct {
	name       string
	build      func(t *testing.T) []string // one binary a replica, or one for all; default: bin
	bin        string                      // default: the program as it is
	store      func(t *testing.T) backend
	people     int
	lines      int           // of each person, after the opening
	late       int           // people one of whose lines is delivered an hour late, behind fifty newer ones
	ancient    int           // of everybody's first lines, so many were written three hours ago
	ahead      int           // how many lines a person may be ahead of the answers; default 4
	senders    int           // how many write at once; default 16
	duplicates float64       // chance that an old line is delivered again
	replicas   int           // default 3
	lease      time.Duration // default 3 s; calls to Zalo may take a third of it
	latency    time.Duration // of Zalo; default 20 ms at most
	unkind     unkind
	echo       bool          // Zalo tells of what we sent (oa_send_*), once, nineteen times of twenty
	gather     time.Duration // the pause that ends a burst: every answer is brought by a timer
	silence    bool          // at the end everybody is silent until they have been reminded
	forgetful  bool          // the store may lose what it acknowledged just before a crash: D1 and D3
	config     string        // more lines of the configuration, before [app]
	store2     string        // more lines of [store]
	faults     []fault
	fatal      string        // what the program prints when it ends by itself, as it must here; default: it must not
	allowed    float64       // share of messages that may come twice; default 0.001
	patience   time.Duration // how long nothing may come back before nothing will; default a minute

	bins []string // what build made
}

func (s scenario) filled(t *testing.T) scenario {
	def(&s.ahead, 4)
	def(&s.senders, 16)
	def(&s.replicas, 3)
	def(&s.lease, 3*time.Second)
	def(&s.latency, 20*time.Millisecond)
	if s.forgetful { // what was done and forgotten is done again
		def(&s.allowed, 0.1)
		def(&s.patience, 20*time.Second)
	}
	def(&s.allowed, 0.001)
	def(&s.patience, time.Minute)
	if s.build != nil {
		s.bins = s.build(t)
	}
	if s.bin == "" {
		s.bin = program(t)
	}
	return s
}

// binary is what a replica runs.
func (s *scenario) binary(n int) string {
	switch len(s.bins) {
	case 0:
		return s.bin
	case 1:
		return s.bins[0]
	}
	return s.bins[n]
}

func def[T comparable](v *T, d T) {
	var none T
	if *v == none {
		*v = d
	}
}

// world is the program's processes, the store, the fake Zalo and the crowd between them.
type world struct {
	t        *testing.T
	scenario scenario
	store    backend
	keys     string // the file of the sealing keys
	zalo     *front
	past     *fake.Server // signs what was written an hour ago
	ancient  *fake.Server // signs what was written three hours ago
	replicas []*replica
	crowd    *crowd
	line     timeline
	client   *http.Client
	rng      *mathrand.Rand // of the faults; each takes its own from it before it starts
	began    time.Time

	mu        sync.Mutex
	findings  []finding
	latencies []time.Duration // of webhooks answered 200
	refusals  int             // webhooks not answered 200
	again     int             // webhooks delivered again
	cuts      []cut           // losses of power
	pauses    int             // that were measured
	revived   sync.WaitGroup  // starts of replicas that ended by themselves
}

// run plays a scenario and returns what came of it.
func run(t *testing.T, s scenario) *outcome {
	t.Helper()
	s = s.filled(t)
	t.Logf("%s: seed %d (-seed)", s.name, *seedFlag)
	w := newWorld(t, s)
	stop := w.progress()
	defer stop()
	w.start()
	w.suffer(w.play)
	w.settle()
	if _, seen, total, _ := w.crowd.progress(); seen < total && !s.forgetful {
		w.find(finding{lost, "", fmt.Sprintf("%d of %d lines have no answer, and for %v none has come", total-seen, total, s.patience)})
	}
	w.zalo.setUnkind(unkind{})
	w.crowd.more(1) // in the calm: the counters say what every session is
	w.play()
	w.settle()
	if s.silence {
		w.beSilent()
	}
	w.drain()
	w.revived.Wait()
	for _, r := range w.replicas {
		r.stop()
	}
	return w.judge()
}

func newWorld(t *testing.T, s scenario) *world {
	t.Helper()
	w := &world{
		t: t, scenario: s, store: s.store(t), began: time.Now(), rng: mathrand.New(mathrand.NewPCG(*seedFlag, 1)),
		crowd: newCrowd(mathrand.New(mathrand.NewPCG(*seedFlag, 2)), s.people, s.lines, s.late, s.ahead),
		client: &http.Client{Transport: &http.Transport{
			MaxIdleConnsPerHost: s.senders, IdleConnTimeout: 5 * time.Second,
		}},
	}
	cfg := fake.Config{
		AppID: theApp, Secret: theSecret, Offices: map[string]string{theOffice: theToken}, Now: fake.Clock(), Echo: fake.EchoNever,
		NoWindow: true, Seed: *seedFlag,
	}
	if s.echo {
		cfg.Echo, cfg.Rates.NoEcho, cfg.Deliver = fake.EchoAfter, 0.05, w.tell
	}
	w.zalo = &front{
		inner: fake.New(cfg), latency: s.latency, rng: mathrand.New(mathrand.NewPCG(*seedFlag, 3)), faults: map[string]int{},
		arrived: w.crowd.heard, unkind: s.unkind,
	}
	cfg.Echo, cfg.Now = fake.EchoNever, func() time.Time { return time.Now().Add(-time.Hour) }
	cfg.Seed++ // other message ids
	w.past = fake.New(cfg)
	cfg.Now = func() time.Time { return time.Now().Add(-3 * time.Hour) }
	cfg.Seed++
	w.ancient = fake.New(cfg)
	api := httptest.NewServer(w.zalo)
	t.Cleanup(func() {
		w.client.CloseIdleConnections()
		api.CloseClientConnections()
		api.Close()
		w.zalo.inner.Wait()
	})
	w.keys = filepath.Join(t.TempDir(), "khoa")
	if err := seal.CreateKeyFile(w.keys, rand.Reader); err != nil {
		t.Fatal(err)
	}
	for i := range s.replicas {
		w.replicas = append(w.replicas, w.newReplica(i, api.URL))
	}
	return w
}

func (w *world) newReplica(n int, api string) *replica {
	w.t.Helper()
	flows, err := filepath.Abs("bundle")
	if err != nil {
		w.t.Fatal(err)
	}
	r := &replica{
		t: w.t, n: n, bin: w.scenario.binary(n), dir: w.t.TempDir(), addr: net.JoinHostPort("127.0.0.1", strconv.Itoa(redistest.FreePort(w.t))), line: &w.line,
		env:  []string{"CHAOS_SECRET=" + theSecret, "CHAOS_TOKEN=" + theToken, "CHAOS_STORE=" + w.store.url(n)},
		fail: func(invariant, detail string) { w.find(finding{invariant, "", detail}) }, fatal: w.scenario.fatal,
	}
	r.revive = func() { w.revived.Go(func() { r.start(w.t.Context()) }) }
	store := fmt.Sprintf("[store]\nlease = %q\n%s", w.scenario.lease, w.scenario.store2)
	if w.store.url(n) != "" {
		store += "url = { env = \"CHAOS_STORE\" }\n"
	}
	text := fmt.Sprintf(`listen = %q
flows = %q
gather_for = %q
keys = { file = %q }
%s
[app]
id = %q
oa_secrets = [ { env = "CHAOS_SECRET" } ]
base_url = "%s/r%d"
calls_per_minute = 1000000
timeout = %q
%s
[[office]]
id = %q
token = { env = "CHAOS_TOKEN" }
[office.don_vi]
%s`, r.addr, flows, w.scenario.gather, w.keys, w.scenario.config, theApp, api, n, w.scenario.lease/3, store, theOffice, officeFields())
	if err := os.WriteFile(filepath.Join(r.dir, "office.toml"), []byte(text), 0o600); err != nil {
		w.t.Fatal(err)
	}
	w.t.Cleanup(r.kill)
	return r
}

func officeFields() string {
	var b strings.Builder
	for _, f := range office.RequiredFields() {
		v, _ := office.Demo().Field(f)
		fmt.Fprintf(&b, "%s = %q\n", f, v)
	}
	return b.String()
}

func (w *world) find(f finding) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.findings = append(w.findings, f)
}

func (w *world) start() {
	w.t.Helper()
	ctx, cancel := context.WithTimeout(w.t.Context(), 3*time.Minute)
	defer cancel()
	var wg sync.WaitGroup
	for _, r := range w.replicas {
		wg.Go(func() { r.start(ctx) })
	}
	wg.Wait()
	if ctx.Err() != nil {
		w.t.Fatalf("the replicas are not ready\n%s", w.replicas[0].tail())
	}
}

// suffer runs during under all faults, which are over when it returns.
func (w *world) suffer(during func()) {
	ctx, cancel := context.WithCancel(w.t.Context())
	var wg sync.WaitGroup
	for _, f := range w.scenario.faults {
		wg.Go(func() { f(ctx, w) })
	}
	during()
	cancel()
	wg.Wait()
}

// play says everything that is left to say: order is kept within a person, all else is left to chance.
func (w *world) play() {
	var wg sync.WaitGroup
	for range w.scenario.senders {
		wg.Go(func() {
			for p := w.crowd.next(w.scenario.patience); p != nil; p = w.crowd.next(w.scenario.patience) {
				w.say(p)
			}
		})
	}
	wg.Wait()
}

// say delivers a person's next line until it is answered 200, and now and then an old one again.
func (w *world) say(p *person) {
	mark, late := p.line()
	from, header := w.zalo.inner, ""
	switch k := len(p.accepted); {
	case k > 0 && k <= w.scenario.ancient:
		from = w.ancient
	case late:
		from = w.past
		if w.crowd.roll(0.5) {
			header = "5" // Zalo says which repeat it is; a load balancer does not
		}
	}
	s := said{mark: mark, hook: from.Person(theOffice, p.name).Text(mark), late: late, began: time.Now()}
	if header != "" {
		s.hook.Header = s.hook.Header.Clone()
		s.hook.Header[zalo.HeaderRetry] = []string{header}
	}
	w.deliver(s.hook)
	s.acked = time.Now()
	w.crowd.spokenBy(p, s)
	if w.crowd.roll(w.scenario.duplicates) {
		w.deliver(w.crowd.old(p).hook)
		w.mu.Lock()
		w.again++
		w.mu.Unlock()
	}
}

// deliver posts a webhook to one replica after the other, as a load balancer does, until one answers 200.
func (w *world) deliver(hook fake.Webhook) {
	for first := time.Now(); ; {
		r := w.choose()
		start := time.Now()
		status := fake.Post(w.client, "http://"+r.addr+"/zalo/webhook")(context.Background(), hook)
		took := time.Since(start)
		w.mu.Lock()
		if status == http.StatusOK {
			w.latencies = append(w.latencies, took)
			w.mu.Unlock()
			return
		}
		w.refusals++
		r.shun = time.Now().Add(shunFor)
		w.mu.Unlock()
		if time.Since(first) > 3*time.Minute {
			w.find(finding{crash, "", fmt.Sprintf("a webhook was not answered 200 for 3 minutes, last %d", status)})
			return
		}
		time.Sleep(time.Duration(5+w.crowd.pick(40)) * time.Millisecond)
	}
}

// tell posts an echo to one replica, once: whether it comes is luck.
func (w *world) tell(ctx context.Context, hook fake.Webhook) int {
	return fake.Post(w.client, "http://"+w.choose().addr+"/zalo/webhook")(ctx, hook)
}

// shunFor is how long a load balancer leaves a replica alone that did not answer.
const shunFor = 500 * time.Millisecond

// choose is a load balancer: any replica that has answered lately, else any.
func (w *world) choose() *replica {
	n := w.crowd.pick(len(w.replicas))
	w.mu.Lock()
	defer w.mu.Unlock()
	for i := range w.replicas {
		if r := w.replicas[(n+i)%len(w.replicas)]; time.Now().After(r.shun) {
			return r
		}
	}
	return w.replicas[n]
}

// settle waits until everything that must come has come, or nothing has come for long.
func (w *world) settle() {
	for {
		_, seen, total, moved := w.crowd.progress()
		if seen >= total || time.Since(moved) > w.scenario.patience {
			return
		}
		time.Sleep(20 * time.Millisecond)
	}
}

// drain waits until nobody has work left, people outside the crowd neither.
func (w *world) drain() {
	if w.store.url(0) == "" {
		return // the file is its process's own; what is left stands in the judgement
	}
	limit := time.Now().Add(w.scenario.patience)
	for time.Now().Before(limit) && len(w.store.left(w)) > 0 {
		time.Sleep(50 * time.Millisecond)
	}
}

// beSilent waits until everybody has been reminded.
func (w *world) beSilent() {
	limit := time.Now().Add(quiet + w.scenario.patience)
	for time.Now().Before(limit) && !w.reminded() {
		time.Sleep(200 * time.Millisecond)
	}
}

func (w *world) reminded() bool {
	w.zalo.mu.Lock()
	defer w.zalo.mu.Unlock()
	last := map[string]string{}
	for _, a := range w.zalo.ledger {
		last[a.person] = a.text
	}
	for _, text := range last {
		if _, ok := readReminder(text); !ok {
			return false
		}
	}
	return true
}
