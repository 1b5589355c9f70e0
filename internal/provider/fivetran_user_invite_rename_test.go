// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/datastack-iam/terraform-provider-datastack/internal/sandbox"
)

// people writes the configuration of users by the key of each.
func (w *workspace) people(t *testing.T, emails map[string]string, more ...string) {
	t.Helper()
	var entries []string
	for _, key := range slices.Sorted(maps.Keys(emails)) {
		entries = append(entries, fmt.Sprintf("    %q = %q", key, emails[key]))
	}
	w.write(t, "main.tf", strings.ReplaceAll(`
provider "datastack" {}

resource "datastack_fivetran_user_invite" "people" {
  for_each = {
ENTRIES
  }
  email       = each.value
  given_name  = "Given"
  family_name = "Family"
MORE
}
`, "ENTRIES", strings.Join(entries, "\n")))
	main := w.read(t, "main.tf")
	inside, outside := "", ""
	for _, m := range more {
		if strings.Contains(m, "moved {") || strings.Contains(m, "resource ") {
			outside += m
		} else {
			inside += m + "\n"
		}
	}
	w.write(t, "main.tf", strings.Replace(main, "MORE", inside, 1)+outside)
}

// users returns the ids of the users who have these addresses, "" for none.
func (w *workspace) users(emails ...string) map[string]string {
	ids := map[string]string{}
	for _, email := range emails {
		ids[email] = ""
		for _, user := range w.FivetranUsers() {
			if user.Email != nil && strings.EqualFold(*user.Email, email) {
				ids[email] = user.ID
			}
		}
	}
	return ids
}

// same checks that users are who they were.
func (w *workspace) same(t *testing.T, before map[string]string) {
	t.Helper()
	if after := w.users(slices.Collect(maps.Keys(before))...); !maps.Equal(before, after) {
		t.Errorf("got the users %v, want %v as before", after, before)
	}
}

const (
	zoe = "zoe@acme.example"
	kim = "kim@acme.example"
	lee = "lee@acme.example"

	wouldBeDeleted  = `Fivetran User Would Be Deleted`
	hasTwoResources = `Fivetran User Has Two Resources`
	movedBlock      = `moved \{ from = datastack_fivetran_user_invite.OLD to = datastack_fivetran_user_invite.NEW \}`
)

// TestFivetranUserInviteRenamed renames, swaps and shifts the resources of
// users who stay: none of them is deleted.
func TestFivetranUserInviteRenamed(t *testing.T) {
	t.Parallel()
	for args, adopt := range map[string]string{"": "", " -refresh=false": "adopt_existing = true", " -parallelism=1": "", " -parallelism=50": "adopt_existing = true"} {
		t.Run(adopt+args, func(t *testing.T) {
			t.Parallel()
			w := newWorkspace(t, sandbox.Options{})
			w.people(t, map[string]string{"old": zoe, "kim": kim, "lee": lee}, adopt)
			w.succeed(t, "apply -auto-approve")
			before := w.users(zoe, kim, lee)
			w.ForgetRequests()

			w.people(t, map[string]string{"new": zoe, "kim": kim, "lee": lee}, adopt)
			w.fail(t, "apply -auto-approve"+args, wouldBeDeleted, zoe, movedBlock)
			w.people(t, map[string]string{"old": zoe, "kim": lee, "lee": kim}, adopt)
			w.fail(t, "apply -auto-approve"+args, wouldBeDeleted, movedBlock, "for_each")
			w.people(t, map[string]string{"old": zoe, "kim": kim, "lee": lee, "again": " ZOE@acme.example"}, adopt)
			w.fail(t, "apply -auto-approve"+args, hasTwoResources)
			w.same(t, before)

			w.people(t, map[string]string{"new": zoe, "kim": kim, "lee": lee}, adopt,
				"moved {\n  from = datastack_fivetran_user_invite.people[\"old\"]\n  to   = datastack_fivetran_user_invite.people[\"new\"]\n}\n")
			w.succeed(t, "apply -auto-approve"+args)
			w.same(t, before)
			if posts, deletes := w.Count(http.MethodPost, ""), w.Count(http.MethodDelete, ""); posts+deletes != 0 {
				t.Errorf("got %d invites and %d deletions of users who stay", posts, deletes)
			}
			w.people(t, map[string]string{"new": zoe}, adopt) // two leave
			w.succeed(t, "apply -auto-approve"+args, "2 destroyed")
			if got := w.users(kim, lee); got[kim]+got[lee] != "" {
				t.Errorf("got the users %v, who left", got)
			}
		})
	}
}

