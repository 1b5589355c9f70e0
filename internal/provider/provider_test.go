// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"fmt"
	"net/http"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-testing/helper/resource"

	"github.com/datastack-iam/terraform-provider-datastack/internal/sandbox"
)

// oneOfEach uses each service, in as few requests as possible.
const oneOfEach = `
data "datastack_dbtcloud_group" "owner" {
  id              = 201
  include_members = false
}

data "datastack_rudderstack_scim_group" "contractors" {
  display_name    = "Contractors"
  include_members = false
}

resource "datastack_fivetran_user_invite" "ada" {
  email       = "ada@northwind.example"
  given_name  = "Ada"
  family_name = "Lovelace"
}
`

// TestProviderFromEnvironment has settings from the environment alone, and from
// both, where the provider block wins.
func TestProviderFromEnvironment(t *testing.T) {
	c := newCompany(t, sandbox.Options{})
	t.Setenv("TF_APPEND_USER_AGENT", "pipeline/7")
	environment := func(token string) func() {
		return func() {
			for name, value := range map[string]string{
				"DBT_CLOUD_TOKEN": sandbox.DBTCloudToken + token, "DBT_CLOUD_ACCOUNT_ID": strconv.Itoa(sandbox.DBTCloudAccount) + "\n", "DBT_CLOUD_HOST_URL": c.url,
				"RUDDERSTACK_SCIM_TOKEN": sandbox.SCIMToken + token, "RUDDERSTACK_SCIM_BASE_URL": c.url,
				"FIVETRAN_APIKEY": sandbox.FivetranKey + token, "FIVETRAN_APISECRET": sandbox.FivetranSecret, "FIVETRAN_API_URL": c.url,
			} {
				t.Setenv(name, value)
			}
		}
	}
	runSteps(t,
		resource.TestStep{
			PreConfig:   environment("-wrong"),
			Config:      oneOfEach,
			ExpectError: saying(`401 Unauthorized`),
		},
		resource.TestStep{PreConfig: environment(""), Config: oneOfEach},
		resource.TestStep{PreConfig: environment("-wrong"), Config: c.config(oneOfEach)},
	)
	agent := regexp.MustCompile(`^terraform-provider-datastack/test \(terraform/\d+\.\d+\.\d+\S*\) pipeline/7$`)
	for _, request := range c.Requests() {
		if got := request.Header.Get("User-Agent"); !agent.MatchString(got) {
			t.Fatalf("got the User-Agent %s, want one like %s", got, agent)
		}
	}
}

// TestProviderServicesAreOptional leaves each of the services out.
func TestProviderServicesAreOptional(t *testing.T) {
	t.Parallel()
	c := newCompany(t, sandbox.Options{})
	const dbtcloud, rudderstack = `data "datastack_dbtcloud_users" "x" {}`, `data "datastack_rudderstack_scim_users" "x" {}`
	only := func(block, hcl string) string { return "provider \"datastack\" {\n" + block + "\n}\n" + hcl }
	onlyDBTCloud := fmt.Sprintf(`dbtcloud = { token = %q, account_id = %d, base_url = %q }`, sandbox.DBTCloudToken, sandbox.DBTCloudAccount, c.url)
	onlyRudderStack := fmt.Sprintf(`rudderstack = { scim_token = %q, scim_base_url = %q }`, sandbox.SCIMToken, c.url)
	runSteps(t,
		resource.TestStep{
			Config:      only(`dbtcloud = { token = "" }`, rudderstack),
			ExpectError: saying(`Invalid Provider Setting`, `provider "datastack"`, "Set `dbtcloud.token` to a value, or leave it out."),
		},
		resource.TestStep{
			Config:      only(`dbtcloud = { account_id = "northwind" }`, rudderstack),
			ExpectError: saying(`a number is required`),
		},
		resource.TestStep{
			Config: only(onlyRudderStack, dbtcloud+"\n"+rudderstack),
			ExpectError: saying(`dbt Cloud Is Not Configured`, `The data source datastack_dbtcloud_users needs it.`,
				"Set `dbtcloud.token`", "`dbtcloud.account_id`", `DBT_CLOUD_TOKEN`, `DBT_CLOUD_ACCOUNT_ID`),
		},
		resource.TestStep{
			Config: only(onlyDBTCloud, dbtcloud+"\n"+rudderstack),
			ExpectError: saying(`RudderStack SCIM Is Not Configured`, `The data source datastack_rudderstack_scim_users needs it.`,
				"Set `rudderstack.scim_token`", `RUDDERSTACK_SCIM_TOKEN`),
		},
		resource.TestStep{
			Config:      only(onlyDBTCloud+"\nfivetran = { api_key = \"k\" }", dbtcloud),
			ExpectError: saying(`Fivetran Is Half Configured`, `provider "datastack"`, "If you set `fivetran.api_key`, you must also set `fivetran.api_secret`", `FIVETRAN_APISECRET`),
		},
		resource.TestStep{
			Config:      only(`dbtcloud = { token = "t", account_id = 0 }`, rudderstack),
			ExpectError: saying(`Invalid Provider Setting`, `provider "datastack"`, "Set `dbtcloud.account_id` to a positive whole number"),
		},
		resource.TestStep{
			PreConfig: c.ForgetRequests,
			Config:    c.config(rudderstack),
		},
	)
	// Of three services that are configured, only the one in use got requests.
	if all, used := c.Count("", ""), c.Count(http.MethodGet, "/scim/v2/"); used == 0 || used != all {
		t.Errorf("got %d requests, %d of them to RudderStack, want all", all, used)
	}
}

