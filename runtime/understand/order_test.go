package understand_test

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"hoithoai/dsl/fold"
	"hoithoai/dsl/program"
	"hoithoai/runtime/understand"
)

// desk is a small office: four requests in words of their own, a refusal, a greeting, thanks, an emergency known by its phrases and
// complaints that are not kept.
func desk() *program.Program {
	flows := []*program.Flow{
		{Name: "nuoi_ong", Title: "Giấy nuôi ong", Examples: []string{"muốn nuôi ong phải xin phép ở đâu", "nuôi ong cần giấy gì"}},
		{Name: "tha_dieu", Title: "Thả diều", Examples: []string{"thả diều phải xin phép ai", "cần làm gì để thả diều ngoài đê"}},
		{Name: "mua_lan", Title: "Múa lân", Examples: []string{"muốn múa lân phải khai với ai", "đoàn múa lân cần giấy gì"}},
		{Name: "cau_ca", Title: "Thẻ câu cá", Examples: []string{"xin thẻ câu cá ở đâu", "câu cá có phải đóng tiền không"}},
		{Name: understand.OutOfScope, Title: "Việc nơi khác", Examples: []string{"xin bay lên sao hỏa", "mua vé bay lên mặt trăng"}},
		{Name: "chao_hoi", Title: "Chào hỏi", Keywords: []string{"xin chào", "chào anh chị"}},
		{Name: "cam_on", Title: "Cảm ơn", Keywords: []string{"cảm ơn", "em cảm ơn"}},
		{Name: "khan_cap", Emergency: true, Keywords: []string{"ong đốt ngất xỉu", "vỡ đê"}, Except: []string{"phim vỡ đê"}},
		{Name: "phan_anh", Unkept: true, Keywords: []string{"cán bộ + vòi tiền", "tố cáo trưởng phòng"}, Except: []string{"giả danh + cán bộ"}},
	}
	for i, f := range flows {
		f.Index = i
	}
	return &program.Program{Flows: flows, Fallback: program.None, OnFollow: program.None}
}

var deskOnce = sync.OnceValue(func() *understand.Understander { return understand.New(desk()) })

// named is the flow's name, "" for none.
func named(p *program.Program, flow int) string {
	if flow == program.None {
		return ""
	}
	return p.Flows[flow].Name
}

// requestsOf are the flows of a program that are neither manners nor refusals, with a sentence that asks.
func requestsOf(p *program.Program) map[int]string {
	out := map[int]string{}
	for _, f := range p.Flows[:4] {
		out[f.Index] = f.Examples[0]
	}
	return out
}

// TestTheFirstRequestIsDoneTheSecondKept: every two requests, joined in every way people join them.
func TestTheFirstRequestIsDoneTheSecondKept(t *testing.T) {
	t.Parallel()
	p, u := desk(), deskOnce()
	joins := []string{"%s, %s", "%s. %s", "%s? %s?", "%s\n%s", "%s; %s", "%s với %s", "tôi muốn %s với lại %s luôn", "%s, với lại cho em hỏi %s", "%s và %s", "%s, sẵn cho em hỏi %s", "Em hỏi hai việc: %s, %s"}
	for a, first := range requestsOf(p) {
		for b, second := range requestsOf(p) {
			if a == b {
				continue
			}
			for _, join := range joins {
				text := fmt.Sprintf(join, first, second)
				for _, text := range []string{text, strings.ToUpper(text)} {
					v := u.Judge(text)
					if v.Outcome != understand.IsSure || v.Flow != a || !slices.Equal(v.Then, []int{b}) {
						t.Errorf("%q: %s %s then %v, want %s then %s", text, v.Outcome, named(p, v.Flow), v.Then, named(p, a), named(p, b))
					}
					if m := u.Match(text); m.Flow != v.Flow || !slices.Equal(m.Then, v.Then) {
						t.Errorf("%q: Match %+v, Judge %+v", text, m, v)
					}
				}
			}
		}
	}
}

