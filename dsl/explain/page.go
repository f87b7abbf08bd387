package explain

import (
	"errors"
	"fmt"
	"strings"
)

// The words that open a paragraph of a page, and the names of its two blocks.
const (
	keyReason   = "Vì sao:"
	keyReasonEN = "Why:"
	keyMend     = "Cách sửa:"
	keyUnshown  = "Không có ví dụ:"
	keyBeside   = "Cùng báo:"
	keyFiles    = "Kèm tệp:"
	blockWrong  = "sai"
	blockRight  = "đúng"
)

// read reads a page: a heading that is its code, paragraphs that open with a word of their own, and the blocks sai and đúng.
func read(code, src string) (Page, error) {
	p := Page{Code: code}
	heading, rest, _ := strings.Cut(strings.ReplaceAll(src, "\r\n", "\n"), "\n")
	if heading != "# "+code {
		return p, fmt.Errorf("the first line is %q", heading)
	}
	for rest != "" {
		part := ""
		part, rest = nextPart(rest)
		if err := p.take(part); err != nil {
			return p, err
		}
	}
	return p, p.complete()
}

// nextPart cuts the next paragraph or block off src.
func nextPart(src string) (part, rest string) {
	src = strings.TrimLeft(src, "\n")
	if strings.HasPrefix(src, "```") {
		if at := strings.Index(src[3:], "\n```\n"); at >= 0 {
			return src[:3+at+1], src[3+at+5:]
		}
		return src, ""
	}
	part, rest, _ = strings.Cut(src, "\n\n")
	return part, rest
}

// take puts one paragraph or block where it belongs.
func (p *Page) take(part string) error {
	if block, ok := strings.CutPrefix(part, "```"); ok {
		return p.takeBlock(block)
	}
	into := map[string]*string{keyReason: &p.Reason.VI, keyReasonEN: &p.Reason.EN, keyMend: &p.Mend, keyUnshown: &p.Unshown}
	text := strings.Join(strings.Fields(part), " ")
	for key, field := range into {
		if said, ok := strings.CutPrefix(text, key); ok {
			if *field != "" {
				return fmt.Errorf("%s stands twice", key)
			}
			*field = strings.TrimSpace(said)
			return nil
		}
	}
	if said, ok := strings.CutPrefix(text, keyBeside); ok {
		p.Beside = strings.Fields(said)
		return nil
	}
	if said, ok := strings.CutPrefix(text, keyFiles); ok {
		p.Files = strings.Split(strings.TrimSpace(said), ", ")
		return nil
	}
	if text == "" {
		return nil
	}
	return fmt.Errorf("nothing opens the paragraph %q", text)
}

func (p *Page) takeBlock(block string) error {
	name, text, _ := strings.Cut(block, "\n")
	field := map[string]*string{blockWrong: &p.Wrong, blockRight: &p.Right}[name]
	if field == nil || *field != "" {
		return fmt.Errorf("a block %q is not expected here", name)
	}
	*field = text
	return nil
}

// complete says what a page lacks.
func (p *Page) complete() error {
	switch {
	case p.Reason.VI == "" || p.Reason.EN == "" || p.Mend == "":
		return errors.New("a reason in both languages and a way to mend are needed")
	case p.Unshown == "" && (p.Wrong == "" || p.Right == ""):
		return errors.New("a wrong and a right example are needed, or the reason why there is none")
	case p.Unshown != "" && p.Wrong+p.Right != "":
		return errors.New("it says that there is no example and gives one")
	}
	return nil
}
