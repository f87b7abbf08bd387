package config_test

import (
	"io/fs"
	"strings"
	"testing"
	"time"

	"hoithoai/runtime/config"
)

const good = `
listen = "0.0.0.0:443"
data = "/var/lib/hoithoai"

[store]
url = { env = "REDIS_URL" }

[app]
id = "360846524940903967"
oa_secrets = [ { file = "oa.secret" } ]
proof_codes = ["ABC123"]

[[office]]
id = "388613280878808645"
token = { env = "OA_TOKEN" }
tip_keys = ["age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p"]
closed = ["01/01/2027"]
[office.can]
buttons = false
info_image = "https://example.vn/anh.png"
[office.don_vi]
ten = "Công an phường A"
dia_chi = "1 đường B"
dien_thoai = "028 0000 0000"
truc_ban = "028 0000 0001"
[office.hours]
chung = "thứ 2-thứ 6 07:30-11:30 13:00-17:00"
cu_tru = "thứ 2-thứ 6 07:30-11:30 13:00-17:00; thứ 7 07:30-11:30"
[office.opened]
"09/01/2027" = "07:30-11:30"
`

func TestParse(t *testing.T) {
	t.Parallel()
	d, err := config.Parse("hoithoai.toml", []byte(good))
	if err != nil {
		t.Fatal(err)
	}
	if d.App.Webhook != "/zalo/webhook" || d.App.Verify != "enforce" || time.Duration(d.Human) != 8*time.Hour {
		t.Errorf("defaults are not filled in: %+v", d)
	}
	if d.App.Calls != 4000 || d.Offices[0].Calls != 0 {
		t.Errorf("calls a minute: %d, %d", d.App.Calls, d.Offices[0].Calls)
	}
	if can := d.Offices[0].Can; can.Buttons == nil || *can.Buttons || can.List != nil || can.InfoImage == "" {
		t.Errorf("capabilities = %+v", can)
	}
	of, err := d.Offices[0].Build()
	if err != nil {
		t.Fatal(err)
	}
	if v, ok := of.Field("nhan_tin"); !ok || v == "" {
		t.Error("an office with a tip key must take tips")
	}
	if !of.HasDesk("truc_ban") {
		t.Error("truc_ban is the default desk")
	}
	saturday := int64(20783) // 26/11/2026 is a Thursday, day 20783; two days later
	if !of.WorksOn("cu_tru", saturday+2) || of.WorksOn("", saturday+2) {
		t.Error("Saturday morning is for cu_tru only")
	}
}

// With the App Secret tokens are kept here, and no office names one.
func TestKeptTokens(t *testing.T) {
	t.Parallel()
	text := strings.Replace(good, "[app]", "[app]\nsecret = { file = \"app.secret\" }\nappsecret_proof = true", 1)
	d, err := config.Parse("hoithoai.toml", []byte(strings.Replace(text, "token = { env = \"OA_TOKEN\" }\n", "", 1)))
	if err != nil || d.App.Secret.File != "app.secret" || !d.App.Proof || d.Offices[0].Token.IsSet() {
		t.Errorf("Parse = %+v, %v", d.App, err)
	}
}

// Zalo's limit binds calls to Zalo; another server has its own.
func TestCallsBesideABaseURL(t *testing.T) {
	t.Parallel()
	d, err := config.Parse("hoithoai.toml", []byte(strings.Replace(good, "[app]", "[app]\nbase_url = \"http://127.0.0.1:1\"\ncalls_per_minute = 100000", 1)))
	if err != nil || d.App.Calls != 100000 {
		t.Errorf("Parse = %d, %v", d.App.Calls, err)
	}
}

func TestGatherFor(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]time.Duration{
		"": 3 * time.Second, "gather_for = \"0s\"": 0, "gather_for = \"1500ms\"": 1500 * time.Millisecond, "gather_for = \"30s\"": 30 * time.Second,
	} {
		d, err := config.Parse("hoithoai.toml", []byte(text+good))
		if err != nil || d.GatherFor() != want {
			t.Errorf("%s: %v, %v", text, d.GatherFor(), err)
		}
	}
}

