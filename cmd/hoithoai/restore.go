package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/spf13/cobra"

	"hoithoai/runtime/archive"
	"hoithoai/runtime/config"
	"hoithoai/runtime/deployment"
	"hoithoai/runtime/store"
	"hoithoai/runtime/store/seal"
)

func newRestore(a *app) *cobra.Command {
	return a.archiveVerb(&cobra.Command{
		Use:   a.say("restore TỆP", "restore FILE"),
		Short: a.say("Đưa một bản sao lưu về kho", "Bring a copy back into the store"),
		Long: a.say(`Đọc và đối chiếu cả tệp trước, mở thử mọi thứ đã niêm phong bằng khóa ở đây, rồi mới ghi vào kho; ghi xong đếm lại. Từ chối khi máy
đang phục vụ, khi khóa không đúng, khi tệp hỏng hay thiếu (nói hỏng ở dòng nào), và khi kho đã có dữ liệu, trừ khi có -f: khi đó dữ
liệu đang có bị XÓA HẾT trước. Bị ngắt giữa chừng thì kho không phục vụ được cho đến khi chạy lại lệnh này: nó làm tiếp chỗ dở.
Điều người dân nhắn sau khi sao lưu không còn: họ sẽ được hỏi lại. Mã truy cập cũ có thể đã dùng: xem hoithoai token.`,
			`Reads and checks the whole file first, opens all that is sealed with the keys here, then writes it into the store and counts what is
there. Refuses while the deployment is served, with other keys, a damaged or cut file (says at which record), and a store that keeps
something, unless -f is given: then all that is there is REMOVED first. When it is interrupted, nothing serves from the store until
the verb is run again: it goes on where it stopped. What residents wrote after the copy is gone: they are asked again. Access tokens
of then may have been spent: see hoithoai token.`),
		Example: "  hoithoai restore /var/sao-luu/kho-2026-11-24 --config /etc/hoithoai.toml",
	}, a.say("xóa dữ liệu đang có trong kho trước", "remove what the store keeps first"), func(ctx context.Context, p archiveParams, file string) error {
		return a.restore(ctx, p, file, false)
	})
}

func newImport(a *app) *cobra.Command {
	return a.archiveVerb(&cobra.Command{
		Use:   a.say("import TỆP", "import FILE"),
		Short: a.say("Nhập tệp của hoithoai export vào kho loại khác", "Bring what hoithoai export wrote into another engine"),
		Long: a.say(`Như hoithoai restore, nhưng chỉ nhận tệp của hoithoai export: tệp chép lúc đang phục vụ (backup) thiếu điều đến sau, nên không dùng để
chuyển kho. Hẹn giờ, hạn giữ, tin chờ và lời chưa gửi đi theo nguyên vẹn; số đếm trong tệp và trong kho mới được đối chiếu.`,
			`Like hoithoai restore, but only of a file that hoithoai export wrote: a copy of a store that was being served (backup) lacks what came
later, and no store is moved with it. Timers, lives, waiting events and unsent messages come along as they are; the counts of the file
and of the new store are compared.`),
		Example: "  hoithoai import chuyen-kho --config /etc/hoithoai.toml",
	}, a.say("xóa dữ liệu đang có trong kho trước", "remove what the store keeps first"), func(ctx context.Context, p archiveParams, file string) error {
		return a.restore(ctx, p, file, true)
	})
}

// load is one archive on its way into a store.
type load struct {
	*app
	d      config.Deployment
	sealer *seal.Sealer
	file   string
}

// restore brings an archive into the store; whole refuses one of a store that was being served.
func (a *app) restore(ctx context.Context, p archiveParams, file string, whole bool) error {
	d, err := a.configuration(p.config)
	if err != nil {
		return err
	}
	if err := a.unserved(ctx, d); err != nil {
		return err
	}
	l := &load{app: a, d: d, file: file}
	if err := l.verify(whole); err != nil {
		return err
	}
	if err := a.claim(d.Data, "phuc-vu"); err != nil {
		return err
	}
	s, err := a.openToLoad(ctx, d)
	if err != nil {
		return err
	}
	if err := a.silent(ctx, s); err != nil {
		return errors.Join(err, s.close())
	}
	opened := true
	err = a.noted(d, nil, l.sealer).Note(ctx, "load_archive", "", "", func() (bool, error) {
		opened = false
		return true, errors.Join(l.into(ctx, s, p.force), s.close())
	})
	if opened { // nothing was done, for want of a line
		err = errors.Join(err, s.close())
	}
	return err
}

