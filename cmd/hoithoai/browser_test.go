package main

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

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
		chromedp.Flag("disable-quic", true), chromedp.UserDataDir(t.TempDir()), chromedp.WindowSize(1180, 860),
		chromedp.WSURLReadTimeout(patience))
	ctx, cancel := context.WithTimeout(context.Background(), 2*patience)
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
	return sandboxIn(t, t.TempDir(), args...)
}

// sandboxIn starts the sandbox in a folder, where it keeps its data.
func sandboxIn(t *testing.T, dir string, args ...string) string {
	t.Helper()
	p := newProcess(t, dir, nil, append([]string{"serve", "--listen", "127.0.0.1:0", "--gather-for", "500ms"}, args...)...)
	line := p.start()
	_, address, ok := strings.Cut(strings.TrimSpace(line), ": ")
	if !ok {
		t.Fatalf("the sandbox does not say where it is: %q", line)
	}
	return address
}

// said waits for a bubble of the office that holds text.
func said(text string) chromedp.Action[chromedp.Void] {
	return chromedp.WaitVisible(chromedp.Search(`//li[contains(@class,"oa")][contains(.,"` + text + `")]`))
}

// press presses the newest button with this label.
func press(label string) chromedp.Action[chromedp.Void] {
	return chromedp.Click(newest(label))
}

func newest(label string) chromedp.Search {
	return chromedp.Search(`(//li[contains(@class,"oa")]//button[.="` + label + `"])[last()]`)
}

func typed(text string) chromedp.Action[chromedp.Void] {
	return chromedp.SendKeys(chromedp.CSS("#text"), text+"\n")
}

// see returns what an action of the page gives.
func see[T any](ctx context.Context, t *testing.T, a chromedp.Action[T]) T {
	t.Helper()
	v, err := chromedp.Run(ctx, a)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func do(ctx context.Context, t *testing.T, steps ...chromedp.Action[chromedp.Void]) {
	t.Helper()
	for i, step := range steps {
		within, cancel := context.WithTimeout(ctx, patience)
		err := chromedp.Do(within, step)
		cancel()
		if err != nil {
			t.Fatalf("step %d: %v", i+1, err)
		}
	}
}

// TestResidentInTheBrowser follows the office, asks for tạm trú, presses, types a number, reaches the checklist and gets the
// file, all through signed webhooks and the fake Zalo. The screenshots are for people to look at: CHUP=folder keeps them.
func TestResidentInTheBrowser(t *testing.T) {
	t.Parallel()
	address, ctx := sandboxAddress(t), browser(t)
	if err := chromedp.Do(ctx, chromedp.EmulateViewport(1180, 860)); err != nil { // starts the browser: no time limit of its own
		t.Fatal(err)
	}
	do(ctx, t,
		chromedp.Navigate(address),
		chromedp.Click(chromedp.CSS("#follow")),
		said("không bao giờ hỏi mã OTP"),
		said("Anh/chị cần việc gì?"),
		typed("tạm trú"),
		said("Anh/chị cần làm việc gì?"),
		press("Đăng ký mới"),
		said("Anh/chị ở đâu?"),
		typed("1"),
		said("dưới 18 tuổi"),
		chromedp.WaitVisible(chromedp.Search(`//dd[@id="step"][.="tuoi"]`)),
		chromedp.WaitVisible(chromedp.Search(`//table[@id="slots"]//td[.="Nhà thuê, nhà trọ"]`)),
		press("Đủ 18 tuổi"),
		said("Anh/chị chuẩn bị:"),
		said("Nộp tại"),
		chromedp.WaitVisible(chromedp.Search(`//dd[@id="step"][.="nop_o_dau"]`)),
	)
	if flow := see(ctx, t, chromedp.Text(chromedp.CSS("#flow"))); flow != "tam_tru" {
		t.Errorf("the page says the flow is %q", flow)
	}
	keep(t, "dien-thoai.png", see(ctx, t, chromedp.FullScreenshot(100)))
	file := see(ctx, t, chromedp.AttributeValue(chromedp.CSS("a.file"), "href"))
	if body := fetch(t, address+"/"+file.Value); !strings.HasPrefix(body, "%PDF-") {
		t.Errorf("the file is no PDF: %.20q", body)
	}
	do(ctx, t,
		chromedp.Click(chromedp.CSS(`input[value="pc"]`)),
		chromedp.WaitNotVisible(newest("Xong")),
		said("3. Xong"),
	)
	keep(t, "may-tinh.png", see(ctx, t, chromedp.FullScreenshot(100)))
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
