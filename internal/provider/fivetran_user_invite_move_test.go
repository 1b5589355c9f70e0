// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/datastack-iam/terraform-provider-datastack/internal/sandbox"
)

// movable is a workspace whose state has Mei in the resource of Fivetran's own
// provider.
func movable(t *testing.T) *workspace {
	t.Helper()
	skipBelow(t, 8, "moved between types")
	w := newWorkspace(t, sandbox.Options{})
	versions := w.read(t, "versions.tf")
	w.write(t, "versions.tf", strings.Replace(versions, "required_providers {", "required_providers {\n    fivetran = {\n      source = \"fivetran/fivetran\"\n    }", 1))
	w.ChangeFivetranUser(meiTanaka, func(u *sandbox.FivetranUser) { u.Phone = new("+1 555 0100") })
	w.write(t, "main.tf", `
resource "fivetran_user" "mei" {
  known_as    = "ferry_blink"
  email       = "mei.tanaka@northwind.example"
  given_name  = "Mei"
  family_name = "Tanaka"
  role        = "Account Analyst"
  phone       = "+1 555 0100"
}
`)
	w.succeed(t, "init")
	w.succeed(t, "apply -auto-approve")
	return w
}

const meiTanaka = "mei.tanaka@northwind.example"

// moveMei moves Mei, with more attributes.
func (w *workspace) moveMei(t *testing.T, more string) {
	t.Helper()
	w.write(t, "main.tf", fmt.Sprintf(`
provider "datastack" {}

moved {
  from = fivetran_user.mei
  to   = datastack_fivetran_user_invite.mei
}

resource "datastack_fivetran_user_invite" "mei" {
  email       = "mei.tanaka@northwind.example"
  given_name  = "Mei"
  family_name = "Tanaka"
%s
}
`, more))
}

func (w *workspace) changes() int {
	return w.Count(http.MethodPost, "") + w.Count(http.MethodPatch, "") + w.Count(http.MethodDelete, "")
}

// TestFivetranUserInviteMoved moves a user from Fivetran's own provider with
// the real CLI.
func TestFivetranUserInviteMoved(t *testing.T) {
	t.Parallel()
	const role, phone = `role = "Account Analyst"`, `phone = "+1 555 0100"`
	t.Run("as configured", func(t *testing.T) {
		t.Parallel()
		w := movable(t)
		w.moveMei(t, role+"\n"+phone)
		w.succeed(t, "apply -auto-approve", "0 added, 0 changed, 0 destroyed")
		w.succeed(t, "plan -detailed-exitcode", "No changes")
		if w.changes() != 0 {
			t.Errorf("got %d changes, want none", w.changes())
		}
		// Terraform kept nothing of the move, so it cannot know: said, not silent.
		w.moveMei(t, phone)
		w.succeed(t, "plan", `Fivetran Role Is Not Managed|role = "Account Analyst" -> null`)
	})
	t.Run("the role removed", func(t *testing.T) {
		t.Parallel()
		w := movable(t)
		w.moveMei(t, phone)
		w.succeed(t, "apply -auto-approve", `role = "Account Analyst" -> null`, "0 added, 1 changed, 0 destroyed")
		if got := w.user(t, meiTanaka).Role; got != nil {
			t.Errorf("got the role %q, want none", *got)
		}
	})
	t.Run("the phone left out", func(t *testing.T) {
		t.Parallel()
		w := movable(t)
		w.moveMei(t, role)
		w.succeed(t, "apply -auto-approve")
		if got := orEmpty(w.user(t, meiTanaka).Phone); got != "+1 555 0100" || w.changes() != 0 {
			t.Errorf("got the phone %q after %d changes, want it left alone", got, w.changes())
		}
		w.succeed(t, "plan -detailed-exitcode", "No changes")
	})
}

// TestFivetranUserInviteMovesMany moves more instances than a CLI handles at a
// time: OpenTofu names another source for all but the first.
func TestFivetranUserInviteMovesMany(t *testing.T) {
	t.Parallel()
	skipBelow(t, 8, "moved between types")
	w := newWorkspace(t, sandbox.Options{People: 100})
	versions := w.read(t, "versions.tf")
	w.write(t, "versions.tf", strings.Replace(versions, "required_providers {", "required_providers {\n    fivetran = {\n      source = \"fivetran/fivetran\"\n    }", 1))
	var ids []string
	for _, user := range w.FivetranUsers() {
		if user.Email != nil && strings.HasPrefix(*user.Email, "person.") && len(ids) < 12 {
			ids = append(ids, fmt.Sprintf("%q = %q", user.ID, *user.Email))
		}
	}
	config := fmt.Sprintf("locals {\n  people = {\n    %s\n  }\n}\n", strings.Join(ids, "\n    "))
	w.write(t, "main.tf", config+`
resource "fivetran_user" "all" {
  for_each    = local.people
  known_as    = each.key
  email       = each.value
}
`)
	w.succeed(t, "init")
	w.succeed(t, "apply -auto-approve", "12 added")
	w.write(t, "main.tf", config+`
moved {
  from = fivetran_user.all
  to   = datastack_fivetran_user_invite.all
}

resource "datastack_fivetran_user_invite" "all" {
  for_each = local.people
  email    = each.value
}
`)
	w.succeed(t, "apply -auto-approve", "0 added, 0 changed, 0 destroyed")
}
