// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package provider

// filterRows returns the rows that match, never nil.
func filterRows[T any](rows []T, match func(T) bool) []T {
	kept := []T{}
	for _, row := range rows {
		if match(row) {
			kept = append(kept, row)
		}
	}
	return kept
}

// orEmpty returns the text that a service told, "" when it told none.
func orEmpty[S ~string](s *S) string {
	if s == nil {
		return ""
	}
	return string(*s)
}
