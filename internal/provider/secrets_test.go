// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/config"
	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"

	"github.com/datastack-iam/terraform-provider-datastack/internal/sandbox"
)

var secrets = []string{
	sandbox.DBTCloudToken, sandbox.SCIMToken, sandbox.FivetranKey, sandbox.FivetranSecret,
	base64.StdEncoding.EncodeToString([]byte(sandbox.FivetranKey + ":" + sandbox.FivetranSecret)),
	base64.StdEncoding.EncodeToString([]byte(sandbox.DBTCloudToken)), base64.StdEncoding.EncodeToString([]byte(sandbox.SCIMToken)),
}

// stateWithoutSecrets checks a whole state.
type stateWithoutSecrets struct{}

func (stateWithoutSecrets) CheckState(_ context.Context, req statecheck.CheckStateRequest, resp *statecheck.CheckStateResponse) {
	state, err := json.Marshal(req.State)
	if err != nil || !strings.Contains(string(state), "amara.okafor@northwind.example") {
		resp.Error = fmt.Errorf("got the state %s, %w", state, err)
	}
	for _, secret := range secrets {
		if strings.Contains(string(state), secret) {
			resp.Error = fmt.Errorf("the state has %s", secret)
		}
	}
}

// TestTheLog runs everything with the most detailed logs of the CLI and the provider:
// each request has its line, no line has a secret, and none of ours names a person.
func TestTheLog(t *testing.T) {
	c := newCompany(t, sandbox.Options{})
	logs := t.TempDir()
	t.Setenv("TF_LOG", "TRACE")
	t.Setenv("TF_ACC_LOG", "TRACE")
	t.Setenv("TF_LOG_PATH_MASK", filepath.Join(logs, "%s.log"))
	t.Setenv("RUDDERSTACK_SCIM_TOKEN", sandbox.SCIMToken)
	c.Inject(sandbox.Fault{PathPrefix: dbtcloudUsersPath, Times: 1, Status: http.StatusBadGateway})
	c.Inject(sandbox.Fault{PathPrefix: "/v1/roles", Times: 1, Status: http.StatusTooManyRequests, Header: map[string]string{"Retry-After": "1"}})
	c.Inject(sandbox.Fault{PathPrefix: "/v1/teams", Times: 1, Cut: true})
	hcl := ""
	for name := range open(t, c.settings()).schemas.DataSourceSchemas {
		hcl += fmt.Sprintf("data %q \"x\" {\n%s\n}\n", name, map[string]string{
			"datastack_dbtcloud_group":         `name = "Owner"`,
			"datastack_dbtcloud_user":          `email = "amara.okafor@northwind.example"`,
			"datastack_fivetran_user":          `email = "amara.okafor@northwind.example"`,
			"datastack_rudderstack_scim_group": `display_name = "Contractors"`,
			"datastack_rudderstack_scim_user":  `user_name = "amara.okafor@northwind.example"`,
		}[name])
	}
	invite := func(family string) resource.TestStep {
		return resource.TestStep{
			// Through variables, as a test's own log quotes its configuration.
			Config: fmt.Sprintf(`
variable "secrets" {
  type      = map(string)
  sensitive = true
}

provider "datastack" {
  dbtcloud    = { token = var.secrets["token"], account_id = %d, base_url = %q }
  rudderstack = { scim_base_url = %q }
  fivetran    = { api_key = var.secrets["key"], api_secret = var.secrets["secret"], base_url = %q }
}

resource "datastack_fivetran_user_invite" "ada" {
  email       = "ada@northwind.example"
  given_name  = "Ada"
  family_name = %q
  role        = "Account Reviewer"
}
`, sandbox.DBTCloudAccount, c.url, c.url, c.url, family) + hcl,
			ConfigVariables: config.Variables{"secrets": config.MapVariable(map[string]config.Variable{
				"token": config.StringVariable(sandbox.DBTCloudToken), "key": config.StringVariable(sandbox.FivetranKey), "secret": config.StringVariable(sandbox.FivetranSecret),
			})},
			ConfigStateChecks: []statecheck.StateCheck{stateWithoutSecrets{}},
		}
	}
	runSteps(t, invite("Lovelace"), invite("Byron"))
	files, err := filepath.Glob(filepath.Join(logs, "*.log"))
	if err != nil {
		t.Fatal(err)
	}
	lines := map[string]int{}
	for _, file := range files {
		content, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for line := range strings.Lines(string(content)) {
			for _, secret := range secrets {
				if strings.Contains(line, secret) || strings.Contains(line, url.QueryEscape(secret)) {
					t.Errorf("a log has %s: %s", secret, line)
				}
			}
			header, message, _ := strings.Cut(line, " datastack: ")
			_, level, _ := strings.Cut(header, " ")
			if message, _, _ = strings.Cut(message, ":"); message != requestLine && message != retryLine && message != rateLimitLine {
				continue
			}
			lines[strings.TrimSpace(level)+" "+message]++
			if strings.Contains(line, "northwind.example") || strings.Contains(strings.ToLower(line), "authorization") {
				t.Errorf("got a line with an address or a header: %s", line)
			}
		}
	}
	// The cut connection is retried by net/http, or by us if it was a new one.
	if want := len(c.Requests()); lines["[DEBUG] "+requestLine] != want || lines["[INFO] "+retryLine] < 1 || lines["[INFO] "+rateLimitLine] < 1 {
		t.Errorf("got the lines %v, want %d requests and both kinds of waits", lines, want)
	}
}

// TestSecretsAreNotInErrors has every call refused.
func TestSecretsAreNotInErrors(t *testing.T) {
	t.Parallel()
	for _, fault := range []sandbox.Fault{
		{Status: http.StatusUnauthorized},
		{Status: http.StatusOK, Body: "<html>Sign in</html>"},
		{Status: http.StatusFound, Header: map[string]string{"Location": "https://elsewhere.example/"}},
		{Cut: true},
	} {
		c := newCompany(t, sandbox.Options{})
		c.Inject(fault)
		p := open(t, c.settings())
		for _, name := range []string{"datastack_dbtcloud_users", "datastack_rudderstack_scim_users", "datastack_fivetran_users"} {
			_, said := p.read(t, name, `{}`)
			expectSaid(t, said, "Unable to List")
			for _, secret := range secrets {
				if strings.Contains(said, secret) {
					t.Errorf("%s has a secret: %s", name, said)
				}
			}
		}
	}
}
