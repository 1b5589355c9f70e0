// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package provider

// orEmpty returns what a service said, "" if it said nothing.
func orEmpty[S ~string](s *S) string {
	if s == nil {
		return ""
	}
	return string(*s)
}

// nilIfEmpty returns nil for "".
func nilIfEmpty(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}
