// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package table

import (
	"context"
	"fmt"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework-validators/datasourcevalidator"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/datastack-iam/terraform-provider-datastack/internal/printable"
)

// Lookup is a singular data source: the one row that a key names.
type Lookup[C, T any] struct {
	// Noun names the row in messages: "dbt Cloud User".
	Noun   string
	Doc    string
	Fields Fields[T]
	// ID distinguishes rows that have the same key.
	ID func(T) string
	// Keys are the arguments of which users set exactly one.
	Keys []Key[C, T]
	// Members says that rows have members, which users can leave out.
	Members bool
	// Missing says where the value of a key was not found, and what is spelled
	// like it.
	Missing func(ctx context.Context, client C, value string) string
}

func (l Lookup[C, T]) schema() schema.Schema {
	attributes := l.Fields.attributes()
	for _, k := range l.Keys {
		attributes[k.name] = k.argument(attributes[k.name].GetMarkdownDescription())
	}
	if l.Members {
		addSwitch(attributes, includeMembers)
	}
	return schema.Schema{MarkdownDescription: l.Doc, Attributes: attributes}
}

func (l Lookup[C, T]) validators() []datasource.ConfigValidator {
	names := make([]path.Expression, len(l.Keys))
	for i, k := range l.Keys {
		names[i] = path.MatchRoot(k.name)
	}
	return []datasource.ConfigValidator{datasourcevalidator.ExactlyOneOf(names...)}
}

func (l Lookup[C, T]) read(ctx context.Context, c call[C], req datasource.ReadRequest, resp *datasource.ReadResponse) {
	members := l.Members && switchedOn(ctx, req.Config, includeMembers, &resp.Diagnostics)
	for _, k := range l.Keys {
		value, find := k.read(ctx, req.Config, &resp.Diagnostics)
		if resp.Diagnostics.HasError() {
			return
		}
		if find == nil {
			continue
		}
		rows, err := find(ctx, c.client, Request{Members: members, Warn: resp.Diagnostics.AddWarning})
		switch {
		case err != nil:
			resp.Diagnostics.AddAttributeError(path.Root(k.name), "Unable to Read "+l.Noun, c.explain(err))
		case len(rows) == 0:
			resp.Diagnostics.AddAttributeError(path.Root(k.name), l.Noun+" Not Found",
				strings.TrimSpace(fmt.Sprintf("There is no %s with the %s %q. %s", l.Noun, k.name, value, l.Missing(ctx, c.client, value))))
		case len(rows) > 1:
			resp.Diagnostics.AddAttributeError(path.Root(k.name), "Several "+l.Noun+"s Found",
				fmt.Sprintf("There are %d %ss with the %s %q. To look up one of them, set `id` instead: %s.", len(rows), l.Noun, k.name, value, l.ids(rows)))
		default:
			WarnOfGaps(l.Noun+"s", l.Fields, rows, resp.Diagnostics.AddWarning)
			SetState(ctx, req, resp, l.Fields.attributesOf(rows[0]))
		}
		return
	}
}

// maxIDs is how many ids a message lists.
const maxIDs = 20

func (l Lookup[C, T]) ids(rows []T) string {
	var ids []string
	for _, row := range rows[:min(len(rows), maxIDs)] {
		ids = append(ids, printable.Quote(l.ID(row)))
	}
	if more := len(rows) - len(ids); more > 0 {
		ids = append(ids, fmt.Sprintf("and %d more", more))
	}
	return strings.Join(ids, ", ")
}
