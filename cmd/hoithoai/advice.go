package main

import (
	"errors"
	"io/fs"
	"syscall"

	"hoithoai/dsl/diag"
	"hoithoai/runtime/store"
)

// advice is what to do about a failure whose own words come from the system, in its language; "" where nothing more can be said.
// The first cause that fits counts.
func advice(err error) diag.Sentence {
	for _, c := range []struct {
		cause error
		says  diag.Sentence
	}{
		{store.ErrUnavailable, diag.Sentence{
			VI: "Kho không trả lời. Với Redis: xem nó có đang chạy không, địa chỉ trong [store] url có đúng không, tường lửa có chặn không.",
			EN: "The store does not answer. With Redis: see whether it runs, whether the address in [store] url is right, and whether a firewall is in between."}},
		{syscall.EADDRINUSE, diag.Sentence{
			VI: "Cổng này đang có chương trình khác dùng: dừng chương trình ấy, hoặc đổi cổng (listen, metrics trong cấu hình; --listen của trang thử).",
			EN: "Another program has this port: stop it, or choose another (listen and metrics in the configuration; --listen of the sandbox)."}},
		{syscall.ENOSPC, diag.Sentence{
			VI: "Đĩa đã đầy: dọn chỗ trống rồi chạy lại; điều đã nhận vẫn còn nguyên.",
			EN: "The disk is full: make room and run this again; what was taken is still there."}},
		{syscall.EROFS, diag.Sentence{
			VI: "Ổ đĩa này chỉ đọc: chọn thư mục khác (data trong cấu hình), hoặc gắn lại ổ cho phép ghi.",
			EN: "This disk is read-only: choose another folder (data in the configuration), or mount it for writing."}},
		{fs.ErrPermission, diag.Sentence{
			VI: "Tài khoản đang chạy lệnh không có quyền ở đó: chạy bằng tài khoản của hoithoai serve, hoặc sửa quyền của tệp hay thư mục.",
			EN: "The account that runs this may not do that: run it as the account of hoithoai serve, or mend the mode of the file or folder."}},
		{fs.ErrNotExist, diag.Sentence{
			VI: "Không có tệp hay thư mục ấy: xem lại tên, và thư mục đang đứng khi chạy lệnh (tệp cấu hình: --config).",
			EN: "There is no such file or folder: look at its name, and at the folder this is run in (the configuration file: --config)."}},
	} {
		if errors.Is(err, c.cause) {
			return c.says
		}
	}
	return diag.Sentence{}
}
