package main

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"hoithoai/runtime/admin"
	"hoithoai/runtime/config"
	"hoithoai/runtime/deployment"
	"hoithoai/runtime/health"
	"hoithoai/runtime/store"
	"hoithoai/runtime/store/redis"
	"hoithoai/runtime/token"
	"hoithoai/runtime/zalo"
)

func newDoctor(a *app) *cobra.Command {
	var file string
	cmd := &cobra.Command{
		Use:   "doctor",
		Short: a.say("Khám một máy đang phục vụ: cái gì tốt, cái gì phải sửa", "Examine a deployment: what is well, and what must be mended"),
		Long: a.say(`Khám cấu hình, kho (với Redis: mức bền D0 đến D4), đường đến Zalo, việc đang chờ, lần nạp lại gần nhất, mã truy cập, webhook im
lặng trong giờ làm việc, tin không gửi được, yêu cầu xóa quá hạn; rồi liệt kê những việc chỉ người quản trị trang mới kiểm được. Không gửi gì cho ai, không in mã.
Có điều phải sửa thì mã thoát là 1.`,
			`Examines the configuration, the store (for Redis: its level, D0 to D4), the way to Zalo, what waits, the last reload, access tokens,
a silent webhook in office hours, messages given up, overdue erasures; then lists what only the page's administrator can see. It sends nothing to
anybody and prints no token. With something to mend the exit code is 1.`),
		Example: "  hoithoai doctor --config /etc/hoithoai.toml",
		Args:    a.atMost(0),
		RunE:    func(cmd *cobra.Command, _ []string) error { return a.doctor(cmd.Context(), file) },
	}
	a.configFlag(cmd, &file)
	return cmd
}

// ward is one examination under way.
type ward struct {
	*app
	d      config.Deployment
	served bool // a process serves it on this machine
	bad    bool
}

func (a *app) doctor(ctx context.Context, file string) error {
	d, err := a.configuration(file)
	if err != nil {
		return err
	}
	w := &ward{app: a, d: d}
	w.configured()
	w.redis(ctx)
	w.reach(ctx)
	w.running(ctx)
	w.checklist()
	if w.bad {
		return errFound
	}
	return nil
}

func (w *ward) well(vi, en string, args ...any) { w.line("[tốt]", "[fine]", vi, en, args) }
func (w *ward) look(vi, en string, args ...any) { w.line("[xem]", "[look]", vi, en, args) }

func (w *ward) mend(vi, en string, args ...any) {
	w.bad = true
	w.line("[sửa]", "[mend]", vi, en, args)
}

func (w *ward) line(markVI, markEN, vi, en string, args []any) {
	fmt.Fprintf(w.stdout, w.say(markVI, markEN)+" "+w.say(vi, en)+"\n", args...)
}

// configured looks at what the configuration alone shows.
func (w *ward) configured() {
	w.well("Cấu hình đọc được, %d cơ quan.", "The configuration reads well; %d offices.", len(w.d.Offices))
	if w.d.App.Verify == "log" {
		w.mend("app.verify là \"log\": webhook giả vẫn được nhận. Khi chữ ký đã khớp, đổi thành \"enforce\".",
			"app.verify is \"log\": forged webhooks are taken. Once signatures match, write \"enforce\".")
	}
	if !w.d.App.Secret.IsSet() {
		w.look("Chưa có app.secret: mã truy cập chỉ sống khoảng 25 giờ, không được tự làm mới.",
			"There is no app.secret: access tokens live for about 25 hours and are not refreshed.")
	}
	for _, o := range w.d.Offices {
		if len(o.Hours) == 0 {
			w.look("%s: chưa khai giờ làm việc, nên không biết được khi nào webhook im lặng là lạ.",
				"%s: no hours are written, so nobody knows when a silent webhook is strange.", o.ID)
		}
		if len(o.TipKeys) == 1 {
			w.look("%s: tin báo chỉ niêm phong cho một khóa; mất khóa là mất tin. Nên thêm khóa thứ hai.",
				"%s: tips are sealed to one key only; who loses it loses them. Add a second one.", o.ID)
		}
	}
}

