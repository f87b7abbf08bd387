package engine_test

// The bundle most tests talk to: small flows that have every ending, every way in and every kind of data.

const commonFile = `chung chung

mọi bước
  nghe "hủy", "thôi không làm nữa"   -> bắt đầu lại
  nghe "gặp cán bộ"                  -> luồng can_bo
  trợ giúp
    | Anh/chị trả lời câu đang hỏi.
  im lặng 30 phút
    | Anh/chị còn đó không?
    [Tiếp tục]   -> nhắc lại
  im lặng 2 giờ
    | Tôi vẫn giữ phần đã trả lời.
    [Làm tiếp]   -> nhắc lại
    [Thôi]       -> bắt đầu lại
`

const greetFile = `luồng chao "Chào hỏi"
  từ khóa "chào", "menu"
  khi quan tâm
  khi không hiểu chua_hieu
  bắt đầu chao

bước chao
  | Chào {zalo.ten}. Đây là {don_vi.ten}.
  -> chon

bước chua_hieu
  | Tôi chưa hiểu.
  -> chon

bước chon
  | Anh/chị cần việc gì?
  [Đăng ký]       -> luồng dang_ky
  [Nguy hiểm]     -> luồng khan_cap
  [Gặp cán bộ]    -> luồng can_bo
  sai 3 lần -> luồng can_bo
`

const officerFile = `luồng can_bo "Gặp cán bộ"
  từ khóa "gặp người"

bước noi
  | Cán bộ trả lời ngay tại đây.
  [Gọi trực ban]   gọi số "{don_vi.truc_ban}"
  chuyển người truc_ban
`

const emergencyFile = `luồng khan_cap "Đang nguy hiểm"
  khẩn cấp
  từ khóa "cứu tôi", "dao + chém"

bước goi
  | GỌI NGAY 113.
  [Gọi 113]   gọi số "113"
  kết thúc đạt
`

const unkeptFile = `luồng phan_anh "Phản ánh cán bộ"
  không giữ
  từ khóa "tố cáo công an"

bước noi_khac
  | Tôi không lưu điều vừa nhắn. Anh/chị gửi nơi khác.
  kết thúc đạt
`

const registerFile = `luồng dang_ky "Đăng ký tạm trú"
  từ khóa "tạm trú", "kt3"
  giữ 24 giờ
  bắt đầu viec

dân hỏi
  * đăng ký tạm trú cần gì

dữ liệu
  viec        chọn            "Việc"
    moi       "Đăng ký mới", "làm mới"
    gia_han   "Gia hạn"
    khi gap_that xoa       "Xóa"
  cho_o       chọn            "Chỗ ở"
    thue      "Nhà thuê, nhà trọ", "phòng trọ"
    nho       "Ở nhờ"
  tre_em      có/không        "Dưới 18 tuổi"
  gap         có/không tùy    "Gấp"
  ngay_hen    ngày            "Ngày đến"
  ma_hen      chữ 1..12 máy   "Mã hẹn"

điều kiện
  gap_that   co(gap) and gap

tác vụ dat_lich(viec chữ, ngay ngày) trả (ma chữ) lỗi het_cho trong 10 giây

bước viec
  | Tôi hướng dẫn tạm trú.
  nói
  | Anh/chị cần làm việc gì?
  hỏi viec
  sai 3 lần -> luồng can_bo
  -> xet

bước xet
  nếu viec == "gia_han"   -> gia_han
  còn lại                 -> cho_o

bước gia_han
  | Gia hạn trước khi hết hạn.
  [Xem giấy tờ]   -> cho_o
  [Xong]          -> da_ro

bước cho_o
  | Anh/chị ở đâu?
  hỏi cho_o
  sai
    | Anh/chị chọn giúp chỗ ở.
  -> tre_em
  trợ giúp
    | Chỗ ở là nơi anh/chị ngủ.

bước tre_em
  | Người đăng ký có dưới 18 tuổi không?
  hỏi tre_em
  -> hoi_ngay

bước hoi_ngay
  | Anh/chị muốn đến ngày nào?
  hỏi ngay_hen
  phải ngay_hen > hom_nay()
    | Anh/chị chọn từ ngày mai.
  -> xem_lai

bước xem_lai
  | Anh/chị xem lại:
  bảng
    * Việc: {viec}
    * Ngày đến: {ngay_hen}
  [Đúng]           -> dat_lich
  [Sửa ngày]       -> hoi_ngay rồi xem_lai
  [Sửa chỗ ở]      -> cho_o rồi xem_lai
  [Thôi]           -> thoi
  [Trang mạng]     mở "https://dichvucong.gov.vn"

bước dat_lich
  làm dat_lich("tam_tru", ngay_hen) nhận ma_hen
  được          -> da_hen
  lỗi het_cho   -> het_cho
  lỗi           -> ban

bước da_hen
  | Đã hẹn {ngay_hen}, mã {ma_hen}.
  kết thúc đạt

bước het_cho
  | Ngày đó kín lịch.
  [Chọn ngày khác]   -> hoi_ngay
  [Thôi]             -> thoi

bước ban
  | Hệ thống đang bận.
  [Thử lại]   -> dat_lich
  [Thôi]      -> thoi

bước da_ro
  | Chúc anh/chị một ngày tốt lành.
  kết thúc đạt

bước thoi
  | Tôi đã dừng.
  kết thúc bỏ
`

