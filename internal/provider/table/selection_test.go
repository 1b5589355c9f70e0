// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package table

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"strings"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"

	"github.com/datastack-iam/terraform-provider-datastack/internal/casefold"
)

var thingFilters = Filters[thing]{
	OneOf("names", "", Open(casefold.Fold), func(v thing) *string { return v.name }),
	OneOf("codes", "", Open(Exactly), func(v thing) *string { return v.name }),
	OneOf("kinds", "", Closed("new", "old"), func(v thing) *string { return v.name }),
	AnyOf("numbers", "", func(v thing) []int64 { return v.numbers }),
	Containing("part", "", func(v thing) string {
		if v.name == nil {
			return ""
		}
		return *v.name
	}),
	Among("word", "", Closed("a", "b"), func(v thing) []string { return v.words }),
	Is("flag", "", func(v thing) *bool { return v.flag }),
}

// selectThings reads the arguments of thingFilters.
func selectThings(t *testing.T, arguments string) Selection[thing] {
	t.Helper()
	s := schema.Schema{Attributes: map[string]schema.Attribute{}}
	for _, f := range thingFilters {
		s.Attributes[f.Name] = f.Attribute
	}
	var diags diag.Diagnostics
	selection := thingFilters.Read(t.Context(), tfsdk.Config{Raw: fromJSON(t, s.Type().TerraformType(t.Context()), arguments), Schema: s}, &diags)
	if len(diags) > 0 {
		t.Fatal(diags)
	}
	return selection
}

func TestWarnOfAbsent(t *testing.T) {
	t.Parallel()
	things := []thing{
		{name: new("Ada"), flag: new(true), numbers: []int64{1, 2}, words: []string{"a"}},
		{name: new("Grace"), flag: new(false), numbers: []int64{2}},
		{},
	}
	elsewhere := Elsewhere[string]{
		"names":   {Nouns: "drawers", Names: func(context.Context, string) ([]string, error) { return []string{"Linus"}, nil }},
		"numbers": {Nouns: "drawers", Names: func(context.Context, string) ([]string, error) { return nil, errors.New("locked") }},
	}
	const head = "These values match nothing. Check their spelling:\n"
	for name, test := range map[string]struct {
		arguments string
		want      map[string]string // the warnings by attribute
	}{
		"left out":               {arguments: `{}`},
		"empty list":             {arguments: `{"names":[],"numbers":[]}`},
		"all there":              {arguments: `{"names":[" ADA","grace"],"codes":["Ada"],"numbers":[2,1]}`},
		"one is not":             {arguments: `{"names":["grace","adda"]}`, want: map[string]string{"names": head + "- \"adda\". Did you mean \"Ada\"?\n\nSearched 3 things and 1 drawer in the cellar."}},
		"twice the same":         {arguments: `{"names":["x","X "]}`, want: map[string]string{"names": head + "- \"x\"\n\nSearched 3 things and 1 drawer in the cellar."}},
		"other case":             {arguments: `{"codes":["ada"]}`, want: map[string]string{"codes": head + "- \"ada\". Did you mean \"Ada\"?\n\nSearched 3 things in the cellar."}},
		"elsewhere":              {arguments: `{"names":["linus"]}`},
		"near one elsewhere":     {arguments: `{"names":["linux"]}`, want: map[string]string{"names": head + "- \"linux\". Did you mean \"Linus\"?\n\nSearched 3 things and 1 drawer in the cellar."}},
		"elsewhere unreadable":   {arguments: `{"numbers":[2,3]}`, want: map[string]string{"numbers": head + "- \"3\"\n\nSearched 3 things in the cellar."}},
		"left out by another":    {arguments: `{"names":["ada"],"flag":false}`},
		"several filters":        {arguments: `{"codes":["x"],"numbers":[7],"flag":true}`, want: map[string]string{"codes": head + "- \"x\"\n\nSearched 3 things in the cellar.", "numbers": head + "- \"7\"\n\nSearched 3 things in the cellar."}},
		"closed":                 {arguments: `{"kinds":["new"],"word":"b","flag":true}`},
		"part of a name":         {arguments: `{"part":"RAC"}`},
		"part of no name":        {arguments: `{"part":"grase"}`, want: map[string]string{"part": head + "- \"grase\". Did you mean \"Grace\"?\n\nSearched 3 things in the cellar."}},
		"empty part":             {arguments: `{"part":""}`},
		"more than are named":    {arguments: `{"codes":["a","b","c","d","e","f","g","h","i","j","k","l"]}`, want: map[string]string{"codes": head + "- \"a\"\n- \"b\"\n- \"c\"\n- \"d\"\n- \"e\"\n- \"f\"\n- \"g\"\n- \"h\"\n- \"i\"\n- \"j\"\n- and 2 more\n\nSearched 3 things in the cellar."}},
		"what a terminal obeys":  {arguments: `{"codes":["\u001b[2J\u202e"]}`, want: map[string]string{"codes": head + `- "\x1b[2J\u202e"` + "\n\nSearched 3 things in the cellar."}},
		"an empty name is a row": {arguments: `{"codes":[""]}`, want: map[string]string{"codes": head + "- \"\"\n\nSearched 3 things in the cellar."}},
	} {
		var diags diag.Diagnostics
		selectThings(t, test.arguments).WarnOfAbsent(things, Search{Nouns: "things", Where: "the cellar", Elsewhere: elsewhere.In(t.Context(), "")}, &diags)
		got := map[string]string{}
		for _, d := range diags {
			at, ok := d.(diag.DiagnosticWithPath)
			if !ok || d.Severity() != diag.SeverityWarning || d.Summary() != "Filter Value Not Found" {
				t.Errorf("%s: got %v, want warnings at attributes", name, d)
				continue
			}
			got[at.Path().String()] = d.Detail()
		}
		if !maps.Equal(got, test.want) {
			t.Errorf("%s: got %q\nwant %q", name, got, test.want)
		}
	}
	var diags diag.Diagnostics
	selectThings(t, `{"codes":["Adda"]}`).WarnOfAbsent(nil, Search{Nouns: "things", Where: "the cellar"}, &diags)
	if want := diag.NewAttributeWarningDiagnostic(path.Root("codes"), "Filter Value Not Found", head+"- \"Adda\"\n\nSearched 0 things in the cellar."); len(diags) != 1 || !diags[0].Equal(want) {
		t.Errorf("no rows: got %v, want %v", diags, want)
	}
}

// TestWarnOfAbsentAmongMany has as many values and rows as a large account: what
// compared each with each would take minutes.
func TestWarnOfAbsentAmongMany(t *testing.T) {
	t.Parallel()
	things := make([]thing, 50_000)
	for i := range things {
		things[i].name = new(fmt.Sprintf("person.%05d@northwind.example", i))
	}
	wanted := make([]string, 10_000)
	for i := range wanted {
		wanted[i] = fmt.Sprintf("%q", fmt.Sprintf("preson.%05d@northwind.example", i))
	}
	selection := selectThings(t, `{"names":[`+strings.Join(wanted, ",")+`]}`)
	var diags diag.Diagnostics
	start := time.Now()
	selection.WarnOfAbsent(things, Search{Nouns: "people", Where: "the cellar"}, &diags)
	if took := time.Since(start); took > 10*time.Second {
		t.Errorf("took %s", took)
	} else {
		t.Log(took)
	}
	if len(diags) != 1 || !strings.Contains(diags[0].Detail(), "and 9990 more") {
		t.Errorf("got %v, want one warning", diags)
	}
}
