// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package table

import (
	"cmp"
	"slices"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"

	"github.com/datastack-iam/terraform-provider-datastack/internal/casefold"
)

// thing is a row whose every value may be nil.
type thing struct {
	name    *string
	flag    *bool
	numbers []int64
	words   []string
}

func TestFilters(t *testing.T) {
	t.Parallel()
	things := []thing{
		{name: new("Ada"), flag: new(true), numbers: []int64{1, 2}, words: []string{"a", "b"}},
		{name: new("grace "), flag: new(false), numbers: []int64{2}, words: []string{"b", "cc"}},
		{},
	}
	name := func(v thing) *string { return v.name }
	for label, test := range map[string]struct {
		filter   Filter[thing]
		argument string
		want     []int // indexes of things
	}{
		"one of, left out":          {OneOf("f", "", Open(Exactly), name), `null`, []int{0, 1, 2}},
		"one of, none":              {OneOf("f", "", Open(Exactly), name), `[]`, []int{}},
		"one of, exactly":           {OneOf("f", "", Open(Exactly), name), `["Ada", "Grace"]`, []int{0}},
		"one of, folded":            {OneOf("f", "", Open(casefold.Fold), name), `[" ADA", "Grace"]`, []int{0, 1}},
		"one of, empty is not null": {OneOf("f", "", Open(casefold.Fold), name), `[""]`, []int{}},
		"any of, left out":          {AnyOf("f", "", func(v thing) []int64 { return v.numbers }), `null`, []int{0, 1, 2}},
		"any of, none":              {AnyOf("f", "", func(v thing) []int64 { return v.numbers }), `[]`, []int{}},
		"any of, two":               {AnyOf("f", "", func(v thing) []int64 { return v.numbers }), `[2, 3]`, []int{0, 1}},
		"containing, left out":      {Containing("f", "", func(v thing) string { return *cmp.Or(v.name, new("")) }), `null`, []int{0, 1, 2}},
		"containing, nothing":       {Containing("f", "", func(v thing) string { return *cmp.Or(v.name, new("")) }), `""`, []int{0, 1, 2}},
		"containing, in other case": {Containing("f", "", func(v thing) string { return *cmp.Or(v.name, new("")) }), `"RA"`, []int{1}},
		"among, left out":           {Among("f", "", Closed("a", "b", "cc"), func(v thing) []string { return v.words }), `null`, []int{0, 1, 2}},
		"among, in other case":      {Among("f", "", Closed("a", "b", "cc"), func(v thing) []string { return v.words }), `"B"`, []int{0, 1}},
		"among, not a part":         {Among("f", "", Closed("a", "b", "cc"), func(v thing) []string { return v.words }), `"c"`, []int{}},
		"is, left out":              {Is("f", "", func(v thing) *bool { return v.flag }), `null`, []int{0, 1, 2}},
		"is, true":                  {Is("f", "", func(v thing) *bool { return v.flag }), `true`, []int{0}},
		"is, false is not null":     {Is("f", "", func(v thing) *bool { return v.flag }), `false`, []int{1}},
	} {
		s := schema.Schema{Attributes: map[string]schema.Attribute{"f": test.filter.Attribute}}
		raw, err := tfprotov6.RawState{JSON: []byte(`{"f":` + test.argument + `}`)}.Unmarshal(s.Type().TerraformType(t.Context()))
		if err != nil {
			t.Fatal(err)
		}
		var diags diag.Diagnostics
		selection := Filters[thing]{test.filter}.Read(t.Context(), tfsdk.Config{Raw: raw, Schema: s}, &diags)
		if len(diags) > 0 {
			t.Errorf("%s: got %v", label, diags)
		}
		got := []int{}
		for i, row := range things {
			if len(selection.Of([]thing{row})) == 1 {
				got = append(got, i)
			}
		}
		if !slices.Equal(got, test.want) {
			t.Errorf("%s: got the rows %v, want %v", label, got, test.want)
		}
	}
}
