// Package delivery sends one message of the outbox to Zalo: it draws it (package zalo), uploads what must be uploaded, looks
// whether an earlier try arrived before it repeats one, and says of every failure whether it is final or when to try again.
// Zalo has no idempotency key, so "at least once, in order" is the promise; the look-up makes a second copy rare. Every call it
// makes, those that only ask too, goes through the gate; what a code of Zalo's asks for stands in one table (zalo.Codes).
// A message that cannot reach its person (window over, blocked) is dropped and counted; one that was given up for any other
// reason leaves a dead letter.
// Whose turn it is and what is remembered of the outcome is the work of package actor.
// A refusal that may be about an attachment uploaded before this process (uploads.go) costs one upload more before it counts.
package delivery

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"path"
	"strings"
	"sync/atomic"
	"time"

	"hoithoai/runtime/actor"
	"hoithoai/runtime/alarm"
	"hoithoai/runtime/echo"
	"hoithoai/runtime/envelope"
	"hoithoai/runtime/gate"
	"hoithoai/runtime/message"
	"hoithoai/runtime/metrics"
	"hoithoai/runtime/zalo"
)

// Outlet is one office's way to Zalo.
type Outlet struct {
	Capabilities zalo.Capabilities
	Assets       *zalo.AssetCache
}

// Files returns an attachment of a program: its bytes, or an error. library.ErrUnknown (wrapped) says that it can never be
// had; see library.Library.File.
type Files func(ctx context.Context, program, path string) ([]byte, error)

// Config is what the sender needs; every field is required except Alarms and those after Metrics.
type Config struct {
	Client  *zalo.Client
	Outlets map[string]*Outlet // by office
	Files   Files
	Now     func() time.Time
	Log     *slog.Logger
	Metrics *metrics.Set
	Alarms  *alarm.Set    // default: to Log
	Keep    time.Duration // how long a message is tried before it is given up; default 24 hours
	// KeepUnexplained is the same for a refusal with a code that nobody explained: everything said to this person since waits
	// behind the message. Default 1 hour.
	KeepUnexplained time.Duration
	Gate            Gate     // decides when a call may leave; default: always at once
	Letters         Letters  // keeps what was given up; default: the log alone
	Uploads         *Uploads // what was uploaded before this process began; default: nothing
	// Echoes is what Zalo showed of messages whose answer got lost; default: the conversation alone is looked through.
	Echoes *echo.Book
	// Random gives numbers from 0 up to 1, for the spread of tries; it must be safe for concurrent use. Default: always 1, so that
	// every pause is the longest it may be.
	Random func() float64
	// Began is when this process began. What a process before it may have sent is not looked up earlier than echoWait after the
	// step that said it: its last call may still be on the way, as may its echo, and who looks too early sends a second copy.
	// It counts from the step, not from the beginning, so that a process that is killed again and again still gets on.
	// Default: everything is looked up at once.
	Began time.Time
	// Pause waits between two quick tries; default by the machine's clock.
	Pause func(ctx context.Context, d time.Duration) error
}

// Gate makes a call when it may leave (gate.Gate). A *gate.ClosedError says that it was not made, and when to come again.
type Gate interface {
	Do(ctx context.Context, office string, c gate.Class, call func() error) error
}

// Letters keeps what is known of a message that was given up (deadletter.Box).
type Letters interface {
	Keep(ctx context.Context, out envelope.Out, tried bool, why error) error
}

// open is a Gate without a limit.
type open struct{}

// Do makes the call.
func (open) Do(_ context.Context, _ string, _ gate.Class, call func() error) error { return call() }

// Sender delivers messages. It is safe for concurrent use.
type Sender struct {
	cfg Config
	// nameless is set once Zalo took a message without naming it: its echo could be taken for another message of the same words.
	nameless atomic.Bool
	quota    quota
}

// New returns a sender.
func New(cfg Config) *Sender {
	if cfg.Keep == 0 {
		cfg.Keep = 24 * time.Hour
	}
	if cfg.KeepUnexplained == 0 {
		cfg.KeepUnexplained = time.Hour
	}
	if cfg.Gate == nil {
		cfg.Gate = open{}
	}
	if cfg.Random == nil {
		cfg.Random = func() float64 { return 1 }
	}
	if cfg.Pause == nil {
		cfg.Pause = pause
	}
	if cfg.Alarms == nil {
		cfg.Alarms = alarm.New(cfg.Log, cfg.Now)
	}
	return &Sender{cfg: cfg}
}

// errNoOutlet says that nobody told us how to send for an office.
var errNoOutlet = errors.New("office has no outlet")

