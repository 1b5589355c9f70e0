// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// box is a row that holds itself again.
type box struct {
	label  *string
	size   *int64
	open   *bool
	marks  []string
	inside []box
}

var boxFields = fields[box]{
	text("label", "What is written on it.", func(b box) *string { return b.label }),
	number("size", "How large it is.", func(b box) *int64 { return b.size }),
	flag("open", "Whether it is open.", func(b box) *bool { return b.open }),
	texts("marks", "What is drawn on it.", func(b box) []string { return b.marks }),
	objects("inside", "What is in it.", fields[box]{
		text("label", "What is written on it.", func(b box) *string { return b.label }),
	}, func(b box) []box { return b.inside }),
}

// TestFieldsTellNullFromEmpty sets each field of a row in a state.
func TestFieldsTellNullFromEmpty(t *testing.T) {
	t.Parallel()
	s := schema.Schema{Attributes: boxFields.attributes()}
	for label, test := range map[string]struct {
		row  box
		want string
	}{
		"nothing told": {box{}, `{"label":null,"size":null,"open":null,"marks":null,"inside":null}`},
		"zeros told": {
			box{new(""), new(int64(0)), new(false), []string{}, []box{}},
			`{"label":"","size":0,"open":false,"marks":[],"inside":[]}`,
		},
		"all told": {
			box{new("R&D \"ä\" \\"), new(int64(1) << 60), new(true), []string{"b", "a"}, []box{{label: new("in")}, {}}},
			`{"label":"R&D \"ä\" \\","size":1152921504606846976,"open":true,"marks":["b","a"],"inside":[{"label":"in"},{"label":null}]}`,
		},
	} {
		typ := s.Type().TerraformType(t.Context())
		state := tfsdk.State{Schema: s, Raw: tftypes.NewValue(typ, nil)}
		for _, f := range boxFields {
			if diags := state.SetAttribute(t.Context(), path.Root(f.name), f.value(test.row)); diags.HasError() {
				t.Fatalf("%s: %s: %v", label, f.name, diags)
			}
		}
		got, err := json.Marshal(plain(state.Raw))
		if err != nil || !sameJSON(string(got), test.want) {
			t.Errorf("%s:\n got %s, %v\nwant %s", label, got, err, test.want)
		}
	}
}

func TestFieldsDescribe(t *testing.T) {
	t.Parallel()
	want := "\n  - `label` What is written on it.\n  - `size` How large it is.\n  - `open` Whether it is open.\n  - `marks` What is drawn on it.\n  - `inside` What is in it. Each has `label`."
	if got := boxFields.table(); got != want {
		t.Errorf("got the table %s\nwant %s", got, want)
	}
	for name, attribute := range boxFields.attributes() {
		if !attribute.IsComputed() || attribute.IsOptional() || !strings.HasPrefix(attribute.GetMarkdownDescription(), boxFields.named(name).doc) {
			t.Errorf("%s: got %+v, want a computed attribute with its description", name, attribute)
		}
		if got, want := attribute.GetType(), boxFields.named(name).typ; !got.Equal(want) {
			t.Errorf("%s: got the type %s, want %s", name, got, want)
		}
	}
}
