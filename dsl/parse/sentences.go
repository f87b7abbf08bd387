package parse

import "hoithoai/dsl/diag"

// wording is what a code says. {1}, {2}, … are the words of the finding.
type wording struct{ message, fix diag.Sentence }

// sentences are the words of every code, for a reader who has never programmed.
var sentences = map[string]wording{
	codeUnknown: {
		say("Không có từ “{1}”.", "There is no word “{1}”."),
		say("Viết là “{2}”.", "Write “{2}”."),
	},
	codeTwoSteps: {
		say("Hai bước cùng tên “{1}”.", "Two steps are named “{1}”."),
		say("Đặt tên khác cho một trong hai bước.", "Give one of the two another name."),
	},
	codeButton: {
		say("Nút “{1}” chưa dẫn tới đâu.", "The button “{1}” leads nowhere."),
		say("Thêm “-> tên_bước” sau nút, hoặc mở \"địa chỉ\", gọi số \"số điện thoại\".", "Add “-> step” behind the button, or mở \"address\", gọi số \"number\"."),
	},
	codeTwoEndings: {
		say("Bước “{1}” có hai cách kết thúc: {2} ở dòng {3} và {4} ở dòng này.", "The step “{1}” has two endings: {2} on line {3} and {4} on this line."),
		say("Mỗi bước chỉ kết thúc một cách: bỏ bớt một, hoặc thay dòng này bằng “-> bước_mới” rồi chuyển nó xuống bước mới đó.", "A step ends in one way: remove one, or put “-> new_step” here and move this line down into that new step."),
	},
	codeNoEnding: {
		say("Bước “{1}” chưa có kết thúc: nói xong rồi đi đâu?", "The step “{1}” has no ending: where does it go?"),
		say("Thêm một dòng cuối: “-> tên_bước”, “hỏi …”, các nút, “chuyển người …” hoặc “kết thúc đạt”.", "Add a last line: “-> step”, “hỏi …”, buttons, “chuyển người …” or “kết thúc đạt”."),
	},
	codeOrder: {
		say("Dòng này đứng sai thứ tự trong bước.", "This line is out of order in its step."),
		say("{1}", "{1}"),
	},
	codeQuote: {
		say("Dấu ngoặc kép ở đây không đi thành đôi.", "The quotes here do not come in pairs."),
		say("Mỗi đoạn chữ mở bằng \" và đóng bằng \".", "Each text opens with \" and closes with \"."),
	},
	codeBadName: {
		say("Tên “{1}” không dùng được: tên bắt đầu bằng chữ, và chỉ gồm chữ thường không dấu, chữ số, dấu gạch dưới.", "“{1}” cannot be a name: names start with a letter and have lower-case ASCII letters, digits and underscores."),
		say("Viết như: {2}.", "Write it like: {2}."),
	},
	codeReserved: {
		say("Tên “{1}” đã dành riêng cho ngôn ngữ.", "The name “{1}” is reserved."),
		say("Chọn tên khác, ví dụ: {1}_1.", "Choose another, for example: {1}_1."),
	},
	codeDate: {
		say("Sau “{1}” phải là ngày viết đủ ngày/tháng/năm.", "“{1}” is followed by a date written day/month/year."),
		say("Viết như: {2}.", "Write it like: {2}."),
	},
	codeNoSuchDay: {
		say("Không có ngày {1}.", "There is no day {1}."),
		say("Xem lại ngày và tháng.", "Look at the day and the month again."),
	},
	codeNumber: {
		say("Sau “{1}” phải là một số {2}.", "“{1}” is followed by a number {2}."),
		say("Viết bằng chữ số, ví dụ: 3.", "Write it in digits, for example: 3."),
	},
	codeUnit: {
		say("Sau số phải là {2}, không phải “{1}”.", "The number is followed by {2}, not “{1}”."),
		say("Viết đơn vị là {2}.", "Write the unit as {2}."),
	},
	codeTooLong: {
		say("Thời gian này dài hơn một năm.", "This is longer than a year."),
		say("Viết ngắn hơn 366 ngày.", "Write less than 366 days."),
	},
	codeType: {
		say("Không có kiểu “{1}”.", "There is no type “{1}”."),
		say("{2}", "{2}"),
	},
	codeNoType: {
		say("Thiếu kiểu của dữ liệu.", "The type is missing."),
		say("Các kiểu: {1}.", "The types: {1}."),
	},
	codeBounds: {
		say("Cỡ “{1}” không đọc được.", "The bounds “{1}” cannot be read."),
		say("Viết như: 1..12; với ngày: 01/01/1900..31/12/2030.", "Write them like: 1..12; for days: 01/01/1900..31/12/2030."),
	},
	codeFileName: {
		say("Tệp tên “{1}” nhưng luồng tên “{2}”: hai tên phải giống nhau.", "The file is named “{1}” but the flow “{2}”: they must agree."),
		say("Đổi tên tệp thành {2}.flow, hoặc đổi tên luồng thành {1}.", "Rename the file to {2}.flow, or the flow to {1}."),
	},
	codeTwice: {
		say("“{1}” viết hai lần.", "“{1}” stands twice."),
		say("Giữ một dòng, bỏ dòng kia.", "Keep one and remove the other."),
	},
	codeEmptyLabel: {
		say("Nút chưa có nhãn.", "The button has no label."),
		say("Viết chữ trên nút vào giữa [ và ].", "Write what the button says between [ and ]."),
	},
	codeLabel: {
		say("Nhãn không được có dấu { [ ].", "A label has none of { [ ]."),
		say("Nhãn là chữ cố định; đưa phần thay đổi vào câu sau |.", "A label is fixed text; put what changes into a sentence after |."),
	},
	codeOpenLabel: {
		say("Thiếu dấu ] sau nhãn của nút.", "The ] after the label is missing."),
		say("Viết như: [Tiếp tục] -> tên_bước.", "Write it like: [Tiếp tục] -> step."),
	},
	codeNoOpening: {
		say("Dòng đầu tệp phải cho biết đây là luồng nào.", "The first line must say which flow this is."),
		say("Thêm vào đầu tệp: luồng {1} \"Tên để người dân đọc\".", "Add at the top: luồng {1} \"Title for residents\"."),
	},
	codeSecondFlow: {
		say("Mỗi tệp chỉ có một luồng.", "A file holds one flow."),
		say("Chuyển luồng này sang tệp riêng.", "Move this flow into a file of its own."),
	},
	codeNotALine: {
		say("Không hiểu dòng này: nó không bắt đầu bằng một từ của ngôn ngữ.", "This line is not understood: it does not start with a word of the language."),
		say("{1}", "{1}"),
	},
	codeOrphan: {
		say("Dòng này là dòng của một bước, nhưng ở đây không có bước nào.", "This is a line of a step, but there is no step here."),
		say("Viết “bước tên_bước” ở dòng trước nó.", "Write “bước name” on the line before it."),
	},
	codeHeading: {
		say("Dòng này thuộc khối “{1}”, nhưng phía trên không có “{1}”.", "This line belongs under “{1}”, but there is no “{1}” above it."),
		say("Thêm dòng “{1}” phía trên, hoặc chuyển dòng này về khối ấy.", "Add the line “{1}” above it, or move this line there."),
	},
	codeHeaderLate: {
		say("“{1}” là dòng đầu tệp, phải đứng trước các khối.", "“{1}” is a header; it stands above the sections."),
		say("Chuyển dòng này lên đầu tệp, ngay dưới dòng mở luồng.", "Move this line to the top, below the opening line."),
	},
	codeTrailing: {
		say("Thừa chữ ở đây: “{1}”.", "Something is left over here: “{1}”."),
		say("Bỏ phần thừa, hoặc chuyển xuống dòng riêng.", "Remove it, or move it to a line of its own."),
	},
	codeNoQuotes: {
		say("Đoạn chữ này phải đặt trong ngoặc kép.", "This text must stand in quotes."),
		say("Viết là: {1}", "Write: {1}"),
	},
	codeNoString: {
		say("Thiếu {1}.", "Missing: {1}."),
		say("Viết {1} trong ngoặc kép, ví dụ: \"{2}\"", "Write {1} in quotes, for example: \"{2}\""),
	},
	codeEmptyString: {
		say("Giữa hai dấu ngoặc kép chưa có chữ nào.", "There is nothing between the quotes."),
		say("Viết {1} vào giữa.", "Write {1} between them."),
	},
	codeComma: {
		say("Thiếu dấu phẩy giữa hai đoạn chữ.", "The comma between two texts is missing."),
		say("Viết như: \"một\", \"hai\".", "Write it like: \"one\", \"two\"."),
	},
	codeNoName: {
		say("Thiếu {1}.", "Missing: {1}."),
		say("Viết {1} ở đây, ví dụ: {2}", "Write {1} here, for example: {2}"),
	},
	codeNoArrow: {
		say("Thiếu “->” sau “{1}”.", "“->” is missing after “{1}”."),
		say("{2}", "{2}"),
	},
	codeArrow: {
		say("Mũi tên “{1}” không dùng được.", "The arrow “{1}” cannot be used."),
		say("Viết mũi tên bằng dấu trừ và dấu lớn hơn: ->", "Write the arrow as minus and greater-than: ->"),
	},
	codeNoTarget: {
		say("Sau “->” chưa có đích.", "Nothing follows “->”."),
		say("Viết tên bước, “luồng tên_luồng”, “quay lại”, “nhắc lại” hoặc “bắt đầu lại”.", "Write a step, “luồng name”, “quay lại”, “nhắc lại” or “bắt đầu lại”."),
	},
	codeEndTarget: {
		say("Sau “->” không viết “kết thúc” hay “chuyển người” được.", "“kết thúc” and “chuyển người” cannot follow “->”."),
		say("Viết nó thành một bước riêng rồi “->” tới bước ấy.", "Make it a step of its own and lead “->” there."),
	},
	codeNoExpr: {
		say("Sau “{1}” chưa có gì để xét.", "Nothing follows “{1}”."),
		say("Viết điều cần xét, ví dụ: viec == \"moi\".", "Write what is tested, for example: viec == \"moi\"."),
	},
	codeEqual: {
		say("Giữa tên điều kiện và điều cần xét không có dấu =.", "There is no = between a condition's name and what it tests."),
		say("Bỏ dấu =. Ví dụ: can_giay cho_o == \"thue\".", "Remove the =. For example: can_giay cho_o == \"thue\"."),
	},
	codeNoBracket: {
		say("Sau “{1}” phải là ngoặc tròn.", "“{1}” is followed by round brackets."),
		say("Viết như: {1}(); bên trong ghi các giá trị, cách nhau bằng dấu phẩy.", "Write it like: {1}(), with the values inside, separated by commas."),
	},
	codeOpenBracket: {
		say("Thiếu dấu ngoặc đóng.", "The closing bracket is missing."),
		say("Thêm dấu ngoặc đóng, và xem lại các dấu ngoặc kép bên trong.", "Add the closing bracket, and look at the quotes inside."),
	},
	codeWhen: {
		say("“khi {1}” chỉ đứng trước | * [nút] ảnh hoặc tệp.", "“khi {1}” stands only before | * [button] ảnh or tệp."),
		say("Muốn rẽ nhánh, dùng: nếu {1} -> tên_bước.", "To branch, use: nếu {1} -> step."),
	},
	codeWhenArrow: {
		say("Rẽ nhánh dùng “nếu”, không dùng “khi”.", "A branch is written with “nếu”, not “khi”."),
		say("Viết là: nếu {1} -> …", "Write: nếu {1} -> …"),
	},
	codeWhenHere: {
		say("Câu trả lời này không phụ thuộc điều kiện được.", "This answer cannot depend on a condition."),
		say("Bỏ phần “khi …” ở đầu dòng.", "Remove “khi …” from the line."),
	},
	codeNoProse: {
		say("Sau “{1}” chưa có lời.", "Nothing follows “{1}”."),
		say("Viết câu vào, hoặc bỏ dòng này.", "Write the sentence, or remove the line."),
	},
	codeNoLines: {
		say("“{1}” chưa có câu nào.", "“{1}” has no sentence."),
		say("Thêm một dòng bên dưới, bắt đầu bằng |.", "Add a line below that starts with |."),
	},
	codeNoReminder: {
		say("“im lặng” chưa nói sẽ làm gì.", "“im lặng” does not say what happens."),
		say("Thêm “-> tên_bước” ở cuối dòng, hoặc một câu nhắc bắt đầu bằng | ở dòng dưới.", "Add “-> step” to the line, or a reminder that starts with | below it."),
	},
	codeNoRows: {
		say("Chưa có dòng nào bên dưới.", "There is no row below."),
		say("Thêm các dòng bắt đầu bằng *.", "Add rows that start with *."),
	},
	codeLoneRow: {
		say("Dòng bắt đầu bằng * chỉ đứng dưới “bảng”, “danh sách” hoặc “dân hỏi”.", "A row that starts with * stands only below “bảng”, “danh sách” or “dân hỏi”."),
		say("Thêm một dòng “danh sách” phía trên.", "Add a line “danh sách” above it."),
	},
	codeLoneOption: {
		say("Lựa chọn “{1}” không thuộc dữ liệu nào.", "The option “{1}” belongs to no data."),
		say("Viết nó dưới một dữ liệu kiểu “chọn”; nếu đây là dữ liệu thì thêm kiểu sau tên.", "Write it below data of type “chọn”; if it is data itself, add the type behind its name."),
	},
	codeMissing: {
		say("Thiếu “{1}”.", "“{1}” is missing."),
		say("Viết thêm “{2}” ở đây.", "Add “{2}” here."),
	},
	codeNoValue: {
		say("Thiếu giá trị của {1}.", "The value of {1} is missing."),
		say("{2}", "{2}"),
	},
	codeRepeated: {
		say("“{1}” viết hai lần trên một dòng.", "“{1}” stands twice on the line."),
		say("Bỏ bớt một.", "Remove one."),
	},
	codeShared: {
		say("Tệp “chung” không có “{1}”.", "A “chung” file has no “{1}”."),
		say("Chuyển phần này sang một luồng.", "Move it into a flow."),
	},
	codeAlone: {
		say("“{1}” chỉ đứng sau {2} trong cùng một bước.", "“{1}” stands only after {2} in the same step."),
		say("Thêm {2} ở phía trên, hoặc bỏ dòng này.", "Add {2} above it, or remove this line."),
	},
	codeAskNext: {
		say("Hỏi “{1}” xong rồi đi đâu? Thiếu dòng “->”.", "Where does it go after asking “{1}”? The line “->” is missing."),
		say("Thêm dòng “-> tên_bước” sau “hỏi”.", "Add the line “-> step” after “hỏi”."),
	},
	codeNoOutcome: {
		say("Sau {1} thiếu dòng “{2} -> …”.", "After {1} the line “{2} -> …” is missing."),
		say("Thêm: {2} -> tên_bước.", "Add: {2} -> step."),
	},
	codeOtherOutcome: {
		say("“{1}” không đi với {2}.", "“{1}” does not go with {2}."),
		say("Viết: {3}", "Write: {3}"),
	},
	codeOutcomeWord: {
		say("Sau {1}, mỗi mũi tên phải có chữ đứng trước.", "After {1} each arrow has its word before it."),
		say("Viết: {2}", "Write: {2}"),
	},
	codeElseWord: {
		say("Sau các dòng “nếu”, đường còn lại phải viết “còn lại ->”.", "After the “nếu” lines the rest is written “còn lại ->”."),
		say("Thêm “còn lại” trước “->”.", "Put “còn lại” before “->”."),
	},
	codeFinish: {
		say("Sau “kết thúc” phải là “đạt” hoặc “bỏ”.", "“kết thúc” is followed by “đạt” or “bỏ”."),
		say("Viết “kết thúc đạt” khi việc đã xong, “kết thúc bỏ” khi dừng giữa chừng.", "Write “kết thúc đạt” when all is done, “kết thúc bỏ” when it stops halfway."),
	},
	codeButtonRest: {
		say("Sau nút “{1}” không viết “{2}” được.", "“{2}” cannot follow the button “{1}”."),
		say("Viết “-> tên_bước”, “= giá trị”, mở \"địa chỉ\" hoặc gọi số \"số điện thoại\".", "Write “-> step”, “= value”, mở \"address\" or gọi số \"number\"."),
	},
	codeManySteps: {
		say("Luồng có hơn {1} bước.", "The flow has more than {1} steps."),
		say("Tách thành nhiều luồng.", "Split it into several flows."),
	},
	codeTooMany: {
		say("Tệp còn nhiều lỗi nữa; chỉ hiện {1} lỗi đầu.", "The file has more errors; only the first {1} are shown."),
		say("Sửa các lỗi đã hiện rồi soát lại.", "Fix those and check again."),
	},
	codeEmptyFile: {
		say("Tệp trống.", "The file is empty."),
		say("Dòng đầu tệp viết: luồng tên_luồng \"Tên để người dân đọc\".", "Start it with: luồng name \"Title for residents\"."),
	},
	codeTooLarge: {
		say("Tệp lớn hơn 1 MiB.", "The file is larger than 1 MiB."),
		say("Tách thành nhiều luồng.", "Split it into several flows."),
	},
	codeUTF16: {
		say("Tệp lưu ở dạng UTF-16 (Notepad gọi là Unicode) nên không đọc được.", "The file is saved as UTF-16 (Notepad calls it Unicode) and cannot be read."),
		say("“hoithoai fmt -w” chuyển giúp. Hoặc mở bằng Notepad, chọn Tệp (File) > Lưu thành (Save as), ô Mã hóa (Encoding) chọn UTF-8.",
			"“hoithoai fmt -w” converts it. Or open it in Notepad, choose File > Save as, and UTF-8 under Encoding."),
	},
	codeNotText: {
		say("Đây không phải tệp chữ mà là {1}, nên không đọc được.", "This is no text file but {1}, and cannot be read."),
		say("Mở tệp bằng đúng chương trình của nó, chép phần chữ sang Notepad rồi lưu thành tên_luồng.flow, ô Mã hóa (Encoding) chọn UTF-8. Trên máy Mac: TextEdit, Định dạng (Format) > Chuyển thành văn bản thuần (Make Plain Text).",
			"Open it in its own program, copy the text into Notepad and save it as name.flow with encoding UTF-8. On a Mac: TextEdit, Format > Make Plain Text."),
	},
	codeOldLetters: {
		say("Chữ Việt trong tệp gõ bằng bảng mã {1}, không phải Unicode, nên không đọc được.", "The Vietnamese letters of the file are in {1}, not Unicode, and cannot be read."),
		say("“hoithoai fmt -w” chuyển giúp. Hoặc dùng Unikey: mở Công cụ (Ctrl+Shift+F6), chuyển mã từ {1} sang Unicode. Từ nay đặt bảng mã của bộ gõ là Unicode, và khi lưu chọn mã hóa (Encoding) UTF-8.",
			"“hoithoai fmt -w” converts it. Or use Unikey's toolkit (Ctrl+Shift+F6) to convert from {1} to Unicode. From now on set the keyboard to Unicode, and save with encoding UTF-8."),
	},
	codeLostLetters: {
		say("Chữ có dấu trong tệp đã mất, chỉ còn dấu hỏi: tệp đã lưu ở dạng ANSI.", "The Vietnamese letters of the file are gone, question marks are left: it was saved as ANSI."),
		say("Không lấy lại được từ tệp này: mở bản gốc, hoặc gõ lại, rồi lưu với ô Mã hóa (Encoding) là UTF-8.", "They cannot be had back from this file: open the original, or type them again, and save with encoding UTF-8."),
	},
	codeNotUTF8: {
		say("Từ chỗ này tệp không phải UTF-8 nên không đọc được.", "From here the file is not UTF-8 and cannot be read."),
		say("Nếu chỉ hỏng ở đây: xóa ký tự lạ rồi gõ lại. Nếu cả tệp như vậy: lưu lại với ô Mã hóa (Encoding) là UTF-8, chữ Việt gõ bằng bảng mã Unicode.",
			"If only this place is damaged, delete the odd character and type it again. If all of the file is, save it with encoding UTF-8, with Vietnamese in Unicode."),
	},
	codeLongLine: {
		say("Dòng dài hơn 4.000 ký tự.", "The line has more than 4,000 characters."),
		say("Tách thành nhiều dòng.", "Split it into several lines."),
	},
	codeHidden: {
		say("Ở đây có một ký tự không nhìn thấy.", "There is a character here that cannot be seen."),
		say("“hoithoai fmt -w” xóa giúp. Thường nó lẫn vào khi chép từ nơi khác.", "“hoithoai fmt -w” deletes it. It usually comes along when copying."),
	},
	codeDecomposed: {
		say("Từ chỗ này có chữ Việt gõ rời dấu (Unicode tổ hợp).", "From here letters and accents are apart (decomposed Unicode)."),
		say("Không sửa cũng chạy được; “hoithoai fmt -w” sửa giúp. Từ nay chọn bảng mã “Unicode dựng sẵn” trong bộ gõ.", "It works as it is; “hoithoai fmt -w” repairs it. From now on set the keyboard to precomposed Unicode."),
	},
	codeNotATestLine: {
		say("Không hiểu dòng này trong bài thử.", "This line of a test is not understood."),
		say("Dòng của bài thử bắt đầu bằng: Dân:, Bot:, Máy:, @, …, giả, hôm nay, kết thúc hoặc thử.", "A line of a test starts with: Dân:, Bot:, Máy:, @, …, giả, hôm nay, kết thúc or thử."),
	},
	codeNoToday: {
		say("Lượt thử “{1}” không có “hôm nay”, nên kết quả sẽ đổi theo ngày chạy.", "The test “{1}” has no “hôm nay”, so its result would depend on the day it runs."),
		say("Thêm ở đầu tệp, ví dụ: hôm nay 24/11/2026 09:00.", "Add at the top, for example: hôm nay 24/11/2026 09:00."),
	},
	codeNoTest: {
		say("Dòng này phải đứng trong một lượt thử.", "This line belongs in a test."),
		say("Thêm phía trên: thử tên_luồng \"tên lượt thử\".", "Add above it: thử flow \"title\"."),
	},
	codeOutcome: {
		say("Kết quả này không đọc được.", "This outcome cannot be read."),
		say("Tác vụ: được, được { tên: giá trị }, lỗi, lỗi mã, treo. Luồng con: xong, xong { tên: giá trị }, bỏ dở, treo.", "A task: được, được { name: value }, lỗi, lỗi code, treo. A sub-flow: xong, xong { name: value }, bỏ dở, treo."),
	},
	codeFake: {
		say("Không giả “{1}” được.", "“{1}” cannot be fixed."),
		say("Viết: giả làm tác_vụ = …, giả gọi luồng_con = …, giả zalo.tên = … hoặc giả don_vi.tên = …", "Write: giả làm task = …, giả gọi sub_flow = …, giả zalo.name = … or giả don_vi.name = …"),
	},
	codeNoBurst: {
		say("“Dân tiếp:” phải đứng sau một dòng “Dân:”, trước khi đồng hồ chạy tiếp.", "“Dân tiếp:” must follow a line “Dân:”, before the clock moves on."),
		say("Viết “Dân:” nếu đây là một tin nhắn riêng.", "Write “Dân:” where this is a message by itself."),
	},
	codeColon: {
		say("Thiếu dấu hai chấm sau “{1}”.", "The colon after “{1}” is missing."),
		say("Viết là “{1}:”.", "Write “{1}:”."),
	},
	codeStepWord: {
		say("Sau “->” chỉ viết tên bước, không viết chữ “bước”.", "After “->” stands the name of the step alone, without “bước”."),
		say("Bỏ chữ “bước”.", "Remove “bước”."),
	},
	codeNoColon: {
		say("Sau “{1}” không có dấu hai chấm.", "There is no colon after “{1}”."),
		say("Bỏ dấu hai chấm.", "Remove the colon."),
	},
	codeBareTarget: {
		say("Thiếu “->” trước “{1}”.", "“->” is missing before “{1}”."),
		say("Viết là: -> {1}", "Write: -> {1}"),
	},
	codeTime: {
		say("“{1}” không phải giờ.", "“{1}” is no time of day."),
		say("Viết như: 09:00.", "Write it like: 09:00."),
	},
}
