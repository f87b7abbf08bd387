package delivery_test

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"hoithoai/runtime/actor"
	"hoithoai/runtime/delivery"
	"hoithoai/runtime/echo"
	"hoithoai/runtime/envelope"
	"hoithoai/runtime/message"
	"hoithoai/runtime/store"
	"hoithoai/runtime/store/model"
	"hoithoai/runtime/testbed"
	"hoithoai/runtime/zalo"
	"hoithoai/runtime/zalo/fake"
)

// mirror is a post whose Zalo echoes into a book, as the door does, and an outbox that finishes what was delivered.
type mirror struct {
	*post
	store  *model.Store
	skew   time.Duration // of Zalo's clock
	book   *echo.Book
	sender *delivery.Sender
	events int
}

func newMirror(t *testing.T, change func(*fake.Config)) *mirror {
	t.Helper()
	p := newPost(t)
	m := &mirror{post: p, store: model.New(store.Config{}, p.clock.Now)}
	m.book = &echo.Book{Store: m.store, Seal: testbed.Sealer(t, 1)}
	p.zalo = testbed.NewZalo(t, func() time.Time { return p.clock.Now().Add(m.skew) }, func(c *fake.Config) {
		c.Echo, c.Deliver = fake.EchoBefore, m.hear
		if change != nil {
			change(c)
		}
	})
	p.cfg.Client, p.cfg.Echoes = p.zalo.Client, m.book
	p.cfg.Outlets[testbed.OfficeID].Assets = p.zalo.Assets
	m.sender = delivery.New(p.cfg)
	return m
}

// hear is the door.
func (m *mirror) hear(ctx context.Context, w fake.Webhook) int {
	in, err := zalo.Decode(w.Body)
	if err == nil {
		err = m.book.Hear(ctx, in)
	}
	if err != nil {
		m.t.Error(err)
	}
	return http.StatusOK
}

// commits puts an entry into the person's outbox and returns its id.
func (m *mirror) commits() store.ID8 {
	m.t.Helper()
	key := m.book.Person(testbed.OfficeID, testbed.Person)
	m.events++
	id := m.book.Seal.ID(key, fmt.Sprint(m.events))
	if _, err := m.store.Accept(m.t.Context(), store.Accept{Key: key, ID: id}); err != nil {
		m.t.Fatal(err)
	}
	c := store.Commit{Key: key, Rev: uint64(m.events - 1), Event: id, Session: []byte("s"), Out: []store.Item{{ID: id}}}
	if res, err := m.store.Commit(m.t.Context(), c); err != nil || res.Status != store.Committed {
		m.t.Fatalf("%+v, %v", res, err)
	}
	return id
}

// delivers sends an entry as the actor does, until it is done, and finishes it; it returns how many deliveries that took.
func (m *mirror) delivers(out envelope.Out, id store.ID8) int {
	m.t.Helper()
	for n := 1; ; n++ {
		d := m.sender.Deliver(m.t.Context(), out, n > 1)
		if d.Done {
			m.finishes(id, d)
			return n
		}
		if n == 20 {
			m.t.Fatalf("%+v", d)
		}
		m.clock.Advance(d.After)
		m.zalo.Wait()
		m.zalo.Tick(m.t.Context())
	}
}

func (m *mirror) finishes(id store.ID8, d actor.Delivery) {
	m.t.Helper()
	key := m.book.Person(testbed.OfficeID, testbed.Person)
	if res, err := m.store.Finish(m.t.Context(), key, store.Finish{Out: id, Taken: d.Taken}); err != nil || res.Gone {
		m.t.Fatalf("%+v, %v", res, err)
	}
}

// says commits and delivers words.
func (m *mirror) says(text string) int {
	m.t.Helper()
	return m.delivers(m.out(words(text)), m.commits())
}

// answers commits and delivers words that answer something the person has just done.
func (m *mirror) answers(text string) int {
	m.t.Helper()
	since := m.clock.Now().Add(m.skew).UnixMilli()
	m.clock.Advance(100 * time.Millisecond)
	out := m.out(words(text))
	out.Since = since
	return m.delivers(out, m.commits())
}

