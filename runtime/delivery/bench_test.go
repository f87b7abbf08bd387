package delivery_test

import (
	"bytes"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"hoithoai/runtime/delivery"
	"hoithoai/runtime/echo"
	"hoithoai/runtime/envelope"
	"hoithoai/runtime/gate"
	"hoithoai/runtime/store"
	"hoithoai/runtime/store/model"
	"hoithoai/runtime/store/redis"
	"hoithoai/runtime/store/redistest"
	"hoithoai/runtime/testbed"
	"hoithoai/runtime/zalo"
)

// taken is a Zalo that takes every message at once: what is left is what we and net/http spend.
func taken(b *testing.B) *httptest.Server {
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		_, _ = io.Copy(io.Discard, r.Body)
		w.Header().Set("Content-Type", "application/json")
		fmt.Fprint(w, `{"data":{"message_id":"63ecf43f0df7dba892e6","user_id":"2512523625412515"},"error":0,"message":"Success"}`)
	}))
	b.Cleanup(s.Close)
	return s
}

// BenchmarkDelivery is one message to a Zalo on the same machine, from the bare POST of its bytes upwards: the client, the sender,
// the gate of one process, and the gate that shares its limits over Redis with echoes noted as proofs.
func BenchmarkDelivery(b *testing.B) {
	server := taken(b)
	transport := server.Client().Transport
	client := zalo.NewClient(zalo.ClientConfig{
		BaseURL: server.URL, Tokens: zalo.StaticTokens{testbed.OfficeID: testbed.Token}, Transport: transport,
	})
	m := words("Anh/chị cần giấy này.")
	calls, err := zalo.Render(m, testbed.Person, zalo.DefaultCapabilities(), nil)
	if err != nil {
		b.Fatal(err)
	}
	b.Run("bare POST", func(b *testing.B) {
		c := &http.Client{Transport: transport}
		bench(b, func() error {
			req, err := http.NewRequestWithContext(b.Context(), http.MethodPost, server.URL+calls[0].Endpoint, bytes.NewReader(calls[0].Body))
			if err != nil {
				return err
			}
			req.Header["access_token"] = []string{testbed.Token}
			req.Header.Set("Content-Type", "application/json")
			res, err := c.Do(req)
			if err != nil {
				return err
			}
			defer res.Body.Close()
			_, err = io.Copy(io.Discard, res.Body)
			return err
		})
	})
	b.Run("client", func(b *testing.B) {
		bench(b, func() error {
			_, err := client.Send(b.Context(), testbed.OfficeID, calls[0])
			return err
		})
	})
	out := envelope.Out{Address: envelope.Address{Office: testbed.OfficeID, Person: testbed.Person}, At: time.Now().UnixMilli(), Message: &m}
	cfg := delivery.Config{
		Client: client, Files: files, Now: time.Now, Log: (&testbed.Log{}).Logger(), Random: rand.Float64,
		Outlets: map[string]*delivery.Outlet{testbed.OfficeID: {Capabilities: zalo.DefaultCapabilities(), Assets: zalo.NewAssetCache(time.Now)}},
	}
	deliver := func(b *testing.B) {
		s := delivery.New(cfg)
		bench(b, func() error {
			if d := s.Deliver(b.Context(), out, false); !d.Done || d.Why != "" {
				return fmt.Errorf("%+v", d)
			}
			return nil
		})
	}
	b.Run("delivery", deliver)
	cfg.Gate = gate.New(gate.Config{PerMinute: 1 << 30, Now: time.Now})
	b.Run("delivery through the gate", deliver)
	shared, err := redis.Open(b.Context(), redis.Config{URL: redistest.Start(b).URL()})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = shared.Close() })
	cfg.Gate = gate.New(gate.Config{PerMinute: 1 << 30, Now: time.Now, Shared: shared, Process: "bench"})
	cfg.Echoes = &echo.Book{Store: model.New(store.Config{}, time.Now), Seal: testbed.Sealer(b, 1)}
	b.Run("delivery through the shared gate, with proofs", deliver)
}

func bench(b *testing.B, do func() error) {
	b.ReportAllocs()
	for b.Loop() {
		if err := do(); err != nil {
			b.Fatal(err)
		}
	}
}