// TestOneRequestToldTwiceIsOne, in the same words or in others of the same flow.
func TestOneRequestToldTwiceIsOne(t *testing.T) {
	t.Parallel()
	p, u := desk(), deskOnce()
	for _, f := range p.Flows[:4] {
		for _, again := range f.Examples {
			for _, join := range []string{"%s, %s", "%s. %s", "%s với %s"} {
				text := fmt.Sprintf(join, f.Examples[0], again)
				if v := u.Judge(text); v.Outcome != understand.IsSure || v.Flow != f.Index || len(v.Then) != 0 {
					t.Errorf("%q: %s %s then %v", text, v.Outcome, named(p, v.Flow), v.Then)
				}
			}
		}
	}
}

// TestAThirdRequestIsNotKept: one is done and one kept, however many are told.
func TestAThirdRequestIsNotKept(t *testing.T) {
	t.Parallel()
	p, u := desk(), deskOnce()
	var all []string
	for i := range 4 {
		all = append(all, requestsOf(p)[i])
	}
	v := u.Judge(strings.Join(all, ". "))
	if v.Flow != 0 || !slices.Equal(v.Then, []int{1}) || len(v.Candidates) != 3 {
		t.Errorf("Judge = %+v", v)
	}
}

// TestWhichOfTwoIsAskedBack: "hay" between two requests is a question, not an order.
func TestWhichOfTwoIsAskedBack(t *testing.T) {
	t.Parallel()
	p, u := desk(), deskOnce()
	for a, first := range requestsOf(p) {
		for b, second := range requestsOf(p) {
			if a == b {
				continue
			}
			for _, or := range []string{" hay ", " hoặc "} {
				v := u.Judge(first + or + second)
				if v.Outcome != understand.IsUnsure || len(v.Then) != 0 || len(v.Candidates) < 2 || v.Candidates[0].Flow != a || v.Candidates[1].Flow != b {
					t.Errorf("%q: %+v", first+or+second, v)
				}
			}
		}
	}
}

// TestGreetingsAroundARequestDecideNothing: they are no second request and do not hide the first.
func TestGreetingsAroundARequestDecideNothing(t *testing.T) {
	t.Parallel()
	p, u := desk(), deskOnce()
	before := []string{"", "chào anh chị, ", "Dạ em chào anh chị ạ. ", "xin chào ", "alo ", "ad ơi, ", "anh ơi cho em hỏi "}
	behind := []string{"", ", em cảm ơn", ". Em cảm ơn ạ!", " ạ", " với ạ", " cảm ơn anh chị nhiều"}
	for flow, text := range requestsOf(p) {
		for _, b := range before {
			for _, a := range behind {
				if v := u.Judge(b + text + a); v.Outcome != understand.IsSure || v.Flow != flow || len(v.Then) != 0 {
					t.Errorf("%q: %+v, want %s", b+text+a, v, named(p, flow))
				}
			}
		}
	}
}

// TestWhatComesFirst: an emergency before all, then what is not kept, whatever else a message asks and wherever it stands in it.
func TestWhatComesFirst(t *testing.T) {
	t.Parallel()
	p, u := desk(), deskOnce()
	const emergency, unkept = 7, 8
	alarms := []string{"vỡ đê rồi", "có người bị ong đốt ngất xỉu"}
	complaints := []string{"cán bộ phường vòi tiền tôi", "tôi tố cáo trưởng phòng", "vòi tiền là cán bộ kia"}
	others := append([]string{""}, "xin chào", "em cảm ơn", "xin bay lên sao hỏa", requestsOf(p)[0], requestsOf(p)[3])
	shapes := []string{"%s. %s", "%[2]s. %[1]s", "%s %s", "%[2]s\n%[1]s", "%[2]s, %[1]s, %[2]s"}
	check := func(text string, want int) {
		t.Helper()
		v, m := u.Judge(text), u.Match(text)
		if v.Flow != want || v.Outcome != understand.IsSure || v.Score != 1 || len(v.Then) != 0 || m.Flow != want || !m.Sure {
			t.Errorf("%q: %+v, %+v, want %s", text, v, m, named(p, want))
		}
	}
	for _, shape := range shapes {
		for _, other := range others {
			for _, a := range alarms {
				check(fmt.Sprintf(shape, a, other), emergency)
				for _, c := range complaints {
					check(fmt.Sprintf(shape, a, c), emergency)
				}
			}
			for _, c := range complaints {
				check(fmt.Sprintf(shape, c, other), unkept)
			}
		}
	}
}

