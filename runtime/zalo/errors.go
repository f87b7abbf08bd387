package zalo

import (
	"fmt"
	"net/http"
	"slices"
	"time"
)

// Action is what to do about a call that failed.
type Action uint8

// The actions.
const (
	UnknownAction Action = iota // a code nobody explained: treat as a definite failure, count it, tell a human
	Nothing                     // no error
	Refresh                     // a new access token, then once more
	Backoff                     // wait and try again, a few times
	Drop                        // never possible for this person and message
	Fix                         // our mistake: the same bytes will fail again
	Alert                       // a human of the office must act; the message stays where it is or is dropped by age
	Delay                       // wait until the night is over
	Reupload                    // upload the attachment again, then once more
)

// String returns the action's name for logs and metrics.
func (a Action) String() string {
	if int(a) >= len(actionNames) {
		return actionNames[UnknownAction]
	}
	return actionNames[a]
}

var actionNames = [...]string{
	UnknownAction: "unknown", Nothing: "nothing", Refresh: "refresh", Backoff: "backoff", Drop: "drop", Fix: "fix", Alert: "alert",
	Delay: "delay", Reupload: "reupload",
}

// CodeInfo is one error code of the API: its meaning in both languages and what to do.
type CodeInfo struct {
	Code       int
	Action     Action
	Vietnamese string
	English    string
}

// Codes returns the table of error codes, in the order of facts/zalo-api.md §5 (table C §14.2, agreeing with B; 2026).
func Codes() []CodeInfo { return slices.Clone(codes) }

// Explain returns the entry of a code; ok is false where nobody explained it.
func Explain(code int) (CodeInfo, bool) {
	i := slices.IndexFunc(codes, func(c CodeInfo) bool { return c.Code == code })
	if i < 0 {
		return CodeInfo{Code: code, Vietnamese: "mã lỗi chưa rõ", English: "unexplained code"}, false
	}
	return codes[i], true
}

// ActionOf returns what to do about an error code of the API; UnknownAction for one that nobody explained.
func ActionOf(code int) Action {
	c, _ := Explain(code)
	return c.Action
}

var codes = []CodeInfo{
	{0, Nothing, "thành công", "success"},
	{-32, Backoff, "vượt giới hạn số lần gọi", "rate limit of app or account"}, // C: 4,000 a minute and app
	{-100, Reupload, "tệp đính kèm đã hết hạn", "attachment expired"},
	{-124, Refresh, "mã truy cập không hợp lệ (ZBS)", "token invalid (ZBS)"},
	{-200, Backoff, "gửi không thành công", "send failed"},
	{-201, Fix, "tham số không hợp lệ", "invalid parameter"},
	{-204, Alert, "OA đã bị khóa", "account disabled"},
	{-205, Alert, "OA không tồn tại", "account does not exist"},
	{-209, Alert, "ứng dụng chưa được kích hoạt", "app not activated"},
	{-210, Fix, "tham số vượt giới hạn", "parameter over limit"},
	{-211, Alert, "hết hạn mức", "out of quota"},
	{-212, Alert, "ứng dụng chưa đăng ký dùng API này", "app not registered for this API"},
	{-213, Drop, "người dùng chưa quan tâm OA", "user does not follow the account"}, // also of user/detail for people it does not know
	{-214, Backoff, "bài viết đang được xử lý", "article still processing"},         // articles only; it is no error of windows
	{-216, Refresh, "mã truy cập không hợp lệ", "access token invalid"},
	{-217, Drop, "người dùng đã chặn lời mời", "user blocked the invitation"},
	{-218, Drop, "người nhận đã đủ số tin được nhận", "limit of what this person receives"}, // when it ends: UNCONF
	{-219, Alert, "ứng dụng đã bị gỡ hoặc khóa", "app removed or disabled"},
	{-220, Refresh, "mã truy cập đã hết hạn", "access token expired"},
	{-221, Alert, "OA chưa xác thực", "account not verified"},
	{-223, Alert, "OA chưa được cấp quyền dùng API", "account not authorised for this API"}, // elsewhere: quota of articles
	{-224, Alert, "cần nâng gói dịch vụ", "package upgrade needed"},
	{-227, Drop, "tài khoản bị khóa hoặc không hoạt động quá 45 ngày", "user banned, or inactive for 45 days"},
	{-230, Drop, "người dùng không tương tác trong 7 ngày", "no interaction in 7 days"},
	{-232, Drop, "người dùng chưa tương tác hoặc tương tác đã hết hạn", "not interacted, or interaction expired"},
	{-233, Fix, "loại tin không được hỗ trợ", "message type unsupported"}, // switch the capability off
	{-234, Delay, "không được gửi vào ban đêm", "night hours"},
	{-235, Alert, "loại OA không được hỗ trợ", "account type unsupported"},
	{-237, Drop, "nhóm đã bị khóa hoặc hết hạn", "group disabled or expired"},
	{-238, Alert, "lỗi tài nguyên", "asset problem"},
	{-239, Backoff, "lỗi tạm thời", "transient"}, // ONCE (N)
	{-240, Fix, "API tin nhắn v2 đã ngừng", "message API v2 shut down"},
	{-241, Alert, "lỗi tài nguyên", "asset problem"},
	{-242, Alert, "appsecret_proof thiếu hoặc sai", "appsecret_proof missing or invalid"},
	{-244, Drop, "người dùng đã hạn chế loại tin này", "user restricted this message type"},
	{-248, Alert, "vi phạm chính sách", "policy violation"}, // the message itself is to be dropped too
	{-249, Fix, "mẫu tin không phải loại UID", "template is not of the UID type"},
	{-320, Alert, "cần tài khoản ZCA", "ZCA needed"},
	{-321, Alert, "ZCA hết tiền", "ZCA out of money"},
	{-403, Alert, "bị từ chối", "listed without a meaning"},
	{-1340, Alert, "lỗi chưa rõ", "listed without a meaning"},
	{-1341, Alert, "lỗi chưa rõ", "listed without a meaning"},
	{-118, Alert, "cần ủy quyền lại", "OAuth: authorise again"}, // H
	{-14002, Alert, "ứng dụng chưa kích hoạt", "OAuth: app inactive"},
	{-14003, Alert, "địa chỉ chuyển hướng không khớp", "OAuth: redirect mismatch"},
	{-14014, Alert, "mã làm mới không hợp lệ", "OAuth: refresh token invalid"}, // LIVE H
	{216, Refresh, "mã truy cập không hợp lệ", "access token invalid"},         // H alone treats 216 and ±401 so
	{401, Refresh, "mã truy cập không hợp lệ", "access token invalid"},
	{-401, Refresh, "mã truy cập không hợp lệ", "access token invalid"},
}

