package seal_test

import (
	"bytes"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"strings"
	"sync"
	"testing"

	"pgregory.net/rapid"

	"hoithoai/runtime/store"
	"hoithoai/runtime/store/seal"
)

func secret(b byte) seal.Secret { return seal.NewSecret(bytes.Repeat([]byte{b}, seal.KeySize)) }

func ring(ids ...byte) seal.Keys {
	k := seal.Keys{Ring: map[byte]seal.Secret{}, Names: secret('n')}
	for _, id := range ids {
		k.Ring[id] = secret(id)
	}
	return k
}

func sealer(t testing.TB, keys seal.Keys) *seal.Sealer {
	t.Helper()
	s, err := seal.New(keys, rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestWhatIsSealedOpens(t *testing.T) {
	t.Parallel()
	s := sealer(t, ring(1))
	rapid.Check(t, func(t *rapid.T) {
		plain, dst := rapid.SliceOf(rapid.Byte()).Draw(t, "plain"), rapid.SliceOf(rapid.Byte()).Draw(t, "dst")
		kind := seal.Kind(rapid.Byte().Draw(t, "kind"))
		key := store.Key(rapid.String().Draw(t, "key"))
		packet, err := s.Seal(bytes.Clone(dst), kind, key, plain)
		if err != nil || !bytes.HasPrefix(packet, dst) || len(packet) != len(dst)+len(plain)+seal.Overhead {
			t.Fatalf("packet of %d bytes, %v", len(packet), err)
		}
		got, err := s.Open(bytes.Clone(dst), kind, key, packet[len(dst):])
		if err != nil || string(got) != string(dst)+string(plain) {
			t.Fatalf("opened %q, %v", got, err)
		}
	})
}

func TestPacketsLook(t *testing.T) {
	t.Parallel()
	s := sealer(t, ring(1, 7))
	plain := []byte("lời của người dân")
	a, errA := s.Seal(nil, seal.Session, "key", plain)
	b, errB := s.Seal(nil, seal.Session, "key", plain)
	if errA != nil || errB != nil {
		t.Fatal(errA, errB)
	}
	if a[0] != 7 {
		t.Errorf("key id %d, want the newest, 7", a[0])
	}
	if bytes.Equal(a, b) {
		t.Error("the same payload twice gives the same packet")
	}
	if bytes.Contains(a, plain[:4]) {
		t.Error("packet shows its payload")
	}
}

func TestAPacketOpensOnlyWhereItBelongs(t *testing.T) {
	t.Parallel()
	s := sealer(t, ring(1))
	packet, err := s.Seal(nil, seal.Session, "person-a", []byte("x"))
	if err != nil {
		t.Fatal(err)
	}
	for name, open := range map[string]func() ([]byte, error){
		"another person":       func() ([]byte, error) { return s.Open(nil, seal.Session, "person-b", packet) },
		"another kind":         func() ([]byte, error) { return s.Open(nil, seal.Journal, "person-a", packet) },
		"a record":             func() ([]byte, error) { return s.OpenRecord("person-a", packet) },
		"another ring's key":   func() ([]byte, error) { return sealer(t, other()).Open(nil, seal.Session, "person-a", packet) },
		"a packet with a tail": func() ([]byte, error) { return s.Open(nil, seal.Session, "person-a", append(bytes.Clone(packet), 0)) },
		"nothing":              func() ([]byte, error) { return s.Open(nil, seal.Session, "person-a", nil) },
	} {
		if got, err := open(); !errors.Is(err, seal.ErrDamaged) || got != nil {
			t.Errorf("%s gave %q, %v", name, got, err)
		}
	}
	for i := range packet {
		bad := bytes.Clone(packet)
		bad[i] ^= 0x40
		if got, err := s.Open(nil, seal.Session, "person-a", bad); err == nil || got != nil {
			t.Errorf("byte %d changed: opened %q", i, got)
		}
		if got, err := s.Open(nil, seal.Session, "person-a", packet[:i]); !errors.Is(err, seal.ErrDamaged) || got != nil {
			t.Errorf("cut to %d bytes: opened %q, %v", i, got, err)
		}
	}
}

// other is a ring whose key 1 is another key.
func other() seal.Keys {
	k := ring(1)
	k.Ring[1] = secret(9)
	return k
}

func TestKeysRotate(t *testing.T) {
	t.Parallel()
	old, both, renewed := sealer(t, ring(1)), sealer(t, ring(1, 2)), sealer(t, ring(2))
	before, err := old.Seal(nil, seal.Mailbox, "k", []byte("before"))
	if err != nil {
		t.Fatal(err)
	}
	after, err := both.Seal(nil, seal.Mailbox, "k", []byte("after"))
	if err != nil {
		t.Fatal(err)
	}
	if got, err := both.Open(nil, seal.Mailbox, "k", before); err != nil || string(got) != "before" {
		t.Errorf("the ring opens the old packet as %q, %v", got, err)
	}
	if got, err := renewed.Open(nil, seal.Mailbox, "k", after); err != nil || string(got) != "after" {
		t.Errorf("the new key opens its packet as %q, %v", got, err)
	}
	if _, err := renewed.Open(nil, seal.Mailbox, "k", before); !errors.Is(err, seal.ErrUnknownKey) {
		t.Errorf("a key that is gone gave %v", err)
	}
	if old.Person("oa", "u") != renewed.Person("oa", "u") || old.ID("k", "m") != renewed.ID("k", "m") {
		t.Error("people are named anew after a rotation")
	}
}

func TestRecordsAreBoundToTheirList(t *testing.T) {
	t.Parallel()
	s := sealer(t, ring(1))
	packet, err := s.SealRecord("tin:1", []byte("tip"))
	if err != nil {
		t.Fatal(err)
	}
	if got, err := s.OpenRecord("tin:1", packet); err != nil || string(got) != "tip" {
		t.Errorf("opened %q, %v", got, err)
	}
	if _, err := s.OpenRecord("tin:2", packet); !errors.Is(err, seal.ErrDamaged) {
		t.Errorf("another list gave %v", err)
	}
}

func TestNamesOfPeople(t *testing.T) {
	t.Parallel()
	s := sealer(t, ring(1))
	seen := map[store.Key]string{}
	for _, office := range []string{"1", "12", "oa"} {
		for _, user := range []string{"", "2", "21", "1234567890123456789"} {
			key := s.Person(office, user)
			if len(key) != 22 || key.Check() != nil {
				t.Errorf("person %q of %q is named %q", user, office, key)
			}
			if before, taken := seen[key]; taken {
				t.Errorf("%s/%s has the name of %s", office, user, before)
			}
			seen[key] = office + "/" + user
		}
	}
	if sealer(t, ring(1)).Person("oa", "u") != s.Person("oa", "u") {
		t.Error("another process names people differently")
	}
	strange := ring(1)
	strange.Names = secret('m')
	if sealer(t, strange).Person("oa", "u") == s.Person("oa", "u") {
		t.Error("the names key does not matter")
	}
}

// TestPersonVector pins the name of one person, computed by another program (Python's hmac): were it to change, nobody would be
// found again.
func TestPersonVector(t *testing.T) {
	t.Parallel()
	s := sealer(t, ring(1))
	if got, want := s.Person("579745863508352884", "2512523625412515"), store.Key("Pwq8-ONPW2lUKM7Ndvl6sg"); got != want {
		t.Errorf("person is named %q, want %q", got, want)
	}
}

func TestIDsDiffer(t *testing.T) {
	t.Parallel()
	s := sealer(t, ring(1))
	if s.ID("a", "m1") != s.ID("a", "m1") {
		t.Error("the same message has two ids")
	}
	ids := map[store.ID8]bool{s.ID("a", "m1"): true, s.ID("a", "m2"): true, s.ID("b", "m1"): true, s.ID("am", "1"): true}
	if len(ids) != 4 {
		t.Errorf("%d ids of 4 messages", len(ids))
	}
}

func TestSealNeedsRandomness(t *testing.T) {
	t.Parallel()
	s, err := seal.New(ring(1), strings.NewReader("short"))
	if err != nil {
		t.Fatal(err)
	}
	if packet, err := s.Seal(nil, seal.Session, "k", []byte("x")); !errors.Is(err, io.ErrUnexpectedEOF) || packet != nil {
		t.Errorf("sealed without a nonce: %x, %v", packet, err)
	}
}

func TestNewRefusesBadRings(t *testing.T) {
	t.Parallel()
	short := ring(1)
	short.Ring[2] = seal.NewSecret([]byte("short"))
	shortNames := ring(1)
	shortNames.Names = seal.NewSecret([]byte("short"))
	nameless := ring(2)
	nameless.Names = seal.Secret{}
	for name, keys := range map[string]seal.Keys{
		"no key": {}, "key 0": ring(0), "a short key": short, "a short names key": shortNames, "no names key and no key 1": nameless,
	} {
		if _, err := seal.New(keys, rand.Reader); err == nil {
			t.Errorf("ring with %s was taken", name)
		}
	}
}

func FuzzOpen(f *testing.F) {
	s := sealer(f, ring(1, 2))
	const plain = "canary"
	packet, err := s.Seal(nil, seal.Session, "k", []byte(plain))
	if err != nil {
		f.Fatal(err)
	}
	f.Add(packet, byte(seal.Session), "k")
	f.Add(packet, byte(seal.Outbox), "k")
	f.Add(packet[:20], byte(seal.Session), "k")
	f.Add([]byte{2}, byte(0), "")
	f.Add(bytes.Repeat([]byte{1}, 64), byte(seal.Session), "other")
	f.Fuzz(func(t *testing.T, packet []byte, kind byte, key string) {
		got, err := s.Open(nil, seal.Kind(kind), store.Key(key), packet)
		if err != nil && got != nil {
			t.Fatalf("%q beside the error %v", got, err)
		}
		if err == nil && (string(got) != plain || seal.Kind(kind) != seal.Session || key != "k") {
			t.Fatalf("a packet nobody sealed opened as %q", got)
		}
	})
}

func BenchmarkSeal(b *testing.B) {
	s := sealer(b, ring(1))
	plain, dst := make([]byte, 600), make([]byte, 0, 700)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := s.Seal(dst, seal.Session, "AAAAAAAAAAAAAAAAAAAAAA", plain); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkOpen(b *testing.B) {
	s := sealer(b, ring(1))
	packet, err := s.Seal(nil, seal.Session, "AAAAAAAAAAAAAAAAAAAAAA", make([]byte, 600))
	if err != nil {
		b.Fatal(err)
	}
	dst := make([]byte, 0, 700)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := s.Open(dst, seal.Session, "AAAAAAAAAAAAAAAAAAAAAA", packet); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkPerson(b *testing.B) {
	s := sealer(b, ring(1))
	b.ReportAllocs()
	for b.Loop() {
		s.Person("579745863508352884", "2512523625412515")
	}
}

func ExampleSealer() {
	keys, err := seal.ParseKeys("1:" + strings.Repeat("ab", seal.KeySize))
	if err != nil {
		fmt.Println(err)
		return
	}
	s, err := seal.New(keys, rand.Reader)
	if err != nil {
		fmt.Println(err)
		return
	}
	person := s.Person("579745863508352884", "2512523625412515")
	packet, err := s.Seal(nil, seal.Session, person, []byte("tạm trú"))
	if err != nil {
		fmt.Println(err)
		return
	}
	plain, err := s.Open(nil, seal.Session, person, packet)
	fmt.Println(string(plain), err)
	_, err = s.Open(nil, seal.Session, s.Person("579745863508352884", "somebody else"), packet)
	fmt.Println(err)
	// Output:
	// tạm trú <nil>
	// sealed packet is damaged or belongs elsewhere
}

// More places than ciphers are kept ready, from many hands at once: each packet opens where it belongs and nowhere else.
func TestManyPlacesAtOnce(t *testing.T) {
	t.Parallel()
	s := sealer(t, ring(1))
	var wg sync.WaitGroup
	for hand := range 8 {
		wg.Go(func() {
			for i := range 1500 {
				key, other := store.Key(fmt.Sprintf("p%d-%d", hand, i)), store.Key(fmt.Sprintf("p%d-%d", hand, i+1))
				packet, err := s.Seal(nil, seal.Session, key, []byte(key))
				if err != nil {
					t.Error(err)
					return
				}
				if plain, err := s.Open(nil, seal.Session, key, packet); err != nil || string(plain) != string(key) {
					t.Errorf("%s opens as %q, %v", key, plain, err)
				}
				if _, err := s.Open(nil, seal.Session, other, packet); !errors.Is(err, seal.ErrDamaged) {
					t.Errorf("%s opens for %s: %v", key, other, err)
				}
				if _, err := s.Open(nil, seal.Mailbox, key, packet); !errors.Is(err, seal.ErrDamaged) {
					t.Errorf("%s opens as a mailbox entry: %v", key, err)
				}
			}
		})
	}
	wg.Wait()
}
