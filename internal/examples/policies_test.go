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

// A pullRequest is examples/policies with people to invite, and check.sh with
// an engine that judges them.
type pullRequest struct {
	*workspace
	script string
}

func newPullRequest(t *testing.T) *pullRequest {
	t.Helper()
	t.Parallel()
	if os.Getenv("OPA") == "" {
		t.Skip("OPA is not set to the path of Open Policy Agent; make test does so")
	}
	return &pullRequest{newWorkspace(t, "policies"), "./check.sh"}
}

// check runs check.sh for the people.
func (p *pullRequest) check(t *testing.T, people string, args ...string) (output string, code int) {
	t.Helper()
	p.write(t, "people.auto.tfvars", "people = {\n"+people+"\n}\n")
	return p.run(t, p.script, args...)
}

// judged wants the rules, and no others, to stop the change and to warn.
func (p *pullRequest) judged(t *testing.T, people string, denied, warned []string, args ...string) {
	t.Helper()
	output, code := p.check(t, people, args...)
	comment, err := os.ReadFile(filepath.Join(p.dir, "comment.md"))
	if err != nil {
		t.Fatalf("check.sh ended with %d and wrote no comment:\n%s", code, output)
	}
	verdict, _, _ := strings.Cut(string(comment), "<details>")
	stop, warn, _ := strings.Cut(verdict, "### ")
	if got := rules(stop); !slices.Equal(got, denied) {
		t.Errorf("stopped by %q, want %q:\n%s", got, denied, stop)
	}
	if got := rules(warn); !slices.Equal(got, warned) {
		t.Errorf("warned by %q, want %q:\n%s", got, warned, warn)
	}
	if want := min(len(denied), 1); code != want {
		t.Errorf("check.sh ended with %d, want %d:\n%s", code, want, output)
	}
}

// rules returns the rules that the findings of a comment name, each once.
func rules(comment string) []string {
	var names []string
	for _, match := range regexp.MustCompile(`(?m)^- .*\[(\w+)\]$`).FindAllStringSubmatch(comment, -1) {
		names = append(names, match[1])
	}
	slices.Sort(names)
	return slices.Compact(names)
}

// marta keeps to all rules.
const marta = `"marta.jansen@northwind.example" = { given_name = "Marta", family_name = "Jansen", role = "Account Analyst" }`

// What the sandbox's company has to work off. To destroy everything, Terraform
// evaluates no checks.
var (
	standing  = []string{"checks", "developer_seat", "idle_service_token", "pending_invite", "scim"}
	unchecked = standing[1:]
)

