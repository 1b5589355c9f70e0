// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"fmt"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/provider"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
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
		"account 0":                 {`{"dbtcloud":{"token":"t","account_id":0}}`, nil, []string{"Error at dbtcloud.account_id: ", "Set `dbtcloud.account_id` to a positive whole number, not \"0\"."}},
		"account below 0":           {`{"dbtcloud":{"token":"t","account_id":-5}}`, nil, []string{"Error at dbtcloud.account_id: ", `not "-5".`}},
		"account that is text":      {`{"dbtcloud":{"token":"t"}}`, map[string]string{"DBT_CLOUD_ACCOUNT_ID": "northwind"}, []string{"Error at dbtcloud.account_id: ", `Set the environment variable DBT_CLOUD_ACCOUNT_ID to a positive whole number, not "northwind".`}},
		"account 0 around it":       {`{"dbtcloud":{"token":"t"}}`, map[string]string{"DBT_CLOUD_ACCOUNT_ID": "0"}, []string{"Error at dbtcloud.account_id: ", "DBT_CLOUD_ACCOUNT_ID", `not "0".`}},
		"account below 0 around it": {`{"dbtcloud":{"token":"t"}}`, map[string]string{"DBT_CLOUD_ACCOUNT_ID": "-1"}, []string{"Error at dbtcloud.account_id: ", `not "-1".`}},
		"account too long":          {`{"dbtcloud":{"token":"t"}}`, map[string]string{"DBT_CLOUD_ACCOUNT_ID": "99999999999999999999"}, []string{"Error at dbtcloud.account_id: "}},
		"token without account":     {`{"dbtcloud":{"token":"t"}}`, nil, []string{"Error at dbtcloud.account_id: dbt Cloud Is Half Configured: If you set `dbtcloud.token`, you must also set `dbtcloud.account_id`", "DBT_CLOUD_ACCOUNT_ID"}},
		"account without token":     {`{"dbtcloud":{"account_id":7}}`, nil, []string{"Error at dbtcloud.token: dbt Cloud Is Half Configured: If you set `dbtcloud.account_id`, you must also set `dbtcloud.token`", "DBT_CLOUD_TOKEN"}},
		"key without secret":        {`{"fivetran":{"api_key":"k"}}`, nil, []string{"Error at fivetran.api_secret: Fivetran Is Half Configured: If you set `fivetran.api_key`, you must also set `fivetran.api_secret`", "FIVETRAN_APISECRET"}},
		"secret without key":        {`{"fivetran":{"api_secret":"s"}}`, nil, []string{"Error at fivetran.api_key: Fivetran Is Half Configured: If you set `fivetran.api_secret`, you must also set `fivetran.api_key`", "FIVETRAN_APIKEY"}},
		"key around, no secret":     {`{}`, map[string]string{"FIVETRAN_APIKEY": "k"}, []string{"Error at fivetran.api_secret: ", "If you set the environment variable FIVETRAN_APIKEY, you must also set `fivetran.api_secret`"}},
		"token around, no account":  {`{}`, map[string]string{"DBT_CLOUD_TOKEN": "t"}, []string{"Error at dbtcloud.account_id: ", "If you set the environment variable DBT_CLOUD_TOKEN, you must also set `dbtcloud.account_id`"}},
		"empty key, secret":         {`{"fivetran":{"api_key":" ","api_secret":"s"}}`, nil, []string{"Error at fivetran.api_key: "}},
		"http elsewhere":            {`{"dbtcloud":{"token":"t","account_id":7,"base_url":"http://cloud.getdbt.com"}}`, nil, []string{"Error at dbtcloud.base_url: ", "Invalid Provider Setting: Change `dbtcloud.base_url`: ", "unencrypted; write https://"}},
		"http elsewhere, around":    {"{" + fivetranBlock + "}", map[string]string{"FIVETRAN_API_URL": "http://10.0.0.1"}, []string{"Error at fivetran.base_url: ", "Change the environment variable FIVETRAN_API_URL: ", "unencrypted"}},
		"http for RudderStack":      {`{"rudderstack":{"scim_token":"t","scim_base_url":"http://localhost.example.com"}}`, nil, []string{"Error at rudderstack.scim_base_url: ", "unencrypted"}},
		"another scheme":            {`{"fivetran":{"api_key":"k","api_secret":"s","base_url":"ftp://127.0.0.1"}}`, nil, []string{"Error at fivetran.base_url: ", "neither https nor http"}},
		"no host":                   {`{"fivetran":{"api_key":"k","api_secret":"s","base_url":"https://"}}`, nil, []string{"Error at fivetran.base_url: ", "names no host"}},
		"a query":                   {`{"fivetran":{"api_key":"k","api_secret":"s","base_url":"https://example.com/v1?x=1"}}`, nil, []string{"Error at fivetran.base_url: ", "query"}},
		"a password":                {`{"rudderstack":{"scim_token":"t","scim_base_url":"https://u:hunter2@example.com"}}`, nil, []string{"Error at rudderstack.scim_base_url: ", "user name or password"}},
		"two lines":                 {`{"rudderstack":{"scim_token":"hunter2\nhunter2"}}`, nil, []string{"Error at rudderstack.scim_token: ", "Remove the line break or other control character from `rudderstack.scim_token`."}},
		"control character around":  {`{}`, map[string]string{"FIVETRAN_APIKEY": "k", "FIVETRAN_APISECRET": "hunter2\x1bhunter2"}, []string{"Error at fivetran.api_secret: ", "control character from the environment variable FIVETRAN_APISECRET."}},
		"address of two lines":      {`{"dbtcloud":{"token":"t","account_id":7,"base_url":"a.example\nb.example"}}`, nil, []string{"Error at dbtcloud.base_url: ", "control character"}},
		"time that is a word":       {`{"request_timeout":"soon"}`, nil, []string{"Error at request_timeout: ", "Set `request_timeout` to a time such as \"30s\"", `not "soon".`}},
		"time without a unit":       {`{"retry_timeout":"30"}`, nil, []string{"Error at retry_timeout: ", `not "30".`}},
		"no time":                   {`{"retry_timeout":"0s"}`, nil, []string{"Error at retry_timeout: ", `not "0s".`}},
		"time gone by":              {`{"request_timeout":"-1m"}`, nil, []string{"Error at request_timeout: ", `not "-1m".`}},
		"empty time":                {`{"request_timeout":""}`, nil, []string{"Error at request_timeout: ", `not "".`}},
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
