package understand_test

import (
	"testing"
	"time"

	"hoithoai/dsl/fold"
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

// BenchmarkJudge is what one message costs, by the way it was written. "folds" is the same as a multiple of folding the message
// (fold.Key) in the same run: machines differ, and others work on them; the ratio stays.
func BenchmarkJudge(b *testing.B) {
	_, u := learned(b)
	for _, c := range []struct{ name, text string }{
		{"short", "dk tam tru"},
		{"plain", "Em mới dọn tới ở trọ, cho em hỏi khai tạm trú ở đâu ạ?"},
		{"telex", "em mowis dojn towis owr trojs, cho em hoir khai tamj trus owr ddaau aj"},
		{"story", "Dạ em quê Bến Tre, lên thành phố làm công nhân được hai tháng, ở phòng trọ trong hẻm với ba đứa bạn, bữa giờ tổ trưởng nhắc hoài là phải đăng ký mà tụi em đi làm ca suốt, em không biết phải làm ở đâu, mang theo cái gì"},
	} {
		b.Run(c.name, func(b *testing.B) {
			b.ReportAllocs()
			n, folding := 0, time.Duration(0)
			for b.Loop() {
				u.Judge(c.text)
				if n++; n%8 == 0 { // among the others, so that both meet the same neighbours
					b.StopTimer()
					folding += timeOf(func() { fold.Key(c.text) })
					b.StartTimer()
				}
			}
			if each := float64(folding) / float64(max(n/8, 1)); each > 0 {
				b.ReportMetric(float64(b.Elapsed())/float64(n)/each, "folds")
			}
		})
	}
}

// timeOf is how long something takes, on the average of a few times.
func timeOf(do func()) time.Duration {
	const times = 16
	start := time.Now()
	for range times {
		do()
	}
	return time.Since(start) / times
}
