// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package identity

import (
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/datastack-iam/terraform-provider-datastack/internal/casefold"
	"github.com/datastack-iam/terraform-provider-datastack/internal/dbtcloud"
	"github.com/datastack-iam/terraform-provider-datastack/internal/fivetran"
	"github.com/datastack-iam/terraform-provider-datastack/internal/scim"
)

// Sources is what was read of the systems. What was not read is nil.
type Sources struct {
	DBTCloudUsers []dbtcloud.User
	// DBTCloudInvites are all of them. Those that can still be accepted make
	// people, unless there is a user with the address already.
	DBTCloudInvites  []dbtcloud.Invite
	RudderStackUsers []scim.User
	FivetranUsers    []fivetran.User
	// FivetranTeams holds the names of the teams of each user by the user's id.
	// It is nil where the teams are not known.
	FivetranTeams map[string][]string
}

// accounts returns all accounts of all systems, in no order.
func (s Sources) accounts(aliases Aliases) []account {
	return slices.Concat(s.dbtcloud(aliases), s.invited(aliases), s.rudderstack(aliases), s.fivetran(aliases))
}

func (s Sources) dbtcloud(aliases Aliases) []account {
	accounts := make([]account, len(s.DBTCloudUsers))
	for i, user := range s.DBTCloudUsers {
		accounts[i] = account{
			email:     address(aliases, user.Email),
			status:    user.Status,
			Unmatched: Unmatched{DBTCloud, strconv.FormatInt(user.ID, 10), fullName(user.FirstName, user.LastName)},
			show: func(p *Person) {
				p.DBTCloud = &DBTCloudAccount{&user.ID, user.Status, user.LicenseType, user.LastLogin, make([]string, len(user.Groups))}
				for j, group := range user.Groups {
					p.DBTCloud.Groups[j] = group.Name
				}
			},
		}
	}
	return accounts
}

// invited returns those who were invited to dbt Cloud and are not users yet.
// Who was invited several times has the newest invite. An expired invite lets
// nobody in.
func (s Sources) invited(aliases Aliases) []account {
	users := make(map[string]bool, len(s.DBTCloudUsers))
	for _, user := range s.DBTCloudUsers {
		users[address(aliases, user.Email)] = true
	}
	newest := map[string]dbtcloud.Invite{}
	for _, invite := range s.DBTCloudInvites {
		email := address(aliases, invite.Email)
		closed := invite.Status != nil && (*invite.Status == "redeemed" || *invite.Status == "expired")
		if email != "" && !closed && !users[email] && newest[email].ID <= invite.ID {
			newest[email] = invite
		}
	}
	accounts := make([]account, 0, len(newest))
	for email, invite := range newest {
		accounts = append(accounts, account{
			email:     email,
			Unmatched: Unmatched{System: DBTCloud},
			show: func(p *Person) {
				p.DBTCloud = &DBTCloudAccount{Status: new("invited"), LicenseType: invite.LicenseType}
			},
		})
	}
	return accounts
}

func (s Sources) rudderstack(aliases Aliases) []account {
	accounts := make([]account, len(s.RudderStackUsers))
	for i, user := range s.RudderStackUsers {
		email := address(aliases, user.Email)
		if email == "" {
			email = address(aliases, user.UserName)
		}
		name := user.DisplayName
		if name == nil {
			name = fullName(user.GivenName, user.FamilyName)
		}
		if name == nil {
			name = user.UserName
		}
		accounts[i] = account{
			email:     email,
			status:    user.Status(),
			Unmatched: Unmatched{RudderStack, user.ID, name},
			show: func(p *Person) {
				p.RudderStack = &RudderStackAccount{ID: user.ID, Status: user.Status()}
				if user.Groups != nil {
					p.RudderStack.Groups = make([]string, len(user.Groups))
				}
				for j, group := range user.Groups {
					p.RudderStack.Groups[j] = group.ID
					if group.DisplayName != nil {
						p.RudderStack.Groups[j] = *group.DisplayName
					}
				}
			},
		}
	}
	return accounts
}

// fivetran returns the users, and the members of teams who are not among them:
// whoever they are, they have access.
func (s Sources) fivetran(aliases Aliases) []account {
	accounts := make([]account, len(s.FivetranUsers))
	strangers := maps.Clone(s.FivetranTeams)
	for i, user := range s.FivetranUsers {
		teams := s.FivetranTeams[user.ID]
		if teams == nil && s.FivetranTeams != nil {
			teams = []string{}
		}
		delete(strangers, user.ID)
		accounts[i] = account{
			email:     address(aliases, user.Email),
			status:    user.Status(),
			Unmatched: Unmatched{Fivetran, user.ID, fullName(user.GivenName, user.FamilyName)},
			show: func(p *Person) {
				p.Fivetran = &FivetranAccount{user.ID, user.Status(), user.Role, user.LoggedInAt, teams}
			},
		}
	}
	for id := range strangers {
		accounts = append(accounts, account{Unmatched: Unmatched{System: Fivetran, ID: id}})
	}
	return accounts
}

// address returns the address by which a person is known, "" for none.
func address(aliases Aliases, email *string) string {
	if email == nil || !isAddress(casefold.Fold(*email)) {
		return ""
	}
	return aliases.First(*email)
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
