// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"sync"
	"sync/atomic"

	"github.com/datastack-iam/terraform-provider-datastack/internal/audit"
	"github.com/datastack-iam/terraform-provider-datastack/internal/dbtcloud"
	"github.com/datastack-iam/terraform-provider-datastack/internal/fivetran"
	"github.com/datastack-iam/terraform-provider-datastack/internal/rudderstack"
)

// providerData is what Configure hands to data sources and resources. Every
// service is optional.
type providerData struct {
	dbtcloud    optionalClient[*dbtcloud.Client]
	rudderstack optionalClient[*rudderstack.Client]
	fivetran    optionalClient[*fivetran.Client]

	// audit is the audit log, nil when none is kept.
	audit *audit.Log
	// invited counts the people who were invited.
	invited atomic.Int64
	// administrators is held while the last Account Administrator of Fivetran
	// might be taken away.
	administrators sync.Mutex
}

// optionalClient is the client of a service, or the reason why there is none.
type optionalClient[C any] struct {
	client  C
	missing *diagnosis
}
