// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package rest

import (
	"encoding/json"
	"strconv"
	"strings"
)

// Bool is a JSON bool that services also send as a string or a number. Value
// is nil when it was absent, null or unreadable.
type Bool struct{ Value *bool }

// UnmarshalJSON reads true, "True", 1 and their opposites.
func (b *Bool) UnmarshalJSON(data []byte) error {
	b.Value = nil
	if value, err := strconv.ParseBool(strings.ToLower(unquote(data))); err == nil {
		b.Value = &value
	}
	return nil
}

// Int is a JSON number that services also send as a string. Value is nil when
// it was absent, null or not a whole number.
type Int struct{ Value *int64 }

// UnmarshalJSON reads 12 and "12".
func (i *Int) UnmarshalJSON(data []byte) error {
	i.Value = nil
	if value, err := strconv.ParseInt(unquote(data), 10, 64); err == nil {
		i.Value = &value
	}
	return nil
}

// Strings is a JSON array of strings that services also send as one string or
// as null.
type Strings []string

// UnmarshalJSON reads ["a","b"], "a" and null.
func (s *Strings) UnmarshalJSON(data []byte) error {
	var one string
	if json.Unmarshal(data, &one) == nil {
		*s = nil
		if one != "" {
			*s = Strings{one}
		}
		return nil
	}
	return json.Unmarshal(data, (*[]string)(s))
}

func unquote(data []byte) string {
	var text string
	if data[0] == '"' && json.Unmarshal(data, &text) == nil {
		return strings.TrimSpace(text)
	}
	return string(data)
}
