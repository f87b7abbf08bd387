// Package config reads a deployment's TOML file strictly: an unknown key is an error with a suggestion, a missing one says
// what to write, and secrets are never in the file, only the name of the environment variable or 0600 file that holds them.
// It turns text into values; opening stores, keys and listeners is the work of cmd.
package config

import (
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"time"

	"github.com/pelletier/go-toml/v2"

	"hoithoai/runtime/engine"
	"hoithoai/runtime/zalo"
)

// Deployment is one configuration file.
type Deployment struct {
	Listen  string   `toml:"listen"`  // address of the webhook listener; default "127.0.0.1:8080"
	Metrics string   `toml:"metrics"` // address of /metrics; "" (default): none
	Admin   string   `toml:"admin"`   // path of the operator's unix socket, or a loopback address; default: the socket quan-tri.sock in Data
	Data    string   `toml:"data"`    // folder of the embedded store and of keys made here; default "du-lieu"
	Flows   string   `toml:"flows"`   // folder of flows; "" (default): the ones in the binary
	Store   Store    `toml:"store"`
	Keys    Secret   `toml:"keys"` // sealing keys; default: the file keys in Data
	App     App      `toml:"app"`
	Human   Period   `toml:"human_for"`   // how long the bot is silent after chuyển người while no officer writes; default "8h"
	Officer Period   `toml:"officer_for"` // how long the bot is silent after each message of an officer; default "30m"
	Answer  Period   `toml:"answer_in"`   // within how much of a desk's hours an officer answers, then the person reads an apology; default "1h"
	Gather  *Pause   `toml:"gather_for"`  // the pause that ends a burst of messages, at most 30s; default "3s", "0s" answers each by itself
	Watch   *bool    `toml:"watch"`       // whether changes of this file and of the flows are taken up by themselves; default true, else by hoithoai reload
	CatchUp *bool    `toml:"catch_up"`    // whether recent conversations are read after more than 30 s without us; default true
	Otel    string   `toml:"otel"`        // where spans of single events go over OTLP/HTTP: "http://127.0.0.1:4318"; "" (default): nobody traces
	Journal string   `toml:"journal"`     // "brief" (default): consents, faults and handovers are recorded, without words; "full": every step with its words
	Offices []Office `toml:"office"`
}

// The values of Deployment.Journal.
const (
	BriefJournal = "brief"
	FullJournal  = "full"
)

// Store says where state lives.
type Store struct {
	URL        Secret `toml:"url"`        // redis://, rediss://, redis+sentinel://, redis+cluster://; none (default): embedded
	Partitions int    `toml:"partitions"` // default 64 (256 on a cluster); fixed at install
	Lease      Period `toml:"lease"`      // how long a silent process keeps a person; default "15s", at least three times app.timeout

	// Level is what must survive, D1 to D4 (see runtime/README.md); serve refuses to start where the store keeps less. Default:
	// D1 for Redis, D2 for the embedded store, which is always at D2.
	Level     string `toml:"level"`
	Unchecked bool   `toml:"level_unchecked"` // what a managed Redis does not show of its configuration, or does not let us see to (BGREWRITEAOF after its starts), is taken to be right
	Copies    int    `toml:"wait_replicas"`   // at D4: how many replicas must have what was taken before Zalo gets 200; default 1
	Wait      Period `toml:"wait"`            // at D4: how long they have for it, else Zalo gets 503; default "200ms", at most 500ms
	Commits   *bool  `toml:"wait_commit"`     // at D4: steps wait too; else a failover may answer a person twice; default true
}

