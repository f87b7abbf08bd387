package zalo

import "time"

// Every figure of Zalo's, in one place. The words in brackets say how far it is known (facts/zalo-api.md, confidence labels);
// "ours" marks a decision of ours within a limit of theirs.

// Texts.
const (
	TextLimit   = 2000 // of a message, in characters whose kind nobody says [OFF D; runes, UTF-16 or bytes: UNCONF]
	TextPieces  = 1800 // runes of one piece when we split (ours: room for the doubt above)
	TextUTF16   = 2000 // UTF-16 units of one piece (ours: the strictest reading that Vietnamese still fits)
	TitleInfo   = 100  // title of request_user_info, in characters [OFF D]
	SubtitleMax = 500  // subtitle of request_user_info, in characters [OFF D]
)

// Buttons of a consultation message. No page of v3 that we hold describes them; production code F sends them [LIVE F].
const (
	ButtonsPerMessage = 5    // [2+: F MAX_BUTTONS, V, PHP SDK MAX_ELEMENT]
	ButtonTitle       = 100  // characters [ONCE: redai SDK documents]
	ButtonTitleShown  = 35   // characters that fit every kind of template [OFF D for transaction and promotion]
	ButtonPayload     = 1000 // characters of oa.query.* [ONCE: V citing the official appendix]
	ListElements      = 5    // elements of a list, v2 [2+: SDKs]
)

// Attachments and uploads.
const (
	ImageBytes    = 1 << 20            // jpg, png [OFF D]
	GIFBytes      = 5 << 20            // [OFF D]
	FileBytes     = 5 << 20            // PDF, DOC, DOCX [OFF D]; CSV in source C alone, so not used
	MediaElements = 1                  // pictures in one message [OFF D]
	AssetLife     = 7 * 24 * time.Hour // of a token or attachment_id; then -100 [OFF D]
	UploadsPerDay = 5000               // also given per week and per month [OFF D]
)

// Windows of sending.
const (
	SendWindow = 7 * 24 * time.Hour // since the person's last interaction, else -230 [DIG2, LIVE J]
	FreeWindow = 48 * time.Hour     // since then nothing is billed [DIG B,S]
	NightFrom  = 22                 // hour from which promotion is refused with -234 [OFF D]; consultation may be sent at any hour
	NightTo    = 6                  // hour from which it is taken again
)

// Webhooks.
const (
	WebhookDeadline = 2 * time.Second // 200 for every event within it [DIG2]
	RepeatWindow    = 2 * time.Hour   // in which a repeat may come: the last mark is +1 h 50 min 30 s if they add up [DIG2]
	EventAge        = 24 * time.Hour  // older events are refused (ours: design/security.md, threat 2)
	EventAhead      = 5 * time.Minute // events from the future are refused beyond it (ours, threat 2)
	MaxBody         = 256 << 10       // bytes of a body we read (ours, threat 5)
	MaxDepth        = 32              // nesting we read (ours, threat 5)
	maxAttachments  = 20              // attachments of one event we read (ours; samples show one, more is UNCONF)
)

// Repeats returns the delays after which Zalo repeats a webhook that was not answered, counted from the try before it [DIG2;
// whether they add up or count from the first is UNCONF].
func Repeats() []time.Duration {
	return []time.Duration{30 * time.Second, 5 * time.Minute, 15 * time.Minute, 30 * time.Minute, time.Hour}
}

// Calls of the API.
const (
	CallsPerMinute    = 4000      // per app, then -32 [ONCE C]
	ConversationCount = 10        // most messages of one query of a conversation [OFF D]; more gives -210 [ONCE H]
	ReactionsMax      = 50        // reactions to one message [OFF D]
	AnswerBytes       = 64 << 10  // of an answer we read (ours)
	ListBytes         = 256 << 10 // of an answer to a question: ten messages of TextLimit in letters of six bytes, and what hangs on them (ours)
)

// Domain proof.
const (
	VerifiedEntries = 20 // domains or addresses in the console [ONCE C]
)
