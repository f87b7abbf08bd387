package main

import (
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"hoithoai/dsl/value"
	"hoithoai/runtime/zalo/fake"
)

// serveDesks starts a deployment whose first office is open all the time, and whose second is closed today and tomorrow.
func serveDesks(t *testing.T, extra string) *served {
	t.Helper()
	s := serveConfig(t, extra, "")
	today, _ := value.DayOf(time.Now().UnixMilli())
	later := []string{"thứ 2", "thứ 3", "thứ 4", "thứ 5", "thứ 6", "thứ 7", "chủ nhật"}[value.Weekday(today+3)]
	always := "\n[office.hours]\nchung = \"hằng ngày 00:00-24:00\"\n[office.opened]\n"
	for day := today - 1; day < today+10; day++ { // holidays too
		always += fmt.Sprintf("%q = \"00:00-24:00\"\n", value.ShowDay(day))
	}
	closed := fmt.Sprintf("\n[office.hours]\nchung = \"%s 08:00-09:00\"\n", later)
	path := filepath.Join(s.dir, "hoithoai.toml")
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	second := fmt.Sprintf("\n[[office]]\nid = %q", secondOffice)
	writeFile(t, s.dir, "hoithoai.toml", strings.Replace(string(text), second, always+second, 1)+closed)
	s.prog.start()
	await(t, "the program is ready", healthy(s.hook))
	return s
}

// hears waits until a person reads something that holds want, after what was there before.
func (s *served) hears(office, person string, before int, want string) fake.Sent {
	s.t.Helper()
	var got fake.Sent
	await(s.t, fmt.Sprintf("%s reads %q", person, want), func() bool {
		for _, m := range s.zalo.Ledger(office, person)[before:] {
			if strings.Contains(m.Text, want) {
				got = m
				return true
			}
		}
		return false
	})
	return got
}

func (s *served) officer(office, person, text string) {
	s.t.Helper()
	if status := s.zalo.Person(office, person).Officer(s.t.Context(), "5373", text); status != http.StatusOK {
		s.t.Fatalf("the officer's message is answered %d", status)
	}
}

func (s *served) writes(office, person, text string) {
	s.t.Helper()
	if status := s.zalo.Push(s.t.Context(), s.zalo.Person(office, person).Text(text)); status != http.StatusOK {
		s.t.Fatalf("%q is answered %d", text, status)
	}
}

