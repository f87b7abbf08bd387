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

	"hoithoai/runtime/tracing"
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

// validate notes everything that is wrong with what was read.
func (d *Deployment) validate(f *faults) {
	d.validateApp(f)
	d.validateAdmin(f)
	if err := tracing.CheckURL(d.Otel); d.Otel != "" && err != nil {
		f.add("otel", "otel là %q; viết địa chỉ nơi nhận, ví dụ \"http://127.0.0.1:4318\"", "otel is %q; write the address of a collector, for example \"http://127.0.0.1:4318\"", d.Otel)
	}
	if d.Store.Lease < 3*d.App.Timeout {
		f.add("store.lease", "store.lease (%s) phải gấp ít nhất ba lần app.timeout (%s): một lần gửi phải xong khi người ấy còn thuộc máy này",
			"store.lease (%s) must be at least three times app.timeout (%s): a send must end while the person is still ours",
			time.Duration(d.Store.Lease), time.Duration(d.App.Timeout))
	}
	if d.Journal != BriefJournal && d.Journal != FullJournal {
		f.add("journal", "journal là %q; viết \"brief\" hoặc \"full\"", "journal is %q; write \"brief\" or \"full\"", d.Journal)
	}
	if len(d.Offices) == 0 {
		f.add("", "chưa có [[office]]; khai mỗi trang Zalo một nhóm, hoặc chạy serve không có cấu hình để dùng thử",
			"no [[office]]; write one for every Official Account, or run serve without configuration for the sandbox")
	}
	seen := map[string]bool{}
	for i := range d.Offices {
		d.validateOffice(f, i, seen)
	}
}

func (d *Deployment) validateApp(f *faults) {
	if d.App.Verify != "enforce" && d.App.Verify != "log" {
		f.add("app.verify", "app.verify là %q; viết \"enforce\" hoặc \"log\"", "app.verify is %q; write \"enforce\" or \"log\"", d.App.Verify)
	}
	if !strings.HasPrefix(d.App.Webhook, "/") {
		f.add("app.webhook", "app.webhook là %q; viết một đường dẫn bắt đầu bằng /", "app.webhook is %q; write a path that begins with /", d.App.Webhook)
	}
	if d.App.ID == "" || len(d.App.OASecrets) == 0 {
		f.add("app", "cần app.id và app.oa_secrets: chữ ký của mỗi webhook được kiểm bằng hai khóa này",
			"app.id and app.oa_secrets are needed: they check the signature of every webhook")
	}
	if key, says := d.Store.wrong(); key != "" {
		f.say(key, says)
	}
	if d.App.Proof && !d.App.Secret.IsSet() {
		f.add("app.appsecret_proof", "app.appsecret_proof được tính từ App Secret; viết secret = { env = \"TÊN\" } hoặc { file = \"đường dẫn\" } trong [app]",
			"app.appsecret_proof is made with the App Secret; write secret = { env = \"NAME\" } or { file = \"path\" } under [app]")
	}
	if d.App.Calls < 1 || d.App.Calls > zalo.CallsPerMinute && d.App.BaseURL == "" {
		f.add("app.calls_per_minute", "app.calls_per_minute là %d; viết từ 1 đến %d, giới hạn của Zalo cho một ứng dụng",
			"app.calls_per_minute is %d; write 1 to %d, Zalo's limit for one app", d.App.Calls, zalo.CallsPerMinute)
	}
}

// validateAdmin keeps the operator's listener on this machine.
func (d *Deployment) validateAdmin(f *faults) {
	host, _, err := net.SplitHostPort(d.Admin)
	if d.Admin == "" || err != nil {
		return // a path
	}
	if ip := net.ParseIP(host); ip == nil || !ip.IsLoopback() {
		f.add("admin", "admin là %q; viết đường dẫn của socket, hoặc địa chỉ chỉ trên máy này, ví dụ \"127.0.0.1:0\"",
			"admin is %q; write the path of a socket, or a loopback address such as \"127.0.0.1:0\"", d.Admin)
	}
}

