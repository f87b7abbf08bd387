package model_test

import (
	"testing"
	"time"

	"hoithoai/runtime/store"
	"hoithoai/runtime/store/model"
	"hoithoai/runtime/store/storetest"
)

func open(_ testing.TB, cfg store.Config, clock *storetest.Clock) storetest.Engine {
	return model.New(cfg, clock.Now)
}

func TestContract(t *testing.T) {
	t.Parallel()
	storetest.Run(t, open)
}

func TestModel(t *testing.T) {
	t.Parallel()
	storetest.Model(t, storetest.Subject{Open: open})
}

func BenchmarkEvent(b *testing.B) {
	storetest.Bench(b, model.New(store.Config{}, time.Now), 1)
}

func TestLimits(t *testing.T) {
	t.Parallel()
	storetest.Limits(t, func(_ testing.TB, clock *storetest.Clock) store.Limits { return model.NewLimits(clock.Now) })
}
