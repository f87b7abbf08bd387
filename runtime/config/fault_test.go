package config_test

import (
	"errors"
	"strings"
	"testing"

	"hoithoai/dsl/diag"
	"hoithoai/runtime/config"
)

func faultsOf(t *testing.T, text string) config.Faults {
	t.Helper()
	_, err := config.Parse("hoithoai.toml", []byte(text))
	f, ok := errors.AsType[config.Faults](err)
	if !ok {
		t.Fatalf("Parse gives %v, which is no Faults", err)
	}
	return f
}

// lineOf is the line of the first occurrence of what in text, from 1.
func lineOf(t *testing.T, text, what string) int {
	t.Helper()
	i := strings.Index(text, what)
	if i < 0 {
		t.Fatalf("%q does not stand in the text", what)
	}
	return strings.Count(text[:i], "\n") + 1
}

// TestFaultsSayWhereInBothLanguages: the line is the one an operator must go to, and the sentence is there in both languages.
func TestFaultsSayWhereInBothLanguages(t *testing.T) {
	t.Parallel()
	tests := map[string]struct{ old, new, line, vi, en string }{
		"unknown key":         {"listen =", "lisen =", "lisen", `không có khóa "lisen"; có phải "listen"?`, `unknown key "lisen"; did you mean "listen"?`},
		"key nobody knows":    {"listen =", "hoa_hong =", "hoa_hong", "các khóa là: listen", "known keys: listen"},
		"wrong type":          {`listen = "0.0.0.0:443"`, "listen = 443", "listen = 443", "không đọc được", "type string"},
		"broken TOML":         {"[store]", "[store", "[store", "không đọc được", "expected"},
		"verify":              {"[app]", "[app]\nverify = \"off\"", "verify", `viết "enforce" hoặc "log"`, `write "enforce" or "log"`},
		"time span":           {"listen =", "human_for = \"mãi\"\nlisten =", "human_for", "không phải khoảng thời gian", "is not a time span"},
		"pause":               {"listen =", "gather_for = \"lâu\"\nlisten =", "gather_for", "không phải khoảng chờ", "is not a pause"},
		"hours":               {"07:30-11:30 13:00-17:00\"\ncu_tru", "lúc nào rảnh\"\ncu_tru", "chung =", "hours.chung: giờ viết sai: \"thứ 2-thứ 6 lúc nào rảnh\" chưa có giờ", "hours.chung: hours not understood"},
		"opened hours":        {`"09/01/2027" = "07:30-11:30"`, `"09/01/2027" = "25:00-26:00"`, `"09/01/2027" =`, "không phải giờ trong ngày", "is no time of day"},
		"closed day":          {"01/01/2027", "31/02/2027", "closed =", "không phải ngày", "write DD/MM/YYYY"},
		"field of the office": {"dien_thoai =", "email_phuong = \"x\"\ndien_thoai =", "email_phuong =", "không có mục don_vi.email_phuong", "don_vi.email_phuong is no field"},
		"missing field":       {"ten = \"Công an phường A\"\n", "", "[office.don_vi]", "chưa khai don_vi.ten", "don_vi.ten is missing"},
		"inline table":        {"token =", "desk_names = { la = \"Cán bộ\" }\ntoken =", "desk_names", "không nằm trong desks", "none of desks"},
		"missing token":       {`token = { env = "OA_TOKEN" }`, "", "[[office]]", "thiếu token", "token is missing"},
		"flow off twice":      {"token =", "flows_off = [\"lich_hen\", \"lich_hen\"]\ntoken =", "flows_off", "hai lần", "twice"},
		"old ward":            {"token =", "old_wards = [\"Phường 5\"]\ntoken =", "old_wards", "old_wards cần don_vi.phuong", "old_wards need don_vi.phuong"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			text := strings.Replace(good, tt.old, tt.new, 1)
			got, want := faultsOf(t, text)[0], lineOf(t, text, tt.line)
			if got.Line != want || got.Column < 1 || got.File != "hoithoai.toml" {
				t.Errorf("it points at %s:%d:%d, want line %d", got.File, got.Line, got.Column, want)
			}
			if vi, en := got.In(diag.Vietnamese), got.In(diag.English); !strings.Contains(vi, tt.vi) || !strings.Contains(en, tt.en) {
				t.Errorf("it says\n%s\n%s\nwant %q and %q", vi, en, tt.vi, tt.en)
			}
		})
	}
}