// redis says what the store's level is worth. A store in a file needs no question.
func (w *ward) redis(ctx context.Context) {
	if !w.d.Store.URL.IsSet() {
		w.well("Kho là một tệp trong %s, mỗi lần ghi đều xuống đĩa: mất điện không mất gì nếu đĩa giữ lời (mức D2).",
			"The store is a file in %s, and every write goes to the disk: a power cut loses nothing if the disk keeps its word (level D2).", w.d.Data)
		return
	}
	url, err := w.secret(w.d.Store.URL)
	if err != nil {
		w.mend("Không đọc được store.url: %v", "store.url cannot be read: %v", err)
		return
	}
	limited, cancel := context.WithTimeout(ctx, reachLimit)
	defer cancel()
	s, err := redis.Open(limited, redis.Config{URL: url, Partitions: w.d.Store.Partitions, Wait: waits(w.d.Store)})
	if err != nil {
		w.mend("Không mở được Redis: %v", "Redis cannot be opened: %v", err)
		return
	}
	h, err := s.Health(limited)
	if err = errors.Join(err, s.Close()); err != nil {
		w.mend("Redis không trả lời: %v", "Redis does not answer: %v", err)
		return
	}
	w.level(h)
}

// level says what the store keeps, and whether that is what the configuration demands.
func (w *ward) level(h redis.Health) {
	if h.Level == store.D0 {
		w.mend("Redis %s ở mức D0: khởi động lại là có thể mất dữ liệu.", "Redis %s is at level D0: a restart may lose data.", h.Version)
	} else {
		w.well("Redis %s ở mức %s: %s.", "Redis %s is at level %s: %s.", h.Version, h.Level, w.meaning(h.Level))
	}
	for _, text := range h.Warnings {
		w.mend("%s", "%s", text.In(w.lang()))
	}
	want := w.d.Store.Promised()
	if err, ok := errors.AsType[*redis.LevelError](h.Falls(want, w.d.Store.Unchecked)); ok {
		w.mend("Cấu hình đòi mức %s: %s", "The configuration demands level %s: %s", want, err.In(w.lang()))
	}
	if skew := w.now().Sub(h.Time).Abs(); skew > maxSkew {
		w.mend("Đồng hồ máy này lệch Redis %s: bật đồng bộ giờ (NTP).", "The clock of this machine is %s off that of Redis: switch time synchronisation on (NTP).", skew.Round(time.Second))
	}
}

func (a *app) meaning(l store.Level) string {
	switch l {
	case store.D1:
		return a.say("máy Redis hỏng thì mất nhiều nhất hai giây cuối", "a crash of its host loses the last two seconds at most")
	case store.D2:
		return a.say("không mất gì nếu đĩa giữ lời", "nothing is lost if the disk keeps its word")
	case store.D3:
		return a.say("máy Redis hỏng thì chỉ mất điều bản sao chưa nhận", "a crash of its host loses only what its replica had not received")
	case store.D4:
		return a.say("điều gì đã nhận thì một bản sao cũng đã nhận", "what was taken is with a replica too")
	}
	return a.say("không hứa gì", "nothing is promised")
}

const (
	maxSkew    = 2 * time.Second
	reachLimit = 10 * time.Second
)

// reach looks whether Zalo's servers answer from here. Any answer will do: nothing is asked of them.
func (w *ward) reach(ctx context.Context) {
	for _, base := range []string{or(w.d.App.BaseURL, zalo.APIURL), or(w.d.App.OAuthURL, zalo.OAuthURL)} {
		if err := answers(ctx, base); err != nil {
			w.mend("Không đến được %s từ máy này: %v", "%s cannot be reached from this machine: %v", base, err)
			continue
		}
		w.well("Đến được %s.", "%s can be reached.", base)
	}
	if w.d.Otel == "" {
		return
	}
	if err := answers(ctx, w.d.Otel); err != nil {
		w.look("Không đến được nơi nhận vết %s; người dân vẫn được phục vụ: %v", "The collector of spans at %s cannot be reached; residents are served all the same: %v", w.d.Otel, err)
	}
}

func or(s, otherwise string) string {
	if s == "" {
		return otherwise
	}
	return s
}

func answers(ctx context.Context, base string) error {
	ctx, cancel := context.WithTimeout(ctx, reachLimit)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodHead, base+"/", nil)
	if err != nil {
		return fmt.Errorf("make request: %w", err)
	}
	c := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	res, err := c.Do(req)
	if err != nil {
		return err
	}
	return res.Body.Close()
}

