// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"fmt"
	"regexp"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/provider"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
)

// configure runs Configure alone, on a block written as JSON with unknown values.
func configure(t *testing.T, block string, unknown ...string) (*providerData, diag.Diagnostics) {
	t.Helper()
	p := &datastackProvider{}
	var s provider.SchemaResponse
	p.Schema(t.Context(), provider.SchemaRequest{}, &s)
	raw, err := tfprotov6.RawState{JSON: []byte(block)}.Unmarshal(s.Schema.Type().TerraformType(t.Context()))
	if err != nil {
		t.Fatal(err)
	}
	raw, err = tftypes.Transform(raw, func(at *tftypes.AttributePath, value tftypes.Value) (tftypes.Value, error) {
		for _, name := range unknown {
			if name == dotted(at) {
				return tftypes.NewValue(value.Type(), tftypes.UnknownValue), nil
			}
		}
		return value, nil
	})
	if err != nil {
		t.Fatal(err)
	}
	var answer provider.ConfigureResponse
	p.Configure(t.Context(), provider.ConfigureRequest{TerraformVersion: "1.11.4", Config: tfsdk.Config{Raw: raw, Schema: s.Schema}}, &answer)
	all, _ := answer.DataSourceData.(*providerData)
	return all, answer.Diagnostics
}

func dotted(at *tftypes.AttributePath) string {
	return strings.NewReplacer(`AttributeName("`, "", `")`, "").Replace(at.String())
}

// messagesOf returns the errors and warnings of Configure, with their attributes.
func messagesOf(diags diag.Diagnostics) string {
	var b strings.Builder
	for _, d := range diags {
		at := ""
		if d, ok := d.(diag.DiagnosticWithPath); ok {
			at = d.Path().String()
		}
		fmt.Fprintf(&b, "%s at %s: %s: %s\n", d.Severity(), at, d.Summary(), d.Detail())
	}
	return b.String()
}

const (
	dbtcloudBlock    = `"dbtcloud":{"token":"t","account_id":7}`
	rudderstackBlock = `"rudderstack":{"scim_token":"t"}`
	fivetranBlock    = `"fivetran":{"api_key":"k","api_secret":"s"}`
)

func TestSettingsOfAddresses(t *testing.T) {
	t.Parallel()
	// Every way to write the address of a loopback server, and of a real one.
	forms := map[string][]string{
		"http://127.0.0.1:8080": {"http://127.0.0.1:8080", "http://127.0.0.1:8080/", " http://127.0.0.1:8080 "},
		"https://example.com":   {"example.com", "https://example.com", "https://example.com/", "HTTPS://example.com"},
		"http://localhost:1":    {"http://localhost:1"},
		"http://[::1]:1":        {"http://[::1]:1"},
		"https://example.com:1": {"example.com:1", "https://example.com:1/"},
	}
	suffixes := map[string][]string{
		"dbtcloud":    {"/api", "/api/", "/api/v2", "/api/v2/", "/api/v3", "/api/v3/"},
		"rudderstack": {"/scim/v2", "/scim/v2/"},
		"fivetran":    {"/v1", "/v1/"},
	}
	for service, kind := range map[string]struct {
		block, ends string
		base        func(*providerData) string
	}{
		"dbtcloud":    {block: `{"dbtcloud":{"token":"t","account_id":7,"base_url":%q}}`, ends: "", base: func(c *providerData) string { return c.dbtcloud.client.Base() }},
		"rudderstack": {block: `{"rudderstack":{"scim_token":"t","scim_base_url":%q}}`, ends: "/scim/v2", base: func(c *providerData) string { return c.rudderstack.client.Base() }},
		"fivetran":    {block: `{"fivetran":{"api_key":"k","api_secret":"s","base_url":%q}}`, ends: "/v1", base: func(c *providerData) string { return c.fivetran.client.Base() }},
	} {
		for want, written := range forms {
			want += kind.ends
			for _, suffix := range suffixes[service] {
				written = append(written, strings.TrimSpace(strings.TrimSuffix(written[0], "/"))+suffix)
			}
			for _, address := range written {
				all, diags := configure(t, fmt.Sprintf(kind.block, address))
				if diags.HasError() {
					t.Errorf("%s at %q: %s", service, address, messagesOf(diags))
				} else if got := kind.base(all); got != want {
					t.Errorf("%s at %q: got %s, want %s", service, address, got, want)
				}
			}
		}
	}
}

