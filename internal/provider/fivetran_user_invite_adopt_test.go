// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"net/http"
	"testing"

	"github.com/datastack-iam/terraform-provider-datastack/internal/sandbox"
)

// one writes the configuration of one user.
func (w *workspace) one(t *testing.T, attributes string) {
	t.Helper()
	w.write(t, "main.tf", "provider \"datastack\" {}\n\nresource \"datastack_fivetran_user_invite\" \"one\" {\n"+attributes+"\n}\n")
}

// TestFivetranUserInviteShowsAdoption has the plan show who will be adopted and
// what will change.
func TestFivetranUserInviteShowsAdoption(t *testing.T) {
	t.Parallel()
	const jonas = "jonas.weber@northwind.example"
	w := newWorkspace(t, sandbox.Options{})
	w.one(t, `email = "Jonas.Weber@northwind.example"
		given_name = "Jon"
		family_name = "Weber"
		role = "Account Reviewer"
		adopt_existing = true`)
	w.succeed(t, "plan", `id = "gravel_hum"`, `status = "active"`, "Fivetran User Will Be Adopted",
		`id gravel_hum, status active, role "Account Administrator"`, `given_name: "Jonas" → "Jon"`, `role: "Account Administrator" → "Account Reviewer"`,
		"destroying this resource deletes the user", "The user is an Account Administrator")
	w.one(t, `email = "jonas.weber@northwind.example"
		adopt_existing = true`)
	w.succeed(t, "plan", `role = "Account Administrator"`, "and changes nothing")

	w.SuspendFivetranUser(jonas)
	w.succeed(t, "plan", `status = "inactive"`, "suspended and cannot log in")
	w.succeed(t, "apply -auto-approve")
	w.succeed(t, "plan -detailed-exitcode", "No changes")
	if w.changes() != 0 {
		t.Errorf("got %d changes, want none", w.changes())
	}

	// A user that the plan would lock out is refused there too.
	w.systemKey()
	w.one(t, `email = "amara.okafor@northwind.example"
		role = ""
		adopt_existing = true`)
	w.succeed(t, `state rm datastack_fivetran_user_invite.one`)
	w.fail(t, "plan", "Fivetran User Is Protected", "last active Account Administrator", `role: "Account Administrator" → none`)
}

// TestFivetranUserInviteReplacesNoProtectedUser refuses a replacement in the
// plan, by what Fivetran says: the state has another role.
func TestFivetranUserInviteReplacesNoProtectedUser(t *testing.T) {
	t.Parallel()
	w := newWorkspace(t, sandbox.Options{})
	w.systemKey()
	const names = "\ngiven_name = \"Lukas\"\nfamily_name = \"Müller\""
	w.one(t, `email = "lukas.mueller@northwind.example"`+names)
	w.succeed(t, "import datastack_fivetran_user_invite.one lukas.mueller@northwind.example")
	for _, email := range []string{"amara.okafor@northwind.example", "jonas.weber@northwind.example"} {
		w.SuspendFivetranUser(email)
	}
	w.ChangeFivetranUser("lukas.mueller@northwind.example", func(u *sandbox.FivetranUser) { u.Role = new("Account Administrator") })
	w.one(t, `email = "new@northwind.example"`+names)
	w.fail(t, "apply -auto-approve -refresh=false", "Fivetran User Is Protected")
	w.fail(t, "apply -auto-approve", "Fivetran User Is Protected")
	w.write(t, "main.tf", `provider "datastack" {}`)
	w.fail(t, "apply -auto-approve -refresh=false", "Fivetran User Is Protected")
	if got := w.Count(http.MethodDelete, ""); got != 0 {
		t.Errorf("got %d deletions, want none", got)
	}
}