// TestZalosClock: however wrong Zalo's clock is, an answer that arrived is known, by echo or conversation, and one that did not is
// sent, although the same words were said before.
func TestZalosClock(t *testing.T) {
	t.Parallel()
	for _, skew := range []time.Duration{-4 * time.Minute, -30 * time.Second, -time.Second, time.Second, 30 * time.Second, time.Hour} {
		for _, silent := range []float64{0, 1} {
			t.Run(fmt.Sprint(skew, " no echo ", silent), func(t *testing.T) {
				t.Parallel()
				m := newMirror(t, func(c *fake.Config) { c.Rates.NoEcho = silent })
				m.skew = skew
				for i, fault := range []fake.Fault{fake.None, fake.Lost, fake.Down, fake.None, fake.DownAfter, fake.Down} {
					m.zalo.Script(fault)
					m.answers("Anh/chị nhắn lại giúp.")
					if n := len(m.zalo.Since(0)); n != i+1 {
						t.Fatalf("after %d answers %d arrived", i+1, n)
					}
				}
			})
		}
	}
}

// What is said in answer to something that Zalo delivered an hour late is not proved by the same words of half an hour ago.
func TestAnswerToALateEvent(t *testing.T) {
	t.Parallel()
	for _, silent := range []float64{0, 1} {
		m := newMirror(t, func(c *fake.Config) { c.Rates.NoEcho = silent })
		since := m.clock.Now().UnixMilli()
		m.clock.Advance(30 * time.Minute)
		m.answers("Anh/chị nhắn lại giúp.")
		m.clock.Advance(30 * time.Minute)
		m.zalo.Script(fake.Down)
		out := m.out(words("Anh/chị nhắn lại giúp."))
		out.Since = since
		m.delivers(out, m.commits())
		m.read("Anh/chị nhắn lại giúp.", "Anh/chị nhắn lại giúp.")
	}
}

// TestArrivalByEcho: what arrived without an answer is known by its echo, in time, late, or twice; nothing is sent again and
// nobody is asked.
func TestArrivalByEcho(t *testing.T) {
	t.Parallel()
	file := message.Message{Kind: message.File, Path: "mau.pdf", Text: "Mẫu", Program: "p"}
	for _, fault := range []fake.Fault{fake.HangAfter, fake.Slow, fake.Lost, fake.DownAfter, fake.Garbage, fake.Huge} {
		for name, change := range map[string]func(*fake.Config){
			"before the answer": nil,
			"after the answer":  func(c *fake.Config) { c.Echo = fake.EchoAfter },
			"two seconds late":  func(c *fake.Config) { c.Echo = fake.EchoLate },
			"twice":             func(c *fake.Config) { c.Rates.TwoEchoes = 1 },
		} {
			for kind, said := range map[string]message.Message{"words": words("Anh/chị cần  giấy này."), "file": file} {
				t.Run(fmt.Sprint(fault, " ", name, " ", kind), func(t *testing.T) {
					t.Parallel()
					m := newMirror(t, change)
					m.zalo.Script(fault)
					if n := m.delivers(m.out(said), m.commits()); n != 2 {
						t.Errorf("%d deliveries", n)
					}
					if n := len(m.zalo.Since(0)); n != 1 {
						t.Errorf("%d copies", n)
					}
					m.counted("arrival_echoed", 1)
					m.counted("arrival_found", 0)
				})
			}
		}
	}
}

// Without an echo the conversation is looked through, as ever.
func TestNoEcho(t *testing.T) {
	t.Parallel()
	m := newMirror(t, func(c *fake.Config) { c.Rates.NoEcho = 1 })
	m.zalo.Script(fake.Lost)
	m.says("chào")
	m.read("chào")
	m.counted("arrival_echoed", 0)
	m.counted("arrival_found", 1)
}

// What reaches the person only after we gave up is not sent again when its echo has come by then.
func TestOverdue(t *testing.T) {
	t.Parallel()
	m := newMirror(t, func(c *fake.Config) { c.Echo = fake.EchoBefore })
	m.zalo.Script(fake.Overdue)
	out, id := m.out(words("chào")), m.commits()
	d := m.sender.Deliver(t.Context(), out, false)
	if d.Done || d.After < 2500*time.Millisecond {
		t.Fatalf("Deliver gives %+v: too soon for an echo", d)
	}
	key := m.book.Person(testbed.OfficeID, testbed.Person)
	testbed.Until(t, "the echo", func() bool { got, err := m.book.Shown(t.Context(), key); return err == nil && len(got) == 1 })
	m.clock.Advance(d.After)
	if d = m.sender.Deliver(t.Context(), out, true); !d.Done {
		t.Fatalf("Deliver gives %+v", d)
	}
	m.finishes(id, d)
	m.read("chào")
}