func TestParseRefuses(t *testing.T) {
	t.Parallel()
	replace := func(old, new string) string { return strings.Replace(good, old, new, 1) }
	tests := map[string]struct{ text, want string }{
		"unknown key with a suggestion":          {replace("listen =", "lisen ="), `unknown key "lisen"; did you mean "listen"?`},
		"unknown key in a table":                 {replace("proof_codes", "proof_code"), `did you mean "proof_codes"?`},
		"line of an unknown key":                 {replace("listen =", "lisen ="), "line 2, column 1"},
		"wrong type":                             {replace(`listen = "0.0.0.0:443"`, "listen = 443"), "line 2"},
		"broken TOML":                            {replace("[store]", "[store"), "line 5"},
		"verify":                                 {replace("[app]", "[app]\nverify = \"off\""), `write "enforce" or "log"`},
		"no office":                              {good[:strings.Index(good, "[[office]]")], "run serve without configuration for the sandbox"},
		"no secrets":                             {replace(`oa_secrets = [ { file = "oa.secret" } ]`, ""), "app.oa_secrets"},
		"office twice":                           {good + good[strings.Index(good, "[[office]]"):], "this id stands twice"},
		"id not digits":                          {replace(`id = "388613280878808645"`, `id = "phường A"`), "digits in quotes"},
		"no token":                               {replace(`token = { env = "OA_TOKEN" }`, ""), "token is missing"},
		"token beside app.secret":                {replace("[app]", "[app]\nsecret = { env = \"APP_SECRET\" }"), "remove token"},
		"proof without app.secret":               {replace("[app]", "[app]\nappsecret_proof = true"), "made with the App Secret"},
		"too many calls":                         {replace("[app]", "[app]\ncalls_per_minute = 4001"), "1 to 4000"},
		"an office with more calls than the app": {replace("token =", "calls_per_minute = 5000\ntoken ="), "calls_per_minute is 5000"},
		"bad tip key":                            {replace("age1ql3z", "age1xxxx"), "age-keygen"},
		"bad hours":                              {replace("07:30-11:30 13:00-17:00\"\ncu_tru", "lúc nào rảnh\"\ncu_tru"), "hours.chung"},
		"bad day":                                {replace("01/01/2027", "31/02/2027"), "write DD/MM/YYYY"},
		"bad opened hours":                       {replace(`"09/01/2027" = "07:30-11:30"`, `"09/01/2027" = "25:00-26:00"`), "opened 09/01/2027"},
		"bad human_for":                          {replace("listen =", "human_for = \"mãi\"\nlisten ="), "is not a time span"},
		"bad officer_for":                        {replace("listen =", "officer_for = \"0s\"\nlisten ="), "is not a time span"},
		"bad answer_in":                          {replace("listen =", "answer_in = \"mai\"\nlisten ="), "is not a time span"},
		"name of no desk":                        {replace("token =", "desk_names = { la = \"Cán bộ\" }\ntoken ="), "none of desks"},
		"desk without a name":                    {replace("token =", "desk_names = { truc_ban = \"\" }\ntoken ="), "1 to 60 characters"},
		"bad gather_for":                         {replace("listen =", "gather_for = \"lâu\"\nlisten ="), "is not a pause"},
		"gather_for too long":                    {replace("listen =", "gather_for = \"31s\"\nlisten ="), "at most \"30s\""},
		"gather_for below nothing":               {replace("listen =", "gather_for = \"-1s\"\nlisten ="), "or \"0s\" to answer every message"},
		"lease shorter than a send":              {replace("[store]", "[store]\nlease = \"3s\""), "three times app.timeout"},
		"webhook without slash":                  {replace("[app]", "[app]\nwebhook = \"x\""), "begins with /"},
		"unknown field of don_vi":                {replace("dia_chi =", "diachi ="), "dia_chi"},
		"missing field of don_vi":                {replace("ten = \"Công an phường A\"", ""), "ten"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, err := config.Parse("hoithoai.toml", []byte(tt.text))
			if err == nil || !strings.Contains(err.Error(), tt.want) || !strings.HasPrefix(err.Error(), "hoithoai.toml: ") {
				t.Fatalf("err = %v\nwant it to say %q", err, tt.want)
			}
		})
	}
}

func TestSecretNeverNamesItsContent(t *testing.T) {
	t.Parallel()
	env := func(name string) (string, bool) { return map[string]string{"TOKEN": "hush"}[name], name == "TOKEN" }
	read := func(path string) ([]byte, fs.FileMode, error) {
		switch path {
		case "good":
			return []byte(" hush\n"), 0o600, nil
		case "open":
			return []byte("hush"), 0o644, nil
		}
		return nil, 0, fs.ErrNotExist
	}
	tests := []struct {
		name   string
		secret config.Secret
		want   string
		err    string
	}{
		{"env", config.Secret{Env: "TOKEN"}, "hush", ""},
		{"file", config.Secret{File: "good"}, "hush", ""},
		{"empty env", config.Secret{Env: "NONE"}, "", "environment variable NONE is empty"},
		{"file others may read", config.Secret{File: "open"}, "", "chmod 600"},
		{"missing file", config.Secret{File: "gone"}, "", "read secret file"},
		{"none", config.Secret{}, "", "no secret named"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			got, err := tt.secret.Resolve(env, read)
			if got != tt.want || (err == nil) != (tt.err == "") {
				t.Fatalf("Resolve = %q, %v", got, err)
			}
			if err != nil && (!strings.Contains(err.Error(), tt.err) || strings.Contains(err.Error(), "hush")) {
				t.Errorf("err = %v, want %q and never the secret", err, tt.err)
			}
		})
	}
}

func FuzzParse(f *testing.F) {
	f.Add([]byte(good))
	f.Add([]byte("[[office]]\nid=1"))
	f.Fuzz(func(t *testing.T, text []byte) {
		d, err := config.Parse("x", text)
		if err == nil && len(d.Offices) == 0 {
			t.Fatal("accepted a deployment without an office")
		}
	})
}
