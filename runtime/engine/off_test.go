package engine_test

import (
	"slices"
	"testing"

	"hoithoai/dsl/office"
	"hoithoai/dsl/program"
	"hoithoai/runtime/engine"
	"hoithoai/runtime/message"
	"hoithoai/runtime/session"
)

// withoutFlows is an office that switched flows off.
func withoutFlows(names ...string) *office.Office {
	of := testOffice()
	of.Fields["dien_thoai"], of.Off = "02838290000", map[string]bool{}
	for _, name := range names {
		of.Off[name] = true
	}
	return of
}

func lacking(t testing.TB, names ...string) *talk {
	t.Helper()
	p := bundle(t)
	return newTalk(t, p, engine.Config{Matcher: hints{p}, Detector: hints{p}, Office: withoutFlows(names...)})
}

const (
	notHere  = "Việc “Đăng ký tạm trú” cơ quan hiện không nhận qua trang này. Anh/chị gọi 02838290000, hoặc nhắn: gặp cán bộ."
	noPerson = "Việc “Gặp cán bộ” cơ quan hiện không nhận qua trang này. Anh/chị gọi 02838290000 hoặc đến cơ quan giúp."
)

// Who asks for a flow that is switched off reads so, whichever way they asked, and nothing begins.
func TestFlowSwitchedOff(t *testing.T) {
	t.Parallel()
	for _, words := range []string{"tạm trú", "KT3", "tôi mới dọn tới ở trọ"} {
		lacking(t, "dang_ky").say(words).kind(engine.NotOffered).want(notHere).at().status(session.Idle)
	}
	for _, words := range []string{"tạm trú", "KT3"} { // another office is not concerned
		lacking(t, "can_bo").say(words).kind(engine.Triggered).at("dang_ky/viec")
	}
	k := lacking(t, "dang_ky").say("tạm trú").say("gặp cán bộ").at().status(session.Human)
	if k.res.Handover != "truc_ban" {
		t.Errorf("the way to a person that was named leads to %q", k.res.Handover)
	}
}

// The greeting does not offer it, and the other buttons keep their numbers.
func TestMenuWithoutTheFlow(t *testing.T) {
	t.Parallel()
	k := lacking(t, "dang_ky").say("asdf")
	if i := slices.IndexFunc(k.res.Messages, func(m message.Message) bool { return len(m.Choices) > 0 }); i < 0 ||
		len(k.res.Messages[i].Choices) != 2 || k.res.Messages[i].Choices[0].Label != "Nguy hiểm" || k.res.Messages[i].Choices[0].N != 2 {
		t.Fatalf("the menu is %+v", k.res.Messages)
	}
	again := func() *talk { return lacking(t, "dang_ky").say("asdf").at("chao/chon") }
	again().say("2").kind(engine.Pressed).at()
	for _, words := range []string{"1", "Đăng ký"} { // an older bubble may still show it
		again().say(words).kind(engine.Pressed).want(notHere).at()
	}
	again().say("đăng kí").at("chao/chon") // nearly its label: not offered either
	again().say("tạm trú").kind(engine.NotOffered).at("chao/chon")
}

// A menu whose every way is switched off still shows them: a question without an answer would be worse.
func TestMenuOfNothingElse(t *testing.T) {
	t.Parallel()
	p := load(t, commonFile, officerFile, registerFile, `luồng hai "Hai việc"
  từ khóa "hai việc"

bước chon
  | Việc nào?
  [Đăng ký]      -> luồng dang_ky
  [Gặp người]    -> luồng can_bo
`)
	k := newTalk(t, p, engine.Config{Office: withoutFlows("dang_ky", "can_bo")}).say("hai việc").want("Việc nào? [Đăng ký] [Gặp người]")
	k.say("2").want(noPerson).at()
}

// Asked for in the middle of another matter, it is declined and the question stays.
func TestSwitchedOffInTheMiddle(t *testing.T) {
	t.Parallel()
	k := lacking(t, "can_bo").say("tạm trú").at("dang_ky/viec")
	k.say("gặp người").kind(engine.NotOffered).want(noPerson + " / " + askWork).at("dang_ky/viec").status(session.Waiting)
	k.say("1").kind(engine.Answered).at("dang_ky/cho_o")
}

