package seal_test

import (
	"bytes"
	"crypto/rand"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"hoithoai/runtime/store/seal"
)

// canary is a key whose text would be seen in any leak.
const canary = "canarycanarycanarycanarycanary!!"

func TestParseKeysReadsEveryForm(t *testing.T) {
	t.Parallel()
	urlSafe := bytes.Repeat([]byte{0xfb, 0xff}, 16)
	for name, text := range map[string]string{
		"hex":             "1:" + hex.EncodeToString([]byte(canary)),
		"hex in capitals": "1:" + strings.ToUpper(hex.EncodeToString([]byte(canary))),
		"base64":          "1:" + base64.StdEncoding.EncodeToString([]byte(canary)),
		"base64 unpadded": "1:" + base64.RawStdEncoding.EncodeToString([]byte(canary)),
		"spaces":          "\n# a comment\n  1 : " + hex.EncodeToString([]byte(canary)) + "  \r\n\n",
	} {
		keys, err := seal.ParseKeys(text)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		opensLike(t, name, keys, []byte(canary))
	}
	for name, text := range map[string]string{
		"base64url":          "1:" + base64.URLEncoding.EncodeToString(urlSafe),
		"base64url unpadded": "1:" + base64.RawURLEncoding.EncodeToString(urlSafe),
	} {
		keys, err := seal.ParseKeys(text)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		opensLike(t, name, keys, urlSafe)
	}
}

// opensLike checks that a ring holds the given bytes as key 1, by opening what they sealed.
func opensLike(t *testing.T, name string, keys seal.Keys, key []byte) {
	t.Helper()
	direct := seal.Keys{Ring: map[byte]seal.Secret{1: seal.NewSecret(key)}}
	packet, err := sealer(t, direct).Seal(nil, seal.Session, "k", []byte("x"))
	if err != nil {
		t.Fatal(err)
	}
	if got, err := sealer(t, keys).Open(nil, seal.Session, "k", packet); err != nil || string(got) != "x" {
		t.Errorf("%s: opened %q, %v", name, got, err)
	}
	if sealer(t, keys).Person("o", "u") != sealer(t, direct).Person("o", "u") {
		t.Errorf("%s: names differ", name)
	}
}

func TestParseKeysRefuses(t *testing.T) {
	t.Parallel()
	good := hex.EncodeToString([]byte(canary))
	for text, want := range map[string]string{
		"":                                  "empty",
		"# only a comment":                  "empty",
		good:                                "line 1: want id:key",
		"1:" + good + "\n\nx:" + good:       "line 3: id must be",
		"0:" + good:                         "id must be",
		"256:" + good:                       "id must be",
		"-1:" + good:                        "id must be",
		"1:" + good + "\n1:" + good:         "line 2: key 1 is given twice",
		"names:" + good + "\nnames:" + good: "line 2: names key is given twice",
		"1:" + good[:60]:                    "key has",
		"1:" + base64.StdEncoding.EncodeToString([]byte(canary)[:31]): "31 bytes, want 32",
		"1:" + canary[:31] + "?": "neither hex nor base64",
		"1:":                     "0 bytes, want 32",
		"2:" + good:              "names key",
		"names:" + good:          "empty",
	} {
		_, err := seal.ParseKeys(text)
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%d bytes of text gave %v, want …%s…", len(text), err, want)
		}
		if err != nil && (strings.Contains(err.Error(), good[:16]) || strings.Contains(err.Error(), canary[:12])) {
			t.Errorf("the error shows the key: %v", err)
		}
	}
}

func TestNamesLineLetsKeyOneGo(t *testing.T) {
	t.Parallel()
	good, names := hex.EncodeToString([]byte(canary)), "names:"+strings.Repeat("07", seal.KeySize)
	both, err := seal.ParseKeys(names + "\n1:" + good + "\n2:" + good)
	if err != nil {
		t.Fatal(err)
	}
	later, err := seal.ParseKeys(names + "\n2:" + good)
	if err != nil {
		t.Fatal(err)
	}
	if sealer(t, both).Person("o", "u") != sealer(t, later).Person("o", "u") {
		t.Error("people are named anew")
	}
}

func FuzzParseKeys(f *testing.F) {
	for _, seed := range []string{"", "1:" + strings.Repeat("ab", 32), "names:x", "#\n:\n1:=", "255:" + strings.Repeat("A", 43)} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		keys, err := seal.ParseKeys(text)
		if err != nil {
			return
		}
		if _, err := seal.New(keys, rand.Reader); err != nil {
			t.Fatalf("parsed keys are refused: %v", err)
		}
	})
}

