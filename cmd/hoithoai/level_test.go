package main

import (
	"context"
	"net/http"
	"strings"
	"testing"

	"hoithoai/runtime/store/redistest"
)

// leveled is a [store] on a Redis with a level.
func leveled(level string) string {
	return "[store]\nurl = { env = \"REDIS_URL\" }\nlevel = \"" + level + "\"\n"
}

// TestServeRefusesToPromiseMoreThanRedisKeeps: it says what Redis says now and what to write, in both languages, and leaves with 3.
// The verbs that look open the store all the same.
func TestServeRefusesToPromiseMoreThanRedisKeeps(t *testing.T) {
	t.Parallel()
	s := serveConfig(t, leveled("D2"), "", "REDIS_URL="+redistest.Start(t).URL())
	for lang, want := range map[string][]string{
		"vi": {"chưa phục vụ", "mức D2", "appendfsync đang là everysec", "CONFIG SET appendfsync always"},
		"en": {"not serving", "level D2", "appendfsync is everysec now", "CONFIG SET appendfsync always"},
	} {
		cmd := newProcess(t, s.dir, s.prog.env, "serve", "--config", "hoithoai.toml", "--lang", lang).command()
		text, _ := cmd.CombinedOutput()
		if code := cmd.ProcessState.ExitCode(); code != exitFailure {
			t.Errorf("serve ends with %d", code)
		}
		for _, w := range want {
			if !strings.Contains(string(text), w) {
				t.Errorf("it does not say %q: %s", w, text)
			}
		}
	}
	s.examined(exitFound, "ở mức D1", "[sửa] Cấu hình đòi mức D2", "CONFIG SET appendfsync always")
	if out, err := s.verb("", "waiting", "--config", "hoithoai.toml"); err != nil {
		t.Errorf("a verb that looks: %s, %v", out, err)
	}
}

// TestServeAtD4 serves before a Redis with a replica, whose link then breaks: Zalo is told to come again, and nothing that was
// refused is lost or answered twice when the link is whole.
func TestServeAtD4(t *testing.T) {
	t.Parallel()
	server := redistest.Start(t, "--min-replicas-to-write", "1", "--min-replicas-max-lag", "10")
	replica := redistest.StartReplica(t, server)
	s := serveTwo(t, leveled("D4")+"lease = \"15s\"\n", "", "REDIS_URL="+server.URL())
	s.say(firstOffice, "901", "tạm trú", "Công an phường Một")
	s.examined(exitFound, "[tốt] Redis 7", "ở mức D4", "[tốt] kho giữ được mức đã khai") // what is found is the way to Zalo

	replica.Cut()
	hook := s.zalo.Person(firstOffice, "902").Text("tạm trú")
	await(t, "without a replica a webhook is answered 503", func() bool {
		status := s.deliverOnce(context.Background(), hook)
		if status == http.StatusOK {
			t.Fatal("without a replica a webhook is answered 200")
		}
		return status == http.StatusServiceUnavailable // 0: the machine was too busy to answer
	})
	s.examined(exitFound, "connected_slaves đang là 0")
	replica.Follow(server)
	await(t, "the repetition is taken", func() bool {
		return s.zalo.Push(context.Background(), hook) == http.StatusOK
	})
	await(t, "it is answered", func() bool { return len(s.zalo.Ledger(firstOffice, "902")) > 0 })
	s.say(firstOffice, "902", "1", "Anh/chị ở đâu?")
	greetings := 0
	for _, m := range s.zalo.Ledger(firstOffice, "902") {
		if strings.Contains(m.Text, "Công an phường Một") {
			greetings++
		}
	}
	if greetings != 1 {
		t.Errorf("the message that was refused first is answered %d times", greetings)
	}
}
