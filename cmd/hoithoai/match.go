package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"hoithoai/dsl/program"
	"hoithoai/runtime/understand"
)

// maxLine is the longest line `match --json -` reads, in bytes: longer than anything Zalo lets a person send.
const maxLine = 1 << 20

func newMatch(a *app) *cobra.Command {
	var folder string
	var why, asJSON bool
	cmd := &cobra.Command{
		Use:   a.say(`match "CÂU"`, `match "SENTENCE"`),
		Short: a.say("Xem một câu của người dân dẫn tới luồng nào, vì sao", "Show which flow a resident's sentence leads to, and why"),
		Long: a.say(`Đọc câu như trang đọc lời đầu tiên của người dân. --why cho biết điều gì quyết định. --json với - đọc mỗi dòng một câu từ
đầu vào, in mỗi dòng một kết quả: outcome là sure (vào luồng ngay), unsure (hỏi lại) hay none; flow là luồng hợp nhất.`,
			`Reads a sentence as the page reads a resident's first words. --why tells what decided. --json with - reads one sentence a
line and prints one result a line: outcome is sure (the flow is entered), unsure (asked back) or none; flow is the likeliest.`),
		Example: "  hoithoai match \"đk ttru bn tien\" --why\n  hoithoai match --json - < cau.txt",
		Args:    a.atMost(1),
		RunE: func(_ *cobra.Command, args []string) error {
			if len(args) == 0 {
				return usageError{errors.New(a.say("thiếu câu cần xem", "the sentence is missing"))}
			}
			return a.match(folder, args[0], why, asJSON)
		},
	}
	cmd.Flags().StringVar(&folder, "flows", "", a.say("thư mục luồng (không ghi: bộ kèm theo máy)", "folder of flows (default: the bundle inside)"))
	cmd.Flags().BoolVar(&why, "why", false, a.say("nói điều gì quyết định", "tell what decided"))
	cmd.Flags().BoolVar(&asJSON, "json", false, a.say("in JSON, mỗi câu một dòng; - đọc từ đầu vào", "print JSON, a line a sentence; - reads the input"))
	return cmd
}

func (a *app) match(folder, sentence string, why, asJSON bool) error {
	p, err := a.programOf(folder)
	if err != nil {
		return err
	}
	u := understand.New(p)
	switch {
	case asJSON && sentence == "-":
		return a.matchLines(p, u)
	case asJSON:
		return json.NewEncoder(a.stdout).Encode(matchedOf(p, sentence, u.Judge(sentence)))
	case why:
		a.explainMatch(p, u.Explain(sentence))
		return nil
	}
	a.printVerdict(p, u.Judge(sentence))
	return nil
}

// matchLines answers every line of the input.
func (a *app) matchLines(p *program.Program, u *understand.Understander) error {
	in := bufio.NewScanner(a.stdin)
	in.Buffer(nil, maxLine)
	out := json.NewEncoder(a.stdout)
	out.SetEscapeHTML(false)
	for in.Scan() {
		text := in.Text()
		if err := out.Encode(matchedOf(p, text, u.Judge(text))); err != nil {
			return fmt.Errorf("write match: %w", err)
		}
	}
	if err := in.Err(); err != nil {
		return fmt.Errorf("read sentences: %w", err)
	}
	return nil
}

// matched is one line of match --json.
type matched struct {
	Text       string           `json:"text"`
	Outcome    string           `json:"outcome"`
	Flow       string           `json:"flow"`
	Score      float64          `json:"score"`
	Candidates []matchCandidate `json:"candidates"`
	Then       []string         `json:"then,omitempty"`
}

type matchCandidate struct {
	Flow  string  `json:"flow"`
	Score float64 `json:"score"`
}

func matchedOf(p *program.Program, text string, v understand.Verdict) matched {
	m := matched{Text: text, Outcome: string(v.Outcome), Flow: flowName(p, v.Flow), Score: threeDigits(v.Score), Candidates: []matchCandidate{}}
	if v.Outcome == understand.IsNone && m.Flow != understand.OutOfScope {
		m.Flow = "" // a flow that only answers thanks and goodbyes is no request
	}
	for _, c := range v.Candidates {
		m.Candidates = append(m.Candidates, matchCandidate{flowName(p, c.Flow), threeDigits(c.Value)})
	}
	for _, f := range v.Then {
		m.Then = append(m.Then, flowName(p, f))
	}
	return m
}

// threeDigits keeps three digits: more would only pretend.
func threeDigits(x float64) float64 { return float64(int(x*1000+0.5)) / 1000 }

