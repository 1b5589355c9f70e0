// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"fmt"
	"net/http"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-testing/compare"
	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/terraform"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"

	"github.com/datastack-iam/terraform-provider-datastack/internal/sandbox"
)

const invited = "datastack_fivetran_user_invite.ada"

// ada is the configuration of one invite, with more attributes.
func (c *company) ada(more string) string {
	return c.config(`
resource "datastack_fivetran_user_invite" "ada" {
  email       = "ada@northwind.example"
  given_name  = "Ada"
  family_name = "Lovelace"
` + more + "\n}\n")
}

func has(attribute string, value knownvalue.Check) statecheck.StateCheck {
	return statecheck.ExpectKnownValue(invited, tfjsonpath.New(attribute), value)
}

func planned(action plancheck.ResourceActionType) resource.ConfigPlanChecks {
	return resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{plancheck.ExpectResourceAction(invited, action)}}
}

// sends checks how many requests of a kind arrived since the last check.
func (c *company) sends(method, path string, want int) resource.TestCheckFunc {
	return func(*terraform.State) error {
		defer c.ForgetRequests()
		if got := c.Count(method, path); got != want {
			return fmt.Errorf("got %d requests %s %s, want %d", got, method, path, want)
		}
		return nil
	}
}

// userID returns the id of a Fivetran user that has an address, or of the
// first that has none for "".
func (c *company) userID(t *testing.T, email string) string {
	t.Helper()
	for _, user := range c.FivetranUsers() {
		if email == "" && user.Email == nil || user.Email != nil && strings.EqualFold(*user.Email, email) {
			return user.ID
		}
	}
	t.Fatalf("nobody in Fivetran has the address %q", email)
	return ""
}

// having counts the users of Fivetran who have an address.
func (c *company) having(email string) int {
	n := 0
	for _, user := range c.FivetranUsers() {
		if user.Email != nil && strings.EqualFold(*user.Email, email) {
			n++
		}
	}
	return n
}

// user returns the user of Fivetran who has an address.
func (c *company) user(t *testing.T, email string) sandbox.FivetranUser {
	t.Helper()
	for _, user := range c.FivetranUsers() {
		if user.Email != nil && strings.EqualFold(*user.Email, email) {
			return user
		}
	}
	t.Fatalf("no user of Fivetran has the address %q", email)
	return sandbox.FivetranUser{}
}

// patch changes a Fivetran user as an administrator would.
func (c *company) patch(t *testing.T, email, body string) {
	t.Helper()
	c.send(t, http.MethodPatch, "/v1/users/"+c.userID(t, email), body, http.StatusOK)
}

// send is a request of an administrator.
func (c *company) send(t *testing.T, method, path, body string, want int) {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), method, c.url+path, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	request.SetBasicAuth(sandbox.FivetranKey, sandbox.FivetranSecret)
	request.Header.Set("Content-Type", "application/json")
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	if response.StatusCode != want {
		t.Fatalf("%s %s: got status %d, want %d", method, path, response.StatusCode, want)
	}
}