// TestFivetranUserInviteCounted takes elements out of a list behind count.
func TestFivetranUserInviteCounted(t *testing.T) {
	t.Parallel()
	w := newWorkspace(t, sandbox.Options{})
	list := func(emails ...string) {
		w.write(t, "main.tf", fmt.Sprintf(`
provider "datastack" {}

locals {
  emails = [%s]
}

resource "datastack_fivetran_user_invite" "people" {
  count       = length(local.emails)
  email       = local.emails[count.index]
  given_name  = "Given"
  family_name = "Family"
}
`, `"`+strings.Join(emails, `", "`)+`"`))
	}
	list(zoe, kim, lee)
	w.succeed(t, "apply -auto-approve")
	before := w.users(zoe, kim, lee)
	list(kim, lee)
	w.fail(t, "apply -auto-approve", wouldBeDeleted, "count")
	w.same(t, before)
	list(zoe, kim)
	w.succeed(t, "apply -auto-approve", "1 destroyed")
	delete(before, lee)
	w.same(t, before)
}

// TestFivetranUserInviteModuleRenamed renames a module.
func TestFivetranUserInviteModuleRenamed(t *testing.T) {
	t.Parallel()
	w := newWorkspace(t, sandbox.Options{})
	w.people(t, map[string]string{"zoe": zoe})
	content := w.read(t, "main.tf")
	w.write(t, "people/main.tf", w.read(t, "versions.tf")+strings.Replace(content, `provider "datastack" {}`, "", 1))
	main := "provider \"datastack\" {}\nmodule \"old\" {\n  source = \"./people\"\n}\n"
	w.write(t, "main.tf", main)
	w.succeed(t, "init")
	w.succeed(t, "apply -auto-approve")
	before := w.users(zoe)
	main = strings.Replace(main, "old", "new", 1)
	w.write(t, "main.tf", main)
	w.succeed(t, "init")
	w.fail(t, "apply -auto-approve", wouldBeDeleted, movedBlock)
	w.write(t, "main.tf", main+"moved {\n  from = module.old\n  to   = module.new\n}\n")
	w.succeed(t, "apply -auto-approve", "0 added, 0 changed, 0 destroyed")
	w.same(t, before)
}

// TestFivetranUserInviteReplaced deletes and invites one user on purpose.
func TestFivetranUserInviteReplaced(t *testing.T) {
	t.Parallel()
	const address = `datastack_fivetran_user_invite.people["zoe"]`
	for name, run := range map[string]func(*testing.T, *workspace){
		"replace": func(t *testing.T, w *workspace) {
			w.succeed(t, "apply -auto-approve -replace="+address, "1 added, 0 changed, 1 destroyed")
		},
		"replace, refresh=false": func(t *testing.T, w *workspace) {
			w.succeed(t, "apply -auto-approve -refresh=false -replace="+address, "1 added, 0 changed, 1 destroyed")
		},
		"replace, targeted": func(t *testing.T, w *workspace) {
			w.succeed(t, "apply -auto-approve -target="+address+" -replace="+address, "1 added, 0 changed, 1 destroyed")
		},
		"taint": func(t *testing.T, w *workspace) {
			w.succeed(t, "taint "+address)
			w.succeed(t, "apply -auto-approve", "Fivetran User Will Be Invited Again", "1 added, 0 changed, 1 destroyed")
		},
		"a saved plan": func(t *testing.T, w *workspace) {
			w.succeed(t, "plan -out=saved -replace="+address)
			w.succeed(t, "apply saved", "1 added, 0 changed, 1 destroyed")
		},
		"another address and back": func(t *testing.T, w *workspace) {
			w.people(t, map[string]string{"zoe": "other@acme.example", "kim": kim})
			w.succeed(t, "apply -auto-approve", "1 added, 0 changed, 1 destroyed")
			w.people(t, map[string]string{"zoe": zoe, "kim": kim})
			w.succeed(t, "apply -auto-approve", "1 added, 0 changed, 1 destroyed")
		},
		"removed and added": func(t *testing.T, w *workspace) {
			w.people(t, map[string]string{"kim": kim})
			w.succeed(t, "apply -auto-approve", "0 added, 0 changed, 1 destroyed")
			w.people(t, map[string]string{"zoe": zoe, "kim": kim})
			w.succeed(t, "apply -auto-approve", "1 added, 0 changed, 0 destroyed")
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorkspace(t, sandbox.Options{})
			w.people(t, map[string]string{"zoe": zoe, "kim": kim})
			w.succeed(t, "apply -auto-approve")
			before := w.users(zoe, kim)
			run(t, w)
			after := w.users(zoe, kim)
			if after[zoe] == "" || after[zoe] == before[zoe] || after[kim] != before[kim] || w.having(zoe) != 1 {
				t.Errorf("got the users %v, before %v: want one new zoe", after, before)
			}
			w.succeed(t, "plan -detailed-exitcode", "No changes")
		})
	}
}

