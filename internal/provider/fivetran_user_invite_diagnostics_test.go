// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"strings"
	"testing"

	"github.com/datastack-iam/terraform-provider-datastack/internal/fivetran"
)

// TestUserExists prints a command only for an id that is safe to paste.
func TestUserExists(t *testing.T) {
	t.Parallel()
	for id, safe := range map[string]bool{
		"nozzle_eat": true, "a-b.C_9": true,
		"$(whoami)": false, "`id`": false, "a b": false, "a'b": false, "a\"b": false, "${var.x}": false, "%{if}": false, "-rf": false, "a\nb": false, "ö": false,
	} {
		detail := userExists(fivetran.User{ID: id, Email: new("ada@example.com")}, true).detail
		if got := strings.Contains(detail, "terraform import") || strings.Contains(detail, "import {"); got != safe {
			t.Errorf("%q: a command is printed: %t, want %t\n%s", id, got, safe, detail)
		}
	}
}

// TestMovesFrom accepts Fivetran's own provider, and what OpenTofu calls the
// source from the second instance on.
func TestMovesFrom(t *testing.T) {
	t.Parallel()
	for provider, want := range map[string]bool{
		"registry.terraform.io/fivetran/fivetran":        true,
		"registry.opentofu.org/fivetran/fivetran":        true,
		"registry.opentofu.org/datastack-iam/datastack":  true,
		"registry.terraform.io/someone/fivetran":         false,
		"registry.terraform.io/someone/datastack":        false,
		"registry.terraform.io/notfivetran/fivetran":     false,
		"registry.terraform.io/xdatastack-iam/datastack": false,
	} {
		if got := movesFrom(provider); got != want {
			t.Errorf("%s: got %t, want %t", provider, got, want)
		}
	}
}
