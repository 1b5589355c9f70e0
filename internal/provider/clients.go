// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"errors"
	"sync"
	"sync/atomic"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/datastack-iam/terraform-provider-datastack/internal/audit"
	"github.com/datastack-iam/terraform-provider-datastack/internal/dbtcloud"
	"github.com/datastack-iam/terraform-provider-datastack/internal/fivetran"
	"github.com/datastack-iam/terraform-provider-datastack/internal/rest"
	"github.com/datastack-iam/terraform-provider-datastack/internal/rudderstack"
)

// clients is what Configure hands to data sources and resources. Every system
// is optional.
type clients struct {
	dbtcloud    connection[*dbtcloud.Client]
	rudderstack connection[*rudderstack.Client]
	fivetran    connection[*fivetran.Client]

	// audit is the access-change log, nil when none is kept.
	audit *audit.Log
	// invited counts the people who were invited.
	invited atomic.Int64
	// administrators is held while the last Account Administrator of Fivetran
	// might be taken away.
	administrators sync.Mutex
}

// connection is the client of one system, or the reason why there is none.
type connection[C any] struct {
	client  C
	problem *problem
}

// problem is a diagnostic that is not yet tied to an attribute.
type problem struct {
	summary, detail string
	// later says that it is not known yet whether this is a problem at all.
	later bool
}

// at makes a diagnostic of it, at an attribute or, with the empty path, at the
// whole block.
func (p *problem) at(attribute path.Path) diag.Diagnostic {
	if attribute.Equal(path.Empty()) {
		return diag.NewErrorDiagnostic(p.summary, p.detail)
	}
	return diag.NewAttributeErrorDiagnostic(attribute, p.summary, p.detail)
}

// warner adds a warning to the diagnostics of the operation under way.
type warner func(summary, detail string)

// service is one of the three systems as data sources and resources see it.
type service[C any] struct {
	connection func(*clients) connection[C]
	// advice says what to do about a failed call.
	advice func(client C, err error) string
}

var (
	dbtCloud    = service[*dbtcloud.Client]{func(c *clients) connection[*dbtcloud.Client] { return c.dbtcloud }, dbtcloudAdvice}
	rudderStack = service[*rudderstack.Client]{func(c *clients) connection[*rudderstack.Client] { return c.rudderstack }, rudderstackAdvice}
	fiveTran    = service[*fivetran.Client]{func(c *clients) connection[*fivetran.Client] { return c.fivetran }, fivetranAdvice}
)

// client returns the client of the service, or adds the error that says what
// to configure for the one who needs it.
func (s service[C]) client(all *clients, needer string, diags *diag.Diagnostics) (client C, ok bool) {
	if all == nil {
		diags.AddError("Provider Is Not Configured", "The provider datastack was used before it was configured.")
		return client, false
	}
	connection := s.connection(all)
	if connection.problem != nil {
		diags.AddError(connection.problem.summary, "The "+needer+" needs it. "+connection.problem.detail)
		return client, false
	}
	return connection.client, true
}

// explain makes the detail of a diagnostic from a failed call: what the
// service said, then what to do.
func (s service[C]) explain(client C, err error) string {
	detail := err.Error()
	advice := s.advice(client, err)
	if _, ok := errors.AsType[*rest.IncompleteError](err); ok {
		advice = "The list was read twice. A part of it is not given out, as a policy could take it for the whole. Run again; if it stays so, ask the support of the service."
	}
	if advice != "" {
		detail += "\n\n" + advice
	}
	return detail
}
