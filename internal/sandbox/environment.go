// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package sandbox

import "strconv"

// Environment returns the variables, as NAME=value, that point the provider at
// a sandbox on a base URL without a trailing slash.
func Environment(base string) []string {
	return []string{
		"DBT_CLOUD_HOST_URL=" + base + "/api",
		"DBT_CLOUD_ACCOUNT_ID=" + strconv.Itoa(DBTCloudAccount),
		"DBT_CLOUD_TOKEN=" + DBTCloudToken,
		"RUDDERSTACK_SCIM_BASE_URL=" + base + "/scim/v2",
		"RUDDERSTACK_SCIM_TOKEN=" + SCIMToken,
		"FIVETRAN_API_URL=" + base + "/v1",
		"FIVETRAN_APIKEY=" + FivetranKey,
		"FIVETRAN_APISECRET=" + FivetranSecret,
	}
}
