package value_test

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"hoithoai/dsl/value"
)

// pieces makes n attachments of a kind.
func pieces(kind string, n int) []value.Media {
	out := make([]value.Media, n)
	for i := range out {
		out[i] = value.Media{Kind: kind, URL: fmt.Sprintf("https://example/%d", i), Name: fmt.Sprintf("%d.pdf", i), Size: int64(i)}
	}
	return out
}

func TestReadMediaCollects(t *testing.T) {
	t.Parallel()
	two := bounded(value.Images, 2, 3)
	tests := []struct {
		name  string
		typ   value.Type
		media []value.Media
		kept  int
		want  value.ProblemKind
		says  string
	}{
		{"none", two, nil, 0, value.TooFew, "Tôi đã nhận 0 ảnh; anh/chị gửi tiếp giúp, cần ít nhất 2."},
		{"one", two, pieces("image", 1), 1, value.TooFew, "Tôi đã nhận 1 ảnh; anh/chị gửi tiếp giúp, cần ít nhất 2."},
		{"enough", two, pieces("image", 2), 2, 0, ""},
		{"full", two, pieces("image", 3), 3, 0, ""},
		{"too many", two, pieces("image", 4), 3, value.TooMany, "Tôi chỉ nhận được 3 ảnh."},
		{"many too many", two, pieces("image", 40), 3, value.TooMany, "Tôi chỉ nhận được 3 ảnh."},
		{"video", two, pieces("video", 2), 0, value.WrongKind, "Anh/chị gửi giúp từ 2 đến 3 ảnh."},
		{"document", two, pieces("file", 2), 0, value.WrongKind, "Anh/chị gửi giúp từ 2 đến 3 ảnh."},
		{"one of them wrong", two, append(pieces("image", 2), pieces("audio", 1)...), 0, value.WrongKind, "Anh/chị gửi giúp từ 2 đến 3 ảnh."},
		{"place among pictures", two, append(pieces("image", 1), pieces("location", 1)...), 0, value.WrongKind, "Anh/chị gửi giúp từ 2 đến 3 ảnh."},
		{"exactly one", bounded(value.Images, 1, 1), pieces("video", 1), 0, value.WrongKind, "Anh/chị gửi giúp 1 ảnh."},
		{"without bounds", value.Type{Kind: value.Images}, pieces("image", 10), 10, 0, ""},
		{"above the standard", value.Type{Kind: value.Images}, pieces("image", 11), 10, value.TooMany, "Tôi chỉ nhận được 10 ảnh."},
		{"optional", bounded(value.Images, 0, 2), nil, 0, 0, ""},
		{"files", value.Type{Kind: value.Files}, pieces("file", 2), 2, 0, ""},
		{"photographed document", value.Type{Kind: value.Files}, pieces("image", 1), 1, 0, ""},
		{"video is no document", value.Type{Kind: value.Files}, pieces("video", 1), 0, value.WrongKind, "Anh/chị gửi giúp từ 1 đến 10 tệp."},
		{"unknown kind", value.Type{Kind: value.Files}, pieces("", 1), 0, value.WrongKind, "Anh/chị gửi giúp từ 1 đến 10 tệp."},
	}
	for _, c := range tests {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			v, p := c.typ.ReadMedia(c.media, "ảnh đây", value.Context{Today: today})
			if len(v.Media) != c.kept {
				t.Errorf("kept %d pieces, want %d", len(v.Media), c.kept)
			}
			if p == nil {
				p = &value.Problem{}
			}
			if diff := cmp.Diff(value.Problem{Kind: c.want, Sentence: c.says}, *p); diff != "" {
				t.Errorf("problem (-want +got):\n%s", diff)
			}
			if c.kept > 0 && !cmp.Equal(v.Media, c.media[:c.kept]) {
				t.Errorf("kept %v, want the first %d of %v", v.Media, c.kept, c.media)
			}
		})
	}
}

