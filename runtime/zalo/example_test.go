package zalo_test

import (
	"fmt"

	"hoithoai/runtime/message"
	"hoithoai/runtime/zalo"
)

// A webhook is read, checked, and becomes what the engine steps over.
func Example() {
	body := []byte(`{"app_id":"4000","sender":{"id":"246845883529197922"},"recipient":{"id":"388613280878808645"},` +
		`"event_name":"user_send_text","message":{"text":"xin chào","msg_id":"96d3cdf3af150460909"},"timestamp":"1751100041636"}`)
	header := zalo.Sign("4000", "oa-secret", "1751100041636", body) // Zalo does this

	in, err := zalo.Decode(body)
	if err != nil {
		fmt.Println(err)
		return
	}
	verifier := zalo.Verifier{AppID: "4000", Secrets: []string{"oa-secret"}}
	fmt.Println(verifier.Verify(body, header, in))
	e, ok := in.Event(1751100041700)
	fmt.Println(in.Office, in.Person, e.Text, ok)
	// Output:
	// {true body }
	// 388613280878808645 246845883529197922 xin chào true
}

// A question with more than five choices is two bubbles; everything can be read where buttons are not shown.
func ExampleRender() {
	question := message.Message{Kind: message.Words, Text: "Anh/chị cần làm việc gì?", Turn: 3, Choices: []message.Choice{
		{Label: "Tạm trú", N: 1}, {Label: "Thường trú", N: 2}, {Label: "Căn cước", N: 3}, {Label: "Xác nhận cư trú", N: 4},
		{Label: "Báo tin", N: 5}, {Label: "Việc khác", N: 6},
	}, Links: []message.Link{{Kind: message.CallPhone, Label: "Gọi trực ban", Address: "0912 345 678"}}}
	calls, err := zalo.Render(question, "246845883529197922", zalo.DefaultCapabilities(), nil)
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, c := range calls {
		fmt.Printf("%s\n%s\n\n", c.Endpoint, c.Text)
	}
	fmt.Println(string(calls[1].Body))
	// Output:
	// /v3.0/oa/message/cs
	// Anh/chị cần làm việc gì?
	// 1. Tạm trú
	// 2. Thường trú
	// 3. Căn cước
	// 4. Xác nhận cư trú
	// 5. Báo tin
	//
	// /v3.0/oa/message/cs
	// Các lựa chọn còn lại:
	// 6. Việc khác
	// Gọi trực ban: 0912 345 678
	//
	// {"recipient":{"user_id":"246845883529197922"},"message":{"text":"Các lựa chọn còn lại:\n6. Việc khác\nGọi trực ban: 0912 345 678","attachment":{"type":"template","payload":{"buttons":[{"title":"Việc khác","type":"oa.query.hide","payload":"ht1.3.6"},{"title":"Gọi trực ban","type":"oa.open.phone","payload":{"phone_code":"84912345678"}}]}}}}
}

func ExamplePhoneCode() {
	fmt.Println(zalo.PhoneCode("0912 345 678"), zalo.PhoneCode("+84 28 3829 7643"), zalo.PhoneCode("113"))
	// Output: 84912345678 842838297643 113
}

func ExampleExplain() {
	c, _ := zalo.Explain(-230)
	fmt.Println(c.Action, "·", c.Vietnamese)
	// Output: drop · người dùng không tương tác trong 7 ngày
}
