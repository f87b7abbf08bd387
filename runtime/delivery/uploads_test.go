package delivery_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
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

// An upload that Zalo forgot before its time is forgotten here too, everywhere.
func TestForgottenUpload(t *testing.T) {
	t.Parallel()
	p := newPost(t)
	p.remembers()
	p.deliver(p.out(pdf("p", "Mẫu")), false)
	forgot := true
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == zalo.EndpointConsult && forgot {
			forgot = false
			fmt.Fprint(w, `{"error":-100,"message":"attachment expired"}`)
			return
		}
		p.zalo.ServeHTTP(w, r)
	}))
	defer s.Close()
	p.cfg.Client = zalo.NewClient(zalo.ClientConfig{
		BaseURL: s.URL, Tokens: zalo.StaticTokens{testbed.OfficeID: testbed.Token}, Transport: s.Client().Transport,
	})
	p.restarted()
	out := p.out(pdf("p", "Mẫu"))
	if d := p.deliver(out, false); d.Done {
		t.Errorf("the first try gives %+v", d)
	}
	if d := p.deliver(out, false); !d.Done {
		t.Errorf("the second try gives %+v", d)
	}
	p.counted("attachment_uploaded", 2)
	p.read("(file)", "(file)")
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
