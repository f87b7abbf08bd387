package zalo_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"log/slog"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"hoithoai/runtime/zalo"

	"pgregory.net/rapid"
)

// vector is one entry of signature-vectors.json.
type vector struct {
	File, Body, AppID, Timestamp, Secret, Value string
}

func vectors(t testing.TB) []vector {
	t.Helper()
	var raw []map[string]string
	b, err := os.ReadFile(filepath.Join(samples, "signature-vectors.json"))
	if err == nil {
		err = json.Unmarshal(b, &raw)
	}
	if err != nil || len(raw) < 6 {
		t.Fatalf("read %d vectors: %v", len(raw), err)
	}
	list := make([]vector, 0, len(raw))
	for _, r := range raw {
		v := vector{r["file"], r["body"], r["app_id"], r["timestamp"], r["oa_secret_key"], r["value"] + r["hex"]}
		if v.File != "" {
			v.Body = string(readBody(t, filepath.Join(samples, v.File)))
		}
		list = append(list, v)
	}
	return list
}

func signature(value string) http.Header {
	h := http.Header{}
	h.Set(zalo.HeaderSignature, value)
	return h
}

func TestSignVectors(t *testing.T) {
	t.Parallel()
	for _, v := range vectors(t) {
		got := zalo.Sign(v.AppID, v.Secret, v.Timestamp, []byte(v.Body)).Get(zalo.HeaderSignature)
		if strings.TrimPrefix(got, "mac=") != strings.TrimPrefix(v.Value, "mac=") {
			t.Errorf("signature of %q is %s, want %s", v.Body, got, v.Value)
		}
	}
}

func TestVerifyVectors(t *testing.T) {
	t.Parallel()
	for _, v := range vectors(t) {
		in, err := zalo.Decode([]byte(v.Body))
		if err != nil { // goclaw's vector signs a body that is no JSON
			in = zalo.Inbound{AppID: v.AppID, TimestampText: v.Timestamp}
		}
		verifier := zalo.Verifier{AppID: v.AppID, Secrets: []string{v.Secret}}
		bare := strings.TrimPrefix(v.Value, "mac=")
		for _, spelling := range []string{v.Value, bare, "mac=" + bare, "MAC=" + strings.ToUpper(bare), "mac = " + bare} {
			if got := verifier.Verify([]byte(v.Body), signature(spelling), in); !got.OK || got.Variant != zalo.ByBody {
				t.Errorf("%s of %s: %+v", spelling, v.File, got)
			}
		}
	}
}

func TestVerifyRefuses(t *testing.T) {
	t.Parallel()
	body := sample(t, "31-button-press-as-text.constructed.json")
	in := decode(t, body)
	good := zalo.Sign(in.AppID, "oa-secret", in.TimestampText, body)
	mac := good.Get(zalo.HeaderSignature)
	verifier := zalo.Verifier{AppID: in.AppID, Secrets: []string{"oa-secret"}}
	tests := []struct {
		name     string
		verifier zalo.Verifier
		body     []byte
		header   http.Header
		why      string
	}{
		{"no header", verifier, body, http.Header{}, zalo.WhyUnsigned},
		{"empty mac", verifier, body, signature("mac="), zalo.WhyMalformed},
		{"short mac", verifier, body, signature(mac[:len(mac)-2]), zalo.WhyMalformed},
		{"not hex", verifier, body, signature("mac=" + strings.Repeat("zz", 32)), zalo.WhyMalformed},
		{"another prefix", verifier, body, signature("sha256=" + mac[4:]), zalo.WhyMalformed},
		{"last digit changed", verifier, body, signature(flipLast(mac)), zalo.WhyMismatch},
		{"one byte of the body changed", verifier, bytes.Replace(body, []byte("STEP:2"), []byte("STEP:3"), 1), good, zalo.WhyMismatch},
		{"white space after the body", verifier, append(bytes.Clone(body), '\n'), good, zalo.WhyMismatch},
		{"wrong secret", zalo.Verifier{AppID: in.AppID, Secrets: []string{"app-secret"}}, body, good, zalo.WhyMismatch},
		{"no secret", zalo.Verifier{AppID: in.AppID}, body, good, zalo.WhyNoSecret},
		{"empty secrets", zalo.Verifier{AppID: in.AppID, Secrets: []string{"", ""}}, body, good, zalo.WhyNoSecret},
		{"another app", zalo.Verifier{AppID: "1", Secrets: []string{"oa-secret"}}, body, good, zalo.WhyOtherApp},
		{"no app configured", zalo.Verifier{Secrets: []string{"oa-secret"}}, body, good, zalo.WhyOtherApp},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			if got := tt.verifier.Verify(tt.body, tt.header, in); got.OK || got.Variant != "" || got.Why != tt.why {
				t.Errorf("enforce: %+v, want refusal %s", got, tt.why)
			}
			tt.verifier.Mode = zalo.Log
			if got := tt.verifier.Verify(tt.body, tt.header, in); !got.OK || got.Variant != "" || got.Why != tt.why {
				t.Errorf("log: %+v, want acceptance without proof, %s", got, tt.why)
			}
		})
	}
}

