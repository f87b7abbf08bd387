package program_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"hoithoai/dsl/program"
)

func TestDemands(t *testing.T) {
	t.Parallel()
	p := compiled(t, `luồng a "A"
  từ khóa "a"

điều kiện
  co_mail   co(don_vi.email)

mọi bước
  trợ giúp
    | Xem {don_vi.trang_web}.

bước mot
  | Chào từ {don_vi.ten}.
  khi co_mail | Thư: {don_vi.email}.
  bảng
    * Giờ: {don_vi.gio_lam_viec}
  [Bản đồ]   mở "https://{don_vi.ban_do}"
  [Gặp]      -> gap
  im lặng 30 phút
    | Gọi {don_vi.truc_ban} nhé?
bước gap
  | Chờ chút.
  chuyển người quay_mot
`)
	want := program.Demands{
		Fields: []string{"ban_do", "gio_lam_viec", "ten", "trang_web", "truc_ban"}, // email is asked with co(…)
		Desks:  []string{"quay_mot"},
	}
	if diff := cmp.Diff(want, p.Demands()); diff != "" {
		t.Errorf("Demands (-want +got):\n%s", diff)
	}
}
