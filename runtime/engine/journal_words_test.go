package engine

import (
	"strings"
	"testing"
	"time"
)

// What a person is told of the journal is what is kept: days, and whether words stand in it.
func TestSayJournal(t *testing.T) {
	t.Parallel()
	short := sayJournal(&Config{Journal: 10 * 24 * time.Hour})
	full := sayJournal(&Config{Journal: 30 * 24 * time.Hour, FullJournal: true})
	if !strings.Contains(short, "không ghi lời anh/chị; giữ 10 ngày") || !strings.Contains(full, "Nhật ký trao đổi được giữ 30 ngày") {
		t.Errorf("%q\n%q", short, full)
	}
}