// validateOffice notes what is wrong with one office; seen are the ids before it.
func (d *Deployment) validateOffice(f *faults, i int, seen map[string]bool) {
	o, first := d.Offices[i], len(f.found)
	at := fmt.Sprintf("office[%d]", i+1)
	switch {
	case o.ID == "" || strings.Trim(o.ID, "0123456789") != "":
		f.add(at+".id", "id phải là mã số của trang Zalo (Official Account), chữ số trong dấu nháy", "id must be the Official Account's id, digits in quotes")
	case seen[o.ID]:
		f.add(at+".id", "mã này khai hai lần; mỗi trang Zalo một [[office]]", "this id stands twice; every Official Account has one [[office]]")
	}
	seen[o.ID] = true
	o.validateToken(f, at, d.App.Secret.IsSet())
	if o.Calls < 0 || o.Calls > d.App.Calls {
		f.add(at+".calls_per_minute", "calls_per_minute là %d; viết từ 1 đến %d, hoặc bỏ đi", "calls_per_minute is %d; write 1 to %d, or leave it out", o.Calls, d.App.Calls)
	}
	o.validateKeys(f, at)
	o.validateDesks(f, at)
	o.validateFlows(f, at)
	o.build(f, at)
	for j := first; j < len(f.found); j++ {
		f.found[j].Office = fmt.Sprintf("%d (id %q)", i+1, o.ID)
	}
}

// maxDeskName is the longest name of a desk, in runes.
const maxDeskName = 60

// validateDesks wants names only of desks that are there, short enough to open a sentence with.
func (o Office) validateDesks(f *faults, at string) {
	for _, desk := range slices.Sorted(maps.Keys(o.Names)) {
		switch n := utf8.RuneCountInString(o.Names[desk]); {
		case !slices.Contains(o.Desks, desk):
			f.add(at+".desk_names."+desk, "desk_names có %q, không nằm trong desks %v", "desk_names has %q, which is none of desks %v", desk, o.Desks)
		case n == 0 || n > maxDeskName || strings.ContainsFunc(o.Names[desk], unicode.IsControl):
			f.add(at+".desk_names."+desk, "desk_names.%s phải có từ 1 đến %d ký tự trên một dòng", "desk_names.%s must have 1 to %d characters on one line", desk, maxDeskName)
		}
	}
}

// validateFlows wants each flow once. Whether there is such a flow is held against the flows (deployment.Publish).
func (o Office) validateFlows(f *faults, at string) {
	for i, name := range o.FlowsOff {
		switch {
		case strings.TrimSpace(name) == "":
			f.add(at+".flows_off", "flows_off có một tên trống; viết tên luồng, ví dụ \"lich_hen\"", "flows_off has an empty name; write a flow's name, such as \"lich_hen\"")
		case slices.Contains(o.FlowsOff[:i], name):
			f.add(at+".flows_off", "flows_off có %q hai lần", "flows_off has %q twice", name)
		}
	}
}

// validateToken wants exactly one source of access tokens: kept here with the App Secret, or named.
func (o Office) validateToken(f *faults, at string, kept bool) {
	switch {
	case kept && o.Token.IsSet():
		f.add(at+".token", "token đứng cạnh app.secret, là nơi mã được giữ và tự làm mới; bỏ token, và chạy hoithoai token set một lần",
			"token stands beside app.secret, with which tokens are kept and refreshed here; remove token, and run hoithoai token set once")
	case !kept && !o.Token.IsSet():
		f.add(at, "thiếu token; viết secret = { env = \"TÊN\" } trong [app] để mã được giữ và tự làm mới ở đây, "+
			"hoặc, để thử trong 25 giờ, token = { env = \"TÊN\" } hay { file = \"đường dẫn\" }",
			"token is missing; write secret = { env = \"NAME\" } under [app], so that tokens are kept and refreshed here, "+
				"or, for a trial of 25 hours, token = { env = \"NAME\" } or { file = \"path\" }")
	}
}

func (o Office) validateKeys(f *faults, at string) {
	if _, err := o.Recipients(); err != nil {
		cause := errors.Unwrap(err)
		f.add(at+".tip_keys", "tip_keys: %v; viết khóa công khai mà age-keygen in ra (age1…)", "tip_keys: %v; write the public key that age-keygen prints (age1…)", cause)
	}
}

// Recipients parses the age keys to which tips are sealed: age1… (X25519) or age1pq… (hybrid).
func (o Office) Recipients() ([]age.Recipient, error) {
	if len(o.TipKeys) == 0 {
		return nil, nil
	}
	out, err := age.ParseRecipients(strings.NewReader(strings.Join(o.TipKeys, "\n")))
	if err != nil {
		return nil, fmt.Errorf("tip_keys: %w", err)
	}
	return out, nil
}
