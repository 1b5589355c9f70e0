// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/querycheck"
	"github.com/hashicorp/terraform-plugin-testing/tfversion"

	"github.com/datastack-iam/terraform-provider-datastack/internal/sandbox"
)

// The tests here need newer CLIs than make uses: they run for who has one.

func TestFivetranUserInviteImportBlockWithIdentity(t *testing.T) {
	t.Parallel()
	c := newCompany(t, sandbox.Options{})
	resource.UnitTest(t, resource.TestCase{
		ProtoV6ProviderFactories: factories,
		TerraformVersionChecks:   []tfversion.TerraformVersionCheck{tfversion.SkipBelow(tfversion.Version1_12_0)},
		Steps: []resource.TestStep{
			{Config: c.ada(`role = "Account Reviewer"`)},
			{ResourceName: invited, ImportState: true, ImportStateKind: resource.ImportBlockWithResourceIdentity},
		},
	})
}

func TestFivetranUserInviteQuery(t *testing.T) {
	t.Parallel()
	c := newCompany(t, sandbox.Options{})
	users := 0
	for _, user := range c.FivetranUsers() {
		if user.Email != nil {
			users++
		}
	}
	resource.UnitTest(t, resource.TestCase{
		ProtoV6ProviderFactories: factories,
		TerraformVersionChecks:   []tfversion.TerraformVersionCheck{tfversion.SkipBelow(tfversion.Version1_14_0)},
		Steps: []resource.TestStep{{
			Query: true,
			Config: c.config(`
list "datastack_fivetran_user_invite" "all" {
  provider         = datastack
  include_resource = true
}`),
			QueryResultChecks: []querycheck.QueryResultCheck{
				querycheck.ExpectLength("datastack_fivetran_user_invite.all", users),
				querycheck.ExpectIdentity("datastack_fivetran_user_invite.all", map[string]knownvalue.Check{"user_id": knownvalue.StringExact("ferry_blink")}),
			},
		}},
	})
}
