// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"

	"github.com/datastack-iam/terraform-provider-datastack/internal/sandbox"
)

// story is what the demo shows, and checks while it shows it.
type story struct {
	screen   screen
	cli      *terraform
	policies *policies
	services *sandbox.Server
}

const (
	ada  = "ada.lovelace@northwind.example"
	alan = "alan.turing@northwind.example"
)

func (s *story) run(ctx context.Context) error {
	for _, chapter := range []func(context.Context) error{s.read, s.join, s.planAgain, s.leave, s.destroy, s.review} {
		if err := chapter(ctx); err != nil {
			return err
		}
	}
	s.screen.line("\nDone: every step had the expected result. The configurations are in examples/onboarding and examples/policies." +
		"\nTo use the provider with your own accounts, see README.md.")
	return nil
}

func (s *story) read(ctx context.Context) error {
	s.screen.heading("Northwind Analytics uses dbt Cloud, RudderStack and Fivetran")
	s.screen.line("  A sandbox on this machine plays the three services.")
	if err := s.cli.run(ctx, "init"); err != nil {
		return err
	}
	s.screen.heading("1. Who has access today?")
	if err := s.cli.run(ctx, "apply", "-auto-approve", "-var", "people={}"); err != nil {
		return err
	}
	var licenses map[string][]string
	if err := s.cli.output(ctx, "dbt_cloud_licenses", &licenses); err != nil {
		return err
	}
	s.screen.line("\n  Active dbt Cloud users by license:")
	for _, license := range slices.Sorted(maps.Keys(licenses)) {
		s.screen.names(license, licenses[license])
	}
	var groups []struct {
		Name    string
		Members []string
	}
	if err := s.cli.output(ctx, "rudderstack_groups", &groups); err != nil {
		return err
	}
	s.screen.line("\n  Members of RudderStack groups:")
	sizes := map[string]int{}
	for _, group := range groups {
		s.screen.names(group.Name, group.Members)
		sizes[group.Name] += len(group.Members)
	}
	return expect(
		mismatch("developers in dbt Cloud", len(licenses["developer"]), 20),
		mismatch("readers in dbt Cloud", len(licenses["read_only"]), 13),
		mismatch("RudderStack groups", len(groups), 6),
		mismatch("members of the RudderStack groups called Analysts", sizes["Analysts"], 9),
		mismatch("changes sent to any service", s.changes("/"), 0),
	)
}

func (s *story) join(ctx context.Context) error {
	s.screen.heading("2. Ada and Alan join: a file lists them, a resource invites them to Fivetran")
	config, err := os.ReadFile(filepath.Join(s.cli.dir, "main.tf"))
	if err != nil {
		return err
	}
	people, err := os.ReadFile(filepath.Join(s.cli.dir, "people.auto.tfvars"))
	if err != nil {
		return err
	}
	s.screen.block(string(people))
	_, resource, _ := strings.Cut(string(config), "\nresource ")
	resource, _, _ = strings.Cut(resource, "\n}\n")
	s.screen.block("resource " + resource + "\n}")
	before := len(s.services.FivetranUsers())
	if err := s.cli.run(ctx, "apply", "-auto-approve"); err != nil {
		return err
	}
	var invited map[string]struct{ ID, Status, Role string }
	if err := s.cli.output(ctx, "fivetran", &invited); err != nil {
		return err
	}
	s.screen.line("")
	for _, email := range slices.Sorted(maps.Keys(invited)) {
		user := invited[email]
		s.screen.line(fmt.Sprintf("    %-32s %-10s %s", email, user.Status, cmp.Or(user.Role, "(no role)")))
	}
	return expect(
		mismatch("users in the output", len(invited), 2),
		mismatch("status of Ada", invited[ada].Status, "invited"),
		mismatch("role of Ada", invited[ada].Role, "Account Reviewer"),
		mismatch("status of Alan", invited[alan].Status, "invited"),
		mismatch("role of Alan", invited[alan].Role, ""),
		mismatch("users in Fivetran", len(s.services.FivetranUsers()), before+2),
		mismatch("invites sent", s.services.Count("POST", "/v1/users"), 2),
		mismatch("changes sent to RudderStack and dbt Cloud", s.changes("/scim/")+s.changes("/api/"), 0),
	)
}