// running asks the serving process, or the store where none serves.
func (w *ward) running(ctx context.Context) {
	c, err := admin.Dial(ctx, place(w.d))
	switch {
	case errors.Is(err, admin.ErrNone):
		w.look("Không có hoithoai serve nào đang chạy với cấu hình này trên máy này.", "No hoithoai serve runs with this configuration on this machine.")
	case err != nil:
		w.mend("hoithoai serve không trả lời: %v", "hoithoai serve does not answer: %v", err)
		return
	default:
		w.served = true
		w.process(ctx, c)
	}
	if err := w.withDesk(ctx, w.d, w.d.App.Secret.IsSet(), func(at desk) error { return w.books(ctx, at) }); err != nil {
		w.mend("Không đọc được kho: %v", "The store cannot be read: %v", err)
	}
}

func (w *ward) process(ctx context.Context, c *admin.Client) {
	r, err := c.Health(ctx)
	if err != nil {
		w.mend("hoithoai serve không trả lời: %v", "hoithoai serve does not answer: %v", err)
		return
	}
	for _, p := range r.Parts {
		w.part(p)
	}
	w.reloaded(ctx, c)
}

// reloaded says whether what is written is what is served.
func (w *ward) reloaded(ctx context.Context, c *admin.Client) {
	r, err := c.LastReload(ctx)
	switch {
	case err != nil:
		w.mend("hoithoai serve không nói được đã nạp gì: %v", "hoithoai serve does not say what it has loaded: %v", err)
	case r.At != 0 && !r.Loaded:
		w.mend("Thay đổi lúc %s chưa được nạp. %s", "What changed at %s is not taken up. %s", clock(time.UnixMilli(r.At)), r.Says.In(w.lang()))
	case r.At != 0:
		w.well("Nạp lại lần cuối lúc %s. %s", "Last reload at %s. %s", clock(time.UnixMilli(r.At)), r.Says.In(w.lang()))
	}
}

// part says one check of the serving process in words.
func (w *ward) part(p health.Part) {
	names := map[string][2]string{
		deployment.CheckStore:     {"hoithoai serve ghi được vào kho", "hoithoai serve can write to the store"},
		deployment.CheckProgram:   {"đã có bộ luồng được phục vụ", "a bundle of flows is served"},
		deployment.CheckClockwork: {"hẹn giờ và việc dở dang được trông đều", "timers and unfinished work are looked after"},
		deployment.CheckWebhook:   {"Zalo không im lặng quá hai giờ làm việc", "Zalo has not been silent for two office hours"},
		deployment.CheckLevel:     {"kho giữ được mức đã khai (store.level)", "the store keeps what is configured (store.level)"},
		"token":                   {"có mã truy cập còn sống", "an access token lives"},
	}
	name, ok := names[p.Name]
	if !ok {
		name = [2]string{p.Name, p.Name}
	}
	if p.Why == "" {
		w.well("%s.", "%s.", w.say(name[0], name[1]))
		return
	}
	w.mend("KHÔNG: %s (%s)", "NOT: %s (%s)", w.say(name[0], name[1]), p.Why)
}

// books looks at what waits, tokens, letters and erasures.
func (w *ward) books(ctx context.Context, at desk) error {
	if err := w.waits(ctx, at); err != nil {
		return err
	}
	if w.d.App.Secret.IsSet() {
		if err := w.tokens(ctx, at); err != nil {
			return err
		}
	}
	letters, err := at.Letters(ctx)
	if err != nil {
		return err
	}
	for _, l := range letters {
		if len(l.Letters) > 0 {
			w.look("%s: %d tin không gửi được; xem: hoithoai deadletters", "%s: %d messages were given up; see hoithoai deadletters", l.Office, len(l.Letters))
		}
	}
	erasures, err := at.Erasures(ctx)
	if err != nil {
		return err
	}
	for _, e := range erasures {
		if n := w.late(e); n > 0 {
			w.mend("%s: %d yêu cầu xóa dữ liệu quá hạn; xem: hoithoai erasures", "%s: %d erasures are overdue; see hoithoai erasures", e.Office, n)
		}
	}
	return nil
}

func (w *ward) late(e admin.Erasures) (n int) {
	for _, r := range e.Open {
		if w.now().UnixMilli() > r.Due {
			n++
		}
	}
	return n
}

