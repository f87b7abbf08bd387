package deployment_test

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"filippo.io/age"

	"hoithoai/dsl"
	"hoithoai/dsl/office"
	"hoithoai/flows"
	"hoithoai/runtime/actor"
	"hoithoai/runtime/delivery"
	"hoithoai/runtime/deployment"
	"hoithoai/runtime/echo"
	"hoithoai/runtime/media"
	"hoithoai/runtime/store"
	"hoithoai/runtime/store/seal"
	"hoithoai/runtime/testbed"
	"hoithoai/runtime/tips"
	"hoithoai/runtime/zalo"
	"hoithoai/runtime/zalo/fake"
)

func TestMain(m *testing.M) { testbed.Main(m) }

const webhook = "/zalo/webhook"

// town is a whole deployment over the real store, serving on a port, before a fake Zalo.
type town struct {
	t        *testing.T
	dep      *deployment.Deployment
	zalo     *testbed.Zalo
	store    testbed.Whole
	path     string
	seal     *seal.Sealer
	key      *age.HybridIdentity
	log      *testbed.Log
	counters testbed.Counters
	url      string
	stop     func() error
}

// newTown puts everything together and publishes nothing.
func newTown(t *testing.T) *town {
	t.Helper()
	disk, path := testbed.Embedded(t, store.Config{}, time.Now)
	return townOver(t, disk, path, testbed.NewZalo(t, time.Now, nil))
}

func townOver(t *testing.T, s testbed.Whole, path string, z *testbed.Zalo) *town {
	t.Helper()
	key, err := age.GenerateHybridIdentity()
	if err != nil {
		t.Fatal(err)
	}
	w := &town{
		t: t, zalo: z, store: s, path: path, seal: testbed.Sealer(t, 1), key: key,
		log: &testbed.Log{}, counters: testbed.NewCounters(),
	}
	send := delivery.Config{
		Client:  w.zalo.Client,
		Outlets: map[string]*delivery.Outlet{testbed.OfficeID: {Capabilities: zalo.DefaultCapabilities(), Assets: w.zalo.Assets}},
		Files: func(ctx context.Context, program, path string) ([]byte, error) {
			return w.dep.Library().File(ctx, program, path)
		},
		Now: time.Now, Log: w.log.Logger(), Metrics: w.counters.Set, Echoes: &echo.Book{Store: s, Seal: w.seal},
	}
	w.dep = deployment.New(w.config(delivery.New(send)))
	return w
}

func (w *town) config(d actor.Deliverer) deployment.Config {
	return deployment.Config{
		Store: w.store, Partitions: 1, Seal: w.seal, Offices: map[string]*office.Office{testbed.OfficeID: testbed.Office()},
		TipKeys:  map[string][]age.Recipient{testbed.OfficeID: {w.key.Recipient()}},
		Verifier: zalo.Verifier{AppID: testbed.App, Secrets: []string{testbed.Secret}}, Deliver: d,
		Fetch:   media.New(media.Config{Private: []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")}}),
		Webhook: webhook, Now: time.Now, Tick: ticker, Log: w.log.Logger(), Metrics: w.counters.Set, Poll: 10 * time.Millisecond,
		Patience: time.Minute,
	}
}

func ticker(d time.Duration) (<-chan time.Time, func()) {
	t := time.NewTicker(d)
	return t.C, t.Stop
}

// open serves until stop is called, or the test ends.
func (w *town) open() *town {
	w.t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		w.t.Fatal(err)
	}
	w.url = "http://" + l.Addr().String()
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- w.dep.Run(ctx, l) }()
	w.stop = sync.OnceValue(func() error {
		cancel()
		return <-ended
	})
	w.t.Cleanup(func() {
		if err := w.stop(); err != nil {
			w.t.Error(err)
		}
	})
	return w
}

func (w *town) publish(loaded dsl.Result) *town {
	w.t.Helper()
	if err := w.dep.Publish(w.t.Context(), loaded); err != nil {
		w.t.Fatal(err)
	}
	return w
}

// real is the program's own flows.
func real(t *testing.T) dsl.Result {
	t.Helper()
	loaded, err := dsl.Load(flows.FS, dsl.Options{})
	if err != nil || loaded.Program == nil {
		t.Fatalf("our own flows do not load: %v %v", err, loaded.Diagnostics)
	}
	return loaded
}

func (w *town) person() *fake.Person { return w.zalo.Person(testbed.OfficeID, testbed.Person) }