// Deliver sends out. With recovered set it first looks what arrived since the step, and sends only the rest.
func (s *Sender) Deliver(ctx context.Context, out envelope.Out, recovered bool) actor.Delivery {
	outlet := s.cfg.Outlets[out.Office]
	if outlet == nil {
		return s.giveUp(ctx, out, recovered, errNoOutlet)
	}
	if wait := s.early(out); recovered && wait > 0 {
		s.cfg.Metrics.Inc("arrival_awaited")
		return actor.Delivery{After: wait, Why: "what was sent before this process began may still be on its way"}
	}
	var got progress
	var billed bool
	err := s.quota.holds(out, s.cfg.Now())
	if err == nil {
		billed, err = s.reachable(ctx, out)
	}
	if err == nil {
		err = s.attempt(ctx, outlet, out, recovered, &got)
	}
	if gone(err, outlet, out) {
		err = s.again(ctx, outlet, out, recovered, &got, err)
	}
	s.quota.heed(out.Office, s.cfg.Now(), err)
	if err == nil && billed {
		s.cfg.Metrics.Inc("message_billed")
	}
	d := s.judge(ctx, out, recovered, err)
	if d.Done {
		d.Taken = got.taken
	}
	d.Untried = !d.Done && !recovered && !got.arrived && !inDoubt(err)
	return d
}

// attempt draws the message, looks for what arrived, and sends the rest.
func (s *Sender) attempt(ctx context.Context, o *Outlet, out envelope.Out, recovered bool, got *progress) error {
	calls, err := s.draw(ctx, o, out)
	if err == nil && recovered {
		calls, err = s.missing(ctx, out, calls, got)
	}
	if err != nil {
		return err
	}
	return s.send(ctx, out, calls, got)
}

// classes maps the urgency of a message to the gate's.
var classes = map[envelope.Class]gate.Class{
	envelope.Urgent: gate.Emergency, envelope.Interactive: gate.Interactive, envelope.Reminder: gate.Reminder,
	envelope.Notice: gate.Notice,
}

// call makes one call to Zalo for a message when it may leave.
func (s *Sender) call(ctx context.Context, out envelope.Out, do func() error) error {
	return s.cfg.Gate.Do(ctx, out.Office, classes[out.Class], do)
}

// draw renders the message, uploading its attachment first where Zalo does not hold it.
func (s *Sender) draw(ctx context.Context, o *Outlet, out envelope.Out) ([]zalo.Request, error) {
	calls, err := zalo.Render(*out.Message, out.Person, o.Capabilities, o.Assets)
	if !errors.Is(err, zalo.ErrNotUploaded) {
		return calls, err
	}
	if err := s.upload(ctx, o, out); err != nil {
		return nil, err
	}
	return zalo.Render(*out.Message, out.Person, o.Capabilities, o.Assets)
}

// upload brings the attachment to Zalo, unless the same content lies there already.
func (s *Sender) upload(ctx context.Context, o *Outlet, out envelope.Out) error {
	m := out.Message
	body, err := s.cfg.Files(ctx, m.Program, m.Path)
	if err != nil {
		return fmt.Errorf("read attachment: %w", err)
	}
	kind, name, send := "file", fileName(*m), s.cfg.Client.UploadFile
	if m.Kind == message.Image {
		kind, name, send = "image", path.Base(m.Path), s.cfg.Client.UploadImage
	}
	content := contentName(kind, name, body)
	if ref, till, ok := s.cfg.Uploads.find(ctx, out.Office, content); ok {
		o.Assets.KeepUntil(*m, ref, till)
		return nil
	}
	var ref string
	err = s.call(ctx, out, func() (err error) {
		ref, err = send(ctx, out.Office, name, body)
		return err
	})
	if err != nil {
		return err
	}
	o.Assets.Keep(*m, ref)
	s.cfg.Metrics.Inc("attachment_uploaded")
	if err := s.cfg.Uploads.add(ctx, out.Office, content, ref); err != nil {
		s.cfg.Log.Warn("an upload is not remembered beyond this process", "office", out.Office, "error", err)
	}
	return nil
}

// fileName is the name a person sees: the author's, with the ending of the file; the file's own where the author gave none.
func fileName(m message.Message) string {
	name := strings.Map(func(r rune) rune {
		if strings.ContainsRune(`/\:*?"<>|`, r) || r < ' ' {
			return '-'
		}
		return r
	}, strings.TrimSpace(m.Text))
	if name == "" {
		return path.Base(m.Path)
	}
	return name + path.Ext(m.Path)
}

func (s *Sender) send(ctx context.Context, out envelope.Out, calls []zalo.Request, got *progress) error {
	for _, c := range calls {
		err := s.quickly(ctx, out, func() error {
			sent, err := s.cfg.Client.Send(ctx, out.Office, c)
			if err == nil {
				s.prove(out, got, sent.MessageID)
			}
			return err
		})
		if err != nil {
			return err
		}
		s.cfg.Metrics.Inc("message_sent")
	}
	return nil
}
