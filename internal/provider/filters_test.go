// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"slices"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"

	"github.com/datastack-iam/terraform-provider-datastack/internal/casefold"
)

// thing is a row whose every fact may be absent.
type thing struct {
	name    *string
	flag    *bool
	numbers []int64
}

func TestFilters(t *testing.T) {
	t.Parallel()
	things := []thing{
		{name: new("Ada"), flag: new(true), numbers: []int64{1, 2}},
		{name: new("grace "), flag: new(false), numbers: []int64{2}},
		{},
	}
	name := func(v thing) *string { return v.name }
	for label, test := range map[string]struct {
		filter   filter[thing]
		argument string
		want     []int // indexes of things; nil for a filter that was left out
	}{
		"one of, left out":          {oneOf("f", "", exactly, name), `null`, nil},
		"one of, none":              {oneOf("f", "", exactly, name), `[]`, []int{}},
		"one of, exactly":           {oneOf("f", "", exactly, name), `["Ada", "Grace"]`, []int{0}},
		"one of, folded":            {oneOf("f", "", casefold.Fold, name), `[" ADA", "Grace"]`, []int{0, 1}},
		"one of, empty is not null": {oneOf("f", "", casefold.Fold, name), `[""]`, []int{}},
		"any of, left out":          {anyOf("f", "", func(v thing) []int64 { return v.numbers }), `null`, nil},
		"any of, none":              {anyOf("f", "", func(v thing) []int64 { return v.numbers }), `[]`, []int{}},
		"any of, two":               {anyOf("f", "", func(v thing) []int64 { return v.numbers }), `[2, 3]`, []int{0, 1}},
		"containing, left out":      {containing("f", "", func(v thing) string { return orEmpty(v.name) }), `null`, nil},
		"containing, nothing":       {containing("f", "", func(v thing) string { return orEmpty(v.name) }), `""`, []int{0, 1, 2}},
		"containing, in other case": {containing("f", "", func(v thing) string { return orEmpty(v.name) }), `"RA"`, []int{1}},
		"is, left out":              {is("f", "", func(v thing) *bool { return v.flag }), `null`, nil},
		"is, true":                  {is("f", "", func(v thing) *bool { return v.flag }), `true`, []int{0}},
		"is, false is not not told": {is("f", "", func(v thing) *bool { return v.flag }), `false`, []int{1}},
	} {
		s := schema.Schema{Attributes: map[string]schema.Attribute{"f": test.filter.attribute}}
		raw, err := tfprotov6.RawState{JSON: []byte(`{"f":` + test.argument + `}`)}.Unmarshal(s.Type().TerraformType(t.Context()))
		if err != nil {
			t.Fatal(err)
		}
		var diags diag.Diagnostics
		match := test.filter.compile(t.Context(), tfsdk.Config{Raw: raw, Schema: s}, &diags)
		if len(diags) > 0 {
			t.Errorf("%s: got %v", label, diags)
		}
		if match == nil || test.want == nil {
			if match != nil || test.want != nil {
				t.Errorf("%s: got a filter: %t, want one: %t", label, match != nil, test.want != nil)
			}
			continue
		}
		got := []int{}
		for i, row := range things {
			if match(row) {
				got = append(got, i)
			}
		}
		if !slices.Equal(got, test.want) {
			t.Errorf("%s: got the rows %v, want %v", label, got, test.want)
		}
	}
}
