package audit

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"hoithoai/dsl/diag"
)

// Report is what a look through all files of a folder found.
type Report struct {
	Files    int
	Lines    uint64 // whole ones that fit, of all files
	First    uint64 // the number of the first line that is here; more than 1 where earlier files were taken away
	Last     Mark   // of the last line that fits
	Torn     int    // lines that a loss of power left unfinished; nothing was done, or its outcome not told, in such a line
	TornLast bool   // the last one is such a line
	Fault    *Fault // the first thing that is wrong; nothing behind it was looked at
	Shown    []Line // the last lines that fit, the latest last
}

// Fault is the first line that is not as it was written.
type Fault struct {
	File string // its name in the folder
	Row  int    // in that file, from 1; 0: the file itself
	Says diag.Sentence
}

// Error says it in English.
func (f *Fault) Error() string { return f.In(diag.English) }

// In says in a language where the fault is, and what is wrong.
func (f *Fault) In(lang diag.Lang) string {
	at := diag.Sentence{VI: f.File, EN: f.File}
	if f.Row > 0 {
		at = diag.Sentence{VI: fmt.Sprintf("%s dòng %d", f.File, f.Row), EN: fmt.Sprintf("%s line %d", f.File, f.Row)}
	}
	return at.In(lang) + ": " + f.Says.In(lang)
}

// Wanted is what a look through the files is held against.
type Wanted struct {
	Folder string
	Key    []byte // nil: seals are not looked at, only that every line fits the one before
	Has    string // a Mark as it was noted elsewhere, or the first digits of its hash; that line must be there
	Show   int    // how many of the last lines are wanted
}

// fewest is how many digits of a hash name a line.
const fewest = 8

// ErrMark says that Wanted.Has is no mark.
var ErrMark = errors.New("this is no mark of a line: want its number and hash as hoithoai audit prints them")

// Verify looks through all files of a folder, the oldest first. What is wrong with them is in the report; the error says why they
// could not be read.
func Verify(ctx context.Context, w Wanted) (Report, error) {
	_, digits, ok := strings.Cut(w.Has, ":")
	if !ok {
		digits = w.Has
	}
	if w.Has != "" && (len(digits) < fewest || strings.Trim(digits, "0123456789abcdef") != "") {
		return Report{}, ErrMark
	}
	if release, err := lock(ctx, filepath.Join(w.Folder, lockName)); err == nil {
		defer release() // a folder that takes no lock is a copy, to which nobody writes
	}
	names, err := rotated(w.Folder)
	if err != nil {
		return Report{}, err
	}
	if _, err := os.Stat(filepath.Join(w.Folder, FileName)); err == nil {
		names = append(names, FileName)
	} else if !errors.Is(err, os.ErrNotExist) {
		return Report{}, err
	}
	s := &scan{Wanted: w, digits: digits}
	for i, name := range names {
		if err := s.file(name, i == len(names)-1); err != nil || s.Fault != nil {
			return s.Report, err
		}
	}
	s.missing()
	return s.Report, nil
}

// scan is one look through the files.
type scan struct {
	Wanted
	Report
	digits string
	found  bool   // the line that is wanted
	name   string // of the file that is read
	row    int
	torn   []byte // a line that is none, and may be one that was left unfinished
}

func (s *scan) file(name string, last bool) error {
	f, err := os.Open(filepath.Join(s.Folder, name))
	if err != nil {
		return err
	}
	defer f.Close()
	s.name, s.row = name, 0
	s.Files++
	r := bufio.NewReaderSize(f, 2*longest)
	for s.Fault == nil {
		text, err := r.ReadSlice('\n')
		s.row++
		switch {
		case err == nil:
			s.line(text[:len(text)-1])
		case errors.Is(err, bufio.ErrBufferFull):
			s.fault(none)
		case errors.Is(err, io.EOF):
			s.close(text, last)
			return nil
		default:
			return err
		}
	}
	return nil
}

// close looks at what stands behind the last newline.
func (s *scan) close(rest []byte, last bool) {
	_, err := parse(rest, s.Key)
	switch {
	case err == nil && last: // its newline alone is missing
		s.line(rest)
	case s.torn != nil:
		s.row--
		s.fault(none)
	case len(rest) == 0:
	case last:
		s.Torn++
		s.TornLast = true
	default:
		s.fault(none) // no file is put aside in the middle of a line
	}
}

var none = diag.Sentence{
	VI: "không phải một dòng của sổ này: nó bị sửa hoặc chèn vào.",
	EN: "this is no line of the book: it was changed, or put in.",
}