// TestFivetranUserInviteRoleLeftOut has a role that Terraform may have set: it
// stays, and the plan says so. A role that it did set goes.
func TestFivetranUserInviteRoleLeftOut(t *testing.T) {
	t.Parallel()
	const mei, notManaged = "email = \"mei.tanaka@northwind.example\"\ngiven_name = \"Mei\"\nfamily_name = \"Tanaka\"\n", "Fivetran Role Is Not Managed"
	w := newWorkspace(t, sandbox.Options{})
	w.one(t, mei+`role = "Account Analyst"`)
	w.succeed(t, "import datastack_fivetran_user_invite.one ferry_blink")
	w.succeed(t, "apply -auto-approve", "0 changed")
	w.one(t, mei)
	w.succeed(t, "apply -auto-approve", notManaged, `role = ""`, `role = "Account Analyst"`)
	w.succeed(t, "plan -detailed-exitcode", notManaged, "No changes")
	w.one(t, mei+`role = ""`)
	w.succeed(t, "apply -auto-approve", `"Account Analyst" -> ""|role = "Account Analyst" -> null`, "1 changed")
	if got := w.user(t, meiTanaka).Role; got != nil {
		t.Errorf("got the role %q, want none", *got)
	}
	w.succeed(t, "plan -detailed-exitcode", "No changes")
	w.ChangeFivetranUser(meiTanaka, func(u *sandbox.FivetranUser) { u.Role = new("Account Reviewer") })
	w.succeed(t, "apply -auto-approve", "1 changed") // drift
	w.one(t, mei+`role = "Account Billing"`)
	w.succeed(t, "apply -auto-approve", "1 changed")
	w.one(t, mei)
	w.succeed(t, "apply -auto-approve", `role = "Account Billing" -> null`)
	if got := w.user(t, meiTanaka).Role; got != nil {
		t.Errorf("got the role %q, want none", *got)
	}
	w.ChangeFivetranUser(meiTanaka, func(u *sandbox.FivetranUser) { u.Role = new("Account Reviewer") })
	if output := w.succeed(t, "plan -detailed-exitcode", "No changes"); contains(output, notManaged) {
		t.Errorf("a role that an administrator gave is warned of:\n%s", output)
	}
}

// TestFivetranUserInviteWithoutRole invites, and adopts, without an account
// role.
func TestFivetranUserInviteWithoutRole(t *testing.T) {
	t.Parallel()
	w := newWorkspace(t, sandbox.Options{})
	w.people(t, map[string]string{"zoe": zoe, "mei": meiTanaka}, `role = ""`, "adopt_existing = true")
	w.succeed(t, "apply -auto-approve", `role: "Account Analyst" → none`)
	for _, email := range []string{zoe, meiTanaka} {
		if got := w.user(t, email).Role; got != nil {
			t.Errorf("%s: got the role %q, want none", email, *got)
		}
	}
	w.succeed(t, "plan -detailed-exitcode", "No changes")
}

// TestFivetranUserInviteImportLeavesAlone imports users as they are: what the
// configuration leaves out stays.
func TestFivetranUserInviteImportLeavesAlone(t *testing.T) {
	t.Parallel()
	w := newWorkspace(t, sandbox.Options{})
	w.ChangeFivetranUser(meiTanaka, func(u *sandbox.FivetranUser) {
		u.Phone, u.Picture, u.GivenName, u.FamilyName, u.Role = new("+1 555 0100"), new("data:image/png;base64,AAAA"), nil, nil, nil
	})
	const main = "provider \"datastack\" {}\nimport {\n  to = datastack_fivetran_user_invite.one\n  id = \"ferry_blink\"\n"
	w.write(t, "main.tf", main+"  provider = datastack\n}\n") // without it, 1.16.0-rc2 looks for another provider
	w.succeed(t, "plan -generate-config-out=generated.tf", "1 to import, 0 to add, 0 to change, 0 to destroy")
	w.write(t, "main.tf", main+"}\n") // with a resource, the argument must not be there
	if generated := w.read(t, "generated.tf"); contains(generated, "base64") || contains(generated, "0100") {
		t.Errorf("the generated configuration has what was not configured:\n%s", generated)
	}
	w.succeed(t, "apply -auto-approve", "1 imported, 0 added, 0 changed, 0 destroyed")
	w.succeed(t, "plan -detailed-exitcode", "No changes")
	w.write(t, "generated.tf", "")
	w.one(t, `email = "mei.tanaka@northwind.example"
		given_name = "Mei"
		family_name = "Tanaka"`)
	w.succeed(t, "apply -auto-approve", "1 changed")
	user := w.user(t, meiTanaka)
	if orEmpty(user.Phone) != "+1 555 0100" || orEmpty(user.Picture) == "" || orEmpty(user.GivenName) != "Mei" {
		t.Errorf("got the user %+v, want phone and picture left alone and the name set", user)
	}
	for command, message := range map[string]string{
		"no_such":            `No user has the id "no_such".*by email address`,
		"ada@acme.example":   `No user has the email address "ada@acme.example"`,
		"$(whoami)":          "neither an email address nor an id that Fivetran gives",
		"../users/nozzle":    "neither an email address nor an id",
		"person.00001@x y z": "",
	} {
		if message != "" {
			w.succeed(t, "state rm datastack_fivetran_user_invite.one")
			w.fail(t, "import datastack_fivetran_user_invite.one "+command, message)
			w.succeed(t, "import datastack_fivetran_user_invite.one ferry_blink")
		}
	}
}

