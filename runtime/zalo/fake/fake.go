// Package fake is a Zalo of our own, for tests and for the sandbox: the endpoints of the API that we call, strict about every
// fact we know (facts/zalo-api.md), a ledger of what arrived, people who send webhooks exactly as Zalo shapes and signs them,
// and Zalo's unkind behaviours on demand: lost answers, time-outs, limits, repeated and reordered webhooks.
//
// It proves nothing about the real Zalo: what it refuses and accepts is what the facts say, with their doubts. Clock and seed come
// in, so that a run can be repeated.
package fake

import (
	"context"
	"math/rand/v2"
	"net/http"
	"strconv"
	"sync"
	"time"

	"hoithoai/runtime/zalo"
)

// Config configures a Server. Offices, Now and Secret are required.
type Config struct {
	AppID   string            // default "4000000000000000004"
	Secret  string            // OA Secret Key: signs webhooks
	Offices map[string]string // access token by id of the office
	Now     func() time.Time
	Seed    uint64

	// Deliver takes webhooks to the engine; see Post. Default: they go nowhere.
	Deliver Deliver
	// Echo says when oa_send_* comes for a message of ours. Default: after the answer, from a goroutine of its own; a run that
	// must repeat exactly under Rates takes one of the others.
	Echo Echo
	// EchoDelay is how late EchoLate is. Default 2 seconds: how late Zalo is, nobody has measured (facts §10.4).
	EchoDelay time.Duration
	// Rates are the unkind behaviours that happen by chance. Default: none.
	Rates Rates
	// ListLag is how late a message stands in v2.0/oa/conversation and listrecentchat: how late Zalo is, nobody has measured
	// (facts §10). Default: at once.
	ListLag time.Duration
	// NoWindow lets messages through to people who never interacted or have been silent for 7 days.
	NoWindow bool
	// List lets lists through, which the real v3 probably refuses (facts §2.3).
	List bool
	// AppSecret, if set, makes appsecret_proof required.
	AppSecret string
	// OAuthSecret is the App Secret that the token endpoint demands in secret_key. Default: the endpoint refuses everybody.
	OAuthSecret string
	// TokenLife is how long an access token of the token endpoint lives. Default 25 hours [DIG2].
	TokenLife time.Duration
}

// Echo says when the echo of a message of ours comes.
type Echo uint8

// When echoes come.
const (
	EchoAfter  Echo = iota // when the answer has been written
	EchoBefore             // before the answer: facts §7 warn of this race
	EchoNever
	EchoLate // with the first Tick at least Config.EchoDelay after the answer
)

// Server is the fake. It is an http.Handler for the API and safe for concurrent use.
type Server struct {
	cfg    Config
	offers map[string]string // office by token
	routes map[string]func(http.ResponseWriter, *http.Request, string)

	mu       sync.Mutex
	rng      *rand.Rand
	script   []Fault
	ledger   []Sent
	refused  []Refusal
	watchers map[chan Sent]bool
	assets   map[string]Asset
	people   map[address]*state
	last     map[address]int64 // newest timestamp given out, in Unix milliseconds
	repeats  []repeat
	held     []Webhook
	stopped  bool // the app was unsubscribed
	stats    Stats
	oauth    oauth

	echoing int        // echoes on their way
	quiet   *sync.Cond // told when there is none
}

// address is one person at one office.
type address struct{ office, person string }

// state is what the fake knows of a person.
type state struct {
	name     string
	follows  bool
	lastSeen time.Time
	talk     []entry
}

// entry is one message of a conversation.
type entry struct {
	fromOffice bool
	at         time.Time
	kind, text string
	id         string
	url, place string // of what was sent, where the list shows it
}

