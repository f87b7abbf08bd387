package understand_test

import (
	"testing"

	"hoithoai/runtime/understand"
)

// BenchmarkNew is what learning the flows of this repository costs at start.
func BenchmarkNew(b *testing.B) {
	p := real(b)
	b.ReportAllocs()
	for b.Loop() {
		understand.New(p)
	}
}

// BenchmarkJudge is what one message costs, by the way it was written.
func BenchmarkJudge(b *testing.B) {
	u := understand.New(real(b))
	for _, c := range []struct{ name, text string }{
		{"short", "dk tam tru"},
		{"plain", "Em mới dọn tới ở trọ, cho em hỏi khai tạm trú ở đâu ạ?"},
		{"telex", "em mowis dojn towis owr trojs, cho em hoir khai tamj trus owr ddaau aj"},
		{"story", "Dạ em quê Bến Tre, lên thành phố làm công nhân được hai tháng, ở phòng trọ trong hẻm với ba đứa bạn, bữa giờ tổ trưởng nhắc hoài là phải đăng ký mà tụi em đi làm ca suốt, em không biết phải làm ở đâu, mang theo cái gì"},
	} {
		b.Run(c.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				u.Judge(c.text)
			}
		})
	}
}
