package main

import (
	"errors"
	"fmt"
	"time"

	"hoithoai/runtime/archive"
)

// archiveError says in the chosen language what is wrong with an archive.
func (a *app) archiveError(err error) error {
	if err == nil {
		return nil
	}
	what := ""
	switch {
	case errors.Is(err, archive.ErrForeign):
		what = a.say("tệp này không phải bản sao của hoithoai, hoặc của bản mới hơn", "this is no archive of hoithoai, or of a newer version")
	case errors.Is(err, archive.ErrOtherKeys):
		what = a.say("khóa ở đây không phải khóa của bản sao: không đọc được gì trong đó", "the keys here are not those of the archive: nothing in it can be read")
	case errors.Is(err, archive.ErrCut):
		what = a.say("tệp bị cắt cụt", "the file is cut")
	case errors.Is(err, archive.ErrGivenUp):
		what = a.say("máy đang phục vụ không chép hết được", "the serving process could not write all of it")
	case errors.Is(err, archive.ErrDamaged):
		what = a.say("tệp bị hỏng", "the file is damaged")
	default:
		return err
	}
	if at, ok := errors.AsType[*archive.RecordError](err); ok {
		return fmt.Errorf(a.say("%s, ở dòng %d (%w)", "%s, at record %d (%w)"), what, at.Record, at.Err)
	}
	return fmt.Errorf("%s (%w)", what, err)
}

// tellEvery is how often progress is told.
const tellEvery = 2 * time.Second

// progress returns what tells on stderr, now and then, how far something has come. Short work is silent.
func (a *app) progress(vi, en string) func(uint64) {
	last := a.now()
	return func(n uint64) {
		if now := a.now(); now.Sub(last) >= tellEvery {
			last = now
			fmt.Fprintf(a.stderr, a.say(vi, en)+"\n", n)
		}
	}
}