func TestSettingsDefaults(t *testing.T) {
	t.Parallel()
	all, diags := configure(t, "{"+dbtcloudBlock+","+rudderstackBlock+","+fivetranBlock+"}")
	if len(diags) > 0 {
		t.Fatal(messagesOf(diags))
	}
	got := []string{all.dbtcloud.client.Base(), all.rudderstack.client.Base(), all.fivetran.client.Base()}
	if want := "[https://cloud.getdbt.com https://api.rudderstack.com/scim/v2 https://api.fivetran.com/v1]"; fmt.Sprint(got) != want {
		t.Errorf("got %v, want %s", got, want)
	}
	if got := all.dbtcloud.client.AccountID(); got != 7 {
		t.Errorf("got the account %d, want 7", got)
	}
}

// TestSettingsRefused reads the errors of invalid settings, and at which
// attribute they are.
func TestSettingsRefused(t *testing.T) {
	for name, test := range map[string]struct {
		block string
		env   map[string]string
		want  []string
	}{
		"account 0":                {`{"dbtcloud":{"token":"t","account_id":0}}`, nil, []string{"Error at dbtcloud.account_id: ", "Set `dbtcloud.account_id` to a positive whole number, not \"0\"."}},
		"account below 0":          {`{"dbtcloud":{"token":"t","account_id":-5}}`, nil, []string{"Error at dbtcloud.account_id: ", `not "-5".`}},
		"token without account":    {`{"dbtcloud":{"token":"t"}}`, nil, []string{"Error at dbtcloud.account_id: dbt Cloud Is Half Configured: If you set `dbtcloud.token`, you must also set `dbtcloud.account_id`", "DBT_CLOUD_ACCOUNT_ID"}},
		"account without token":    {`{"dbtcloud":{"account_id":7}}`, nil, []string{"Error at dbtcloud.token: dbt Cloud Is Half Configured: If you set `dbtcloud.account_id`, you must also set `dbtcloud.token`", "DBT_CLOUD_TOKEN"}},
		"key without secret":       {`{"fivetran":{"api_key":"k"}}`, nil, []string{"Error at fivetran.api_secret: Fivetran Is Half Configured: If you set `fivetran.api_key`, you must also set `fivetran.api_secret`", "FIVETRAN_APISECRET"}},
		"secret without key":       {`{"fivetran":{"api_secret":"s"}}`, nil, []string{"Error at fivetran.api_key: Fivetran Is Half Configured: If you set `fivetran.api_secret`, you must also set `fivetran.api_key`", "FIVETRAN_APIKEY"}},
		"key, blank secret around": {`{"fivetran":{"api_key":"k"}}`, map[string]string{"FIVETRAN_APISECRET": " \n"}, []string{"Error at fivetran.api_secret: Fivetran Is Half Configured: "}},
		"blank key, secret around": {`{"fivetran":{"api_key":"\u00a0\t"}}`, map[string]string{"FIVETRAN_APIKEY": "k", "FIVETRAN_APISECRET": "s"}, []string{"Error at fivetran.api_key: Invalid Provider Setting: Set `fivetran.api_key` to a value, or leave it out."}},
		"blank token":              {`{"dbtcloud":{"token":"","account_id":7}}`, nil, []string{"Error at dbtcloud.token: ", "or leave it out."}},
		"blank SCIM token":         {`{"dbtcloud":{"scim_token":" "}}`, nil, []string{"Error at dbtcloud.scim_token: ", "or leave it out."}},
		"blank address":            {"{" + fivetranBlock[:len(fivetranBlock)-1] + `,"base_url":" "}}`, nil, []string{"Error at fivetran.base_url: ", "or leave it out."}},
		"blank audit log":          {`{"audit_log":" "}`, nil, []string{"Error at audit_log: ", "Set `audit_log` to a value, or leave it out."}},
		"a page of the browser":    {`{"dbtcloud":{"token":"t","account_id":7,"base_url":"https://cloud.getdbt.com/settings/accounts/12345"}}`, nil, []string{"Error at dbtcloud.base_url: ", "Change `dbtcloud.base_url`: ", `write "https://cloud.getdbt.com".`}},
		"the web application":      {`{"rudderstack":{"scim_token":"t","scim_base_url":"https://app.rudderstack.com/organization"}}`, nil, []string{"Error at rudderstack.scim_base_url: ", `write "https://api.rudderstack.com/scim/v2".`}},
		"empty key, secret":        {`{"fivetran":{"api_key":" ","api_secret":"s"}}`, nil, []string{"Error at fivetran.api_key: "}},
		"http elsewhere":           {`{"dbtcloud":{"token":"t","account_id":7,"base_url":"http://cloud.getdbt.com"}}`, nil, []string{"Error at dbtcloud.base_url: ", "Invalid Provider Setting: Change `dbtcloud.base_url`: ", "unencrypted; write https://"}},
		"http for RudderStack":     {`{"rudderstack":{"scim_token":"t","scim_base_url":"http://localhost.example.com"}}`, nil, []string{"Error at rudderstack.scim_base_url: ", "unencrypted"}},
		"another scheme":           {`{"fivetran":{"api_key":"k","api_secret":"s","base_url":"ftp://127.0.0.1"}}`, nil, []string{"Error at fivetran.base_url: ", "neither https nor http"}},
		"no host":                  {`{"fivetran":{"api_key":"k","api_secret":"s","base_url":"https://"}}`, nil, []string{"Error at fivetran.base_url: ", "names no host"}},
		"a query":                  {`{"fivetran":{"api_key":"k","api_secret":"s","base_url":"https://example.com/v1?x=1"}}`, nil, []string{"Error at fivetran.base_url: ", "query"}},
		"a password":               {`{"rudderstack":{"scim_token":"t","scim_base_url":"https://u:hunter2@example.com"}}`, nil, []string{"Error at rudderstack.scim_base_url: ", "user name or password"}},
		"two lines":                {`{"rudderstack":{"scim_token":"hunter2\nhunter2"}}`, nil, []string{"Error at rudderstack.scim_token: ", "Remove the line break or other control character from `rudderstack.scim_token`."}},
		"address of two lines":     {`{"dbtcloud":{"token":"t","account_id":7,"base_url":"a.example\nb.example"}}`, nil, []string{"Error at dbtcloud.base_url: ", "control character"}},
		"time that is a word":      {`{"request_timeout":"soon"}`, nil, []string{"Error at request_timeout: ", "Set `request_timeout` to a time such as \"30s\"", `not "soon".`}},
		"time without a unit":      {`{"retry_timeout":"30"}`, nil, []string{"Error at retry_timeout: ", `not "30".`}},
		"no time":                  {`{"retry_timeout":"0s"}`, nil, []string{"Error at retry_timeout: ", `not "0s".`}},
		"time gone by":             {`{"request_timeout":"-1m"}`, nil, []string{"Error at request_timeout: ", `not "-1m".`}},
		"empty time":               {`{"request_timeout":""}`, nil, []string{"Error at request_timeout: ", `not "".`}},
	} {
		t.Run(name, func(t *testing.T) {
			for variable, value := range test.env {
				t.Setenv(variable, value)
			}
			all, diags := configure(t, test.block)
			got := messagesOf(diags)
			expectSaid(t, got, test.want...)
			if diags.ErrorsCount() != 1 || strings.Contains(got, "hunter2") || all != nil {
				t.Errorf("got clients %v and\n%s\nwant no clients, and one error without a secret", all, got)
			}
		})
	}
}