// TestFivetranUserInviteValuesInAnotherForm settles what Fivetran stores
// otherwise than it was sent.
func TestFivetranUserInviteValuesInAnotherForm(t *testing.T) {
	t.Parallel()
	w := newWorkspace(t, sandbox.Options{Fivetran: sandbox.FivetranBehavior{Normalize: true}})
	const names = "email = \"zoe@acme.example\"\ngiven_name = \"Zoe\"\nfamily_name = \"Zed\"\n"
	const phone, picture = "phone = \"+1 (202) 555-0100\"\n", "picture = \"data:image/png;base64,AAAA\"\n"
	w.one(t, names+phone+picture)
	output := w.succeed(t, "apply -auto-approve", "1 added")
	if contains(output, "Details Differ") {
		t.Errorf("a value in another form is warned of:\n%s", output)
	}
	w.succeed(t, "plan -detailed-exitcode", "No changes")
	w.one(t, names+phone+picture+"adopt_existing = true")
	w.succeed(t, "apply -auto-approve", "1 changed") // sends nothing
	w.succeed(t, "plan -detailed-exitcode", "No changes")
	w.one(t, names+phone+picture+`role = "Account Reviewer"`)
	w.succeed(t, "apply -auto-approve", "1 changed")
	w.one(t, names+"phone = \"+1 202 555 0100\"\n"+picture+`role = "Account Reviewer"`)
	w.succeed(t, "plan -detailed-exitcode", "No changes")
	w.one(t, names+"phone = \"+1 202 555 0199\"\npicture = \"data:image/png;base64,BBBB\"\n"+`role = "Account Reviewer"`)
	w.succeed(t, "apply -auto-approve", "1 changed")
	w.succeed(t, "plan -detailed-exitcode", "No changes")
	if got := w.Count(http.MethodPatch, ""); got != 2 {
		t.Errorf("got %d changes, want 2", got)
	}
	// A real change behind Terraform's back is a difference.
	w.ChangeFivetranUser("zoe@acme.example", func(u *sandbox.FivetranUser) { u.Picture = new("https://elsewhere.example") })
	w.succeed(t, "apply -auto-approve", "1 changed")
	w.succeed(t, "plan -detailed-exitcode", "No changes")
	w.one(t, names+`role = "Account Reviewer"`)
	w.succeed(t, "apply -auto-approve", "1 changed")
	if user := w.user(t, "zoe@acme.example"); user.Phone != nil || user.Picture != nil {
		t.Errorf("got the user %+v, want phone and picture cleared", user)
	}
}

