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

// DBTCloudAccount is a user of the dbt Cloud account, or an invite that can still
// be accepted: the status is invited then, and there are no ID, logins and Groups
// yet.
type DBTCloudAccount struct {
	ID          *int64
	Status      *rest.UserStatus
	LicenseType *dbtcloud.LicenseType
	LastLogin   *string
	// APITokenLastUsed is when the user last used a token of their own.
	APITokenLastUsed *string
	// Groups are names, in the order of the client; ids where there is no name.
	Groups []string
}

// RudderStackAccount is a SCIM user of the RudderStack organization.
type RudderStackAccount struct {
	ID     string
	Status *rest.UserStatus
	// Groups are names, in the order of the client; ids where there is no name. It
	// is nil where the service does not return them.
	Groups []string
}

// FivetranAccount is a user of the Fivetran account.
type FivetranAccount struct {
	ID        string
	Status    *rest.UserStatus
	Role      *string
	LastLogin *string
	// Teams are names, in the order of the source. It is nil where they are not
	// known.
	Teams []string
}

// Unmatched is an account that no Person shows: a service account, a user without
// an email address, or the second account of one person in one service.
type Unmatched struct {
	System string
	ID     string
	// Name is nil where the service has none.
	Name *string
}