// TestAllFaultsAtOnce: one reading names everything that is wrong, in the order of the file, with the office it is about.
func TestAllFaultsAtOnce(t *testing.T) {
	t.Parallel()
	second := good[strings.Index(good, "[[office]]"):]
	second = strings.NewReplacer("388613280878808645", "17", "dia_chi =", "diachi =", "thứ 2-thứ 6 07:30-11:30 13:00-17:00\"\ncu_tru", "sáng\"\ncu_tru").Replace(second)
	text := strings.Replace(good, "[app]", "[app]\nverify = \"off\"", 1) + second
	got := faultsOf(t, text)
	var keys []string
	for _, f := range got {
		keys = append(keys, f.Key)
		if ofSecond := strings.HasPrefix(f.Key, "office[2]"); ofSecond != (f.Office == `2 (id "17")`) {
			t.Errorf("%s is told of office %q", f.Key, f.Office)
		}
	}
	want := "app.verify office[2].don_vi.dia_chi office[2].don_vi.diachi office[2].hours.chung"
	if strings.Join(keys, " ") != want {
		t.Errorf("found %s\nwant  %s", strings.Join(keys, " "), want)
	}
	if lines := strings.Split(got.In(diag.Vietnamese), "\n"); len(lines) != len(got) || !strings.Contains(lines[3], "cơ quan 2 (id \"17\"): hours.chung") {
		t.Errorf("they are told as:\n%s", got.In(diag.Vietnamese))
	}
}

func TestColumnsCountCharacters(t *testing.T) {
	t.Parallel()
	text := strings.Replace(good, "token =", "desk_names = { truc_ban = \"Cán bộ đêm\", la = \"Ai\" }\ntoken =", 1)
	got := faultsOf(t, text)[0]
	if want := len([]rune(`desk_names = { truc_ban = "Cán bộ đêm", `)) + 1; got.Column != want {
		t.Errorf("column %d, want %d", got.Column, want)
	}
}

func TestOfficeWithoutAndWithOldWards(t *testing.T) {
	t.Parallel()
	text := strings.Replace(good, "token =", "flows_off = [\"lich_hen\"]\nold_wards = [\"Phường 5, Quận Tân Bình\", \"Phường 6\"]\ntoken =", 1)
	if f := faultsOf(t, text)[0]; !strings.Contains(f.Says.EN, "don_vi.phuong") {
		t.Errorf("old wards of an unnamed ward: %s", f.In(diag.English))
	}
	d, err := config.Parse("hoithoai.toml", []byte(strings.Replace(text, "\nten =", "\nphuong = \"Phường Tân Hòa\"\nphuong_cu = \"tự khai\"\nten =", 1)))
	if err != nil {
		t.Fatal(err)
	}
	of, err := d.Offices[0].Build()
	if err != nil {
		t.Fatal(err)
	}
	if got, _ := of.Field("phuong_cu"); got != "Phường 5 Quận Tân Bình, Phường 6" {
		t.Errorf("phuong_cu = %q", got)
	}
	if !of.Off["lich_hen"] || of.Off["tam_tru"] || len(of.OldWards) != 2 {
		t.Errorf("the office is %+v", of)
	}
}

// FuzzFaults: whatever is written, every fault has both languages and points into the file.
func FuzzFaults(f *testing.F) {
	f.Add(good)
	f.Add("[[office]]\nid=1\n[office.x]")
	f.Add("a = { b.c = [1, { d = 2 }] }\n[[office]]\n[office.hours]\n\"\" = 3")
	f.Fuzz(func(t *testing.T, text string) {
		_, err := config.Parse("x", []byte(text))
		found, _ := errors.AsType[config.Faults](err)
		if err != nil && len(found) == 0 {
			t.Fatalf("an error without faults: %v", err)
		}
		for _, at := range found {
			if at.Says.VI == "" || at.Says.EN == "" || at.Line > strings.Count(text, "\n")+1 || at.Line < 0 {
				t.Errorf("%+v", at)
			}
		}
	})
}

func TestJournal(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{"": config.BriefJournal, "journal = \"brief\"\n": config.BriefJournal, "journal = \"full\"\n": config.FullJournal} {
		d, err := config.Parse("hoithoai.toml", []byte(text+good))
		if err != nil || d.Journal != want {
			t.Errorf("%q gives the journal %q, %v", text, d.Journal, err)
		}
	}
	_, err := config.Parse("hoithoai.toml", []byte("journal = \"none\"\n"+good))
	var f config.Faults
	if !errors.As(err, &f) || len(f) != 1 || f[0].Key != "journal" {
		t.Errorf("another word gives %v", err)
	}
}
