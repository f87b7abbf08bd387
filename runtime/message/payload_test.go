package message_test

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"hoithoai/runtime/message"

	"pgregory.net/rapid"
)

func ExamplePayload() {
	fmt.Println(message.Payload(3, 2))
	turn, n, ok := message.ParsePayload("ht1.3.2")
	fmt.Println(turn, n, ok)
	// Output:
	// ht1.3.2
	// 3 2 true
}

func TestPayloadRoundTrip(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		turn, n := rapid.Uint32().Draw(t, "turn"), rapid.IntRange(1, math.MaxInt32).Draw(t, "n")
		text := message.Payload(turn, n)
		if len(text) > message.MaxPayload {
			t.Fatalf("%q is longer than %d bytes", text, message.MaxPayload)
		}
		gotTurn, gotN, ok := message.ParsePayload(text)
		if !ok || gotTurn != turn || gotN != n {
			t.Fatalf("ParsePayload(%q) = %d, %d, %v", text, gotTurn, gotN, ok)
		}
	})
}

func TestParsePayloadRefuses(t *testing.T) {
	t.Parallel()
	for _, text := range []string{
		"", "1", "ht1", "ht1.", "ht1.1", "ht1.1.", "ht1..1", "ht1.1.0", "ht1.01.1", "ht1.1.01", "ht1.-1.1", "ht1.1.-1", "ht1.+1.1",
		"ht1.1.1.1", "ht1.1.1 ", " ht1.1.1", "HT1.1.1", "ht2.1.1", "ht1.4294967296.1", "ht1.1.2147483648", "ht1.1_0.1", "ht1.0x1.1",
		"ht1.１.1", "ht1.1.1\n", strings.Repeat("ht1.1.1", 100),
	} {
		if turn, n, ok := message.ParsePayload(text); ok {
			t.Errorf("ParsePayload(%q) = %d, %d, true; want refusal", text, turn, n)
		}
	}
}

func FuzzParsePayload(f *testing.F) {
	for _, seed := range []string{"ht1.3.2", "ht1.0.1", "ht1.4294967295.2147483647", "ht1.01.1", "xin chào", "ht1..", "\xff"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		turn, n, ok := message.ParsePayload(text)
		if ok && message.Payload(turn, n) != text {
			t.Errorf("ParsePayload(%q) accepts another spelling of %q", text, message.Payload(turn, n))
		}
	})
}
