package fake

import (
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"net/http"
	"net/url"
	"time"
)

// oauth is what the token endpoint knows (facts §4). The server's lock guards it.
type oauth struct {
	refresh map[string]string // office by refresh token that was not used yet
	codes   map[string]code
	till    map[string]time.Time
	script  []Fault
	grants  map[string]int
	serial  int
}

// code is an authorization code.
type code struct {
	office, challenge string
	till              time.Time
}

// codeLife is how long an authorization code can be used (facts §4 [DIG2]).
const codeLife = 10 * time.Minute

func newOAuth() oauth {
	return oauth{
		refresh: map[string]string{}, codes: map[string]code{}, till: map[string]time.Time{},
		grants: map[string]int{},
	}
}

// RefreshToken gives out a refresh token of an office, as the console's API Explorer does. Earlier ones stay good.
func (s *Server) RefreshToken(office string) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.refreshToken(office)
}

func (s *Server) refreshToken(office string) string {
	s.oauth.serial++
	token := fmt.Sprintf("fake-refresh-%s-%d", office, s.oauth.serial)
	s.oauth.refresh[token] = office
	return token
}

// AuthorizationCode gives out a code of an office, as the permission page does. challenge is the PKCE challenge; "" where the
// console was given none.
func (s *Server) AuthorizationCode(office, challenge string) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.oauth.serial++
	c := fmt.Sprintf("fake-code-%s-%d", office, s.oauth.serial)
	s.oauth.codes[c] = code{office, challenge, s.cfg.Now().Add(codeLife)}
	return c
}

// ScriptOAuth makes the next calls of the token endpoint behave as told, one fault each: None, Hang, HangAfter, Lost, Down,
// DownAfter, Garbage or Limited.
func (s *Server) ScriptOAuth(faults ...Fault) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.oauth.script = append(s.oauth.script, faults...)
}

// Grants is how many pairs of tokens the endpoint made for an office, whether or not the answer arrived.
func (s *Server) Grants(office string) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.oauth.grants[office]
}

// AccessToken is the access token of an office that is good now; "" where there is none.
func (s *Server) AccessToken(office string) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	for t, o := range s.offers {
		if o == office {
			return t
		}
	}
	return ""
}

// grant is POST v4/oa/access_token.
func (s *Server) grant(w http.ResponseWriter, r *http.Request) {
	r.Body = http.MaxBytesReader(w, r.Body, 8<<10)
	unread := r.ParseForm() // before a fault: a connection is not seen to end while its body is unread
	fault := s.nextOAuthFault()
	if !fault.processed() {
		misbehave(w, r, fault)
		return
	}
	answer := s.granted(r, unread)
	if misbehave(w, r, fault) {
		return
	}
	reply(w, answer)
}

func (s *Server) nextOAuthFault() Fault {
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.oauth.script) == 0 {
		return None
	}
	f := s.oauth.script[0]
	s.oauth.script = s.oauth.script[1:]
	return f
}

// granted carries a call out and returns what is to be answered.
func (s *Server) granted(r *http.Request, unread error) map[string]any {
	s.mu.Lock()
	defer s.mu.Unlock()
	form := r.PostForm
	office, code, reason := "", -14002, "body cannot be read"
	if unread == nil {
		office, code, reason = s.owner(r, form)
	}
	if reason != "" {
		s.refused = append(s.refused, Refusal{r.URL.Path, code, reason})
		return map[string]any{"error": code, "error_name": "invalid", "error_reason": reason, "ref_doc": "", "error_description": reason}
	}
	s.oauth.grants[office]++
	access := fmt.Sprintf("fake-access-%s-%d", office, s.oauth.grants[office])
	s.setToken(office, access) // the old access token dies [B]
	s.oauth.till[access] = s.cfg.Now().Add(s.cfg.TokenLife)
	return map[string]any{
		"access_token": access, "refresh_token": s.refreshToken(office), "refresh_token_expires_in": "7776000",
		"expires_in": fmt.Sprintf("%d", int(s.cfg.TokenLife/time.Second)), // a string of seconds [DIG2]
	}
}

// owner uses up the code or refresh token of a call and returns its office, or the code and the reason of the refusal. Which
// codes Zalo gives for a wrong secret, app or authorization code is not known (facts §4 name four): the nearest stand here.
func (s *Server) owner(r *http.Request, form url.Values) (office string, code int, reason string) {
	switch {
	case r.Method != http.MethodPost || r.Header.Get("Content-Type") != "application/x-www-form-urlencoded":
		return "", -14002, "not a form that is posted"
	case s.cfg.OAuthSecret == "" || r.Header.Get("secret_key") != s.cfg.OAuthSecret:
		return "", -14002, "secret_key is missing or wrong"
	case form.Get("app_id") != s.cfg.AppID:
		return "", -14002, "app_id is missing or wrong"
	}
	if form.Get("grant_type") == "authorization_code" {
		return s.spendCode(form)
	}
	token := form.Get("refresh_token")
	office, ok := s.oauth.refresh[token]
	if form.Get("grant_type") != "refresh_token" || !ok {
		return "", -14014, "refresh token is invalid" // also the second use of one [LIVE H]
	}
	delete(s.oauth.refresh, token)
	return office, 0, ""
}

func (s *Server) spendCode(form url.Values) (office string, code int, reason string) {
	c, ok := s.oauth.codes[form.Get("code")]
	if !ok || !s.cfg.Now().Before(c.till) {
		return "", -118, "authorization code is invalid"
	}
	delete(s.oauth.codes, form.Get("code"))
	sum := sha256.Sum256([]byte(form.Get("code_verifier")))
	if c.challenge != "" && c.challenge != base64.RawURLEncoding.EncodeToString(sum[:]) {
		return "", -118, "code_verifier does not fit the challenge"
	}
	return c.office, 0, ""
}
