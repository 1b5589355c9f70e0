// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package rudderstack

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
)

// parseFilter reads the one form of filter that the sandbox understands:
// attribute eq "value". "" matches all. RudderStack documents no filters.
func parseFilter[T scimResource](filter string) (func(T) bool, error) {
	if strings.TrimSpace(filter) == "" {
		return func(T) bool { return true }, nil
	}
	name, rest, _ := strings.Cut(strings.TrimSpace(filter), " ")
	operator, literal, _ := strings.Cut(strings.TrimSpace(rest), " ")
	if !strings.EqualFold(operator, "eq") {
		return nil, fmt.Errorf("operator %q is not supported", operator)
	}
	name = strings.ToLower(name)
	var zero T
	if !zero.filterable(name) {
		return nil, fmt.Errorf("attribute %q cannot be filtered by", name)
	}
	var wanted string
	if err := json.Unmarshal([]byte(literal), &wanted); err != nil {
		return nil, errors.New("the value is not a JSON string")
	}
	// Names that people type ignore case, identifiers do not.
	exact := name == "id" || name == "externalid"
	return func(row T) bool {
		value := row.attribute(name)
		return value == wanted || !exact && strings.EqualFold(value, wanted)
	}, nil
}
