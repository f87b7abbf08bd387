package deployment_test

import (
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"hoithoai/dsl"
	"hoithoai/dsl/office"
	"hoithoai/runtime/deployment"
	"hoithoai/runtime/testbed"
	"hoithoai/runtime/zalo"
)

// settings are those of the town, with another phone.
func (w *town) settings(phone string) deployment.Settings {
	of := testbed.Office()
	of.Fields["dien_thoai"], of.Fields["truc_ban"] = phone, phone
	return deployment.Settings{
		Offices:  map[string]*office.Office{testbed.OfficeID: of},
		Verifier: zalo.Verifier{AppID: testbed.App, Secrets: []string{testbed.Secret}},
	}
}

func (w *town) exchange(s deployment.Settings, loaded dsl.Result) error {
	return w.dep.Exchange(w.t.Context(), s, loaded, func() {})
}

func (w *town) mustExchange(s deployment.Settings, loaded dsl.Result) {
	w.t.Helper()
	if err := w.exchange(s, loaded); err != nil {
		w.t.Fatal(err)
	}
}

// TestExchangeWhileServing changes the phone, the flow, the secret, the proof and the keys of tips under a running process.
func TestExchangeWhileServing(t *testing.T) {
	t.Parallel()
	loaded := real(t)
	w := newTown(t).publish(loaded).open()
	if got := w.say("địa chỉ"); strings.Contains(got, "113 113") {
		t.Fatalf("it says %s", got)
	}
	s := w.settings("113 113")
	s.Proof = http.HandlerFunc(func(rw http.ResponseWriter, _ *http.Request) { rw.WriteHeader(http.StatusTeapot) })
	w.mustExchange(s, loaded)
	if got := w.say("địa chỉ"); !strings.Contains(got, "113 113") {
		t.Errorf("the phone has changed, and it says %s", got)
	}
	if got := answered(t, w.url+"/"); got != http.StatusTeapot {
		t.Errorf("the proof of the domain is answered %d", got)
	}
	delete(s.Offices[testbed.OfficeID].Fields, "nhan_tin") // as config.Build does of an office without keys
	if got := w.say("báo tin"); !strings.Contains(got, "chưa mở nhận tin báo") {
		t.Errorf("an office without keys takes tips: %s", got)
	}
	s = w.settings("115")
	s.Verifier.Secrets = []string{"another"}
	w.mustExchange(s, loaded)
	if got := testbed.Deliver(t.Context(), w.url+webhook, w.person().Text("địa chỉ")); got != http.StatusOK {
		t.Errorf("a webhook with the old secret is answered %d", got)
	}
	testbed.Until(t, "the old secret is refused", func() bool { return w.counters.Count(t, "webhook_forged") == 1 })
	if got := answered(t, w.url+"/"); got != http.StatusNotFound {
		t.Errorf("without a proof the root is answered %d", got)
	}
}

func answered(t *testing.T, address string) int {
	t.Helper()
	res, err := http.Get(address)
	if err != nil {
		t.Fatal(err)
	}
	res.Body.Close()
	return res.StatusCode
}

// TestExchangeRefused: whatever does not fit changes nothing, and is told in both languages.
func TestExchangeRefused(t *testing.T) {
	t.Parallel()
	loaded := real(t)
	w := newTown(t).publish(loaded)
	before := w.dep.Library().Current()
	lacking := w.settings("1")
	delete(lacking.Offices[testbed.OfficeID].Fields, "gio_lam_viec")
	off := func(names ...string) deployment.Settings {
		s := w.settings("1")
		s.Offices[testbed.OfficeID].Off = map[string]bool{}
		for _, name := range names {
			s.Offices[testbed.OfficeID].Off[name] = true
		}
		return s
	}
	for name, c := range map[string]struct {
		settings deployment.Settings
		vi, en   string
	}{
		"a field that flows read":      {lacking, "chưa khai don_vi.gio_lam_viec", "flows read don_vi.gio_lam_viec"},
		"a flow that is not there":     {off("lich_hem"), `có phải "lich_hen"?`, `did you mean "lich_hen"?`},
		"nothing like a flow":          {off("qqqqqqqq"), "không có luồng này", "which is no flow"},
		"a flow that must be reached":  {off("khan_cap"), "không tắt được luồng khan_cap", "khan_cap cannot be switched off"},
		"the flow that answers others": {off("chao_hoi"), "không tắt được luồng chao_hoi", "chao_hoi cannot be switched off"},
	} {
		err := w.exchange(c.settings, loaded)
		e, ok := errors.AsType[*deployment.UnfitError](err)
		if !ok || !strings.Contains(e.In("vi"), c.vi) || !strings.Contains(e.In("en"), c.en) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if err := w.exchange(w.settings("1"), dsl.Result{}); !errors.Is(err, deployment.ErrErrors) {
		t.Errorf("flows with errors: %v", err)
	}
	if of := w.dep.Office(testbed.OfficeID); w.dep.Library().Current() != before || of.Fields["dien_thoai"] == "1" {
		t.Error("something has changed")
	}
	w.mustExchange(off("lich_hen", "tam_tru"), loaded)
}

// TestOfficesThatComeAndGo: an event of an office is known exactly while it is served.
func TestOfficesThatComeAndGo(t *testing.T) {
	t.Parallel()
	loaded := testbed.Small(t)
	w := newTown(t).publish(loaded)
	handler := w.dep.Handler(t.Context())
	post := func() int {
		hook := w.person().Text("hỏi thăm")
		req := httptest.NewRequest(http.MethodPost, webhook, strings.NewReader(string(hook.Body)))
		for k, v := range hook.Header {
			req.Header[k] = v
		}
		rw := httptest.NewRecorder()
		handler.ServeHTTP(rw, req)
		return rw.Code
	}
	none := w.settings("1")
	none.Offices = map[string]*office.Office{}
	w.mustExchange(none, loaded)
	if got := post(); got != http.StatusOK || w.counters.Count(t, "webhook_unknown_office") != 1 || w.counters.Count(t, "event_accepted") != 0 {
		t.Errorf("an event of an office that is gone: %d", got)
	}
	w.mustExchange(w.settings("1"), loaded)
	if got := post(); got != http.StatusOK || w.counters.Count(t, "event_accepted") != 1 {
		t.Errorf("an event of an office that came back: %d", got)
	}
}
