package redis

import (
	"fmt"
	"strings"

	"hoithoai/dsl/diag"
	"hoithoai/runtime/store"
)

// maxLag is how many seconds a replica may be silent at D3 before the server refuses writes.
const maxLag = 10

// LevelError says why the servers do not hold the level that is configured: one sentence a lack. Operators read it, so that it
// speaks both languages.
type LevelError struct {
	Want   store.Level
	Lacks  []diag.Sentence // what the servers say now, and what to write instead
	Unseen []diag.Sentence // what they do not show us (Config.Unseen accepts it)
}

// Error lists all lacks in English.
func (e *LevelError) Error() string { return e.In("en") }

// In lists all lacks in a language, a line each.
func (e *LevelError) In(lang diag.Lang) string {
	head := diag.Sentence{VI: "Redis không giữ được mức " + e.Want.String() + ":", EN: "Redis does not hold level " + e.Want.String() + ":"}
	lines := []string{head.In(lang)}
	for _, s := range append(e.Lacks[:len(e.Lacks):len(e.Lacks)], e.Unseen...) {
		lines = append(lines, s.In(lang))
	}
	if len(e.Unseen) > 0 {
		lines = append(lines, unseenAdvice.In(lang))
	}
	return strings.Join(lines, "\n")
}

var unseenAdvice = diag.Sentence{
	VI: "Hỏi nơi quản lý Redis các điều không xem được; khi chắc chúng đúng, viết level_unchecked = true dưới [store].",
	EN: "Ask who runs this Redis for what cannot be seen; once sure that it is right, write level_unchecked = true under [store].",
}

// Falls returns a *LevelError when the servers do not hold level, nil when they do. What they do not show is no fault when
// unseen is true.
func (h Health) Falls(level store.Level, unseen bool) error {
	e := &LevelError{Want: level}
	for _, k := range h.lacks(level) {
		switch {
		case !k.unseen:
			e.Lacks = addOnce(e.Lacks, k.sentence())
		case !unseen:
			e.Unseen = addOnce(e.Unseen, k.sentence())
		}
	}
	if len(e.Lacks)+len(e.Unseen) == 0 {
		return nil
	}
	return e
}

// lacks is everything that all masters, and the cluster they form, lack for a level.
func (h Health) lacks(level store.Level) []lack {
	if level == store.D0 {
		return nil
	}
	var out []lack
	if h.slots != slotsAll {
		out = append(out, lack{setting: "cluster", has: fmt.Sprintf("%d/%d slot", h.slots, slotsAll), want: "",
			why: diag.Sentence{VI: "một phần người dân không được phục vụ; chạy redis-cli --cluster fix", EN: "some residents are not served; run redis-cli --cluster fix"}})
	}
	for _, n := range h.nodes {
		out = append(out, n.lacks(level, h.copies)...)
	}
	return out
}

// lack is one thing a server has that a level does not allow.
type lack struct {
	node          string // address; "" for all of them together
	setting, has  string
	want          string // the line of its configuration that mends it; "" where no line does
	why           diag.Sentence
	unseen, state bool // the server does not tell; it is a state and no setting
}

// sentence says what the server says now, why that is not enough, and what to write.
func (k lack) sentence() diag.Sentence {
	at := strings.TrimSpace("Redis " + k.node)
	if k.unseen {
		return diag.Sentence{
			VI: fmt.Sprintf("%s: không xem được %s (máy chủ không cho CONFIG GET); cần: %s.", at, k.setting, k.want),
			EN: fmt.Sprintf("%s: %s cannot be seen (the server refuses CONFIG GET); needed: %s.", at, k.setting, k.want),
		}
	}
	s := diag.Sentence{
		VI: fmt.Sprintf("%s: %s đang là %s: %s.", at, k.setting, k.has, k.why.VI),
		EN: fmt.Sprintf("%s: %s is %s now: %s.", at, k.setting, k.has, k.why.EN),
	}
	if k.want != "" && !k.state {
		s.VI += fmt.Sprintf(" Đặt %s trong redis.conf (hoặc ngay bây giờ: CONFIG SET %s, rồi CONFIG REWRITE).", k.want, k.want)
		s.EN += fmt.Sprintf(" Write %s into redis.conf (or at once: CONFIG SET %s, then CONFIG REWRITE).", k.want, k.want)
	}
	return s
}

