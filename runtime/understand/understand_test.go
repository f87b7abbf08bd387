package understand_test

import (
	"slices"
	"testing"

	"hoithoai/dsl/program"
	"hoithoai/runtime/understand"
)

const (
	tamTru = iota
	tamVang
	baoTin
	chao
	khanCap
	phanAnh
	con
)

func bundle() *program.Program {
	flows := []*program.Flow{
		{Name: "tam_tru", Title: "Đăng ký tạm trú", Keywords: []string{"tạm trú", "kt3", "gia hạn tạm trú"},
			Examples: []string{"đăng ký tạm trú cần giấy tờ gì", "mới dọn tới ở trọ thì khai báo tạm trú ở đâu"}},
		{Name: "tam_vang", Title: "Khai báo tạm vắng", Keywords: []string{"tạm vắng", "khai báo tạm vắng"},
			Examples: []string{"đi làm xa một năm có phải khai tạm vắng không"}},
		{Name: "bao_tin", Title: "Báo tin an ninh trật tự", Keywords: []string{"báo tin", "tố giác"},
			Examples: []string{"có người bán ma túy trong hẻm nhà tôi", "nhà tôi bị mất trộm xe máy hôm qua"}},
		{Name: "chao_hoi", Title: "Chào hỏi", Keywords: []string{"chào", "xin chào", "alo"}},
		{Name: "khan_cap", Emergency: true, Keywords: []string{"cứu tôi", "cháy nhà", "rượt + dao"}, Except: []string{"trộm vía", "cứu + hồ sơ bị"},
			Examples: []string{"trộm đang vào nhà tôi"}},
		{Name: "phan_anh", Unkept: true, Keywords: []string{"công an + hối lộ", "tố cáo cán bộ"}, Except: []string{"giả danh + công an"}},
		{Name: "con", Sub: true, Keywords: []string{"không ai gọi được"}},
	}
	for i, f := range flows {
		f.Index = i
	}
	return &program.Program{Flows: flows, Fallback: program.None, OnFollow: program.None}
}

func TestMatch(t *testing.T) {
	t.Parallel()
	u := understand.New(bundle())
	tests := []struct {
		text string
		flow int
		sure bool
	}{
		{"tạm trú", tamTru, true},
		{"TAM TRU", tamTru, true},
		{"mới dọn tới ở trọ, khai tạm trú sao", tamTru, true},
		{"em chào anh chị, cho em hỏi đăng ký tạm trú với ạ", tamTru, true},
		{"khai bao tam vang o dau", tamVang, true},
		{"hẻm nhà tôi có người bán ma túy", baoTin, true},
		{"xin chào", chao, true},
		{"hôm nay trời đẹp quá", program.None, false},
		{"", program.None, false},
		{"🙂🙂🙂", program.None, false},
		{"không ai gọi được", program.None, false},
	}
	for _, tt := range tests {
		t.Run(tt.text, func(t *testing.T) {
			t.Parallel()
			m := u.Match(tt.text)
			if m.Flow != tt.flow || m.Sure != tt.sure {
				t.Errorf("Match(%q) = %+v, want flow %d, sure %v", tt.text, m, tt.flow, tt.sure)
			}
		})
	}
}

func TestTwoFlowsAreOfferedNotChosen(t *testing.T) {
	t.Parallel()
	m := understand.New(bundle()).Match("tạm trú hay tạm vắng")
	if m.Sure || m.Flow == program.None || len(m.Others) == 0 {
		t.Errorf("Match = %+v, want two flows to choose from and neither sure", m)
	}
}

func TestDetectors(t *testing.T) {
	t.Parallel()
	u := understand.New(bundle())
	tests := []struct {
		text              string
		emergency, unkept int
	}{
		{"cứu tôi với", khanCap, program.None},
		{"chay nha roi", khanCap, program.None},
		{"nó cầm dao rượt tôi", khanCap, program.None},
		{"trộm vía bé ngoan, cháy nhà", khanCap, program.None},
		{"trộm vía bé ngoan", program.None, program.None},
		{"cứu tôi với hồ sơ bị trả", program.None, program.None},
		{"cứu tôi, hồ sơ bị đốt, cháy nhà", khanCap, program.None},
		{"tôi bị rượt", program.None, program.None},
		{"xem dao kìa", program.None, program.None},
		{"công an phường nhận hối lộ", program.None, phanAnh},
		{"co nguoi to cao can bo", program.None, phanAnh},
		{"kẻ giả danh công an đòi hối lộ", program.None, program.None},
		{"trộm đang vào nhà tôi", khanCap, program.None},
		{"", program.None, program.None},
		{"chạy nhà hàng xóm", program.None, program.None},
		{"chay nhà", khanCap, program.None},
		{"cháy nha", khanCap, program.None},
		{"CHÁY NHÀ!!!", khanCap, program.None},
		{"chá\u0301y nhà", khanCap, program.None},
		{"cưu tôi", khanCap, program.None},
		{"cuu tôi", khanCap, program.None},
		{"cán bộ tô cạo", program.None, program.None},
		{"15.000 đồng; cháy nhà (số 5/2)", khanCap, program.None},
	}
	for _, tt := range tests {
		t.Run(tt.text, func(t *testing.T) {
			t.Parallel()
			if e, k := u.Emergency(tt.text), u.Unkept(tt.text); e != tt.emergency || k != tt.unkept {
				t.Errorf("Emergency, Unkept = %d, %d, want %d, %d", e, k, tt.emergency, tt.unkept)
			}
		})
	}
}

func FuzzMatch(f *testing.F) {
	for _, s := range []string{"tạm trú", "{{", "\x00", "a + b", "ht1.1.1", "cháy nhà", "công an đòi hối lộ", "cứu tôi, tố cáo cán bộ"} {
		f.Add(s)
	}
	u := understand.New(bundle())
	f.Fuzz(func(t *testing.T, text string) {
		m := u.Match(text)
		if again := u.Match(text); m.Flow != again.Flow || m.Sure != again.Sure {
			t.Fatalf("Match(%q) varies", text)
		}
		e, k := u.Emergency(text), u.Unkept(text)
		if m.Flow == con || m.Flow == khanCap && e != khanCap || m.Flow == phanAnh && k != phanAnh {
			t.Fatalf("Match(%q) leads into flow %d, which nobody enters by likeness", text, m.Flow)
		}
		if e != program.None && m.Flow != e || e == program.None && k != program.None && m.Flow != k {
			t.Fatalf("Match(%q) = %+v, where Emergency is %d and Unkept %d", text, m, e, k)
		}
	})
}

func BenchmarkMatch(b *testing.B) {
	u := understand.New(bundle())
	b.ReportAllocs()
	for b.Loop() {
		u.Match("em chào anh chị, em mới dọn tới ở trọ, cho em hỏi khai tạm trú ở đâu ạ")
	}
}

func TestFallbackIsNeverOffered(t *testing.T) {
	t.Parallel()
	p := bundle()
	p.Fallback = baoTin
	u := understand.New(p)
	if m := u.Match("hẻm nhà tôi có người bán ma túy"); m.Flow != baoTin || !m.Sure {
		t.Errorf("Match = %+v: a sure match is not lost", m)
	}
	if m := u.Match("nhà tôi hôm qua"); m.Flow == baoTin || slices.Contains(m.Others, baoTin) {
		t.Errorf("Match = %+v offers the fallback", m)
	}
}