const tipFile = `luồng bao_tin "Báo tin"
  từ khóa "báo tin"
  giữ 2 giờ

dữ liệu
  chuyen   chữ 5..200       bảo mật       "Chuyện"
  o_dau    vị trí           bảo mật       "Ở đâu"
  hinh     ảnh 1..3         bảo mật tùy   "Ảnh"
  so_goi   điện thoại       bảo mật tùy   "Số gọi"
  nguoi    số 1..90                       "Số người"
  ma_tin   chữ 1..20        máy           "Mã tin"

tác vụ nhan_tin(chuyen chữ bảo mật, hinh ảnh bảo mật tùy, so_goi điện thoại bảo mật tùy) trả (ma chữ) lỗi chua_co trong 30 giây không hoàn tác

bước chuyen
  | Chuyện gì đã xảy ra?
  hỏi chuyen
  -> o_dau

bước o_dau
  | Xảy ra ở đâu?
  hỏi o_dau
  -> hinh

bước hinh
  | Anh/chị có ảnh thì gửi vào đây.
  hỏi hinh
  -> nguoi

bước nguoi
  | Có mấy người?
  hỏi nguoi
  [Không rõ] = 1
  -> so_goi

bước so_goi
  | Số nào gọi được?
  hỏi so_goi
  -> xem_lai

bước xem_lai
  | Gửi tin nhé?
  [Gửi]       -> gui
  [Kể lại]    -> chuyen
  [Thôi]      -> thoi

bước gui
  | Tôi đang niêm phong tin.
  làm nhan_tin(chuyen, hinh, so_goi) nhận ma_tin
  được           -> da_nhan
  lỗi            -> hong

bước da_nhan
  | Đã tiếp nhận, mã {ma_tin}.
  [Báo tin khác]   -> chuyen
  [Xong]           -> thoi

bước hong
  | Chưa gửi được.
  [Thử lại]   -> gui
  [Thôi]      -> thoi

bước thoi
  | Tôi không giữ gì.
  kết thúc bỏ
`

const callerFile = `luồng ho_so "Nộp hồ sơ"
  từ khóa "hồ sơ"

dữ liệu
  ten      chữ 2..40      "Tên"
  tuoi     số 1..120      "Tuổi"
  dia_chi  chữ 1..80      "Địa chỉ"

điều kiện
  co_ten   co(ten)

mọi bước
  nghe "tóm tắt"   -> tom_tat
  im lặng 10 phút -> nguoi_im

bước ten
  | Tên anh/chị là gì?
  hỏi ten
  -> nha

bước nha
  gọi hoi_nha(ten) nhận dia_chi
  xong    -> tuoi
  bỏ dở   -> khong_nha

bước tuoi
  | {ten} ở {dia_chi} bao nhiêu tuổi?
  hỏi tuoi
  -> tom_tat

bước khong_nha
  | Không có địa chỉ.
  [Nhập lại]   -> nha rồi tom_tat
  [Thôi]       -> dung

bước tom_tat
  | Tôi tóm tắt.
  khi co_ten [Sửa nhà]   -> nha rồi tom_tat
  [Lùi]       -> quay lại
  [Xong]      -> het

bước nguoi_im
  | Tôi dừng vì chờ lâu.
  kết thúc bỏ

bước dung
  kết thúc bỏ

bước het
  | Đã ghi.
  kết thúc đạt
`

const calleeFile = `luồng con hoi_nha "Hỏi nhà"

dữ liệu
  cua    chữ 2..40  vào   "Của ai"
  so     chữ 1..20        "Số nhà"
  duong  chữ 1..40        "Đường"
  nha    chữ 1..80  ra    "Nhà"

bước so
  | Số nhà của {cua}?
  hỏi so
  -> duong

bước duong
  | Đường gì?
  hỏi duong
  [Không có]   -> thoi
  -> gop

bước gop
  tính nha = so + " " + duong
  kết thúc đạt

bước thoi
  kết thúc bỏ
`