func TestFivetranUserInviteLife(t *testing.T) {
	t.Parallel()
	c := newCompany(t, sandbox.Options{})
	sameID := statecheck.CompareValue(compare.ValuesSame())
	before := len(c.FivetranUsers())
	resource.UnitTest(t, resource.TestCase{
		ProtoV6ProviderFactories: factories,
		CheckDestroy: func(*terraform.State) error {
			if after := len(c.FivetranUsers()); after != before {
				return fmt.Errorf("%d people are in the account after destroy, want %d", after, before)
			}
			return nil
		},
		Steps: []resource.TestStep{
			{
				Config: c.ada(""),
				Check:  c.sends(http.MethodPost, "/v1/users", 1),
				ConfigStateChecks: []statecheck.StateCheck{
					sameID.AddStateValue(invited, tfjsonpath.New("id")),
					has("status", knownvalue.StringExact("invited")),
					has("invited", knownvalue.Bool(true)),
					has("verified", knownvalue.Bool(false)),
					has("active", knownvalue.Bool(true)),
					has("created_at", knownvalue.NotNull()),
					has("logged_in_at", knownvalue.Null()),
					has("role", knownvalue.Null()),
				},
			},
			{ // The invite is accepted, and an administrator gives a role: neither is Terraform's business.
				PreConfig: func() {
					c.AcceptInvite("ada@northwind.example")
					c.patch(t, "ada@northwind.example", `{"role":"Account Analyst"}`)
				},
				Config:           c.ada(""),
				ConfigPlanChecks: planned(plancheck.ResourceActionNoop),
				ConfigStateChecks: []statecheck.StateCheck{
					has("status", knownvalue.StringExact("active")),
					has("role", knownvalue.StringExact("Account Analyst")),
				},
			},
			{ // Names and role change in place, in one request; what depends on the id does not wait.
				PreConfig: c.ForgetRequests,
				Config: c.config(`
resource "datastack_fivetran_user_invite" "ada" {
  email       = " Ada@NORTHWIND.example"
  given_name  = "Augusta \"Ada\" & Söhne + #1 \\ x"
  family_name = "King"
  role        = "Account Reviewer"
}`),
				ConfigPlanChecks: resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{
					plancheck.ExpectResourceAction(invited, plancheck.ResourceActionUpdate),
					plancheck.ExpectKnownValue(invited, tfjsonpath.New("id"), knownvalue.NotNull()),
					plancheck.ExpectKnownValue(invited, tfjsonpath.New("logged_in_at"), knownvalue.NotNull()),
				}},
				Check: c.sends(http.MethodPatch, "/v1/users/", 1),
				ConfigStateChecks: []statecheck.StateCheck{
					sameID.AddStateValue(invited, tfjsonpath.New("id")),
					has("given_name", knownvalue.StringExact(`Augusta "Ada" & Söhne + #1 \ x`)),
					has("role", knownvalue.StringExact("Account Reviewer")),
				},
			},
			{ // A role that Terraform set is taken away with it.
				Config:           c.ada(""),
				ConfigPlanChecks: planned(plancheck.ResourceActionUpdate),
				Check:            c.sends(http.MethodDelete, "/v1/users/", 1),
				ConfigStateChecks: []statecheck.StateCheck{
					sameID.AddStateValue(invited, tfjsonpath.New("id")),
					has("role", knownvalue.Null()),
				},
			},
			{ // Another address is another person.
				PreConfig:        c.ForgetRequests,
				Config:           strings.Replace(c.ada(""), "ada@", "countess@", 1),
				ConfigPlanChecks: planned(plancheck.ResourceActionDestroyBeforeCreate),
				Check:            c.sends(http.MethodPost, "/v1/users", 1),
			},
			{ // Gone already when it is to be deleted.
				PreConfig: func() { c.RemoveFivetranUser("countess@northwind.example") },
				Config:    c.config("# nobody"),
			},
		},
	})
}

func TestFivetranUserInviteGoneOutside(t *testing.T) {
	t.Parallel()
	c := newCompany(t, sandbox.Options{})
	runSteps(t,
		resource.TestStep{Config: c.ada("")},
		resource.TestStep{ // A 404 that does not come from Fivetran's users says nothing about the person.
			PreConfig: func() {
				c.Inject(sandbox.Fault{Method: http.MethodGet, PathPrefix: "/v1/users", Times: 1, Status: http.StatusNotFound, Body: "<html>no such page</html>"})
			},
			Config:      c.ada(""),
			ExpectError: regexp.MustCompile(`(?s)Unable to Read Fivetran User.*state\s+is\s+left.*no\s+such\s+page.*fivetran\.base_url`),
		},
		resource.TestStep{
			PreConfig: func() {
				c.Inject(sandbox.Fault{Method: http.MethodGet, PathPrefix: "/v1/users", Times: 1, Status: http.StatusForbidden})
			},
			Config:      c.ada(""),
			ExpectError: regexp.MustCompile(`(?s)Unable to Read Fivetran User.*USER:READ`),
		},
		resource.TestStep{Config: c.ada(""), ConfigPlanChecks: planned(plancheck.ResourceActionNoop)},
		resource.TestStep{ // Fivetran itself says that there is no such user: the next plan invites again.
			PreConfig:        func() { c.RemoveFivetranUser("ada@northwind.example") },
			Config:           c.ada(""),
			ConfigPlanChecks: planned(plancheck.ResourceActionCreate),
		},
	)
}

