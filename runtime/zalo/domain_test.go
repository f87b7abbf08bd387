package zalo_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"hoithoai/runtime/zalo"

	"github.com/gorilla/mux"
)

// ask asks a router as the server mounts it.
func ask(p zalo.DomainProof, path string) *httptest.ResponseRecorder {
	r := mux.NewRouter()
	r.HandleFunc(zalo.ProofPath, p.ServeFile).Methods(http.MethodGet)
	r.HandleFunc("/", p.ServeRoot).Methods(http.MethodGet)
	w := httptest.NewRecorder()
	r.ServeHTTP(w, httptest.NewRequest(http.MethodGet, path, nil))
	return w
}

func TestDomainProofFile(t *testing.T) {
	t.Parallel()
	p := zalo.DomainProof{Codes: []string{"FjQ-R_7s0", "second"}}
	for path, want := range map[string]int{
		"/zalo_verifierFjQ-R_7s0.html": 200, "/zalo_verifiersecond.html": 200, "/zalo_verifier.html": 404, "/zalo_verifierfjq-r_7s0.html": 404,
		"/zalo_verifierother.html": 404, "/zalo_verifiersecond": 404, "/zalo_verifier%3Cscript%3E.html": 404,
	} {
		w := ask(p, path)
		if w.Code != want {
			t.Errorf("%s: status %d, want %d", path, w.Code, want)
		}
		code := strings.TrimSuffix(strings.TrimPrefix(path, "/zalo_verifier"), ".html")
		if tag := `<meta name="zalo-platform-site-verification" content="` + code + `"/>`; want == 200 && (!strings.Contains(w.Body.String(), tag) || strings.Count(w.Body.String(), "<meta name") != 1) {
			t.Errorf("%s: %s", path, w.Body)
		}
	}
}

func TestDomainProofRoot(t *testing.T) {
	t.Parallel()
	w := ask(zalo.DomainProof{Codes: []string{"one", "two", `"><script>`, ""}}, "/")
	body := w.Body.String()
	if w.Code != 200 || !strings.HasPrefix(w.Header().Get("Content-Type"), "text/html") || strings.Contains(body, "script") {
		t.Errorf("status %d: %s", w.Code, body)
	}
	for _, code := range []string{"one", "two"} {
		if !strings.Contains(body, `<meta name="zalo-platform-site-verification" content="`+code+`"/>`) {
			t.Errorf("no tag for %s: %s", code, body)
		}
	}
	if strings.Count(body, "zalo-platform") != 2 {
		t.Errorf("tags for codes that are none: %s", body)
	}
	if w := ask(zalo.DomainProof{}, "/zalo_verifier.html"); w.Code != 404 {
		t.Errorf("without codes: %d", w.Code)
	}
}
