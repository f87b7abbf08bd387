package engine_test

import (
	"testing"
	"time"

	"hoithoai/dsl/value"
	"hoithoai/runtime/engine"
	"hoithoai/runtime/event"
	"hoithoai/runtime/session"
)

func timerEvent(tm engine.Timer) event.Event {
	return event.Event{Kind: event.Timer, Name: tm.Name, Gen: tm.Gen}
}

func booking(t testing.TB) *talk {
	t.Helper()
	k := smart(t).say("kt3").say("1").say("2").say("không").say("26/11").press("Đúng").status(session.Working)
	if len(k.tasks) != 1 {
		t.Fatalf("%d tasks are asked for", len(k.tasks))
	}
	return k
}

func TestTask(t *testing.T) {
	t.Parallel()
	k := booking(t)
	task := k.tasks[0]
	if task.Name != "dat_lich" || task.Program != k.p.Hash || task.Deadline != k.now+10_000 || task.Secret || len(task.Args) != 2 {
		t.Errorf("the task is %+v", task)
	}
	if task.Args[0].S != "tam_tru" || task.Args[1].Kind != value.Date {
		t.Errorf("the arguments are %+v", task.Args)
	}
	if _, armed := k.timers[engine.TimerSilence]; armed {
		t.Error("silence is counted during a task")
	}
	k.say("còn lâu không").kind(engine.Busy).want("Tôi đang xử lý, anh/chị chờ một chút giúp.").status(session.Working)
	k.say("kt3").kind(engine.Busy).say("quay lại").kind(engine.Busy).do(event.Event{Kind: event.Sticker}).kind(engine.Busy)
	k.say("ht1.8.1").kind(engine.Busy).do(event.Event{Kind: event.Follow}).kind(engine.Busy)
	k.finish("", "TT-0042").kind(engine.TaskDone).want("Đã hẹn 26/11/2026, mã TT-0042.").ended(engine.Outcome{Flow: "dang_ky", Success: true}).at()
	if len(k.timers) != 0 {
		t.Errorf("timers are left: %v", k.timers)
	}
}

func TestTaskFails(t *testing.T) {
	t.Parallel()
	booking(t).finish("het_cho").kind(engine.TaskFailed).at("dang_ky/het_cho")
	booking(t).finish("la").at("dang_ky/ban")
	booking(t).finish("*").at("dang_ky/ban")
	booking(t).finish("").kind(engine.TaskFailed).at("dang_ky/ban")
	booking(t).finish("", "mã quá dài để là một mã hẹn").at("dang_ky/ban")
	k := booking(t).wait(10 * time.Second).kind(engine.TaskFailed).at("dang_ky/ban")
	k.finish("", "TT-1").kind(engine.Orphaned).want().at("dang_ky/ban")
	if k.res.LateSuccess != "" {
		t.Errorf("a task that can be undone raises %q", k.res.LateSuccess)
	}
}

// The result of one call is never taken for another's, not even of the same step.
func TestTaskIDs(t *testing.T) {
	t.Parallel()
	k := booking(t).wait(10 * time.Second).press("Thử lại").status(session.Working)
	first, second := k.tasks[0], k.tasks[1]
	if first.Call == second.Call {
		t.Fatalf("both calls are %s", first.Call)
	}
	k.finish("", "TT-1").kind(engine.Orphaned).status(session.Working)
	k.finish("", "TT-2").kind(engine.TaskDone).want("Đã hẹn 26/11/2026, mã TT-2.")
	k.do(event.Event{Kind: event.TaskResult}).kind(engine.Ignored).want()
}

func TestNgheLeavesATask(t *testing.T) {
	t.Parallel()
	k := booking(t).say("hủy").kind(engine.Listened).at("dang_ky/viec").status(session.Waiting)
	k.finish("", "TT-1").kind(engine.Orphaned).want().at("dang_ky/viec")
	booking(t).say("gặp cán bộ").status(session.Human)
}

func telling(t testing.TB) *talk {
	t.Helper()
	return smart(t).say("báo tin").say("nhà bị trộm").say("12 Lê Lợi").say("bỏ qua").say("2").say("bỏ qua").press("Gửi").status(session.Working)
}

func TestIrreversibleTask(t *testing.T) {
	t.Parallel()
	k := telling(t).want("Tôi đang niêm phong tin.")
	if task := k.tasks[0]; !task.Secret || task.Args[1].IsSet() || task.Args[2].IsSet() || task.Args[0].S != "nhà bị trộm" {
		t.Errorf("the task is %+v", k.tasks[0])
	}
	k.say("hủy").kind(engine.Busy).status(session.Working)
	k.finish("", "M-1").at("bao_tin/da_nhan")
	k.say("quay lại").kind(engine.WentBack).at("bao_tin/da_nhan")
	k.press("Báo tin khác").at("bao_tin/chuyen").say("quay lại").at("bao_tin/da_nhan").say("quay lại").at("bao_tin/da_nhan")
	k = telling(t).wait(30 * time.Second).kind(engine.TaskFailed).at("bao_tin/hong")
	k.finish("", "M-1").kind(engine.Orphaned).want()
	if k.res.LateSuccess != "nhan_tin" {
		t.Errorf("a late success of a task that cannot be undone raises %q", k.res.LateSuccess)
	}
}

func TestEmergencyDuringATask(t *testing.T) {
	t.Parallel()
	k := booking(t).say("cứu tôi").kind(engine.Emergency).want("GỌI NGAY 113. <Gọi 113 113>").status(session.Working)
	k.finish("", "TT-7").kind(engine.TaskDone).want("Đã hẹn 26/11/2026, mã TT-7.")
}

func TestOfficerDuringATask(t *testing.T) {
	t.Parallel()
	k := booking(t).do(event.Event{Kind: event.Officer}).want().status(session.Working)
	k.finish("het_cho").at("dang_ky/het_cho").status(session.Human)
	k.say("thôi").kind(engine.Held)
}

// Two runs that ask nothing before their task still make two calls.
func TestTaskIDsOfShortRuns(t *testing.T) {
	t.Parallel()
	k := newTalk(t, load(t, `luồng ngan "Ngắn"
  từ khóa "ngắn"

tác vụ lam_gi() trong 5 giây

bước lam
  làm lam_gi()
  được   -> da
  lỗi    -> hong

bước da
  | Đã làm.
  kết thúc đạt

bước hong
  | Hỏng.
  kết thúc bỏ
`), engine.Config{}).say("ngắn").wait(5 * time.Second).want("Hỏng.").say("ngắn")
	if k.tasks[0].Call == k.tasks[1].Call {
		t.Errorf("both calls are %s", k.tasks[0].Call)
	}
	k.finish("").kind(engine.Orphaned).finish("").kind(engine.TaskDone).want("Đã làm.")
}