func (w *ward) tokens(ctx context.Context, at tokenDesk) error {
	all, err := at.Tokens(ctx)
	if err != nil {
		return err
	}
	now := w.now()
	for _, s := range all {
		switch days := int(s.Last.Sub(now).Hours() / 24); {
		case s.Generation == 0:
			w.mend("%s: chưa có mã; chạy: hoithoai token set %s", "%s: no tokens yet; run hoithoai token set %s", s.Office, s.Office)
		case s.Trouble != nil && !errors.Is(s.Trouble, token.ErrBusy):
			w.mend("%s: %s", "%s: %s", s.Office, w.trouble(s.Trouble))
		case days < fewDays:
			w.mend("%s: mã làm mới chỉ còn %d ngày", "%s: the refresh token lives for %d days only", s.Office, days)
		default:
			w.well("%s: mã làm mới cách đây %s, còn hạn %s; mã làm mới còn %d ngày.", "%s: tokens are %s old and valid for %s; the refresh token lives %d days.",
				s.Office, rounded(now.Sub(s.Refreshed)), rounded(s.Till.Sub(now)), days)
		}
	}
	return nil
}

// fewDays is how long a refresh token may still live before a human must be told: it is renewed every day.
const fewDays = 14

// checklist is what no program can see: the settings of Zalo's pages (facts §1, §9, §10).
func (w *ward) checklist() {
	fmt.Fprintln(w.stdout, w.say("Việc phải tự kiểm trên trang quản lý Zalo:", "To be looked at on Zalo's own pages:"))
	fmt.Fprintln(w.stdout, strings.ReplaceAll(w.say(checklistVI, checklistEN), "WEBHOOK", w.d.App.Webhook))
}

const checklistVI = `  [ ] Webhook: địa chỉ https, có tên miền, không kèm cổng, kết thúc bằng WEBHOOK; bấm Lưu thì Zalo nhận 200.
  [ ] Webhook: "Lọc cú pháp" TẮT (bật thì chỉ tin bắt đầu bằng # mới đến).
  [ ] Webhook: "Webhook Retry" BẬT; bật các sự kiện người dùng gửi tin, quan tâm, bỏ quan tâm, và tin trang đã gửi (oa_send).
  [ ] Khóa trong app.oa_secrets là OA Secret Key của trang webhook, không phải khóa của ứng dụng.
  [ ] Tên miền đã xác thực với Zalo.
  [ ] Trang đã cấp quyền cho ứng dụng: gửi tin tư vấn (trang nhà nước phải xin và chờ duyệt), đọc thông tin người quan tâm.
  [ ] Trả lời tự động theo từ khóa của trang TẮT (bật thì người dân nhận hai câu trả lời).
  [ ] Đã nhắn thử từ điện thoại và từ máy tính: nút bấm hiện không? Không hiện thì gõ số vẫn được.
  [ ] Cán bộ biết: nhắn tay trong khung chat của trang thì máy im; và biết xem tin báo bằng khóa riêng.
  [ ] Đã thử: cán bộ nhắn tay một câu thì máy im thật (Zalo có gửi admin_id); gửi một lúc ba ảnh thì máy nhận đủ ba.
  [ ] Đã thử tắt máy một phút rồi bật lại: tin nhắn lúc tắt vẫn được trả lời, và chỉ một lần. Trả lời hai lần nghĩa là mã tin trong
      danh sách hội thoại khác mã trong webhook: đặt catch_up = false.`

const checklistEN = `  [ ] Webhook: an https address with a domain name and no port that ends in WEBHOOK; pressing Save gets 200.
  [ ] Webhook: the syntax filter ("Lọc cú pháp") is OFF (else only messages that begin with # come).
  [ ] Webhook: "Webhook Retry" is ON; so are the events for messages of users, follow, unfollow, and what the page sent (oa_send).
  [ ] The key in app.oa_secrets is the OA Secret Key of the webhook page, not the App Secret.
  [ ] The domain is verified with Zalo.
  [ ] The page has given the app its permissions: consultation messages (a public office applies and waits), information on followers.
  [ ] Keyword auto-replies of the page are OFF (else residents get two answers).
  [ ] A message was tried from a phone and from a PC: do buttons show? If not, typing the number works.
  [ ] Officers know: when they write in the page's chat the bot is silent; and how tips are opened with their key.
  [ ] Tried: after a line of an officer the bot is silent indeed (Zalo sends admin_id); of three pictures sent at once all three come.
  [ ] The machine was off for a minute and on again: what was written meanwhile is answered, and once. Twice means that ids in the list
      of conversations are not those of webhooks: write catch_up = false.`
