// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package rest

import (
	"bytes"
	"strconv"
	"strings"

	jsonv2 "github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
)

// Text is a JSON string. Value is nil when it was absent, null or "", which
// services use alike for "none". A number, which some SCIM servers send as an
// id, is read as its digits. A value of another kind counts as none.
type Text struct{ Value *string }

// UnmarshalJSONFrom reads "a", 7 and null.
func (t *Text) UnmarshalJSONFrom(decoder *jsontext.Decoder) error {
	t.Value = nil
	switch decoder.PeekKind() {
	case '"':
		value := new(string)
		if err := jsonv2.UnmarshalDecode(decoder, value); err != nil {
			return err
		}
		if *value != "" {
			t.Value = value
		}
		return nil
	case '0':
		digits, err := decoder.ReadValue()
		if err == nil {
			t.Value = new(string(digits))
		}
		return err
	default:
		return decoder.SkipValue()
	}
}

// String returns the value, "" when there is none.
func (t Text) String() string {
	if t.Value == nil {
		return ""
	}
	return *t.Value
}

// Bool is a JSON bool that services also send as a string or a number. Value
// is nil when it was absent, null or unreadable.
type Bool struct{ Value *bool }

// UnmarshalJSONFrom reads true, "True", 1 and their opposites.
func (b *Bool) UnmarshalJSONFrom(decoder *jsontext.Decoder) error {
	b.Value = nil
	data, err := decoder.ReadValue()
	if err != nil {
		return err
	}
	switch data.Kind() {
	case 't', 'f':
		b.Value = new(data.Kind() == 't')
	case '"', '0':
		if value, err := strconv.ParseBool(strings.ToLower(string(unquoted(data)))); err == nil {
			b.Value = &value
		}
	}
	return nil
}

// Int is a JSON number that services also send as a string. Value is nil when
// it was absent, null or not a whole number.
type Int struct{ Value *int64 }

// UnmarshalJSONFrom reads 12 and "12".
func (i *Int) UnmarshalJSONFrom(decoder *jsontext.Decoder) error {
	i.Value = nil
	data, err := decoder.ReadValue()
	if err != nil {
		return err
	}
	if value, err := strconv.ParseInt(string(unquoted(data)), 10, 64); err == nil {
		i.Value = &value
	}
	return nil
}

// Strings is a JSON array of strings that services also send as one string or
// as null.
type Strings []string

// UnmarshalJSONFrom reads ["a","b"], "a" and null.
func (s *Strings) UnmarshalJSONFrom(decoder *jsontext.Decoder) error {
	if decoder.PeekKind() != '"' {
		return jsonv2.UnmarshalDecode(decoder, (*[]string)(s))
	}
	var single Text
	err := single.UnmarshalJSONFrom(decoder)
	*s = nil
	if single.Value != nil {
		*s = Strings{*single.Value}
	}
	return err
}

// Object is a JSON object that is read into a T. Where the service sends a value
// of another kind, it is passed over and T stays zero.
type Object[T any] struct{ Value T }

// UnmarshalJSONFrom reads {...}.
func (o *Object[T]) UnmarshalJSONFrom(decoder *jsontext.Decoder) error {
	if decoder.PeekKind() != '{' {
		return decoder.SkipValue()
	}
	return jsonv2.UnmarshalDecode(decoder, &o.Value)
}

// unquoted returns what is in a JSON string, without surrounding space, and any
// other JSON value as it is.
func unquoted(data jsontext.Value) []byte {
	if data.Kind() != '"' {
		return data
	}
	// A value that the decoder has read is well formed.
	content, _ := jsontext.AppendUnquote(nil, data)
	return bytes.TrimSpace(content)
}
