package actor_test

import (
	"bytes"
	"os"
	"testing"

	"hoithoai/runtime/misses"
	"hoithoai/runtime/store"
	"hoithoai/runtime/store/storetest"
	"hoithoai/runtime/testbed"
)

// What was not understood is kept, masked and once, and nowhere in the clear; what a flow asked for is not.
func TestWhatWasNotUnderstoodIsKept(t *testing.T) {
	t.Parallel()
	clock := storetest.NewClock()
	s, path := testbed.Embedded(t, store.Config{}, clock.Now)
	sc := sceneOver(t, clock, s, testbed.Small(t))
	sc.cfg.Misses = &misses.Book{Records: s, Seal: testbed.Sealer(t, 1), Now: clock.Now}
	sc.say("CANARY con mèo 0912345678", "hỏi thăm", "CANARY trong luồng")
	kept, err := sc.cfg.Misses.List(t.Context(), testbed.OfficeID)
	if err != nil || len(kept) != 1 || kept[0].Text != "CANARY con mèo •••" {
		t.Fatalf("kept %+v, %v", kept, err)
	}
	file, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if bytes.Contains(file, []byte("con mèo")) {
		t.Error("the words lie open on the disk")
	}
}
