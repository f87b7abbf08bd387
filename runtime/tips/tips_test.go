package tips_test

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"io"
	"strings"
	"testing"
	"time"

	"filippo.io/age"

	"hoithoai/dsl/office"
	"hoithoai/dsl/value"
	"hoithoai/runtime/store"
	"hoithoai/runtime/task"
	"hoithoai/runtime/tips"
)

// register is a plain list with the contract of the store's records: one entry per asking item.
type register struct {
	by     map[store.ID8]string
	bodies [][]byte
	fail   error
}

func (r *register) Append(_ context.Context, list string, by store.ID8, body []byte) (string, bool, error) {
	if r.fail != nil {
		return "", false, r.fail
	}
	if id, ok := r.by[by]; ok {
		return id, false, nil
	}
	r.by[by] = list
	r.bodies = append(r.bodies, body)
	return list, true, nil
}

// plainSeal keeps the outer seal out of the way: what is tested here is the seal to the officers.
type plainSeal struct{}

func (plainSeal) SealRecord(_ string, plain []byte) ([]byte, error) { return plain, nil }

type shelf map[string][]byte

func (s shelf) Fetch(_ context.Context, url string) ([]byte, error) {
	if b, ok := s[url]; ok {
		return b, nil
	}
	return nil, errors.New("gone")
}

type testBundle struct {
	desk *tips.Desk
	reg  *register
	id   *age.X25519Identity
	of   *office.Office
}

func setup(t *testing.T) *testBundle {
	t.Helper()
	id, err := age.GenerateX25519Identity()
	if err != nil {
		t.Fatal(err)
	}
	of := office.Demo()
	reg := &register{by: map[store.ID8]string{}}
	return &testBundle{id: id, reg: reg, of: of, desk: &tips.Desk{
		Keys: map[string][]age.Recipient{of.ID: {id.Recipient()}}, Records: reg,
		Fetch: shelf{"https://zalo.example/1.jpg": []byte("picture one")}, Seal: plainSeal{},
		Code: tips.Codes([]byte("key")), Now: func() time.Time { return time.UnixMilli(1795525200000) },
	}}
}

func request(of *office.Office, sent ...value.Media) task.Request {
	story := append([]value.Media{{Kind: "text", Text: "bán ma túy cuối hẻm"}}, sent...)
	return task.Request{ID: store.ID8{1, 2, 3}, Office: of, Name: tips.TaskName, Args: []value.Value{
		{Kind: value.Story, Media: story}, {Kind: value.Text, S: "đêm nào cũng có"},
		{Kind: value.Place, S: "hẻm 12", Media: []value.Media{{Kind: "location", Lat: "10.79", Long: "106.78"}}}, {}, {},
	}}
}

// open reads a packet as an officer would.
func (b *testBundle) open(t *testing.T, packet []byte) map[string]string {
	t.Helper()
	r, err := age.Decrypt(bytes.NewReader(packet), b.id)
	if err != nil {
		t.Fatalf("the officer's key does not open the packet: %v", err)
	}
	plain, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	z, err := zip.NewReader(bytes.NewReader(plain), int64(len(plain)))
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]string{}
	for _, f := range z.File {
		rc, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		body, _ := io.ReadAll(rc)
		out[f.Name] = string(body)
	}
	return out
}

func TestTipIsSealedToTheOffice(t *testing.T) {
	t.Parallel()
	b := setup(t)
	answer, err := b.desk.Handle(context.Background(), request(b.of, value.Media{Kind: "image", URL: "https://zalo.example/1.jpg"}))
	if err != nil || answer.Failed {
		t.Fatalf("Handle = %+v, %v", answer, err)
	}
	if len(b.reg.bodies) != 1 {
		t.Fatalf("%d records, want 1", len(b.reg.bodies))
	}
	packet := b.reg.bodies[0]
	if bytes.Contains(packet, []byte("ma túy")) || bytes.Contains(packet, []byte("picture one")) {
		t.Fatal("the packet holds words of the tip in the clear")
	}
	files := b.open(t, packet)
	for _, want := range []string{answer.Results[0], "bán ma túy cuối hẻm", "đêm nào cũng có", "hẻm 12 (vị trí 10.79,106.78)", "Người báo: (không có)", "(2 phần, theo thứ tự kể)", "2. (ảnh) xem tệp phan-2.jpg"} {
		if !strings.Contains(files["tin.txt"], want) {
			t.Errorf("tin.txt lacks %q:\n%s", want, files["tin.txt"])
		}
	}
	if files["phan-2.jpg"] != "picture one" {
		t.Errorf("picture = %q", files["phan-2.jpg"])
	}
	if answer.Results[1] != "0" {
		t.Errorf("%s pieces are missing", answer.Results[1])
	}
}