// TestOneEchoOneMessage: the same words again and again, each with a fault of its own, are each sent once and only once: the echo
// of one proves no other, whether it came before, after, or twice.
func TestOneEchoOneMessage(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(rt *rapid.T) {
		m := newMirror(t, func(c *fake.Config) {
			c.Echo = rapid.SampledFrom([]fake.Echo{fake.EchoBefore, fake.EchoAfter, fake.EchoLate}).Draw(rt, "echo")
			c.Rates.TwoEchoes = rapid.SampledFrom([]float64{0, 1}).Draw(rt, "twice")
		})
		n := rapid.IntRange(2, 5).Draw(rt, "messages")
		for range n {
			m.zalo.Script(rapid.SampledFrom([]fake.Fault{fake.None, fake.None, fake.Lost, fake.Failed, fake.DownAfter, fake.Down}).Draw(rt, "fault"))
			m.says("Anh/chị nhắn lại giúp.")
			m.clock.Advance(time.Duration(rapid.IntRange(0, 3).Draw(rt, "pause")) * time.Second)
			m.zalo.Wait()
			m.zalo.Tick(t.Context())
		}
		if got := len(m.zalo.Since(0)); got != n {
			rt.Fatalf("%d messages were said, %d arrived", n, got)
		}
	})
}

// Messages of one step that look alike are told apart: a lost answer of the second is not proved by the first.
func TestAlikeInOneStep(t *testing.T) {
	t.Parallel()
	m := newMirror(t, nil)
	first, second := m.out(words("Hẹn gặp lại.")), m.out(words("Hẹn gặp lại."))
	second.Same = 1
	m.delivers(first, m.commits())
	m.zalo.Script(fake.Down) // nothing arrives
	m.delivers(second, m.commits())
	m.read("Hẹn gặp lại.", "Hẹn gặp lại.")
	m.counted("arrival_echoed", 0)
}

// A text in pieces of which some were shown goes on with the rest.
func TestEchoOfAPiece(t *testing.T) {
	t.Parallel()
	m := newMirror(t, nil)
	m.zalo.Script(fake.None, fake.Lost) // the second piece arrives, nobody says so
	m.says(long())
	texts := m.zalo.Texts(testbed.Person)
	if got := strings.Join(texts, "\n"); len(texts) < 3 || strings.Join(strings.Fields(got), " ") != strings.Join(strings.Fields(long()), " ") {
		t.Errorf("%d pieces arrived, %d characters of %d", len(texts), len(got), len(long()))
	}
	m.counted("arrival_echoed", 2)
}

// An echo of long ago, whose message was never finished, proves nothing of a new step.
func TestEchoOfAnOlderStep(t *testing.T) {
	t.Parallel()
	m := newMirror(t, nil)
	m.sender.Deliver(t.Context(), m.out(words("chào")), false) // and the process dies
	m.clock.Advance(3 * time.Second)
	m.zalo.Script(fake.Down)
	m.says("chào")
	m.read("chào", "chào")
	m.counted("arrival_echoed", 0)
}

// Where Zalo does not name what it takes, no echo is trusted.
func TestAnswersWithoutAnID(t *testing.T) {
	t.Parallel()
	m := newMirror(t, nil)
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != zalo.EndpointConsult {
			m.zalo.ServeHTTP(w, r)
			return
		}
		answer := httptest.NewRecorder()
		m.zalo.ServeHTTP(answer, r)
		fmt.Fprint(w, `{"error":0,"message":"Success","data":{}}`)
	}))
	t.Cleanup(s.Close)
	m.cfg.Client = zalo.NewClient(zalo.ClientConfig{BaseURL: s.URL, Tokens: zalo.StaticTokens{testbed.OfficeID: testbed.Token}, Transport: s.Client().Transport})
	m.sender = delivery.New(m.cfg)
	m.says("chào")
	m.counted("sent_without_id", 1)
	again := m.out(words("chào"))
	again.Same = 1
	if d := m.sender.Deliver(t.Context(), again, true); !d.Done {
		t.Errorf("Deliver gives %+v", d)
	}
	m.read("chào", "chào")
	m.counted("arrival_echoed", 0)
}

// A store that does not answer costs the proof, not the message.
func TestEchoesThatCannotBeRead(t *testing.T) {
	t.Parallel()
	m := newMirror(t, nil)
	m.zalo.Script(fake.Lost)
	out, id := m.out(words("chào")), m.commits()
	m.sender.Deliver(t.Context(), out, false)
	m.cfg.Echoes = &echo.Book{Store: testbed.NewFaulty(m.store, 1, testbed.Before), Seal: m.book.Seal}
	m.clock.Advance(3 * time.Second)
	d := delivery.New(m.cfg).Deliver(t.Context(), out, true)
	if !d.Done {
		t.Fatalf("Deliver gives %+v", d)
	}
	m.finishes(id, d)
	m.read("chào")
	m.counted("arrival_found", 1)
}