// TestNothingConfiguredProvesNothing: what anybody could sign is never accepted.
func TestNothingConfiguredProvesNothing(t *testing.T) {
	t.Parallel()
	anonymous := []byte(`{"event_name":"follow","timestamp":"1751100041636"}`)
	if got := (zalo.Verifier{Secrets: []string{"s"}}).Verify(anonymous, zalo.Sign("", "s", "1751100041636", anonymous), decode(t, anonymous)); got.OK || got.Why != zalo.WhyOtherApp {
		t.Errorf("no app at either end: %+v", got)
	}
	body := sample(t, "31-button-press-as-text.constructed.json")
	in := decode(t, body)
	half := zalo.Verifier{AppID: in.AppID, Secrets: []string{"", "oa-secret"}}
	if got := half.Verify(body, zalo.Sign(in.AppID, "", in.TimestampText, body), in); got.OK || got.Why != zalo.WhyMismatch {
		t.Errorf("signed with an empty secret: %+v", got)
	}
	timeless := []byte(`{"event_name":"follow","app_id":"12"}`)
	v := zalo.Verifier{AppID: "12", Secrets: []string{"s"}}
	if got := v.Verify(timeless, zalo.Sign("12", "s", "", timeless), decode(t, timeless)); got.OK {
		t.Errorf("signed without a time: %+v", got)
	}
}

// flipLast changes the last hexadecimal digit.
func flipLast(mac string) string {
	last := byte('0')
	if mac[len(mac)-1] == '0' {
		last = '1'
	}
	return mac[:len(mac)-1] + string(last)
}

func TestVerifyVariants(t *testing.T) {
	t.Parallel()
	body := sample(t, "31-button-press-as-text.constructed.json")
	in := decode(t, body)
	verifier := zalo.Verifier{AppID: in.AppID, Secrets: []string{"new", "old"}}
	for _, tt := range []struct {
		secret, timestamp string
		want              zalo.Variant
	}{
		{"new", in.TimestampText, zalo.ByBody},
		{"old", in.TimestampText, zalo.ByBodyOld},
		{"new", "1751100099999", zalo.ByHeader},
		{"old", "1751100099999", zalo.ByHeaderOld},
	} {
		header := zalo.Sign(in.AppID, tt.secret, tt.timestamp, body)
		header.Set(zalo.HeaderTimestamp, tt.timestamp)
		if got := verifier.Verify(body, header, in); !got.OK || got.Variant != tt.want {
			t.Errorf("signed with %s over %s: %+v, want %s", tt.secret, tt.timestamp, got, tt.want)
		}
	}
	without := zalo.Sign(in.AppID, "new", "1751100099999", body)
	if got := verifier.Verify(body, without, in); got.OK {
		t.Errorf("a time nobody sent was accepted: %+v", got)
	}
}

