package fake

import "testing"

func TestShareUploads(t *testing.T) {
	t.Parallel()
	one, two := New(Config{}), New(Config{})
	one.assets["a"] = Asset{ID: "a", Kind: "file"}
	two.assets["b"] = Asset{ID: "b", Kind: "image"}
	two.ShareUploads(one)
	for id, kind := range map[string]string{"a": "file", "b": "image"} {
		if a, ok := two.Asset(id); !ok || a.Kind != kind {
			t.Errorf("%s: %+v, %v", id, a, ok)
		}
	}
	if _, ok := one.Asset("b"); ok {
		t.Error("uploads go the other way too")
	}
}
