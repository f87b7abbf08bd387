package dossier_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"hoithoai/dsl/dossier"
)

const giayTo = `luồng giay_to "Giấy tờ"
  căn cứ "Nội quy"   hiệu lực 01/01/2026   rà soát 01/03/2027
  từ khóa "giấy tờ"

dữ kiện
  so_ban   số 2          từ 01/01/2026   căn cứ "A"
  moi      số chưa rõ    từ 01/01/2026   căn cứ "B"

dữ liệu
  cho_o    chọn       "Chỗ ở"
    thue   "Nhà thuê"
    nho    "Ở nhờ"
  tre_em   có/không   "Dưới 18 tuổi"

điều kiện
  o_thue       cho_o == "thue"
  tre_o_thue   o_thue and tre_em
  lon_o_nho    cho_o == "nho" and not tre_em
  kho          cho_o in ["thue", "nho"] and tre_em

bước cho_o
  | Ở đâu?
  hỏi cho_o
  -> tre_em

bước tre_em
  | Dưới 18 tuổi?
  hỏi tre_em
  -> noi

bước noi
  | Chuẩn bị:
  danh sách
    * {so_ban} bản, lấy tại {don_vi.ten}, hỏi {don_vi.dien_thoai}
    * Phí {moi}
    khi o_thue * Giấy cho thuê
    khi tre_o_thue * Cha mẹ ký
    khi lon_o_nho * Chủ nhà ký
    khi tre_em * Khai sinh
    khi kho * Giấy khác
  bảng
    * Hạn: 3
  kết thúc đạt
`

func TestChecklist(t *testing.T) {
	t.Parallel()
	got, ok := dossier.ChecklistOf(bound(t, map[string]string{"giay_to.flow": giayTo}), "giay_to", day(t, 24, 11, 2026))
	want := dossier.Checklist{Flow: "giay_to", Title: "Giấy tờ", Sections: []dossier.Section{{Title: "Chuẩn bị", Groups: []dossier.Group{
		{Rows: []string{"2 bản, lấy tại công an phường, xã, hỏi ……", "Phí cán bộ sẽ xác nhận"}},
		{When: "Nhà thuê", Rows: []string{"Giấy cho thuê"}},
		{When: "Nhà thuê, Dưới 18 tuổi", Rows: []string{"Cha mẹ ký"}},
		{When: "Ở nhờ, Dưới 18 tuổi: không", Rows: []string{"Chủ nhà ký"}},
		{When: "Dưới 18 tuổi", Rows: []string{"Khai sinh"}},
		{When: "Tùy trường hợp, Dưới 18 tuổi", Rows: []string{"Giấy khác"}},
	}}}}
	if d := cmp.Diff(want, got); !ok || d != "" {
		t.Errorf("(-want +got):\n%s", d)
	}
}

func TestChecklistOfNothing(t *testing.T) {
	t.Parallel()
	b := bound(t, map[string]string{"phi.flow": phi})
	for _, name := range []string{"phi", "khong_co"} {
		if got, ok := dossier.ChecklistOf(b, name, 0); ok {
			t.Errorf("%s has a checklist: %+v", name, got)
		}
	}
}
