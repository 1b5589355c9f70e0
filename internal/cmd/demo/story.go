// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"

	"github.com/datastack-iam/terraform-provider-datastack/internal/sandbox"
)

// story is what the demo tells, and checks while it tells it.
type story struct {
	cli      *terraform
	rules    *rules
	services *sandbox.Server
}

const (
	ada  = "ada.lovelace@northwind.example"
	alan = "alan.turing@northwind.example"
)

func (s *story) tell(ctx context.Context) error {
	for _, chapter := range []func(context.Context) error{s.read, s.join, s.rest, s.leave, s.end, s.review} {
		if err := chapter(ctx); err != nil {
			return err
		}
	}
	fmt.Println("\nAll as it should be. The configurations are examples/onboarding and examples/policies; README.md says how to use them for real.")
	return nil
}

func (s *story) read(ctx context.Context) error {
	heading("Northwind Analytics uses dbt Cloud, RudderStack and Fivetran",
		"All three are played by a sandbox on this machine, "+s.cli.Services+".")
	if err := s.cli.run(ctx, "init"); err != nil {
		return err
	}
	heading("1. Who has access today? Nobody is to be invited yet")
	if err := s.cli.run(ctx, "apply", "-auto-approve", "-var", "people={}"); err != nil {
		return err
	}
	var licences map[string][]string
	if err := s.cli.output(ctx, "dbt_cloud_licenses", &licences); err != nil {
		return err
	}
	fmt.Println("\n  Active users of dbt Cloud by licence:")
	for _, licence := range slices.Sorted(maps.Keys(licences)) {
		list(licence, licences[licence])
	}
	var groups []struct {
		Name    string
		Members []string
	}
	if err := s.cli.output(ctx, "rudderstack_groups", &groups); err != nil {
		return err
	}
	fmt.Println("\n  Members of RudderStack's groups:")
	sizes := map[string]int{}
	for _, group := range groups {
		list(group.Name, group.Members)
		sizes[group.Name] += len(group.Members)
	}
	return expect(
		is("developers in dbt Cloud", len(licences["developer"]), 20),
		is("readers in dbt Cloud", len(licences["read_only"]), 13),
		is("groups in RudderStack", len(groups), 6),
		is("members of RudderStack's groups called Analysts", sizes["Analysts"], 8),
		is("changes sent to any service", s.changes("/"), 0),
	)
}

func (s *story) join(ctx context.Context) error {
	heading("2. Ada and Alan join: one file names them, one resource invites them to Fivetran")
	config, err := os.ReadFile(filepath.Join(s.cli.dir, "main.tf"))
	if err != nil {
		return err
	}
	people, err := os.ReadFile(filepath.Join(s.cli.dir, "people.auto.tfvars"))
	if err != nil {
		return err
	}
	show(string(people))
	_, resource, _ := strings.Cut(string(config), "\nresource ")
	resource, _, _ = strings.Cut(resource, "\n}\n")
	show("resource " + resource + "\n}")
	before := len(s.services.FivetranUsers())
	if err := s.cli.run(ctx, "apply", "-auto-approve"); err != nil {
		return err
	}
	var invited map[string]struct{ ID, Status, Role string }
	if err := s.cli.output(ctx, "fivetran", &invited); err != nil {
		return err
	}
	fmt.Println()
	for _, email := range slices.Sorted(maps.Keys(invited)) {
		person := invited[email]
		fmt.Printf("    %-32s %-10s %s\n", email, person.Status, cmp.Or(person.Role, "(no role)"))
	}
	return expect(
		is("people known to Terraform", len(invited), 2),
		is("status of Ada", invited[ada].Status, "invited"),
		is("role of Ada", invited[ada].Role, "Account Reviewer"),
		is("status of Alan", invited[alan].Status, "invited"),
		is("role of Alan", invited[alan].Role, ""),
		is("people in Fivetran", len(s.services.FivetranUsers()), before+2),
		is("invites sent", s.services.Count("POST", "/v1/users"), 2),
		is("changes sent to RudderStack and dbt Cloud", s.changes("/scim/")+s.changes("/api/"), 0),
	)
}

func (s *story) rest(ctx context.Context) error {
	heading("3. Plan again: nothing is left to do")
	return s.cli.run(ctx, "plan", "-detailed-exitcode")
}

func (s *story) leave(ctx context.Context) error {
	heading("4. Alan leaves: his lines are taken out of the file")
	file := filepath.Join(s.cli.dir, "people.auto.tfvars")
	people := fmt.Sprintf("people = {\n  %q = {\n    given_name  = \"Ada\"\n    family_name = \"Lovelace\"\n    role        = \"Account Reviewer\"\n  }\n}\n", ada)
	if err := os.WriteFile(file, []byte(people), 0o600); err != nil {
		return err
	}
	if err := s.cli.run(ctx, "apply", "-auto-approve"); err != nil {
		return err
	}
	return expect(
		is("Ada in Fivetran", s.inFivetran(ada), true),
		is("Alan in Fivetran", s.inFivetran(alan), false),
	)
}

func (s *story) end(ctx context.Context) error {
	heading("5. Destroy everything that Terraform made")
	if err := s.cli.run(ctx, "destroy", "-auto-approve"); err != nil {
		return err
	}
	return expect(
		is("Ada in Fivetran", s.inFivetran(ada), false),
		is("invites sent in all", s.services.Count("POST", "/v1/users"), 2),
		is("deletions sent in all", s.services.Count("DELETE", "/v1/users/"), 2),
	)
}

func (s *story) review(ctx context.Context) error {
	heading("6. A pull request invites three people, against five rules: its check stops it")
	stopped, verdict, err := s.rules.judge(ctx, `people = {
  "eve@evil.example"                = { given_name = "Eve", family_name = "Adams", role = "Account Reviewer" }
  "marta.jansen@northwind.example"  = { given_name = "Marta", family_name = "Jansen", role = "Account Administrator" }
  "ines.carvalho@northwind.example" = { given_name = "Inês", family_name = "Carvalho" }
}
`)
	if err != nil {
		return err
	}
	if err := expect(
		is("the pull request is stopped", stopped, true),
		is("rules that stop it", rule.FindAllString(verdict, -1),
			[]string{"[invite_in_group]", "[invite_domain]", "[invite_in_idp]", "[invite_role]", "[invite_administrator]"}),
	); err != nil {
		return err
	}
	heading("7. The pull request is corrected: its check passes")
	if stopped, _, err = s.rules.judge(ctx, `people = {
  "marta.jansen@northwind.example"  = { given_name = "Marta", family_name = "Jansen", role = "Account Analyst" }
  "ines.carvalho@northwind.example" = { given_name = "Inês", family_name = "Carvalho", role = "Account Reviewer" }
}
`); err != nil {
		return err
	}
	return expect(
		is("the pull request is stopped", stopped, false),
		is("invites sent in all", s.services.Count("POST", "/v1/users"), 2),
	)
}

func (s *story) inFivetran(email string) bool {
	return slices.ContainsFunc(s.services.FivetranUsers(), func(user sandbox.FivetranUser) bool {
		return user.Email != nil && *user.Email == email
	})
}

// changes counts the requests below a path that were no reads.
func (s *story) changes(prefix string) int {
	return s.services.Count("", prefix) - s.services.Count("GET", prefix)
}

// is compares one fact with the story. It returns nil where they agree.
func is(fact string, got, want any) error {
	if reflect.DeepEqual(got, want) {
		return nil
	}
	return fmt.Errorf("%s: got %v, want %v", fact, got, want)
}