// TestProviderRefusesEmptyValues is about what validate finds, without a plan.
func TestProviderRefusesEmptyValues(t *testing.T) {
	t.Parallel()
	p := open(t, `{}`)
	answer, err := p.ValidateProviderConfig(t.Context(), &tfprotov6.ValidateProviderConfigRequest{
		Config: dynamicValue(t, p.schemas.Provider.ValueType(), `{
			"dbtcloud": {"token": "", "base_url": " ", "scim_token": "\t"},
			"rudderstack": {"scim_token": "\u00a0", "scim_base_url": ""},
			"fivetran": {"api_key": "\n", "api_secret": "", "base_url": "\u2003"},
			"audit_log": " ", "request_timeout": "", "retry_timeout": " "
		}`),
	})
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, d := range answer.Diagnostics {
		got = append(got, dotted(d.Attribute))
	}
	slices.Sort(got)
	want := []string{
		"audit_log", "dbtcloud.base_url", "dbtcloud.scim_token", "dbtcloud.token", "fivetran.api_key", "fivetran.api_secret", "fivetran.base_url",
		"request_timeout", "retry_timeout", "rudderstack.scim_base_url", "rudderstack.scim_token",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got errors at %v, want them at %v", got, want)
	}
}

// TestProviderSettingsKnownLater takes secrets from a resource: while they are
// not known, only what needs them fails.
func TestProviderSettingsKnownLater(t *testing.T) {
	t.Parallel()
	c := newCompany(t, sandbox.Options{})
	later := func(hcl string) string {
		config := c.config(hcl)
		for _, secret := range []string{sandbox.DBTCloudToken, sandbox.FivetranSecret} {
			config = strings.Replace(config, strconv.Quote(secret), "terraform_data.secrets.output["+strconv.Quote(secret)+"]", 1)
		}
		return config + fmt.Sprintf("\nresource \"terraform_data\" \"secrets\" {\n  input = { %q = %q, %q = %q }\n}\n",
			sandbox.DBTCloudToken, sandbox.DBTCloudToken, sandbox.FivetranSecret, sandbox.FivetranSecret)
	}
	runSteps(t,
		resource.TestStep{
			Config: later(`data "datastack_dbtcloud_user" "x" { id = 4101 }`),
			ExpectError: saying(`dbt Cloud Is Not Known Yet`, `The data source datastack_dbtcloud_user needs it.`,
				"`dbtcloud.token` depends on a value that is known only after apply.", `DBT_CLOUD_TOKEN`),
		},
		resource.TestStep{Config: later(`
data "datastack_rudderstack_scim_group" "known" {
  display_name = "Contractors"
}

data "datastack_dbtcloud_user" "amara" {
  id         = 4101
  depends_on = [terraform_data.secrets]
}

resource "datastack_fivetran_user_invite" "ada" {
  email       = "ada@northwind.example"
  given_name  = "Ada"
  family_name = "Lovelace"
}`), Check: c.sends(http.MethodPost, "/v1/users", 1)},
	)
}