func TestSecretsAreNeverShown(t *testing.T) {
	t.Parallel()
	s := seal.NewSecret([]byte(canary))
	keys := seal.Keys{Ring: map[byte]seal.Secret{1: s}, Names: s}
	texts := []string{s.String(), fmt.Sprint(s, &s, keys)}
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%X", "%d", "%10s"} {
		texts = append(texts, fmt.Sprintf(verb, s), fmt.Sprintf(verb, keys))
	}
	asJSON, err := json.Marshal(keys)
	if err != nil {
		t.Fatal(err)
	}
	var log bytes.Buffer
	slog.New(slog.NewTextHandler(&log, nil)).Info("x", "secret", s, "keys", keys)
	slog.New(slog.NewJSONHandler(&log, nil)).Info("x", "secret", s, "keys", keys)
	text, err := s.MarshalText()
	if err != nil {
		t.Fatal(err)
	}
	for _, shown := range append(texts, string(asJSON), log.String(), string(text)) {
		for _, form := range []string{canary[:6], hex.EncodeToString([]byte(canary[:6])), fmt.Sprint([]byte(canary[:6]))} {
			if strings.Contains(strings.ToLower(shown), form) {
				t.Errorf("a secret is shown: %s", shown)
			}
		}
		if !strings.Contains(shown, "***") {
			t.Errorf("%q does not say that there is a secret", shown)
		}
	}
}

func TestKeyFile(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "key")
	if err := seal.CreateKeyFile(path, rand.Reader); err != nil {
		t.Fatal(err)
	}
	info, err := os.Stat(path)
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Fatalf("mode %v, %v", info.Mode(), err)
	}
	keys, err := seal.LoadKeyFile(path)
	if err != nil {
		t.Fatal(err)
	}
	first := sealer(t, keys)
	before, _ := os.ReadFile(path)
	if err := seal.CreateKeyFile(path, rand.Reader); !errors.Is(err, os.ErrExist) {
		t.Errorf("a second create gave %v", err)
	}
	if after, _ := os.ReadFile(path); !bytes.Equal(before, after) {
		t.Error("the key file was changed")
	}
	again, err := seal.LoadKeyFile(path)
	if err != nil || sealer(t, again).Person("o", "u") != first.Person("o", "u") {
		t.Errorf("the file reads differently, %v", err)
	}
	second := filepath.Join(t.TempDir(), "key")
	if err := seal.CreateKeyFile(second, rand.Reader); err != nil {
		t.Fatal(err)
	}
	if keys, err := seal.LoadKeyFile(second); err != nil || sealer(t, keys).Person("o", "u") == first.Person("o", "u") {
		t.Errorf("two files hold the same key, %v", err)
	}
}

func TestKeyFileOthersCanReadIsRefused(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "key")
	if err := seal.CreateKeyFile(path, rand.Reader); err != nil {
		t.Fatal(err)
	}
	for mode, ok := range map[os.FileMode]bool{
		0o600: true, 0o400: true, 0o640: false, 0o604: false, 0o660: false, 0o620: false, 0o601: false, 0o777: false,
	} {
		if err := os.Chmod(path, mode); err != nil {
			t.Fatal(err)
		}
		if _, err := seal.LoadKeyFile(path); (err == nil) != ok {
			t.Errorf("mode %v gave %v", mode, err)
		} else if err != nil && !strings.Contains(err.Error(), "chmod 600") {
			t.Errorf("mode %v: the error does not say what to do: %v", mode, err)
		}
	}
}

func TestKeyFileProblemsAreNamed(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	if _, err := seal.LoadKeyFile(filepath.Join(dir, "none")); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("no file gave %v", err)
	}
	if _, err := seal.LoadKeyFile(dir); err == nil {
		t.Error("a folder was read")
	}
	bad := filepath.Join(dir, "bad")
	if err := os.WriteFile(bad, []byte("1:"+canary), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := seal.LoadKeyFile(bad); err == nil || !strings.Contains(err.Error(), bad) || strings.Contains(err.Error(), canary) {
		t.Errorf("a bad file gave %v", err)
	}
	if err := seal.CreateKeyFile(filepath.Join(dir, "no", "folder"), rand.Reader); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("no folder gave %v", err)
	}
	path := filepath.Join(dir, "half")
	if err := seal.CreateKeyFile(path, strings.NewReader("short")); !errors.Is(err, io.ErrUnexpectedEOF) {
		t.Errorf("too little randomness gave %v", err)
	}
	if _, err := os.Stat(path); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("half a key file was left: %v", err)
	}
}
