package config

import (
	"errors"
	"fmt"
	"maps"
	"net"
	"reflect"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"filippo.io/age"

	"hoithoai/dsl/office"
	"hoithoai/dsl/value"
	"hoithoai/runtime/zalo"
)

// keys lists every key of the file format, for suggestions.
func keys() []string {
	var out []string
	seen := map[reflect.Type]bool{}
	var walk func(t reflect.Type)
	walk = func(t reflect.Type) {
		for t.Kind() == reflect.Slice || t.Kind() == reflect.Pointer {
			t = t.Elem()
		}
		if t.Kind() != reflect.Struct || seen[t] {
			return
		}
		seen[t] = true
		for f := range t.Fields() {
			out = append(out, f.Tag.Get("toml"))
			walk(f.Type)
		}
	}
	walk(reflect.TypeFor[Deployment]())
	return out
}

func (d *Deployment) validate() error {
	if d.App.Verify != "enforce" && d.App.Verify != "log" {
		return fmt.Errorf("app.verify is %q; write \"enforce\" or \"log\"", d.App.Verify)
	}
	if !strings.HasPrefix(d.App.Webhook, "/") {
		return fmt.Errorf("app.webhook is %q; write a path that begins with /", d.App.Webhook)
	}
	if err := d.validateAdmin(); err != nil {
		return err
	}
	if len(d.Offices) == 0 {
		return errors.New("no [[office]]; write one for every Official Account, or run serve without configuration for the sandbox")
	}
	if d.App.ID == "" || len(d.App.OASecrets) == 0 {
		return errors.New("app.id and app.oa_secrets are needed: they check the signature of every webhook")
	}
	if d.Store.Lease < 3*d.App.Timeout {
		return fmt.Errorf("store.lease (%s) must be at least three times app.timeout (%s): a send must end while the person is still ours",
			time.Duration(d.Store.Lease), time.Duration(d.App.Timeout))
	}
	if key, says := d.Store.wrong(); key != "" {
		return errors.New(says.EN)
	}
	if d.App.Proof && !d.App.Secret.IsSet() {
		return errors.New("app.appsecret_proof is made with the App Secret; write secret = { env = \"NAME\" } or { file = \"path\" } under [app]")
	}
	if d.App.Calls < 1 || d.App.Calls > zalo.CallsPerMinute && d.App.BaseURL == "" {
		return fmt.Errorf("app.calls_per_minute is %d; write 1 to %d, Zalo's limit for one app", d.App.Calls, zalo.CallsPerMinute)
	}
	return d.validateOffices()
}

// validateAdmin keeps the operator's listener on this machine.
func (d *Deployment) validateAdmin() error {
	host, _, err := net.SplitHostPort(d.Admin)
	if d.Admin == "" || err != nil {
		return nil // a path
	}
	if ip := net.ParseIP(host); ip == nil || !ip.IsLoopback() {
		return fmt.Errorf("admin is %q; write the path of a socket, or a loopback address such as \"127.0.0.1:0\"", d.Admin)
	}
	return nil
}

func (d *Deployment) validateOffices() error {
	seen := map[string]bool{}
	for i, o := range d.Offices {
		where := fmt.Sprintf("office %d (id %q)", i+1, o.ID)
		if err := errors.Join(o.validate(), o.validateToken(d.App.Secret.IsSet()), o.validateCalls(d.App.Calls)); err != nil {
			return fmt.Errorf("%s: %w", where, err)
		}
		if seen[o.ID] {
			return fmt.Errorf("%s: this id stands twice; every Official Account has one [[office]]", where)
		}
		seen[o.ID] = true
	}
	return nil
}

func (o Office) validate() error {
	if o.ID == "" || strings.Trim(o.ID, "0123456789") != "" {
		return errors.New("id must be the Official Account's id, digits in quotes")
	}
	if _, err := o.Recipients(); err != nil {
		return err
	}
	if err := o.validateDesks(); err != nil {
		return err
	}
	_, err := o.Build()
	return err
}

// maxDeskName is the longest name of a desk, in runes.
const maxDeskName = 60

