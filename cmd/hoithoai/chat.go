package main

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"hoithoai/dsl/office"
	"hoithoai/dsl/program"
	"hoithoai/runtime/message"
	"hoithoai/runtime/rehearsal"
)

type chatParams struct {
	flows  string
	record string
	flow   string
}

func newChat(a *app) *cobra.Command {
	var p chatParams
	cmd := &cobra.Command{
		Use:   a.say("chat [LUỒNG]", "chat [FLOW]"),
		Short: a.say("Nói chuyện với các luồng trong cửa sổ lệnh", "Talk to flows in the terminal"),
		Long: a.say(`Mỗi dòng gõ vào là một tin nhắn của người dân. Gõ số hoặc nhãn của nút để chọn. Thêm được:
  [Nhãn]  (ảnh x.jpg)  (vị trí 10.79,106.78 tên nơi)  (tệp x.pdf)  (nhãn dán)  (quan tâm)
  /tiep chữ của người dân           gửi mà còn viết tiếp: máy đợi dòng sau (bình thường mỗi dòng được trả lời ngay)
  /cho 30 phút                      cho đồng hồ chạy tới
  /may TÊN = được { ma: "A1" }      tác vụ TÊN trả lời thế nào từ nay
  /thoát                            thôi`,
			`Every line is one message of a resident. Type a number or label to choose. Also:
  [Label]  (ảnh x.jpg)  (vị trí 10.79,106.78 place)  (tệp x.pdf)  (nhãn dán)  (quan tâm)
  /tiep words of the resident       sent while still writing: the answer waits for the next line (else every line is answered at once)
  /cho 30 phút                      move the clock on
  /may NAME = được { ma: "A1" }     how task NAME answers from now on
  /thoát                            quit`),
		Example: "  hoithoai chat tam_tru\n  printf 'tạm trú\\n1\\n' | hoithoai chat\n  hoithoai chat --record flows/cu_tru/moi_test.flow",
		Args:    a.atMost(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) > 0 {
				p.flow = args[0]
			}
			return a.chat(cmd.Context(), p)
		},
	}
	cmd.Flags().StringVar(&p.flows, "flows", "", a.say("thư mục luồng (mặc định: flows, hoặc các tệp .flow ở đây, hoặc luồng có sẵn)", "folder of flows (default: flows, or the .flow files here, or the built-in ones)"))
	cmd.Flags().StringVar(&p.record, "record", "", a.say("ghi cuộc nói chuyện thành hội thoại mẫu vào tệp này", "record the talk as a transcript into this file"))
	return cmd
}

func (a *app) chat(ctx context.Context, p chatParams) error {
	var paths []string
	if p.flows != "" {
		paths = []string{p.flows}
	}
	b, err := a.load(paths)
	if err != nil {
		return err
	}
	if b.Program == nil {
		return a.uncompiled(b)
	}
	of := office.Demo()
	of.Fields["nhan_tin"] = "age" // so that tips can be tried; nothing is kept
	t := rehearsal.NewTalk(rehearsal.Config{Program: b.Program, Office: of, Start: a.now().UnixMilli()})
	if err := a.begin(t, b.Program, p.flow); err != nil {
		return err
	}
	if err := a.converse(ctx, t); err != nil {
		return err
	}
	return a.save(t, p)
}

// begin starts the flow that was named, before the first message.
func (a *app) begin(t *rehearsal.Talk, prog *program.Program, name string) error {
	if name == "" {
		return nil
	}
	for _, f := range prog.Flows {
		if f.Name == name && !f.Sub {
			return a.answer(t.Open(f))
		}
	}
	return usageError{fmt.Errorf(a.say("không có luồng %q; đang có: %s", "there is no flow %q; there are: %s"), name, flowNames(prog))}
}

func flowNames(prog *program.Program) string {
	var names []string
	for _, f := range prog.Flows {
		if !f.Sub {
			names = append(names, f.Name)
		}
	}
	return strings.Join(names, ", ")
}

// longest is the longest line a resident can send through the terminal, in bytes; Zalo's own limit is far below it.
const longest = 64 << 10

func (a *app) converse(ctx context.Context, t *rehearsal.Talk) error {
	in := bufio.NewScanner(a.stdin)
	in.Buffer(nil, longest)
	for a.prompt(); ctx.Err() == nil && in.Scan(); a.prompt() {
		line := strings.TrimSpace(in.Text())
		if line == "" {
			continue
		}
		if line == "/thoát" || line == "/thoat" || line == "/quit" {
			return nil
		}
		if err := a.answer(t.Line(line)); err != nil {
			return err
		}
	}
	if err := in.Err(); err != nil {
		return fmt.Errorf("read messages: %w", err)
	}
	return nil
}

// prompt shows that a line is awaited, only to a person at a terminal.
func (a *app) prompt() {
	if f, ok := a.stdin.(*os.File); ok {
		if info, err := f.Stat(); err == nil && info.Mode()&os.ModeCharDevice != 0 {
			fmt.Fprint(a.stdout, a.say("Dân: ", "Resident: "))
		}
	}
}

// answer prints what came of a line.
func (a *app) answer(reply rehearsal.Reply, err error) error {
	if err != nil {
		return err
	}
	if reply.Problem != nil {
		fmt.Fprintf(a.stdout, "! %s\n", reply.Problem.In(a.lang()))
	}
	for _, call := range reply.Calls {
		fmt.Fprintf(a.stdout, "(%s)\n", call)
	}
	for _, m := range reply.Messages {
		a.bubble(m)
	}
	return nil
}

func (a *app) bubble(m message.Message) {
	spoken := rehearsal.Spoken(m)
	if lead := m.Opening(); lead != "" {
		spoken = lead + "\n" + spoken
	}
	fmt.Fprintf(a.stdout, "Bot: %s\n", strings.ReplaceAll(spoken, "\n", "\n     "))
	for _, c := range m.Choices {
		fmt.Fprintf(a.stdout, "     %d. %s\n", c.N, c.Label)
	}
	for _, l := range m.Links {
		fmt.Fprintf(a.stdout, "     [%s] %s\n", l.Label, l.Address)
	}
}

// save writes the recorded talk.
func (a *app) save(t *rehearsal.Talk, p chatParams) error {
	if p.record == "" {
		return nil
	}
	if err := writeNew(p.record, []byte(t.Transcript())); err != nil {
		return err
	}
	fmt.Fprintf(a.stdout, a.say("đã ghi %s\n", "recorded %s\n"), p.record)
	return nil
}

// writeNew writes a file that must not be there yet: nothing replaces what an author wrote.
func writeNew(path string, body []byte) error {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if err != nil {
		return fmt.Errorf("write new file: %w", err)
	}
	if _, err := f.Write(body); err != nil {
		f.Close()
		return fmt.Errorf("write new file: %w", err)
	}
	return f.Close()
}
