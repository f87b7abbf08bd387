package redis

import "testing"

func TestOfClients(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]int64{
		"": 0,
		"id=3 addr=127.0.0.1:1 name= tot-mem=22296 events=r cmd=ping user=default\n": 22296,
		"id=3 tot-mem=100 cmd=a\nid=4 argv-mem=7 tot-mem=20\n":                       120,
		"id=3 addr=127.0.0.1:1 cmd=ping\n":                                           0, // an old server
		"id=3 name=tot-mem tot-mem=x\n":                                              0,
		"id=3 name=a-tot-mem=5 tot-mem=1\r\n":                                        1,
	} {
		if got := ofClients(text); got != want {
			t.Errorf("%q takes %d, want %d", text, got, want)
		}
	}
}