// A flow that gives up into one that is switched off ends with the phone instead of silence.
func TestGivesUpIntoASwitchedOffFlow(t *testing.T) {
	t.Parallel()
	k := lacking(t, "can_bo").say("tạm trú").say("xyz").say("xyz").say("xyz")
	k.want(noPerson).at().status(session.Idle)
}

// Who is inside when the office switches the flow off finishes; only then it is closed.
func TestInsideWhenSwitchedOff(t *testing.T) {
	t.Parallel()
	k := lacking(t).say("tạm trú").say("gia hạn").at("dang_ky/gia_han")
	k.e = engine.New(k.p, engine.Config{Office: withoutFlows("dang_ky")})
	k.say("kt3").kind(engine.Repeated).at("dang_ky/gia_han") // the flow that is under way
	k.say("quay lại").at("dang_ky/viec")
	k.say("gia hạn").say("xong").at()
	k.say("tạm trú").kind(engine.NotOffered)
}

// An offer made before the switch leads to the sentence, not into the flow.
func TestOfferedBeforeTheSwitch(t *testing.T) {
	t.Parallel()
	p := bundle(t)
	k := newTalk(t, p, engine.Config{Matcher: unsure{flowNamed(p, "dang_ky")}, Office: withoutFlows()}).say("giấy ở trọ").kind(engine.AskedBack)
	k.e = engine.New(p, engine.Config{Office: withoutFlows("dang_ky")})
	k.say("1").kind(engine.NotOffered).want(notHere).at()
	newTalk(t, p, engine.Config{Matcher: unsure{flowNamed(p, "dang_ky")}, Office: withoutFlows("dang_ky")}).say("giấy ở trọ").kind(engine.Fallback)
}

// What people must always reach cannot be switched off, whatever the office writes.
func TestEssentialFlows(t *testing.T) {
	t.Parallel()
	k := lacking(t, "khan_cap", "phan_anh", "chao")
	k.say("cứu tôi").kind(engine.Emergency).say("tố cáo công an").kind(engine.Withheld)
	lacking(t, "khan_cap", "phan_anh", "chao").say("asdf").kind(engine.Fallback).at("chao/chon")
	p := bundle(t)
	for name, want := range map[string]bool{"khan_cap": true, "phan_anh": true, "chao": true, "dang_ky": false, "can_bo": false} {
		if got := engine.Essential(p, p.Flows[flowNamed(p, name)]); got != want {
			t.Errorf("Essential(%s) = %v", name, got)
		}
	}
}

// unsure takes every text for one flow, without being sure.
type unsure struct{ flow int }

func (u unsure) Match(string) engine.Match { return engine.Match{Flow: u.flow} }

func flowNamed(p *program.Program, name string) int {
	return slices.IndexFunc(p.Flows, func(f *program.Flow) bool { return f.Name == name })
}

// An office that names its old wards is understood by them: those the catalogue does not know, and first where others had the
// name too.
func TestOldWardsOfTheOffice(t *testing.T) {
	t.Parallel()
	p := load(t, commonFile, officerFile, wardFile)
	of := testOffice()
	of.Fields["phuong"], of.OldWards = "Phường Thới An", []string{"Phường Xóm Thuốc, Quận 12", "Phường 5, Quận 12", "Phường Hiệp Thành, Quận 12"}
	at := func(of *office.Office) *talk {
		return newTalk(t, p, engine.Config{Office: of}).say("nơi ở").at("noi_o/noi")
	}
	at(of).say("phường xóm thuốc").want("Đã ghi Phường Thới An.")
	at(of).say("xom thuoc quan 12").want("Đã ghi Phường Thới An.")
	at(testOffice()).say("phường xóm thuốc").at("noi_o/noi") // nobody else knows it
	at(of).say("phường 5").kind(engine.AskedBack).want("Ý anh/chị là nơi nay thuộc “Phường Thới An”? [Phường Thới An] [Không phải]").
		say("đúng").want("Đã ghi Phường Thới An.")
	at(of).say("phường 5").say("không phải").at("noi_o/noi").say("phường 5 quận gò vấp").want("Đã ghi Phường An Nhơn.")
	at(of).say("phường hai bà").at("noi_o/noi")
	of.Fields["phuong"] = "Phường Không Có"
	at(of).say("phường xóm thuốc").at("noi_o/noi") // its own ward is none of the catalogue
}