// validateDesks wants names only of desks that are there, short enough to open a sentence with.
func (o Office) validateDesks() error {
	for _, desk := range slices.Sorted(maps.Keys(o.Names)) {
		switch n := utf8.RuneCountInString(o.Names[desk]); {
		case !slices.Contains(o.Desks, desk):
			return fmt.Errorf("desk_names has %q, which is none of desks %v", desk, o.Desks)
		case n == 0 || n > maxDeskName || strings.ContainsFunc(o.Names[desk], unicode.IsControl):
			return fmt.Errorf("desk_names.%s must have 1 to %d characters on one line", desk, maxDeskName)
		}
	}
	return nil
}

// validateToken wants exactly one source of access tokens: kept here with the App Secret, or named.
func (o Office) validateToken(kept bool) error {
	switch {
	case kept && o.Token.IsSet():
		return errors.New("token stands beside app.secret, with which tokens are kept and refreshed here; remove token, and run hoithoai token set once")
	case !kept && !o.Token.IsSet():
		return errors.New("token is missing; write secret = { env = \"NAME\" } under [app], so that tokens are kept and refreshed here, " +
			"or, for a trial of 25 hours, token = { env = \"NAME\" } or { file = \"path\" }")
	}
	return nil
}

func (o Office) validateCalls(app int) error {
	if o.Calls < 0 || o.Calls > app {
		return fmt.Errorf("calls_per_minute is %d; write 1 to %d, or leave it out", o.Calls, app)
	}
	return nil
}

// Recipients parses the age keys to which tips are sealed: age1… (X25519) or age1pq… (hybrid).
func (o Office) Recipients() ([]age.Recipient, error) {
	if len(o.TipKeys) == 0 {
		return nil, nil
	}
	out, err := age.ParseRecipients(strings.NewReader(strings.Join(o.TipKeys, "\n")))
	if err != nil {
		return nil, fmt.Errorf("tip_keys: %w; write the public key that age-keygen prints (age1…)", err)
	}
	return out, nil
}

// Build makes the office as flows see it. The field nhan_tin is set exactly when tips can be sealed.
func (o Office) Build() (*office.Office, error) {
	out := &office.Office{
		ID: o.ID, Fields: map[string]string{}, Desks: o.Desks, DeskNames: o.Names,
		Hours: map[string]office.Week{}, Closed: map[int64]bool{}, Opened: map[int64]office.Day{},
	}
	for k, v := range o.Fields {
		out.Fields[k] = v
	}
	delete(out.Fields, "nhan_tin")
	if len(o.TipKeys) > 0 {
		out.Fields["nhan_tin"] = "age"
	}
	if err := out.CheckFields(); err != nil {
		return nil, err
	}
	var err error
	if out.Holidays, err = office.National(); err != nil {
		return nil, fmt.Errorf("holidays: %w", err)
	}
	return out, o.calendar(out)
}

func (o Office) calendar(out *office.Office) error {
	for work, text := range o.Hours {
		week, err := office.ParseWeek(text)
		if err != nil {
			return fmt.Errorf("hours.%s: %w", work, err)
		}
		if work == "chung" {
			work = ""
		}
		out.Hours[work] = week
	}
	for _, text := range o.Closed {
		day, err := parseDay(text)
		if err != nil {
			return fmt.Errorf("closed: %w", err)
		}
		if out.Closed[day] {
			return fmt.Errorf("closed: %s stands twice", text)
		}
		out.Closed[day] = true
	}
	for text, hours := range o.Opened {
		day, err := parseDay(text)
		if err != nil {
			return fmt.Errorf("opened: %w", err)
		}
		if out.Closed[day] {
			return fmt.Errorf("opened: %s is closed too; keep it in one of the two", text)
		}
		if out.Opened[day], err = office.ParseDay(hours); err != nil {
			return fmt.Errorf("opened %s: %w", text, err)
		}
	}
	return nil
}

func parseDay(text string) (int64, error) {
	v, err := value.Type{Kind: value.Date}.Parse(text)
	if err != nil {
		return 0, fmt.Errorf("%q is not a day; write DD/MM/YYYY", text)
	}
	return v.N, nil
}
