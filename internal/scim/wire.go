// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package scim

import (
	"encoding/json"
	"fmt"
	"net/url"
	"path"

	"github.com/datastack-iam/terraform-provider-datastack/internal/rest"
)

// text is a string attribute. Value is nil when it was absent, null or "",
// which is one state in SCIM. Some servers send a number, such as an id.
type text struct{ Value *string }

// UnmarshalJSON reads "a", 7 and null; anything else counts as not told.
func (t *text) UnmarshalJSON(data []byte) error {
	t.Value = nil
	var value string
	if json.Unmarshal(data, &value) != nil {
		var number json.Number
		if json.Unmarshal(data, &number) != nil {
			return nil
		}
		value = number.String()
	}
	if value != "" {
		t.Value = &value
	}
	return nil
}

// String returns the value, "" when there is none.
func (t text) String() string {
	if t.Value == nil {
		return ""
	}
	return *t.Value
}

// entry is one value of a multi-valued attribute (emails, groups, members)
// with the sub-attributes that RFC 7643 §2.4 gives to all of them. Some
// servers send the bare value instead.
type entry struct {
	Value   text      `json:"value"`
	Display text      `json:"display"`
	Type    text      `json:"type"`
	Primary rest.Bool `json:"primary"`
	Ref     text      `json:"$ref"`
}

// UnmarshalJSON reads {"value": "a", ...} and "a".
func (e *entry) UnmarshalJSON(data []byte) error {
	*e = entry{}
	if data[0] != '{' {
		return e.Value.UnmarshalJSON(data)
	}
	type object entry
	return json.Unmarshal(data, (*object)(e))
}

// references are entries that point to users or groups. It is nil when they
// were absent or null, and empty when the server said that there are none.
type references []entry

// UnmarshalJSON sees to it that every entry has the id it points to as its
// value. One without any is an error: leaving it out would shorten the list.
func (r *references) UnmarshalJSON(data []byte) error {
	if err := json.Unmarshal(data, (*[]entry)(r)); err != nil {
		return err
	}
	for i := range *r {
		e := &(*r)[i]
		if e.Value.Value == nil {
			_, id := splitRef(e.Ref.String())
			if id == "" {
				return fmt.Errorf("entry %d of a list of members or groups has neither value nor $ref", i+1)
			}
			e.Value.Value = &id
		}
	}
	return nil
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