func flowName(p *program.Program, flow int) string {
	if flow < 0 || flow >= len(p.Flows) {
		return ""
	}
	return p.Flows[flow].Name
}

// printVerdict says in a few lines what happens to a sentence.
func (a *app) printVerdict(p *program.Program, v understand.Verdict) {
	switch v.Outcome {
	case understand.IsSure:
		fmt.Fprintf(a.stdout, a.say("chắc: %s (%s) %.2f\n", "sure: %s (%s) %.2f\n"), flowName(p, v.Flow), p.Flows[v.Flow].Title, v.Score)
	case understand.IsUnsure:
		fmt.Fprintln(a.stdout, a.say("chưa chắc, hỏi lại giữa:", "unsure, asked back among:"))
	default:
		fmt.Fprintf(a.stdout, a.say("không luồng nào (%s) %.2f\n", "no flow (%s) %.2f\n"), nonEmpty(flowName(p, v.Flow), "-"), v.Score)
	}
	for _, c := range v.Candidates {
		fmt.Fprintf(a.stdout, "  %-20s %.2f  %s\n", flowName(p, c.Flow), c.Value, p.Flows[c.Flow].Title)
	}
	for _, f := range v.Then {
		fmt.Fprintf(a.stdout, a.say("rồi còn: %s\n", "and then: %s\n"), flowName(p, f))
	}
}

func nonEmpty(s, otherwise string) string {
	if s == "" {
		return otherwise
	}
	return s
}

// maxReasons is how many reasons --why prints.
const maxReasons = 15

func (a *app) explainMatch(p *program.Program, e understand.Explanation) {
	a.printVerdict(p, e.Verdict)
	fmt.Fprintf(a.stdout, a.say("đọc thành: %s\n", "read as: %s\n"), e.Read)
	if e.Exact {
		fmt.Fprintln(a.stdout, a.say("đúng từng chữ một câu của luồng", "word by word a sentence of the flow"))
	}
	a.explainAlarm(e)
	if e.Denied {
		fmt.Fprintln(a.stdout, a.say("có từ cho biết không phải đang xảy ra", "holds words that say it is not happening now"))
	}
	if len(e.Reasons) == 0 {
		return
	}
	fmt.Fprintf(a.stdout, a.say("vì sao %s hơn %s:\n", "why %s rather than %s:\n"),
		nonEmpty(flowName(p, e.For), a.say("không gì cả", "nothing")), nonEmpty(flowName(p, e.Against), a.say("không gì cả", "nothing")))
	for _, r := range e.Reasons[:min(maxReasons, len(e.Reasons))] {
		fmt.Fprintf(a.stdout, "  %+.2f  %s: %s\n", r.Weight, r.Kind, strings.TrimSpace(r.Words))
	}
}

// explainAlarm says what speaks for an emergency.
func (a *app) explainAlarm(e understand.Explanation) {
	if cause := a.causeOf(e.Alarm); cause != "" {
		fmt.Fprintf(a.stdout, a.say("báo khẩn cấp vì: %s\n", "alarm raised by: %s\n"), cause)
	}
	if e.Phrase && e.Alarm != understand.ByPhrase {
		fmt.Fprintln(a.stdout, a.say("có cụm từ khẩn cấp", "holds a phrase of an emergency"))
	}
	if len(e.Signs) == 2 {
		fmt.Fprintf(a.stdout, a.say("hai dấu hiệu nguy hiểm: %s (%s), %s (%s)\n", "two signs of danger: %s (%s), %s (%s)\n"),
			e.Signs[0].Words, e.Signs[0].Kind, e.Signs[1].Words, e.Signs[1].Kind)
	}
}

// causeOf is what raised an alarm, for people; "" where none was.
func (a *app) causeOf(c understand.Cause) string {
	switch c {
	case understand.ByPhrase:
		return a.say("có cụm từ khẩn cấp", "a phrase of an emergency")
	case understand.ByLikeness:
		return a.say("giống các câu khẩn cấp", "being like the sentences of an emergency")
	case understand.BySigns:
		return a.say("hai dấu hiệu nguy hiểm", "two signs of danger")
	case understand.ByPart:
		return a.say("một phần của tin là chuyện khẩn cấp", "a part of the message is an emergency")
	}
	return ""
}

// programOf loads the bundle of a folder; "" means what lies here, or the flows in the binary.
func (a *app) programOf(folder string) (*program.Program, error) {
	var paths []string
	if folder != "" {
		paths = []string{folder}
	}
	b, _, err := a.loadBound(paths)
	if err != nil {
		return nil, err
	}
	return b.Program, nil
}
