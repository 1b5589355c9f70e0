// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"fmt"
	"maps"
	"net/http"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
	"github.com/hashicorp/terraform-plugin-testing/helper/resource"

	"github.com/datastack-iam/terraform-provider-datastack/internal/sandbox"
)

// closedFilters are the filters over closed sets of words, with the words.
var closedFilters = map[string][]string{
	"datastack_dbtcloud_users.statuses":   {"active", "inactive"},
	"datastack_dbtcloud_invites.statuses": {"pending", "redeemed", "expired", "pending_verification", "verified_sso"},
	"datastack_fivetran_users.statuses":   {"active", "invited", "inactive"},
	"datastack_fivetran_roles.scope":      {"ACCOUNT", "DESTINATION", "CONNECTOR", "TEAM"},
	"datastack_identities.systems":        {"dbtcloud", "fivetran", "rudderstack"},
	"datastack_grants.systems":            {"dbtcloud", "fivetran", "rudderstack"},
	"datastack_grants.resource_types":     {"account", "destination", "group", "license", "project", "team"},
}

// TestFiltersOfClosedSets validates filters without a plan, and without settings.
func TestFiltersOfClosedSets(t *testing.T) {
	t.Parallel()
	p := open(t, `{}`)
	for filter, words := range closedFilters {
		name, argument, _ := strings.Cut(filter, ".")
		typ := p.schemas.DataSourceSchemas[name].ValueType().(tftypes.Object)
		list := typ.AttributeTypes[argument].Is(tftypes.List{})
		for _, test := range []struct {
			value  any // the last one of a list
			refuse bool
		}{
			{value: words[0]}, {value: words[len(words)-1]}, {value: tftypes.UnknownValue},
			{strings.ToTitle(words[0][:1]) + words[0][1:] + "s", true}, {"suspended", true}, {"", true}, {" " + words[0], true}, {"active,inactive", true},
		} {
			value, at := tftypes.NewValue(tftypes.String, test.value), argument
			if list {
				value = tftypes.NewValue(tftypes.List{ElementType: tftypes.String}, []tftypes.Value{tftypes.NewValue(tftypes.String, words[0]), value})
				at += ".ElementKeyInt(1)"
			}
			got := p.validate(t, name, map[string]tftypes.Value{argument: value})
			if !test.refuse {
				if got != "" {
					t.Errorf("%s: %v: got %s, want no error", filter, value, got)
				}
				continue
			}
			expectSaid(t, got, "ERROR at "+at+": ", `must be one of: ["`+strings.Join(words, `" "`)+`"]`)
			if strings.Count(got, "ERROR") != 1 {
				t.Errorf("%s: got\n%s\nwant one error", filter, got)
			}
		}
	}
}

// validate validates a data source, and returns its messages. Arguments that are
// not given are null.
func (p *protocol) validate(t *testing.T, name string, arguments map[string]tftypes.Value) (said string) {
	t.Helper()
	typ := p.schemas.DataSourceSchemas[name].ValueType().(tftypes.Object)
	attributes := map[string]tftypes.Value{}
	for attribute, attributeType := range typ.AttributeTypes {
		attributes[attribute] = tftypes.NewValue(attributeType, nil)
	}
	maps.Copy(attributes, arguments)
	config, err := tfprotov6.NewDynamicValue(typ, tftypes.NewValue(typ, attributes))
	if err != nil {
		t.Fatal(err)
	}
	answer, err := p.ValidateDataResourceConfig(t.Context(), &tfprotov6.ValidateDataResourceConfigRequest{TypeName: name, Config: &config})
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range answer.Diagnostics {
		said += fmt.Sprintf("%s at %s: %s: %s\n", d.Severity, dotted(d.Attribute), d.Summary, d.Detail)
	}
	return said
}

