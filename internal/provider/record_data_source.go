// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/path"
)

// recordDataSource is a data source without arguments: what a service has one
// of, such as the account itself. C is the client of the service, T the noun.
type recordDataSource[C, T any] struct {
	service serviceAccess[C]
	// name is the type's name behind "datastack_".
	name string
	// noun names the record in messages: "Fivetran Account".
	noun   string
	doc    string
	fields fields[T]
	read   func(ctx context.Context, client C) (T, error)

	clients *providerData
}

func (d *recordDataSource[C, T]) Metadata(_ context.Context, req datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_" + d.name
}

func (d *recordDataSource[C, T]) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	resp.Schema = schema.Schema{MarkdownDescription: d.doc, Attributes: d.fields.attributes()}
}

func (d *recordDataSource[C, T]) Configure(_ context.Context, req datasource.ConfigureRequest, _ *datasource.ConfigureResponse) {
	d.clients, _ = req.ProviderData.(*providerData)
}

func (d *recordDataSource[C, T]) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	client, ok := d.service.client(d.clients, "data source datastack_"+d.name, &resp.Diagnostics)
	if !ok {
		return
	}
	record, err := d.read(ctx, client)
	if err != nil {
		resp.Diagnostics.AddError("Unable to Read "+d.noun, d.service.explain(client, err))
		return
	}
	resp.State.Raw = req.Config.Raw
	for _, f := range d.fields {
		resp.Diagnostics.Append(resp.State.SetAttribute(ctx, path.Root(f.name), f.value(record))...)
	}
}
