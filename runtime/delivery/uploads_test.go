package delivery_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"sync/atomic"
	"testing"
	"time"

	"hoithoai/runtime/delivery"
	"hoithoai/runtime/message"
	"hoithoai/runtime/store"
	"hoithoai/runtime/store/model"
	"hoithoai/runtime/testbed"
	"hoithoai/runtime/zalo"
)

func pdf(program, name string) message.Message {
	return message.Message{Kind: message.File, Path: "mau.pdf", Text: name, Program: program}
}

// restarted forgets what lives in memory only.
func (p *post) restarted() {
	p.cfg.Outlets = map[string]*delivery.Outlet{testbed.OfficeID: {Capabilities: zalo.DefaultCapabilities(), Assets: zalo.NewAssetCache(p.clock.Now)}}
}

func (p *post) remembers() store.Records {
	records := model.New(store.Config{}, p.clock.Now)
	p.cfg.Uploads = &delivery.Uploads{Records: records, Seal: testbed.Sealer(p.t, 1), Now: p.clock.Now}
	return records
}

// TestUploadedOnceByContent: neither a restart nor another path uploads the same bytes again; other bytes, another name and
// the end of the seven days do.
func TestUploadedOnceByContent(t *testing.T) {
	t.Parallel()
	p := newPost(t)
	records := p.remembers()
	sent := func(m message.Message, uploads int) {
		t.Helper()
		p.restarted()
		if d := p.deliver(p.out(m), false); !d.Done || d.Why != "" {
			t.Fatalf("Deliver gives %+v: %s", d, p.log)
		}
		p.counted("attachment_uploaded", uploads)
	}
	sent(pdf("p", "Mẫu"), 1)
	sent(pdf("p", "Mẫu"), 1)
	other := pdf("p", "Mẫu")
	other.Path = "hai.pdf" // the same bytes
	sent(other, 1)
	sent(pdf("q", "Mẫu"), 2) // other bytes
	sent(pdf("p", "Tờ khai"), 3)
	sent(message.Message{Kind: message.Image, Path: "anh.png", Program: "p"}, 4)
	p.clock.Advance(6 * 24 * time.Hour)
	sent(pdf("p", "Mẫu"), 4)
	p.clock.Advance(23 * time.Hour)
	sent(pdf("p", "Mẫu"), 5)
	list, err := records.List(t.Context(), "tai_len:"+testbed.OfficeID, "", 100)
	if err != nil || len(list) != 1 {
		t.Errorf("%d entries are left, %v", len(list), err)
	}
}

// refusing is a Zalo that refuses the first n messages in its way.
func (p *post) refusing(n int, answer string) {
	p.t.Helper()
	var left atomic.Int64
	left.Store(int64(n))
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == zalo.EndpointConsult && left.Add(-1) >= 0 {
			fmt.Fprint(w, answer)
			return
		}
		p.zalo.ServeHTTP(w, r)
	}))
	p.t.Cleanup(s.Close)
	p.cfg.Client = zalo.NewClient(zalo.ClientConfig{
		BaseURL: s.URL, Tokens: zalo.StaticTokens{testbed.OfficeID: testbed.Token}, Transport: s.Client().Transport,
	})
}

// TestForgottenUpload: an upload that Zalo does not know, whatever it calls that, is made again, once, and forgotten everywhere.
func TestForgottenUpload(t *testing.T) {
	t.Parallel()
	for _, code := range []int{-100, -201, -210, -238, -241, -9999} {
		t.Run(fmt.Sprint(code), func(t *testing.T) {
			t.Parallel()
			p := newPost(t)
			records := p.remembers()
			p.deliver(p.out(pdf("p", "Mẫu")), false)
			p.refusing(1, fmt.Sprintf(`{"error":%d,"message":"no such attachment"}`, code))
			p.restarted()
			if d := p.deliver(p.out(pdf("p", "Mẫu")), false); !d.Done || d.Why != "" {
				t.Errorf("Deliver gives %+v", d)
			}
			p.counted("attachment_uploaded", 2)
			p.counted("attachment_unknown", 1)
			p.read("(file)", "(file)")
			p.restarted()
			p.deliver(p.out(pdf("p", "Mẫu")), false)
			p.counted("attachment_uploaded", 2) // the new one is what everybody uses
			if list, err := records.List(t.Context(), "tai_len:"+testbed.OfficeID, "", 100); err != nil || len(list) != 1 {
				t.Errorf("%d uploads are remembered, %v", len(list), err)
			}
		})
	}
}

// TestRefusedAllTheSame: a message that is refused with a new upload too is refused for another reason; nobody uploads for ever.
func TestRefusedAllTheSame(t *testing.T) {
	t.Parallel()
	p := newPost(t)
	p.remembers()
	p.deliver(p.out(pdf("p", "Mẫu")), false)
	p.refusing(10, `{"error":-201,"message":"invalid"}`)
	p.restarted()
	for range 3 { // the first pays for the doubt, the others know the upload for their own
		if d := p.deliver(p.out(pdf("p", "Mẫu")), false); !d.Done || d.Why == "" {
			t.Errorf("Deliver gives %+v", d)
		}
	}
	p.counted("attachment_uploaded", 2)
	p.counted("attachment_unknown", 1)
	p.counted("message_dropped", 3)
}

// TestOtherRefusals: what is about the person, the office or the moment says nothing about an upload; nor does a refusal of mere words.
func TestOtherRefusals(t *testing.T) {
	t.Parallel()
	for _, code := range []int{-213, -230, -320, -216, -32} {
		t.Run(fmt.Sprint(code), func(t *testing.T) {
			t.Parallel()
			p := newPost(t)
			p.remembers()
			p.deliver(p.out(pdf("p", "Mẫu")), false)
			p.refusing(10, fmt.Sprintf(`{"error":%d,"message":"no"}`, code))
			p.restarted()
			p.deliver(p.out(pdf("p", "Mẫu")), false)
			p.counted("attachment_uploaded", 1)
			p.counted("attachment_unknown", 0)
		})
	}
	t.Run("words", func(t *testing.T) {
		t.Parallel()
		p := newPost(t)
		p.refusing(10, `{"error":-201,"message":"invalid"}`)
		p.deliver(p.out(message.Message{Kind: message.Words, Text: "Chào anh/chị."}), false)
		p.counted("attachment_unknown", 0)
	})
}

// A store that does not answer costs an upload, not the message.
func TestUploadsWithoutTheStore(t *testing.T) {
	t.Parallel()
	p := newPost(t)
	p.cfg.Uploads = &delivery.Uploads{
		Records: testbed.NewFaulty(model.New(store.Config{}, p.clock.Now), 1, testbed.Before), Seal: testbed.Sealer(t, 9), Now: p.clock.Now,
	}
	for range 2 {
		if d := p.deliver(p.out(pdf("p", "Mẫu")), false); !d.Done {
			t.Fatalf("Deliver gives %+v", d)
		}
	}
	p.read("(file)", "(file)")
	p.counted("attachment_uploaded", 1)
}
