// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package table

import (
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// boxColor is a word of a closed set.
type boxColor string

// box is a row with rows in it.
type box struct {
	label  *string
	size   *int64
	open   *bool
	marks  []string
	prices []int64
	inside []box
	lid    *box
	color  *boxColor
	slots  map[string]box
}

var (
	labelField = String("label", "Text on it.", func(b box) *string { return b.label })
	boxFields  = Fields[box]{
		labelField,
		Int64("size", "How large it is.", func(b box) *int64 { return b.size }),
		Bool("open", "Whether it is open.", func(b box) *bool { return b.open }),
		Strings("marks", "Drawings on it.", func(b box) []string { return b.marks }),
		Int64s("prices", "Prices over time.", func(b box) []int64 { return b.prices }),
		Objects("inside", "Boxes in it.", Fields[box]{
			labelField,
			Object("lid", "Its lid.", Fields[box]{labelField}, func(b box) *box { return b.lid }),
		}, func(b box) []box { return b.inside }),
		Object("lid", "Its lid.", Fields[box]{labelField}, func(b box) *box { return b.lid }),
		String("color", "Its color.", func(b box) *boxColor { return b.color }),
		ObjectMap("slots", "Its slots by name.", Fields[box]{labelField}, func(b box) map[string]box { return b.slots }),
	}
)

// fromJSON makes a value of a type. What is left out is null.
func fromJSON(t *testing.T, typ tftypes.Type, written string) tftypes.Value {
	t.Helper()
	value, err := tfprotov6.RawState{JSON: []byte(written)}.Unmarshal(typ)
	if err != nil {
		t.Fatal(err)
	}
	return value
}

// TestFieldsDistinguishNullFromEmpty builds each row on its own, and as a list of one.
func TestFieldsDistinguishNullFromEmpty(t *testing.T) {
	t.Parallel()
	typ := boxFields.object().TerraformType(t.Context())
	for label, test := range map[string]struct {
		row  box
		want string
	}{
		"null": {box{}, `{"label":null,"size":null,"open":null,"marks":null,"prices":null,"inside":null,"lid":null,"color":null,"slots":{}}`},
		"zero": {
			box{label: new(""), size: new(int64(0)), open: new(false), marks: []string{}, prices: []int64{}, inside: []box{}, lid: &box{}, color: new(boxColor("")), slots: map[string]box{}},
			`{"label":"","size":0,"open":false,"marks":[],"prices":[],"inside":[],"lid":{"label":null},"color":"","slots":{}}`,
		},
		"everything": {
			box{
				label: new("R&D \"ä\" \\"), size: new(int64(1) << 60), open: new(true), marks: []string{"b", "a"}, prices: []int64{2, -1},
				inside: []box{{label: new("in"), lid: &box{label: new("top")}}, {}}, lid: &box{label: new("lid")}, color: new(boxColor("red")), slots: map[string]box{"left": {label: new("l")}},
			},
			`{"label":"R&D \"ä\" \\","size":1152921504606846976,"open":true,"marks":["b","a"],"prices":[2,-1],
				"inside":[{"label":"in","lid":{"label":"top"}},{"label":null,"lid":null}],"lid":{"label":"lid"},"color":"red","slots":{"left":{"label":"l"}}}`,
		},
	} {
		want := fromJSON(t, typ, test.want)
		if got, _ := stateOf(t, fromJSON(t, typ, `{}`), boxFields.attributesOf(test.row)); !got.Equal(want) {
			t.Errorf("%s: got the state %s\nwant %s", label, got, want)
		}
		wantList := tftypes.NewValue(tftypes.List{ElementType: typ}, []tftypes.Value{want})
		if got, err := boxFields.ListValue([]box{test.row}).tree(); err != nil || !got.Equal(wantList) {
			t.Errorf("%s: got the list %s, %v\nwant %s", label, got, err, wantList)
		}
	}
	if got, err := boxFields.ListValue(nil).tree(); err != nil || !got.IsNull() {
		t.Errorf("got the list %s of nil, %v, want null", got, err)
	}
}

func TestFieldsDescribe(t *testing.T) {
	t.Parallel()
	const want = `Boxes. Each has:
  - ` + "`label`" + ` Text on it.
  - ` + "`size`" + ` How large it is.
  - ` + "`open`" + ` Whether it is open.
  - ` + "`marks`" + ` Drawings on it.
  - ` + "`prices`" + ` Prices over time.
  - ` + "`inside`" + ` Boxes in it. Each has:
    - ` + "`label`" + ` Text on it.
    - ` + "`lid`" + ` Its lid. It has:
      - ` + "`label`" + ` Text on it.
  - ` + "`lid`" + ` Its lid. It has:
    - ` + "`label`" + ` Text on it.
  - ` + "`color`" + ` Its color.
  - ` + "`slots`" + ` Its slots by name. Each has:
    - ` + "`label`" + ` Text on it.`
	if got := boxFields.ListAttribute("Boxes.").MarkdownDescription; got != want {
		t.Errorf("got the description\n%s\nwant\n%s", got, want)
	}
	row := boxFields.object().AttrTypes
	for name, attribute := range boxFields.attributes() {
		if !attribute.IsComputed() || attribute.IsOptional() || !strings.Contains(want, "`"+name+"` "+strings.Split(attribute.GetMarkdownDescription(), "\n")[0]) {
			t.Errorf("%s: got %+v, want a computed attribute with its description", name, attribute)
		}
		if got := attribute.GetType(); !got.Equal(row[name]) {
			t.Errorf("%s: got the type %s, want %s as in a list", name, got, row[name])
		}
	}
}

func TestFieldsPick(t *testing.T) {
	t.Parallel()
	picked := boxFields.Pick("open", "label")
	if len(picked) != 2 || picked[0].name != "open" || picked[1].name != "label" {
		t.Errorf("got the fields %v, want open and label", picked)
	}
}
