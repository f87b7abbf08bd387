package bind

import (
	"slices"

	"hoithoai/dsl/diag"
)

// Rule is one thing that this package demands. One rule is one file, with a golden pair under testdata/bind/<Code>.
type Rule struct {
	// Code is stable for ever.
	Code string
	// Summary is what the rule demands, in one sentence.
	Summary diag.Sentence
}

// Rules lists every rule of this package by code. D040 to D042 and the other codes of group B come from packages expression and
// template; D060 to D069 from the loader.
func Rules() []Rule {
	return slices.Concat(nameRules(), dataRules(), callRules(), testRules())
}

func nameRules() []Rule {
	return []Rule{
		{codeStep, say("Bước được nhắc tới thì có trong luồng.", "A step that is named exists in its flow.")},
		{codeSlot, say("Dữ liệu được hỏi, điền thì đã khai.", "A slot that is asked or set is declared.")},
		{codeFlow, say("Luồng được nhắc tới thì có trong bộ luồng.", "A flow that is named exists in the bundle.")},
		{codeSub, say("Luồng con được gọi thì có trong bộ luồng.", "A sub-flow that is called exists in the bundle.")},
		{codeTask, say("Tác vụ được làm thì đã khai.", "A task that is done is declared.")},
		{codeWhen, say("Sau khi là một điều kiện hoặc dữ liệu có/không.", "After khi stands a condition or a yes/no slot.")},
		{codeTwoFlows, say("Không có hai luồng cùng tên.", "No two flows have one name.")},
		{codeTwoData, say("Dữ liệu, dữ kiện, điều kiện không trùng tên nhau.", "Slots, facts and conditions differ in name.")},
		{codeTwoOptions, say("Không có hai lựa chọn cùng tên.", "No two options of a slot have one name.")},
		{codeTwoTasks, say("Không có hai tác vụ cùng tên.", "No two tasks have one name.")},
		{codeTwoFollow, say("Chỉ một luồng nhận khi quan tâm.", "Only one flow has khi quan tâm.")},
		{codeTwoFallback, say("Chỉ một luồng nhận khi không hiểu.", "Only one flow has khi không hiểu.")},
		{codeTwoKeywords, say("Một từ khóa chỉ dẫn vào một nơi.", "A keyword leads to one place.")},
		{codeSharedStep, say("Tệp chung không trỏ tới bước.", "A chung file leads to no step.")},
		{codeSubTrigger, say("Luồng con không tự vào bằng tin nhắn.", "No message leads into a luồng con.")},
		{codeExcept, say("Trừ chỉ dùng trong luồng khẩn cấp, không giữ.", "trừ stands only in a flow with khẩn cấp or không giữ.")},
		{codeTogether, say("Từ khóa \"a + b\" chỉ dùng trong luồng khẩn cấp, không giữ.", "A keyword \"a + b\" stands only in a flow with khẩn cấp or không giữ.")},
		{codeUnheard, say("Luồng khẩn cấp, không giữ có từ khóa hoặc câu mẫu.", "A flow with khẩn cấp or không giữ has a keyword or an example.")},
		{codeEmptyPart, say("Phần nào của từ khóa cũng có chữ.", "Every part of a keyword has letters or digits.")},
	}
}

