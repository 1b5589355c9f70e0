// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package identity

import (
	"slices"
	"strings"

	"github.com/datastack-iam/terraform-provider-datastack/internal/casefold"
	"github.com/datastack-iam/terraform-provider-datastack/internal/dbtcloud"
	"github.com/datastack-iam/terraform-provider-datastack/internal/fivetran"
	"github.com/datastack-iam/terraform-provider-datastack/internal/scim"
)

// Sources is what was read of the services. What was not read is nil.
type Sources struct {
	// DBTCloudAccount is the id of the account.
	DBTCloudAccount int64
	DBTCloudUsers   []dbtcloud.User
	// DBTCloudInvites are all of them. Those that can still be accepted make
	// people, unless there is a user with the email address already.
	DBTCloudInvites []dbtcloud.Invite
	// DBTCloudGroups is what groups give, by their ids. Only Grants needs it.
	DBTCloudGroups   map[int64]dbtcloud.GroupAccess
	RudderStackUsers []scim.User
	// RudderStackNesting is nil where it is not known which group is in which.
	RudderStackNesting *scim.Nesting
	FivetranUsers      []fivetran.User
	FivetranTeams      []fivetran.Team
	// FivetranMembers are those of each team by its id. It is nil where the teams
	// are not known. A team without an entry counts as deleted.
	FivetranMembers map[string][]fivetran.Member
	// FivetranGroups are for their names.
	FivetranGroups []fivetran.Group
	// FivetranUserGroups are the groups that each user was given directly, by the
	// user's id, FivetranTeamGroups those that each team gives, by the team's.
	FivetranUserGroups, FivetranTeamGroups map[string][]fivetran.GroupRole
}

// accounts returns all accounts of all services, in no order.
func (s Sources) accounts(aliases Aliases) []account {
	return slices.Concat(s.dbtcloud(aliases), s.invited(aliases), s.rudderstack(aliases), s.fivetran(aliases))
}

// name names the person, unless another service has. They come in the order of
// their names.
func (p *Person) name(name *string) {
	if p.Name == nil {
		p.Name = name
	}
}

// personAddress returns the email address by which a person is known, "" for
// none.
func personAddress(aliases Aliases, email *string) string {
	if email == nil || !isAddress(casefold.Fold(*email)) {
		return ""
	}
	return aliases.First(*email)
}

// nameOrID returns the name of a group, or its id where it has no name.
func nameOrID(name *string, id string) string {
	if name == nil {
		return id
	}
	return *name
}

// fullName returns nil where both parts are missing.
func fullName(given, family *string) *string {
	var parts []string
	for _, part := range []*string{given, family} {
		if part != nil && *part != "" {
			parts = append(parts, *part)
		}
	}
	if parts == nil {
		return nil
	}
	return new(strings.Join(parts, " "))
}
