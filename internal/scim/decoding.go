// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package scim

import (
	"net/url"
	"path"

	jsonv2 "github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"github.com/datastack-iam/terraform-provider-datastack/internal/printable"
	"github.com/datastack-iam/terraform-provider-datastack/internal/rest"
)

// sent is a member of a JSON object, of which it matters whether the server sent
// it, even as null.
type sent[T any] struct {
	ok    bool
	value T
}

func (s *sent[T]) UnmarshalJSONFrom(decoder *jsontext.Decoder) error {
	s.ok = true
	return jsonv2.UnmarshalDecode(decoder, &s.value)
}

// passedOver is a JSON value that is not decoded.
type passedOver struct{}

func (*passedOver) UnmarshalJSONFrom(decoder *jsontext.Decoder) error { return decoder.SkipValue() }

// multiValue is one value of a multi-valued attribute (emails, groups, members)
// with the sub-attributes that RFC 7643 section 2.4 gives to all of them. GitHub
// sends the groups of an organization's users as bare values.
type multiValue struct {
	Value   rest.Text `json:"value"`
	Display rest.Text `json:"display"`
	Type    rest.Text `json:"type"`
	Primary rest.Bool `json:"primary"`
	Ref     rest.Text `json:"$ref"`
}

// UnmarshalJSONFrom reads {"value": "a", ...} and "a".
func (v *multiValue) UnmarshalJSONFrom(decoder *jsontext.Decoder) error {
	*v = multiValue{}
	if decoder.PeekKind() != '{' {
		return v.Value.UnmarshalJSONFrom(decoder)
	}
	type object multiValue
	return jsonv2.UnmarshalDecode(decoder, (*object)(v))
}

// references are values that point to users or groups. It is nil when they were
// absent, null or a gap, and empty when the server said that there are none.
type references []multiValue

// UnmarshalJSONFrom sees to it that every reference has the id it points to as
// its value. One without any is a gap: it is kept if it has a name at least.
func (r *references) UnmarshalJSONFrom(decoder *jsontext.Decoder) error {
	err := (*rest.List[multiValue])(r).UnmarshalJSONFrom(decoder)
	if err != nil || *r == nil {
		return err
	}
	kept := (*r)[:0]
	for _, reference := range *r {
		if reference.Value.Value == nil {
			if _, id := splitRef(reference.Ref.String()); id != "" {
				reference.Value.Value = &id
			} else {
				rest.ReportGap(decoder, "an entry"+displayNote(reference.Display)+" has neither value nor $ref")
			}
		}
		if reference.Value.Value != nil || reference.Display.Value != nil {
			kept = append(kept, reference)
		}
	}
	*r = kept
	return nil
}

// displayNote quotes a name for an error text.
func displayNote(display rest.Text) string {
	if display.Value == nil {
		return ""
	}
	return " (display " + printable.Quote(display.String()) + ")"
}

// splitRef takes the name of the collection and the id from the end of a
// reference, absolute or relative: ".../Groups/7" or "Users/7".
func splitRef(ref string) (collection, id string) {
	address, err := url.Parse(ref)
	if err != nil || address.Path == "" {
		return "", ""
	}
	whole := path.Clean(address.EscapedPath())
	id, err = url.PathUnescape(path.Base(whole))
	if err != nil || path.Base(path.Dir(whole)) == "." {
		return "", ""
	}
	return path.Base(path.Dir(whole)), id
}