// lacks is what one master lacks for a level, with at least copies replicas from D3 on.
func (n node) lacks(level store.Level, copies int64) []lack {
	var out []lack
	add := func(k lack) {
		k.node = n.addr
		out = append(out, k)
	}
	if n.policy != "noeviction" {
		add(lack{setting: "maxmemory-policy", has: n.policy, want: "maxmemory-policy noeviction",
			why: diag.Sentence{VI: "đầy bộ nhớ thì Redis tự xóa phiên đang mở", EN: "when memory is full Redis deletes open sessions by itself"}})
	}
	if !n.aof {
		add(lack{setting: "appendonly", has: "no", want: "appendonly yes",
			why: diag.Sentence{VI: "khởi động lại Redis là mất tin đã nhận", EN: "a restart of Redis loses what was taken"}})
	}
	for _, k := range append(n.fsyncLacks(level), n.copiesLack(level, copies)...) {
		add(k)
	}
	return out
}

// fsyncLacks is what is wrong with how often a master's file reaches the disk.
func (n node) fsyncLacks(level store.Level) []lack {
	want := "appendfsync everysec"
	if level == store.D2 {
		want = "appendfsync always"
	}
	switch {
	case n.fsync == "":
		return []lack{{setting: "appendfsync", want: want, unseen: true}}
	case n.fsync == "no":
		return []lack{{setting: "appendfsync", has: n.fsync, want: want,
			why: diag.Sentence{VI: "mất điện có thể mất nửa phút cuối", EN: "a power cut may lose the last half minute"}}}
	case level == store.D2 && n.fsync != "always":
		return []lack{{setting: "appendfsync", has: n.fsync, want: want,
			why: diag.Sentence{VI: "mất điện có thể mất đến hai giây cuối", EN: "a power cut may lose up to the last two seconds"}}}
	}
	return nil
}

// copiesLack is what is wrong with the replicas of a master.
func (n node) copiesLack(level store.Level, copies int64) []lack {
	if level < store.D3 {
		return nil
	}
	var out []lack
	want := fmt.Sprintf("min-replicas-to-write %d", copies)
	switch {
	case n.replicas < 0 && n.good < 0:
		out = append(out, lack{setting: "min-replicas-to-write", want: want, unseen: true})
	case n.replicas >= 0 && n.replicas < copies:
		out = append(out, lack{setting: "min-replicas-to-write", has: fmt.Sprint(n.replicas), want: want,
			why: diag.Sentence{VI: "mất mọi bản sao Redis vẫn nhận tin mà không báo", EN: "with every replica gone Redis goes on taking what one machine alone holds"}})
	case n.replicas >= 0 && (n.lag < 1 || n.lag > maxLag):
		out = append(out, lack{setting: "min-replicas-max-lag", has: fmt.Sprint(n.lag), want: fmt.Sprintf("min-replicas-max-lag %d", maxLag),
			why: diag.Sentence{VI: "bản sao im lặng quá lâu vẫn được tính là còn", EN: "a replica that is silent for too long still counts"}})
	}
	if n.copies < copies {
		out = append(out, lack{setting: "connected_slaves", has: fmt.Sprint(n.copies), state: true,
			why: diag.Sentence{VI: fmt.Sprintf("cần ít nhất %d bản sao đang nối; xem nhật ký của bản sao", copies), EN: fmt.Sprintf("at least %d replicas must be connected; look at the replica's log", copies)}})
	}
	return out
}

// addOnce keeps one of equal sentences.
func addOnce(all []diag.Sentence, s diag.Sentence) []diag.Sentence {
	for _, has := range all {
		if has == s {
			return all
		}
	}
	return append(all, s)
}
