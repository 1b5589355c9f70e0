// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"fmt"
	"net/http/httptest"
	"os"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"go.uber.org/goleak"

	"github.com/datastack-iam/terraform-provider-datastack/internal/sandbox"
)

// TestMain removes what the caller's environment would add to the provider blocks
// under test, and fails if goroutines are left when all tests have ended.
func TestMain(m *testing.M) {
	for _, variable := range os.Environ() {
		name, _, _ := strings.Cut(variable, "=")
		for _, prefix := range []string{"DBT_CLOUD_", "RUDDERSTACK_", "FIVETRAN_"} {
			if strings.HasPrefix(name, prefix) {
				_ = os.Unsetenv(name) // fails for no name that is in the environment
			}
		}
	}
	// Each server of plugin-testing leaves the goroutines that read its standard output.
	pluginOutput := goleak.IgnoreAnyFunction("github.com/hashicorp/go-plugin.copyChan")
	goleak.VerifyTestMain(m, pluginOutput, goleak.Cleanup(func(code int) {
		_ = os.RemoveAll(buildDir) // leftovers in the temporary directory do not fail the tests
		os.Exit(code)              //nolint:forbidigo // goleak leaves it to its cleanup.
	}))
}

// factories serve the provider from the test process.
var factories = map[string]func() (tfprotov6.ProviderServer, error){
	"datastack": func() (tfprotov6.ProviderServer, error) { return New("test")(), nil },
}

// company is a sandbox of one test.
type company struct {
	*sandbox.Server
	url string
}

func newCompany(t *testing.T, options sandbox.Options) *company {
	t.Helper()
	if options.Today.IsZero() {
		options.Today = sandbox.SeedDay() // Tests quote dates.
	}
	server := sandbox.New(options)
	listener := httptest.NewServer(server)
	t.Cleanup(listener.Close)
	return &company{server, listener.URL}
}

// config is a configuration with all three services of the company.
func (c *company) config(hcl string) string {
	return fmt.Sprintf(`
provider "datastack" {
  dbtcloud    = { token = %q, account_id = %d, base_url = %q }
  rudderstack = { scim_token = %q, scim_base_url = %q }
  fivetran    = { api_key = %q, api_secret = %q, base_url = %q }
}
`, sandbox.DBTCloudToken, sandbox.DBTCloudAccount, c.url, sandbox.SCIMToken, c.url, sandbox.FivetranKey, sandbox.FivetranSecret, c.url) + hcl
}

// runSteps runs steps with the real CLI.
func runSteps(t *testing.T, steps ...resource.TestStep) {
	t.Helper()
	resource.UnitTest(t, resource.TestCase{ProtoV6ProviderFactories: factories, Steps: steps})
}
