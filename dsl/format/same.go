package format

import (
	"reflect"
	"slices"
	"strings"

	"hoithoai/dsl/diag"
	"hoithoai/dsl/parse"
	"hoithoai/dsl/tree"
)

// same reports whether two readings mean the same: equal trees but for the places of their words, and the same comments.
func same(a, b *parse.Layout) bool {
	return equal(reflect.ValueOf(a.File), reflect.ValueOf(b.File)) && equal(reflect.ValueOf(a.Tests), reflect.ValueOf(b.Tests)) &&
		slices.Equal(said(a), said(b))
}

// said are the comments of a file, sorted: a comment moves with the line that it belongs to.
func said(l *parse.Layout) []string {
	var out []string
	for _, c := range commentsOf(l) {
		out = append(out, c.Text)
	}
	slices.SortFunc(out, strings.Compare)
	return out
}

// places are the types that say where something stands, not what it is.
var places = map[reflect.Type]bool{
	reflect.TypeFor[diag.Span](): true, reflect.TypeFor[tree.Columns](): true, reflect.TypeFor[tree.Comment](): true,
}

func equal(a, b reflect.Value) bool {
	if places[a.Type()] {
		return true
	}
	switch a.Kind() {
	case reflect.Pointer:
		if a.IsNil() || b.IsNil() {
			return a.IsNil() == b.IsNil()
		}
		return equal(a.Elem(), b.Elem())
	case reflect.Struct:
		return equalFields(a, b)
	case reflect.Slice:
		return equalItems(a, b)
	}
	return a.Equal(b)
}

func equalFields(a, b reflect.Value) bool {
	for i := range a.NumField() {
		if !equal(a.Field(i), b.Field(i)) {
			return false
		}
	}
	return true
}

func equalItems(a, b reflect.Value) bool {
	if places[a.Type().Elem()] {
		return true
	}
	if a.Len() != b.Len() {
		return false
	}
	for i := range a.Len() {
		if !equal(a.Index(i), b.Index(i)) {
			return false
		}
	}
	return true
}
