// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"cmp"
	"fmt"
	"strings"

	"github.com/datastack-iam/terraform-provider-datastack/internal/rest"
	"github.com/datastack-iam/terraform-provider-datastack/internal/rudderstack"
	"github.com/datastack-iam/terraform-provider-datastack/internal/scim"
)

// lackingSCIMGroups is what users lack if the list of groups cannot be read.
const lackingSCIMGroups = "`groups` has only the groups that RudderStack returns with each user. It is null for users that come without groups."

// warnOfMemberships warns of what may be missing from the groups of users, or be
// wrong with them. It says what the result lacks without the list of groups.
func warnOfMemberships(c *rudderstack.Client, users []scim.User, lacking string, warn warnFunc) {
	if len(users) == 0 {
		return
	}
	// It is the same for all users of one reading.
	refused, doubts := users[0].GroupsErr, users[0].Doubts
	if refused != nil {
		warn("Unable to Read RudderStack SCIM Groups", lacking+"\n\n"+rudderstackService.explain(c, refused))
	}
	warnOfDoubts(doubts, warn)
}

// warnOfMembers warns of what may be missing from the members of groups, or be
// wrong with them.
func warnOfMembers(c *rudderstack.Client, groups []scim.Group, warn warnFunc) {
	refused := &scim.MembersUnavailableError{Service: "RudderStack"}
	var users *rest.Error
	var doubts []scim.Doubt
	for _, group := range groups {
		if group.MembersErr != nil {
			refused.Groups = append(refused.Groups, scim.GroupRef{ID: group.ID, DisplayName: group.DisplayName})
			refused.Err = cmp.Or(refused.Err, group.MembersErr)
		}
		users = cmp.Or(users, group.UsersErr)
		doubts = append(doubts, group.Doubts...)
	}
	if refused.Err != nil {
		warn("Unable to Read Members of RudderStack SCIM Groups", "`members` is null for these groups.\n\n"+rudderstackService.explain(c, refused))
	}
	if users != nil {
		warn("Unable to Read RudderStack SCIM Users", "`user_name` is null for all members.\n\n"+rudderstackService.explain(c, users))
	}
	warnOfDoubts(doubts, warn)
}

// maxDoubts is how many groups a warning names.
const maxDoubts = 20

func warnOfDoubts(doubts []scim.Doubt, warn warnFunc) {
	var lines []string
	listed := map[string]bool{}
	found := 0
	for _, doubt := range doubts {
		switch {
		case doubt.Group.ID == "" && !listed[doubt.Why]:
			listed[doubt.Why] = true // it is with every group
			warn("RudderStack SCIM List May Be Incomplete", doubt.Why+". Compare the number with your identity provider.")
		case doubt.Group.ID == "":
		default:
			if found++; found <= maxDoubts {
				lines = append(lines, fmt.Sprintf("- %s: %s", doubt.Group, doubt.Why))
			}
		}
	}
	if found == 0 {
		return
	}
	if found > maxDoubts {
		lines = append(lines, fmt.Sprintf("- and %d more", found-maxDoubts))
	}
	warn("RudderStack SCIM Memberships Differ",
		"What RudderStack returns with users and with groups does not agree, or cannot be read. The results have every membership that either of them names.\n"+strings.Join(lines, "\n"))
}
