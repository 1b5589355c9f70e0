// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"sync"
	"sync/atomic"

	"github.com/datastack-iam/terraform-provider-datastack/internal/audit"
	"github.com/datastack-iam/terraform-provider-datastack/internal/dbtcloud"
	"github.com/datastack-iam/terraform-provider-datastack/internal/fivetran"
	"github.com/datastack-iam/terraform-provider-datastack/internal/provisioning"
	"github.com/datastack-iam/terraform-provider-datastack/internal/rudderstack"
)

// providerData is what Configure hands to data sources and resources. Every
// service is optional.
type providerData struct {
	dbtcloud    optionalClient[*dbtcloud.Client]
	rudderstack optionalClient[*rudderstack.Client]
	fivetran    optionalClient[*fivetran.Client]

	// fivetranUsers is what this process does to the users of Fivetran.
	fivetranUsers *provisioning.Fivetran
	// fivetranMemberships is the same for memberships in teams and groups.
	fivetranMemberships *provisioning.Memberships
	// audit is the audit log, nil when none is kept.
	audit *audit.Log
	// keyOwner is the owner of the Fivetran key in use, as far as it is known.
	keyOwner struct {
		once sync.Once
		user fivetran.User
	}
	// explained says that an error has said already what to do about a user who
	// exists.
	explained atomic.Bool
}

// explains reports, for the first who asks, that an error has to say what to do.
func (d *providerData) explains() bool { return !d.explained.Swap(true) }

// optionalClient is the client of a service, or the reason why there is none.
type optionalClient[C any] struct {
	client  C
	missing *diagnosis
}
