// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"errors"

	"github.com/datastack-iam/terraform-provider-datastack/internal/rudderstack"
	"github.com/datastack-iam/terraform-provider-datastack/internal/scim"
)

func scimNotFound(err error) bool { return errors.Is(err, scim.ErrNotFound) }

// warnOfMemberships warns that memberships may be missing from the users read,
// because the service refused to list groups.
func warnOfMemberships(c *rudderstack.Client, err error, warn warnFunc) {
	if err != nil {
		return
	}
	if problem := c.GroupsProblem(); problem != nil {
		warn("Unable to Read RudderStack SCIM Groups",
			"`groups` of users has only the groups that the users themselves name, and is null for users that name none.\n\n"+rudderstackService.explain(c, problem))
	}
}
