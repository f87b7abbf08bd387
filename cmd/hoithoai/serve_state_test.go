package main

import (
	"reflect"
	"strings"
	"testing"

	"hoithoai/runtime/config"
)

// TestEveryKeyIsHotOrLasting: a key that nobody thought of holds until the program ends, and is named when it changes.
func TestEveryKeyIsHotOrLasting(t *testing.T) {
	t.Parallel()
	seen := map[string]bool{}
	for _, table := range []struct {
		prefix string
		of     reflect.Type
	}{{"", reflect.TypeFor[config.Deployment]()}, {"app.", reflect.TypeFor[config.App]()}} {
		for f := range table.of.Fields() {
			key := table.prefix + f.Tag.Get("toml")
			if key == "app" {
				continue
			}
			seen[key] = true
			var was, next config.Deployment
			target := reflect.ValueOf(&next).Elem()
			if table.prefix != "" {
				target = reflect.ValueOf(&next.App).Elem()
			}
			stir(t, target.FieldByIndex(f.Index))
			got := strings.Join(lasting(was, next), " ")
			if want := map[bool]string{true: "", false: key}[hot[key]]; got != want {
				t.Errorf("a change of %s names %q, want %q", key, got, want)
			}
		}
	}
	for key := range hot {
		if !seen[key] {
			t.Errorf("%s is no key of the configuration", key)
		}
	}
}

// stir gives a value of any kind another value than its zero one.
func stir(t *testing.T, v reflect.Value) {
	t.Helper()
	switch v.Kind() {
	case reflect.String:
		v.SetString("x")
	case reflect.Int, reflect.Int64:
		v.SetInt(7)
	case reflect.Bool:
		v.SetBool(true)
	case reflect.Float64:
		v.SetFloat(.5)
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 1, 1))
	case reflect.Map:
		v.Set(reflect.MakeMap(v.Type()))
	case reflect.Struct:
		stir(t, v.Field(0))
	default:
		t.Fatalf("a key of kind %v", v.Kind())
	}
}
