// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"errors"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/datastack-iam/terraform-provider-datastack/internal/dbtcloud"
	"github.com/datastack-iam/terraform-provider-datastack/internal/fivetran"
	"github.com/datastack-iam/terraform-provider-datastack/internal/provider/table"
	"github.com/datastack-iam/terraform-provider-datastack/internal/rest"
	"github.com/datastack-iam/terraform-provider-datastack/internal/rudderstack"
)

// serviceAccess is one of the three systems as data sources and resources see it.
type serviceAccess[C any] struct {
	connection func(*providerData) optionalClient[C]
	// advice says what to do about a failed call.
	advice func(client C, err error) string
}

var (
	dbtcloudService    = serviceAccess[*dbtcloud.Client]{func(c *providerData) optionalClient[*dbtcloud.Client] { return c.dbtcloud }, dbtcloudAdvice}
	rudderstackService = serviceAccess[*rudderstack.Client]{func(c *providerData) optionalClient[*rudderstack.Client] { return c.rudderstack }, rudderstackAdvice}
	fivetranService    = serviceAccess[*fivetran.Client]{func(c *providerData) optionalClient[*fivetran.Client] { return c.fivetran }, fivetranAdvice}
)

// dataSource returns the data source of the service with the given name, without
// the provider's prefix.
func (s serviceAccess[C]) dataSource(name string, shape table.Shape[C]) datasource.DataSource {
	return table.DataSource(table.Service[*providerData, C]{Client: s.client, Explain: s.explain}, name, shape)
}

// client returns the client of the service, or adds the error that says what
// to configure for the one who needs it.
func (s serviceAccess[C]) client(all *providerData, needer string, diags *diag.Diagnostics) (client C, ok bool) {
	if all == nil {
		diags.AddError("Provider Is Not Configured", "The provider datastack was used before it was configured.")
		return client, false
	}
	connection := s.connection(all)
	if connection.missing != nil {
		diags.AddError(connection.missing.summary, "The "+needer+" needs it. "+connection.missing.detail)
		return client, false
	}
	return connection.client, true
}

// explain makes the detail of a diagnostic from a failed call: what the
// service said, then what to do.
func (s serviceAccess[C]) explain(client C, err error) string {
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

// dbtcloudAccount names the account that a client reads, for messages.
func dbtcloudAccount(client *dbtcloud.Client) string {
	return fmt.Sprintf("account %d (%s)", client.AccountID(), client.Base())
}
