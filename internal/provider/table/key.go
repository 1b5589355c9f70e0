// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package table

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
)

// Key is a field by which a lookup finds its row. It is an argument then, and
// computed all the same, or terraform test could not mock it.
type Key[C, T any] struct {
	name     string
	argument func(doc string) schema.Attribute
	// read reads the argument. It returns the value for messages, and what finds
	// the rows that the value names, nil when it was left out.
	read func(context.Context, tfsdk.Config, *diag.Diagnostics) (value string, find findFunc[C, T])
}

type findFunc[C, T any] func(ctx context.Context, client C, req Request) ([]T, error)

// ByString looks up a row by a string. The validator refuses values that can
// name no row.
func ByString[C, T any](name string, check validator.String, find func(ctx context.Context, client C, value string, req Request) ([]T, error)) Key[C, T] {
	return keyOf(name, find, func(doc string) schema.Attribute {
		return schema.StringAttribute{Computed: true, Optional: true, MarkdownDescription: doc, Validators: []validator.String{check}}
	})
}

// ByInt64 looks up a row by a whole number.
func ByInt64[C, T any](name string, find func(ctx context.Context, client C, value int64, req Request) ([]T, error)) Key[C, T] {
	return keyOf(name, find, func(doc string) schema.Attribute {
		return schema.Int64Attribute{Computed: true, Optional: true, MarkdownDescription: doc}
	})
}

func keyOf[C, T, V any](name string, find func(context.Context, C, V, Request) ([]T, error), argument func(doc string) schema.Attribute) Key[C, T] {
	return Key[C, T]{name: name, argument: argument, read: func(ctx context.Context, config tfsdk.Config, diags *diag.Diagnostics) (string, findFunc[C, T]) {
		var value *V
		diags.Append(config.GetAttribute(ctx, path.Root(name), &value)...)
		if value == nil {
			return "", nil
		}
		return fmt.Sprint(*value), func(ctx context.Context, client C, req Request) ([]T, error) { return find(ctx, client, *value, req) }
	}}
}