// TestFivetranUserInviteReplacedInPlace creates before it destroys, which no
// user can do: no user may get lost.
func TestFivetranUserInviteReplacedInPlace(t *testing.T) {
	t.Parallel()
	const first = "lifecycle {\n    create_before_destroy = true\n  }"
	const replace = `apply -auto-approve -replace=datastack_fivetran_user_invite.people["zoe"]`
	for name, test := range map[string]struct{ adopt string }{"default": {""}, "adopting": {"adopt_existing = true"}} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorkspace(t, sandbox.Options{})
			w.people(t, map[string]string{"zoe": zoe}, test.adopt, first)
			w.succeed(t, "apply -auto-approve")
			before := w.users(zoe)
			if test.adopt == "" {
				w.fail(t, replace, "Fivetran User Already Exists")
				w.fail(t, "apply -auto-approve", wouldBeDeleted, "deposed object", "terraform state rm")
				w.succeed(t, `state rm datastack_fivetran_user_invite.people["zoe"]`)
				w.succeed(t, `import datastack_fivetran_user_invite.people["zoe"] zoe@acme.example`)
			} else {
				w.succeed(t, replace, "Fivetran User Was Not Deleted")
			}
			w.same(t, before)
			if got := w.Count(http.MethodDelete, ""); got != 0 {
				t.Errorf("got %d deletions, want none", got)
			}
			w.succeed(t, "plan -detailed-exitcode", "No changes")
			w.people(t, map[string]string{})
			w.succeed(t, "apply -auto-approve", "1 destroyed")
			if w.having(zoe) != 0 {
				t.Error("the user is still there after destroy")
			}
		})
	}
}

// TestFivetranUserInviteTwoStates has one user imported for two resources.
func TestFivetranUserInviteTwoStates(t *testing.T) {
	t.Parallel()
	w := newWorkspace(t, sandbox.Options{})
	w.people(t, map[string]string{"one": "mei.tanaka@northwind.example", "two": "MEI.tanaka@northwind.example"})
	w.succeed(t, `import datastack_fivetran_user_invite.people["one"] ferry_blink`)
	w.succeed(t, `import datastack_fivetran_user_invite.people["two"] mei.tanaka@northwind.example`)
	w.fail(t, "plan", hasTwoResources, "terraform state rm")
	w.people(t, map[string]string{"one": "mei.tanaka@northwind.example"})
	w.fail(t, "apply -auto-approve", hasTwoResources, "terraform state rm")
	w.succeed(t, `state rm datastack_fivetran_user_invite.people["two"]`)
	w.succeed(t, "plan")
	if w.having("mei.tanaka@northwind.example") != 1 || w.Count(http.MethodDelete, "") != 0 {
		t.Error("the user was deleted")
	}
}

// TestFivetranUserInviteAddressesKnownOnApply has two resources whose addresses
// turn out to be one.
func TestFivetranUserInviteAddressesKnownOnApply(t *testing.T) {
	t.Parallel()
	w := newWorkspace(t, sandbox.Options{})
	w.people(t, map[string]string{}, "adopt_existing = true", `
resource "terraform_data" "address" {
  input = "zoe@acme.example"
}

resource "datastack_fivetran_user_invite" "late" {
  count          = 2
  email          = terraform_data.address.output
  given_name     = "Given"
  family_name    = "Family"
  adopt_existing = true
}
`)
	w.fail(t, "apply -auto-approve", hasTwoResources)
	if w.having(zoe) != 1 || w.Count(http.MethodPost, "") != 1 {
		t.Errorf("got %d users and %d invites, want one", w.having(zoe), w.Count(http.MethodPost, ""))
	}
}

