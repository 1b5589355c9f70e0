// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"encoding/json"
	"strconv"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/tfversion"

	"github.com/datastack-iam/terraform-provider-datastack/internal/sandbox"
)

func TestFunctions(t *testing.T) {
	t.Parallel()
	c := newCompany(t, sandbox.Options{})
	resource.UnitTest(t, resource.TestCase{
		ProtoV6ProviderFactories: factories,
		TerraformVersionChecks:   []tfversion.TerraformVersionCheck{tfversion.SkipBelow(tfversion.Version1_8_0)},
		Steps: []resource.TestStep{
			{
				Config:      c.config(`output "x" { value = provider::datastack::normalize_email(null) }`),
				ExpectError: saying(`Invalid function argument`, `"address"`, `must not be null`),
			},
			c.reading(`
data "datastack_fivetran_users" "all" {}

resource "terraform_data" "address" {
  input = " Ada@Northwind.example\n"
}`, expressions{
				`provider::datastack::normalize_email(" Zoë@Northwind.example ")`:                             `"zoë@northwind.example"`,
				`provider::datastack::normalize_email(terraform_data.address.output)`:                         `"ada@northwind.example"`,
				`provider::datastack::missing_emails([" A@x.example", null, "b@x.example"], ["a@x.example"])`: `["b@x.example"]`,
				`provider::datastack::missing_emails(toset(["a@x.example"]), [])`:                             `["a@x.example"]`,
				// Service accounts have no address.
				`provider::datastack::missing_emails(data.datastack_fivetran_users.all.users[*].email, [for user in data.datastack_fivetran_users.all.users : upper(user.email) if user.email != null])`: `[]`,
			}),
		},
	})
	if got := c.Count("", ""); got != c.Count("", "/v1/users") {
		t.Errorf("got the requests %v, want none by functions", c.Requests())
	}
}

func TestMissingEmails(t *testing.T) {
	t.Parallel()
	p := open(t, `{}`)
	for _, test := range []struct{ wanted, present, want string }{
		{wanted: `[]`, present: `[]`, want: `[]`},
		{wanted: `[]`, present: `["a@x.example"]`, want: `[]`},
		{wanted: `["b@x.example","A@x.example"]`, present: `[]`, want: `["b@x.example","A@x.example"]`},
		{wanted: `["b@x.example","A@x.example"]`, present: `[" a@X.example\t"]`, want: `["b@x.example"]`},
		{wanted: `[" B@x.example","b@x.example","c@x.example","B@X.EXAMPLE"]`, present: `["d@x.example"]`, want: `[" B@x.example","c@x.example"]`},
		{wanted: `[null,"","  ","a@x.example",null]`, present: `[null,""]`, want: `["a@x.example"]`},
	} {
		if got := p.call(t, "missing_emails", test.wanted, test.present); !sameJSON(got, test.want) {
			t.Errorf("missing_emails(%s, %s): got %s, want %s", test.wanted, test.present, got, test.want)
		}
	}
}

func TestNormalizeEmail(t *testing.T) {
	t.Parallel()
	p := open(t, `{}`)
	for given, want := range map[string]string{
		"":                           "",
		"ada@northwind.example":      "ada@northwind.example",
		"\t ADA@Northwind.Example\n": "ada@northwind.example",
		"Élodie@Northwind.example":   "élodie@northwind.example",
	} {
		if got := p.call(t, "normalize_email", strconv.Quote(given)); !sameJSON(got, strconv.Quote(want)) {
			t.Errorf("normalize_email(%q): got %s, want %q", given, got, want)
		}
	}
}

// TestFunctionsAreDescribed asks for a description of everything.
func TestFunctionsAreDescribed(t *testing.T) {
	t.Parallel()
	functions := open(t, `{}`).schemas.Functions
	for name, f := range functions {
		if f.Summary == "" || f.Description == "" {
			t.Errorf("%s: got the summary %q and the description %q", name, f.Summary, f.Description)
		}
		for _, p := range f.Parameters {
			if p.Description == "" {
				t.Errorf("%s: %s has no description", name, p.Name)
			}
		}
	}
	if got := len(functions); got != 2 {
		t.Errorf("got %d functions, want 2", got)
	}
}

// call calls a function with arguments written as JSON, and returns its result
// as JSON.
func (p *protocol) call(t *testing.T, name string, arguments ...string) string {
	t.Helper()
	function := p.schemas.Functions[name]
	request := &tfprotov6.CallFunctionRequest{Name: name}
	for i, argument := range arguments {
		request.Arguments = append(request.Arguments, dynamicValue(t, function.Parameters[i].Type, argument))
	}
	answer, err := p.CallFunction(t.Context(), request)
	if err != nil {
		t.Fatal(err)
	}
	if answer.Error != nil {
		t.Fatalf("%s(%q): %s", name, arguments, answer.Error.Text)
	}
	value, err := answer.Result.Unmarshal(function.Return.Type)
	if err != nil {
		t.Fatal(err)
	}
	text, err := json.Marshal(plain(value))
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}