// TestFivetranUserInviteOfUnknownAddress plans somebody whose address comes
// from another resource, with names as long as they get.
func TestFivetranUserInviteOfUnknownAddress(t *testing.T) {
	t.Parallel()
	c := newCompany(t, sandbox.Options{})
	long := strings.Repeat("ö", 1000)
	runSteps(t, resource.TestStep{
		Config: c.config(fmt.Sprintf(`
resource "terraform_data" "address" {
  input = "ada@northwind.example"
}

resource "datastack_fivetran_user_invite" "ada" {
  email       = terraform_data.address.output
  given_name  = %[1]q
  family_name = %[1]q
}`, long)),
		ConfigStateChecks: []statecheck.StateCheck{
			has("email", knownvalue.StringExact("ada@northwind.example")),
			has("given_name", knownvalue.StringExact(long)),
		},
	})
}

func TestFivetranUserInviteTimeouts(t *testing.T) {
	t.Parallel()
	c := newCompany(t, sandbox.Options{})
	runSteps(t,
		resource.TestStep{
			Config:      c.ada(`timeouts = { create = "soon" }`),
			ExpectError: regexp.MustCompile(`(?s)"soon"\s+must\s+be\s+a\s+string.*duration|Time Duration`),
		},
		resource.TestStep{
			PreConfig: func() {
				c.Inject(sandbox.Fault{Method: http.MethodPost, PathPrefix: "/v1/users", Times: 1, Delay: 2 * time.Second, AfterEffect: true})
			},
			Config: c.ada(`timeouts = { create = "1s", delete = "1m" }`),
			Check:  c.sends(http.MethodPost, "/v1/users", 1),
		},
	)
}

func TestFivetranUserInvitePhoneAndPicture(t *testing.T) {
	t.Parallel()
	c := newCompany(t, sandbox.Options{})
	runSteps(t,
		resource.TestStep{Config: c.ada(`phone = "+44 20 0000 0000"` + "\n" + `picture = "https://northwind.example/ada.png"`)},
		resource.TestStep{
			PreConfig:        c.ForgetRequests,
			Config:           c.ada(`picture = "https://northwind.example/ada2.png"`),
			ConfigPlanChecks: planned(plancheck.ResourceActionUpdate),
			Check:            c.sends(http.MethodPatch, "/v1/users/", 1),
			ConfigStateChecks: []statecheck.StateCheck{
				has("phone", knownvalue.Null()),
				has("picture", knownvalue.StringExact("https://northwind.example/ada2.png")),
			},
		},
		resource.TestStep{Config: c.ada("")},
		resource.TestStep{ // What people set themselves is theirs.
			PreConfig:        func() { c.patch(t, "ada@northwind.example", `{"phone":"+1 555 0100"}`) },
			Config:           c.ada(""),
			ConfigPlanChecks: planned(plancheck.ResourceActionNoop),
		},
	)
}