func (s *story) planAgain(ctx context.Context) error {
	s.screen.heading("3. Plan again: no changes")
	return s.cli.run(ctx, "plan", "-detailed-exitcode")
}

func (s *story) leave(ctx context.Context) error {
	s.screen.heading("4. Alan leaves: the file no longer lists him")
	file := filepath.Join(s.cli.dir, "people.auto.tfvars")
	people := fmt.Sprintf("people = {\n  %q = {\n    given_name  = \"Ada\"\n    family_name = \"Lovelace\"\n    role        = \"Account Reviewer\"\n  }\n}\n", ada)
	if err := os.WriteFile(file, []byte(people), 0o600); err != nil {
		return err
	}
	if err := s.cli.run(ctx, "apply", "-auto-approve"); err != nil {
		return err
	}
	return expect(
		mismatch("Ada in Fivetran", s.inFivetran(ada), true),
		mismatch("Alan in Fivetran", s.inFivetran(alan), false),
	)
}

func (s *story) destroy(ctx context.Context) error {
	s.screen.heading("5. Destroy everything that Terraform created")
	if err := s.cli.run(ctx, "destroy", "-auto-approve"); err != nil {
		return err
	}
	return expect(
		mismatch("Ada in Fivetran", s.inFivetran(ada), false),
		mismatch("invites sent in all", s.services.Count("POST", "/v1/users"), 2),
		mismatch("deletions sent in all", s.services.Count("DELETE", "/v1/users/"), 2),
	)
}

func (s *story) review(ctx context.Context) error {
	s.screen.heading("6. A pull request invites three users and breaks five rules: its check fails")
	passed, broken, err := s.policies.check(ctx, `people = {
  "eve@evil.example"                = { given_name = "Eve", family_name = "Adams", role = "Account Reviewer" }
  "marta.jansen@northwind.example"  = { given_name = "Marta", family_name = "Jansen", role = "Account Administrator" }
  "ines.carvalho@northwind.example" = { given_name = "Inês", family_name = "Carvalho" }
}
`)
	if err != nil {
		return err
	}
	if err := expect(
		mismatch("the check passed", passed, false),
		mismatch("broken rules", broken,
			[]string{"[invite_administrator]", "[invite_domain]", "[invite_in_group]", "[invite_in_idp]", "[invite_role]"}),
	); err != nil {
		return err
	}
	s.screen.heading("7. The corrected pull request: its check passes")
	if passed, _, err = s.policies.check(ctx, `people = {
  "marta.jansen@northwind.example"  = { given_name = "Marta", family_name = "Jansen", role = "Account Analyst" }
  "ines.carvalho@northwind.example" = { given_name = "Inês", family_name = "Carvalho", role = "Account Reviewer" }
}
`); err != nil {
		return err
	}
	return expect(
		mismatch("the check passed", passed, true),
		mismatch("invites sent in all", s.services.Count("POST", "/v1/users"), 2),
	)
}

func (s *story) inFivetran(email string) bool {
	return slices.ContainsFunc(s.services.FivetranUsers(), func(user sandbox.FivetranUser) bool {
		return user.Email != nil && *user.Email == email
	})
}

// changes counts the requests below a path that are not reads.
func (s *story) changes(prefix string) int {
	return s.services.Count("", prefix) - s.services.Count("GET", prefix)
}

// mismatch returns an error if a result differs from the story.
func mismatch(what string, got, want any) error {
	if reflect.DeepEqual(got, want) {
		return nil
	}
	return fmt.Errorf("%s: got %v, want %v", what, got, want)
}

// expect reports all mismatches.
func expect(mismatches ...error) error {
	if err := errors.Join(mismatches...); err != nil {
		return fmt.Errorf("this step had another result than expected:\n%w", err)
	}
	return nil
}