// TestSettingsInTheEnvironment has variables that cannot be used. Only who needs the
// service has an error, and it names the variable.
func TestSettingsInTheEnvironment(t *testing.T) {
	const dbtcloud, rudderstack, fivetran = "datastack_dbtcloud_users", "datastack_rudderstack_scim_users", "datastack_fivetran_users"
	for name, test := range map[string]struct {
		block string
		env   map[string]string
		needs string
		want  []string
	}{
		"account that is text": {`{"dbtcloud":{"token":"t"}}`, map[string]string{"DBT_CLOUD_ACCOUNT_ID": "northwind"}, dbtcloud,
			[]string{"dbt Cloud Is Not Configured: The data source datastack_dbtcloud_users needs it. Set the environment variable DBT_CLOUD_ACCOUNT_ID to a positive whole number, not \"northwind\"."}},
		"account 0":                 {`{}`, map[string]string{"DBT_CLOUD_TOKEN": "t", "DBT_CLOUD_ACCOUNT_ID": "0"}, dbtcloud, []string{"DBT_CLOUD_ACCOUNT_ID", `not "0".`}},
		"account below 0":           {`{}`, map[string]string{"DBT_CLOUD_TOKEN": "t", "DBT_CLOUD_ACCOUNT_ID": "-1"}, dbtcloud, []string{"DBT_CLOUD_ACCOUNT_ID", `not "-1".`}},
		"account too long":          {`{}`, map[string]string{"DBT_CLOUD_TOKEN": "t", "DBT_CLOUD_ACCOUNT_ID": "99999999999999999999"}, dbtcloud, []string{"DBT_CLOUD_ACCOUNT_ID"}},
		"account that is no number": {`{}`, map[string]string{"DBT_CLOUD_ACCOUNT_ID": "northwind"}, dbtcloud, []string{"dbt Cloud Is Not Configured: ", "Set `dbtcloud.token` in"}},
		"token, no account":         {`{}`, map[string]string{"DBT_CLOUD_TOKEN": "t"}, dbtcloud, []string{"dbt Cloud Is Half Configured: The data source datastack_dbtcloud_users needs it. If you set the environment variable DBT_CLOUD_TOKEN, you must also set `dbtcloud.account_id`: in the provider block, or with DBT_CLOUD_ACCOUNT_ID in the environment."}},
		"token, blank account":      {`{}`, map[string]string{"DBT_CLOUD_TOKEN": "t", "DBT_CLOUD_ACCOUNT_ID": "  "}, dbtcloud, []string{"dbt Cloud Is Half Configured: "}},
		"key, no secret":            {`{"fivetran":{}}`, map[string]string{"FIVETRAN_APIKEY": "k"}, fivetran, []string{"Fivetran Is Half Configured: ", "If you set the environment variable FIVETRAN_APIKEY, you must also set `fivetran.api_secret`"}},
		"secret, blank key":         {`{}`, map[string]string{"FIVETRAN_APIKEY": "", "FIVETRAN_APISECRET": "s"}, fivetran, []string{"Fivetran Is Half Configured: ", "If you set the environment variable FIVETRAN_APISECRET, you must also set `fivetran.api_key`"}},
		"blank":                     {`{}`, map[string]string{"FIVETRAN_APIKEY": "", "FIVETRAN_APISECRET": " "}, fivetran, []string{"Fivetran Is Not Configured: ", "Set `fivetran.api_key` and `fivetran.api_secret`"}},
		"control character":         {`{}`, map[string]string{"FIVETRAN_APIKEY": "k", "FIVETRAN_APISECRET": "hunter2\x1bhunter2"}, fivetran, []string{"Fivetran Is Not Configured: ", "control character from the environment variable FIVETRAN_APISECRET."}},
		"control character, block":  {`{"fivetran":{"api_key":"k"}}`, map[string]string{"FIVETRAN_APISECRET": "hunter2\x1bhunter2"}, fivetran, []string{"control character from the environment variable FIVETRAN_APISECRET."}},
		"http elsewhere":            {"{" + fivetranBlock + "}", map[string]string{"FIVETRAN_API_URL": "http://10.0.0.1"}, fivetran, []string{"Fivetran Is Not Configured: ", "Change the environment variable FIVETRAN_API_URL: ", "unencrypted"}},
		"a page of the browser":     {"{" + fivetranBlock + "}", map[string]string{"FIVETRAN_API_URL": "https://fivetran.com/dashboard/connections"}, fivetran, []string{"Change the environment variable FIVETRAN_API_URL: ", `write "https://api.fivetran.com/v1".`}},
		"address of two lines":      {"{" + rudderstackBlock + "}", map[string]string{"RUDDERSTACK_SCIM_BASE_URL": "a.example\nb.example"}, rudderstack, []string{"RudderStack SCIM Is Not Configured: ", "Remove the line break", "RUDDERSTACK_SCIM_BASE_URL."}},
	} {
		t.Run(name, func(t *testing.T) {
			for variable, value := range test.env {
				t.Setenv(variable, value)
			}
			p := open(t, test.block)
			_, said := p.read(t, test.needs, `{}`)
			expectSaid(t, said, append([]string{"ERROR at : "}, test.want...)...)
			if strings.Count(said, "ERROR") != 1 || strings.Contains(said, "hunter2") {
				t.Errorf("got\n%s\nwant one error without a secret", said)
			}
			// Without it, people would be missing. What is not set at all is left out.
			_, said = p.read(t, identitiesType, `{}`)
			want := test.want[0]
			if strings.Contains(want, "Is Not Configured: ") && (name == "blank" || name == "account that is no number") {
				want = "No Service Is Configured"
			}
			expectSaid(t, said, "ERROR at : ", strings.ReplaceAll(want, test.needs, identitiesType))
		})
	}
}

