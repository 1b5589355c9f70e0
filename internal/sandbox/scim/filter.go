// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package scim

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
)

// Resource is a user or a group, as filters see it. Attribute names are in
// lower case.
type Resource interface {
	// Filterable reports, for all resources of the type, whether the service can
	// filter by the attribute. It may be called on nil.
	Filterable(attribute string) bool
	Attribute(name string) string
}

// parseFilter reads the one form of filter that the sandbox understands:
// attribute eq "value". "" matches all.
func parseFilter[T Resource](filter string, exactly bool) (func(T) bool, *Error) {
	if strings.TrimSpace(filter) == "" {
		return func(T) bool { return true }, nil
	}
	refuse := func(format string, args ...any) (func(T) bool, *Error) {
		return nil, &Error{http.StatusBadRequest, "invalidFilter", fmt.Sprintf(format, args...)}
	}
	name, rest, _ := strings.Cut(strings.TrimSpace(filter), " ")
	operator, literal, _ := strings.Cut(strings.TrimSpace(rest), " ")
	if !strings.EqualFold(operator, "eq") {
		return refuse("operator %q is not supported", operator)
	}
	name = strings.ToLower(name)
	var zero T
	if !zero.Filterable(name) {
		return refuse("attribute %q cannot be filtered by", name)
	}
	var wanted string
	if err := json.Unmarshal([]byte(literal), &wanted); err != nil {
		return refuse("the value is not a JSON string")
	}
	// Identifiers never ignore case.
	exactly = exactly || name == "id" || name == "externalid"
	return func(row T) bool {
		value := row.Attribute(name)
		return value == wanted || !exactly && strings.EqualFold(value, wanted)
	}, nil
}
