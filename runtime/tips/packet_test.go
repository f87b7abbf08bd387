package tips_test

import (
	"archive/zip"
	"bytes"
	"context"
	"fmt"
	"io"
	"path"
	"strings"
	"testing"
	"time"

	"filippo.io/age"
	"pgregory.net/rapid"

	"hoithoai/dsl/value"
	"hoithoai/runtime/store"
)

// anything answers every address with the same bytes.
type anything struct{}

func (anything) Fetch(context.Context, string) ([]byte, error) { return []byte("x"), nil }

// archive opens a packet as far as the zip in it.
func (b *testBundle) archive(t interface{ Fatal(...any) }, packet []byte) *zip.Reader {
	r, err := age.Decrypt(bytes.NewReader(packet), b.id)
	if err != nil {
		t.Fatal(err)
	}
	plain, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	z, err := zip.NewReader(bytes.NewReader(plain), int64(len(plain)))
	if err != nil {
		t.Fatal(err)
	}
	return z
}

// TestNoTimeInTheArchive: the hour in tin.txt is all that an officer learns of when it was; a file's entry says nothing finer.
func TestNoTimeInTheArchive(t *testing.T) {
	t.Parallel()
	b := setup(t)
	if _, err := b.desk.Handle(t.Context(), request(b.of, value.Media{Kind: "image", URL: "https://zalo.example/1.jpg"})); err != nil {
		t.Fatal(err)
	}
	z := b.archive(t, b.reg.bodies[0])
	if len(z.File) != 2 {
		t.Fatalf("%d files", len(z.File))
	}
	for _, f := range z.File {
		if year := f.Modified.Year(); year > 1980 || len(f.Extra) > 0 || f.Comment != "" {
			t.Errorf("%s was made at %v, with %x and %q", f.Name, f.Modified, f.Extra, f.Comment)
		}
	}
}

// TestNamesOfSendersLeadNowhere: whatever name somebody gives a file, the officer's has the place in the story and an ending that
// nothing runs.
func TestNamesOfSendersLeadNowhere(t *testing.T) {
	t.Parallel()
	known := map[string]bool{
		".jpg": true, ".jpeg": true, ".png": true, ".heic": true, ".webp": true, ".gif": true, ".mp4": true, ".mov": true, ".3gp": true,
		".m4a": true, ".aac": true, ".mp3": true, ".amr": true, ".wav": true, ".pdf": true, ".doc": true, ".docx": true, ".xls": true,
		".xlsx": true, ".txt": true, ".bin": true,
	}
	names := rapid.OneOf(rapid.String(), rapid.SampledFrom([]string{
		"../../etc/passwd", "a.exe", "a.PDF.exe", "a.pdf\x00.exe", `..\..\x.bat`, "a.jpg/", "x.lnk", "x.HTML", ".", "..", "", "a.docm", "a.Jpg", "a.jpg ", "a.‮gpj.exe",
	}))
	rapid.Check(t, func(rt *rapid.T) {
		b := setup(t)
		b.desk.Fetch = anything{}
		var sent []value.Media
		for i := range rapid.IntRange(1, 4).Draw(rt, "pieces") {
			sent = append(sent, value.Media{
				Kind: rapid.SampledFrom([]string{"image", "video", "audio", "file", "sticker", ""}).Draw(rt, "kind"),
				Name: names.Draw(rt, "name"), URL: fmt.Sprint("u", i),
			})
		}
		if _, err := b.desk.Handle(context.Background(), request(b.of, sent...)); err != nil {
			rt.Fatal(err)
		}
		files := b.archive(rt, b.reg.bodies[0]).File
		if len(files) != len(sent)+1 {
			rt.Fatalf("%d files of %d pieces", len(files), len(sent))
		}
		for i, f := range files[:len(sent)] {
			ending := path.Ext(f.Name)
			if f.Name != fmt.Sprintf("phan-%d%s", i+2, ending) || !known[ending] {
				rt.Errorf("%+v becomes %q", sent[i], f.Name)
			}
		}
	})
}

// TestOnlyTheOfficersOpenIt: each of an office's keys opens the packet; another office's does not, and nothing is left readable,
// also of what the person said of themselves.
func TestOnlyTheOfficersOpenIt(t *testing.T) {
	t.Parallel()
	b, second, stranger := setup(t), setup(t), setup(t)
	b.desk.Keys[b.of.ID] = []age.Recipient{b.id.Recipient(), second.id.Recipient()}
	b.desk.Keys["another"] = []age.Recipient{stranger.id.Recipient()}
	req := request(b.of)
	req.Args[3], req.Args[4] = value.Value{Kind: value.Text, S: "Trần Thị CANARY"}, value.Value{Kind: value.Phone, S: "0912345678"}
	if _, err := b.desk.Handle(t.Context(), req); err != nil {
		t.Fatal(err)
	}
	packet := b.reg.bodies[0]
	for _, word := range []string{"CANARY", "0912345678", "hẻm 12", "10.79", "đêm nào"} {
		if bytes.Contains(packet, []byte(word)) {
			t.Errorf("%q lies readable", word)
		}
	}
	for i, officer := range []*testBundle{b, second} {
		if text := officer.open(t, packet)["tin.txt"]; !strings.Contains(text, "Người báo: Trần Thị CANARY\nSố điện thoại: 0912345678") {
			t.Errorf("officer %d reads\n%s", i, text)
		}
	}
	if _, err := age.Decrypt(bytes.NewReader(packet), stranger.id); err == nil {
		t.Error("another office opens it")
	}
	if b.reg.by[req.ID] != "tin:"+b.of.ID {
		t.Errorf("it lies in the list %q", b.reg.by[req.ID])
	}
}

// hourly is a clock that stands at a minute and second of one hour.
func hourly(minute, second int) func() time.Time {
	return func() time.Time { return time.Date(2026, 11, 24, 16, minute, second, 7, time.UTC) } // 23 hours in Vietnam
}

// TestTipsOfOneHourLookAlike: two tips of one hour tell the same time, whatever minute it was, in the time of Vietnam.
func TestTipsOfOneHourLookAlike(t *testing.T) {
	t.Parallel()
	var texts []string
	for i, now := range []func() time.Time{hourly(0, 0), hourly(59, 59)} {
		b := setup(t)
		b.desk.Now = now
		req := request(b.of)
		req.ID = store.ID8{7}
		if _, err := b.desk.Handle(t.Context(), req); err != nil {
			t.Fatal(i, err)
		}
		texts = append(texts, b.open(t, b.reg.bodies[0])["tin.txt"])
	}
	if texts[0] != texts[1] || !strings.Contains(texts[0], "Thời điểm nhận: 24/11/2026, khoảng 23 giờ\n") {
		t.Errorf("they read\n%s\n%s", texts[0], texts[1])
	}
}
