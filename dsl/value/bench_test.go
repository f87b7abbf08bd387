package value_test

import (
	"testing"

	"hoithoai/dsl/value"
)

func BenchmarkReadText(b *testing.B) {
	for _, c := range []struct {
		name, in string
		typ      value.Type
	}{
		{"text", "Nguyễn Văn A", value.Type{Kind: value.Text}},
		{"number", "12", value.Type{Kind: value.Number}},
		{"number_words", "hai mươi mốt", value.Type{Kind: value.Number}},
		{"money", "1,5 triệu", value.Type{Kind: value.Money}},
		{"date", "26/11/2026", value.Type{Kind: value.Date}},
		{"date_short", "26/11", value.Type{Kind: value.Date}},
		{"date_word", "ngày mai", value.Type{Kind: value.Date}},
		{"phone", "0912 345 678", value.Type{Kind: value.Phone}},
		{"ward", "thới an", wards()},
		{"choice_number", "1", homes()},
		{"choice_label", "Nhà thuê, nhà trọ", homes()},
		{"choice_run", "nha tro", homes()},
		{"choice_polite", "dạ em chọn số 1 ạ", homes()},
		{"choice_wrong", "không biết nữa", homes()},
		{"yesno", "dạ không", value.Type{Kind: value.YesNo}},
		{"place", "12 Lê Lợi, phường Thới An", value.Type{Kind: value.Place}},
	} {
		b.Run(c.name, func(b *testing.B) {
			c.typ.Prepare()
			ctx := value.Context{Today: today}
			b.ReportAllocs()
			for b.Loop() {
				c.typ.ReadText(c.in, ctx)
			}
		})
	}
}

func BenchmarkAppend(b *testing.B) {
	for _, c := range []struct {
		name string
		typ  value.Type
		v    value.Value
	}{
		{"number", value.Type{Kind: value.Number}, value.Value{Kind: value.Number, N: 1234567}},
		{"money", value.Type{Kind: value.Money}, value.Value{Kind: value.Money, N: 15000}},
		{"date", value.Type{Kind: value.Date}, value.Value{Kind: value.Date, N: today}},
		{"phone", value.Type{Kind: value.Phone}, value.Value{Kind: value.Phone, S: "0912345678"}},
		{"choice", homes(), value.Value{Kind: value.Choice, N: 1, S: "nho"}},
	} {
		b.Run(c.name, func(b *testing.B) {
			c.typ.Prepare()
			var buf [64]byte
			b.ReportAllocs()
			for b.Loop() {
				c.typ.Append(buf[:0], c.v)
			}
		})
	}
}

func BenchmarkPrepare(b *testing.B) {
	typ := wards()
	b.ReportAllocs()
	for b.Loop() {
		typ.Prepare()
	}
}

func BenchmarkCalendar(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		value.Age(7000, value.AddMonths(today, 3))
	}
}
