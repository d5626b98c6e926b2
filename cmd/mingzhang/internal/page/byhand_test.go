package page

import (
	"reflect"
	"slices"
	"testing"
)

// What is written by hand has the members that its struct has, and no others.
func TestStructsWrittenByHandAreWhole(t *testing.T) {
	for _, x := range []struct {
		kind reflect.Type
		want []string
	}{
		{reflect.TypeFor[CellProof](), []string{`"id":`, `"label":`, `"num":`, `"line":`}},
		{reflect.TypeFor[Phrase](), []string{`"text":`, `"num":`}},
		{reflect.TypeFor[Link](), []string{`"text":`, `"href":`, `"title":`, `"here":`}},
	} {
		var have []string
		for _, f := range planOf(x.kind) {
			have = append(have, f.lead)
		}
		if !slices.Equal(have, x.want) {
			t.Errorf("%s has %q, written are %q", x.kind, have, x.want)
		}
	}
}
