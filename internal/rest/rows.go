// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package rest

import (
	"fmt"

	jsonv2 "github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
)

const (
	// maxPageRows is the largest number of rows in one reply. Services send up to
	// a thousand; those that know no pages send all.
	maxPageRows = 200_000
	// maxValues bounds the values in one reply: decoded, a value of two bytes takes
	// a hundred. The largest honest reply that fits into maxBody has a value for
	// every twenty bytes.
	maxValues = 4_000_000
)

// Rows are the rows of a page. Unlike [List] it is strict: a value of another kind
// is an error, as nothing is known of the list then.
type Rows[T any] []T

// UnmarshalJSONFrom reads [{...},{...}] and null.
func (r *Rows[T]) UnmarshalJSONFrom(decoder *jsontext.Decoder) error {
	*r = nil
	if decoder.PeekKind() != '[' {
		return jsonv2.UnmarshalDecode(decoder, (*[]T)(r))
	}
	if _, err := decoder.ReadToken(); err != nil {
		return err
	}
	*r = Rows[T]{}
	for decoder.PeekKind() != ']' {
		if len(*r) == maxPageRows {
			return fmt.Errorf("it has more than %d rows in one page, far more than any real one", maxPageRows)
		}
		var zero T
		*r = append(*r, zero)
		if err := jsonv2.UnmarshalDecode(decoder, &(*r)[len(*r)-1]); err != nil {
			return err
		}
	}
	_, err := decoder.ReadToken()
	return err
}
