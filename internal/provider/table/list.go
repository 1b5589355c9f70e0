// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package table

import (
	"context"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// List is a plural data source: all rows of a noun that pass its filters.
type List[C, T any] struct {
	// Nouns names the rows in messages: "dbt Cloud Users".
	Nouns string
	Doc   string
	// Result names the attribute with the rows.
	Result    string
	Fields    Fields[T]
	Filters   Filters[T]
	Elsewhere Elsewhere[C]
	// Members says that rows have members, which users can leave out.
	Members bool
	// Groups says that rows have groups, which users can leave out.
	Groups bool
	// GroupsOnRequest describes the groups of rows, if users have to ask for them.
	GroupsOnRequest string
	Read            func(ctx context.Context, client C, req Request) ([]T, error)
}

func (l List[C, T]) schema() schema.Schema {
	attributes := map[string]schema.Attribute{
		l.Result: l.Fields.ListAttribute("The " + l.nouns() + " found, `[]` if there are none."),
	}
	for _, f := range l.Filters {
		attributes[f.Name] = f.Attribute
	}
	if l.Members {
		addSwitch(attributes, includeMembers)
	}
	if l.Groups {
		addSwitch(attributes, includeGroups)
	}
	if l.GroupsOnRequest != "" {
		attributes[includeGroups] = IncludeOnRequest(l.GroupsOnRequest)
	}
	return schema.Schema{MarkdownDescription: l.Doc, Attributes: attributes}
}

// nouns names the rows: "users".
func (l List[C, T]) nouns() string { return strings.ReplaceAll(l.Result, "_", " ") }

func (l List[C, T]) validators() []datasource.ConfigValidator { return nil }

func (l List[C, T]) read(ctx context.Context, c call[C], req datasource.ReadRequest, resp *datasource.ReadResponse) {
	selection := l.Filters.Read(ctx, req.Config, &resp.Diagnostics)
	members := l.Members && switchedOn(ctx, req.Config, includeMembers, &resp.Diagnostics)
	groups := l.Groups && switchedOn(ctx, req.Config, includeGroups, &resp.Diagnostics) ||
		l.GroupsOnRequest != "" && Requested(ctx, req.Config, includeGroups, &resp.Diagnostics)
	if resp.Diagnostics.HasError() {
		return
	}
	all, err := l.Read(ctx, c.client, Request{Members: members, Groups: groups, Warn: resp.Diagnostics.AddWarning})
	if err != nil {
		resp.Diagnostics.AddError("Unable to List "+l.Nouns, c.explain(err))
		return
	}
	WarnOfGaps(l.Nouns, l.Fields, all, resp.Diagnostics.AddWarning)
	selection.WarnOfAbsent(all, Search{Nouns: l.nouns(), Where: c.where, Elsewhere: l.Elsewhere.In(ctx, c.client)}, &resp.Diagnostics)
	SetLists(ctx, req, resp, map[string]tftypes.Value{l.Result: l.Fields.ListValue(selection.Of(all))})
}
