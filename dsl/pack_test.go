package dsl_test

import (
	"bytes"
	"encoding/binary"
	"errors"
	"io/fs"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"hoithoai/dsl"
)

// readAll reads every file of a file system.
func readAll(fsys fs.FS) (map[string][]byte, error) {
	out := map[string][]byte{}
	err := fs.WalkDir(fsys, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		content, err := fs.ReadFile(fsys, name)
		out[name] = content
		return err
	})
	return out, err
}

// unpacked reads a file system back into sources.
func unpacked(t interface{ Fatal(...any) }, fsys fs.FS) map[string][]byte {
	out, err := readAll(fsys)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func TestPackKeepsTheProgram(t *testing.T) {
	t.Parallel()
	first := load(t, os.DirFS(examples))
	fsys, err := dsl.Unpack(dsl.Pack(first.Sources))
	if err != nil {
		t.Fatal(err)
	}
	again := load(t, fsys)
	if again.Program == nil || again.Program.Hash != first.Program.Hash {
		t.Fatalf("the program did not come back:\n%s", printed(t, again))
	}
	if diff := cmp.Diff(string(dumped(first.Program)), string(dumped(again.Program))); diff != "" {
		t.Errorf("the program changed (-before +after):\n%s", diff)
	}
}

func TestPackRoundTrip(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		sources := rapid.MapOfN(rapid.StringMatching(`[a-c]/[a-z]{1,3}\.flow|[d-z]{1,3}`), rapid.SliceOfN(rapid.Byte(), 0, 40), 0, 8).Draw(t, "sources")
		blob := dsl.Pack(sources)
		if !bytes.Equal(blob, dsl.Pack(maps.Clone(sources))) {
			t.Fatal("equal sources gave two blobs")
		}
		fsys, err := dsl.Unpack(blob)
		if err != nil {
			t.Fatal(err)
		}
		got := unpacked(t, fsys)
		if dsl.Hash(got) != dsl.Hash(sources) || len(got) != len(sources) {
			t.Fatalf("got %q, want %q", got, sources)
		}
	})
}

func TestUnpackedFileSystem(t *testing.T) {
	t.Parallel()
	sources := map[string][]byte{"a.flow": []byte("x"), "b/c.flow": []byte("yy"), "b/d/e.pdf": nil, "z": []byte("z")}
	fsys, err := dsl.Unpack(dsl.Pack(sources))
	if err != nil {
		t.Fatal(err)
	}
	if err := fstest.TestFS(fsys, slices.Collect(maps.Keys(sources))...); err != nil {
		t.Error(err)
	}
}

func TestUnpackRefuses(t *testing.T) {
	t.Parallel()
	const magic = "hoithoai-bundle-1\n"
	entry := func(name, content string) string {
		return string(append(binary.AppendUvarint(nil, uint64(len(name))), name...)) + string(append(binary.AppendUvarint(nil, uint64(len(content))), content...))
	}
	tests := map[string]string{
		"nothing":            "",
		"another format":     "PK\x03\x04",
		"no count":           magic,
		"cut short":          magic + "\x01" + entry("a", "xyz")[:3],
		"behind the end":     magic + "\x01" + entry("a", "x") + "!",
		"too many files":     magic + "\xff\xff\xff\xff\x0f",
		"a huge length":      magic + "\x01\x01a\xff\xff\xff\xff\xff\xff\xff\xff\x7f",
		"out of order":       magic + "\x02" + entry("b", "") + entry("a", ""),
		"twice the same":     magic + "\x02" + entry("a", "") + entry("a", ""),
		"out of the bundle":  magic + "\x01" + entry("../a", ""),
		"absolute":           magic + "\x01" + entry("/a", ""),
		"no name":            magic + "\x01" + entry("", ""),
		"the root":           magic + "\x01" + entry(".", ""),
		"a very long name":   magic + "\x01" + entry(strings.Repeat("a/", 600)+"a", ""),
		"a file as a folder": magic + "\x02" + entry("a", "") + entry("a/b", ""),
	}
	for name, blob := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if fsys, err := dsl.Unpack([]byte(blob)); !errors.Is(err, dsl.ErrPack) {
				t.Errorf("got %v and error %v, want ErrPack", fsys, err)
			}
		})
	}
}

func FuzzUnpack(f *testing.F) {
	f.Add(dsl.Pack(map[string][]byte{"a.flow": []byte("x"), "b/c": nil}))
	f.Add([]byte("hoithoai-bundle-1\n\x01"))
	f.Fuzz(func(t *testing.T, blob []byte) {
		fsys, err := dsl.Unpack(blob)
		if err != nil {
			return
		}
		again, err := dsl.Unpack(dsl.Pack(unpacked(t, fsys)))
		if err != nil {
			t.Fatalf("what was unpacked cannot be packed: %v", err)
		}
		if dsl.Hash(unpacked(t, again)) != dsl.Hash(unpacked(t, fsys)) {
			t.Error("packing again changed the sources")
		}
	})
}
