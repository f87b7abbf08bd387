package zalo_test

import (
	"bufio"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"hoithoai/runtime/zalo"
)

// TestCodesHoldTheTable compares the table with the one of the facts, which testdata/zalo/codes.txt keeps: code and action.
func TestCodesHoldTheTable(t *testing.T) {
	t.Parallel()
	f, err := os.Open(filepath.Join(samples, "codes.txt"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	n := 0
	for lines := bufio.NewScanner(f); lines.Scan(); {
		code, action, found := strings.Cut(lines.Text(), " ")
		number, err := strconv.Atoi(code)
		if strings.HasPrefix(code, "#") {
			continue
		}
		if err != nil || !found {
			t.Fatalf("line %q", lines.Text())
		}
		n++
		if got := zalo.ActionOf(number); got.String() != action {
			t.Errorf("code %d: %s, want %s", number, got, action)
		}
	}
	if n != len(zalo.Codes()) {
		t.Errorf("the file has %d codes, the table %d", n, len(zalo.Codes()))
	}
}

func TestCodesAreComplete(t *testing.T) {
	t.Parallel()
	var seen []int
	for _, c := range zalo.Codes() {
		if slices.Contains(seen, c.Code) || c.Vietnamese == "" || c.English == "" || c.Action == zalo.UnknownAction {
			t.Errorf("entry %+v", c)
		}
		seen = append(seen, c.Code)
	}
	codes := zalo.Codes()
	codes[0].Action = zalo.Drop
	if zalo.ActionOf(codes[0].Code) == zalo.Drop {
		t.Error("the table can be changed from outside")
	}
	if c, ok := zalo.Explain(-777); ok || c.Action != zalo.UnknownAction || c.Code != -777 || c.Vietnamese == "" {
		t.Errorf("unexplained code: %+v, %v", c, ok)
	}
}

func TestActionOfStatus(t *testing.T) {
	t.Parallel()
	for status, want := range map[int]struct {
		action  zalo.Action
		unknown bool
	}{
		301: {zalo.Alert, false}, 400: {zalo.Fix, false}, 401: {zalo.Refresh, false}, 403: {zalo.Alert, false}, 404: {zalo.Fix, false},
		408: {zalo.Backoff, true}, 413: {zalo.Fix, false}, 429: {zalo.Backoff, false}, 500: {zalo.Backoff, true}, 503: {zalo.Backoff, true},
		599: {zalo.Backoff, true},
	} {
		if action, unknown := zalo.ActionOfStatus(status); action != want.action || unknown != want.unknown {
			t.Errorf("status %d: %v, unknown %v; want %v, %v", status, action, unknown, want.action, want.unknown)
		}
	}
}

func TestErrorText(t *testing.T) {
	t.Parallel()
	cause := errors.New("connection reset")
	for want, e := range map[string]*zalo.Error{
		"zalo /x: error -230 (no interaction in 7 days)": {Op: "/x", Code: -230},
		"zalo /x: error -5 (unexplained code)":           {Op: "/x", Code: -5},
		"zalo /x: outcome unknown: connection reset":     {Op: "/x", Unknown: true, Err: cause},
		"zalo /x: connection reset":                      {Op: "/x", Err: cause},
		"zalo /x: status 502":                            {Op: "/x", HTTPStatus: 502, Unknown: true},
	} {
		if e.Error() != want {
			t.Errorf("%q, want %q", e.Error(), want)
		}
		if errors.Is(e, cause) != (e.Err != nil) {
			t.Errorf("%q hides its cause", e)
		}
	}
}

func TestNames(t *testing.T) {
	t.Parallel()
	names := map[string]bool{}
	for a := zalo.UnknownAction; a <= zalo.Reupload; a++ {
		names[a.String()] = true
	}
	if len(names) != 9 || names[""] || zalo.Action(200).String() != "unknown" {
		t.Errorf("names of actions %v", names)
	}
	families := map[string]bool{}
	for f := zalo.Unknown; f <= zalo.Account; f++ {
		families[f.String()] = true
	}
	if len(families) != 14 || families[""] || zalo.Family(200).String() != "unknown" {
		t.Errorf("names of families %v", families)
	}
}
