// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package sandbox

import (
	"strconv"

	"github.com/datastack-iam/terraform-provider-datastack/internal/sandbox/dbtcloud"
	"github.com/datastack-iam/terraform-provider-datastack/internal/sandbox/fivetran"
	"github.com/datastack-iam/terraform-provider-datastack/internal/sandbox/rudderstack"
)

// The credentials that the sandbox accepts.
const (
	// DBTCloudToken is a service token of the account with Account Viewer.
	DBTCloudToken = dbtcloud.Token
	// DBTCloudAccount is the only account that the token can see.
	DBTCloudAccount = dbtcloud.AccountID
	// DBTCloudSCIMToken is a token of the account's SCIM service.
	DBTCloudSCIMToken = dbtcloud.SCIMToken
	// SCIMToken is RudderStack's organization-level Service Access Token.
	SCIMToken = rudderstack.Token
	// FivetranKey and FivetranSecret belong to a user of the seed, an Account
	// Administrator: they stop working when that user is deleted.
	FivetranKey    = fivetran.Key
	FivetranSecret = fivetran.Secret
)

// Environment returns the variables, as NAME=value, that point the provider at
// a sandbox on a base URL without a trailing slash.
func Environment(base string) []string {
	return []string{
		"DBT_CLOUD_HOST_URL=" + base + "/api",
		"DBT_CLOUD_ACCOUNT_ID=" + strconv.Itoa(DBTCloudAccount),
		"DBT_CLOUD_TOKEN=" + DBTCloudToken,
		"DBT_CLOUD_SCIM_TOKEN=" + DBTCloudSCIMToken,
		"RUDDERSTACK_SCIM_BASE_URL=" + base + "/scim/v2",
		"RUDDERSTACK_SCIM_TOKEN=" + SCIMToken,
		"FIVETRAN_API_URL=" + base + "/v1",
		"FIVETRAN_APIKEY=" + FivetranKey,
		"FIVETRAN_APISECRET=" + FivetranSecret,
	}
}
