// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package examples

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// pullRequest is a copy of examples/policies, in which a test changes the people
// to invite and runs check.sh.
type pullRequest struct {
	*workspace
	script string
}

func newPullRequest(t *testing.T) *pullRequest {
	t.Helper()
	t.Parallel()
	if os.Getenv("OPA") == "" {
		t.Skip("set OPA to the path of Open Policy Agent, or run make test")
	}
	return &pullRequest{newWorkspace(t, "policies"), "./check.sh"}
}

// check runs check.sh for the people.
func (p *pullRequest) check(t *testing.T, people string, args ...string) (output string, code int) {
	t.Helper()
	p.write(t, "people.auto.tfvars", "people = {\n"+people+"\n}\n")
	return p.run(t, p.script, args...)
}

// wantRules runs check.sh for the people, and fails the test unless exactly these
// rules fail the check, or warn.
func (p *pullRequest) wantRules(t *testing.T, people string, denied, warned []string, args ...string) {
	t.Helper()
	output, code := p.check(t, people, args...)
	comment, err := os.ReadFile(filepath.Join(p.dir, "comment.md"))
	if err != nil {
		t.Fatalf("check.sh exited with %d and wrote no comment:\n%s", code, output)
	}
	verdict, _, _ := strings.Cut(string(comment), "<details>")
	heading := "## Access check: passed\n"
	if len(denied) > 0 {
		heading = "## Access check: failed\n"
	}
	if !strings.HasPrefix(verdict, heading) {
		t.Errorf("got comment %q, want heading %q", verdict, heading)
	}
	failures, warnings, _ := strings.Cut(verdict, "### ")
	if got := rulesIn(failures); !slices.Equal(got, denied) {
		t.Errorf("failed by %q, want %q:\n%s", got, denied, failures)
	}
	if got := rulesIn(warnings); !slices.Equal(got, warned) {
		t.Errorf("warned by %q, want %q:\n%s", got, warned, warnings)
	}
	if want := min(len(denied), 1); code != want {
		t.Errorf("check.sh exited with %d, want %d:\n%s", code, want, output)
	}
}

// rulesIn returns the rules of the findings in a comment, each once.
func rulesIn(comment string) []string {
	var names []string
	for _, match := range regexp.MustCompile(`(?m)^- .*\[(\w+)\]$`).FindAllStringSubmatch(comment, -1) {
		names = append(names, match[1])
	}
	slices.Sort(names)
	return slices.Compact(names)
}

// martaInvite is an invite that passes all rules.
const martaInvite = `"marta.jansen@northwind.example" = { given_name = "Marta", family_name = "Jansen", role = "Account Analyst" }`

// sandboxWarnings are the rules that warn about the seed of the sandbox. Plans to
// destroy everything lack "checks", because Terraform then evaluates no check.
var (
	sandboxWarnings         = []string{"checks", "developer_seat", "idle_service_token", "pending_invite", "scim"}
	sandboxWarningsNoChecks = sandboxWarnings[1:]
)

