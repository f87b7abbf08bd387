package config_test

import (
	"strings"
	"testing"
	"time"

	"hoithoai/runtime/config"
	"hoithoai/runtime/store"
)

// leveled is the good configuration with lines in its [store].
func leveled(lines string) (config.Deployment, error) {
	return config.Parse("hoithoai.toml", []byte(strings.Replace(good, "[store]\n", "[store]\n"+lines, 1)))
}

func TestLevelHasADefault(t *testing.T) {
	t.Parallel()
	d, err := leveled("")
	if err != nil || d.Store.Promised() != store.D1 || d.Store.Copies != 0 || d.Store.Wait != 0 || d.Store.StepsWait() {
		t.Errorf("a Redis: %+v, %v", d.Store, err)
	}
	d, err = config.Parse("hoithoai.toml", []byte(strings.Replace(good, "url = { env = \"REDIS_URL\" }\n", "", 1)))
	if err != nil || d.Store.Promised() != store.D2 {
		t.Errorf("the embedded store: %+v, %v", d.Store, err)
	}
	d, err = leveled("level = \"D4\"\n")
	if err != nil || d.Store.Promised() != store.D4 || d.Store.Copies != 1 || time.Duration(d.Store.Wait) != 200*time.Millisecond || !d.Store.StepsWait() {
		t.Errorf("D4: %+v, %v", d.Store, err)
	}
	d, err = leveled("level = \"D4\"\nlevel_unchecked = true\nwait_replicas = 2\nwait = \"50ms\"\nwait_commit = false\n")
	if err != nil || d.Store.Copies != 2 || time.Duration(d.Store.Wait) != 50*time.Millisecond || d.Store.StepsWait() || !d.Store.Unchecked {
		t.Errorf("D4 as it is written: %+v, %v", d.Store, err)
	}
}

func TestLevelThatCannotBe(t *testing.T) {
	t.Parallel()
	for lines, want := range map[string]string{
		"level = \"D5\"\n":                        "\"D4\"",
		"level = \"D0\"\n":                        "\"D0\"",
		"level = \"D3\"\nwait = \"100ms\"\n":      "D4",
		"wait_replicas = 1\n":                     "D4",
		"level = \"D2\"\nwait_commit = true\n":    "D4",
		"level = \"D3\"\nwait_commit = false\n":   "D4",
		"level = \"D4\"\nwait = \"2s\"\n":         "500ms",
		"level = \"D4\"\nwait_replicas = -1\n":    "1 or more",
		"level = \"D4\"\nwait_replica = 1\n":      "wait_replicas",
		"level = \"D1\"\nlevel_uncheked = true\n": "level_unchecked",
	} {
		if _, err := leveled(lines); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q gives %v", lines, err)
		}
	}
	noURL := strings.Replace(good, "url = { env = \"REDIS_URL\" }\n", "level = \"D3\"\n", 1)
	if _, err := config.Parse("hoithoai.toml", []byte(noURL)); err == nil || !strings.Contains(err.Error(), "embedded") {
		t.Errorf("D3 without Redis gives %v", err)
	}
}

func TestCollector(t *testing.T) {
	t.Parallel()
	if d, err := config.Parse("hoithoai.toml", []byte("otel = \"http://127.0.0.1:4318\"\n"+good)); err != nil || d.Otel == "" {
		t.Errorf("a collector: %q, %v", d.Otel, err)
	}
	if _, err := config.Parse("hoithoai.toml", []byte("otel = \"127.0.0.1:4318\"\n"+good)); err == nil || !strings.Contains(err.Error(), "http://127.0.0.1:4318") {
		t.Errorf("an address that is none gives %v", err)
	}
}