func dataRules() []Rule {
	return []Rule{
		{codeFactType, say("Các dòng của một dữ kiện cùng loại.", "All periods of a fact have one type.")},
		{codeFactApart, say("Các dòng của một dữ kiện ở cùng một tệp.", "All periods of a fact stand in one file.")},
		{codeFactValue, say("Giá trị của dữ kiện đúng loại.", "The value of a fact is of its type.")},
		{codeFactDates, say("Ngày từ không sau ngày đến.", "A period does not end before it begins.")},
		{codeFactKind, say("Dữ kiện là chữ, số, tiền, ngày, điện thoại hoặc có/không.", "A fact is a text, number, amount, date, phone number or yes/no.")},
		{codeUnusedSlot, say("Dữ liệu đã khai thì có hỏi, điền hoặc dùng.", "A declared slot is asked, set or read.")},
		{codeUnusedFact, say("Dữ kiện đã khai thì có câu dùng.", "A declared fact is read.")},
		{codeUnusedCond, say("Điều kiện đã khai thì có dùng.", "A declared condition is used.")},
		{codeUnusedTask, say("Tác vụ đã khai thì có luồng làm.", "A declared task is done by some flow.")},
		{codeBounds, say("Cỡ a..b đúng thứ tự và hợp với loại.", "Bounds stand in order and suit the type.")},
		{codeNoOptions, say("Dữ liệu chọn, chọn nhiều có lựa chọn.", "A chọn or chọn nhiều has options.")},
		{codeOptions, say("Chỉ dữ liệu chọn, chọn nhiều mới có lựa chọn.", "Only a chọn or chọn nhiều has options.")},
		{codeType, say("Loại dữ liệu có trong bản này.", "A type is one of this release.")},
		{codeManySlots, say("Một luồng có nhiều nhất 64 dữ liệu.", "A flow has at most 64 slots.")},
		{codeInOut, say("Chỉ luồng con có vào, ra.", "Only a luồng con has vào and ra.")},
		{codeMachineTuy, say("Máy không đi cùng tùy, vào.", "máy goes without tùy and vào.")},
		{codeTaskType, say("Tác vụ không có loại chọn, chọn nhiều.", "A task has no chọn or chọn nhiều.")},
		{codeTwoParams, say("Trong một tác vụ, tên không viết hai lần.", "No name stands twice in a task.")},
		{codeCondCircle, say("Điều kiện không đọc vòng về chính nó.", "No condition reads itself.")},
		{codeStory, say("Lời kể chỉ đưa vào tác vụ.", "A kể goes to a task and nowhere else.")},
		{codeStoryOpen, say("Lời kể là bảo mật.", "A kể is bảo mật.")},
		{codeChoices, say("Chọn nhiều có đủ lựa chọn cho cỡ a..b.", "A chọn nhiều has the options its bounds ask for.")},
		{codeOpening, say("Từ lời đầu chỉ dùng cho chọn, kể, chữ được hỏi.", "từ lời đầu stands with a chọn, kể or chữ that is asked.")},
		{codeAlways, say("Điều kiện có lúc đúng, có lúc sai.", "A condition can come out both ways.")},
	}
}

func callRules() []Rule {
	return []Rule{
		{codeAskMachine, say("Không hỏi dữ liệu máy.", "No step asks what only tasks set.")},
		{codeArgCount, say("Gọi, làm với đủ số giá trị.", "A call gives one argument for each parameter.")},
		{codeTakeCount, say("Nhận đủ số giá trị trả về.", "nhận takes every result.")},
		{codeTakeType, say("Nhận vào dữ liệu cùng loại.", "A result goes into a slot of its type.")},
		{codeCallFlow, say("Chỉ gọi luồng con.", "Only a luồng con is called.")},
		{codeGoSub, say("Chỉ sang hẳn luồng, không sang hẳn luồng con.", "Only a luồng is gone to.")},
		{codeCircle, say("Luồng con không gọi vòng.", "Sub-flows do not call each other in a circle.")},
		{codeNoSteps, say("Luồng có ít nhất một bước.", "A flow has at least one step.")},
		{codeReturn, say("Rồi chỉ theo sau bước hỏi hoặc gọi.", "rồi follows only a step that asks or calls.")},
		{codeSubLeaves, say("Luồng con không sang luồng khác.", "A luồng con does not go to another flow.")},
		{codeSetButton, say("Nút [X] = … chỉ đứng dưới hỏi.", "[X] = … stands only under hỏi.")},
		{codeOnlySays, say("Luồng khẩn cấp, không giữ chỉ nói, mở liên kết, chuyển người, kết thúc.", "khẩn cấp and không giữ only say, link, hand over and end.")},
		{codeAnonZalo, say("Luồng ẩn danh không nhắc tên người dân.", "ẩn danh does not name the person.")},
		{codeAnonPhone, say("Luồng ẩn danh không bắt để lại số điện thoại.", "ẩn danh does not insist on a phone number.")},
		{codeTaskError, say("Lỗi được bắt thì tác vụ có khai.", "An error that is caught is declared by the task.")},
		{codeTwoErrors, say("Một lỗi chỉ có một dòng.", "An error has one line.")},
		{codeLinkAlone, say("Nút mở, gọi số đi cùng một câu.", "A link goes with a sentence.")},
		{codeAddress, say("Nút mở có địa chỉ web đầy đủ.", "mở has a whole web address.")},
		{codeTwoSilences, say("Mỗi im lặng ở một nơi có thời gian riêng.", "In one place, each im lặng has a time of its own.")},
	}
}

func testRules() []Rule {
	return []Rule{
		{codeTestFlow, say("Kịch bản thử một luồng có thật.", "A transcript is of a flow that exists.")},
		{codeTestStep, say("Bước sau @ có trong một luồng.", "The step after @ exists in some flow.")},
		{codeTestTask, say("Tác vụ trong kịch bản thì đã khai.", "A task in a transcript is declared.")},
		{codeTestSub, say("Giả gọi một luồng con có thật.", "giả gọi names a sub-flow of the bundle.")},
		{codeTestResult, say("Giá trị được giả thì tác vụ, luồng con có trả.", "A faked value is one that the task or sub-flow returns.")},
		{codeTestError, say("Lỗi được giả thì tác vụ có khai.", "A faked error is declared by the task.")},
	}
}
