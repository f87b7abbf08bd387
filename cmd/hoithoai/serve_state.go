package main

import (
	"fmt"
	"net/http"
	"reflect"
	"slices"
	"time"

	"filippo.io/age"

	"hoithoai/dsl/office"
	"hoithoai/runtime/config"
	"hoithoai/runtime/delivery"
	"hoithoai/runtime/deployment"
	"hoithoai/runtime/zalo"
)

// state is what a configured deployment serves at one moment: the configuration, the flows, and what is made of them. It is made
// beside what is served, and then put in its place.
type state struct {
	config   config.Deployment
	bundle   *bundle
	settings deployment.Settings
	outlets  map[string]*delivery.Outlet
	tokens   zalo.StaticTokens // nil where tokens are kept here
}

// state makes everything that d asks for; the bundle has no errors.
func (a *app) state(d config.Deployment, b *bundle) (*state, error) {
	s := &state{config: d, bundle: b, outlets: map[string]*delivery.Outlet{}, settings: deployment.Settings{
		Offices: map[string]*office.Office{}, TipKeys: map[string][]age.Recipient{}, Proof: proof(d),
		HumanFor: time.Duration(d.Human), OfficerFor: time.Duration(d.Officer), AnswerIn: time.Duration(d.Answer), Gather: d.GatherFor(),
		FullJournal: d.Journal == config.FullJournal,
	}}
	var err error
	if s.settings.Verifier, err = a.verifier(d.App); err != nil {
		return nil, err
	}
	if !d.App.Secret.IsSet() {
		if s.tokens, err = a.namedTokens(d); err != nil {
			return nil, err
		}
	}
	for _, o := range d.Offices {
		if err := s.office(o, a.now); err != nil {
			return nil, fmt.Errorf("office %s: %w", o.ID, err)
		}
	}
	return s, nil
}

// office adds one office.
func (s *state) office(o config.Office, now func() time.Time) (err error) {
	if s.settings.Offices[o.ID], err = o.Build(); err != nil {
		return err
	}
	if s.settings.TipKeys[o.ID], err = o.Recipients(); err != nil {
		return err
	}
	s.outlets[o.ID] = &delivery.Outlet{Capabilities: capabilities(o.Can), Assets: zalo.NewAssetCache(now)}
	return nil
}

// ids are the offices in the order of the configuration.
func (s *state) ids() []string {
	ids := make([]string, len(s.config.Offices))
	for i, o := range s.config.Offices {
		ids[i] = o.ID
	}
	return ids
}

// calls are the limits of single offices; 0: the app's.
func (s *state) calls() map[string]int {
	offices := map[string]int{}
	for _, o := range s.config.Offices {
		offices[o.ID] = o.Calls
	}
	return offices
}

// is reports whether two states serve the same.
func (s *state) is(t *state) bool {
	return s.bundle.Program.Hash == t.bundle.Program.Hash && reflect.DeepEqual(s.config, t.config) && reflect.DeepEqual(s.tokens, t.tokens) &&
		slices.Equal(s.settings.Verifier.Secrets, t.settings.Verifier.Secrets)
}

// hot are the keys of a configuration that may change while it is served. Every other one holds until the program ends.
var hot = map[string]bool{
	"flows": true, "human_for": true, "officer_for": true, "answer_in": true, "gather_for": true, "office": true,
	"app.oa_secrets": true, "app.verify": true, "app.proof_codes": true, "app.calls_per_minute": true,
}

// lasting names what of a configuration holds until the program ends, and differs in the two.
func lasting(was, next config.Deployment) []string {
	return differing("", reflect.ValueOf(was), reflect.ValueOf(next))
}

// differing names the keys of two tables of one type that differ and are not hot.
func differing(table string, was, next reflect.Value) []string {
	var keys []string
	for i := range was.NumField() {
		key := table + was.Type().Field(i).Tag.Get("toml")
		switch {
		case hot[key]:
		case key == "app":
			keys = append(keys, differing("app.", was.Field(i), next.Field(i))...)
		case !reflect.DeepEqual(was.Field(i).Interface(), next.Field(i).Interface()):
			keys = append(keys, key)
		}
	}
	return keys
}

func (a *app) verifier(app config.App) (zalo.Verifier, error) {
	v := zalo.Verifier{AppID: app.ID}
	if app.Verify == "log" {
		v.Mode = zalo.Log
	}
	for i, s := range app.OASecrets {
		secret, err := a.secret(s)
		if err != nil {
			return v, fmt.Errorf("app.oa_secrets[%d]: %w", i, err)
		}
		v.Secrets = append(v.Secrets, secret)
	}
	return v, nil
}

func capabilities(c config.Capabilities) zalo.Capabilities {
	can := zalo.DefaultCapabilities()
	choose(&can.Buttons, c.Buttons)
	choose(&can.ButtonsWithTemplateType, c.TemplateType)
	choose(&can.List, c.List)
	choose(&can.RequestInfo, c.RequestInfo)
	choose(&can.Images, c.Images)
	choose(&can.Files, c.Files)
	can.InfoImage = c.InfoImage
	return can
}

func choose(to *bool, chosen *bool) {
	if chosen != nil {
		*to = *chosen
	}
}

// proof answers Zalo's questions about the domain; nothing where no code is configured.
func proof(d config.Deployment) http.Handler {
	if len(d.App.ProofCodes) == 0 {
		return nil
	}
	p := zalo.DomainProof{Codes: d.App.ProofCodes}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/" {
			p.ServeRoot(w, r)
			return
		}
		p.ServeFile(w, r)
	})
}
