// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"net/http"
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

// TestSecretsAreNotLogged runs with the most detailed logs of the CLI and the
// provider.
func TestSecretsAreNotLogged(t *testing.T) {
	c := newCompany(t, sandbox.Options{})
	logs := t.TempDir()
	t.Setenv("TF_LOG", "TRACE")
	t.Setenv("TF_ACC_LOG", "TRACE")
	t.Setenv("TF_LOG_PATH_MASK", filepath.Join(logs, "%s.log"))
	t.Setenv("RUDDERSTACK_SCIM_TOKEN", sandbox.SCIMToken)
	c.Inject(sandbox.Fault{PathPrefix: dbtcloudUsersPath, Times: 1, Status: http.StatusBadGateway})
	runSteps(t, resource.TestStep{
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

data "datastack_dbtcloud_users" "all" {}

data "datastack_rudderstack_scim_users" "all" {}

resource "datastack_fivetran_user_invite" "ada" {
  email       = "ada@northwind.example"
  given_name  = "Ada"
  family_name = "Lovelace"
}`, sandbox.DBTCloudAccount, c.url, c.url, c.url),
		ConfigVariables: config.Variables{"secrets": config.MapVariable(map[string]config.Variable{
			"token": config.StringVariable(sandbox.DBTCloudToken), "key": config.StringVariable(sandbox.FivetranKey), "secret": config.StringVariable(sandbox.FivetranSecret),
		})},
		ConfigStateChecks: []statecheck.StateCheck{stateWithoutSecrets{}},
	})
	files, err := filepath.Glob(filepath.Join(logs, "*.log"))
	if err != nil {
		t.Fatal(err)
	}
	var all strings.Builder
	for _, file := range files {
		content, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		all.Write(content)
	}
	for _, expected := range []string{"Repeating a request that failed", "[TRACE]", c.url + dbtcloudUsersPath} {
		if !strings.Contains(all.String(), expected) {
			t.Errorf("the logs, %d bytes of %v, do not have %q", all.Len(), files, expected)
		}
	}
	for line := range strings.Lines(all.String()) {
		for _, secret := range secrets {
			if strings.Contains(line, secret) {
				t.Errorf("a log has %s: %s", secret, line)
			}
		}
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