func TestFivetranUserInviteImport(t *testing.T) {
	t.Parallel()
	c := newCompany(t, sandbox.Options{})
	runSteps(t,
		resource.TestStep{Config: c.ada(`role = "Account Reviewer"`)},
		resource.TestStep{ResourceName: invited, ImportState: true, ImportStateVerify: true},
		resource.TestStep{ResourceName: invited, ImportState: true, ImportStateVerify: true, ImportStateId: "ADA@northwind.example"},
		resource.TestStep{ResourceName: invited, ImportState: true, ImportStateId: "adda@northwind.example",
			ExpectError: regexp.MustCompile(`(?s)Fivetran User Not Found.*Searched.*Did\s+you\s+mean\s+"ada@northwind.example"`)},
		resource.TestStep{ResourceName: invited, ImportState: true, ImportStateId: "no_such",
			ExpectError: regexp.MustCompile(`(?s)Fivetran User Not Found.*no_such.*by\s+email\s+address`)},
		resource.TestStep{ResourceName: invited, ImportState: true, ImportStateId: c.userID(t, ""),
			ExpectError: regexp.MustCompile(`(?s)Fivetran User Has No Email Address.*service\s+account`)},
	)
}

func TestFivetranUserInviteRefusals(t *testing.T) {
	t.Parallel()
	c := newCompany(t, sandbox.Options{})
	refused := func(attributes, message string) resource.TestStep {
		return resource.TestStep{
			Config:      c.config(fmt.Sprintf("resource \"datastack_fivetran_user_invite\" \"ada\" {\n%s\n}", attributes)),
			ExpectError: regexp.MustCompile(message),
		}
	}
	people := len(c.FivetranUsers())
	runSteps(t,
		refused(`email = "ada"
			given_name = "Ada"
			family_name = "Lovelace"`, `"ada" is not an email address`),
		refused(`email = "Ada <ada@northwind.example>"
			given_name = "Ada"
			family_name = "Lovelace"`, `is not an email\s+address`),
		refused(`email = ""
			given_name = "Ada"
			family_name = "Lovelace"`, `is not an email address`),
		refused(`email = "ada@northwind.example"
			given_name = ""
			family_name = "Lovelace"`, `(?s)Empty Value.*given_name`),
		refused(`email = "ada@northwind.example"
			given_name = "Ada "
			family_name = "Lovelace"`, `(?s)Space Around Value.*Write\s+"Ada"`),
		refused(`email = "ada@northwind.example"
			given_name = "Ada"
			family_name = "Lovelace"
			role = " "`, `(?s)Empty Value.*role`),
		refused(`email = "ada@northwind.example"
			given_name = "Ada"
			family_name = "Lovelace"
			role = "Account Reviewer "`, `(?s)Space Around Value.*Write\s+"Account\s+Reviewer"`),
		refused(`email = "ada@northwind.example"
			given_name = "Ada"
			family_name = "Lovelace"
			role = "Emperor"`, `(?s)Unknown Fivetran Role.*role = "Emperor".*Account\s+roles:\s+Account\s+Administrator`),
		resource.TestStep{
			Config: strings.Replace(c.ada(""), sandbox.FivetranSecret, "wrong", 1),
			ExpectError: regexp.MustCompile(`(?s)401.*` +
				`fivetran.api_key.*fivetran.api_secret.*swapped`),
		},
		resource.TestStep{
			Config:      c.config(`resource "datastack_fivetran_user_invite" "ada" { email = "ada@northwind.example" }`),
			ExpectError: regexp.MustCompile(`(?s)Missing Name.*given_name.*Missing Name.*family_name`),
		},
		resource.TestStep{
			PlanOnly: true,
			Config: `
provider "datastack" {}
resource "datastack_fivetran_user_invite" "ada" {
  email       = "ada@northwind.example"
  given_name  = "Ada"
  family_name = "Lovelace"
}`,
			ExpectError: regexp.MustCompile(`(?s)Fivetran Is Not Configured.*fivetran.api_key.*FIVETRAN_APIKEY`),
		},
		resource.TestStep{Config: c.config("# nobody")},
	)
	if got := len(c.FivetranUsers()); got != people {
		t.Errorf("got %d people in the account, want %d", got, people)
	}
}