// App is the Zalo app whose webhook comes here.
type App struct {
	ID         string   `toml:"id"`
	Webhook    string   `toml:"webhook"`     // path; default "/zalo/webhook"
	Verify     string   `toml:"verify"`      // "enforce" (default) or "log"
	OASecrets  []Secret `toml:"oa_secrets"`  // OA Secret Key of the webhook page; two during rotation
	ProofCodes []string `toml:"proof_codes"` // domain proof
	BaseURL    string   `toml:"base_url"`    // default https://openapi.zalo.me
	Timeout    Period   `toml:"timeout"`     // of one call to Zalo; default "5s"
	// Secret is the App Secret (not the OA Secret Key). With it the tokens of every office are kept and refreshed here: give
	// each its first ones with hoithoai token set. Without it every office names an access token, which dies after 25 hours.
	Secret   Secret `toml:"secret"`
	Proof    bool   `toml:"appsecret_proof"` // the app demands appsecret_proof with every call (else error -242)
	OAuthURL string `toml:"oauth_url"`       // default https://oauth.zaloapp.com
	// Calls is how many calls a minute all processes together may make to Zalo for all offices; default 4000, Zalo's limit of an
	// app. Processes over one Redis share it; give two deployments that serve one app each its part. More is accepted only beside a base_url, whose server has limits of its own.
	Calls int `toml:"calls_per_minute"`
}

// Period is a time span written as in "15s" or "2m".
type Period time.Duration

// UnmarshalText reads the written form.
func (p *Period) UnmarshalText(text []byte) error {
	d, err := time.ParseDuration(string(text))
	if err != nil || d <= 0 {
		return spoken("%q không phải khoảng thời gian; viết ví dụ \"15s\"", "%q is not a time span; write for example \"15s\"", text)
	}
	*p = Period(d)
	return nil
}

// Pause is a Period that may be none.
type Pause time.Duration

// LongestPause is how long a person may be made to wait for the answer to the last line.
const LongestPause = 30 * time.Second

// UnmarshalText reads the written form.
func (p *Pause) UnmarshalText(text []byte) error {
	d, err := time.ParseDuration(string(text))
	if err != nil || d < 0 || d > LongestPause {
		return spoken("%q không phải khoảng chờ; viết \"3s\", nhiều nhất \"30s\", hoặc \"0s\" để trả lời từng tin",
			"%q is not a pause; write \"3s\", at most \"30s\", or \"0s\" to answer every message by itself", text)
	}
	*p = Pause(d)
	return nil
}

// Watches reports whether changes are taken up by themselves.
func (d *Deployment) Watches() bool { return d.Watch == nil || *d.Watch }

// GatherFor is the pause that ends a burst of messages.
func (d *Deployment) GatherFor() time.Duration {
	if d.Gather == nil {
		return engine.DefaultGather
	}
	return time.Duration(*d.Gather)
}

// Office is one Official Account.
type Office struct {
	ID      string            `toml:"id"`
	Fields  map[string]string `toml:"don_vi"`           // don_vi.*: ten, dia_chi, dien_thoai, truc_ban, …
	Desks   []string          `toml:"desks"`            // names for chuyển người; default ["truc_ban"]
	Names   map[string]string `toml:"desk_names"`       // who answers at a desk, as residents read it: cu_tru = "Cán bộ cư trú"
	Hours   map[string]string `toml:"hours"`            // by kind of work; "chung" is the office's own week
	Closed  []string          `toml:"closed"`           // days nobody works, DD/MM/YYYY
	Opened  map[string]string `toml:"opened"`           // days worked against the week: day → hours
	Token   Secret            `toml:"token"`            // access token, for trials; none where app.secret is given
	Calls   int               `toml:"calls_per_minute"` // to Zalo for this office; default: the app's
	TipKeys []string          `toml:"tip_keys"`         // age recipients; none: takes no tips
	Can     Capabilities      `toml:"can"`
	// FlowsOff names flows that this office does not offer: who asks for one reads that, with the office's phone. What people
	// must always reach cannot be switched off: khẩn cấp and không giữ flows, and those of khi quan tâm and khi không hiểu.
	FlowsOff []string `toml:"flows_off"`
	// OldWards are the names, with their district, of the wards before 01/07/2025 that this office covers today:
	// "Phường 5, Quận Tân Bình". Residents may name them, and flows show them as don_vi.phuong_cu. Needs don_vi.phuong.
	OldWards []string `toml:"old_wards"`
}

