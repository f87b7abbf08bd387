package fake_test

import (
	"bytes"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"hoithoai/runtime/zalo"
	"hoithoai/runtime/zalo/fake"
)

// FuzzSend: any body gets an answer of the API, and a message is in the ledger exactly when it was taken.
func FuzzSend(f *testing.F) {
	files, err := filepath.Glob("../../../testdata/zalo/api/*request*.json")
	if err != nil || len(files) < 8 {
		f.Fatal(len(files), err)
	}
	for _, path := range files {
		b, err := os.ReadFile(path)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(b)
	}
	f.Add([]byte(`{"recipient":{"user_id":"1"},"message":{"attachment":{"type":"template","payload":null}}}`))
	f.Add([]byte(`{"recipient":{"user_id":"1"},"message":{"text":"x","attachment":{"type":"template","payload":{"template_type":"list","elements":[{"title":"A","default_action":{"type":"oa.open.url"}}]}}}}`))
	f.Fuzz(func(t *testing.T, body []byte) {
		s := fake.New(fake.Config{Secret: "s", Offices: map[string]string{office: token}, Now: time.Now, NoWindow: true, List: true})
		code := answered(t, s, http.MethodPost, zalo.EndpointConsult, body)
		if taken := len(s.Since(0)) == 1; taken != (code == 0) || taken == (len(s.Refusals()) == 1) {
			t.Errorf("error %d, %d messages, refusals %+v", code, len(s.Since(0)), s.Refusals())
		}
		s.Wait()
	})
}

// answered makes a call without a network and returns the API's code.
func answered(t *testing.T, s *fake.Server, method, target string, body []byte) int {
	t.Helper()
	r := httptest.NewRequest(method, target, bytes.NewReader(body))
	r.Header["access_token"] = []string{token}
	r.Header["Access_token"] = []string{token} // as a server would spell it
	r.Header.Set("Content-Type", "application/json")
	w := httptest.NewRecorder()
	s.ServeHTTP(w, r)
	var a struct{ Error *int }
	if err := json.Unmarshal(w.Body.Bytes(), &a); err != nil || a.Error == nil || w.Code != http.StatusOK {
		t.Fatalf("status %d, answer %s, %v", w.Code, w.Body, err)
	}
	return *a.Error
}

func TestQueryDoor(t *testing.T) {
	t.Parallel()
	s := fake.New(fake.Config{Secret: "s", Offices: map[string]string{office: token}, Now: time.Now})
	s.Push(t.Context(), s.Person(office, "111").Text("một"))
	s.Push(t.Context(), s.Person(office, "222").Text("hai"))
	get := func(path, data string) int {
		return answered(t, s, http.MethodGet, path+"?data="+url.QueryEscape(data), nil)
	}
	tests := []struct {
		path, data string
		want       int
	}{
		{zalo.EndpointConversation, `{"user_id":"111","offset":0,"count":10}`, 0},
		{zalo.EndpointConversation, `{"user_id":"111","offset":0,"count":11}`, -210},
		{zalo.EndpointConversation, `{"user_id":"111","offset":-1,"count":1}`, -210},
		{zalo.EndpointConversation, `{"offset":0,"count":1}`, -201},
		{zalo.EndpointConversation, `{"user_id":111}`, -201},
		{zalo.EndpointConversation, ``, -201},
		{zalo.EndpointRecent, `{"offset":0,"count":5}`, 0},
		{zalo.EndpointRecent, `{"offset":99,"count":5}`, 0},
		{zalo.EndpointRecent, `{"offset":0,"count":50}`, -210},
		{zalo.EndpointUser, `{"user_id":"111"}`, 0},
		{zalo.EndpointUser, `{"user_id":"999"}`, -213},
		{zalo.EndpointUser, `{}`, -201},
	}
	for _, tt := range tests {
		if got := get(tt.path, tt.data); got != tt.want {
			t.Errorf("%s %s: %d, want %d", tt.path, tt.data, got, tt.want)
		}
	}
	if got := answered(t, s, http.MethodPost, zalo.EndpointQuota, []byte(`{"user":"111"}`)); got != -201 {
		t.Errorf("quota of nobody: %d", got)
	}
	if got := answered(t, s, http.MethodGet, zalo.EndpointConsult, nil); got != -201 {
		t.Errorf("GET of a send: %d", got)
	}
}

func TestRecentChats(t *testing.T) {
	t.Parallel()
	w := newWorld(t, nil)
	for _, id := range []string{"111", "222", "333"} {
		w.Push(t.Context(), w.Person(office, id).Text("tôi là "+id))
		w.clock.Move(time.Second)
	}
	w.Push(t.Context(), w.Person("another", "444").Text("nơi khác"))
	w.Push(t.Context(), w.Person(office, "111").Text("lại là 111"))
	req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, w.url+zalo.EndpointRecent+"?data="+url.QueryEscape(`{"offset":0,"count":2}`), nil)
	if err != nil {
		t.Fatal(err)
	}
	req.Header["access_token"] = []string{token}
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	var a struct {
		Data []struct {
			Src     int
			Message string
			FromID  string `json:"from_id"`
			ToID    string `json:"to_id"`
		}
	}
	if err := json.NewDecoder(res.Body).Decode(&a); err != nil {
		t.Fatal(err)
	}
	if len(a.Data) != 2 || a.Data[0].Message != "lại là 111" || a.Data[1].Message != "tôi là 333" || a.Data[0].Src != 1 || a.Data[0].FromID != "111" || a.Data[0].ToID != office {
		t.Errorf("%+v", a.Data)
	}
}

func TestUploadDoor(t *testing.T) {
	t.Parallel()
	const edge = "--b\r\nContent-Disposition: form-data; name=\"%\"; filename=\"a.pdf\"\r\n\r\n%PDF-1.4\r\n"
	form := func(fields ...string) string {
		var b strings.Builder
		for _, f := range fields {
			b.WriteString(strings.Replace(edge, "%", f, 1))
		}
		return b.String() + "--b--\r\n"
	}
	for name, tt := range map[string]struct {
		body, contentType string
		want              int
	}{
		"the field":    {form("file"), "multipart/form-data; boundary=b", 0},
		"another name": {form("image"), "multipart/form-data; boundary=b", -201},
		"two fields":   {form("file", "image"), "multipart/form-data; boundary=b", -201},
		"no form":      {"%PDF-1.4", "application/pdf", -201},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := fake.New(fake.Config{Secret: "s", Offices: map[string]string{office: token}, Now: time.Now})
			r := httptest.NewRequest(http.MethodPost, zalo.EndpointUploadFile, strings.NewReader(tt.body))
			r.Header.Set("Content-Type", tt.contentType)
			r.Header.Set("access_token", token)
			w := httptest.NewRecorder()
			s.ServeHTTP(w, r)
			var a struct {
				Error int
				Data  struct{ Token string }
			}
			if err := json.Unmarshal(w.Body.Bytes(), &a); err != nil || a.Error != tt.want || (a.Data.Token != "") != (tt.want == 0) {
				t.Errorf("answer %s, %v", w.Body, err)
			}
		})
	}
}
