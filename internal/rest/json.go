// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package rest

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"

	jsonv2 "github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
)

// Envelope is implemented by a value that a reply is read into and that knows
// whether the reply is one of the service at all.
type Envelope interface {
	// Check returns why the value that was read, perhaps in part, cannot be used:
	// it lacks what replies of the service have, or it says that the request
	// failed, which is an error that wraps ErrFailed.
	Check() error
}

// ErrFailed says that a reply with a status of success reports a failure.
var ErrFailed = errors.New("the service reports a failure")

// Unmarshal reads JSON in one pass. Names match exactly; the last of several
// members with one name counts.
func Unmarshal(data []byte, into any) error {
	return unmarshalWith(data, into, jsontext.AllowDuplicateNames(true))
}

// unmarshalAnyCase is Unmarshal for SCIM, whose attribute names have no case
// (RFC 7643 section 2.1).
func unmarshalAnyCase(data []byte, into any) error {
	return unmarshalWith(data, into, jsontext.AllowDuplicateNames(true), jsonv2.MatchCaseInsensitiveNames(true))
}

func unmarshalWith(data []byte, into any, options ...jsonv2.Options) error {
	if bytes.Count(data, []byte(",")) > maxValues {
		return fmt.Errorf("the reply has more than %d values, far more than any real one", maxValues)
	}
	var gaps []Gap
	// Some programs write a byte order mark in front of UTF-8.
	data = bytes.TrimPrefix(data, []byte("\ufeff"))
	err := jsonv2.Unmarshal(data, into, append(options, gapsOf(&gaps))...)
	var unusable error
	if envelope, ok := into.(Envelope); ok {
		unusable = envelope.Check()
	}
	// A reply that reports a failure need not have the data of a success.
	if err != nil && !errors.Is(unusable, ErrFailed) {
		return fmt.Errorf("the reply is not the expected JSON: %w", explainJSON(data, err))
	}
	if gapped, ok := into.(interface{ AddGap(Gap) }); ok {
		for _, gap := range gaps {
			gapped.AddGap(gap)
		}
	}
	return unusable
}

// explainJSON says in words for users what is wrong with a reply: the decoder's
// own errors name Go types.
func explainJSON(data []byte, err error) error {
	if wrong, ok := errors.AsType[*jsonv2.SemanticError](err); ok {
		at := "at the top level"
		if wrong.JSONPointer != "" {
			at = fmt.Sprintf("at %q", wrong.JSONPointer)
		}
		if wrong.Err != nil {
			return fmt.Errorf("%s: %w", at, wrong.Err)
		}
		return fmt.Errorf("unexpected %s %s", kindName(wrong.JSONKind), at)
	}
	if len(bytes.TrimSpace(data)) == 0 {
		return errors.New("it is empty")
	}
	if !utf8.Valid(data) {
		return errors.New("it contains text that is not valid UTF-8")
	}
	return errors.New(strings.TrimPrefix(err.Error(), "jsontext: "))
}

func kindName(kind jsontext.Kind) string {
	switch kind {
	case '{':
		return "object"
	case '[':
		return "array"
	case 't', 'f':
		return "bool"
	default:
		return kind.String()
	}
}
