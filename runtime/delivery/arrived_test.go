package delivery_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"hoithoai/runtime/message"
	"hoithoai/runtime/testbed"
	"hoithoai/runtime/zalo"
	"hoithoai/runtime/zalo/fake"
)

// long is a text that must be split into three.
func long() string {
	return strings.TrimSpace(strings.Repeat("một dòng chữ dài vừa phải, để phải chia tin.\n", 110))
}

func TestSplitMessageIsNotRepeated(t *testing.T) {
	t.Parallel()
	p := newPost(t)
	out := p.out(words(long()))
	p.zalo.Script(fake.None, fake.Failed, fake.Failed, fake.Failed) // the first piece arrives, the second is refused
	if d := p.deliver(out, false); d.Done {
		t.Fatalf("Deliver gives %+v", d)
	}
	p.clock.Advance(time.Second)
	if d := p.deliver(out, true); !d.Done {
		t.Fatalf("Deliver gives %+v", d)
	}
	texts := p.zalo.Texts(testbed.Person)
	if got := strings.Join(texts, "\n"); len(texts) < 3 || strings.Join(strings.Fields(got), " ") != strings.Join(strings.Fields(long()), " ") {
		t.Errorf("%d pieces arrived, %d characters of %d", len(texts), len(got), len(long()))
	}
	p.counted("arrival_found", 1)
}

func TestLookUp(t *testing.T) {
	t.Parallel()
	file := message.Message{Kind: message.File, Path: "mau.pdf", Text: "Mẫu", Program: "p"}
	other := message.Message{Kind: message.File, Path: "hai.pdf", Text: "Hai", Program: "p"}
	for _, tc := range []struct {
		name   string
		before []message.Message // arrived in the same step
		m      message.Message
		same   int
		twice  bool // m itself has arrived
		found  int
	}{
		{"nothing arrived", nil, words("a"), 0, false, 0},
		{"it arrived", nil, words("a"), 0, true, 1},
		{"only another one arrived", []message.Message{words("b")}, words("a"), 0, false, 0},
		{"the same words arrived, but were another message", []message.Message{words("a")}, words("a"), 1, false, 0},
		{"both arrived", []message.Message{words("a")}, words("a"), 1, true, 1},
		{"a file arrived", nil, file, 0, true, 1},
		{"another file arrived", []message.Message{other}, file, 1, false, 0},
		{"words are no file", []message.Message{words("a")}, file, 0, false, 0},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			p := newPost(t)
			p.deliver(p.out(tc.m), false) // of an older step: it must not count
			p.clock.Advance(time.Minute)
			for _, m := range tc.before {
				p.deliver(p.out(m), false)
			}
			out := p.out(tc.m)
			out.Same = tc.same
			if tc.twice {
				p.deliver(out, false)
			}
			before := len(p.zalo.Since(0))
			p.clock.Advance(20 * time.Second)
			if d := p.deliver(out, true); !d.Done {
				t.Errorf("Deliver gives %+v", d)
			}
			if sent := len(p.zalo.Since(before)); sent != 1-tc.found {
				t.Errorf("%d messages were sent again", sent)
			}
			p.counted("arrival_found", tc.found)
		})
	}
}

// What a process that died may have sent is looked up only when the last of it must have arrived; what nobody has tried is sent
// at once, and what this process tried itself has its own pause.
func TestLookUpAfterABeginning(t *testing.T) {
	t.Parallel()
	p := newPost(t)
	old, untried := p.out(words("chào")), p.out(words("mới"))
	p.clock.Advance(time.Second)
	p.cfg.Began = p.clock.Now()
	p.deliver(untried, false)
	if d := p.deliver(old, true); d.Done || d.Untried || d.After != 1500*time.Millisecond {
		t.Errorf("a second after the step Deliver gives %+v, want another try in 1.5 s, as of something tried", d)
	}
	p.counted("arrival_checked", 0)
	p.deliver(old, false) // the call that was on its way arrives
	p.clock.Advance(1500 * time.Millisecond)
	if d := p.deliver(old, true); !d.Done {
		t.Errorf("Deliver gives %+v", d)
	}
	p.counted("arrival_found", 1)
	p.deliver(p.out(words("của mình")), true)
	p.counted("arrival_checked", 2)
	p.read("mới", "chào", "của mình")
}

// Zalo shows ten messages at a time: what the person wrote since does not hide what arrived before it, and two pages that overlap
// show nothing twice.
func TestLookUpBehindManyWords(t *testing.T) {
	t.Parallel()
	for _, said := range []int{9, 10, 25, 60} {
		p := newPost(t)
		out := p.out(words("một"))
		p.deliver(out, false)
		writer := p.zalo.Person(testbed.OfficeID, testbed.Person)
		for i := range said {
			p.clock.Advance(time.Second)
			p.zalo.Push(t.Context(), writer.Text(fmt.Sprint("dòng ", i)))
		}
		second := p.out(words("một"))
		second.At, second.Same = out.At, 1
		p.clock.Advance(time.Minute)
		if d := p.deliver(out, true); !d.Done {
			t.Errorf("Deliver gives %+v", d)
		}
		p.counted("arrival_found", 1)
		p.read("một")
		p.deliver(second, true)
		p.read("một", "một")
	}
}

// What a resident wrote is no sign that ours arrived.
func TestLookUpIgnoresThePerson(t *testing.T) {
	t.Parallel()
	p := newPost(t)
	out := p.out(words("chào"))
	p.clock.Advance(time.Second)
	p.zalo.Push(t.Context(), p.zalo.Person(testbed.OfficeID, testbed.Person).Text("chào"))
	p.deliver(out, true)
	p.read("chào")
	p.counted("arrival_found", 0)
}