func TestTimeIsGivenToTheHour(t *testing.T) {
	t.Parallel()
	b := setup(t)
	if _, err := b.desk.Handle(context.Background(), request(b.of)); err != nil {
		t.Fatal(err)
	}
	text := b.open(t, b.reg.bodies[0])["tin.txt"]
	want := time.UnixMilli(1795525200000).In(time.FixedZone("", 7*3600)).Format("02/01/2006, khoảng 15 giờ")
	if !strings.Contains(text, "Thời điểm nhận: "+want+"\n") {
		t.Errorf("want the time as %q in\n%s", want, text)
	}
}

func TestPictureThatCannotBeHadDoesNotStopTheTip(t *testing.T) {
	t.Parallel()
	b := setup(t)
	answer, err := b.desk.Handle(context.Background(), request(b.of, value.Media{Kind: "image", URL: "https://zalo.example/gone.jpg"}))
	if err != nil || answer.Failed {
		t.Fatalf("Handle = %+v, %v", answer, err)
	}
	if text := b.open(t, b.reg.bodies[0])["tin.txt"]; !strings.Contains(text, "2. (ảnh) không tải được, địa chỉ: https://zalo.example/gone.jpg") || answer.Results[1] != "1" {
		t.Errorf("%v is the answer, no note about the picture in\n%s", answer, text)
	}
}

// stuck never answers until it is given up.
type stuck struct{ asked chan string }

func (s stuck) Fetch(ctx context.Context, url string) ([]byte, error) {
	s.asked <- url
	<-ctx.Done()
	return nil, ctx.Err()
}

func TestPicturesAreFetchedTogetherAndGivenUpTogether(t *testing.T) {
	t.Parallel()
	b := setup(t)
	s := stuck{asked: make(chan string, 3)}
	b.desk.Fetch = s
	ctx, cancel := context.WithCancel(context.Background())
	go func() { // all three are asked before any has answered
		for range 3 {
			<-s.asked
		}
		cancel()
	}()
	answer, err := b.desk.Handle(ctx, request(b.of, value.Media{URL: "a"}, value.Media{URL: "b"}, value.Media{URL: "c"}))
	if err != nil || answer.Failed {
		t.Fatalf("Handle = %+v, %v: a tip does not hang on its pictures", answer, err)
	}
	if text := b.open(t, b.reg.bodies[0])["tin.txt"]; strings.Count(text, "không tải được") != 3 {
		t.Errorf("want three notes in\n%s", text)
	}
}

func TestOfficeWithoutKeyTakesNoTips(t *testing.T) {
	t.Parallel()
	b := setup(t)
	b.desk.Keys = nil
	answer, err := b.desk.Handle(context.Background(), request(b.of))
	if err != nil || !answer.Failed || answer.Code != tips.ErrorNoKey {
		t.Fatalf("Handle = %+v, %v; want the error %s", answer, err, tips.ErrorNoKey)
	}
	if len(b.reg.bodies) != 0 {
		t.Error("a tip was kept for an office that cannot open it")
	}
}

func TestRepeatedCallKeepsOneTipAndItsCode(t *testing.T) {
	t.Parallel()
	b := setup(t)
	first, err1 := b.desk.Handle(context.Background(), request(b.of))
	second, err2 := b.desk.Handle(context.Background(), request(b.of))
	if err1 != nil || err2 != nil || first.Results[0] != second.Results[0] {
		t.Fatalf("codes %v, %v (%v, %v)", first.Results, second.Results, err1, err2)
	}
	if len(b.reg.bodies) != 1 {
		t.Errorf("%d records, want 1", len(b.reg.bodies))
	}
}

func TestFailureOfTheRegisterIsNotASuccess(t *testing.T) {
	t.Parallel()
	b := setup(t)
	b.reg.fail = store.ErrUnavailable
	if _, err := b.desk.Handle(context.Background(), request(b.of)); !errors.Is(err, store.ErrUnavailable) {
		t.Fatalf("err = %v, want the store's", err)
	}
}

func TestWrongNumberOfAnswers(t *testing.T) {
	t.Parallel()
	b := setup(t)
	req := request(b.of)
	req.Args = req.Args[:2]
	if _, err := b.desk.Handle(context.Background(), req); err == nil {
		t.Fatal("a task with other parameters was taken for a tip")
	}
}

func TestCodes(t *testing.T) {
	t.Parallel()
	codes, other := tips.Codes([]byte("key")), tips.Codes([]byte("another"))
	seen := map[string]bool{}
	for i := range byte(200) {
		code := codes(store.ID8{i})
		if seen[code] || len(code) != len("TB-XXXX-XXXX-XXXX-XXXX") || strings.ContainsAny(code[3:], "ILOU") {
			t.Fatalf("code %q is repeated or malformed", code)
		}
		if other(store.ID8{i}) == code {
			t.Fatal("codes do not depend on the key")
		}
		seen[code] = true
	}
}
