package office_test

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"hoithoai/dsl/office"
)

func TestKnownFields(t *testing.T) {
	t.Parallel()
	known := office.KnownFields()
	for _, name := range []string{"ten", "dia_chi", "dien_thoai", "truc_ban", "gio_lam_viec", "ban_do", "phuong", "cap_tren", "nhan_tin"} {
		if !slices.Contains(known, name) {
			t.Errorf("%s is not known", name)
		}
	}
	for i, name := range known {
		if strings.Trim(name, "abcdefghijklmnopqrstuvwxyz_") != "" || slices.Contains(known[:i], name) {
			t.Errorf("field %q is no plain name or stands twice", name)
		}
	}
	known[0] = "changed"
	if office.KnownFields()[0] == "changed" {
		t.Error("a caller can change the list of fields")
	}
}

func TestRequiredFields(t *testing.T) {
	t.Parallel()
	if diff := cmp.Diff([]string{"ten", "dia_chi", "dien_thoai", "truc_ban"}, office.RequiredFields()); diff != "" {
		t.Errorf("required fields (-want +got):\n%s", diff)
	}
}

func TestField(t *testing.T) {
	t.Parallel()
	o := &office.Office{Fields: map[string]string{"ten": "Công an phường (mẫu)", "email": ""}}
	tests := []struct {
		name, want string
		ok         bool
	}{
		{"ten", "Công an phường (mẫu)", true},
		{"email", "", false},
		{"dia_chi", "", false},
		{"", "", false},
		{"TEN", "", false},
	}
	for _, c := range tests {
		if got, ok := o.Field(c.name); got != c.want || ok != c.ok {
			t.Errorf("Field(%q) = %q, %t, want %q, %t", c.name, got, ok, c.want, c.ok)
		}
	}
	if _, ok := (&office.Office{}).Field("ten"); ok {
		t.Error("an office without fields has a name")
	}
}

func TestHasDesk(t *testing.T) {
	t.Parallel()
	o := &office.Office{Desks: []string{"truc_ban", "cu_tru"}}
	for name, want := range map[string]bool{"truc_ban": true, "cu_tru": true, "": false, "truc": false, "TRUC_BAN": false} {
		if got := o.HasDesk(name); got != want {
			t.Errorf("HasDesk(%q) = %t, want %t", name, got, want)
		}
	}
}

func TestCheckFields(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name   string
		change func(fields map[string]string)
		says   []string
	}{
		{"as it is", func(map[string]string) {}, nil},
		{"optional field missing", func(f map[string]string) { delete(f, "email") }, nil},
		{"required field missing", func(f map[string]string) { delete(f, "truc_ban") }, []string{"don_vi.truc_ban is missing"}},
		{"required field empty", func(f map[string]string) { f["ten"] = "" }, []string{"don_vi.ten is missing"}},
		{"all that is wrong", func(f map[string]string) {
			delete(f, "ten")
			delete(f, "dia_chi")
			f["dienthoai"] = "1"
		}, []string{"don_vi.ten is missing", "don_vi.dia_chi is missing", "don_vi.dienthoai is no field", "dien_thoai"}},
		{"too long", func(f map[string]string) { f["ten"] = strings.Repeat("ế", office.MaxField+1) }, []string{"has 201 characters, at most 200"}},
		{"just long enough", func(f map[string]string) { f["ten"] = strings.Repeat("ế", office.MaxField) }, nil},
		{"spaces around", func(f map[string]string) { f["ten"] = " x" }, []string{"don_vi.ten has spaces"}},
		{"line break", func(f map[string]string) { f["ten"] = "a\nb" }, []string{"line breaks"}},
		{"control character", func(f map[string]string) { f["ten"] = "a\x00b" }, []string{"invisible"}},
		{"bidi control", func(f map[string]string) { f["ten"] = "a\u202eb" }, []string{"invisible"}},
		{"not NFC", func(f map[string]string) { f["ten"] = "e\u0302" }, []string{"don_vi.ten"}},
	}
	for _, c := range tests {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			o := office.Demo()
			c.change(o.Fields)
			err := o.CheckFields()
			if (err == nil) != (c.says == nil) {
				t.Fatalf("CheckFields: %v, want %q", err, c.says)
			}
			for _, say := range c.says {
				if !strings.Contains(err.Error(), say) {
					t.Errorf("CheckFields: %v, want it to say %q", err, say)
				}
			}
		})
	}
}

// TestDemoIsPlainlyASample holds the demonstration office to what a resident who meets it by mistake must see.
func TestDemoIsPlainlyASample(t *testing.T) {
	t.Parallel()
	o := office.Demo()
	if err := o.CheckFields(); err != nil {
		t.Error(err)
	}
	for _, name := range []string{"ten", "dia_chi", "gio_lam_viec", "cap_tren"} {
		if text, _ := o.Field(name); !strings.Contains(text, "(mẫu)") {
			t.Errorf("don_vi.%s is %q, which does not say it is a sample", name, text)
		}
	}
	for _, name := range []string{"dien_thoai", "truc_ban", "dien_thoai_cap_tren"} {
		if text, _ := o.Field(name); !strings.HasPrefix(text, "028 0000 000") {
			t.Errorf("don_vi.%s is %q, which may be somebody's", name, text)
		}
	}
	for _, name := range []string{"ban_do", "trang_web", "email"} {
		if text, _ := o.Field(name); !strings.Contains(text, ".example") {
			t.Errorf("don_vi.%s is %q, which may be somebody's", name, text)
		}
	}
	if text, ok := o.Field("nhan_tin"); ok {
		t.Errorf("don_vi.nhan_tin is %q; only a program that can seal tips sets it", text)
	}
	for name, text := range o.Fields {
		if n := utf8.RuneCountInString(text); n > 160 {
			t.Errorf("don_vi.%s has %d characters", name, n)
		}
	}
}

func TestDemoDesks(t *testing.T) {
	t.Parallel()
	if o := office.Demo(); !o.HasDesk("truc_ban") || len(o.Desks) < 2 {
		t.Errorf("desks are %v", o.Desks)
	}
}

func TestDemoIsNewEveryTime(t *testing.T) {
	t.Parallel()
	a := office.Demo()
	a.Fields["ten"], a.Closed[1], a.Desks[0] = "x", true, "x"
	a.Hours["cu_tru"] = office.Week{}
	b := office.Demo()
	if name, _ := b.Field("ten"); name == "x" || b.Closed[1] || b.Desks[0] == "x" || b.Hours["cu_tru"].String() == "nghỉ" {
		t.Error("two demonstration offices share state")
	}
}

func TestFaultsNameTheirField(t *testing.T) {
	t.Parallel()
	o := office.Demo()
	delete(o.Fields, "ten")
	o.Fields["diachi"] = "x"
	var names []string
	for _, f := range o.Faults() {
		names = append(names, f.Field)
		if !strings.Contains(f.Says.VI, "don_vi."+f.Field) || !strings.Contains(f.Says.EN, "don_vi."+f.Field) {
			t.Errorf("%+v", f)
		}
	}
	if got := strings.Join(names, " "); got != "ten diachi" {
		t.Errorf("faults of %s", got)
	}
}
