package main

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"

	"github.com/spf13/cobra"

	"hoithoai/runtime/admin"
	"hoithoai/runtime/archive"
	"hoithoai/runtime/config"
	"hoithoai/runtime/disk"
	"hoithoai/runtime/store"
	"hoithoai/runtime/store/seal"
)

// archiveParams are the flags of the verbs that write or read an archive.
type archiveParams struct {
	config string
	force  bool
}

// archiveVerb is one of the four verbs over an archive.
func (a *app) archiveVerb(cmd *cobra.Command, force string, do func(ctx context.Context, p archiveParams, file string) error) *cobra.Command {
	var p archiveParams
	cmd.Args = a.atMost(1)
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		if len(args) == 0 {
			return usageError{fmt.Errorf(a.say("thiếu tên tệp: hoithoai %s TỆP", "the file is missing: hoithoai %s FILE"), cmd.Name())}
		}
		return do(cmd.Context(), p, args[0])
	}
	a.configFlag(cmd, &p.config)
	cmd.Flags().BoolVarP(&p.force, "force", "f", false, force)
	return cmd
}

func newBackup(a *app) *cobra.Command {
	return a.archiveVerb(&cobra.Command{
		Use:   a.say("backup TỆP", "backup FILE"),
		Short: a.say("Sao lưu kho vào một tệp, cả khi máy đang phục vụ", "Copy the store into a file, also while it is being served"),
		Long: a.say(`Chép toàn bộ kho (phiên, tin chờ, lời chưa gửi, hẹn giờ, nhật ký, sổ của trang, bộ luồng) vào một tệp. hoithoai serve đang chạy thì
chính nó chép, người dân vẫn được phục vụ; mỗi người trong tệp là đúng một thời điểm của người ấy. Mọi thứ trong tệp vẫn niêm phong
như trong kho: muốn đọc lại phải có đúng khóa (tệp khoa trong thư mục dữ liệu). Khóa KHÔNG nằm trong tệp này: hãy cất riêng.
Tệp được đọc lại và đối chiếu trước khi có tên; có sẵn tệp cùng tên thì không ghi đè, trừ khi có -f. Đưa về: hoithoai restore.`,
			`Copies the whole store (sessions, waiting events, unsent messages, timers, journal, registers, programs) into a file. A running
hoithoai serve does it itself while residents are served; everyone in the file is exactly one moment of that person. All in it stays
sealed as in the store: reading it takes the same keys (the file khoa in the data folder). The keys are NOT in the file: keep them
elsewhere. The file is read back before it gets its name; a file of that name stays, unless -f is given. Back: hoithoai restore.`),
		Example: "  hoithoai backup /var/sao-luu/kho-2026-11-24 --config /etc/hoithoai.toml",
	}, a.say("ghi đè tệp đã có", "replace a file that is there"), a.backup)
}

func newExport(a *app) *cobra.Command {
	return a.archiveVerb(&cobra.Command{
		Use:   a.say("export TỆP", "export FILE"),
		Short: a.say("Xuất kho đã dừng phục vụ, để chuyển sang kho loại khác", "Write out a store that nobody serves, to move it to another engine"),
		Long: a.say(`Như hoithoai backup, nhưng chỉ khi không ai còn phục vụ từ kho này, nên tệp là toàn bộ, không thiếu điều gì đến sau. Để chuyển giữa
kho một tệp và Redis: dừng mọi hoithoai serve, hoithoai export TỆP, sửa [store] trong cấu hình, hoithoai import TỆP, mở lại serve.
Với Redis, hãy dừng hoithoai serve trên mọi máy: lệnh này đợi đến khi không còn máy nào dùng kho.`,
			`Like hoithoai backup, but only when nobody serves from the store any more, so that the file is all there is and nothing comes
later. To move between a file and Redis: stop every hoithoai serve, hoithoai export FILE, change [store] in the configuration,
hoithoai import FILE, start serve again. With Redis stop hoithoai serve on all machines: this verb waits until none uses the store.`),
		Example: "  hoithoai export chuyen-kho --config /etc/hoithoai.toml",
	}, a.say("ghi đè tệp đã có", "replace a file that is there"), a.export)
}

