package config_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"hoithoai/runtime/config"
)

// with is the good configuration with lines before one of its lines.
func with(before, lines string) string { return strings.Replace(good, before, lines+before, 1) }

// TestEdges holds every number of the configuration at its bounds: the last that is taken and the first that is not.
func TestEdges(t *testing.T) {
	t.Parallel()
	app := func(lines string) string { return strings.Replace(good, "[app]\n", "[app]\n"+lines+"\n", 1) }
	office := func(lines string) string { return with("token =", lines+"\n") }
	desk := func(name string) string { return office(fmt.Sprintf("desk_names = { truc_ban = %q }", name)) }
	lease := func(lease, timeout string) string {
		return strings.Replace(app("timeout = \""+timeout+"\""), "[store]\n", "[store]\nlease = \""+lease+"\"\n", 1)
	}
	for text, fine := range map[string]bool{
		app("calls_per_minute = 1"):                            true,
		app("calls_per_minute = -1"):                           false,
		app("calls_per_minute = 4000"):                         true,
		app("calls_per_minute = 4001"):                         false,
		office("calls_per_minute = 1"):                         true,
		office("calls_per_minute = -1"):                        false,
		office("calls_per_minute = 4000"):                      true,
		office("calls_per_minute = 4001"):                      false,
		app("timeout = \"5s\""):                                true, // the default lease is 15 s
		app("timeout = \"5001ms\""):                            false,
		lease("15s", "5s"):                                     true,
		lease("14999ms", "5s"):                                 false,
		lease("1ms", "1ns"):                                    true,
		lease("0s", "1s"):                                      false,
		desk(strings.Repeat("ộ", 60)):                          true,
		desk(strings.Repeat("ộ", 61)):                          false,
		desk("a"):                                              true,
		desk("a\nb"):                                           false,
		desk("a\tb"):                                           false,
		office("flows_off = [\"hen\", \"the\"]"):               true,
		office("flows_off = [\"hen\", \"hen\"]"):               false,
		office("flows_off = [\" \"]"):                          false,
		with("listen =", "gather_for = \"30s\"\n"):             true,
		with("listen =", "gather_for = \"30001ms\"\n"):         false,
		with("listen =", "gather_for = \"-1ns\"\n"):            false,
		with("listen =", "human_for = \"1ns\"\n"):              true,
		with("listen =", "human_for = \"-8h\"\n"):              false,
		strings.Replace(good, "388613280878808645", "", 1):     false,
		strings.Replace(good, "388613280878808645", "1", 1):    true,
		strings.Replace(good, "388613280878808645", "1 ", 1):   false,
		strings.Replace(good, "388613280878808645", "+1", 1):   false,
		strings.Replace(good, "388613280878808645", "١", 1):    false, // a digit, but none of Zalo's
		strings.Replace(good, "360846524940903967", "", 1):     false,
		app("webhook = \"/\""):                                 true,
		app("webhook = \"zalo/webhook\""):                      false,
		strings.Replace(good, "01/01/2027", "29/02/2028", 1):   true,
		strings.Replace(good, "01/01/2027", "29/02/2027", 1):   false,
		strings.Replace(good, "01/01/2027", "2027-01-01", 1):   true,
		strings.Replace(good, "13:00-17:00", "13:00-24:00", 1): true,
		strings.Replace(good, "13:00-17:00", "13:00-24:01", 1): false,
		strings.Replace(good, "13:00-17:00", "13:00-13:00", 1): false,
	} {
		if _, err := config.Parse("hoithoai.toml", []byte(text)); (err == nil) != fine {
			for i, line := range strings.Split(text, "\n") {
				if strings.Split(good+strings.Repeat("\n", 99), "\n")[i] != line {
					t.Errorf("from line %d on, %q: %v, want it to be taken: %v", i+1, line, err, fine)
					break
				}
			}
		}
	}
}

// TestDefaults are those that the reference promises.
func TestDefaults(t *testing.T) {
	t.Parallel()
	d, err := config.Parse("hoithoai.toml", []byte(good))
	if err != nil {
		t.Fatal(err)
	}
	for name, got := range map[string][2]any{
		"human_for":     {time.Duration(d.Human), 8 * time.Hour},
		"officer_for":   {time.Duration(d.Officer), 30 * time.Minute},
		"answer_in":     {time.Duration(d.Answer), time.Hour},
		"gather_for":    {d.GatherFor(), 3 * time.Second},
		"watch":         {d.Watches(), true},
		"otel":          {d.Otel, ""},
		"journal":       {d.Journal, config.BriefJournal},
		"store.lease":   {time.Duration(d.Store.Lease), 15 * time.Second},
		"app.timeout":   {time.Duration(d.App.Timeout), 5 * time.Second},
		"app.webhook":   {d.App.Webhook, "/zalo/webhook"},
		"app.verify":    {d.App.Verify, "enforce"},
		"app.calls":     {d.App.Calls, 4000},
		"admin":         {d.Admin, ""},
		"office.desks":  {fmt.Sprint(d.Offices[0].Desks), "[truc_ban]"},
		"office.calls":  {d.Offices[0].Calls, 0},
		"office.closed": {len(d.Offices[0].Closed), 1},
	} {
		if got[0] != got[1] {
			t.Errorf("%s is %v, want %v", name, got[0], got[1])
		}
	}
	for text, want := range map[string]bool{"watch = false\n": false, "watch = true\n": true} {
		if d, err := config.Parse("hoithoai.toml", []byte(text+good)); err != nil || d.Watches() != want {
			t.Errorf("%q: %v, %v", text, d.Watches(), err)
		}
	}
}

// TestEveryMistakeIsToldAtOnce: who writes a configuration mends it once, in either language, with the place of each mistake.
func TestEveryMistakeIsToldAtOnce(t *testing.T) {
	t.Parallel()
	text := strings.NewReplacer(
		"[app]\n", "[app]\nverify = \"off\"\nwebhook = \"x\"\n", "[store]\n", "[store]\nlease = \"1s\"\n",
		"token = { env = \"OA_TOKEN\" }\n", "calls_per_minute = -1\n", "truc_ban = \"028 0000 0001\"\n", "").Replace(good)
	_, err := config.Parse("hoithoai.toml", []byte(text))
	if err == nil {
		t.Fatal("it is taken")
	}
	said := err.Error()
	for _, want := range []string{"app.verify", "app.webhook", "store.lease", "token is missing", "calls_per_minute is -1", "truc_ban"} {
		if !strings.Contains(said, want) {
			t.Errorf("it does not tell of %s:\n%s", want, said)
		}
	}
}
