package tips

import (
	"archive/zip"
	"bytes"
	"context"
	"fmt"
	"strings"
	"sync"
	"time"

	"filippo.io/age"

	"hoithoai/dsl/value"
	"hoithoai/runtime/task"
)

// fields are the arguments of the task in order, as the officer reads them.
var fields = [...]string{"Chuyện đã xảy ra", "Khi nào", "Ở đâu", "Ảnh", "Người báo", "Số điện thoại"}

const pictures = 3 // position of the pictures in fields

// pack makes the zip that an officer opens (tin.txt and the pictures) and seals it to keys. The time is given to the hour
// only: a finer one could be matched with who was seen using a phone.
func (d *Desk) pack(ctx context.Context, code string, req task.Request, keys []age.Recipient) ([]byte, error) {
	var plain bytes.Buffer
	z := zip.NewWriter(&plain)
	notes, err := d.addPictures(ctx, z, req.Args[pictures])
	if err != nil {
		return nil, err
	}
	if err := addFile(z, "tin.txt", []byte(d.text(code, req, notes))); err != nil {
		return nil, err
	}
	if err := z.Close(); err != nil {
		return nil, fmt.Errorf("close tip archive: %w", err)
	}
	var sealed bytes.Buffer
	if err := sealTo(&sealed, keys, plain.Bytes()); err != nil {
		return nil, err
	}
	return sealed.Bytes(), nil
}

func (d *Desk) text(code string, req task.Request, notes []string) string {
	var b strings.Builder
	name, _ := req.Office.Field("ten")
	fmt.Fprintf(&b, "TIN BÁO %s\nNơi nhận: %s\nThời điểm nhận: %s\n\n", code, name,
		value.Clock(d.Now()).Format("02/01/2006, khoảng 15 giờ"))
	for i, label := range fields {
		if i == pictures {
			fmt.Fprintf(&b, "%s: %d\n", label, len(req.Args[i].Media))
			continue
		}
		fmt.Fprintf(&b, "%s: %s\n", label, shown(req.Args[i]))
	}
	for _, n := range notes {
		fmt.Fprintf(&b, "Lưu ý: %s\n", n)
	}
	return b.String()
}

// fetching is how long all pictures of a tip may take together: well inside the task's own deadline, so that a tip is never
// stored after the person was told that it could not be sent; and what the person writes meanwhile waits no longer than that.
const fetching = 8 * time.Second

// addPictures fetches all pictures at once into the archive. One that cannot be had does not stop the tip: the note says so
// and gives its address, which lies sealed like the rest.
func (d *Desk) addPictures(ctx context.Context, z *zip.Writer, v value.Value) ([]string, error) {
	ctx, cancel := context.WithTimeout(ctx, fetching)
	defer cancel()
	bodies := make([][]byte, len(v.Media))
	var wg sync.WaitGroup
	for i, m := range v.Media {
		wg.Go(func() {
			if body, err := d.Fetch.Fetch(ctx, m.URL); err == nil {
				bodies[i] = body
			}
		})
	}
	wg.Wait()
	return addFetched(z, v.Media, bodies)
}

func addFetched(z *zip.Writer, media []value.Media, bodies [][]byte) ([]string, error) {
	var notes []string
	for i, m := range media {
		if bodies[i] == nil {
			notes = append(notes, fmt.Sprintf("không tải được ảnh %d, địa chỉ: %s", i+1, m.URL))
			continue
		}
		if err := addFile(z, fmt.Sprintf("anh-%d.jpg", i+1), bodies[i]); err != nil {
			return nil, err
		}
	}
	return notes, nil
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
