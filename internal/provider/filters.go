// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework-validators/listvalidator"
	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/datastack-iam/terraform-provider-datastack/internal/casefold"
)

// filter is an optional argument of a plural data source that narrows its
// result. Filters combine with AND; one that is left out lets everything pass.
type filter[T any] struct {
	name      string
	attribute schema.Attribute
	// compile reads the argument. It returns nil when it was left out.
	compile func(context.Context, tfsdk.Config, *diag.Diagnostics) func(T) bool
}

// exactly is the folding of values that compare letter by letter.
func exactly(s string) string { return s }

// oneOf keeps rows of which a value is in the list, compared after folding.
func oneOf[T any](name, doc string, fold func(string) string, value func(T) *string) filter[T] {
	return listFilter(name, doc, types.StringType, func(wanted []string) func(T) bool {
		known := make(map[string]bool, len(wanted))
		for _, w := range wanted {
			known[fold(w)] = true
		}
		return func(row T) bool {
			v := value(row)
			return v != nil && known[fold(*v)]
		}
	})
}

// anyOf keeps rows of which at least one number is in the list.
func anyOf[T any](name, doc string, value func(T) []int64) filter[T] {
	return listFilter(name, doc, types.Int64Type, func(wanted []int64) func(T) bool {
		return func(row T) bool {
			return slices.ContainsFunc(value(row), func(n int64) bool { return slices.Contains(wanted, n) })
		}
	})
}

// containing keeps rows of which a name holds the text, without case.
func containing[T any](name, doc string, value func(T) string) filter[T] {
	return textFilter(name, doc, func(wanted string) func(T) bool {
		part := strings.ToLower(wanted)
		return func(row T) bool { return strings.Contains(strings.ToLower(value(row)), part) }
	})
}

// among keeps rows that have the text among their values, without case.
func among[T any](name, doc string, values func(T) []string) filter[T] {
	return textFilter(name, doc, func(wanted string) func(T) bool {
		return func(row T) bool {
			return slices.ContainsFunc(values(row), func(v string) bool { return casefold.Same(v, wanted) })
		}
	})
}

// is keeps rows of which a flag has the value. A flag that the service does
// not tell is neither.
func is[T any](name, doc string, value func(T) *bool) filter[T] {
	attribute := schema.BoolAttribute{Optional: true, MarkdownDescription: doc}
	return filter[T]{name, attribute, func(ctx context.Context, config tfsdk.Config, diags *diag.Diagnostics) func(T) bool {
		var wanted *bool
		diags.Append(config.GetAttribute(ctx, path.Root(name), &wanted)...)
		if wanted == nil {
			return nil
		}
		return func(row T) bool {
			v := value(row)
			return v != nil && *v == *wanted
		}
	}}
}

func textFilter[T any](name, doc string, match func(string) func(T) bool) filter[T] {
	attribute := schema.StringAttribute{Optional: true, MarkdownDescription: doc}
	return filter[T]{name, attribute, func(ctx context.Context, config tfsdk.Config, diags *diag.Diagnostics) func(T) bool {
		var wanted *string
		diags.Append(config.GetAttribute(ctx, path.Root(name), &wanted)...)
		if wanted == nil {
			return nil
		}
		return match(*wanted)
	}}
}

func listFilter[T, V any](name, doc string, element attr.Type, match func([]V) func(T) bool) filter[T] {
	attribute := schema.ListAttribute{
		ElementType:         element,
		Optional:            true,
		MarkdownDescription: doc,
		Validators:          []validator.List{listvalidator.NoNullValues()},
	}
	return filter[T]{name, attribute, func(ctx context.Context, config tfsdk.Config, diags *diag.Diagnostics) func(T) bool {
		var wanted []V
		diags.Append(config.GetAttribute(ctx, path.Root(name), &wanted)...)
		if wanted == nil {
			return nil
		}
		return match(wanted)
	}}
}