// TestComplaintsAreHeardInAllWritings, and emergencies too; with an accent that is another word's they are not.
func TestComplaintsAreHeardInAllWritings(t *testing.T) {
	t.Parallel()
	u := deskOnce()
	for _, w := range slices.Concat(plainWritings, keyWritings) {
		for _, text := range []string{"cán bộ vòi tiền", "tố cáo trưởng phòng", "hôm kia có ông cán bộ đó vòi tiền của tôi", "tiền thì cán bộ nào cũng đòi, vòi tiền hoài"} {
			if written := w.of(text); u.Unkept(written) != 8 || u.Judge(written).Flow != 8 {
				t.Errorf("%s: Unkept(%q) = %d, Judge %+v", w.name, written, u.Unkept(written), u.Judge(written))
			}
		}
		for _, text := range []string{"vỡ đê", "ong đốt ngất xỉu"} {
			if written := w.of(text); u.Emergency(written) != 7 {
				t.Errorf("%s: Emergency(%q) = %d", w.name, written, u.Emergency(written))
			}
		}
	}
	for _, text := range []string{"cán bộ", "vòi tiền", "voi tiền cán bố", "cắn bộ vòi tiền", "tố cáo hàng xóm", "trưởng phòng tố cáo", "cán vòi bộ tiền", "kẻ giả danh cán bộ vòi tiền"} {
		if flow := u.Unkept(text); flow != program.None {
			t.Errorf("Unkept(%q) = %d", text, flow)
		}
	}
	for _, text := range []string{"vợ đẻ", "vỡ kế hoạch đê điều", "đê vỡ", "phim vỡ đê", "vỡ để"} {
		if flow := u.Emergency(text); flow != program.None {
			t.Errorf("Emergency(%q) = %d", text, flow)
		}
	}
}

// TestVerdictsKeepTheContract for whatever is put together of everything the desk knows: scores share one, no more than three
// candidates, each once and none of what is never offered, no second request without a first.
func TestVerdictsKeepTheContract(t *testing.T) {
	t.Parallel()
	p, u := desk(), deskOnce()
	var parts []string
	for _, f := range p.Flows {
		parts = slices.Concat(parts, f.Examples, f.Keywords, []string{f.Title})
	}
	parts = append(parts, "", "hay", "với", "rồi", "...", "qwxz", "45", "bao nhiêu tiền", "🙂")
	for i, a := range parts {
		for j, b := range parts {
			for _, join := range []string{" ", ", ", " hay "} {
				text := a + join + b
				if reason := broken(p, u.Judge(text), strings.ContainsAny(text, ",?.+") || strings.Contains(fold.Key(text), "hay") || strings.Contains(fold.Key(text), "voi")); reason != "" {
					t.Errorf("%d, %d: Judge(%q) = %+v: %s", i, j, text, u.Judge(text), reason)
				}
			}
		}
	}
}

// broken says what is wrong with a verdict; parted, that the order of the message may be that of the candidates.
func broken(p *program.Program, v understand.Verdict, parted bool) string {
	never := []string{understand.OutOfScope, "cam_on", "dung_lai", ""}
	seen := map[int]bool{}
	for i, c := range v.Candidates {
		switch {
		case seen[c.Flow]:
			return "a candidate twice"
		case slices.Contains(never, named(p, c.Flow)):
			return "a candidate that is never offered"
		case !(c.Value >= 0 && c.Value <= 1):
			return "a score that is no share"
		case i > 0 && !parted && len(v.Then) == 0 && c.Value > v.Candidates[i-1].Value:
			return "candidates out of order"
		}
		seen[c.Flow] = true
	}
	nothing := slices.Contains(never, named(p, v.Flow))
	switch {
	case len(v.Candidates) > 3:
		return "more than three candidates"
	case !(v.Score >= 0 && v.Score <= 1):
		return "a score that is no share"
	case (v.Outcome == understand.IsNone) != nothing:
		return "outcome and flow disagree"
	case v.Outcome != understand.IsNone && (len(v.Candidates) == 0 || v.Candidates[0].Flow != v.Flow):
		return "the best candidate is not the flow"
	case len(v.Then) > 0 && (v.Outcome != understand.IsSure || len(v.Then) > 1 || v.Then[0] == v.Flow || !seen[v.Then[0]]):
		return "a second request without a first, or twice the same"
	}
	return ""
}