func (a *app) backup(ctx context.Context, p archiveParams, file string) error {
	d, err := a.toArchive(p, file)
	if err != nil {
		return err
	}
	return a.withDesk(ctx, d, false, func(from desk) error { return a.writeArchive(ctx, d, from, file) })
}

func (a *app) export(ctx context.Context, p archiveParams, file string) error {
	d, err := a.toArchive(p, file)
	if err != nil {
		return err
	}
	if err := a.unserved(ctx, d); err != nil {
		return err
	}
	return a.withStore(ctx, d, func(s opened, direct *admin.Direct) error {
		if err := a.silent(ctx, s); err != nil {
			return err
		}
		return a.writeArchive(ctx, d, a.noted(d, direct, direct.Box.Seal), file)
	})
}

// toArchive looks that there is a store to write out, and a place to write it to.
func (a *app) toArchive(p archiveParams, file string) (config.Deployment, error) {
	d, err := a.configuration(p.config)
	if err != nil {
		return d, err
	}
	if !d.Store.URL.IsSet() {
		if _, err := os.Stat(filepath.Join(d.Data, storeFile)); err != nil {
			return d, fmt.Errorf(a.say("không có kho nào ở đây: %w", "there is no store here: %w"), err)
		}
	}
	return d, a.unwritten(p, file)
}

// unserved refuses a deployment that is being served.
func (a *app) unserved(ctx context.Context, d config.Deployment) error {
	switch _, err := admin.Dial(ctx, place(d)); {
	case errors.Is(err, admin.ErrNone):
		return nil
	case err != nil:
		return err
	}
	return errors.New(a.say("hoithoai serve đang phục vụ từ kho này: hãy dừng nó trước", "hoithoai serve is serving from this store: stop it first"))
}

// silent waits until no process of another machine serves from the store, for as long as one that has stopped still counts.
func (a *app) silent(ctx context.Context, s opened) error {
	if s.serving == nil {
		return nil
	}
	tick := time.NewTicker(silentEvery)
	defer tick.Stop()
	for end, told := a.now().Add(store.ProcessLife+silentSlack), false; ; {
		n, err := s.serving(ctx)
		if err != nil || n == 0 {
			return err
		}
		if a.now().After(end) {
			return fmt.Errorf(a.say("%d hoithoai serve trên máy khác đang phục vụ từ kho này: hãy dừng hết trước", "%d hoithoai serve on other machines serve from this store: stop all of them first"), n)
		}
		if !told {
			told = true
			fmt.Fprintln(a.stderr, a.say("Vừa có hoithoai serve dùng kho Redis này: đợi cho chắc là đã dừng hết…", "A hoithoai serve has just used this Redis: waiting to be sure that all have stopped…"))
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-tick.C:
		}
	}
}

const (
	silentEvery = 200 * time.Millisecond
	silentSlack = 2 * time.Second
)

// unwritten refuses a file that is there, unless it is to be replaced.
func (a *app) unwritten(p archiveParams, file string) error {
	info, err := os.Lstat(file)
	switch {
	case errors.Is(err, os.ErrNotExist):
		return nil
	case err != nil:
		return fmt.Errorf(a.say("xem tệp: %w", "look at the file: %w"), err)
	case !info.Mode().IsRegular():
		return usageError{fmt.Errorf(a.say("%s không phải một tệp thường", "%s is not a plain file"), file)}
	case !p.force:
		return usageError{fmt.Errorf(a.say("%s đã có; đặt tên khác, hoặc thêm -f để ghi đè", "%s is there; give another name, or -f to replace it"), file)}
	}
	return nil
}

