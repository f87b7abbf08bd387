package bench

import (
	"bytes"
	"compress/gzip"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
)

// errProfile says that a profile is of another form than this package reads.
var errProfile = errors.New("CPU profile is damaged")

// profile is what a CPU profile of the Go runtime says (github.com/google/pprof, proto/profile.proto), as far as it is needed.
type profile struct {
	samples []sample
	lines   map[uint64][]uint64 // functions by location, innermost first
	names   map[uint64]uint64   // position of the name by function
	texts   []string
}

// sample is one stack that was seen, innermost location first, and how long it was seen for, in nanoseconds.
type sample struct {
	locations []uint64
	nanos     uint64
}

// readProfile reads what pprof.StartCPUProfile has written.
func readProfile(packed []byte) (*profile, error) {
	z, err := gzip.NewReader(bytes.NewReader(packed))
	if err != nil {
		return nil, fmt.Errorf("%w: %w", errProfile, err)
	}
	raw, err := io.ReadAll(z)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", errProfile, err)
	}
	p := &profile{lines: map[uint64][]uint64{}, names: map[uint64]uint64{}}
	return p, fields(raw, p.field)
}

// stack returns the names of the functions of a sample, innermost first.
func (p *profile) stack(s sample) []string {
	var out []string
	for _, l := range s.locations {
		for _, f := range p.lines[l] {
			if n := p.names[f]; n < uint64(len(p.texts)) {
				out = append(out, p.texts[n])
			}
		}
	}
	return out
}

func (p *profile) field(number int, value uint64, body []byte) error {
	switch number {
	case 2:
		s, err := readSample(body)
		p.samples = append(p.samples, s)
		return err
	case 4:
		return p.location(body)
	case 5:
		var id, name uint64
		err := fields(body, func(n int, v uint64, _ []byte) error {
			switch n {
			case 1:
				id = v
			case 2:
				name = v
			}
			return nil
		})
		p.names[id] = name
		return err
	case 6:
		p.texts = append(p.texts, string(body))
	}
	return nil
}

func (p *profile) location(body []byte) error {
	var id uint64
	var functions []uint64
	err := fields(body, func(n int, v uint64, line []byte) error {
		switch n {
		case 1:
			id = v
		case 4:
			return fields(line, func(n int, v uint64, _ []byte) error {
				if n == 1 {
					functions = append(functions, v)
				}
				return nil
			})
		}
		return nil
	})
	p.lines[id] = functions
	return err
}

// readSample reads a stack and the second of its values, which is time.
func readSample(body []byte) (s sample, err error) {
	var values []uint64
	err = fields(body, func(n int, v uint64, packed []byte) (err error) {
		switch n {
		case 1:
			s.locations, err = numbers(s.locations, v, packed)
		case 2:
			values, err = numbers(values, v, packed)
		}
		return err
	})
	if err == nil && len(values) != 2 {
		err = fmt.Errorf("%w: sample of %d values", errProfile, len(values))
	}
	if err == nil {
		s.nanos = values[1]
	}
	return s, err
}

// numbers adds one number, or those that are packed into bytes.
func numbers(list []uint64, one uint64, packed []byte) ([]uint64, error) {
	if packed == nil {
		return append(list, one), nil
	}
	for len(packed) > 0 {
		v, n := binary.Uvarint(packed)
		if n <= 0 {
			return nil, errProfile
		}
		list, packed = append(list, v), packed[n:]
	}
	return list, nil
}

// fields gives every field of a message of protocol buffers: its number with its value, or with its bytes (never nil then).
func fields(b []byte, each func(number int, value uint64, body []byte) error) error {
	for len(b) > 0 {
		tag, n := binary.Uvarint(b)
		value, m := binary.Uvarint(b[max(n, 0):])
		if n <= 0 || m <= 0 {
			return errProfile
		}
		b = b[n+m:]
		var body []byte
		switch tag & 7 {
		case 0:
		case 2:
			if value > uint64(len(b)) {
				return errProfile
			}
			body, b = b[:value:value], b[value:]
			value = 0
		default:
			return fmt.Errorf("%w: field of type %d", errProfile, tag&7)
		}
		if err := each(int(tag>>3), value, body); err != nil {
			return err
		}
	}
	return nil
}