func TestRulesOnPlans(t *testing.T) {
	for name, c := range map[string]struct {
		people string
		// edit changes the copy of the example before it is planned.
		edit           func(*testing.T, *pullRequest)
		denied, warned []string
	}{
		"a change that passes": {people: martaInvite, warned: sandboxWarnings},
		"no people":            {warned: sandboxWarnings},
		"an address at another domain": {
			people: `"eve@evil.example" = { given_name = "Eve", family_name = "Adams", role = "Account Reviewer" }`,
			denied: []string{"invite_domain", "invite_in_group", "invite_in_idp"}, warned: sandboxWarnings,
		},
		"an administrator": {
			people: `"marta.jansen@northwind.example" = { given_name = "Marta", family_name = "Jansen", role = "Account Administrator" }`,
			denied: []string{"invite_administrator"}, warned: sandboxWarnings,
		},
		"no role": {
			people: `"marta.jansen@northwind.example" = { given_name = "Marta", family_name = "Jansen" }`,
			denied: []string{"invite_role"}, warned: sandboxWarnings,
		},
		"more users than seats": {
			people: newcomers(9),
			denied: []string{"invite_in_group", "invite_in_idp", "seats"}, warned: sandboxWarnings,
		},
		"a value known only after apply": {
			people: martaInvite,
			edit: func(t *testing.T, p *pullRequest) {
				p.write(t, "late.tf", `
resource "terraform_data" "late" {
  input = "late"
}

resource "datastack_fivetran_user_invite" "late" {
  email       = "${terraform_data.late.output}@northwind.example"
  given_name  = "Late"
  family_name = "User"
}
`)
			},
			denied: []string{"known"}, warned: sandboxWarnings,
		},
		"a data source read during apply": {
			people: martaInvite,
			edit: func(t *testing.T, p *pullRequest) {
				p.replace(t, "main.tf", `data "datastack_dbtcloud_service_tokens" "all" {}`, `
resource "terraform_data" "late" {}

data "datastack_dbtcloud_service_tokens" "all" {
  depends_on = [terraform_data.late]
}`)
			},
			denied: []string{"data_sources"},
			warned: []string{"checks", "data_sources", "developer_seat", "pending_invite", "scim"},
		},
		"a data source that failed": {
			people: martaInvite,
			edit: func(t *testing.T, p *pullRequest) {
				p.replace(t, "main.tf", `data "datastack_dbtcloud_service_tokens" "all" {}`, `
provider "datastack" {
  alias    = "refused"
  dbtcloud = { token = "wrong" }
}

check "service_tokens" {
  data "datastack_dbtcloud_service_tokens" "all" {
    provider = datastack.refused
  }
  assert {
    condition     = length(data.datastack_dbtcloud_service_tokens.all.service_tokens) > 0
    error_message = "There are none."
  }
}`)
			},
			denied: []string{"data_sources"},
			warned: []string{"checks", "developer_seat", "pending_invite", "scim"},
		},
		"a filtered data source": {
			people: martaInvite,
			edit: func(t *testing.T, p *pullRequest) {
				p.replace(t, "main.tf", `data "datastack_fivetran_users" "all" {}`, `
data "datastack_fivetran_users" "all" {
  statuses = ["active"]
}`)
			},
			denied: []string{"data_sources"}, warned: sandboxWarnings,
		},
		"no exceptions": {
			people: martaInvite,
			edit: func(t *testing.T, p *pullRequest) {
				p.replace(t, "settings/rules.yaml", "legacy deploy", "another")
			},
			denied: []string{"service_token_grant"}, warned: sandboxWarnings,
		},
		"a misspelled group in the settings": {
			people: martaInvite,
			edit: func(t *testing.T, p *pullRequest) {
				p.replace(t, "settings/rules.yaml", "Finance Reporting", "Finance Reprting")
			},
			denied: []string{"names"}, warned: sandboxWarnings,
		},
		"a misspelled role in the settings": {
			people: martaInvite,
			edit: func(t *testing.T, p *pullRequest) {
				p.replace(t, "settings/rules.yaml", "[Account Administrator, Owner]", "[Account Admin]")
			},
			denied: []string{"names"}, warned: sandboxWarnings,
		},
		"a misspelled permission set in the settings": {
			people: martaInvite,
			edit: func(t *testing.T, p *pullRequest) {
				p.replace(t, "settings/rules.yaml", "[account_admin, owner]", "[acount_admin]")
			},
			denied: []string{"names"}, warned: sandboxWarnings,
		},
		"a group without members in the settings": {
			people: martaInvite,
			edit: func(t *testing.T, p *pullRequest) {
				p.replace(t, "settings/rules.yaml", "rudderstack: [Analysts,", "rudderstack: [Contractors, Analysts,")
			},
			warned: sandboxWarnings,
		},
		"a rule of your own": {
			people: `"hugo.martin@brightloop.example" = { given_name = "Hugo", family_name = "Martin", role = "Account Analyst" }`,
			edit: func(t *testing.T, p *pullRequest) {
				if err := os.CopyFS(filepath.Join(p.dir, "policy", "rules"), os.DirFS(filepath.Join(p.dir, "own-rule"))); err != nil {
					t.Fatal(err)
				}
				p.replace(t, "settings/rules.yaml", "    checks: true", "    checks: true\n    contractor_role: { domains: [brightloop.example], roles: [Account Reviewer] }")
			},
			denied: []string{"contractor_role", "invite_domain", "invite_in_group", "invite_in_idp"}, warned: sandboxWarnings,
		},
		"a check block that fails the check": {
			people: martaInvite,
			edit: func(t *testing.T, p *pullRequest) {
				p.replace(t, "settings/rules.yaml", "scim, checks]", "scim]")
			},
			denied: []string{"checks"},
			warned: sandboxWarningsNoChecks,
		},
	} {
		t.Run(name, func(t *testing.T) {
			p := newPullRequest(t)
			if c.edit != nil {
				c.edit(t, p)
			}
			p.wantRules(t, c.people, c.denied, c.warned)
		})
	}
}

// newcomers returns people who are in no service and not in the identity provider.
func newcomers(n int) string {
	var people strings.Builder
	for i := range n {
		fmt.Fprintf(&people, "\"newcomer.%d@northwind.example\" = { given_name = \"New\", family_name = \"Comer\", role = \"Account Reviewer\" }\n", i)
	}
	return people.String()
}

// TestRulesOnLeavers invites Nadia, who is not active in dbt Cloud, to Fivetran.
func TestRulesOnLeavers(t *testing.T) {
	p := newPullRequest(t)
	const nadia = `"nadia.haddad@northwind.example" = { given_name = "Nadia", family_name = "Haddad", role = "Account Reviewer" }`
	p.wantRules(t, martaInvite+"\n"+nadia, []string{"invite_in_group", "leavers"}, sandboxWarnings)
	p.terraform(t, "init") // because check.sh does not use .terraform
	p.terraform(t, "apply", "tfplan")
	p.wantRules(t, martaInvite+"\n"+nadia, []string{"leavers"}, sandboxWarnings)
	p.wantRules(t, martaInvite, []string{"deletion"}, sandboxWarnings)
	p.wantRules(t, martaInvite, []string{"deletion"}, sandboxWarningsNoChecks, "-destroy")
	p.variables = append(p.variables, `LABELS=["urgent", "offboarding"]`)
	p.wantRules(t, martaInvite, nil, sandboxWarnings)
	p.terraform(t, "apply", "tfplan")
	p.wantRules(t, martaInvite, nil, sandboxWarnings)
	if sent := p.Count("DELETE", "/v1/users/"); sent != 1 {
		t.Errorf("%d users were deleted, want only Nadia", sent)
	}
}

func TestRulesOnPlansWithoutThisProvider(t *testing.T) {
	p := newPullRequest(t)
	p.write(t, "../other/main.tf", `resource "terraform_data" "other" {}`)
	p.dir, p.script = filepath.Join(filepath.Dir(p.dir), "other"), "../policies/check.sh"
	p.wantRules(t, "", nil, nil)
}