// TestFiltersOfOpenSets names values that are nowhere in the account, somewhere
// in it, and in rows that another filter leaves out.
func TestFiltersOfOpenSets(t *testing.T) {
	t.Parallel()
	c := newCompany(t, sandbox.Options{})
	p := open(t, c.settings())
	warned := map[string]bool{}
	for _, test := range []struct {
		name, arguments string
		want            []string // parts of the only warning: the argument first
	}{
		{"datastack_dbtcloud_users", `{"emails":["AMARA.okafor@northwind.example","amara.okafo@northwind.example"]}`, []string{
			`"emails"`, "- \"amara.okafo@northwind.example\". Did you mean \"amara.okafor@northwind.example\"?\n\nSearched 40 users and 6 invites in account 12345 (" + c.url + ")."}},
		{"datastack_dbtcloud_users", `{"license_types":["Developer"],"statuses":["active"]}`, []string{`"license_types"`, `- "Developer". Did you mean "developer"?`, "Searched 40 users and 5 license types in account 12345"}},
		{"datastack_dbtcloud_users", `{"group_ids":[201,999]}`, []string{`"group_ids"`, "- \"999\"\n\nSearched 40 users and 12 groups"}},
		{"datastack_dbtcloud_users", `{"group_ids":[201],"license_types":["it"],"statuses":["inactive"]}`, nil},
		{"datastack_dbtcloud_users", `{"emails":["Dana.levy@brightloop.example","finn.walsh@brightloop.example"]}`, nil}, // invited
		{"datastack_dbtcloud_users", `{"license_types":["explorer"]}`, nil},                                              // which no user has
		{"datastack_dbtcloud_groups", `{"name_contains":"anlyst"}`, []string{`"name_contains"`, `- "anlyst". Did you mean "Analysts"?`, "Searched 12 groups in account 12345"}},
		{"datastack_dbtcloud_groups", `{"name_contains":"ANALYST"}`, nil},
		{"datastack_rudderstack_scim_users", `{"user_names":["amara.okafo@northwind.example"]}`, []string{`"user_names"`, `Did you mean "amara.okafor@northwind.example"?`, "Searched 32 users in " + c.url + "/scim/v2."}},
		{"datastack_rudderstack_scim_users", `{"user_names":["amara.okafor@northwind.example"],"active":false}`, nil},
		{"datastack_rudderstack_scim_groups", `{"display_names":["contractors"]}`, []string{`"display_names"`, `- "contractors". Did you mean "Contractors"?`, "Searched 6 groups in " + c.url}},
		{"datastack_fivetran_users", `{"emails":["nobody@northwind.example"]}`, []string{`"emails"`, "- \"nobody@northwind.example\"\n\nSearched 26 users in " + c.url + "/v1."}},
		{"datastack_fivetran_users", `{"roles":["Acount Reviewer"]}`, []string{`"roles"`, `- "Acount Reviewer". Did you mean "Account Reviewer"?`, "Searched 26 users and 19 roles in "}},
		{"datastack_fivetran_users", `{"roles":["Owner"]}`, nil}, // which no user has
		{"datastack_fivetran_teams", `{"names":["analyst"]}`, []string{`"names"`, `Did you mean "Analysts"?`, "Searched 5 teams in "}},
		{"datastack_fivetran_teams", `{"names":[" ANALYSTS"]}`, nil},
		{"datastack_fivetran_groups", `{"names":["Warehouse Production"]}`, []string{`"names"`, `Did you mean "Warehouse_Production"?`, "Searched 3 groups in "}},
		{"datastack_identities", `{"emails":["raj.patel@northwind.example","raj.pattel@northwind.example"]}`, []string{
			`"emails"`, `- "raj.pattel@northwind.example". Did you mean "raj.patel@northwind.example"?`, "Searched 43 people and 6 invites in dbtcloud, fivetran, rudderstack."}},
		{"datastack_identities", `{"emails":["raj@old.example","finn.walsh@brightloop.example"],"email_aliases":{"raj@old.example":"raj.patel@northwind.example"}}`, nil},
		{"datastack_identities", `{"emails":["raj@old.example"],"email_aliases":{"raj@old.example":"raj.pattel@northwind.example"}}`, []string{`"emails"`, `- "raj@old.example"`}},
		{"datastack_grants", `{"emails":["raj.patel@northwind.example","raj.pattel@northwind.example"]}`, []string{
			`"emails"`, `- "raj.pattel@northwind.example". Did you mean "raj.patel@northwind.example"?`, "Searched 300 grants and 49 people and invites in dbtcloud, fivetran, rudderstack."}},
		{"datastack_grants", `{"emails":["daniel.kim@northwind.example"],"systems":["fivetran"]}`, nil}, // who has none there
		{"datastack_grants", `{"entitlements":["acount_admin"]}`, []string{`"entitlements"`, `- "acount_admin". Did you mean "account_admin"?`, "Searched 300 grants and 19 roles in dbtcloud, fivetran, rudderstack."}},
		{"datastack_grants", `{"entitlements":["Create Connection","member"],"resource_types":["project"]}`, nil},
	} {
		_, said := p.read(t, test.name, test.arguments)
		if test.want == nil {
			if said != "" {
				t.Errorf("%s %s: got %s, want no message", test.name, test.arguments, said)
			}
			continue
		}
		warned[test.name+"."+strings.Trim(test.want[0], `"`)] = true
		expectSaid(t, said, append([]string{"WARNING at AttributeName(", test.want[0], "Filter Value Not Found: These values match nothing. Check their spelling:\n"}, test.want[1:]...)...)
		if strings.Count(said, "WARNING") != 1 {
			t.Errorf("%s %s: got\n%s\nwant one warning", test.name, test.arguments, said)
		}
	}
	// Every list of values that can be configured is either of these.
	for name, s := range dataSources(t) {
		for argument, a := range s.Attributes {
			filter := name + "." + argument
			if _, list := a.(schema.ListAttribute); list && a.IsOptional() && closedFilters[filter] == nil && !warned[filter] {
				t.Errorf("%s: a value that is nowhere is neither an error nor a warning", filter)
			}
		}
	}
}

