package fake_test

import (
	"context"
	"fmt"
	"net/http/httptest"
	"time"

	"hoithoai/runtime/message"
	"hoithoai/runtime/zalo"
	"hoithoai/runtime/zalo/fake"
)

// A person writes, the engine answers with a question, the person presses.
func Example() {
	engine := func(_ context.Context, w fake.Webhook) int {
		in, err := zalo.Decode(w.Body)
		if err != nil {
			return 500
		}
		fmt.Println(in.Family, in.Text)
		return 200
	}
	server := fake.New(fake.Config{
		Secret: "oa-secret", Offices: map[string]string{"388613280878808645": "token"}, Now: time.Now, Deliver: engine, Echo: fake.EchoBefore,
	})
	api := httptest.NewServer(server)
	defer api.Close()
	client := zalo.NewClient(zalo.ClientConfig{BaseURL: api.URL, Tokens: zalo.StaticTokens{"388613280878808645": "token"}})

	ctx := context.Background()
	resident := server.Person("388613280878808645", "246845883529197922")
	server.Push(ctx, resident.Text("xin chào"))
	calls, err := zalo.Render(message.Message{
		Kind: message.Words, Text: "Có phải tạm trú không?", Turn: 1, Choices: []message.Choice{{Label: "Có", N: 1}, {Label: "Không", N: 2}},
	}, resident.ID, zalo.DefaultCapabilities(), nil)
	if err != nil {
		fmt.Println(err)
		return
	}
	if _, err := client.Send(ctx, "388613280878808645", calls[0]); err != nil {
		fmt.Println(err)
		return
	}
	shown, _ := server.Last("388613280878808645", resident.ID)
	yes, _ := shown.Button("Có")
	press, _ := resident.Press(yes)
	server.Push(ctx, press)
	// Output:
	// user_message xin chào
	// echo Có phải tạm trú không?
	// 1. Có
	// 2. Không
	// user_message ht1.1.1
}
