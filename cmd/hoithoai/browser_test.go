package main

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
)

// browser starts a real Chromium. A machine without one fails the test: a page that nobody has looked at is not proven.
func browser(t *testing.T) context.Context {
	t.Helper()
	path, err := exec.LookPath("chromium")
	if err != nil {
		t.Fatal("cần Chromium: apt-get install chromium fonts-noto-core (./.ci/test làm việc này)")
	}
	options := append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.ExecPath(path), chromedp.NoSandbox, chromedp.DisableGPU, chromedp.Flag("disable-dev-shm-usage", true),
		chromedp.Flag("disable-quic", true), chromedp.UserDataDir(t.TempDir()), chromedp.WindowSize(1180, 860))
	ctx, cancel := context.WithTimeout(context.Background(), 2*time.Minute)
	t.Cleanup(cancel)
	ctx, cancel = chromedp.NewExecAllocator(ctx, options...)
	t.Cleanup(cancel)
	ctx, cancel = chromedp.NewContext(ctx, chromedp.WithErrorf(t.Logf))
	t.Cleanup(cancel)
	return ctx
}

// sandboxAddress starts the sandbox as a process and returns the address of its page.
func sandboxAddress(t *testing.T, args ...string) string {
	t.Helper()
	p := newProcess(t, t.TempDir(), nil, append([]string{"serve", "--listen", "127.0.0.1:0"}, args...)...)
	line := p.start()
	_, address, ok := strings.Cut(strings.TrimSpace(line), ": ")
	if !ok {
		t.Fatalf("the sandbox does not say where it is: %q", line)
	}
	return address
}

// said waits for a bubble of the office that holds text.
func said(text string) chromedp.Action {
	return chromedp.WaitVisible(`//li[contains(@class,"oa")][contains(.,"`+text+`")]`, chromedp.BySearch)
}

// press presses the newest button with this label.
func press(label string) chromedp.Action {
	return chromedp.Click(`(//li[contains(@class,"oa")]//button[.="`+label+`"])[last()]`, chromedp.BySearch)
}

func typed(text string) chromedp.Action {
	return chromedp.SendKeys("#text", text+"\n", chromedp.ByQuery)
}

// TestResidentInTheBrowser follows the office, asks for tạm trú, presses, types a number, reaches the checklist and gets the
// file, all through signed webhooks and the fake Zalo. The screenshots are for people to look at: CHUP=folder keeps them.
func TestResidentInTheBrowser(t *testing.T) {
	t.Parallel()
	address, ctx := sandboxAddress(t), browser(t)
	var flow, step, file string
	var phone, pc []byte
	err := chromedp.Run(ctx,
		emulation.SetDeviceMetricsOverride(1180, 860, 1, false),
		chromedp.Navigate(address),
		chromedp.WaitVisible(`#follow`, chromedp.ByQuery),
		chromedp.Click(`#follow`, chromedp.ByQuery),
		said("không bao giờ hỏi mã OTP"),
		said("Anh/chị cần việc gì?"),
		typed("tạm trú"),
		said("Anh/chị cần làm việc gì?"),
		press("Đăng ký mới"),
		said("Anh/chị ở đâu?"),
		typed("1"),
		said("dưới 18 tuổi"),
		chromedp.WaitVisible(`//dd[@id="step"][.="tre_em"]`, chromedp.BySearch),
		chromedp.Text(`#flow`, &flow, chromedp.ByQuery),
		chromedp.WaitVisible(`//table[@id="slots"]//td[.="Nhà thuê, nhà trọ"]`, chromedp.BySearch),
		press("Không"),
		said("Anh/chị chuẩn bị:"),
		said("Nộp tại"),
		chromedp.AttributeValue(`a.file`, "href", &file, nil, chromedp.ByQuery),
		chromedp.Text(`#step`, &step, chromedp.ByQuery),
		chromedp.FullScreenshot(&phone, 90),
		chromedp.Click(`input[value="pc"]`, chromedp.ByQuery),
		chromedp.WaitNotVisible(`(//li[contains(@class,"oa")]//button[.="Xong"])[last()]`, chromedp.BySearch),
		said("3. Xong"),
		chromedp.FullScreenshot(&pc, 90),
	)
	if err != nil {
		t.Fatal(err)
	}
	if flow != "tam_tru" {
		t.Errorf("the page says the flow is %q", flow)
	}
	keep(t, "dien-thoai.png", phone)
	keep(t, "may-tinh.png", pc)
	if body := fetch(t, address+"/"+file); !strings.HasPrefix(body, "%PDF-") {
		t.Errorf("the file is no PDF: %.20q", body)
	}
}

// keep writes a screenshot where somebody asked for it.
func keep(t *testing.T, name string, png []byte) {
	t.Helper()
	if len(png) < 10_000 {
		t.Errorf("screenshot %s has %d bytes: the page is empty", name, len(png))
	}
	folder := os.Getenv("CHUP")
	if folder == "" {
		return
	}
	if err := os.WriteFile(filepath.Join(folder, name), png, 0o644); err != nil {
		t.Error(err)
	}
}
