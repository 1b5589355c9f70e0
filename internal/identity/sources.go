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
	"github.com/datastack-iam/terraform-provider-datastack/internal/rest"
	"github.com/datastack-iam/terraform-provider-datastack/internal/scim"
)

// Sources is what was read of the services. What was not read is nil.
type Sources struct {
	DBTCloudUsers []dbtcloud.User
	// DBTCloudInvites are all of them. Those that can still be accepted make
	// people, unless there is a user with the email address already.
	DBTCloudInvites  []dbtcloud.Invite
	RudderStackUsers []scim.User
	FivetranUsers    []fivetran.User
	// FivetranTeams has the names of the teams of each user by the user's id.
	// It is nil where the teams are not known.
	FivetranTeams map[string][]string
}

// accounts returns all accounts of all services, in no order.
func (s Sources) accounts(aliases Aliases) []account {
	return slices.Concat(s.dbtcloud(aliases), s.invited(aliases), s.rudderstack(aliases), s.fivetran(aliases))
}

func (s Sources) dbtcloud(aliases Aliases) []account {
	accounts := make([]account, len(s.DBTCloudUsers))
	for i := range s.DBTCloudUsers {
		user := &s.DBTCloudUsers[i]
		accounts[i] = account{
			email:  personAddress(aliases, user.Email),
			status: user.Status,
			Unmatched: Unmatched{
				System: DBTCloud,
				ID:     strconv.FormatInt(user.ID, 10),
				Name:   fullName(user.FirstName, user.LastName),
			},
			show: func(p *Person) {
				p.name(fullName(user.FirstName, user.LastName))
				p.DBTCloud = &DBTCloudAccount{
					ID:               new(user.ID),
					Status:           user.Status,
					LicenseType:      user.LicenseType,
					LastLogin:        user.LastLogin,
					APITokenLastUsed: user.APITokenLastUsed,
					Groups:           make([]string, len(user.Groups)),
				}
				for j, group := range user.Groups {
					p.DBTCloud.Groups[j] = nameOrID(group.Name, idText(group.ID))
				}
			},
		}
	}
	return accounts
}

// invited returns the open invites to dbt Cloud of people who are not users yet.
// Of several invites to one person the newest counts. An expired invite gives no
// access.
func (s Sources) invited(aliases Aliases) []account {
	users := make(map[string]bool, len(s.DBTCloudUsers))
	for _, user := range s.DBTCloudUsers {
		users[personAddress(aliases, user.Email)] = true
	}
	newest := map[string]dbtcloud.Invite{}
	for _, invite := range s.DBTCloudInvites {
		email := personAddress(aliases, invite.Email)
		closed := invite.Status != nil && (*invite.Status == dbtcloud.InviteRedeemed || *invite.Status == dbtcloud.InviteExpired)
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
				p.DBTCloud = &DBTCloudAccount{Status: new(rest.UserInvited), LicenseType: invite.LicenseType}
			},
		})
	}
	return accounts
}

func (s Sources) rudderstack(aliases Aliases) []account {
	accounts := make([]account, len(s.RudderStackUsers))
	for i := range s.RudderStackUsers {
		user := &s.RudderStackUsers[i]
		email := personAddress(aliases, user.Email)
		if email == "" {
			email = personAddress(aliases, user.UserName)
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
			Unmatched: Unmatched{System: RudderStack, ID: user.ID, Name: name},
			show: func(p *Person) {
				p.name(user.DisplayName)
				p.RudderStack = &RudderStackAccount{ID: user.ID, Status: user.Status()}
				if user.Groups != nil {
					p.RudderStack.Groups = make([]string, len(user.Groups))
				}
				for j, group := range user.Groups {
					p.RudderStack.Groups[j] = nameOrID(group.DisplayName, group.ID)
				}
			},
		}
	}
	return accounts
}

// fivetran returns the users, and the members of teams who are not among them:
// they have access too.
func (s Sources) fivetran(aliases Aliases) []account {
	accounts := make([]account, len(s.FivetranUsers))
	strangers := maps.Clone(s.FivetranTeams)
	for i := range s.FivetranUsers {
		user := &s.FivetranUsers[i]
		teams := s.FivetranTeams[user.ID]
		if teams == nil && s.FivetranTeams != nil {
			teams = []string{}
		}
		delete(strangers, user.ID)
		accounts[i] = account{
			email:     personAddress(aliases, user.Email),
			status:    user.Status(),
			Unmatched: Unmatched{System: Fivetran, ID: user.ID, Name: fullName(user.GivenName, user.FamilyName)},
			show: func(p *Person) {
				p.name(fullName(user.GivenName, user.FamilyName))
				p.Fivetran = &FivetranAccount{
					ID:        user.ID,
					Status:    user.Status(),
					Role:      user.Role,
					LastLogin: user.LoggedInAt,
					Teams:     teams,
				}
			},
		}
	}
	for id := range strangers {
		accounts = append(accounts, account{Unmatched: Unmatched{System: Fivetran, ID: id}})
	}
	return accounts
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

// idText returns "" where there is no id.
func idText(id *int64) string {
	if id == nil {
		return ""
	}
	return strconv.FormatInt(*id, 10)
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
