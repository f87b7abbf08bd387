package session_test

import (
	"fmt"

	"hoithoai/dsl/program"
	"hoithoai/dsl/value"
	"hoithoai/runtime/session"
)

// The hash comes first, so a caller finds the program before it decodes the rest.
func ExampleDecode() {
	p := &program.Program{Hash: "by hand", Flows: []*program.Flow{{
		Name: "tam_tru", Steps: []*program.Step{{Name: "tuoi"}},
		Slots: []program.Slot{{Name: "tuoi", Type: value.Type{Kind: value.Number}}},
	}}}
	s := session.Session{Program: p.Hash, Status: session.Waiting, Runs: []session.Run{{
		Return: program.None, Slots: []value.Value{{Kind: value.Number, N: 52}},
	}}}
	body := session.Append(nil, &s, p)

	hash, err := session.ProgramOf(body)
	fmt.Println(hash, err)
	var back session.Session
	err = session.Decode(body, p, &back)
	fmt.Println(back.Runs[0].Slots[0].N, err)
	// Output:
	// by hand <nil>
	// 52 <nil>
}
