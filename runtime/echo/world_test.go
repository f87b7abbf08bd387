package echo_test

import (
	"context"
	"net/http"
	"testing"

	"hoithoai/runtime/echo"
	"hoithoai/runtime/message"
	"hoithoai/runtime/testbed"
	"hoithoai/runtime/zalo"
	"hoithoai/runtime/zalo/fake"
)

// deliver takes webhooks to a book, as the door does.
func deliver(t *testing.T, b *echo.Book) fake.Deliver {
	return func(ctx context.Context, w fake.Webhook) int {
		in, err := zalo.Decode(w.Body)
		if err == nil {
			err = b.Hear(ctx, in)
		}
		if err != nil {
			t.Error(err)
		}
		return http.StatusOK
	}
}

func request(t *testing.T, text string) zalo.Request {
	t.Helper()
	calls, err := zalo.Render(message.Message{Kind: message.Words, Text: text}, testbed.Person, zalo.DefaultCapabilities(), nil)
	if err != nil || len(calls) != 1 {
		t.Fatalf("%d calls, %v", len(calls), err)
	}
	return calls[0]
}