func TestRulesOnPlans(t *testing.T) {
	for name, c := range map[string]struct {
		people string
		// edit changes the copy of the example before it is planned.
		edit           func(*testing.T, *pullRequest)
		denied, warned []string
	}{
		"a change that keeps to the rules": {people: marta, warned: standing},
		"nobody":                           {warned: standing},
		"an address elsewhere": {
			people: `"eve@evil.example" = { given_name = "Eve", family_name = "Adams", role = "Account Reviewer" }`,
			denied: []string{"invite_domain", "invite_in_group", "invite_in_idp"}, warned: standing,
		},
		"an administrator": {
			people: `"marta.jansen@northwind.example" = { given_name = "Marta", family_name = "Jansen", role = "Account Administrator" }`,
			denied: []string{"invite_administrator"}, warned: standing,
		},
		"no role": {
			people: `"marta.jansen@northwind.example" = { given_name = "Marta", family_name = "Jansen" }`,
			denied: []string{"invite_role"}, warned: standing,
		},
		"more people than seats": {
			people: newcomers(9),
			denied: []string{"invite_in_group", "invite_in_idp", "seats"}, warned: standing,
		},
		"what is known only on apply": {
			people: marta,
			edit: func(t *testing.T, p *pullRequest) {
				p.write(t, "late.tf", `
resource "terraform_data" "late" {
  input = "somebody"
}

resource "datastack_fivetran_user_invite" "late" {
  email       = "${terraform_data.late.output}@northwind.example"
  given_name  = "Some"
  family_name = "Body"
}
`)
			},
			denied: []string{"known"}, warned: standing,
		},
		"facts that are read on apply": {
			people: marta,
			edit: func(t *testing.T, p *pullRequest) {
				p.replace(t, "main.tf", `data "datastack_dbtcloud_service_tokens" "all" {}`, `
resource "terraform_data" "late" {}

data "datastack_dbtcloud_service_tokens" "all" {
  depends_on = [terraform_data.late]
}`)
			},
			denied: []string{"facts"},
			warned: []string{"checks", "developer_seat", "facts", "pending_invite", "scim"},
		},
		"facts that could not be read": {
			people: marta,
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
			denied: []string{"facts"},
			warned: []string{"checks", "developer_seat", "pending_invite", "scim"},
		},
		"facts about some people": {
			people: marta,
			edit: func(t *testing.T, p *pullRequest) {
				p.replace(t, "main.tf", `data "datastack_fivetran_users" "all" {}`, `
data "datastack_fivetran_users" "all" {
  statuses = ["active"]
}`)
			},
			denied: []string{"facts"}, warned: standing,
		},
		"no exceptions": {
			people: marta,
			edit: func(t *testing.T, p *pullRequest) {
				p.replace(t, "settings/rules.yaml", "legacy deploy", "another")
			},
			denied: []string{"service_token_grant"}, warned: standing,
		},
		"a check that stops": {
			people: marta,
			edit: func(t *testing.T, p *pullRequest) {
				p.replace(t, "settings/rules.yaml", "scim, checks]", "scim]")
			},
			denied: []string{"checks"},
			warned: unchecked,
		},
	} {
		t.Run(name, func(t *testing.T) {
			p := newPullRequest(t)
			if c.edit != nil {
				c.edit(t, p)
			}
			p.judged(t, c.people, c.denied, c.warned)
		})
	}
}

// newcomers are people whom nobody knows.
func newcomers(n int) string {
	var people strings.Builder
	for i := range n {
		fmt.Fprintf(&people, "\"newcomer.%d@northwind.example\" = { given_name = \"New\", family_name = \"Comer\", role = \"Account Reviewer\" }\n", i)
	}
	return people.String()
}

// Nadia's licence in dbt Cloud has ended, and somebody invites her to Fivetran
// all the same.
func TestRulesOnPeopleWhoLeave(t *testing.T) {
	p := newPullRequest(t)
	const nadia = `"nadia.haddad@northwind.example" = { given_name = "Nadia", family_name = "Haddad", role = "Account Reviewer" }`
	p.judged(t, marta+"\n"+nadia, []string{"invite_in_group", "leavers"}, standing)
	p.terraform(t, "init") // check.sh takes nothing from .terraform, and leaves nothing there
	p.terraform(t, "apply", "tfplan")
	p.judged(t, marta+"\n"+nadia, []string{"leavers"}, standing)
	p.judged(t, marta, []string{"deletion"}, standing)
	p.judged(t, marta, []string{"deletion"}, unchecked, "-destroy")
	p.variables = append(p.variables, `LABELS=["urgent", "offboarding"]`)
	p.judged(t, marta, nil, standing)
	p.terraform(t, "apply", "tfplan")
	p.judged(t, marta, nil, standing)
	if sent := p.Count("DELETE", "/v1/users/"); sent != 1 {
		t.Errorf("%d people were deleted, want Nadia", sent)
	}
}

// Terraform follows a link in .terraform, so that a module would be written to
// where the rules are.
func TestRulesAreNotThoseOfThePullRequest(t *testing.T) {
	p := newPullRequest(t)
	p.write(t, "evil/main.rego", "package main\n\nexcepted(_, _) := true\n")
	for _, args := range [][]string{{"init"}, {"add", "."}, {"-c", "user.name=Eve", "-c", "user.email=eve@evil.example", "commit", "-m", "evil"}} {
		if output, code := p.run(t, "git", append([]string{"-C", "evil"}, args...)...); code != 0 {
			t.Fatal(output)
		}
	}
	p.write(t, "evil.tf", `module "evil" { source = "git::file://`+filepath.Join(p.dir, "evil")+`" }`)
	p.write(t, ".terraform/README", "")
	if err := os.Symlink("../policy", filepath.Join(p.dir, ".terraform", "modules")); err != nil {
		t.Fatal(err)
	}
	p.judged(t, `"marta.jansen@northwind.example" = { given_name = "Marta", family_name = "Jansen", role = "Account Administrator" }`,
		[]string{"invite_administrator"}, standing)
	if _, err := os.Stat(filepath.Join(p.dir, "policy", "evil")); err == nil {
		t.Error("the module was written to where the rules are")
	}
}

