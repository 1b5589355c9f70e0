// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package identity

import (
	"github.com/datastack-iam/terraform-provider-datastack/internal/dbtcloud"
	"github.com/datastack-iam/terraform-provider-datastack/internal/rest"
)

// The services, as Person and Unmatched name them.
const (
	DBTCloud    = "dbtcloud"
	Fivetran    = "fivetran"
	RudderStack = "rudderstack"
)

// Person is a human with a user in at least one service. The account of a service
// that the person is not in is nil.
type Person struct {
	// Name is dbt Cloud's first and last name, else Fivetran's, else RudderStack's
	// display name. It is nil where none of them has one.
	Name *string
	// Email is in lower case. Of a person who has several addresses it is the first.
	Email string
	// Systems names the services that the person is in, sorted.
	Systems     []string
	DBTCloud    *DBTCloudAccount
	Fivetran    *FivetranAccount
	RudderStack *RudderStackAccount
}

// StatusDetail says why a user has a status.
type StatusDetail string

// The details of statuses.
const (
	// Deactivated is a user of dbt Cloud who was deactivated everywhere.
	Deactivated StatusDetail = "deactivated"
	// NoLicense is a user of dbt Cloud without a license in the account.
	NoLicense StatusDetail = "no_license"
	// Suspended is a user of Fivetran whom an administrator suspended.
	Suspended     StatusDetail = "suspended"
	InvitePending StatusDetail = "invite_pending"
	// InviteExpired is an invite to dbt Cloud that cannot be accepted any more.
	InviteExpired StatusDetail = "invite_expired"
)

// DBTCloudAccount is a user of the dbt Cloud account, or an invite, which has no
// ID, logins and Groups yet. The status of an invite is invited if it can still be
// accepted, else inactive: it has expired.
type DBTCloudAccount struct {
	ID           *int64
	Status       *rest.UserStatus
	StatusDetail *StatusDetail
	LicenseType  *dbtcloud.LicenseType
	// CreatedAt is when the user was created, or the invite.
	CreatedAt *string
	LastLogin *string
	// APITokenLastUsed is when the user last used a token of their own.
	APITokenLastUsed *string
	// Groups are names, in the order of the client; ids where there is no name.
	Groups []string
}

// RudderStackAccount is a SCIM user of the RudderStack organization.
type RudderStackAccount struct {
	ID         string
	Status     *rest.UserStatus
	ExternalID *string
	CreatedAt  *string
	// Groups are the names of those that the user is in directly, in the order of
	// the client; ids where there is no name. It is nil where the service does not
	// return them.
	Groups []string
	// AllGroups are the names of those and of the groups that have one of them as
	// a member, directly or through others. It is nil where Groups is, and where
	// the members of some groups are not known.
	AllGroups []string
}

// FivetranAccount is a user of the Fivetran account.
type FivetranAccount struct {
	ID           string
	Status       *rest.UserStatus
	StatusDetail *StatusDetail
	CreatedAt    *string
	LastLogin    *string
	// Role is the one in the account that the user was given directly.
	Role *string
	// EffectiveRoles are the roles in the account that the user has, directly and
	// through teams, sorted. It is nil where the teams are not known.
	EffectiveRoles []string
	// Teams are names, in the order of the source. It is nil where they are not
	// known.
	Teams []string
	// Groups are nil unless all are known: those of the user and of the teams.
	Groups []FivetranGroup
}

// FivetranGroup is a group that a user has a role in.
type FivetranGroup struct {
	ID string
	// Name is nil where it is not known.
	Name *string
	Role *string
	// Via is Direct, or the name of the team that gives it.
	Via string
}

// Unmatched is an account that no Person shows: a service account, a user without
// an email address, or the second account of one person in one service.
type Unmatched struct {
	System string
	ID     string
	// Name and Email are nil where the service has none.
	Name, Email *string
	Type        UnmatchedType
}

// UnmatchedType says why no person has an account.
type UnmatchedType string

// The types of accounts that no person has.
const (
	// ServiceAccount is one that its service calls so, or that has no email
	// address.
	ServiceAccount UnmatchedType = "service_account"
	// TeamMember is a member of a team who is not in the list of users.
	TeamMember UnmatchedType = "team_member"
	// User is the further user of a person who is shown with another one.
	User UnmatchedType = "user"
)
