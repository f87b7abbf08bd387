package bind

import (
	"net/url"
	"strings"

	"hoithoai/dsl/diag"
	"hoithoai/dsl/tree"
)

// checkOpens: mở needs a whole address of the web. The channel leaves out a button with any other, so that a resident would
// never see it. An address that begins with a value is known only when it is sent.
func (b *binder) checkOpens(button *tree.Button) {
	if button.Kind != tree.Open {
		return
	}
	text := strings.TrimSpace(button.Address.Text)
	switch {
	case text == "" || strings.HasPrefix(text, "{") || isWeb(text):
	case strings.Contains(text, ":") || strings.ContainsAny(text, " \t") || !strings.Contains(text, "."):
		b.fail(codeAddress, button.Address.Span,
			say("“%s” không phải địa chỉ trang web, nút [%s] sẽ không hiện.", "“%s” is no web address; the button [%s] would not show.", text, button.Label.Text),
			say("Chép nguyên địa chỉ từ trình duyệt, ví dụ: https://dichvucong.gov.vn.", "Copy the whole address from a browser, for example: https://dichvucong.gov.vn."))
	default:
		b.fail(codeAddress, button.Address.Span,
			say("Địa chỉ “%s” thiếu https://, nút [%s] sẽ không hiện.", "The address “%s” lacks https://; the button [%s] would not show.", text, button.Label.Text),
			say("Viết là “https://%s”.", "Write “https://%s”.", text))
		b.found[len(b.found)-1].Edit = &diag.Edit{Span: button.Address.Span, Text: "https://" + text}
	}
}

// isWeb reports whether an address opens in a browser; what its values become is not looked at.
func isWeb(text string) bool {
	fixed, _, _ := strings.Cut(text, "{")
	u, err := url.Parse(fixed)
	return err == nil && (u.Scheme == "https" || u.Scheme == "http") && (u.Host != "" || fixed != text) && u.User == nil
}
