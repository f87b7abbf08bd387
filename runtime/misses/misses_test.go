package misses_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"regexp"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"pgregory.net/rapid"

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

// TestMaskedTellsNobody: whatever is written, what is kept has no long number and no address, is short, and masking it again
// changes nothing.
func TestMaskedTellsNobody(t *testing.T) {
	t.Parallel()
	parts := rapid.SampledFrom([]string{"tôi ", "0912", " 345", ".678", "079 123 456 789", "a@b.vn ", "https://x.vn/y ", "12", "/05", "/1990 ", "hẻm ", "\n", "59-X1 123.45 ", "•••", " "})
	number := regexp.MustCompile(`\d{4}`)
	rapid.Check(t, func(t *rapid.T) {
		text := strings.Join(rapid.SliceOfN(parts, 0, 60).Draw(t, "parts"), "")
		got := misses.Masked(text)
		switch {
		case number.MatchString(got), strings.ContainsAny(got, "@\n"), strings.Contains(got, "https"):
			t.Fatalf("Masked(%q) = %q tells", text, got)
		case utf8.RuneCountInString(got) > 300:
			t.Fatalf("Masked keeps %d runes", utf8.RuneCountInString(got))
		case misses.Masked(got) != got:
			t.Fatalf("Masked(%q) = %q, and again %q", text, got, misses.Masked(got))
		}
	})
}

// TestListReadsEveryPage: an office may have more misses than are read at once, each in the order it came.
func TestListReadsEveryPage(t *testing.T) {
	t.Parallel()
	clock := storetest.NewClock()
	b := &misses.Book{Records: model.New(store.Config{}, clock.Now), Seal: testbed.Sealer(t, 1), Now: clock.Now}
	const n = 230
	for i := range n {
		if err := b.Keep(t.Context(), testbed.OfficeID, store.ID8{byte(i), byte(i >> 8), 1}, fmt.Sprintf("câu lạ thứ %d", i), ""); err != nil {
			t.Fatal(err)
		}
	}
	all, err := b.List(t.Context(), testbed.OfficeID)
	if err != nil || len(all) != n {
		t.Fatalf("%d misses, %v, want %d", len(all), err, n)
	}
	for i, m := range all {
		if m.Text != fmt.Sprintf("câu lạ thứ %d", i) {
			t.Fatalf("miss %d is %q", i, m.Text)
		}
	}
	if other, err := b.List(t.Context(), "khac"); err != nil || len(other) != 0 {
		t.Errorf("another office has %v, %v", other, err)
	}
}

// TestOldMissesGoOneByOne: every new one takes some of the old ones away, so that none needs a sweep.
func TestOldMissesGoOneByOne(t *testing.T) {
	t.Parallel()
	clock := storetest.NewClock()
	records := model.New(store.Config{}, clock.Now)
	b := &misses.Book{Records: records, Seal: testbed.Sealer(t, 1), Now: clock.Now}
	keep := func(i int) {
		t.Helper()
		if err := b.Keep(t.Context(), testbed.OfficeID, store.ID8{byte(i), 2}, fmt.Sprintf("chuyện %d", i), ""); err != nil {
			t.Fatal(err)
		}
	}
	left := func() int {
		t.Helper()
		raw, err := records.List(t.Context(), "chua_hieu:"+testbed.OfficeID, "", 100)
		if err != nil {
			t.Fatal(err)
		}
		return len(raw)
	}
	for i := range 20 {
		keep(i)
	}
	clock.Advance(misses.Life + 49*time.Hour)
	before := left()
	keep(100)
	if now := left(); now >= before || now < 2 {
		t.Errorf("%d entries, then %d", before, now)
	}
	for i := range 3 {
		keep(101 + i)
	}
	if now := left(); now != 4 {
		t.Errorf("%d entries are left, want the 4 new ones", now)
	}
}

// broken is records of which one operation fails.
type broken struct {
	store.Records
	append, list, erase error
}

func (b broken) Append(ctx context.Context, list string, by store.ID8, body []byte) (string, bool, error) {
	if b.append != nil {
		return "", false, b.append
	}
	return b.Records.Append(ctx, list, by, body)
}

func (b broken) List(ctx context.Context, list, after string, n int) ([]store.Record, error) {
	if b.list != nil {
		return nil, b.list
	}
	return b.Records.List(ctx, list, after, n)
}

func (b broken) Erase(ctx context.Context, list, id string) (bool, error) {
	if b.erase != nil {
		return false, b.erase
	}
	return b.Records.Erase(ctx, list, id)
}

// TestFaultsOfTheStoreAreTold, and nothing is said to be kept, read or dropped that is not.
func TestFaultsOfTheStoreAreTold(t *testing.T) {
	t.Parallel()
	clock := storetest.NewClock()
	down := errors.New("down")
	sound := model.New(store.Config{}, clock.Now)
	book := func(r store.Records) *misses.Book {
		return &misses.Book{Records: r, Seal: testbed.Sealer(t, 1), Now: clock.Now}
	}
	if err := book(sound).Keep(t.Context(), testbed.OfficeID, store.ID8{1}, "câu lạ", ""); err != nil {
		t.Fatal(err)
	}
	if err := book(broken{Records: sound, append: down}).Keep(t.Context(), testbed.OfficeID, store.ID8{2}, "câu khác", ""); !errors.Is(err, down) {
		t.Errorf("Keep = %v", err)
	}
	if all, err := book(broken{Records: sound, list: down}).List(t.Context(), testbed.OfficeID); !errors.Is(err, down) || all != nil {
		t.Errorf("List = %v, %v", all, err)
	}
	if gone, err := book(broken{Records: sound, erase: down}).Drop(t.Context(), testbed.OfficeID, "x"); !errors.Is(err, down) || gone {
		t.Errorf("Drop = %v, %v", gone, err)
	}
	if _, err := (&misses.Book{Records: sound, Seal: testbed.Sealer(t, 2), Now: clock.Now}).List(t.Context(), testbed.OfficeID); err == nil {
		t.Error("an entry sealed with another key is read")
	}
}

// TestGroupsOfEqualSizeStandInTheirOrder.
func TestGroupsOfEqualSizeStandInTheirOrder(t *testing.T) {
	t.Parallel()
	got := misses.Groups([]misses.Miss{{Text: "một chuyện lạ"}, {Text: "hai việc khác"}, {Text: ""}, {Text: "???"}})
	if len(got) != 3 || got[0].Misses[0].Text != "" && len(got[0].Misses) != 2 {
		t.Fatalf("groups %+v", got)
	}
	if got[1].Misses[0].Text != "một chuyện lạ" || got[2].Misses[0].Text != "hai việc khác" {
		t.Errorf("groups %+v", got)
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
