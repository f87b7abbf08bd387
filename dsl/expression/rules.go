package expression

import "hoithoai/dsl/diag"

// Rule is one thing that this package or package template demands of an expression or of what stands in braces.
type Rule struct {
	// Code is stable for ever.
	Code string
	// Summary is what the rule demands, in one sentence.
	Summary diag.Sentence
}

// Rules lists every rule by code; B020 (a condition that decides nothing) is package bind's.
func Rules() []Rule {
	return []Rule{
		{CodeSyntax, say("Biểu thức đọc được.", "An expression can be read.")},
		{CodeTooLarge, say("Biểu thức không quá dài, quá sâu.", "An expression is neither too long nor nested too deep.")},
		{CodeNotUsable, say("Biểu thức chỉ dùng cách viết của ngôn ngữ này.", "An expression uses only what the language has.")},
		{CodeWord, say("Dùng and, or, not và == thay cho dấu khác.", "and, or, not and == are written as such.")},
		{CodeType, say("Hai bên của một phép đi được với nhau.", "Both sides of an operator go together.")},
		{CodeOption, say("Chữ được so là một lựa chọn, một số điện thoại hay một phường.", "A text that is compared is an option, a phone number or a ward.")},
		{CodeNotYesNo, say("Điều kiện là một điều có hoặc không.", "A condition is yes or no.")},
		{CodeResult, say("Kết quả vừa với chỗ nó được đưa vào.", "A result fits where it goes.")},
		{CodeArguments, say("Hàm nhận đủ và đúng loại giá trị.", "A function gets the arguments it takes.")},
		{CodeFraction, say("Kết quả không còn phần lẻ.", "No fraction is left unrounded.")},
		{CodeOverflow, say("Phép tính không vượt khỏi các số đếm đúng.", "Arithmetic stays within exact numbers.")},
		{CodePattern, say("Sau matches là một mẫu viết sẵn, đọc được.", "After matches stands a literal pattern that can be read.")},
		{CodeList, say("Sau in là một danh sách viết sẵn.", "After in stands a list of literals.")},
		{CodeThousands, say("Số trong biểu thức không có dấu chấm hàng nghìn.", "Numbers in an expression have no points for thousands.")},
		{CodeBrace, say("Ngoặc nhọn trong câu có mở, có đóng, có tên.", "Braces in a sentence open, close and hold a name.")},
		{CodeInBrace, say("Giá trị trong ngoặc nhọn hiện ra được.", "What stands in braces can be shown.")},
		{CodeUnknownName, say("Tên trong biểu thức đã khai.", "A name in an expression is declared.")},
		{CodeUnknownFunction, say("Hàm có trong danh sách hàm.", "A function is one of the language.")},
		{CodeUnknownField, say("Trường của zalo và don_vi có thật.", "A field of zalo or don_vi exists.")},
	}
}
