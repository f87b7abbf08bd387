package program_test

import (
	"strings"
	"testing"

	"hoithoai/dsl"
	"hoithoai/dsl/program"
)

const shapeFlow = `luồng a "A"
  từ khóa "a"

dữ kiện
  phi  tiền 5.000  từ 01/01/2026  căn cứ "TT 1"

dữ liệu
  viec   chọn   "Việc"
    moi    "Đăng ký mới", "làm mới"
    cu     "Gia hạn"
  tuoi   số 1..120   "Tuổi"

tác vụ giao(viec chữ) trả (ma chữ) lỗi day trong 10 giây

bước viec
  | Chọn việc, phí {phi}.
  hỏi viec
  sai 3 lần -> het
  -> tuoi
bước tuoi
  | Bao nhiêu tuổi?
  hỏi tuoi
  phải tuoi > 17
    | Phải từ 18 tuổi.
  -> xet
bước xet
  nếu viec == "moi" -> moi
  còn lại           -> het
bước moi
  | Xong chưa?
  [Xong] -> giao
  im lặng 30 phút
    | Còn đó không?
    [Tiếp] -> nhắc lại
bước giao
  làm giao(viec)
  được       -> het
  lỗi day    -> het
  lỗi        -> het
bước het
  | Chào.
  kết thúc đạt
`

func compiled(t *testing.T, text string) *program.Program {
	t.Helper()
	fsys, err := dsl.Unpack(dsl.Pack(map[string][]byte{"a.flow": []byte(text)}))
	if err != nil {
		t.Fatal(err)
	}
	loaded, err := dsl.Load(fsys, dsl.Options{Accepted: true})
	if err != nil || loaded.Program == nil {
		t.Fatalf("the bundle does not load: %v %v", err, loaded.Diagnostics)
	}
	return loaded.Program
}

func TestShapeIgnoresWordsAndFacts(t *testing.T) {
	t.Parallel()
	base := compiled(t, shapeFlow)
	tests := map[string][2]string{
		"sentence":        {"Chọn việc, phí {phi}.", "Anh/chị chọn việc giúp."},
		"label":           {"Đăng ký mới", "Làm mới hoàn toàn"},
		"synonym":         {`, "làm mới"`, ""},
		"fact":            {"5.000", "7.000"},
		"keyword":         {`từ khóa "a"`, `từ khóa "a", "aa"`},
		"button label":    {"[Xong]", "[Đã xong]"},
		"must's sentence": {"Phải từ 18 tuổi.", "Chưa đủ tuổi."},
		"reminder":        {"Còn đó không?", "Anh/chị còn đó không?"},
		"flow title":      {`"A"`, `"Luồng A"`},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			other := compiled(t, strings.Replace(shapeFlow, tt[0], tt[1], 1))
			if other.Hash == base.Hash {
				t.Fatal("the change did not change the bundle: the test proves nothing")
			}
			if other.Shape() != base.Shape() {
				t.Error("a change of words must not change the shape")
			}
		})
	}
}

func TestShapeChangesWithWhatASessionDependsOn(t *testing.T) {
	t.Parallel()
	base := compiled(t, shapeFlow)
	tests := map[string][2]string{
		"option's value":    {"    cu ", "    cu_hon "},
		"new option":        {`    cu     "Gia hạn"`, "    cu     \"Gia hạn\"\n    xoa    \"Xóa\""},
		"bounds":            {"1..120", "1..99"},
		"secret":            {`số 1..120   "Tuổi"`, `số 1..120 bảo mật "Tuổi" để "thử"`},
		"target":            {"hỏi viec\n  sai 3 lần -> het\n  -> tuoi", "hỏi viec\n  sai 3 lần -> het\n  -> xet"},
		"limit":             {"sai 3 lần", "sai 2 lần"},
		"must":              {"tuoi > 17", "tuoi > 18"},
		"guard":             {`viec == "moi"`, `viec == "cu"`},
		"silence":           {"30 phút", "40 phút"},
		"task's time":       {"trong 10 giây", "trong 20 giây"},
		"task's error":      {"lỗi day    -> het", "lỗi day    -> viec"},
		"outcome":           {"kết thúc đạt", "kết thúc bỏ"},
		"reminder's target": {"-> nhắc lại", "-> bắt đầu lại"},
		"step's name":       {"bước het", "bước ket"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			text := strings.Replace(shapeFlow, tt[0], tt[1], 1)
			if name == "step's name" {
				text = strings.ReplaceAll(text, "-> het", "-> ket")
			}
			if compiled(t, text).Shape() == base.Shape() {
				t.Error("the shape stays the same")
			}
		})
	}
}
