// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package table

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework-validators/listvalidator"
	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
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
	// read reads the argument. It returns nil when it was left out.
	read func(context.Context, tfsdk.Config, *diag.Diagnostics) *criterion[T]
}

// criterion is the argument of a filter.
type criterion[T any] struct {
	filter string
	match  func(row T) bool
	// names returns what a row has that the argument can name. It is nil if the
	// vocabulary of the filter is closed.
	names func(row T) []string
	// absent returns the values of the argument that are not among the names.
	absent func(names []string) []string
}

// OneOf keeps rows of which a value is in the list.
func OneOf[T any, S ~string](name, doc string, vocabulary Vocabulary, value func(T) *S) Filter[T] {
	return listFilter(name, doc+vocabulary.validValues(), types.StringType, vocabulary.validators(), func(wanted []string) criterion[T] {
		known := make(map[string]bool, len(wanted))
		for _, w := range wanted {
			known[vocabulary.fold(w)] = true
		}
		c := criterion[T]{match: func(row T) bool {
			v := value(row)
			return v != nil && known[vocabulary.fold(string(*v))]
		}}
		if !vocabulary.closed() {
			c.absent = vocabulary.absent(wanted)
			c.names = func(row T) []string {
				if v := value(row); v != nil {
					return []string{string(*v)}
				}
				return nil
			}
		}
		return c
	})
}

// AnyOf keeps rows of which at least one number is in the list.
func AnyOf[T any](name, doc string, values func(T) []int64) Filter[T] {
	return listFilter(name, doc, types.Int64Type, nil, func(wanted []int64) criterion[T] {
		known := make(map[int64]bool, len(wanted))
		for _, n := range wanted {
			known[n] = true
		}
		return criterion[T]{
			match: func(row T) bool {
				return slices.ContainsFunc(values(row), func(n int64) bool { return known[n] })
			},
			absent: Open(Exactly).absent(decimals(wanted)),
			names:  func(row T) []string { return decimals(values(row)) },
		}
	})
}

func decimals(numbers []int64) []string {
	texts := make([]string, len(numbers))
	for i, n := range numbers {
		texts[i] = strconv.FormatInt(n, 10)
	}
	return texts
}

// Containing keeps rows of which a value contains the argument, ignoring case.
func Containing[T any](name, doc string, value func(T) string) Filter[T] {
	return filterOf(name, stringArgument(doc), func(wanted string) criterion[T] {
		part := strings.ToLower(wanted)
		contains := func(text string) bool { return strings.Contains(strings.ToLower(text), part) }
		return criterion[T]{
			match: func(row T) bool { return contains(value(row)) },
			names: func(row T) []string { return []string{value(row)} },
			absent: func(names []string) []string {
				if slices.ContainsFunc(names, contains) {
					return nil
				}
				return []string{wanted}
			},
		}
	})
}

// Among keeps rows that have the argument among their words, ignoring case. Its
// vocabulary is closed.
func Among[T any, S ~string](name, doc string, vocabulary Vocabulary, values func(T) []S) Filter[T] {
	argument := stringArgument(doc + vocabulary.validValues())
	argument.Validators = []validator.String{stringvalidator.OneOfCaseInsensitive(vocabulary.words...)}
	return filterOf(name, argument, func(wanted string) criterion[T] {
		return criterion[T]{match: func(row T) bool {
			return slices.ContainsFunc(values(row), func(v S) bool { return casefold.Same(string(v), wanted) })
		}}
	})
}

// Is keeps rows of which a value is the argument. One that the service does not
// say is neither true nor false.
func Is[T any](name, doc string, value func(T) *bool) Filter[T] {
	return filterOf(name, schema.BoolAttribute{Optional: true, MarkdownDescription: doc}, func(wanted bool) criterion[T] {
		return criterion[T]{match: func(row T) bool {
			v := value(row)
			return v != nil && *v == wanted
		}}
	})
}

func stringArgument(doc string) schema.StringAttribute {
	return schema.StringAttribute{Optional: true, MarkdownDescription: doc}
}

func listFilter[T, V any](name, doc string, element attr.Type, checks []validator.List, read func([]V) criterion[T]) Filter[T] {
	return filterOf(name, schema.ListAttribute{
		ElementType:         element,
		Optional:            true,
		MarkdownDescription: doc,
		Validators:          append(checks, listvalidator.NoNullValues()),
	}, read)
}

// filterOf is a filterOf whose argument is read as a V.
func filterOf[T, V any](name string, attribute schema.Attribute, read func(wanted V) criterion[T]) Filter[T] {
	return Filter[T]{Name: name, Attribute: attribute, read: func(ctx context.Context, config tfsdk.Config, diags *diag.Diagnostics) *criterion[T] {
		var wanted *V
		diags.Append(config.GetAttribute(ctx, path.Root(name), &wanted)...)
		if wanted == nil {
			return nil
		}
		c := read(*wanted)
		c.filter = name
		return &c
	}}
}
