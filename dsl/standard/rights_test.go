package standard_test

import (
	"testing"

	"hoithoai/dsl/fold"
	"hoithoai/dsl/standard"
)

func TestRightOf(t *testing.T) {
	t.Parallel()
	for words, want := range map[string]standard.Right{
		"xem dữ liệu của tôi":          standard.View,
		"Xem du lieu cua em":           standard.View,
		"cho em xem dữ liệu của em":    standard.View,
		"tôi muốn xem dữ liệu của tôi": standard.View,
		"xem dữ liệu cá nhân":          standard.View,
		"XÓA DỮ LIỆU CỦA TÔI":          standard.Erase,
		"xoá dữ liệu":                  standard.Erase,
		"tôi muốn xóa hết dữ liệu":     standard.Erase,
		"em muốn xóa dữ liệu của em.":  standard.Erase,
		"rút lại đồng ý":               standard.Withdraw,
		"tôi rút lại đồng ý":           standard.Withdraw,
		"chị muốn rút lại sự đồng ý":   standard.Withdraw,
		"không đồng ý nữa":             standard.Withdraw,

		"":                          standard.NoRight,
		"dữ liệu của tôi":           standard.NoRight,
		"xem dữ liệu của hàng xóm":  standard.NoRight,
		"xóa dữ liệu điện thoại":    standard.NoRight,
		"tôi":                       standard.NoRight,
		"đồng ý":                    standard.NoRight,
		"không đồng ý":              standard.NoRight,
		"ai đó xóa dữ liệu của tôi": standard.NoRight,
		"tôi bị kẻ gian xóa dữ liệu của tôi":   standard.NoRight,
		"xóa dữ liệu của tôi rồi báo công an":  standard.NoRight,
		"nó bắt tôi rút lại đồng ý":            standard.NoRight,
		"cho hỏi xem dữ liệu của tôi thế nào?": standard.NoRight,
	} {
		if got := standard.RightOf(fold.Key(words)); got != want {
			t.Errorf("%q claims %d, want %d", words, got, want)
		}
	}
}

func TestWithdrawWordsClaimTheRight(t *testing.T) {
	t.Parallel()
	if got := standard.RightOf(fold.Key(standard.WithdrawWords)); got != standard.Withdraw {
		t.Errorf("the words that steps must name claim %d", got)
	}
}
