package zalo

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"

	"hoithoai/dsl/fold"
)

// Profile is what Zalo tells of a person (facts §6 [DIG2]). Name is what the person chose to be called: untrusted text, cleaned.
type Profile struct {
	Name    string
	Follows bool
}

// Profile asks who a person is. Someone Zalo does not know gives an *Error with code -213: treat the profile as unknown.
func (c *Client) Profile(ctx context.Context, office, person string) (Profile, error) {
	data, err := json.Marshal(recipient{person})
	if err != nil {
		return Profile{}, fmt.Errorf("encode query: %w", err)
	}
	query := url.Values{"data": {string(data)}}.Encode()
	a, err := c.do(ctx, office, call{method: http.MethodGet, endpoint: EndpointUser, query: query, reads: true})
	if err != nil {
		return Profile{}, err
	}
	var d struct {
		Name    scalar `json:"display_name"`
		Follows bool   `json:"user_is_follower"`
	}
	if err := json.Unmarshal(a.Data, &d); err != nil && !isTypeError(err) {
		return Profile{}, &Error{Op: EndpointUser, Action: Backoff, Err: errNoJSON}
	}
	return Profile{Name: fold.Clean(string(d.Name)), Follows: d.Follows}, nil
}