// TestFivetranUserInviteRepliesThatContradict says what Fivetran did not do.
func TestFivetranUserInviteRepliesThatContradict(t *testing.T) {
	t.Parallel()
	t.Run("a change ignored", func(t *testing.T) {
		t.Parallel()
		w := newWorkspace(t, sandbox.Options{Fivetran: sandbox.FivetranBehavior{IgnoreUpdates: true}})
		w.one(t, "email = \"zoe@acme.example\"\ngiven_name = \"Zoe\"\nfamily_name = \"Zed\"")
		w.succeed(t, "apply -auto-approve")
		w.one(t, "email = \"zoe@acme.example\"\ngiven_name = \"Zora\"\nfamily_name = \"Zed\"\nrole = \"Account Reviewer\"")
		w.fail(t, "apply -auto-approve", "Fivetran User Details Differ", `given_name: sent "Zora", Fivetran has "Zoe"`, `role: sent "Account Reviewer", Fivetran has none`)
		w.succeed(t, "show", `given_name = "Zoe"`)
		w.succeed(t, "plan -refresh=false", "1 to change")
	})
	t.Run("known from another account", func(t *testing.T) {
		t.Parallel()
		known := sandbox.FivetranUser{ID: "old_hand", Email: new("zoe@acme.example"), GivenName: new("Zora"), CreatedAt: "2020-01-01T00:00:00Z", Active: true}
		w := newWorkspace(t, sandbox.Options{Fivetran: sandbox.FivetranBehavior{KnownElsewhere: []sandbox.FivetranUser{known}, IgnoreUpdates: true}})
		w.one(t, "email = \"zoe@acme.example\"\ngiven_name = \"Zoe\"\nfamily_name = \"Zed\"")
		w.succeed(t, "apply -auto-approve", "1 added", "Fivetran User Details Differ", `given_name: sent "Zoe", Fivetran has "Zora"`)
		w.succeed(t, "plan", `"Zora" -> "Zoe"`)
		w.succeed(t, "state show datastack_fivetran_user_invite.one", `id = "old_hand"`)
	})
	t.Run("another user's reply", func(t *testing.T) {
		t.Parallel()
		w := newWorkspace(t, sandbox.Options{Fivetran: sandbox.FivetranBehavior{InviteReply: meiTanaka}})
		before := w.user(t, meiTanaka)
		w.one(t, "email = \"zoe@acme.example\"\ngiven_name = \"Zoe\"\nfamily_name = \"Zed\"")
		w.succeed(t, "apply -auto-approve", "1 added")
		w.succeed(t, "state show datastack_fivetran_user_invite.one", `id = "`+w.user(t, "zoe@acme.example").ID+`"`)
		w.one(t, "email = \"zoe@acme.example\"\ngiven_name = \"Zora\"\nfamily_name = \"Zed\"")
		w.succeed(t, "apply -auto-approve", "1 changed")
		w.write(t, "main.tf", `provider "datastack" {}`)
		w.succeed(t, "apply -auto-approve", "1 destroyed")
		if after := w.user(t, meiTanaka); orEmpty(after.GivenName) != orEmpty(before.GivenName) {
			t.Errorf("got %+v, want another user left alone", after)
		}
	})
	t.Run("clearing refused", func(t *testing.T) {
		t.Parallel()
		w := newWorkspace(t, sandbox.Options{Fivetran: sandbox.FivetranBehavior{RefuseNull: true}})
		const names = "email = \"zoe@acme.example\"\ngiven_name = \"Zoe\"\nfamily_name = \"Zed\"\n"
		w.one(t, names+`phone = "+1"`)
		w.succeed(t, "apply -auto-approve")
		w.one(t, names)
		w.fail(t, "apply -auto-approve", "Unable to Change Fivetran User", "400 Bad Request")
		w.succeed(t, "show", `phone = "\+1"`)
	})
}

// TestFivetranUserInviteRolesThatCannotBeChecked warns instead of refusing.
func TestFivetranUserInviteRolesThatCannotBeChecked(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		behavior sandbox.FivetranBehavior
		warns    bool
	}{
		"no roles":              {sandbox.FivetranBehavior{NoRoles: true}, true},
		"roles without a scope": {sandbox.FivetranBehavior{RolesWithoutScope: true}, true},
		"a row for each scope":  {sandbox.FivetranBehavior{RoleRowPerScope: true}, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorkspace(t, sandbox.Options{Fivetran: test.behavior})
			w.one(t, "email = \"zoe@acme.example\"\ngiven_name = \"Zoe\"\nfamily_name = \"Zed\"\nrole = \"Account Reviewer\"")
			if output := w.succeed(t, "plan"); contains(output, "Unable to Check Fivetran Role") != test.warns {
				t.Errorf("want a warning: %t, got\n%s", test.warns, output)
			}
		})
	}
}