// push delivers a webhook and waits until the person has been answered and nothing is left to do; it returns what was said.
func (w *town) push(hook fake.Webhook) []fake.Sent {
	w.t.Helper()
	before := len(w.zalo.Ledger(testbed.OfficeID, testbed.Person))
	if status := testbed.Deliver(w.t.Context(), w.url+webhook, hook); status != http.StatusOK {
		w.t.Fatalf("the webhook is answered %d", status)
	}
	testbed.Until(w.t, "an answer to "+hook.Event, func() bool {
		return len(w.zalo.Ledger(testbed.OfficeID, testbed.Person)) > before && w.free()
	})
	return w.zalo.Ledger(testbed.OfficeID, testbed.Person)[before:]
}

func (w *town) free() bool {
	work, err := w.store.Load(w.t.Context(), w.seal.Person(testbed.OfficeID, testbed.Person))
	if err != nil {
		w.t.Error(err)
	}
	return work.Head == nil && work.Out == nil
}

// say writes texts one after the other and returns what was said to the last one, as one text.
func (w *town) say(texts ...string) string {
	w.t.Helper()
	var out string
	for _, text := range texts {
		out = ""
		for _, m := range w.push(w.person().Text(text)) {
			out += m.Kind + ": " + m.Text + "\n"
		}
	}
	return out
}

// press presses a button of the newest message that has it, and returns what was said as one text.
func (w *town) press(title string) string {
	w.t.Helper()
	var button fake.Button
	var ok bool
	for _, m := range slices.Backward(w.zalo.Ledger(testbed.OfficeID, testbed.Person)) {
		if button, ok = m.Button(title); ok {
			break
		}
	}
	if !ok {
		w.t.Fatalf("there is no button %s", title)
	}
	hook, ok := w.person().Press(button)
	if !ok {
		w.t.Fatalf("the button cannot be pressed: %+v", button)
	}
	var out string
	for _, m := range w.push(hook) {
		out += m.Kind + ": " + m.Text + "\n"
	}
	return out
}

func TestFollowTemporaryResidenceFile(t *testing.T) {
	t.Parallel()
	w := newTown(t).publish(real(t)).open()
	w.push(w.person().Follow())
	w.press("Cư trú")
	if asked := w.press("Đăng ký tạm trú"); !strings.Contains(asked, "1. ") {
		t.Errorf("the question shows no numbers for people on a PC: %q", asked)
	}
	got := w.say("1", "1", "không")
	if !strings.Contains(got, "file: ") || !strings.Contains(got, "Giấy cho thuê nhà") {
		t.Errorf("the checklist and its file are missing: %s", got)
	}
	if r := w.zalo.Refusals(); len(r) > 0 {
		t.Errorf("Zalo refused %+v", r)
	}
}

// A tip is sealed to the office's own key: it opens with that key and stands nowhere in the clear.
func TestTip(t *testing.T) {
	t.Parallel()
	picture := httptest.NewServer(http.HandlerFunc(func(rw http.ResponseWriter, _ *http.Request) { fmt.Fprint(rw, "\xff\xd8\xffANH-CANARY") }))
	defer picture.Close()
	w := newTown(t).publish(real(t)).open()
	canaries := []string{"CANARY-CHUYEN ma túy", "CANARY-LUC tối qua", "CANARY-NOI hẻm 123"}
	w.say("báo tin", canaries[0])
	w.push(w.person().Image("", picture.URL+"/a.jpg"))
	w.say("xong", canaries[1], canaries[2])
	w.press("Không đồng ý")
	got := w.press("Gửi tin")
	if !strings.Contains(got, "Đã tiếp nhận tin báo, mã ") {
		t.Fatalf("the receipt is %q; log: %s", got, w.log)
	}
	packet := w.packet()
	for _, c := range append(canaries, "ANH-CANARY") {
		if !strings.Contains(packet, c) {
			t.Errorf("the packet does not hold %s:\n%q", c, packet)
		}
	}
	_, code, _ := strings.Cut(got, "mã ")
	if code, _, _ = strings.Cut(code, "."); !strings.Contains(packet, "TIN BÁO "+code) {
		t.Errorf("the receipt's code %q is not the packet's", code)
	}
	w.nowhere(append(canaries, "ANH-CANARY", testbed.Person)...)
}

// packet opens the one tip of the office as an officer does, and returns all its files as one text.
func (w *town) packet() string {
	w.t.Helper()
	list := tips.ListOf(testbed.OfficeID)
	records, err := w.store.List(w.t.Context(), list, "", 10)
	if err != nil || len(records) != 1 {
		w.t.Fatalf("%d tips, %v", len(records), err)
	}
	sealed, err := w.seal.OpenRecord(list, records[0].Body)
	if err != nil {
		w.t.Fatal(err)
	}
	r, err := age.Decrypt(bytes.NewReader(sealed), w.key)
	if err != nil {
		w.t.Fatal(err)
	}
	plain, err := io.ReadAll(r)
	if err != nil {
		w.t.Fatal(err)
	}
	z, err := zip.NewReader(bytes.NewReader(plain), int64(len(plain)))
	if err != nil {
		w.t.Fatal(err)
	}
	var out strings.Builder
	for _, f := range z.File {
		body, err := f.Open()
		if err != nil {
			w.t.Fatal(err)
		}
		fmt.Fprintf(&out, "== %s\n", f.Name)
		if _, err := io.Copy(&out, body); err != nil {
			w.t.Fatal(err)
		}
	}
	return out.String()
}

