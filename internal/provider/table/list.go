// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package table

import (
	"context"
	"slices"
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
	Result  string
	Fields  Fields[T]
	Filters []Filter[T]
	// Members says that rows have members, which users can leave out.
	Members bool
	// Groups says that rows have groups, which users can leave out.
	Groups bool
	Read   func(ctx context.Context, client C, req Request) ([]T, error)
}

func (l List[C, T]) schema() schema.Schema {
	attributes := map[string]schema.Attribute{
		l.Result: l.Fields.ListAttribute("The " + strings.ReplaceAll(l.Result, "_", " ") + " found, `[]` if there are none."),
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
	return schema.Schema{MarkdownDescription: l.Doc, Attributes: attributes}
}

func (l List[C, T]) validators() []datasource.ConfigValidator { return nil }

func (l List[C, T]) read(ctx context.Context, client C, explain func(error) string, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	matches := make([]func(T) bool, len(l.Filters))
	for i, f := range l.Filters {
		matches[i] = f.Match(ctx, req.Config, &resp.Diagnostics)
	}
	members := l.Members && wanted(ctx, req.Config, includeMembers, &resp.Diagnostics)
	groups := l.Groups && wanted(ctx, req.Config, includeGroups, &resp.Diagnostics)
	if resp.Diagnostics.HasError() {
		return
	}
	all, err := l.Read(ctx, client, Request{Members: members, Groups: groups, Warn: resp.Diagnostics.AddWarning})
	if err != nil {
		resp.Diagnostics.AddError("Unable to List "+l.Nouns, explain(err))
		return
	}
	WarnOfGaps(l.Nouns, l.Fields, all, resp.Diagnostics.AddWarning)
	rows := Matching(all, func(row T) bool {
		return !slices.ContainsFunc(matches, func(match func(T) bool) bool { return !match(row) })
	})
	SetLists(ctx, req, resp, map[string]tftypes.Value{l.Result: l.Fields.ListValue(rows)})
}
