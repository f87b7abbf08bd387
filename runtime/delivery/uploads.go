package delivery

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"hoithoai/runtime/envelope"
	"hoithoai/runtime/store"
	"hoithoai/runtime/store/seal"
	"hoithoai/runtime/zalo"
)

// Uploads remembers in the store what each office has uploaded, by content, so that a restart, another process or a new
// version of a flow uploads nothing again while Zalo still holds it (facts/zalo-api.md §2.6: 7 days, 5,000 uploads a day).
// Offices share nothing: whether Zalo lets one use what another of the same app uploaded is not known.
type Uploads struct {
	Records store.Records
	Seal    *seal.Sealer
	Now     func() time.Time
}

// upload is one entry.
type upload struct {
	id   string
	Name string // of the content, see contentName
	Ref  string // attachment_id or token
	Till int64  // Unix ms
}

// uploadMargin is how long before its end an upload is not used any more: a message may wait in the outbox meanwhile. Ours.
const uploadMargin = time.Hour

func uploadList(office string) string { return "tai_len:" + office }

// contentName tells uploads apart: what it is, under which name people see it, and its bytes.
func contentName(kind, name string, body []byte) string {
	sum := sha256.Sum256(body)
	return kind + ":" + name + ":" + hex.EncodeToString(sum[:])
}

// gone reports a refusal whose reason may be that Zalo does not know the attachment any more. Of one that has expired it says so
// (-100, facts/zalo-api.md §5). What it says of an id that it never gave, or gave in a time that a copy of the store brought back, no page
// tells: so any definite refusal of the message itself counts, where the attachment was uploaded before this process. One upload too
// many is what it costs where the reason was another.
func gone(err error, o *Outlet, out envelope.Out) bool {
	e, ok := errors.AsType[*zalo.Error](err)
	if !ok || e.Unknown {
		return false
	}
	switch e.Action {
	case zalo.Reupload:
		return true
	case zalo.Fix, zalo.UnknownAction:
		return o.Assets.Earlier(*out.Message)
	}
	return (e.Code == codeAsset || e.Code == codeAssetToo) && o.Assets.Earlier(*out.Message)
}

// The codes of an "asset problem", of which the facts say no more.
const (
	codeAsset    = -238
	codeAssetToo = -241
)

// again forgets an upload that Zalo seems not to know, here and in the store, and sends with a new one. Where some of the message
// arrived it is left to the next delivery, which looks first what.
func (s *Sender) again(ctx context.Context, o *Outlet, out envelope.Out, recovered bool, got *progress, why error) error {
	if err := s.cfg.Uploads.forget(ctx, out.Office, o.Assets.Forget(*out.Message)); err != nil || got.arrived {
		return errors.Join(why, err)
	}
	s.cfg.Metrics.Inc("attachment_unknown")
	return s.attempt(ctx, o, out, recovered, got)
}

// find returns the upload of a content that can still be used; ok is false where there is none, or nobody can say.
func (u *Uploads) find(ctx context.Context, office, name string) (ref string, till time.Time, ok bool) {
	if u == nil {
		return "", till, false
	}
	all, err := u.all(ctx, office)
	if err != nil {
		return "", till, false // a second upload costs less than a message that waits
	}
	for _, e := range all {
		if at := time.UnixMilli(e.Till); e.Name == name && u.Now().Before(at) && at.After(till) {
			ref, till, ok = e.Ref, at, true
		}
	}
	return ref, till, ok
}

// add remembers an upload, and forgets those whose time is over.
func (u *Uploads) add(ctx context.Context, office, name, ref string) error {
	if u == nil {
		return nil
	}
	list := uploadList(office)
	plain, err := json.Marshal(upload{Name: name, Ref: ref, Till: u.Now().Add(zalo.AssetLife - uploadMargin).UnixMilli()})
	if err != nil {
		return fmt.Errorf("encode upload: %w", err)
	}
	body, err := u.Seal.SealRecord(list, plain)
	if err != nil {
		return fmt.Errorf("seal upload: %w", err)
	}
	if _, _, err := u.Records.Append(ctx, list, u.Seal.ID(store.Key(list), ref), body); err != nil {
		return fmt.Errorf("remember upload: %w", err)
	}
	return u.erase(ctx, office, func(e upload) bool { return !u.Now().Before(time.UnixMilli(e.Till)) })
}

// forget drops an upload that Zalo does not know any more.
func (u *Uploads) forget(ctx context.Context, office, ref string) error {
	if u == nil || ref == "" {
		return nil
	}
	return u.erase(ctx, office, func(e upload) bool { return e.Ref == ref })
}

func (u *Uploads) erase(ctx context.Context, office string, gone func(upload) bool) error {
	all, err := u.all(ctx, office)
	if err != nil {
		return err
	}
	for _, e := range all {
		if !gone(e) {
			continue
		}
		if _, err := u.Records.Erase(ctx, uploadList(office), e.id); err != nil {
			return fmt.Errorf("forget upload: %w", err)
		}
	}
	return nil
}

// maxUploads bounds what is read of one office; flows carry some dozens of attachments.
const maxUploads = 1000

func (u *Uploads) all(ctx context.Context, office string) ([]upload, error) {
	list := uploadList(office)
	records, err := u.Records.List(ctx, list, "", maxUploads)
	if err != nil {
		return nil, fmt.Errorf("read uploads: %w", err)
	}
	var all []upload
	for _, r := range records {
		e := upload{}
		plain, err := u.Seal.OpenRecord(list, r.Body)
		if err == nil {
			err = json.Unmarshal(plain, &e)
		}
		if err != nil {
			return nil, fmt.Errorf("open upload %s: %w", r.ID, err)
		}
		e.id = r.ID
		all = append(all, e)
	}
	return all, nil
}