// TestVerifyProperty: what is signed is accepted; with any one byte of the body changed it is not.
func TestVerifyProperty(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.String().Draw(t, "text")
		inner, err := json.Marshal(text)
		if err != nil {
			t.Fatal(err)
		}
		body := fmt.Appendf(nil, `{"event_name":"user_send_text","app_id":"12","timestamp":%d,"message":{"text":%s}}`, rapid.Int64().Draw(t, "time"), inner)
		in, err := zalo.Decode(body)
		if err != nil {
			t.Fatal(err)
		}
		v := zalo.Verifier{AppID: "12", Secrets: []string{"s"}}
		header := zalo.Sign("12", "s", in.TimestampText, body)
		if !v.Verify(body, header, in).OK {
			t.Fatalf("signed body %s is refused", body)
		}
		body[rapid.IntRange(0, len(body)-1).Draw(t, "at")] ^= byte(rapid.IntRange(1, 255).Draw(t, "flip"))
		if v.Verify(body, header, in).OK {
			t.Fatalf("changed body %s is accepted", body)
		}
	})
}

func TestVerifierKeepsItsSecrets(t *testing.T) {
	t.Parallel()
	v := zalo.Verifier{AppID: "12", Secrets: []string{"canary-secret"}}
	var log bytes.Buffer
	slog.New(slog.NewJSONHandler(&log, nil)).Info("x", "v", v)
	slog.New(slog.NewTextHandler(&log, nil)).Info("x", "v", v, "p", &v)
	js, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	all := fmt.Sprintf("%v %+v %#v %s %v %s %s", v, v, v, v, &v, js, log.String())
	if strings.Contains(all, "canary") {
		t.Errorf("a secret is shown: %s", all)
	}
	if !strings.Contains(all, "app 12, enforce") {
		t.Errorf("the app is not shown: %s", all)
	}
}

// FuzzVerify: no header whatever is accepted but the true one.
func FuzzVerify(f *testing.F) {
	body := []byte(`{"app_id":"12","event_name":"follow","timestamp":"1751100041636"}`)
	in, err := zalo.Decode(body)
	if err != nil {
		f.Fatal(err)
	}
	mac := zalo.Sign("12", "s", "1751100041636", body).Get(zalo.HeaderSignature)
	for _, seed := range []string{mac, mac[4:], strings.ToUpper(mac), " " + mac, "mac=", "", "mac==" + mac[4:], mac + "00", "sha256=" + mac[4:], "\x00"} {
		f.Add(seed, "")
		f.Add(seed, "1751100041636")
	}
	v := zalo.Verifier{AppID: "12", Secrets: []string{"s"}}
	f.Fuzz(func(t *testing.T, given, timestamp string) {
		h := http.Header{}
		h.Set(zalo.HeaderSignature, given)
		h.Set(zalo.HeaderTimestamp, timestamp)
		got := v.Verify(body, h, in)
		means := strings.ToLower(strings.TrimSpace(given))
		if _, rest, found := strings.Cut(means, "="); found {
			means = strings.TrimSpace(rest)
		}
		if got.OK && means != mac[4:] {
			t.Errorf("header %q is accepted: %+v", given, got)
		}
		if got.OK != (got.Why == "") || got.OK != (got.Variant != "") {
			t.Errorf("verdict contradicts itself: %+v", got)
		}
	})
}

func BenchmarkVerifyLargeBody(b *testing.B) {
	body := fmt.Appendf(nil, `{"app_id":"12","timestamp":"1751100041636","message":{"text":%q}}`, strings.Repeat("x", 200<<10))
	in := decode(b, body)
	v := zalo.Verifier{AppID: "12", Secrets: []string{"new", "old"}}
	header := zalo.Sign("12", "old", in.TimestampText, body)
	b.ReportAllocs()
	b.SetBytes(int64(len(body)))
	for b.Loop() {
		if !v.Verify(body, header, in).OK {
			b.Fatal("not accepted")
		}
	}
}
