package deployment_test

import (
	"context"
	"net/http"
	"testing"
	"time"

	"hoithoai/runtime/store"
	"hoithoai/runtime/testbed"
	"hoithoai/runtime/zalo/fake"
)

// TestLostAnswerIsKnownByItsEcho is the whole way of a proof: the answer to a send is lost, the echo comes in by the door, and the
// message is neither sent again nor looked for in the conversation.
func TestLostAnswerIsKnownByItsEcho(t *testing.T) {
	t.Parallel()
	var w *town
	disk, path := testbed.Embedded(t, store.Config{}, time.Now)
	z := testbed.NewZalo(t, time.Now, func(c *fake.Config) {
		c.Echo = fake.EchoBefore // so that it is there when the sender looks, however busy the machine is
		c.Deliver = func(ctx context.Context, hook fake.Webhook) int {
			return testbed.Deliver(ctx, w.url+webhook, hook)
		}
	})
	w = townOver(t, disk, path, z).publish(testbed.Small(t)).open()
	z.Script(fake.Lost)
	if status := testbed.Deliver(t.Context(), w.url+webhook, w.person().Text("hỏi thăm")); status != http.StatusOK {
		t.Fatalf("the webhook is answered %d", status)
	}
	testbed.Until(t, "the proof", func() bool { return w.counters.Count(t, "arrival_echoed") == 1 })
	z.Wait()
	for kind, want := range map[string]int{"arrival_echoed": 1, "arrival_found": 0, "webhook_echo": 1, "message_sent": 0} {
		if n := w.counters.Count(t, kind); n != want {
			t.Errorf("%s was counted %d times, want %d", kind, n, want)
		}
	}
	if got := w.say("1"); got != "text: Anh/chị chọn: Đỏ.\nĐã ghi màu Đỏ.\ntext: Anh/chị tên gì?\n" || len(z.Since(0)) != 3 {
		t.Errorf("it goes on with %q, %d messages in all", got, len(z.Since(0)))
	}
}
