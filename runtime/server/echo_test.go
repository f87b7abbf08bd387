package server_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"testing"

	"github.com/google/go-cmp/cmp"

	"hoithoai/runtime/echo"
	"hoithoai/runtime/server"
	"hoithoai/runtime/store"
	"hoithoai/runtime/testbed"
	"hoithoai/runtime/zalo"
)

// echoOf is oa_send_text for a message of ours; adminID is of the human who wrote it, "" for the API.
func (p *porch) echoOf(text, id, adminID string) ([]byte, http.Header) {
	at := strconv.FormatInt(p.clock.Now().UnixMilli(), 10)
	admin := ""
	if adminID != "" {
		admin = fmt.Sprintf(`,"admin_id":%q`, adminID)
	}
	body := fmt.Appendf(nil, `{"app_id":%q,"sender":{"id":%q%s},"user_id_by_app":"1","recipient":{"id":%q},"event_name":"oa_send_text",`+
		`"message":{"text":%q,"msg_id":%q},"timestamp":%q}`, testbed.App, testbed.OfficeID, admin, testbed.Person, text, id, at)
	return body, zalo.Sign(testbed.App, testbed.Secret, at, body)
}

// TestEcho: what Zalo shows of our own messages is kept, once, beside the mailbox; what a human writes is an event.
func TestEcho(t *testing.T) {
	t.Parallel()
	var book *echo.Book
	p := newPorch(t, func(p *porch, c *server.Config) {
		book = &echo.Book{Store: p.store, Seal: p.seal}
		c.Echo = book.Hear
	})
	for range 2 {
		if status := p.post(p.echoOf("Chào anh/chị", "m1", "")); status != http.StatusOK {
			t.Fatalf("status %d", status)
		}
	}
	if status := p.post(p.echoOf("Tôi là cán bộ", "m2", "77")); status != http.StatusOK {
		t.Fatalf("status %d", status)
	}
	key := book.Person(testbed.OfficeID, testbed.Person)
	got, err := book.Shown(t.Context(), key)
	want := []store.Echo{{ID: book.ID(key, "m1"), Look: book.Look(key, "Chào anh/chị"), Sent: p.clock.Now().UnixMilli()}}
	if diff := cmp.Diff(want, got); err != nil || diff != "" {
		t.Errorf("%v (-want +got):\n%s", err, diff)
	}
	if n := len(p.starts()); n != 1 {
		t.Errorf("%d people were given work, want the one the officer wrote to", n)
	}
	if n := p.counters.Count(t, "webhook_echo"); n != 2 {
		t.Errorf("%d echoes are counted", n)
	}
}

// An echo that cannot be kept is answered all the same: Zalo's patience is for what residents write.
func TestEchoThatCannotBeKept(t *testing.T) {
	t.Parallel()
	p := newPorch(t, func(_ *porch, c *server.Config) {
		c.Echo = func(context.Context, zalo.Inbound) error { return errors.New("the store is gone") }
	})
	if status := p.post(p.echoOf("x", "m1", "")); status != http.StatusOK {
		t.Errorf("status %d", status)
	}
	if n := p.counters.Count(t, "echo_unkept"); n != 1 {
		t.Errorf("%d are counted", n)
	}
}
