// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package table

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
)

// Singleton is a data source without arguments: what a service has one of, such
// as the account.
type Singleton[C, T any] struct {
	// Noun names it in messages: "Fivetran Account".
	Noun   string
	Doc    string
	Fields Fields[T]
	Read   func(ctx context.Context, client C) (T, error)
}

func (s Singleton[C, T]) schema() schema.Schema {
	return schema.Schema{MarkdownDescription: s.Doc, Attributes: s.Fields.attributes()}
}

func (s Singleton[C, T]) validators() []datasource.ConfigValidator { return nil }

func (s Singleton[C, T]) read(ctx context.Context, c call[C], req datasource.ReadRequest, resp *datasource.ReadResponse) {
	row, err := s.Read(ctx, c.client)
	if err != nil {
		resp.Diagnostics.AddError("Unable to Read "+s.Noun, c.explain(err))
		return
	}
	WarnOfGaps(s.Noun, s.Fields, []T{row}, resp.Diagnostics.AddWarning)
	SetState(ctx, req, resp, s.Fields.attributesOf(row))
}
