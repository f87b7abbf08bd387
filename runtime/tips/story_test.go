package tips_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"hoithoai/dsl/value"
	"hoithoai/runtime/store"
	"hoithoai/runtime/task"
	"hoithoai/runtime/tips"
)

// The packet tells the story in the order it was told: words, files under the number of their piece, places.
func TestStoryStaysInOrder(t *testing.T) {
	t.Parallel()
	b := setup(t)
	b.desk.Fetch = shelf{"u1": []byte("video"), "u2": []byte("sound"), "u3": []byte("paper")}
	_, err := b.desk.Handle(context.Background(), request(b.of,
		value.Media{Kind: "video", URL: "u1", Name: "VID.MOV"}, value.Media{Kind: "text", Text: "rồi chúng bỏ đi\nbằng xe"},
		value.Media{Kind: "audio", URL: "u2"}, value.Media{Kind: "location", Lat: "10.7", Long: "106.7", Text: "Cổng chợ"},
		value.Media{Kind: "file", URL: "u3", Name: "don.pdf.exe"}, value.Media{Kind: "location", Lat: "1", Long: "2"}))
	if err != nil {
		t.Fatal(err)
	}
	files := b.open(t, b.reg.bodies[0])
	_, after, _ := strings.Cut(files["tin.txt"], "Chuyện đã xảy ra (7 phần, theo thứ tự kể):\n")
	got, _, _ := strings.Cut(after, "\n\n")
	want := "1. bán ma túy cuối hẻm\n2. (video) xem tệp phan-2.mov\n3. rồi chúng bỏ đi\n   bằng xe\n4. (ghi âm) xem tệp phan-4.m4a\n" +
		"5. (vị trí) Cổng chợ 10.7,106.7\n6. (tệp) xem tệp phan-6.bin\n7. (vị trí) 1,2"
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("-want +got:\n%s", d)
	}
	if files["phan-2.mov"] != "video" || files["phan-4.m4a"] != "sound" || files["phan-6.bin"] != "paper" {
		t.Errorf("files %q", files)
	}
}

// heavy has bodies of one size for every address.
type heavy int

func (h heavy) Fetch(context.Context, string) ([]byte, error) { return make([]byte, h), nil }

// What does not fit any more is named and counted; what says so beforehand is not fetched.
func TestPacketIsBounded(t *testing.T) {
	t.Parallel()
	b := setup(t)
	b.desk.Fetch, b.desk.Room = heavy(30_000), 64_000
	var sent []value.Media
	for i := range 3 {
		sent = append(sent, value.Media{Kind: "video", URL: fmt.Sprint("u", i)})
	}
	answer, err := b.desk.Handle(context.Background(), request(b.of, sent...))
	if err != nil || answer.Results[1] != "1" {
		t.Fatalf("Handle = %v, %v; want one piece missing of three", answer, err)
	}
	text := b.open(t, b.reg.bodies[0])["tin.txt"]
	if strings.Count(text, "không tải được") != 1 || strings.Count(text, "xem tệp") != 2 {
		t.Errorf("the packet says\n%s", text)
	}
	b = setup(t)
	asked := stuck{asked: make(chan string, 1)}
	b.desk.Fetch = asked
	answer, err = b.desk.Handle(context.Background(), request(b.of, value.Media{Kind: "video", URL: "u", Size: 65 << 20}))
	if err != nil || answer.Results[1] != "1" || len(asked.asked) != 0 {
		t.Errorf("Handle = %v, %v, asked %d", answer, err, len(asked.asked))
	}
}

// Sessions of the release before hand in the story as one text, with the pictures apart.
func TestTipOfTheReleaseBefore(t *testing.T) {
	t.Parallel()
	b := setup(t)
	answer, err := b.desk.Handle(context.Background(), task.Request{ID: store.ID8{9}, Office: b.of, Name: tips.TaskName, Args: []value.Value{
		{Kind: value.Text, S: "xe lạ"}, {Kind: value.Text, S: "tối qua"}, {Kind: value.Place, S: "hẻm 12"},
		{Kind: value.Images, Media: []value.Media{{Kind: "image", URL: "https://zalo.example/1.jpg"}}}, {Kind: value.Text, S: "Lan"}, {Kind: value.Phone, S: "0912345678"},
	}})
	if err != nil || answer.Failed {
		t.Fatalf("Handle = %+v, %v", answer, err)
	}
	files := b.open(t, b.reg.bodies[0])
	for _, want := range []string{"1. xe lạ\n2. (ảnh) xem tệp phan-2.jpg", "Khi nào: tối qua", "Ở đâu: hẻm 12", "Người báo: Lan", "Số điện thoại: 0912345678"} {
		if !strings.Contains(files["tin.txt"], want) {
			t.Errorf("tin.txt lacks %q:\n%s", want, files["tin.txt"])
		}
	}
	if files["phan-2.jpg"] != "picture one" {
		t.Errorf("files %q", files)
	}
}
