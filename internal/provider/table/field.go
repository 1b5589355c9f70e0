// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package table

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// Field is one field of a noun. Only the functions below make one, each for the
// type that it is named for, so there is no field of another type. Values are
// built as those that the protocol carries: the framework's own take longer to
// build, and are converted to these twice.
type Field[T any] struct {
	name string
	// attribute is the field in a lookup. It carries type and description.
	attribute schema.Attribute
	value     func(T) tftypes.Value
}

// String is a string, or a word of a closed set, null where the function returns
// nil.
func String[T any, S ~string](name, doc string, value func(T) *S) Field[T] {
	return Field[T]{
		name:      name,
		attribute: schema.StringAttribute{Computed: true, MarkdownDescription: doc},
		value: func(row T) tftypes.Value {
			switch s := any(value(row)).(type) {
			case *string: // as it is, which saves an allocation for each string
				return tftypes.NewValue(tftypes.String, s)
			case *S:
				if s != nil {
					return tftypes.NewValue(tftypes.String, string(*s))
				}
			}
			return tftypes.NewValue(tftypes.String, nil)
		},
	}
}

// Int64 is a whole number, null where the function returns nil.
func Int64[T any](name, doc string, value func(T) *int64) Field[T] {
	return Field[T]{
		name:      name,
		attribute: schema.Int64Attribute{Computed: true, MarkdownDescription: doc},
		value:     func(row T) tftypes.Value { return tftypes.NewValue(tftypes.Number, value(row)) },
	}
}

// Bool is true or false, null where the function returns nil.
func Bool[T any](name, doc string, value func(T) *bool) Field[T] {
	return Field[T]{
		name:      name,
		attribute: schema.BoolAttribute{Computed: true, MarkdownDescription: doc},
		value:     func(row T) tftypes.Value { return tftypes.NewValue(tftypes.Bool, value(row)) },
	}
}

// Strings is a list of strings, null where the function returns nil.
func Strings[T any, S ~string](name, doc string, value func(T) []S) Field[T] {
	return Field[T]{
		name:      name,
		attribute: listAttribute(types.StringType, doc),
		value: func(row T) tftypes.Value {
			return listValue(tftypes.String, value(row), func(s S) any { return string(s) })
		},
	}
}

// Int64s is a list of whole numbers, null where the function returns nil.
func Int64s[T any](name, doc string, value func(T) []int64) Field[T] {
	return Field[T]{
		name:      name,
		attribute: listAttribute(types.Int64Type, doc),
		value: func(row T) tftypes.Value {
			return listValue(tftypes.Number, value(row), func(n int64) any { return n })
		},
	}
}

// Objects is a list of another noun, null where the function returns nil.
func Objects[T, S any](name, doc string, of Fields[S], value func(T) []S) Field[T] {
	objects := of.lister()
	return Field[T]{
		name:      name,
		attribute: of.ListAttribute(doc),
		value:     func(row T) tftypes.Value { return objects(value(row)) },
	}
}

// ObjectMap is a map of another noun.
func ObjectMap[T, S any, K ~string](name, doc string, of Fields[S], value func(T) map[K]S) Field[T] {
	object := of.object()
	typ := object.TerraformType(context.Background())
	return Field[T]{
		name:      name,
		attribute: schema.MapAttribute{ElementType: object, Computed: true, MarkdownDescription: doc + " Each has:" + of.describe()},
		value: func(row T) tftypes.Value {
			values := map[string]tftypes.Value{}
			for key, inner := range value(row) {
				values[string(key)] = tftypes.NewValue(typ, of.values(inner))
			}
			return tftypes.NewValue(tftypes.Map{ElementType: typ}, values)
		},
	}
}

// Object is another noun, null where the function returns nil.
func Object[T, S any](name, doc string, of Fields[S], value func(T) *S) Field[T] {
	object := of.object()
	typ := object.TerraformType(context.Background())
	return Field[T]{
		name:      name,
		attribute: schema.ObjectAttribute{AttributeTypes: object.AttrTypes, Computed: true, MarkdownDescription: doc + " It has:" + of.describe()},
		value: func(row T) tftypes.Value {
			if inner := value(row); inner != nil {
				return tftypes.NewValue(typ, of.values(*inner))
			}
			return tftypes.NewValue(typ, nil)
		},
	}
}

func listAttribute(element attr.Type, doc string) schema.ListAttribute {
	return schema.ListAttribute{ElementType: element, Computed: true, MarkdownDescription: doc}
}

// listValue is a list of rows, null for nil.
func listValue[T any](element tftypes.Type, rows []T, value func(T) any) tftypes.Value {
	typ := tftypes.List{ElementType: element}
	if rows == nil {
		return tftypes.NewValue(typ, nil)
	}
	values := make([]tftypes.Value, len(rows))
	for i, row := range rows {
		values[i] = tftypes.NewValue(element, value(row))
	}
	return tftypes.NewValue(typ, values)
}
