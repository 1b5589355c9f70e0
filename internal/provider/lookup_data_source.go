// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"
	"fmt"
	"math/big"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework-validators/datasourcevalidator"
	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// lookupDataSource is a singular data source: the one row that a key names.
type lookupDataSource[C, T any] struct {
	service serviceAccess[C]
	// name is the type's name behind "datastack_".
	name string
	// noun names the row in messages: "dbt Cloud User".
	noun   string
	doc    string
	fields fields[T]
	// keys are the arguments of which exactly one is given.
	keys []key[C, T]
	// members tells whether rows have members, which can be left out.
	members bool

	clients *providerData
}

// key is one way to name a row.
type key[C, T any] struct {
	// name is that of a field.
	name string
	// validator refuses values that can name no row.
	validator validator.String
	// find returns all rows that the value names. Numbers come as decimal text.
	find func(ctx context.Context, client C, value string, members bool, warn warnFunc) ([]T, error)
	// missing says where was searched, and what is close to the value.
	missing func(ctx context.Context, client C, value string) string
}

func (d *lookupDataSource[C, T]) Metadata(_ context.Context, req datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_" + d.name
}

func (d *lookupDataSource[C, T]) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	attributes := d.fields.attributes()
	for _, f := range d.fields {
		for _, k := range d.keys {
			if f.name == k.name {
				attributes[f.name] = f.argument(k.validator)
			}
		}
	}
	if d.members {
		attributes["include_members"] = includeMembers
	}
	resp.Schema = schema.Schema{MarkdownDescription: d.doc, Attributes: attributes}
}

func (d *lookupDataSource[C, T]) ConfigValidators(context.Context) []datasource.ConfigValidator {
	expressions := make([]path.Expression, len(d.keys))
	for i, k := range d.keys {
		expressions[i] = path.MatchRoot(k.name)
	}
	return []datasource.ConfigValidator{datasourcevalidator.ExactlyOneOf(expressions...)}
}

func (d *lookupDataSource[C, T]) Configure(_ context.Context, req datasource.ConfigureRequest, _ *datasource.ConfigureResponse) {
	d.clients, _ = req.ProviderData.(*providerData)
}

func (d *lookupDataSource[C, T]) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	client, ok := d.service.client(d.clients, "data source datastack_"+d.name, &resp.Diagnostics)
	if !ok {
		return
	}
	members := d.members && membersWanted(ctx, req.Config, &resp.Diagnostics)
	for _, k := range d.keys {
		var given attr.Value
		resp.Diagnostics.Append(req.Config.GetAttribute(ctx, path.Root(k.name), &given)...)
		if resp.Diagnostics.HasError() {
			return
		}
		if given.IsNull() {
			continue
		}
		value, err := given.ToTerraformValue(ctx)
		if err != nil {
			resp.Diagnostics.AddAttributeError(path.Root(k.name), "Argument Cannot Be Read", err.Error())
			return
		}
		row, problem := d.one(ctx, client, k, asText(value), members, resp.Diagnostics.AddWarning)
		if problem != nil {
			resp.Diagnostics.Append(problem.at(path.Root(k.name)))
			return
		}
		resp.State.Raw = req.Config.Raw
		for _, f := range d.fields {
			resp.Diagnostics.Append(resp.State.SetAttribute(ctx, path.Root(f.name), f.value(row))...)
		}
		return
	}
}

// one finds exactly one row.
func (d *lookupDataSource[C, T]) one(ctx context.Context, client C, k key[C, T], value string, members bool, warn warnFunc) (row T, _ *diagnosis) {
	found, err := k.find(ctx, client, value, members, warn)
	switch {
	case err != nil:
		return row, &diagnosis{summary: "Unable to Read " + d.noun, detail: d.service.explain(client, err)}
	case len(found) == 0:
		return row, &diagnosis{summary: d.noun + " Not Found", detail: fmt.Sprintf("There is no %s with the %s %q. %s", d.noun, k.name, value, k.missing(ctx, client, value))}
	case len(found) > 1:
		return row, &diagnosis{summary: "Several " + d.noun + "s Found", detail: fmt.Sprintf("There are %d with the %s %q. Name one of them by its id instead: %s.", len(found), k.name, value, strings.Join(d.ids(found), ", "))}
	}
	return found[0], nil
}

// ids returns the first field of each row, which is its id.
func (d *lookupDataSource[C, T]) ids(rows []T) []string {
	ids := make([]string, len(rows))
	for i, row := range rows {
		ids[i] = asText(d.fields[0].value(row))
	}
	return ids
}

// asText writes a string as it is and a whole number in decimals.
func asText(value tftypes.Value) string {
	var text string
	if value.As(&text) == nil {
		return text
	}
	var number big.Float
	if value.As(&number) == nil {
		return number.Text('f', 0)
	}
	return ""
}
