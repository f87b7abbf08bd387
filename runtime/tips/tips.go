// Package tips takes confidential tips: on submission it packs what was told and sent, in order, seals them with age to the public
// keys of the office, and appends only the sealed packet to the office's records. This server keeps no private key: what
// is submitted can be opened by the officers who hold the key file, with the standard age tool, and by nobody here.
// Reading the packets (the case inbox) is not its work.
package tips

import (
	"context"
	"fmt"
	"io"
	"strconv"
	"time"

	"filippo.io/age"

	"hoithoai/dsl/value"
	"hoithoai/runtime/store"
	"hoithoai/runtime/task"
)

// TaskName is the task a flow declares to hand in a tip; ErrorNoKey is the error code when the office has no key.
const (
	TaskName   = "nhan_tin"
	ErrorNoKey = "chua_co_khoa"
)

// Records is the register the packets go to.
type Records interface {
	Append(ctx context.Context, list string, by store.ID8, body []byte) (id string, appended bool, err error)
}

// Fetcher brings a picture a resident sent.
type Fetcher interface {
	Fetch(ctx context.Context, url string) (body []byte, err error)
}

// Sealer is the store's own seal; packets lie under it too.
type Sealer interface {
	SealRecord(list string, plain []byte) ([]byte, error)
}

// Desk takes tips for the offices of a deployment.
type Desk struct {
	Keys    map[string][]age.Recipient // by office id; an office without keys takes no tips
	Records Records
	Fetch   Fetcher
	Seal    Sealer
	Code    func(id store.ID8) string // receipt code of a tip, the same for the same id
	Now     func() time.Time
	Room    int64 // bytes that the attachments of one tip may weigh together; default 64 MiB
}

// ListOf names the record list of an office's tips.
func ListOf(officeID string) string { return "tin:" + officeID }

// Handle is the task handler: the arguments are ke, khi_nao, o_dau, ten, so_goi; the results are the receipt code and how many
// attachments could not be kept, which the person is to be told.
func (d *Desk) Handle(ctx context.Context, req task.Request) (task.Answer, error) {
	keys := d.Keys[req.Office.ID]
	if len(keys) == 0 {
		return task.Answer{Failed: true, Code: ErrorNoKey}, nil
	}
	t, err := tipOf(req)
	if err != nil {
		return task.Answer{}, err
	}
	code := d.Code(req.ID)
	packet, missing, err := d.pack(ctx, code, req, t, keys)
	if err != nil {
		return task.Answer{}, err
	}
	if err := d.store(ctx, req, packet); err != nil {
		return task.Answer{}, err
	}
	return task.Answer{Results: []string{code, strconv.Itoa(missing)}}, nil
}

func (d *Desk) store(ctx context.Context, req task.Request, packet []byte) error {
	list := ListOf(req.Office.ID)
	sealed, err := d.Seal.SealRecord(list, packet)
	if err != nil {
		return fmt.Errorf("seal tip: %w", err)
	}
	if _, _, err := d.Records.Append(ctx, list, req.ID, sealed); err != nil {
		return fmt.Errorf("append tip: %w", err)
	}
	return nil
}

// sealTo encrypts plain to the office's keys.
func sealTo(dst io.Writer, keys []age.Recipient, plain []byte) error {
	w, err := age.Encrypt(dst, keys...)
	if err != nil {
		return fmt.Errorf("open age packet: %w", err)
	}
	if _, err := w.Write(plain); err != nil {
		return fmt.Errorf("write age packet: %w", err)
	}
	return w.Close()
}

// shown returns an answer as the officer reads it.
func shown(v value.Value) string {
	if !v.IsSet() {
		return "(không có)"
	}
	switch v.Kind {
	case value.Place:
		return place(v)
	default:
		return v.S
	}
}

func place(v value.Value) string {
	if len(v.Media) == 0 {
		return v.S
	}
	return fmt.Sprintf("%s (vị trí %s,%s)", v.S, v.Media[0].Lat, v.Media[0].Long)
}