// TestFiltersWithoutPermission searches no roles if the key is not allowed to
// read them, and asks for nothing if all values are found.
func TestFiltersWithoutPermission(t *testing.T) {
	t.Parallel()
	c := newCompany(t, sandbox.Options{})
	c.Inject(sandbox.Fault{PathPrefix: "/v1/roles", Status: http.StatusForbidden})
	p := open(t, c.settings())
	if _, said := p.read(t, "datastack_fivetran_users", `{"roles":["Account Reviewer"]}`); said != "" || c.Count("", "/v1/roles") != 0 {
		t.Errorf("got the message %q and %d requests for roles, want none", said, c.Count("", "/v1/roles"))
	}
	_, said := p.read(t, "datastack_fivetran_users", `{"roles":["Owner"]}`)
	expectSaid(t, said, `WARNING at AttributeName("roles"): `, "- \"Owner\"\n\nSearched 26 users in ")
}

// TestFiltersInTheCLI sees the error of validate, and that a warning leaves the
// result what it is.
func TestFiltersInTheCLI(t *testing.T) {
	t.Parallel()
	c := newCompany(t, sandbox.Options{})
	runSteps(t,
		resource.TestStep{
			Config:      c.config(`data "datastack_fivetran_users" "x" { statuses = ["active", "Invited"] }`),
			ExpectError: saying(`statuses[1] value must be one of: ["active" "invited" "inactive"], got: "Invited"`),
		},
		c.reading(`
resource "terraform_data" "status" {
  input = "invited"
}

data "datastack_fivetran_users" "x" {
  statuses = [terraform_data.status.output]
}

data "datastack_fivetran_users" "misspelled" {
  roles = ["Acount Reviewer"]
}`, expressions{
			`length(data.datastack_fivetran_users.x.users) > 0`:         `true`,
			`data.datastack_fivetran_users.misspelled.users`:            `[]`,
			`distinct(data.datastack_fivetran_users.x.users[*].status)`: `["invited"]`,
		}),
	)
}