// New returns a fake.
func New(cfg Config) *Server {
	if cfg.AppID == "" {
		cfg.AppID = "4000000000000000004"
	}
	if cfg.TokenLife == 0 {
		cfg.TokenLife = zalo.AccessLife
	}
	if cfg.EchoDelay == 0 {
		cfg.EchoDelay = 2 * time.Second
	}
	if cfg.Deliver == nil {
		cfg.Deliver = func(context.Context, Webhook) int { return http.StatusOK }
	}
	s := &Server{
		cfg: cfg, offers: map[string]string{}, rng: rand.New(rand.NewPCG(cfg.Seed, 0x7a616c6f)), watchers: map[chan Sent]bool{},
		assets: map[string]Asset{}, people: map[address]*state{}, last: map[address]int64{}, oauth: newOAuth(),
	}
	s.quiet = sync.NewCond(&s.mu)
	for office, token := range cfg.Offices {
		s.offers[token] = office
	}
	s.routes = map[string]func(http.ResponseWriter, *http.Request, string){
		"POST " + zalo.EndpointConsult:     s.send,
		"POST " + zalo.EndpointUploadImage: s.upload,
		"POST " + zalo.EndpointUploadGIF:   s.upload,
		"POST " + zalo.EndpointUploadFile:  s.upload,
		"POST " + zalo.EndpointQuota:       s.quota,
		"GET " + zalo.EndpointConversation: s.conversation,
		"GET " + zalo.EndpointRecent:       s.recent,
		"GET " + zalo.EndpointUser:         s.user,
	}
	return s
}

// ServeHTTP answers a call of the API.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.URL.Path == zalo.EndpointToken {
		s.grant(w, r)
		return
	}
	handle, known := s.routes[r.Method+" "+r.URL.Path]
	if !known {
		s.refuse(w, r, -201, "unknown endpoint "+r.Method+" "+r.URL.Path)
		return
	}
	office, code, reason := s.authorize(r.Header)
	if reason != "" {
		s.refuse(w, r, code, reason)
		return
	}
	if s.cfg.AppSecret != "" && r.Header.Get("appsecret_proof") != zalo.AppSecretProof(s.cfg.AppSecret, r.Header.Get("access_token")) {
		s.refuse(w, r, -242, "appsecret_proof missing or wrong")
		return
	}
	handle(w, r, office)
}

// authorize returns the office of the access token, or the code and the reason for which there is none.
func (s *Server) authorize(h http.Header) (office string, code int, reason string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	token := h.Get("access_token")
	office, ok := s.offers[token]
	till, ends := s.oauth.till[token]
	switch {
	case token == "":
		return "", -216, "header access_token is missing"
	case !ok:
		return "", -216, "access token is invalid"
	case ends && !s.cfg.Now().Before(till):
		return "", -220, "access token has expired"
	}
	return office, 0, ""
}

// SetToken replaces the access token of an office; the old one is refused from now on.
func (s *Server) SetToken(office, token string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.setToken(office, token)
}

func (s *Server) setToken(office, token string) {
	for t, o := range s.offers {
		if o == office {
			delete(s.offers, t)
		}
	}
	s.offers[token] = office
}

// Wait returns when every echo on its way has been delivered.
func (s *Server) Wait() {
	s.mu.Lock()
	defer s.mu.Unlock()
	for s.echoing > 0 {
		s.quiet.Wait()
	}
}

// aside does something beside the call that is being answered; Wait waits for it. A call may still come while somebody waits.
func (s *Server) aside(do func()) {
	s.mu.Lock()
	s.echoing++
	s.mu.Unlock()
	go func() {
		do()
		s.mu.Lock()
		defer s.mu.Unlock()
		if s.echoing--; s.echoing == 0 {
			s.quiet.Broadcast()
		}
	}()
}

// id returns a message id as Zalo makes them: 20 hexadecimal digits.
func (s *Server) id() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	const digits = "0123456789abcdef"
	b := make([]byte, 20)
	for i := range b {
		b[i] = digits[s.rng.IntN(len(digits))]
	}
	return string(b)
}

// timestamp returns the clock in Unix milliseconds as Zalo prints it. No two of one person are the same, since two events without a
// message id would be the same event; it is not ahead of the clock for that, however many people do something in one millisecond.
func (s *Server) timestamp(of address) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.last[of] = max(s.last[of]+1, s.cfg.Now().UnixMilli())
	return strconv.FormatInt(s.last[of], 10)
}

// person returns what is known of a person, who is made if need be. The lock must be held.
func (s *Server) person(a address) *state {
	p := s.people[a]
	if p == nil {
		p = &state{}
		s.people[a] = p
	}
	return p
}