// nowhere looks for words on disk and in the log.
func (w *town) nowhere(canaries ...string) {
	w.t.Helper()
	file, err := os.ReadFile(w.path)
	if err != nil {
		w.t.Fatal(err)
	}
	for _, c := range canaries {
		if bytes.Contains(file, []byte(c)) || strings.Contains(w.log.String(), c) {
			w.t.Errorf("%s is on disk or in the log", c)
		}
	}
}

func TestComplaintAboutTheOfficeIsNotKept(t *testing.T) {
	t.Parallel()
	w := newTown(t).publish(real(t)).open()
	got := w.say("CANARY công an phường nhận hối lộ")
	if !strings.Contains(got, "không lưu điều anh/chị vừa nhắn") {
		t.Errorf("the answer is %q", got)
	}
	w.nowhere("CANARY")
	if w.counters.Count(t, "webhook_withheld") != 1 {
		t.Errorf("counted %v", w.counters.All(t))
	}
}

// withoutFile is a bundle that names an attachment it does not hold.
func withoutFile(t *testing.T) dsl.Result {
	t.Helper()
	files := testbed.Files(t, false)
	delete(files, "hai.pdf")
	loaded, err := dsl.Load(testbed.FS(files), dsl.Options{Accepted: true})
	if err != nil {
		t.Fatal(err)
	}
	return loaded
}

func TestRefusedBundlesLeaveTheLastGoodOne(t *testing.T) {
	t.Parallel()
	w := newTown(t).publish(testbed.Small(t)).open()
	good := w.dep.Library().Current()
	broken, err := dsl.Load(testbed.FS(map[string]string{"hoi.flow": "luồng hoi\n  bắt đầu khong_co\n"}), dsl.Options{})
	if err != nil {
		t.Fatal(err)
	}
	for name, tc := range map[string]struct {
		loaded dsl.Result
		want   string
	}{
		"errors":               {broken, deployment.ErrErrors.Error()},
		"a task nobody can do": {testbed.Load(t, testbed.Files(t, true)), "ghi"},
		"a missing attachment": {withoutFile(t), "hai.pdf"},
	} {
		err := w.dep.Publish(t.Context(), tc.loaded)
		if name == "a missing attachment" && tc.loaded.Program == nil {
			continue // the loader refuses it itself, which is as good
		}
		if err == nil || !strings.Contains(err.Error(), tc.want) {
			t.Errorf("%s: Publish gives %v", name, err)
		}
	}
	var unfit *deployment.UnfitError
	err = w.dep.Publish(t.Context(), testbed.Load(t, testbed.Files(t, true)))
	if !errors.As(err, &unfit) || !strings.Contains(unfit.In("vi"), "không có ai làm tác vụ: ") || strings.Contains(unfit.In("vi"), "handler") {
		t.Errorf("an author is told %v", err)
	}
	if !errors.Is(w.dep.Publish(t.Context(), broken), deployment.ErrErrors) {
		t.Error("a bundle with errors gives another error")
	}
	if w.dep.Library().Current() != good {
		t.Error("the last good bundle is gone")
	}
	if got := w.say("hỏi thăm"); !strings.Contains(got, "chọn màu") {
		t.Errorf("afterwards the answer is %q", got)
	}
}

func TestReady(t *testing.T) {
	t.Parallel()
	w := newTown(t).open()
	if got := status(t, w.url+"/readyz"); got != http.StatusServiceUnavailable {
		t.Errorf("before a bundle is published: %d", got)
	}
	w.publish(testbed.Small(t))
	if got := status(t, w.url+"/readyz"); got != http.StatusOK {
		t.Errorf("after: %d", got)
	}
	cfg := w.config(nil)
	cfg.Ready = func(context.Context) error { return store.ErrFull }
	full := deployment.New(cfg)
	if err := full.Publish(t.Context(), testbed.Small(t)); err != nil {
		t.Fatal(err)
	}
	rec := httptest.NewRecorder()
	full.Handler(t.Context()).ServeHTTP(rec, httptest.NewRequest(http.MethodGet, "/readyz", nil))
	if rec.Code != http.StatusServiceUnavailable {
		t.Errorf("with a full store: %d", rec.Code)
	}
}

func status(t *testing.T, url string) int {
	t.Helper()
	res, err := http.Get(url)
	if err != nil {
		t.Fatal(err)
	}
	res.Body.Close()
	return res.StatusCode
}