// line holds one line against the one before it.
func (s *scan) line(text []byte) {
	l, err := parse(text, s.Key)
	switch {
	case errors.Is(err, errNoLine) && s.torn == nil:
		s.torn = bytes.Clone(text)
		return
	case err != nil:
		s.broken(l, err)
		return
	}
	if s.torn != nil && l.Torn != hashOf(s.torn) || s.torn == nil && l.Torn != "" {
		s.tornWrong()
		return
	}
	if s.torn != nil {
		s.torn = nil
		s.Torn++
	}
	if says, ok := s.follows(l); !ok {
		s.fault(says)
		return
	}
	s.take(l, text)
}

// broken is a line that is none, or whose seal does not fit.
func (s *scan) broken(l Line, err error) {
	if s.torn != nil {
		s.row--
		err = errNoLine
	}
	if errors.Is(err, errNoLine) {
		s.fault(none)
		return
	}
	says := diag.Sentence{
		VI: fmt.Sprintf("dòng số %d (ghi lúc %s) không còn như khi ghi: nó bị sửa, hoặc không do máy có khóa này ghi.", l.N, l.Time.Format(stamp)),
		EN: fmt.Sprintf("entry %d (of %s) is not as it was written: it was changed, or nobody with this key wrote it.", l.N, l.Time.Format(stamp)),
	}
	if s.Lines == 0 {
		says.VI += " Nếu mọi dòng đều vậy: khóa ở đây không phải khóa của sổ."
		says.EN += " If that is so of every line, the keys here are not those of the book."
	}
	s.fault(says)
}

const stamp = "2006-01-02 15:04:05Z"

// tornWrong is a line that is none and does not stand there because of a loss of power.
func (s *scan) tornWrong() {
	if s.torn != nil {
		s.row--
		s.fault(none)
		return
	}
	s.fault(diag.Sentence{
		VI: "dòng này ghi rằng phía trên có một dòng dở vì mất điện, nay không còn: có người đã xóa.",
		EN: "this line says that an unfinished one stands above it, which does not: somebody removed it.",
	})
}

// follows reports whether a line is the one after the last.
func (s *scan) follows(l Line) (says diag.Sentence, ok bool) {
	begin := l.Action == begins
	switch {
	case begin != (s.row == 1 || s.row == 2 && s.Torn > 0 && l.Torn != ""):
		return diag.Sentence{
			VI: "tệp phải bắt đầu bằng dòng mở đầu, và chỉ dòng đầu là dòng ấy: phần đầu tệp bị cắt hoặc các tệp bị ghép.",
			EN: "a file begins with an opening line, and has no other: its beginning was cut off, or files were put together.",
		}, false
	case s.Lines == 0:
		if s.First = l.N; l.N == 1 || l.File != "" {
			return says, true // files before it may lie elsewhere
		}
	case l.N > s.Last.N+1:
		return diag.Sentence{
			VI: fmt.Sprintf("trước dòng này thiếu %d dòng (số %d đến %d): đã bị xóa.", l.N-s.Last.N-1, s.Last.N+1, l.N-1),
			EN: fmt.Sprintf("%d entries before this one are missing (%d to %d): they were removed.", l.N-s.Last.N-1, s.Last.N+1, l.N-1),
		}, false
	case l.N == s.Last.N+1 && l.Before == s.Last.Hash:
		return says, true
	}
	return diag.Sentence{
		VI: fmt.Sprintf("dòng số %d không nối tiếp dòng số %d ngay trước: một trong hai bị thay, hoặc tệp được ghép với một bản cũ.", l.N, s.Last.N),
		EN: fmt.Sprintf("entry %d does not follow entry %d above it: one of them was exchanged, or the file was put together with an older copy.", l.N, s.Last.N),
	}, false
}

func (s *scan) take(l Line, text []byte) {
	s.Lines++
	s.Last = Mark{N: l.N, Hash: hashOf(text)}
	s.found = s.found || s.digits != "" && strings.HasPrefix(s.Last.Hash, s.digits)
	if l.Action == begins || s.Show == 0 {
		return
	}
	if len(s.Shown) == s.Show {
		s.Shown = s.Shown[:copy(s.Shown, s.Shown[1:])]
	}
	s.Shown = append(s.Shown, l)
}

func (s *scan) fault(says diag.Sentence) { s.Fault = &Fault{File: s.name, Row: s.row, Says: says} }

// missing notes that a line which was noted elsewhere is not here.
func (s *scan) missing() {
	if s.digits == "" || s.found {
		return
	}
	s.name, s.row = FileName, 0
	s.fault(diag.Sentence{
		VI: fmt.Sprintf("không có dòng %s đã ghi lại ở nơi khác: các dòng cuối bị cắt, hoặc cả sổ bị thay.", s.Has),
		EN: fmt.Sprintf("the line %s, which was noted elsewhere, is not here: the last lines were cut off, or the whole book was exchanged.", s.Has),
	})
}
