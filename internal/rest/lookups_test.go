// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package rest

import "testing"

func TestLookups(t *testing.T) {
	t.Parallel()
	var lookups Lookups
	for made := int64(1); made <= 12; made++ {
		if got, want := lookups.Beyond(), max(0, made-10); got != want {
			t.Errorf("lookup %d: got %d beyond, want %d", made, got, want)
		}
	}
}