// ActionOfStatus returns what to do about an answer that is not 200, and whether the call may have been carried out all the
// same. Zalo reports its own errors with 200 (facts §2 [OFF D,E]), so any other status comes from something in front of it:
// 4xx is a refusal, 429 asks for patience, 5xx leaves the outcome open (no call has an idempotency key).
func ActionOfStatus(status int) (action Action, unknown bool) {
	switch {
	case status == http.StatusTooManyRequests:
		return Backoff, false
	case status == http.StatusUnauthorized:
		return Refresh, false
	case status == http.StatusForbidden:
		return Alert, false
	case status == http.StatusRequestTimeout, status >= 500:
		return Backoff, true
	case status >= 400:
		return Fix, false
	}
	return Alert, false // 1xx to 3xx: a proxy or a portal answers; we follow no redirect
}

// Error is a call of the API that failed. Unknown says that the call may have been carried out nevertheless: then look whether
// it arrived before trying again. It never holds a token, nor what a message said.
type Error struct {
	Op         string        // the endpoint
	Code       int           // of the API; 0 when the failure is not the API's
	HTTPStatus int           // 0 when there was no answer
	Action     Action        // what to do
	Unknown    bool          // the outcome is open
	Unmade     bool          // no call was made, so nothing is known of Zalo: there was no token, or the request was none
	Wait       time.Duration // not before; 0 where nobody said
	Err        error         // of the network or the decoder; nil for an answer of the API
}

// Error returns the failure in one line.
func (e *Error) Error() string {
	switch {
	case e.Code != 0:
		c, _ := Explain(e.Code)
		return fmt.Sprintf("zalo %s: error %d (%s)", e.Op, e.Code, c.English)
	case e.Err != nil && e.Unknown:
		return fmt.Sprintf("zalo %s: outcome unknown: %v", e.Op, e.Err)
	case e.Err != nil:
		return fmt.Sprintf("zalo %s: %v", e.Op, e.Err)
	}
	return fmt.Sprintf("zalo %s: status %d", e.Op, e.HTTPStatus)
}

// TooFast reports that the app or the office made too many calls: how long to pause is known by whoever counts them.
func (e *Error) TooFast() bool { return e.Code == -32 || e.HTTPStatus == http.StatusTooManyRequests }

// Unwrap returns the cause.
func (e *Error) Unwrap() error { return e.Err }
