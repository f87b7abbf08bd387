package main

import (
	"bytes"
	"context"
	"os"
	"strings"
	"testing"
	"time"

	"hoithoai/runtime/config"
)

// blocks returns the fenced blocks of a Markdown text.
func blocks(text string) []string {
	var out []string
	for i, part := range strings.Split(text, "```") {
		if i%2 == 1 {
			_, body, _ := strings.Cut(part, "\n")
			out = append(out, body)
		}
	}
	return out
}

// TestREADME speaks the flow of the README and holds the chat beside it to what the program really answers.
func TestREADME(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	if n := bytes.Count(text, []byte("\n")); n > 200 {
		t.Errorf("README.md has %d lines, at most 200 are allowed", n)
	}
	parts := blocks(string(text))
	if n := strings.Count(parts[0], "\n"); n != 12 {
		t.Errorf("the flow has %d lines, want 12", n)
	}
	dir := t.TempDir()
	writeFile(t, dir, "dia_chi.flow", parts[0])
	var says, want []string
	for line := range strings.Lines(parts[1]) {
		if word, ok := strings.CutPrefix(line, "Dân: "); ok {
			says = append(says, word)
		} else {
			want = append(want, line)
		}
	}
	var got, errs bytes.Buffer
	code := run(context.Background(), system{
		args: []string{"chat", "--flows", dir}, stdin: strings.NewReader(strings.Join(says, "")), stdout: &got, stderr: &errs,
		getenv: os.LookupEnv, now: time.Now,
	})
	if code != exitFine || got.String() != strings.Join(want, "") {
		t.Errorf("chat ends with %d and says\n%s%s\nREADME says\n%s", code, got.String(), errs.String(), strings.Join(want, ""))
	}
}

// TestREADMEConfiguration reads the configuration that the README shows.
func TestREADMEConfiguration(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, body := range strings.Split(string(text), "```toml\n")[1:] {
		body, _, _ = strings.Cut(body, "```")
		if _, err := config.Parse("README.md", []byte(body)); err != nil {
			t.Errorf("the configuration of the README is refused: %v", err)
		}
	}
}

// TestRuntimeREADME: every room of runtime is named there, and nothing that is not one.
func TestRuntimeREADME(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile("../../runtime/README.md")
	if err != nil {
		t.Fatal(err)
	}
	rooms, err := os.ReadDir("../../runtime")
	if err != nil || len(rooms) < 20 {
		t.Fatal(len(rooms), err)
	}
	for _, r := range rooms {
		if r.IsDir() && !bytes.Contains(text, []byte("`"+r.Name()+"`")) {
			t.Errorf("runtime/README.md does not name %s", r.Name())
		}
	}
	for _, line := range strings.Split(string(text), "\n") {
		cell, ok := strings.CutPrefix(line, "| `")
		if !ok {
			continue
		}
		names, _, _ := strings.Cut(cell, " | ")
		for name := range strings.SplitSeq(strings.TrimSuffix(names, "`"), "`, `") {
			if info, err := os.Stat("../../runtime/" + name); err != nil || !info.IsDir() {
				t.Errorf("runtime/README.md names the room %s, which is none: %v", name, err)
			}
		}
	}
}

// TestExitCodes holds the codes every script depends on.
func TestExitCodes(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	writeFile(t, dir, "a.flow", "luồng a \"A\"\nbước mot\n  | Xin chào.\n")
	tests := map[string]struct {
		args []string
		code int
	}{
		"fine":             {[]string{"--help"}, exitFine},
		"found":            {[]string{"check", dir}, exitFound},
		"wrong verb":       {[]string{"chek"}, exitUsage},
		"wrong flag":       {[]string{"check", "--jsonn"}, exitUsage},
		"wrong path":       {[]string{"check", dir + "/khong-co"}, exitUsage},
		"wrong flow":       {[]string{"chat", "khong_co"}, exitUsage},
		"cannot be read":   {[]string{"serve", "--config", dir + "/khong-co.toml"}, exitFailure},
		"one dash":         {[]string{"check", "-json", dir}, exitFound},
		"wrong language":   {[]string{"--lang", "fr", "check", dir}, exitUsage},
		"too many":         {[]string{"serve", "x"}, exitUsage},
		"wrong expression": {[]string{"test", "-run", "(", dir}, exitUsage},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var out, errs bytes.Buffer
			got := run(context.Background(), system{
				args: tt.args, stdin: strings.NewReader(""), stdout: &out, stderr: &errs, getenv: os.LookupEnv, now: time.Now,
			})
			if got != tt.code {
				t.Errorf("run(%q) = %d, want %d\n%s%s", tt.args, got, tt.code, out.String(), errs.String())
			}
			if strings.Contains(errs.String(), "panic") || strings.Contains(errs.String(), ".go:") {
				t.Errorf("a person is shown a trace:\n%s", errs.String())
			}
		})
	}
}
