// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package rest

import (
	"bytes"
	"fmt"
	"strconv"
	"strings"

	jsonv2 "github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
)

// Text is a JSON string. Value is nil when it was absent, null or "", which
// services use alike for "none". A number, which some SCIM servers send as an
// id, is read as its digits. A value of another kind is a gap.
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
	case 'n':
		return decoder.SkipValue()
	default:
		return skipGap(decoder, "string")
	}
}

// Time is a time as the service sends it. Value is nil when it was absent, null,
// "", a gap, or the zero date that some programs write for "never".
type Time struct{ Value *string }

// UnmarshalJSONFrom reads a string, which need not be a time.
func (t *Time) UnmarshalJSONFrom(decoder *jsontext.Decoder) error {
	err := (*Text)(t).UnmarshalJSONFrom(decoder)
	if t.Value != nil && strings.HasPrefix(*t.Value, "0001-01-01") {
		t.Value = nil
	}
	return err
}

// String returns the value, "" when there is none.
func (t Text) String() string {
	if t.Value == nil {
		return ""
	}
	return *t.Value
}

// Bool is a JSON bool that services also send as a string or a number. Value
// is nil when it was absent, null, "" or a gap.
type Bool struct{ Value *bool }

// UnmarshalJSONFrom reads true, "True", 1 and their opposites.
func (b *Bool) UnmarshalJSONFrom(decoder *jsontext.Decoder) error {
	b.Value = nil
	return readWord(decoder, "bool", func(word []byte) error {
		value, err := strconv.ParseBool(strings.ToLower(string(word)))
		if err == nil {
			b.Value = &value
		}
		return err
	})
}

// Int is a whole JSON number that services also send as a string. Value is nil
// when it was absent, null, "" or a gap.
type Int struct{ Value *int64 }

// UnmarshalJSONFrom reads 12, 12.0 and "12".
func (i *Int) UnmarshalJSONFrom(decoder *jsontext.Decoder) error {
	i.Value = nil
	return readWord(decoder, "whole number", func(word []byte) error {
		value, err := strconv.ParseInt(string(bytes.TrimSuffix(word, []byte(".0"))), 10, 64)
		if err == nil {
			i.Value = &value
		}
		return err
	})
}

// readWord reads a value that is a word, quoted or not, unless it is null or "".
func readWord(decoder *jsontext.Decoder, want string, parse func(word []byte) error) error {
	switch kind := decoder.PeekKind(); kind {
	case 't', 'f', '"', '0':
		data, err := decoder.ReadValue()
		if err != nil {
			return err
		}
		if word := unquoted(data); len(word) > 0 && parse(word) != nil {
			ReportGap(decoder, fmt.Sprintf("got %s, want %s", kindName(kind), want))
		}
		return nil
	case 'n':
		return decoder.SkipValue()
	default:
		return skipGap(decoder, want)
	}
}

// Strings is a JSON array of strings that services also send as one string. It
// is nil when it was absent, null or a gap. Entries that are gaps, null or "" are
// left out.
type Strings []string

// UnmarshalJSONFrom reads ["a","b"], "a" and null.
func (s *Strings) UnmarshalJSONFrom(decoder *jsontext.Decoder) error {
	*s = nil
	var entry Text
	if decoder.PeekKind() != '[' {
		err := entry.UnmarshalJSONFrom(decoder)
		if entry.Value != nil {
			*s = Strings{*entry.Value}
		}
		return err
	}
	if _, err := decoder.ReadToken(); err != nil {
		return err
	}
	*s = Strings{}
	for decoder.PeekKind() != ']' {
		kind := decoder.PeekKind()
		if err := entry.UnmarshalJSONFrom(decoder); err != nil {
			return err
		}
		switch {
		case entry.Value != nil:
			*s = append(*s, *entry.Value)
		case kind == 'n' || kind == '"':
			ReportGap(decoder, "it is empty")
		}
	}
	_, err := decoder.ReadToken()
	return err
}

// List is a JSON array that services also send as its only entry. It is nil when
// it was absent, null or a gap. An entry that is null is left out as a gap, as is
// one that is not an object, unless T reads itself.
type List[T any] []T

// UnmarshalJSONFrom reads [{...},{...}], {...} and null.
func (l *List[T]) UnmarshalJSONFrom(decoder *jsontext.Decoder) error {
	*l = nil
	switch decoder.PeekKind() {
	case 'n':
		return decoder.SkipValue()
	case '[':
	default:
		return l.add(decoder)
	}
	if _, err := decoder.ReadToken(); err != nil {
		return err
	}
	*l = List[T]{}
	for decoder.PeekKind() != ']' {
		if err := l.add(decoder); err != nil {
			return err
		}
	}
	_, err := decoder.ReadToken()
	return err
}

func (l *List[T]) add(decoder *jsontext.Decoder) error {
	kind := decoder.PeekKind()
	if _, reads := any((*T)(nil)).(jsonv2.UnmarshalerFrom); kind != '{' && (kind == 'n' || !reads) {
		return skipGap(decoder, "object")
	}
	var zero T
	*l = append(*l, zero)
	return jsonv2.UnmarshalDecode(decoder, &(*l)[len(*l)-1])
}

// Object is a JSON object that is read into a T. A value of another kind is a
// gap, and T stays zero.
type Object[T any] struct{ Value T }

// UnmarshalJSONFrom reads {...}.
func (o *Object[T]) UnmarshalJSONFrom(decoder *jsontext.Decoder) error {
	switch decoder.PeekKind() {
	case '{':
		return jsonv2.UnmarshalDecode(decoder, &o.Value)
	case 'n':
		return decoder.SkipValue()
	default:
		return skipGap(decoder, "object")
	}
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