// archiveDesk writes an archive: the serving process, or the store itself.
type archiveDesk interface {
	Archive(ctx context.Context, to io.Writer) error
}

// writeArchive writes an archive beside its place, reads it back, and moves it there: whatever has the name is whole.
func (a *app) writeArchive(ctx context.Context, d config.Deployment, from archiveDesk, file string) error {
	f, err := os.CreateTemp(filepath.Dir(file), ".kho") // mode 0600
	if err != nil {
		return fmt.Errorf(a.say("ghi tệp: %w", "write file: %w"), err)
	}
	defer os.Remove(f.Name()) // of nothing once it has its name
	told := a.progress("đã ghi %d MB", "%d MB are written")
	err = from.Archive(ctx, &counted{to: f, tell: told})
	r, checked := a.readBack(f, d)
	if err = errors.Join(err, checked, f.Sync(), f.Close()); err != nil {
		return a.archiveError(err)
	}
	if err := os.Rename(f.Name(), file); err != nil {
		return fmt.Errorf(a.say("ghi tệp: %w", "write file: %w"), err)
	}
	if err := disk.SyncFolder(filepath.Dir(file)); err != nil {
		return err
	}
	a.tellArchive(file, r)
	return nil
}

// readBack reads what was written, from its beginning. The keys may be the serving process's alone: without them the file is
// held against itself.
func (a *app) readBack(f *os.File, d config.Deployment) (*archive.Reader, error) {
	var keys archive.Deriver
	if s, err := a.sealer(d); err == nil {
		keys = s
	}
	if _, err := f.Seek(0, io.SeekStart); err != nil {
		return nil, fmt.Errorf("read back: %w", err)
	}
	r, err := archive.NewReader(f, keys, a.now)
	for err == nil {
		_, err = r.Next()
	}
	if !errors.Is(err, io.EOF) {
		return nil, err
	}
	return r, nil
}

// tellArchive says what is in an archive.
func (a *app) tellArchive(file string, r *archive.Reader) {
	h := r.Header()
	fmt.Fprintf(a.stdout, a.say("%s: kho %s mức %s, lúc %s, hệ %s\n", "%s: %s store of level %s, at %s, install %s\n"),
		file, a.engineName(h.Engine), h.Level, shownTime(h.Time), h.Install)
	a.tellCounts(r.Counts())
}

func (a *app) engineName(engine string) string {
	if engine == engineRedis {
		return "Redis"
	}
	return a.say("một tệp", "one-file")
}

func (a *app) tellCounts(c archive.Counts) {
	fmt.Fprintf(a.stdout, a.say("  %d người (%d phiên, %d tin chờ, %d lời chưa gửi, %d hẹn giờ, %d dòng nhật ký), %d dòng sổ, %d chỗ, %d bộ luồng và dấu khóa\n",
		"  %d people (%d sessions, %d waiting events, %d unsent messages, %d timers, %d journal entries), %d records, %d places, %d programs and marks of keys\n"),
		c.People, c.Sessions, c.Mail, c.Out, c.Timers, c.Journal, c.Records, c.Places, c.Bundles)
}

// source says what an archive of a store says of itself.
func (a *app) source(s opened, sealer *seal.Sealer) func(context.Context) (archive.Source, error) {
	return func(ctx context.Context) (archive.Source, error) {
		level, err := s.level(ctx)
		h := archive.Header{ID: rand.Text(), Engine: s.engine, Level: level.String()}
		if s.serving != nil && err == nil {
			var others int
			others, err = s.serving(ctx)
			h.Served = others > 0
		}
		return archive.Source{Header: h, Keys: sealer, Now: a.now}, err
	}
}

// counted tells how many bytes have passed.
type counted struct {
	to   io.Writer
	n    uint64
	tell func(uint64)
}

func (c *counted) Write(p []byte) (int, error) {
	n, err := c.to.Write(p)
	c.n += uint64(n)
	c.tell(c.n >> 20)
	return n, err
}