func TestPicturesSentAsFiles(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]bool{
		"a.jpg": true, "a.JPG": true, "a.jpeg": true, "a.png": true, "a.heic": true, "a.webp": true, "a.gif": true,
		"a.pdf": false, "a.svg": false, "a.jpg.exe": false, "jpg": false, "": false, "a.": false,
	} {
		_, p := bounded(value.Images, 1, 1).ReadMedia([]value.Media{{Kind: "file", Name: name}}, "", value.Context{})
		if (p == nil) != want {
			t.Errorf("a file %q as picture: problem %v, want accepted %t", name, p, want)
		}
	}
}

func TestReadMediaDoesNotShareTheSlice(t *testing.T) {
	t.Parallel()
	media := pieces("image", 2)
	v, _ := bounded(value.Images, 1, 3).ReadMedia(media, "", value.Context{})
	media[0].URL = "changed"
	if v.Media[0].URL == "changed" {
		t.Error("the value changes with the caller's slice")
	}
}

func TestReadMediaOfOtherTypes(t *testing.T) {
	t.Parallel()
	for _, typ := range []value.Type{
		{Kind: value.Text}, {Kind: value.Number}, {Kind: value.Money}, {Kind: value.Date}, {Kind: value.Phone}, wards(), homes(), {Kind: value.YesNo}, {},
	} {
		v, p := typ.ReadMedia(pieces("image", 1), "1", value.Context{Today: today})
		if p == nil || p.Kind != value.WrongKind || p.Sentence != typ.Ask(value.Context{Today: today}) || v.IsSet() {
			t.Errorf("kind %d takes a picture: %+v, %+v", typ.Kind, v, p)
		}
	}
}

func TestReadSharedPlace(t *testing.T) {
	t.Parallel()
	at := func(lat, long string) []value.Media { return []value.Media{{Kind: "location", Lat: lat, Long: long}} }
	tests := []struct {
		name    string
		media   []value.Media
		caption string
		want    string
		kind    value.ProblemKind
	}{
		{"point", at("10.79", "106.78"), "", "10.79, 106.78", 0},
		{"point with address", at("10.79", "106.78"), " nhà tôi ", "nhà tôi", 0},
		{"caption too short", at("10.79", "106.78"), "ở", "10.79, 106.78", 0},
		{"caption of symbols", at("10.79", "106.78"), "👍👍👍", "10.79, 106.78", 0},
		{"spaces", at(" 10.79 ", " 106.78 "), "", "10.79, 106.78", 0},
		{"south and west", at("-10.79", "-106.78"), "", "-10.79, -106.78", 0},
		{"poles", at("90", "180"), "", "90, 180", 0},
		{"beyond the pole", at("90.1", "106"), "", "", value.NotUnderstood},
		{"beyond the date line", at("10", "-180.1"), "", "", value.NotUnderstood},
		{"no latitude", at("", "106"), "", "", value.NotUnderstood},
		{"words", at("mười", "106"), "", "", value.NotUnderstood},
		{"not a number", at("NaN", "106"), "", "", value.NotUnderstood},
		{"infinite", at("Inf", "106"), "", "", value.NotUnderstood},
		{"exponent", at("1e1", "106"), "", "", value.NotUnderstood},
		{"two points", at("1.2.3", "106"), "", "", value.NotUnderstood},
		{"very long", at("10.0000000000000000000000000000000001", "106"), "", "", value.NotUnderstood},
		{"picture", pieces("image", 1), "12 Lê Lợi", "", value.WrongKind},
		{"two places", append(at("1", "2"), at("3", "4")...), "", "", value.WrongKind},
		{"nothing", nil, "12 Lê Lợi", "", value.WrongKind},
	}
	for _, c := range tests {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			typ := value.Type{Kind: value.Place}
			v, p := typ.ReadMedia(c.media, c.caption, value.Context{})
			if c.kind != 0 {
				if p == nil || p.Kind != c.kind || v.IsSet() {
					t.Fatalf("read %+v, %+v, want problem %v", v, p, c.kind)
				}
				return
			}
			if p != nil || typ.Show(v) != c.want || len(v.Media) != 1 {
				t.Fatalf("read %+v, %+v, want %q", v, p, c.want)
			}
		})
	}
}
