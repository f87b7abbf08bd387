package tips

import (
	"archive/zip"
	"bytes"
	"cmp"
	"context"
	"fmt"
	"strings"
	"time"

	"filippo.io/age"

	"hoithoai/dsl/value"
	"hoithoai/runtime/task"
)

// pack makes the zip that an officer opens (tin.txt and what was sent with it) and seals it to keys. It returns how many
// attachments it lacks. The time is given to the hour only: a finer one could be matched with who was seen using a phone.
func (d *Desk) pack(ctx context.Context, code string, req task.Request, t *tip, keys []age.Recipient) ([]byte, int, error) {
	var plain bytes.Buffer
	z := zip.NewWriter(&plain)
	bodies := d.fetch(ctx, t.story)
	lines, missing, err := addStory(z, t.story, bodies)
	if err != nil {
		return nil, 0, err
	}
	if err := addFile(z, "tin.txt", []byte(d.text(code, req, t, lines))); err != nil {
		return nil, 0, err
	}
	if err := z.Close(); err != nil {
		return nil, 0, fmt.Errorf("close tip archive: %w", err)
	}
	var sealed bytes.Buffer
	if err := sealTo(&sealed, keys, plain.Bytes()); err != nil {
		return nil, 0, err
	}
	return sealed.Bytes(), missing, nil
}

func (d *Desk) text(code string, req task.Request, t *tip, story []string) string {
	var b strings.Builder
	name, _ := req.Office.Field("ten")
	fmt.Fprintf(&b, "TIN BÁO %s\nNơi nhận: %s\nThời điểm nhận: %s\n\n", code, name,
		value.Clock(d.Now()).Format("02/01/2006, khoảng 15 giờ"))
	fmt.Fprintf(&b, "Chuyện đã xảy ra (%d phần, theo thứ tự kể):\n", len(story))
	for i, line := range story {
		fmt.Fprintf(&b, "%d. %s\n", i+1, line)
	}
	fmt.Fprintf(&b, "\nKhi nào: %s\nỞ đâu: %s\nNgười báo: %s\nSố điện thoại: %s\n", shown(t.when), shown(t.where), shown(t.name), shown(t.phone))
	return b.String()
}

// The bounds of what a packet holds. The time is well inside the task's own deadline, so that a tip is never stored after the
// person was told that it could not be sent; and what the person writes meanwhile waits no longer than that. The bytes are what
// one record of the store may reasonably weigh.
const (
	fetching   = 8 * time.Second
	maxPacket  = 64 << 20
	atOnce     = 5
	unbodied   = "text"
	placePiece = "location"
)

// fetch brings what was sent, several pieces at once, by their position in the story; nil where a piece has no body, cannot be
// had, or does not fit any more.
func (d *Desk) fetch(ctx context.Context, story []value.Media) [][]byte {
	ctx, cancel := context.WithTimeout(ctx, fetching)
	defer cancel()
	f := fetcher{from: d.Fetch, room: cmp.Or(d.Room, maxPacket), slots: make(chan struct{}, atOnce)}
	bodies := make([][]byte, len(story))
	for i, m := range story {
		if hasBody(m) {
			f.wait.Go(func() { bodies[i] = f.one(ctx, m) })
		}
	}
	f.wait.Wait()
	return bodies
}

// addStory adds the bodies to the archive and returns the story as an officer reads it, and how many bodies are missing. A body
// that could not be had does not stop the tip: its line says so and gives its address, which lies sealed like the rest.
func addStory(z *zip.Writer, story []value.Media, bodies [][]byte) (lines []string, missing int, err error) {
	for i, m := range story {
		switch {
		case !hasBody(m):
			lines = append(lines, words(m))
		case bodies[i] == nil:
			missing++
			lines = append(lines, fmt.Sprintf("(%s) không tải được, địa chỉ: %s", named(m), m.URL))
		default:
			file := fileName(i, m)
			if err := addFile(z, file, bodies[i]); err != nil {
				return nil, 0, err
			}
			lines = append(lines, fmt.Sprintf("(%s) xem tệp %s", named(m), file))
		}
	}
	return lines, missing, nil
}

func addFile(z *zip.Writer, name string, body []byte) error {
	w, err := z.Create(name)
	if err != nil {
		return fmt.Errorf("add %s to tip: %w", name, err)
	}
	if _, err := w.Write(body); err != nil {
		return fmt.Errorf("write %s to tip: %w", name, err)
	}
	return nil
}
