package main

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/spf13/cobra"

	"hoithoai/dsl"
	"hoithoai/dsl/diag"
	"hoithoai/dsl/parse"
	"hoithoai/dsl/skeleton"
)

type newParams struct {
	dir   string
	name  string
	title string
}

func newNew(a *app) *cobra.Command {
	var p newParams
	cmd := &cobra.Command{
		Use:   a.say(`new TÊN ["Tên gọi"]`, `new NAME ["Title"]`),
		Short: a.say("Viết sẵn một luồng mới để sửa dần", "Write a new flow to start from"),
		Long: a.say(`Viết TÊN.flow và hội thoại mẫu TÊN_test.flow: một cuộc hỏi đáp ngắn, có ghi chú, đã qua check và test. TÊN viết thường,
không dấu, nối bằng gạch dưới; Tên gọi là chữ người dân đọc. Chưa có tệp chung thì viết thêm tệp ấy. Không bao giờ ghi đè.`,
			`Writes NAME.flow and its transcript NAME_test.flow: a short, commented dialog that passes check and test. NAME is lower case
without accents; Title is what residents read. Where there is no chung file it writes one. Nothing is ever overwritten.`),
		Example: "  hoithoai new tam_vang \"Tạm vắng\"\n  hoithoai new tam_vang \"Tạm vắng\" --dir flows/cu_tru",
		Args:    a.nameAndTitle,
		RunE: func(_ *cobra.Command, args []string) error {
			if len(args) == 0 {
				return usageError{errors.New(a.say(`thiếu tên: hoithoai new tam_vang "Tạm vắng"`, `a name is missing: hoithoai new tam_vang "Tạm vắng"`))}
			}
			p.name = strings.TrimSuffix(args[0], ".flow")
			if len(args) > 1 {
				p.title = strings.TrimSpace(args[1])
			}
			return a.create(p)
		},
	}
	cmd.Flags().StringVar(&p.dir, "dir", "", a.say("thư mục để viết vào (không nêu: flows nếu có, không thì ở đây)", "folder to write into (unnamed: flows where there is one, else here)"))
	return cmd
}

// nameAndTitle refuses a name that was typed in several words, with the two that were meant.
func (a *app) nameAndTitle(_ *cobra.Command, args []string) error {
	if len(args) < 3 {
		return nil
	}
	p := newParams{name: strings.Join(args, " ")}
	return a.nameable(&p)
}

func (a *app) create(p newParams) error {
	if p.dir == "" {
		p.dir = "."
		if info, err := os.Stat("flows"); err == nil && info.IsDir() {
			p.dir = "flows"
		}
	}
	if err := a.nameable(&p); err != nil {
		return err
	}
	s, err := a.site(p)
	if err != nil {
		return err
	}
	files, err := s.fitting()
	if err != nil {
		return err
	}
	for _, f := range files {
		target := filepath.Join(s.root, filepath.FromSlash(f.path))
		if err := os.MkdirAll(filepath.Dir(target), 0o755); err != nil {
			return fmt.Errorf("make folder: %w", err)
		}
		if err := writeNew(target, []byte(f.text)); err != nil {
			return err
		}
		fmt.Fprintf(a.stdout, a.say("đã viết %s\n", "wrote %s\n"), filepath.ToSlash(target))
	}
	in, flows := " "+filepath.ToSlash(s.root), " --flows "+filepath.ToSlash(s.root)
	if slices.Equal(here(), []string{s.root}) { // what the verbs take by themselves
		in, flows = "", ""
	}
	fmt.Fprintf(a.stdout, a.say("Tiếp theo: sửa tệp trên, rồi chạy\n", "Next: edit the file, then run\n")+
		"  hoithoai check%s\n  hoithoai test%s\n  hoithoai chat %s%s\n", in, in, p.name, flows)
	return nil
}

// device matches the names that Windows keeps for devices: no file and no folder can have one, whatever its ending.
var device = regexp.MustCompile(`^(con|prn|aux|nul|com\d|lpt\d)$`)

// nameable refuses a name or title that no flow can have, with one that it could; a missing title is made from the name.
func (a *app) nameable(p *newParams) error {
	if device.MatchString(p.name) {
		return usageError{fmt.Errorf(a.say("tên %q không dùng được: Windows giữ tên này cho thiết bị nên không lưu được tệp. Thử: luong_%s",
			"the name %q cannot be used: Windows keeps it for a device and saves no such file. Try: luong_%s"), p.name, p.name)}
	}
	if !parse.Usable(p.name) {
		title := p.title
		if title == "" {
			title = capital(p.name)
		}
		near := parse.SuggestName(p.name)
		if !parse.Usable(near) || device.MatchString(near) {
			near = "luong_" + near
		}
		return usageError{fmt.Errorf(a.say("tên %q không dùng được: tên viết thường, không dấu, nối bằng gạch dưới. Thử: hoithoai new %s %q",
			"the name %q cannot be used: names are lower case, without accents, joined by underscores. Try: hoithoai new %s %q"), p.name, near, title)}
	}
	if p.title == "" {
		p.title = capital(strings.ReplaceAll(p.name, "_", " "))
	}
	if !skeleton.Titled(p.title) {
		return usageError{fmt.Errorf(a.say("tên gọi %q không dùng được: một dòng ngắn, không có ngoặc", "the title %q cannot be used: one short line without quotes or brackets"), p.title)}
	}
	return nil
}

