// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// listDataSource is a plural data source: all rows of one kind that pass its
// filters. C is the client of the service, T the noun.
type listDataSource[C, T any] struct {
	service serviceAccess[C]
	// name is the type's name behind "datastack_".
	name string
	// nouns names the rows in messages: "dbt Cloud Users".
	nouns string
	doc   string
	// result names the attribute that holds the rows.
	result  string
	fields  fields[T]
	filters []filter[T]
	// members tells whether rows have members, which can be left out.
	members bool
	read    func(ctx context.Context, client C, members bool, warn warnFunc) ([]T, error)

	clients *providerData
}

func (d *listDataSource[C, T]) Metadata(_ context.Context, req datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_" + d.name
}

func (d *listDataSource[C, T]) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	attributes := map[string]schema.Attribute{
		// A list of objects rather than nested attributes: terraform test can mock it.
		d.result: schema.ListAttribute{
			ElementType:         d.fields.object(),
			Computed:            true,
			MarkdownDescription: "Those found, `[]` when there are none. Each has:" + d.fields.table(),
		},
	}
	for _, f := range d.filters {
		attributes[f.name] = f.attribute
	}
	if d.members {
		attributes["include_members"] = includeMembers
	}
	resp.Schema = schema.Schema{MarkdownDescription: d.doc, Attributes: attributes}
}

func (d *listDataSource[C, T]) Configure(_ context.Context, req datasource.ConfigureRequest, _ *datasource.ConfigureResponse) {
	d.clients, _ = req.ProviderData.(*providerData)
}

func (d *listDataSource[C, T]) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	client, ok := d.service.client(d.clients, "data source datastack_"+d.name, &resp.Diagnostics)
	if !ok {
		return
	}
	var filters []func(T) bool
	for _, f := range d.filters {
		if match := f.compile(ctx, req.Config, &resp.Diagnostics); match != nil {
			filters = append(filters, match)
		}
	}
	members := d.members && membersWanted(ctx, req.Config, &resp.Diagnostics)
	if resp.Diagnostics.HasError() {
		return
	}
	all, err := d.read(ctx, client, members, resp.Diagnostics.AddWarning)
	if err != nil {
		resp.Diagnostics.AddError("Unable to List "+d.nouns, d.service.explain(client, err))
		return
	}
	rows := filterRows(all, func(row T) bool {
		return !slices.ContainsFunc(filters, func(match func(T) bool) bool { return !match(row) })
	})
	setLists(ctx, req, resp, map[string]tftypes.Value{d.result: d.fields.lister()(rows)})
}
