// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

// Package table makes data sources out of tables of fields. A noun of a
// service, such as a dbt Cloud user, is one table: of each field its name, its
// description, and the function that takes it from the client's value. Schemas,
// docs and values come from the table, so a data source is little more.
package table

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"
)

// Service is a service as its data sources see it. P is what the provider hands
// to all data sources, C the client of the service.
type Service[P, C any] struct {
	// Client returns the client, or adds the error that says what to configure.
	// The needer is who asks, for that error: "data source datastack_x".
	Client func(provider P, needer string, diags *diag.Diagnostics) (client C, ok bool)
	// Explain makes the detail of an error of a failed call: what the service
	// said, then what to do.
	Explain func(client C, err error) string
	// Where names the account that the client reads, for messages.
	Where func(client C) string
}

// Shape is what a data source returns: a [List], what a [Lookup] finds, or a
// [Singleton].
type Shape[C any] interface {
	schema() schema.Schema
	validators() []datasource.ConfigValidator
	read(ctx context.Context, c call[C], req datasource.ReadRequest, resp *datasource.ReadResponse)
}

// call is what a shape reads with.
type call[C any] struct {
	client  C
	explain func(error) string
	where   string
}

// Request is what is asked of a read, besides its arguments.
type Request struct {
	// Members says whether to read members too, where there are any.
	Members bool
	// Groups says the same of groups.
	Groups bool
	// Warn adds a warning to the result.
	Warn func(summary, detail string)
}

// dataSource is the only type of data source here: what differs is its shape.
type dataSource[P, C any] struct {
	Base[P]
	service Service[P, C]
	name    string
	shape   Shape[C]
}

// DataSource returns the data source of a service with the given name, without
// the provider's prefix.
func DataSource[P, C any](service Service[P, C], name string, shape Shape[C]) datasource.DataSource {
	return &dataSource[P, C]{service: service, name: name, shape: shape}
}

func (d *dataSource[P, C]) Metadata(_ context.Context, req datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_" + d.name
}

func (d *dataSource[P, C]) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	resp.Schema = d.shape.schema()
}

func (d *dataSource[P, C]) ConfigValidators(context.Context) []datasource.ConfigValidator {
	return d.shape.validators()
}

func (d *dataSource[P, C]) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	client, ok := d.service.Client(d.Provider, "data source datastack_"+d.name, &resp.Diagnostics)
	if !ok {
		return
	}
	d.shape.read(ctx, call[C]{
		client:  client,
		explain: func(err error) string { return d.service.Explain(client, err) },
		where:   d.service.Where(client),
	}, req, resp)
}
