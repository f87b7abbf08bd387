package main

import (
	"testing"

	"hoithoai/runtime/config"
	"hoithoai/runtime/zalo"
)

func TestCapabilitiesKeepDefaultsAndHeedWhatIsWritten(t *testing.T) {
	t.Parallel()
	if got := capabilities(config.Capabilities{}); got != zalo.DefaultCapabilities() {
		t.Errorf("nothing written gives %+v, want the defaults", got)
	}
	yes, no := true, false
	got := capabilities(config.Capabilities{
		Buttons: &no, TemplateType: &yes, List: &yes, RequestInfo: &no, Images: &no, Files: &no, InfoImage: "https://example.vn/a.png",
	})
	want := zalo.Capabilities{ButtonsWithTemplateType: true, List: true, InfoImage: "https://example.vn/a.png"}
	if got != want {
		t.Errorf("capabilities = %+v, want %+v", got, want)
	}
}