// capital is a text with its first letter large.
func capital(text string) string {
	first, size := utf8.DecodeRuneInString(text)
	if size == 0 {
		return ""
	}
	return string(unicode.ToUpper(first)) + text[size:]
}

// site is the bundle that a new flow goes into.
type site struct {
	app    *app
	p      newParams
	root   string // folder of the bundle
	inside string // folder of the new flow in the bundle, with slashes
	have   map[string][]byte
	before diag.List
	names  map[string]string // file by the name of the flow it holds
}

// written is one file to write, by its path in the bundle.
type written struct{ path, text string }

// site reads the bundle around the folder and refuses a name that is taken in it.
func (a *app) site(p newParams) (*site, error) {
	root, inside, err := bundleRoot(p.dir, true)
	if err != nil {
		return nil, fmt.Errorf("locate folder: %w", err)
	}
	s := &site{app: a, p: p, root: root, inside: inside, have: map[string][]byte{}, names: map[string]string{}}
	if err := s.read(); err != nil {
		return nil, err
	}
	loaded, err := s.load(nil)
	if err != nil {
		return nil, err
	}
	s.before = loaded.Diagnostics
	for _, f := range loaded.Files {
		s.names[f.Name.Text] = f.Path
	}
	if file, ok := s.names[p.name]; ok {
		return nil, usageError{fmt.Errorf(a.say("đã có luồng %s, ở %s; đặt tên khác", "there is a flow %s, in %s; choose another name"), p.name, file)}
	}
	for _, name := range []string{p.name + ".flow", p.name + "_test.flow"} {
		if _, ok := s.have[path.Join(inside, name)]; ok {
			return nil, usageError{fmt.Errorf(a.say("đã có tệp %s, không ghi đè; đặt tên khác", "there is a file %s, which is not overwritten; choose another name"), name)}
		}
	}
	return s, nil
}

// read reads the flow files of the bundle; a folder that does not exist yet has none.
func (s *site) read() error {
	err := fs.WalkDir(os.DirFS(s.root), ".", func(name string, d fs.DirEntry, err error) error {
		switch {
		case errors.Is(err, fs.ErrNotExist) && name == ".":
			return nil
		case err != nil:
			return err
		case d.IsDir() && name != "." && strings.HasPrefix(d.Name(), "."):
			return fs.SkipDir
		case d.IsDir() || path.Ext(name) != ".flow":
			return nil
		}
		s.have[name], err = os.ReadFile(filepath.Join(s.root, filepath.FromSlash(name)))
		return err
	})
	if err != nil {
		return fmt.Errorf("read flows in %s: %w", s.root, err)
	}
	return nil
}

// load loads the bundle as it would be with more files.
func (s *site) load(more []written) (dsl.Result, error) {
	sources := maps.Clone(s.have)
	for _, f := range more {
		sources[f.path] = []byte(f.text)
	}
	fsys, err := dsl.Unpack(dsl.Pack(sources))
	if err != nil {
		return dsl.Result{}, fmt.Errorf("put flows together: %w", err)
	}
	return dsl.Load(fsys, s.app.today())
}

// fitting are the files of a new flow with which the bundle has no finding that it did not have before: the keyword is one that
// leads nowhere else, and a chung file comes along where there is none.
func (s *site) fitting() ([]written, error) {
	title := strings.ToLower(s.p.title)
	var added diag.List
	for _, keyword := range []string{title, title + " mới", "hỏi về " + title, strings.ReplaceAll(s.p.name, "_", " ") + " mới"} {
		files := s.files(keyword)
		for range 2 {
			r, err := s.load(files)
			if err != nil {
				return nil, err
			}
			if added = s.since(r.Diagnostics); len(added) == 0 {
				return files, nil
			}
			if len(files) > 2 || added[0].Code != "G009" {
				break
			}
			files = append(files, s.shared())
		}
	}
	return nil, fmt.Errorf(s.app.say("luồng mẫu không hợp với các luồng đang có: %s", "the new flow does not go with the flows that exist: %s"), added[0].Message.In(s.app.lang()))
}

func (s *site) files(keyword string) []written {
	day := s.app.today().Day
	f := skeleton.Flow{Name: s.p.name, Title: s.p.title, Keyword: keyword, Day: day}
	return []written{
		{path.Join(s.inside, s.p.name+".flow"), f.Text()},
		{path.Join(s.inside, s.p.name+"_test.flow"), f.Transcript()},
	}
}

// shared is a chung file under a name that is free.
func (s *site) shared() written {
	name := "chung"
	for n := 2; s.names[name] != "" || s.have[name+".flow"] != nil; n++ {
		name = fmt.Sprintf("chung_%d", n)
	}
	return written{name + ".flow", skeleton.Shared(name, s.app.today().Day)}
}

// since lists what is found now and was not found before.
func (s *site) since(now diag.List) diag.List {
	known := map[string]int{}
	for _, d := range s.before {
		known[d.Code+d.Span.File]++
	}
	var out diag.List
	for _, d := range now {
		if known[d.Code+d.Span.File]--; known[d.Code+d.Span.File] < 0 {
			out = append(out, d)
		}
	}
	return out
}
