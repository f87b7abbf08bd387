package parse

import (
	"maps"
	"slices"

	"hoithoai/dsl/diag"
)

// The codes of what this package reports. They are stable for ever: a code is never given to another meaning.
const (
	codeUnknown      = "C001" // a misspelt keyword
	codeTwoSteps     = "C002" // two steps of one name
	codeButton       = "C003" // a button that leads nowhere
	codeTwoEndings   = "C004" // a step with two endings
	codeNoEnding     = "C005" // a step without an ending
	codeOrder        = "C006" // a line of a step that comes too late
	codeQuote        = "C007" // a string that never closes
	codeBadName      = "C008" // a name that is not ASCII snake_case
	codeReserved     = "C009" // a name that is reserved
	codeDate         = "C010" // a date that is not written DD/MM/YYYY
	codeNoSuchDay    = "C011" // a day that does not exist
	codeNumber       = "C012" // a number that cannot be read or is out of range
	codeUnit         = "C013" // a unit of time that does not fit
	codeTooLong      = "C014" // a time longer than a year
	codeType         = "C015" // a type that does not exist
	codeNoType       = "C016" // a declaration without a type
	codeBounds       = "C017" // bounds that cannot be read
	codeFileName     = "C018" // a file that is not named after its flow
	codeTwice        = "C019" // a line that may stand only once
	codeEmptyLabel   = "C020" // a button without a label
	codeLabel        = "C021" // a label with brackets or braces
	codeOpenLabel    = "C022" // a label that never closes
	codeNoOpening    = "C023" // a file that does not say which flow it is
	codeSecondFlow   = "C024" // two flows in one file
	codeNotALine     = "C025" // a line that is nothing
	codeOrphan       = "C026" // lines of a step without their step
	codeHeading      = "C027" // lines whose heading is missing
	codeHeaderLate   = "C028" // a header below the sections
	codeTrailing     = "C029" // words left over at the end of a line
	codeNoQuotes     = "C030" // text that lacks its quotes
	codeNoString     = "C031" // a string is missing
	codeEmptyString  = "C032" // an empty string
	codeComma        = "C033" // a comma is missing between strings
	codeNoName       = "C034" // a name is missing
	codeNoArrow      = "C035" // an arrow is missing
	codeArrow        = "C036" // an arrow written with another sign
	codeNoTarget     = "C037" // an arrow that leads nowhere
	codeEndTarget    = "C038" // an ending after an arrow
	codeNoExpr       = "C039" // an expression is missing
	codeEqual        = "C040" // a condition written with "="
	codeNoBracket    = "C041" // a call without brackets
	codeOpenBracket  = "C042" // a bracket that never closes
	codeWhen         = "C043" // khi before something that cannot depend on a condition
	codeWhenArrow    = "C044" // khi used as nếu
	codeWhenHere     = "C045" // khi inside an answer that is always given
	codeNoProse      = "C046" // an empty sentence
	codeNoLines      = "C047" // trợ giúp or sai without a sentence
	codeNoReminder   = "C048" // im lặng that does nothing
	codeNoRows       = "C049" // bảng or danh sách without rows
	codeLoneRow      = "C050" // a row without bảng or danh sách
	codeLoneOption   = "C051" // an option without a chọn
	codeMissing      = "C052" // a part of the line is missing
	codeNoValue      = "C053" // a value is missing
	codeRepeated     = "C054" // a word said twice on a line
	codeShared       = "C055" // a chung file with what only a flow has
	codeAlone        = "C056" // a line without the one it belongs to
	codeAskNext      = "C057" // hỏi that leads nowhere
	codeNoOutcome    = "C058" // gọi or làm without an outcome it needs
	codeOtherOutcome = "C059" // an outcome of gọi after làm, or the other way round
	codeOutcomeWord  = "C060" // an arrow after gọi or làm without its word
	codeElseWord     = "C061" // an arrow after nếu without còn lại
	codeFinish       = "C062" // kết thúc without đạt or bỏ
	codeButtonRest   = "C063" // a button followed by what is no target
	codeManySteps    = "C064" // too many steps
	codeTooMany      = "C065" // too many findings to show
	codeEmptyFile    = "C066" // a file that says nothing
	codeTooLarge     = "C067" // a file that is too large
	codeUTF16        = "C068" // a file in UTF-16
	codeNotUTF8      = "C069" // a file that is not UTF-8
	codeLongLine     = "C070" // a line that is too long
	codeHidden       = "C071" // a character that cannot be seen
	codeDecomposed   = "C072" // letters and accents apart (warning)
	codeNotATestLine = "C073" // a line of a transcript that is nothing
	codeNoToday      = "C074" // a test without a day
	codeNoTest       = "C075" // a line of a transcript above the first test
	codeOutcome      = "C076" // an outcome that cannot be read
	codeFake         = "C077" // giả of something that cannot be fixed
	codeColon        = "C078" // a speaker without a colon
	codeTime         = "C079" // a time that is not written HH:MM
	codeStepWord     = "C080" // the word bước after an arrow
	codeBareTarget   = "C081" // a target without its arrow
	codeNoColon      = "C082" // a colon after a keyword or a name
	codeNotText      = "C083" // a document of Word or a PDF
	codeOldLetters   = "C085" // letters of TCVN3, VNI-Windows or Windows-1258
	codeLostLetters  = "C086" // question marks in place of letters
	codeNoBurst      = "C087" // Dân tiếp without a message just above
)

// Codes are the codes of this package in order.
func Codes() []string { return slices.Sorted(maps.Keys(sentences)) }

// Sentences returns the message and the fix of a code as they are before the words of a finding ({1}, {2}, …) are put in; false
// for a code that is not of this package.
func Sentences(code string) (message, fix diag.Sentence, ok bool) {
	s, ok := sentences[code]
	return s.message, s.fix, ok
}