func TestRulesOnPlansWithoutThisProvider(t *testing.T) {
	p := newPullRequest(t)
	p.write(t, "../other/main.tf", `resource "terraform_data" "other" {}`)
	p.dir, p.script = filepath.Join(filepath.Dir(p.dir), "other"), "../policies/check.sh"
	p.judged(t, "", nil, nil)
}

// Nothing that check.sh left behind may be taken for the outcome of a plan that
// could not be made or judged.
func TestNoVerdictWithoutAPlan(t *testing.T) {
	for name, c := range map[string]struct{ people, labels, want string }{
		"Terraform refuses": {
			people: `"marta.jansen@northwind.example" = { given_name = "Marta", family_name = "Jansen", role = "Analyst" }`,
			want:   "Unknown Fivetran Role",
		},
		"labels that are no list": {people: marta, labels: "offboarding", want: "labels.json"},
	} {
		t.Run(name, func(t *testing.T) {
			p := newPullRequest(t)
			p.judged(t, marta, nil, standing)
			p.variables = append(p.variables, "LABELS="+c.labels)
			output, code := p.check(t, c.people)
			if code == 0 || !strings.Contains(output, c.want) {
				t.Errorf("check.sh ended with %d and did not name %q:\n%s", code, c.want, output)
			}
			if comment, err := os.ReadFile(filepath.Join(p.dir, "comment.md")); err != nil || !strings.Contains(string(comment), "could not be judged") {
				t.Errorf("the comment is %v:\n%s", err, comment)
			}
		})
	}
}

// What makes a data source show less than everything is known to the rules.
func TestEveryArgumentIsKnown(t *testing.T) {
	t.Parallel()
	facts, err := os.ReadFile("../../examples/policies/policy/facts.rego")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"identities", "dbtcloud_invites", "dbtcloud_licenses", "dbtcloud_scim_config", "dbtcloud_service_tokens", "fivetran_users"} {
		page, err := os.ReadFile("../../docs/data-sources/" + name + ".md")
		if err != nil {
			t.Fatal(err)
		}
		var known, told []string
		if line := regexp.MustCompile(`"datastack_` + name + `": \{(.*)\}`).FindSubmatch(facts); line != nil {
			known = regexp.MustCompile(`\w+`).FindAllString(string(line[1]), -1)
		}
		_, optional, _ := strings.Cut(string(page), "### Optional")
		optional, _, _ = strings.Cut(optional, "### Read-Only")
		for _, match := range regexp.MustCompile("(?m)^- `(\\w+)`").FindAllStringSubmatch(optional, -1) {
			told = append(told, match[1])
		}
		slices.Sort(known)
		if !slices.Equal(known, told) {
			t.Errorf("%s has the arguments %q, facts.rego knows %q", name, told, known)
		}
	}
}

// Each rule stands in the guide and in the settings.
func TestEveryRuleIsDocumented(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("../../examples/policies/policy/rules/*.rego")
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, file := range files {
		if name := strings.TrimSuffix(filepath.Base(file), ".rego"); !strings.HasSuffix(name, "_test") {
			names = append(names, name)
		}
	}
	for file, pattern := range map[string]string{
		"../../templates/guides/policy-checks.md.tmpl": "(?m)^\\| `(\\w+)` \\|",
		"../../examples/policies/settings/rules.yaml":  `(?m)^    (\w+):`,
	} {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		var told []string
		for _, match := range regexp.MustCompile(pattern).FindAllStringSubmatch(string(text), -1) {
			told = append(told, match[1])
		}
		slices.Sort(told)
		if told = slices.Compact(told); !slices.Equal(told, names) {
			t.Errorf("%s has %q, the rules are %q", file, told, names)
		}
	}
}