// TestTakeOver follows people to an officer and back, through the running program: who answers and when, silence while the officer
// writes, emergencies before everything, and the same question again, by itself and by the person's word.
func TestTakeOver(t *testing.T) {
	t.Parallel()
	s := serveDesks(t, "officer_for = \"10s\"\n")
	const me, other = "921", "922"
	s.say(firstOffice, me, "tạm trú", "Anh/chị cần làm việc gì?")
	s.say(firstOffice, me, "1", "Anh/chị ở đâu?")
	s.say(firstOffice, me, "gặp cán bộ", "sẽ trả lời anh/chị trong khung chat này. Giờ làm việc đến 24 giờ hôm nay.")
	last, _ := s.zalo.Last(firstOffice, me)
	if !strings.Contains(last.Text, "Việc “Đăng ký tạm trú” tôi giữ nguyên; muốn làm tiếp, anh/chị nhắn: trợ lý.") {
		t.Errorf("the way back is not named: %q", last.Text)
	}
	s.say(secondOffice, other, "gặp cán bộ", "Bây giờ ngoài giờ làm việc. Cán bộ trả lời từ 8 giờ")
	if out, _, code := s.waits(time.Now()); code != exitFine || strings.Count(out, "truc_ban") != 2 {
		t.Errorf("who waits: %d %s", code, out)
	}

	before := len(s.zalo.Ledger(firstOffice, me))
	s.writes(firstOffice, me, "có ai không")
	s.writes(firstOffice, me, "làm hộ chiếu ở đâu")
	s.say(firstOffice, me, "cứu tôi, có người cầm dao chém", "113")
	if first := s.zalo.Ledger(firstOffice, me)[before]; !strings.Contains(first.Text, "GỌI NGAY") {
		t.Errorf("while an officer is awaited the bot says %q", first.Text)
	}

	before = len(s.zalo.Ledger(firstOffice, me))
	s.officer(firstOffice, me, "Tôi là cán bộ trực đây")
	s.writes(firstOffice, me, "dạ cảm ơn anh") // at once: the officer is not silent yet
	await(t, "the list is shorter by one", func() bool {
		out, _, _ := s.waits(time.Now())
		return strings.Count(out, "truc_ban") == 1
	})
	back := s.hears(firstOffice, me, before, "Trợ lý tự động trả lời tiếp đây.") // by itself, once the officer is silent
	if !strings.Contains(back.Text, "Anh/chị ở đâu?") {
		t.Errorf("the bot goes on elsewhere: %q", back.Text)
	}
	if got := s.zalo.Ledger(firstOffice, me)[before:]; !strings.Contains(got[len(got)-1].Text, "Anh/chị ở đâu?") {
		t.Errorf("more than the question is said: %+v", got)
	}

	s.say(firstOffice, me, "gặp cán bộ", "sẽ trả lời anh/chị trong khung chat này.")
	s.say(firstOffice, me, "trợ lý", "Trợ lý tự động trả lời tiếp đây.")
	s.say(firstOffice, me, "nha tro", "dưới 18 tuổi")
	if out, _, _ := s.waits(time.Now()); strings.Count(out, "truc_ban") != 1 {
		t.Errorf("who called the bot back still waits: %s", out)
	}
	s.say(secondOffice, other, "trợ lý", "Anh/chị")
	if got := s.zalo.Refusals(); len(got) > 0 {
		t.Errorf("Zalo refused: %v", got)
	}
	if err := s.prog.stop(); err != nil {
		t.Errorf("stop: %v", err)
	}
}

// TestNobodyAnswers: after its time in office hours a person reads an apology with the telephone, once, and an alarm is raised;
// who asks while the office is closed does not, for nobody is late yet.
func TestNobodyAnswers(t *testing.T) {
	t.Parallel()
	s := serveDesks(t, "answer_in = \"1s\"\n")
	s.say(secondOffice, "931", "gặp cán bộ", "Bây giờ ngoài giờ làm việc.")
	s.say(firstOffice, "932", "gặp cán bộ", "sẽ trả lời anh/chị trong khung chat này.")
	sorry := s.hears(firstOffice, "932", 0, "Xin lỗi anh/chị đã chờ lâu.")
	if phone := "028 0000 0001"; !strings.Contains(sorry.Text, "Cần gấp, anh/chị gọi "+phone) {
		t.Errorf("the apology names no telephone: %q", sorry.Text)
	}
	await(t, "an alarm tells the office", func() bool { return strings.Contains(s.prog.out.String(), `"kind":"handover_unanswered"`) })
	if out, _, code := s.waits(time.Now().Add(2 * time.Minute)); code != exitFound || strings.Count(out, "QUÁ LÂU") != 1 {
		t.Errorf("who waits too long: %d %s", code, out)
	}
	s.say(firstOffice, "932", "cứu tôi, có người cầm dao chém", "113")
	s.officer(firstOffice, "932", "Xin lỗi, tôi đây")
	await(t, "nobody waits too long", func() bool {
		_, _, code := s.waits(time.Now().Add(2 * time.Minute))
		return code == exitFine
	})
	count := 0
	for _, m := range s.zalo.Ledger(firstOffice, "932") {
		if strings.Contains(m.Text, "đã chờ lâu") {
			count++
		}
	}
	if late := s.zalo.Ledger(secondOffice, "931"); count != 1 || len(late) != 1 {
		t.Errorf("%d apologies, and who asked outside the hours reads %+v", count, late)
	}
}
