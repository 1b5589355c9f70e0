// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package table

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

// Filter is an optional argument that narrows a list. Filters combine with AND;
// one that is left out lets everything pass.
type Filter[T any] struct {
	// Name is that of the argument.
	Name string
	// Attribute is its schema.
	Attribute schema.Attribute
	// Match reads it and returns what says whether a row passes.
	Match func(context.Context, tfsdk.Config, *diag.Diagnostics) func(row T) bool
}

// Exactly is for [OneOf]: values must be the same letter by letter.
func Exactly(s string) string { return s }

// OneOf keeps rows of which a value is in the list. Both are folded before they
// are compared, such as with [casefold.Fold].
func OneOf[T any, S ~string](name, doc string, fold func(string) string, value func(T) *S) Filter[T] {
	return listFilter(name, doc, types.StringType, func(wanted []string) func(T) bool {
		known := make(map[string]bool, len(wanted))
		for _, w := range wanted {
			known[fold(w)] = true
		}
		return func(row T) bool {
			v := value(row)
			return v != nil && known[fold(string(*v))]
		}
	})
}

// AnyOf keeps rows of which at least one number is in the list.
func AnyOf[T any](name, doc string, values func(T) []int64) Filter[T] {
	return listFilter(name, doc, types.Int64Type, func(wanted []int64) func(T) bool {
		return func(row T) bool {
			return slices.ContainsFunc(values(row), func(n int64) bool { return slices.Contains(wanted, n) })
		}
	})
}

// Containing keeps rows of which a value contains the argument, ignoring case.
func Containing[T any](name, doc string, value func(T) string) Filter[T] {
	return filter(name, stringArgument(doc), func(wanted string) func(T) bool {
		part := strings.ToLower(wanted)
		return func(row T) bool { return strings.Contains(strings.ToLower(value(row)), part) }
	})
}

// Among keeps rows that have the argument among their values, ignoring case.
func Among[T any, S ~string](name, doc string, values func(T) []S) Filter[T] {
	return filter(name, stringArgument(doc), func(wanted string) func(T) bool {
		return func(row T) bool {
			return slices.ContainsFunc(values(row), func(v S) bool { return casefold.Same(string(v), wanted) })
		}
	})
}

// Is keeps rows of which a value is the argument. One that the service does not
// say is neither true nor false.
func Is[T any](name, doc string, value func(T) *bool) Filter[T] {
	return filter(name, schema.BoolAttribute{Optional: true, MarkdownDescription: doc}, func(wanted bool) func(T) bool {
		return func(row T) bool {
			v := value(row)
			return v != nil && *v == wanted
		}
	})
}

func stringArgument(doc string) schema.StringAttribute {
	return schema.StringAttribute{Optional: true, MarkdownDescription: doc}
}

func listFilter[T, V any](name, doc string, element attr.Type, match func([]V) func(T) bool) Filter[T] {
	return filter(name, schema.ListAttribute{
		ElementType:         element,
		Optional:            true,
		MarkdownDescription: doc,
		Validators:          []validator.List{listvalidator.NoNullValues()},
	}, match)
}

// filter is a filter whose argument is read as a V.
func filter[T, V any](name string, attribute schema.Attribute, match func(wanted V) func(T) bool) Filter[T] {
	return Filter[T]{Name: name, Attribute: attribute, Match: func(ctx context.Context, config tfsdk.Config, diags *diag.Diagnostics) func(T) bool {
		var wanted *V
		diags.Append(config.GetAttribute(ctx, path.Root(name), &wanted)...)
		if wanted == nil {
			return func(T) bool { return true }
		}
		return match(*wanted)
	}}
}

// Matching returns the rows that match, never nil.
func Matching[T any](rows []T, match func(T) bool) []T {
	matching := []T{}
	for _, row := range rows {
		if match(row) {
			matching = append(matching, row)
		}
	}
	return matching
}