// Capabilities switch what is unproven on the v3 API on or off for one office (facts/zalo-api.md §2.3); a key that is not
// written keeps the default of package zalo.
type Capabilities struct {
	Buttons      *bool  `toml:"buttons"`               // buttons under a text
	TemplateType *bool  `toml:"buttons_template_type"` // with template_type "button"
	List         *bool  `toml:"list"`                  // choices as a list
	RequestInfo  *bool  `toml:"request_info"`          // Zalo's own form for name and telephone; needs info_image
	InfoImage    string `toml:"info_image"`            // public address of the picture that form requires
	Images       *bool  `toml:"images"`
	Files        *bool  `toml:"files"`
}

// Secret names where a secret is, never the secret itself.
type Secret struct {
	Env  string `toml:"env"`
	File string `toml:"file"`
}

// IsSet reports whether a place is named.
func (s Secret) IsSet() bool { return s.Env != "" || s.File != "" }

// Parse reads a configuration file; name stands in errors. An error is Faults: everything that is wrong, where it is, and what
// to do.
func Parse(name string, text []byte) (Deployment, error) {
	var d Deployment
	f := &faults{file: name}
	dec := toml.NewDecoder(strings.NewReader(string(text)))
	dec.DisallowUnknownFields()
	if err := dec.Decode(&d); err != nil {
		f.explain(err)
		return Deployment{}, f.all()
	}
	f.places = placesOf(text)
	d.fill()
	d.validate(f)
	if err := f.all(); err != nil {
		return Deployment{}, err
	}
	return d, nil
}

func (d *Deployment) fill() {
	def(&d.Listen, "127.0.0.1:8080")
	def(&d.Data, "du-lieu")
	def(&d.App.Webhook, "/zalo/webhook")
	def(&d.App.Verify, "enforce")
	def(&d.Journal, BriefJournal)
	defPeriod(&d.Human, 8*time.Hour)
	defPeriod(&d.Officer, 30*time.Minute)
	defPeriod(&d.Answer, time.Hour)
	defPeriod(&d.Store.Lease, 15*time.Second)
	defPeriod(&d.App.Timeout, 5*time.Second)
	d.Store.fill()
	if d.App.Calls == 0 {
		d.App.Calls = zalo.CallsPerMinute
	}
	for i := range d.Offices {
		if len(d.Offices[i].Desks) == 0 {
			d.Offices[i].Desks = []string{"truc_ban"}
		}
	}
}

func def(s *string, v string) {
	if *s == "" {
		*s = v
	}
}

func defPeriod(p *Period, v time.Duration) {
	if *p == 0 {
		*p = Period(v)
	}
}

// Resolve reads a secret from the environment or its file. A file that others may read is refused.
func (s Secret) Resolve(env func(string) (string, bool), read func(string) ([]byte, fs.FileMode, error)) (string, error) {
	switch {
	case s.Env != "":
		v, ok := env(s.Env)
		if !ok || v == "" {
			return "", fmt.Errorf("environment variable %s is empty; set it to the secret", s.Env)
		}
		return v, nil
	case s.File != "":
		return fromFile(s.File, read)
	default:
		return "", errors.New("no secret named; write { env = \"NAME\" } or { file = \"path\" }")
	}
}

func fromFile(path string, read func(string) ([]byte, fs.FileMode, error)) (string, error) {
	text, mode, err := read(path)
	if err != nil {
		return "", fmt.Errorf("read secret file: %w", err)
	}
	if mode.Perm()&0o077 != 0 {
		return "", fmt.Errorf("secret file %s may be read by others (mode %04o); run chmod 600 on it", path, mode.Perm())
	}
	return strings.TrimSpace(string(text)), nil
}
