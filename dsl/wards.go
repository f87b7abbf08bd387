package dsl

import (
	"hoithoai/dsl/bind"
	"hoithoai/dsl/diag"
	"hoithoai/dsl/value"
	"hoithoai/dsl/ward"
)

// catalogue is the wards a bundle is bound against: the texts they come from by path, and what was found wrong in reading them.
type catalogue struct {
	texts map[string][]byte
	found diag.List
}

// units reads the texts.
func (c *catalogue) units() []value.Option {
	var units []value.Option
	for _, name := range []string{ward.Path, ward.MorePath} {
		if text, ok := c.texts[name]; ok {
			var found diag.List
			units, found = ward.Parse(name, text, units)
			c.found = append(c.found, found...)
		}
	}
	return units
}

// wards takes the bundle's own catalogue, or the built-in one where it has none, and what it adds.
func (l *loader) wards() (*catalogue, error) {
	c := &catalogue{texts: map[string][]byte{}}
	for _, name := range []string{ward.Path, ward.MorePath} {
		text, err := l.wardText(name)
		switch {
		case err != nil:
			return nil, err
		case text != nil:
			c.texts[name] = text
		}
	}
	return c, nil
}

// wardText is a file of the catalogue; nil where there is none or it is refused.
func (l *loader) wardText(name string) ([]byte, error) {
	if _, ok := l.src.sizes[name]; ok {
		return l.text(name)
	}
	if name == ward.Path {
		return ward.Source(), nil
	}
	return nil, nil
}

// addWards makes the catalogue part of a bundle that asks for a phường: it counts for the hash and is packed, so that a newer
// catalogue, in the binary or beside the flows, is another program and changes none that a session is pinned to.
func (l *loader) addWards(b *bind.Bundle, c *catalogue) {
	for _, t := range b.Types {
		if t.Kind != value.Ward {
			continue
		}
		l.add(c.found)
		for name, text := range c.texts {
			l.result.Sources[name] = text
		}
		return
	}
}