// TestFivetranUserInviteAddressChangedInFivetran does not delete the user.
func TestFivetranUserInviteAddressChangedInFivetran(t *testing.T) {
	t.Parallel()
	const married = "zoe.married@acme.example"
	w := newWorkspace(t, sandbox.Options{})
	w.people(t, map[string]string{"zoe": zoe})
	w.succeed(t, "apply -auto-approve")
	rename := func(from, to string) { w.ChangeFivetranUser(from, func(u *sandbox.FivetranUser) { u.Email = &to }) }
	id := w.users(zoe)[zoe]
	rename(zoe, married)
	w.fail(t, "apply -auto-approve", "Fivetran User Has Another Email Address", `email = "`+married+`"`, "terraform taint")
	w.succeed(t, "apply -refresh-only -auto-approve")
	w.fail(t, "plan -refresh=false", "Fivetran User Has Another Email Address")
	w.people(t, map[string]string{"zoe": married})
	w.succeed(t, "apply -auto-approve", "0 added, 0 changed, 0 destroyed")
	rename(married, zoe)
	w.fail(t, "apply -auto-approve", "Fivetran User Has Another Email Address", `email = "`+zoe+`"`)
	if got := w.users(zoe)[zoe]; got != id {
		t.Errorf("got the id %q, want %s", got, id)
	}
	w.people(t, map[string]string{"zoe": kim}) // another user, on purpose
	w.succeed(t, "plan", "1 to add, 0 to change, 1 to destroy")
	w.people(t, map[string]string{"zoe": married})
	w.succeed(t, `taint datastack_fivetran_user_invite.people["zoe"]`)
	w.succeed(t, "apply -auto-approve", "1 added, 0 changed, 1 destroyed")
	if got := w.users(zoe, married); got[zoe] != "" || got[married] == "" {
		t.Errorf("got the users %v", got)
	}
}

// TestFivetranUserInviteSavedPlan applies a plan after the account changed.
func TestFivetranUserInviteSavedPlan(t *testing.T) {
	t.Parallel()
	const mei = "mei.tanaka@northwind.example"
	t.Run("invited meanwhile", func(t *testing.T) {
		t.Parallel()
		w := newWorkspace(t, sandbox.Options{})
		w.people(t, map[string]string{"zoe": zoe})
		w.succeed(t, "plan -out=saved")
		w.send(t, http.MethodPost, "/v1/users", `{"email":"zoe@acme.example","given_name":"Zoe","family_name":"Z"}`, http.StatusCreated)
		before := w.users(zoe)
		w.ForgetRequests()
		w.fail(t, "apply saved", "Fivetran User Already Exists")
		w.same(t, before)
		if got := w.Count(http.MethodPost, "") + w.Count(http.MethodPatch, ""); got != 0 {
			t.Errorf("got %d changes, want none", got)
		}
	})
	t.Run("the adopted user gone", func(t *testing.T) {
		t.Parallel()
		w := newWorkspace(t, sandbox.Options{})
		w.people(t, map[string]string{"mei": mei}, "adopt_existing = true")
		w.succeed(t, "plan -out=saved", "Fivetran User Will Be Adopted", "id = \"ferry_blink\"")
		w.RemoveFivetranUser(mei)
		w.fail(t, "apply saved")
		if got := w.Count(http.MethodPost, ""); got != 0 {
			t.Errorf("got %d invites, want none: the plan adopts", got)
		}
		w.succeed(t, "apply -auto-approve", "1 added")
	})
	t.Run("deleted meanwhile", func(t *testing.T) {
		t.Parallel()
		w := newWorkspace(t, sandbox.Options{})
		w.people(t, map[string]string{"zoe": zoe})
		w.succeed(t, "apply -auto-approve")
		w.people(t, map[string]string{})
		w.succeed(t, "plan -out=saved")
		w.RemoveFivetranUser(zoe)
		w.succeed(t, "apply saved", "1 destroyed")
	})
}