// openKeys opens the keys. It makes none: new ones would read nothing.
func (l *load) openKeys() (err error) {
	if path := filepath.Join(l.d.Data, keyFile); !l.d.Keys.IsSet() {
		if _, err := os.Stat(path); err != nil {
			return fmt.Errorf(l.say("không có tệp khóa %s: chép tệp khóa của máy đã sao lưu vào đó trước (%w)",
				"there is no key file %s: put that of the deployment which was copied there first (%w)"), path, err)
		}
	}
	l.sealer, err = l.app.sealer(l.d)
	return err
}

// read opens the archive and gives it to do; now says what has expired.
func (l *load) read(now func() time.Time, do func(*archive.Reader) error) error {
	f, err := os.Open(l.file)
	if err != nil {
		return fmt.Errorf(l.say("mở tệp: %w", "open file: %w"), err)
	}
	defer f.Close()
	r, err := archive.NewReader(f, l.sealer, now)
	if err == nil {
		err = do(r)
	}
	return l.archiveError(err)
}

// verify reads the archive to its end, before anything is written; whole refuses one of a store that was being served.
func (l *load) verify(whole bool) error {
	if err := l.openKeys(); err != nil {
		return err
	}
	told := l.progress("đã đối chiếu %d dòng", "%d records are checked")
	return l.read(l.now, func(r *archive.Reader) error {
		if whole && r.Header().Served {
			return usageError{fmt.Errorf(l.say("%s được chép lúc đang phục vụ (hoithoai backup), thiếu điều đến sau: dùng hoithoai restore, hoặc hoithoai export",
				"%s was copied while people were served (hoithoai backup) and lacks what came later: use hoithoai restore, or hoithoai export"), l.file)}
		}
		v, err := archive.Verify(r, l.sealer, func(hash string, body []byte) error { return deployment.CheckBundle(l.sealer, hash, body) }, told)
		if err != nil {
			return err
		}
		l.tellArchive(l.file, r)
		if v.Unreadable > 0 {
			fmt.Fprintf(l.stdout, l.say("  %d giá trị niêm phong đã hỏng từ trong kho, được giữ nguyên\n", "  %d sealed values were damaged in the store already and stay as they are\n"), v.Unreadable)
		}
		return nil
	})
}

// into loads the archive into an open store and counts what is there.
func (l *load) into(ctx context.Context, s opened, force bool) error {
	err := l.load(ctx, s)
	if errors.Is(err, store.ErrNotEmpty) && force {
		if err = s.whole.Clear(ctx); err == nil {
			err = l.load(ctx, s)
		}
	}
	if errors.Is(err, store.ErrNotEmpty) {
		return usageError{errors.New(l.say("kho đã có dữ liệu (hoặc một lần đưa về khác còn dở); thêm -f để xóa hết rồi đưa về",
			"the store keeps something (or another load was interrupted); give -f to remove it first"))}
	}
	if err != nil {
		return err
	}
	return l.compare(ctx, s)
}

func (l *load) load(ctx context.Context, s opened) error {
	told := l.progress("đã ghi %d dòng vào kho", "%d records are in the store")
	return l.read(l.now, func(r *archive.Reader) error { return archive.Load(ctx, r, s.whole, told) })
}

// clockSlack is how far the clock that lets things expire may be from ours.
const clockSlack = time.Minute

// compare counts what the store keeps and holds it against what of the archive is still alive.
func (l *load) compare(ctx context.Context, s opened) error {
	before := l.now().Add(-clockSlack)
	kept, err := archive.Count(ctx, s.whole)
	if err != nil {
		return err
	}
	most, err := l.living(before)
	if err != nil {
		return err
	}
	least, err := l.living(l.now().Add(clockSlack))
	if err != nil {
		return err
	}
	fmt.Fprintln(l.stdout, l.say("Trong kho bây giờ:", "In the store now:"))
	l.tellCounts(kept)
	if !kept.Within(least, most) {
		return errors.New(l.say("số đếm trong kho khác với tệp: đừng phục vụ từ kho này", "the store counts something else than the file: do not serve from it"))
	}
	fmt.Fprintln(l.stdout, l.say("Khớp với tệp (trừ điều đã hết hạn).", "It is what the file has (but for what has expired)."))
	return nil
}

func (l *load) living(at time.Time) (c archive.Counts, err error) {
	err = l.read(func() time.Time { return at }, func(r *archive.Reader) (err error) {
		c, err = archive.Living(r)
		return err
	})
	return c, err
}
