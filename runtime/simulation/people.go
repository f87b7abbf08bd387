package simulation

import (
	"context"
	"fmt"
	"strings"
	"time"

	"hoithoai/runtime/testbed"
)

// first is the first question of a writer's flow.
const first = "Anh/chị nhắn tin đầu."

// word is the nth thing a writer says: no other person says it, and it is said once.
func word(person string, n int) string {
	return fmt.Sprintf("việc %s-%03d", person[len(person)-3:], n)
}

// say lets a person write.
func (w *world) say(person, text string) {
	w.zalo.Push(context.Background(), w.zalo.Person(testbed.OfficeID, person).Text(text))
}

// write is a person who sends numbered messages at every pace: in bursts, after minutes, after more than a reminder takes.
func (w *world) write(person string, messages int) {
	s := w.chances.of("person " + person)
	s.pause(context.Background(), s.between(0, 2*time.Minute), nil)
	if s.happens(0.3) {
		w.zalo.Push(context.Background(), w.zalo.Person(testbed.OfficeID, person).Follow())
	} else {
		w.say(person, "ghi tin")
	}
	if !w.hears(s, person, 0, first) {
		return // what comes before the flow begins would mean something else
	}
	for n := range messages {
		s.pause(context.Background(), pace(s), nil)
		w.say(person, word(person, n))
	}
}

func pace(s *stream) time.Duration {
	switch {
	case s.happens(0.4):
		return s.between(50*time.Millisecond, 3*time.Second)
	case s.happens(0.04):
		return s.between(33*time.Minute, 45*time.Minute)
	}
	return s.between(3*time.Second, 90*time.Second)
}

// tell is a person who sends in tips, each answer after its question.
func (w *world) tell(person string, tips int) {
	s := w.chances.of("person " + person)
	s.pause(context.Background(), s.between(0, 2*time.Minute), nil)
	for n := range tips {
		told := []string{"gửi tin", word(person, n), "xong", "tối qua", "45 đường Số 8", "bỏ qua", "bỏ qua"}
		heard := []string{"Anh/chị kể giúp", "", "Khi nào?", "Ở đâu?", "Tên anh/chị?", "Số gọi lại?", "tin"}
		for i, text := range told {
			before := len(texts(w.zalo, testbed.OfficeID, person))
			w.say(person, text)
			if !w.hears(s, person, before, heard[i]) {
				return // an answer that never comes is found by the checks
			}
		}
	}
}

// hears waits until a person has read a new text that begins with, or contains, some words.
func (w *world) hears(s *stream, person string, before int, words string) bool {
	for waited := time.Duration(0); waited < 3*time.Hour; waited += 2 * time.Second {
		for _, text := range texts(w.zalo, testbed.OfficeID, person)[before:] {
			if strings.Contains(text, words) {
				s.pause(context.Background(), s.between(time.Second, 20*time.Second), nil)
				return true
			}
		}
		s.pause(context.Background(), 2*time.Second, nil)
	}
	return false
}
