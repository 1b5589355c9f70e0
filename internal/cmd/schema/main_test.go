// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

func TestWithTypes(t *testing.T) {
	t.Parallel()
	teams := tftypes.List{ElementType: tftypes.Object{AttributeTypes: map[string]tftypes.Type{
		"id":   tftypes.Number,
		"lead": tftypes.Object{AttributeTypes: map[string]tftypes.Type{"id": tftypes.String, "tags": tftypes.Map{ElementType: tftypes.String}}},
		"open": tftypes.Bool,
	}}}
	const before = "All teams, with `id`. Each has:\n" +
		"  - `id` Number of the team.\n" +
		"  - `lead` Who leads it. It has:\n" +
		"    - `id` Name.\n" +
		"    - `tags` Notes.\n" +
		"  - `open` Whether it is open.\n" +
		"  - `other` No field."
	const want = "All teams, with `id`. Each has:\n" +
		"  - `id` (Number) Number of the team.\n" +
		"  - `lead` (Object) Who leads it. It has:\n" +
		"    - `id` (String) Name.\n" +
		"    - `tags` (Map of String) Notes.\n" +
		"  - `open` (Boolean) Whether it is open.\n" +
		"  - `other` No field."
	if got := withTypes(before, teams); got != want {
		t.Errorf("got:\n%s\nwant:\n%s", got, want)
	}
	if got := withTypes(before, tftypes.String); got != before {
		t.Errorf("a description of a string: got:\n%s\nwant it unchanged", got)
	}
}
