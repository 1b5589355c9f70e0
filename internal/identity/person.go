// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package identity

// The systems, as Person and Unmatched name them.
const (
	DBTCloud    = "dbtcloud"
	Fivetran    = "fivetran"
	RudderStack = "rudderstack"
)

// Person is somebody with an account in at least one system. The account of a
// system that the person is not in is nil.
type Person struct {
	// Email is in lower case, and the first address of someone who has several.
	Email string
	// Systems names those that the person is in, sorted.
	Systems     []string
	DBTCloud    *DBTCloudAccount
	Fivetran    *FivetranAccount
	RudderStack *RudderStackAccount
}

// DBTCloudAccount is a user of the dbt Cloud account, or somebody whose invite
// can still be accepted: the status is "invited" then, and there are no ID,
// LastLogin and Groups yet.
type DBTCloudAccount struct {
	ID          *int64
	Status      *string
	LicenseType *string
	LastLogin   *string
	// Groups are names, in the order of the client.
	Groups []string
}

// RudderStackAccount is a SCIM user of the RudderStack organization.
type RudderStackAccount struct {
	ID     string
	Status *string
	// Groups are names, in the order of the client. It is nil where the service
	// does not tell.
	Groups []string
}

// FivetranAccount is a user of the Fivetran account.
type FivetranAccount struct {
	ID        string
	Status    *string
	Role      *string
	LastLogin *string
	// Teams are names, in the order of the source. It is nil where they are not
	// known.
	Teams []string
}

// Unmatched is an account that no Person shows: a service account, somebody
// without an address, or the second account of one person in one system.
type Unmatched struct {
	System string
	ID     string
	// Name is nil where the system has none.
	Name *string
}
