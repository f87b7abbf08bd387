package bind

// Codes of the findings of this package. They are stable for ever; a code is never used for another meaning. D040 to D042
// and B001 to B031 come from packages expression and template, with offsets that this package turns into places; D060 to D069
// are those of the loader.
const (
	codeStep        = "D001" // a step that the flow does not have
	codeSlot        = "D002" // a slot that the flow does not have
	codeFlow        = "D003" // a flow that the bundle does not have
	codeSub         = "D004" // a sub-flow that the bundle does not have
	codeTask        = "D005" // a task that the bundle does not declare
	codeWhen        = "D006" // khi with a name that is neither a condition nor a yes/no slot
	codeTwoFlows    = "D007" // two flows of one name
	codeTwoData     = "D009" // two of slot, fact and condition under one name
	codeTwoOptions  = "D010" // two options of one name in a slot
	codeFactType    = "D011" // periods of one fact with different types
	codeTwoTasks    = "D012" // two tasks of one name
	codeFactApart   = "D013" // periods of one fact in different files
	codeAskMachine  = "D014" // hỏi of a slot that only tasks set
	codeArgCount    = "D015" // a call with too many or too few arguments
	codeTakeCount   = "D016" // nhận with too many or too few names
	codeTakeType    = "D017" // nhận into a slot of another type
	codeCallFlow    = "D018" // gọi of a flow that is no sub-flow
	codeGoSub       = "D019" // -> luồng to a sub-flow
	codeCircle      = "D020" // sub-flows that call each other for ever
	codeNoSteps     = "D021" // a flow without a step
	codeUnusedSlot  = "D022" // a slot neither asked, set nor read
	codeUnusedFact  = "D023" // a fact that nothing reads
	codeUnusedCond  = "D024" // a condition that nothing names
	codeUnusedTask  = "D025" // a task that no flow does
	codeReturn      = "D026" // rồi after a step that neither asks nor calls
	codeSubLeaves   = "D027" // -> luồng inside a sub-flow
	codeTwoFollow   = "D028" // two flows with khi quan tâm
	codeTwoFallback = "D029" // two flows with khi không hiểu
	codeTwoKeywords = "D030" // one từ khóa in two places
	codeSetButton   = "D031" // [X] = BT without hỏi
	codeBounds      = "D032" // bounds that no value fits, or on a type without any
	codeNoOptions   = "D033" // chọn without options
	codeOptions     = "D034" // options of a slot that is no chọn
	codeType        = "D035" // a type that this release does not have
	codeManySlots   = "D036" // more slots in a flow than a session can mark
	codeOnlySays    = "D037" // khẩn cấp or không giữ with more than saying and ending
	codeAnonZalo    = "D038" // zalo.* in a flow with ẩn danh
	codeAnonPhone   = "D039" // a telephone number that must be given in a flow with ẩn danh
	codeFactValue   = "D043" // a value that is not of the fact's type
	codeFactDates   = "D044" // a period that ends before it begins
	codeFactKind    = "D045" // a type that no fact can have
	codeCondCircle  = "D046" // conditions that read each other in a circle
	codeInOut       = "D047" // vào and ra outside a sub-flow
	codeMachineTuy  = "D048" // máy together with tùy or vào
	codeTaskType    = "D049" // a type that no task parameter can have
	codeTwoParams   = "D050" // two parameters or errors of one name in a task
	codeTaskError   = "D051" // lỗi with a code that the task does not have
	codeTwoErrors   = "D052" // one lỗi twice in a step
	codeSubTrigger  = "D053" // a trigger in a sub-flow
	codeSharedStep  = "D054" // a target that is a step, in the mọi bước of a chung file
	codeLinkAlone   = "D055" // a link in a step that says nothing
	codeTwoSilences = "D056" // two im lặng after the same time in one place
	codeAddress     = "D057" // mở with what is no web address
	codeExcept      = "D058" // trừ in a flow that is no alarm
	codeTogether    = "D059" // "a + b" in a flow that is no alarm
	codeTestFlow    = "D070" // a transcript of a flow that does not exist
	codeTestStep    = "D071" // @ with a step that no flow has
	codeTestTask    = "D072" // a transcript that answers for a task that nothing declares
	codeTestSub     = "D073" // giả gọi of what is no sub-flow
	codeTestResult  = "D074" // a value that what is faked does not return
	codeTestError   = "D075" // an error that the faked task does not have
	codeUnheard     = "D080" // khẩn cấp or không giữ without anything to recognise it by
	codeEmptyPart   = "D081" // a keyword with a part that no message has
	codeStory       = "D082" // kể anywhere but as the argument of a task
	codeStoryOpen   = "D083" // kể that is not bảo mật
	codeChoices     = "D084" // chọn nhiều with bounds or options that nobody can meet
	codeOpening     = "D085" // từ lời đầu on data that words of a person cannot answer
	codeAlways      = "B020" // a condition that is always true or always false
)

// maxSlots is how many slots a flow has at most: a session marks those that are set in 64 bits.
const maxSlots = 64
