package misses_test

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"hoithoai/runtime/misses"
	"hoithoai/runtime/store"
	"hoithoai/runtime/store/model"
	"hoithoai/runtime/store/storetest"
	"hoithoai/runtime/testbed"
)

func TestMasked(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"tôi hỏi chuyện này":                      "tôi hỏi chuyện này",
		"  hai\ndòng ":                            "hai dòng",
		"số tôi 0912 345 678 gọi giúp":            "số tôi ••• gọi giúp",
		"căn cước 079123456789":                   "căn cước •••",
		"thư lan@mail.vn, trang https://a.vn/x?y": "thư ••• trang •••",
		"biển 59-X1 123.45":                       "biển 59-X•••",
		"25 tuổi, hẻm 45":                         "25 tuổi, hẻm 45",
		"":                                        "",
	} {
		if got := misses.Masked(text); got != want {
			t.Errorf("Masked(%q) = %q, want %q", text, got, want)
		}
	}
	if got := []rune(misses.Masked(strings.Repeat("dài ", 500))); len(got) > 300 {
		t.Errorf("%d runes are kept", len(got))
	}
}

func TestBook(t *testing.T) {
	t.Parallel()
	clock := storetest.NewClock()
	records := model.New(store.Config{}, clock.Now)
	b := &misses.Book{Records: records, Seal: testbed.Sealer(t, 1), Now: clock.Now}
	keep := func(by byte, text string) {
		t.Helper()
		if err := b.Keep(t.Context(), testbed.OfficeID, store.ID8{by}, text, "tam_tru"); err != nil {
			t.Fatal(err)
		}
	}
	list := func() []misses.Miss {
		t.Helper()
		all, err := b.List(t.Context(), testbed.OfficeID)
		if err != nil {
			t.Fatal(err)
		}
		return all
	}
	keep(1, "canary chuyện lạ 0912345678")
	keep(1, "canary chuyện lạ 0912345678") // the step was computed twice
	keep(2, "")
	all := list()
	if len(all) != 1 || all[0].Text != "canary chuyện lạ •••" || all[0].Near != "tam_tru" || all[0].Day%86400000 != 0 {
		t.Fatalf("misses %+v", all)
	}
	raw, err := records.List(t.Context(), "chua_hieu:"+testbed.OfficeID, "", 10)
	if err != nil || len(raw) != 1 || bytes.Contains(raw[0].Body, []byte("canary")) {
		t.Errorf("the entry lies open: %v %v", raw, err)
	}
	clock.Advance(misses.Life + 49*time.Hour)
	if old := list(); len(old) != 0 {
		t.Errorf("too old, still listed: %+v", old)
	}
	keep(3, "mới")
	if raw, _ := records.List(t.Context(), "chua_hieu:"+testbed.OfficeID, "", 10); len(raw) != 1 {
		t.Errorf("the old entry stays in the store: %d entries", len(raw))
	}
	if gone, err := b.Drop(t.Context(), testbed.OfficeID, list()[0].ID); !gone || err != nil {
		t.Errorf("Drop = %v, %v", gone, err)
	}
	if gone, _ := b.Drop(t.Context(), testbed.OfficeID, "x"); gone {
		t.Error("dropped what was not there")
	}
}

func TestABookWithoutRecordsKeepsNothing(t *testing.T) {
	t.Parallel()
	var none *misses.Book
	if err := none.Keep(t.Context(), "1", store.ID8{1}, "x", ""); err != nil {
		t.Error(err)
	}
}

func TestGroups(t *testing.T) {
	t.Parallel()
	got := misses.Groups([]misses.Miss{{Text: "làm giấy nuôi chó"}, {Text: "xin thẻ đi câu"}, {Text: "lam giay nuoi cho"}, {Text: "giấy nuôi chó"}})
	if len(got) != 2 || len(got[0].Misses) != 3 || got[1].Misses[0].Text != "xin thẻ đi câu" {
		t.Errorf("groups %+v", got)
	}
	if misses.Groups(nil) != nil {
		t.Error("groups of nothing")
	}
}
