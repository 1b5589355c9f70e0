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

// serviceAccess is a service as data sources and resources see it. C is its client.
type serviceAccess[C any] struct {
	connection func(*providerData) optionalClient[C]
	// hint says what to do about a failed call.
	hint func(client C, err error) string
	// firstHint is what an error says first, before what the service said, "" for
	// nothing. It is nil if a service has none.
	firstHint func(client C, err error) string
	// where names the account that a client reads, for messages.
	where func(client C) string
}

var (
	dbtcloudService = serviceAccess[*dbtcloud.Client]{
		connection: func(c *providerData) optionalClient[*dbtcloud.Client] { return c.dbtcloud },
		hint:       dbtcloudHint,
		firstHint:  dbtcloudDefaultHostHint,
		where:      dbtcloudAccount,
	}
	rudderstackService = serviceAccess[*rudderstack.Client]{
		connection: func(c *providerData) optionalClient[*rudderstack.Client] { return c.rudderstack },
		hint:       rudderstackHint,
		where:      (*rudderstack.Client).Base,
	}
	fivetranService = serviceAccess[*fivetran.Client]{
		connection: func(c *providerData) optionalClient[*fivetran.Client] { return c.fivetran },
		hint:       fivetranHint,
		where:      (*fivetran.Client).Base,
	}
)

// dataSource returns the data source of the service with the given name, without
// the provider's prefix.
func (s serviceAccess[C]) dataSource(name string, shape table.Shape[C]) datasource.DataSource {
	return table.DataSource(table.Service[*providerData, C]{Client: s.client, Explain: s.explain, Where: s.where}, name, shape)
}

// notConfigured is the detail of the error "Provider Is Not Configured".
const notConfigured = "Terraform used the provider datastack before configuring it. This is a bug: please report it to the developers of the provider."

// client returns the client of the service, or adds the error that says what
// to configure. The needer is who asks: "data source datastack_x".
func (s serviceAccess[C]) client(all *providerData, needer string, diags *diag.Diagnostics) (client C, ok bool) {
	if all == nil {
		diags.AddError("Provider Is Not Configured", notConfigured)
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
	hint := s.hint(client, err)
	if _, ok := errors.AsType[*rest.IncompleteError](err); ok {
		hint = "Run again. If the list stays incomplete, contact the support of the service. The provider read the list twice, and returns no incomplete list, because a policy could take it for the whole."
	}
	if hint != "" {
		detail += "\n\n" + hint
	}
	if s.firstHint != nil {
		if first := s.firstHint(client, err); first != "" {
			detail = first + "\n\n" + detail
		}
	}
	return detail
}

// dbtcloudAccount names the account that a client reads, for messages.
func dbtcloudAccount(client *dbtcloud.Client) string {
	return fmt.Sprintf("account %d (%s)", client.AccountID(), client.Base())
}