// TestSettingsWithoutProviderBlock sees what the CLI makes of variables that cannot
// be used.
func TestSettingsWithoutProviderBlock(t *testing.T) {
	for name, value := range map[string]string{
		"DBT_CLOUD_TOKEN": "t", "DBT_CLOUD_ACCOUNT_ID": "northwind", "FIVETRAN_APIKEY": "k", "RUDDERSTACK_SCIM_TOKEN": "t", "RUDDERSTACK_SCIM_BASE_URL": "https://app.rudderstack.com/organization",
	} {
		t.Setenv(name, value)
	}
	steps := []resource.TestStep{}
	for hcl, want := range map[string]string{
		`data "datastack_dbtcloud_users" "x" {}`:         `Set the environment variable DBT_CLOUD_ACCOUNT_ID to a positive whole number`,
		`data "datastack_fivetran_users" "x" {}`:         `If you set the environment variable FIVETRAN_APIKEY, you must also set`,
		`data "datastack_rudderstack_scim_users" "x" {}`: `write "https://api.rudderstack.com/scim/v2"`,
	} {
		kind, _, _ := strings.Cut(strings.TrimPrefix(hcl, `data "`), `"`)
		// The first error, and at the data source.
		steps = append(steps, resource.TestStep{Config: hcl, ExpectError: regexp.MustCompile(`(?s)exit status 1\s+(There are some problems with the CLI configuration:.*?exist\.\s+╵\s+)?Error: [^\n]* (Not|Half) Configured\s+with data\.` + kind + `\.x,.*` + saying(want).String()[4:])})
	}
	runSteps(t, steps...)
}