// noConversation is a Zalo that tells no conversation.
func noConversation(t *testing.T, z *testbed.Zalo, code int) *zalo.Client {
	t.Helper()
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == zalo.EndpointConversation {
			fmt.Fprintf(w, `{"error":%d,"message":"x"}`, code)
			return
		}
		z.ServeHTTP(w, r)
	}))
	t.Cleanup(s.Close)
	return zalo.NewClient(zalo.ClientConfig{
		BaseURL: s.URL, Tokens: zalo.StaticTokens{testbed.OfficeID: testbed.Token}, Transport: s.Client().Transport,
	})
}

// A second copy is better than silence: a conversation that cannot be read holds a message up for a minute at most.
func TestLookUpThatFails(t *testing.T) {
	t.Parallel()
	p := newPost(t)
	p.cfg.Client = noConversation(t, p.zalo, -200)
	out := p.out(words("x"))
	if d := p.deliver(out, true); d.Done {
		t.Errorf("at once: %+v", d)
	}
	p.read()
	p.clock.Advance(time.Minute)
	if d := p.deliver(out, true); !d.Done {
		t.Errorf("after a minute: %+v", d)
	}
	p.read("x")
	q := newPost(t)
	q.cfg.Client = noConversation(t, q.zalo, -212) // the app may not ask: waiting does not help
	if d := q.deliver(q.out(words("x")), true); !d.Done {
		t.Errorf("forbidden: %+v", d)
	}
	q.read("x")
	q.counted("arrival_unchecked", 1)
}

func TestUploadsOnce(t *testing.T) {
	t.Parallel()
	p := newPost(t)
	file := message.Message{Kind: message.File, Path: "mau.pdf", Text: "Mẫu: tờ/khai", Program: "p"}
	for range 3 {
		if d := p.deliver(p.out(file), false); !d.Done {
			t.Fatalf("Deliver gives %+v", d)
		}
	}
	p.read("(file)", "(file)", "(file)")
	p.counted("attachment_uploaded", 1)
	sent, _ := p.zalo.Last(testbed.OfficeID, testbed.Person)
	asset, ok := p.zalo.Asset(sent.File)
	if !ok || asset.Name != "Mẫu- tờ-khai.pdf" || string(asset.Data) != "%PDF-1.4 p" {
		t.Errorf("uploaded %q: %q", asset.Name, asset.Data)
	}
	p.clock.Advance(8 * 24 * time.Hour) // uploads live for seven days
	p.deliver(p.out(file), false)
	p.counted("attachment_uploaded", 2)
}

func TestPictures(t *testing.T) {
	t.Parallel()
	p := newPost(t)
	if d := p.deliver(p.out(message.Message{Kind: message.Image, Path: "anh.png", Text: "Sơ đồ", Program: "p"}), false); !d.Done {
		t.Fatalf("Deliver gives %+v: %s", d, p.log)
	}
	sent, _ := p.zalo.Last(testbed.OfficeID, testbed.Person)
	if sent.Kind != "image" || sent.Picture.AttachmentID == "" || sent.Text != "Sơ đồ" {
		t.Errorf("sent %+v", sent)
	}
}

// Zalo forgets uploads now and then: the attachment is uploaded again, at once, also where this process had uploaded it.
func TestUploadsAgainWhenZaloForgot(t *testing.T) {
	t.Parallel()
	p := newPost(t)
	p.refusing(1, `{"error":-100,"message":"attachment expired"}`)
	out := p.out(message.Message{Kind: message.File, Path: "mau.pdf", Text: "Mẫu", Program: "p"})
	if d := p.deliver(out, false); !d.Done {
		t.Errorf("the try gives %+v", d)
	}
	p.read("(file)")
	p.counted("attachment_uploaded", 2)
}

func TestWhatCanNeverBeSent(t *testing.T) {
	t.Parallel()
	for name, m := range map[string]message.Message{
		"nothing":                    words("  "),
		"a file nobody has":          {Kind: message.File, Path: "mat.pdf", Program: "p"},
		"a picture that is none":     {Kind: message.Image, Path: "mau.pdf", Program: "p"},
		"a file of a forbidden kind": {Kind: message.File, Path: "anh.png", Program: "p"},
	} {
		p := newPost(t)
		if d := p.deliver(p.out(m), false); !d.Done || d.Why == "" {
			t.Errorf("%s gives %+v", name, d)
		}
		p.counted("message_dropped", 1)
		p.read()
	}
	p := newPost(t)
	out := p.out(words("x"))
	out.Office = "999"
	if d := p.deliver(out, false); !d.Done {
		t.Errorf("an office without an outlet gives %+v", d)
	}
	if d := p.deliver(p.out(message.Message{Kind: message.File, Path: "khong-doc-duoc.pdf", Program: "p"}), false); d.Done {
		t.Errorf("a file that cannot be read now gives %+v", d)
	}
}

func TestFileWithoutAName(t *testing.T) {
	t.Parallel()
	p := newPost(t)
	p.deliver(p.out(message.Message{Kind: message.File, Path: "mau.pdf", Program: "p"}), false)
	sent, _ := p.zalo.Last(testbed.OfficeID, testbed.Person)
	if a, _ := p.zalo.Asset(sent.File); a.Name != "mau.pdf" {
		t.Errorf("uploaded as %q", a.Name)
	}
}
