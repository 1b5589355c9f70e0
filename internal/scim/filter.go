// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package scim

import (
	"bytes"
	"encoding/json"
)

// equals is the filter for one value of an attribute (RFC 7644 section 3.4.2.2).
// The attribute is named without its schema's URN: SCIMMY finds nothing under
// the long name.
func equals(attribute, value string) string {
	return attribute + " eq " + literal(value)
}

// literal writes a string the way JSON does, as the grammar of filters asks,
// but leaves &, < and > as they are: not every server decodes \u0026.
func literal(value string) string {
	var encoded bytes.Buffer
	encoder := json.NewEncoder(&encoded)
	encoder.SetEscapeHTML(false)
	// Encoding a string into memory cannot fail.
	_ = encoder.Encode(value)
	return string(bytes.TrimSuffix(encoded.Bytes(), []byte("\n")))
}
