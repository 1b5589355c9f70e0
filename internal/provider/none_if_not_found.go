// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package provider

// noneIfNotFound makes a list of what a lookup by id returned, empty if nothing
// has that id.
func noneIfNotFound[T any](row T, err error, notFound func(error) bool) ([]T, error) {
	if notFound(err) {
		return nil, nil
	}
	return []T{row}, err
}