// TestRankSharesOneAmongAll, and names every flow that is learned once.
func TestRankSharesOneAmongAll(t *testing.T) {
	t.Parallel()
	p, u := desk(), deskOnce()
	for _, text := range []string{"", "nuôi ong", "qwxz", "thả diều hay múa lân", strings.Repeat("câu cá ", 300)} {
		ranked, sum, seen := u.Rank(text), 0.0, map[string]bool{}
		for i, s := range ranked {
			sum += s.Value
			if seen[named(p, s.Flow)] || i > 0 && s.Value > ranked[i-1].Value || s.Value < 0 {
				t.Errorf("Rank(%q)[%d] = %+v after %+v", text, i, s, ranked[:i])
			}
			seen[named(p, s.Flow)] = true
		}
		if len(ranked) != 8 || sum < 0.999 || sum > 1.001 { // the seven that are entered by likeness, and none
			t.Errorf("Rank(%q): %d flows share %v", text, len(ranked), sum)
		}
	}
}

// TestAnswersAreTheCallers: what one call returned is not written over by the next.
func TestAnswersAreTheCallers(t *testing.T) {
	t.Parallel()
	u := understand.New(desk()) // alone, so that the next call meets the same memory
	texts := []string{"nuôi ong cần giấy gì", "thả diều hay múa lân", "vỡ đê", "xin thẻ câu cá ở đâu. nuôi ong cần giấy gì", "xin chào", "qwxz"}
	for _, text := range texts {
		v, r, e, m := u.Judge(text), u.Rank(text), u.Explain(text), u.Match(text)
		kept := fmt.Sprintf("%+v %+v %+v %+v", v, r, e, m)
		for _, other := range texts {
			u.Judge(other)
			u.Explain(other + " và " + text)
			u.Rank(other)
			u.Unkept(other)
		}
		if now := fmt.Sprintf("%+v %+v %+v %+v", v, r, e, m); now != kept {
			t.Errorf("%q: %s", text, cmp.Diff(kept, now))
		}
	}
}

// TestEveryDoorAtOnce: all questions, asked by many at the same time, are answered as if asked alone.
func TestEveryDoorAtOnce(t *testing.T) {
	t.Parallel()
	u := deskOnce()
	texts := []string{"nuôi ong cần giấy gì", "thả diều hay múa lân", "VỠ ĐÊ", "cán bộ vòi tiền", "xin thẻ câu cá ở đâu. nuôi ong cần giấy gì", "", "xin chào", "nuooi ong caanf giaays gif"}
	ask := func(text string) string {
		return fmt.Sprintf("%+v %+v %+v %+v %d %d", u.Judge(text), u.Rank(text), u.Explain(text), u.Match(text), u.Emergency(text), u.Unkept(text))
	}
	want := map[string]string{}
	for _, text := range texts {
		want[text] = ask(text)
	}
	var all sync.WaitGroup
	for i := range 8 {
		all.Go(func() {
			for n := range 40 {
				text := texts[(i+n)%len(texts)]
				if got := ask(text); got != want[text] {
					t.Errorf("%q: %s", text, cmp.Diff(want[text], got))
				}
			}
		})
	}
	all.Wait()
}

// TestAnotherOrderOfFlowsAnswersTheSame: which file comes first decides nothing about what the flows themselves say.
func TestAnotherOrderOfFlowsAnswersTheSame(t *testing.T) {
	t.Parallel()
	p, u := desk(), deskOnce()
	back := desk()
	slices.Reverse(back.Flows)
	for i, f := range back.Flows {
		f.Index = i
	}
	turned := understand.New(back)
	texts := []string{"vỡ đê", "cán bộ vòi tiền", "qwxz", "nuôi ong cần giấy gì, thả diều phải xin phép ai"}
	for _, f := range p.Flows {
		texts = slices.Concat(texts, f.Examples, f.Keywords, []string{f.Title})
	}
	for _, text := range texts {
		a, b := u.Judge(text), turned.Judge(text)
		if named(p, a.Flow) != named(back, b.Flow) || a.Outcome != b.Outcome || len(a.Then) != len(b.Then) {
			t.Errorf("%q: %s %s, turned %s %s", text, a.Outcome, named(p, a.Flow), b.Outcome, named(back, b.Flow))
		}
	}
}
