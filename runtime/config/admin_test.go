package config_test

import (
	"strings"
	"testing"

	"hoithoai/runtime/config"
)

func TestAdminStaysOnThisMachine(t *testing.T) {
	t.Parallel()
	for address, ok := range map[string]bool{
		"": true, "/run/hoithoai/quan-tri.sock": true, "quan-tri.sock": true, "127.0.0.1:0": true, "[::1]:7070": true,
		"0.0.0.0:7070": false, ":7070": false, "10.0.0.5:7070": false, "may-chu:7070": false,
	} {
		_, err := config.Parse("hoithoai.toml", []byte("admin = \""+address+"\"\n"+good))
		if (err == nil) != ok || err != nil && !strings.Contains(err.Error(), "127.0.0.1:0") {
			t.Errorf("admin = %q: %v", address, err)
		}
	}
}