// TestSettingsOfUnusedServices has no error before a service is used.
func TestSettingsOfUnusedServices(t *testing.T) {
	for name, test := range map[string]struct {
		block   string
		env     map[string]string
		unknown []string
		want    string // of dbt Cloud
	}{
		"nothing":                      {block: `{}`, want: "dbt Cloud Is Not Configured: Set `dbtcloud.token` and `dbtcloud.account_id`"},
		"empty blocks":                 {block: `{"dbtcloud":{},"rudderstack":{},"fivetran":{}}`, want: "dbt Cloud Is Not Configured: "},
		"an address alone":             {block: `{"dbtcloud":{"base_url":"example.com"},"fivetran":{"base_url":"example.com"}}`, want: "dbt Cloud Is Not Configured: "},
		"a SCIM token and the account": {block: `{"dbtcloud":{"scim_token":"t","account_id":7}}`, want: "dbt Cloud Is Not Configured: Set `dbtcloud.token` "},
		"the account around it":        {block: `{}`, env: map[string]string{"DBT_CLOUD_ACCOUNT_ID": "7"}, want: "dbt Cloud Is Not Configured: Set `dbtcloud.token` "},
		"token not known":              {block: "{" + dbtcloudBlock + "}", unknown: []string{"dbtcloud.token"}, want: "dbt Cloud Is Not Known Yet: `dbtcloud.token` depends on a value that is known only after apply."},
		"account not known":            {block: "{" + dbtcloudBlock + "}", unknown: []string{"dbtcloud.account_id"}, want: "dbt Cloud Is Not Known Yet: `dbtcloud.account_id` depends"},
		"address not known":            {block: `{"dbtcloud":{"token":"t","account_id":7,"base_url":"x"}}`, unknown: []string{"dbtcloud.base_url"}, want: "dbt Cloud Is Not Known Yet: `dbtcloud.base_url` depends"},
		"block not known":              {block: "{" + dbtcloudBlock + "}", unknown: []string{"dbtcloud"}, want: "dbt Cloud Is Not Known Yet: "},
		// What is not known yet can turn out to be set: the environment does not replace it.
		"token not known, around it": {
			block: "{" + dbtcloudBlock + "}", unknown: []string{"dbtcloud.token"},
			env: map[string]string{"DBT_CLOUD_TOKEN": "t"}, want: "dbt Cloud Is Not Known Yet: `dbtcloud.token` depends",
		},
		"block not known, around it": {
			block: "{" + dbtcloudBlock + "}", unknown: []string{"dbtcloud"},
			env: map[string]string{"DBT_CLOUD_TOKEN": "t", "DBT_CLOUD_ACCOUNT_ID": "7"}, want: "dbt Cloud Is Not Known Yet: ",
		},
		"times not known": {block: `{"request_timeout":"x","retry_timeout":"x"}`, unknown: []string{"request_timeout", "retry_timeout"}, want: "dbt Cloud Is Not Configured: "},
	} {
		t.Run(name, func(t *testing.T) {
			for variable, value := range test.env {
				t.Setenv(variable, value)
			}
			all, diags := configure(t, test.block, test.unknown...)
			if len(diags) > 0 {
				t.Fatal(messagesOf(diags))
			}
			problem := all.dbtcloud.missing
			if problem == nil {
				t.Fatal("got a client, want a problem")
			}
			if got := problem.summary + ": " + problem.detail; !strings.HasPrefix(got, test.want) {
				t.Errorf("got %s\nwant %s", got, test.want)
			}
		})
	}
}
