package main

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"hoithoai/dsl/skeleton"
)

// guideFile is a file that the authors' guide tells to write.
var guideFile = regexp.MustCompile("(?s)<!-- tệp (\\S+) -->\n```\n(.*?)```\n")

// authorFolder is the folder of somebody who did what flows/README.md says.
func authorFolder(t *testing.T) string {
	t.Helper()
	guide, err := os.ReadFile("../../flows/README.md")
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	write(t, dir, "chung.flow", skeleton.Shared("chung", reader().today().Day))
	for _, m := range guideFile.FindAllStringSubmatch(string(guide), -1) {
		write(t, dir, m[1], m[2])
	}
	return dir
}

func write(t *testing.T, dir, name, text string) {
	t.Helper()
	if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

// TestGuidePictures makes the pictures of flows/README.md on the real page: the flow of the guide on a phone and on a PC, and the
// whole page after a mistake was saved. CHUP=../../flows/hinh writes them.
func TestGuidePictures(t *testing.T) {
	t.Parallel()
	dir := authorFolder(t)
	address, ctx := sandboxIn(t, dir), browser(t)
	if err := chromedp.Do(ctx, chromedp.EmulateViewport(1180, 800)); err != nil { // starts the browser: no time limit of its own
		t.Fatal(err)
	}
	do(ctx, t,
		chromedp.Navigate(address),
		chromedp.WaitVisible(chromedp.Search(`//p[@id="hints"]/button[.="tiếp dân"]`)),
		typed("tiep dan"),
		said("Anh/chị có giấy mời không?"),
		press("Không"),
		said("Mỗi buổi nhận 20 lượt"),
		chromedp.WaitVisible(chromedp.Search(`//table[@id="slots"]//td[.="Có giấy mời"]`)),
	)
	keep(t, "dien_thoai.png", see(ctx, t, chromedp.Screenshot(chromedp.CSS("#phone"))))
	do(ctx, t, chromedp.Click(chromedp.CSS(`input[value="pc"]`)), chromedp.WaitNotVisible(newest("Xong")), said("1. Xong"))
	keep(t, "may_tinh.png", see(ctx, t, chromedp.Screenshot(chromedp.CSS("#phone"))))
	flow, err := os.ReadFile(filepath.Join(dir, "tiep_dan.flow"))
	if err != nil {
		t.Fatal(err)
	}
	write(t, dir, "tiep_dan.flow", strings.Replace(string(flow), "  -> chuan_bi\n", "  chuan bi\n", 1))
	do(ctx, t,
		chromedp.Click(chromedp.CSS(`input[value="phone"]`)),
		chromedp.WaitVisible(chromedp.Search(`//pre[@id="problems"][contains(.,"-> chuan_bi")]`)),
	)
	keep(t, "trang_thu.png", see(ctx, t, chromedp.FullScreenshot(100)))
	do(ctx, t, press("Xong"), said("Cần hỏi thêm, anh/chị cứ nhắn."))
}
