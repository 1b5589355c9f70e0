// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"github.com/datastack-iam/terraform-provider-datastack/internal/rudderstack"
	"github.com/datastack-iam/terraform-provider-datastack/internal/scim"
)

// warnOfMemberships warns once if memberships may be missing from users, because
// the service refused to list groups.
func warnOfMemberships(c *rudderstack.Client, users []scim.User, warn warnFunc) {
	for _, user := range users {
		if user.GroupsErr != nil {
			warn("Unable to Read RudderStack SCIM Groups",
				"`groups` has only the groups that RudderStack returns with each user. It is null for users that come without groups.\n\n"+rudderstackService.explain(c, user.GroupsErr))
			return
		}
	}
}
