// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package scim

import (
	"encoding/json"
	"net/url"
	"strings"

	"github.com/datastack-iam/terraform-provider-datastack/internal/sandbox/service"
)

// SelectAttributes returns what attributes and excludedAttributes leave of a
// resource: always id and schemas.
func SelectAttributes(row any, query url.Values) any {
	wanted, unwanted := attributeNames(query["attributes"]), attributeNames(query["excludedAttributes"])
	if len(wanted)+len(unwanted) == 0 {
		return row
	}
	var all map[string]json.RawMessage
	if err := json.Unmarshal(service.Encode(row), &all); err != nil {
		return row
	}
	for name := range all {
		lower := strings.ToLower(name)
		always := lower == "id" || lower == "schemas"
		if !always && (unwanted[lower] || len(wanted) > 0 && !wanted[lower]) {
			delete(all, name)
		}
	}
	return all
}

// attributeNames reads lists of attribute names, in lower case. The name of a
// sub-attribute counts as that of the whole attribute.
func attributeNames(lists []string) map[string]bool {
	names := map[string]bool{}
	for name := range strings.SplitSeq(strings.Join(lists, ","), ",") {
		if name, _, _ = strings.Cut(strings.TrimSpace(name), "."); name != "" {
			names[strings.ToLower(name)] = true
		}
	}
	return names
}
