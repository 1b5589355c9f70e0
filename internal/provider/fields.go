// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// field is one fact about a noun of a service, such as a dbt Cloud user: its
// name, type and description, and the function that takes it from the client's
// value. Values are built as those that the protocol carries: the framework's
// own take longer to build, and are converted to these twice.
type field[T any] struct {
	name  string
	typ   attr.Type
	doc   string
	value func(T) tftypes.Value
}

// fields is the table of a noun. Everything Terraform knows of the noun comes
// from it: the object type in lists, the attributes of the look-up, the
// described docs and the values.
type fields[T any] []field[T]

func text[T any](name, doc string, value func(T) *string) field[T] {
	return field[T]{name, types.StringType, doc, func(v T) tftypes.Value { return tftypes.NewValue(tftypes.String, value(v)) }}
}

func number[T any](name, doc string, value func(T) *int64) field[T] {
	return field[T]{name, types.Int64Type, doc, func(v T) tftypes.Value { return tftypes.NewValue(tftypes.Number, value(v)) }}
}

func flag[T any](name, doc string, value func(T) *bool) field[T] {
	return field[T]{name, types.BoolType, doc, func(v T) tftypes.Value { return tftypes.NewValue(tftypes.Bool, value(v)) }}
}

// texts is a list of strings, null where the function returns nil.
func texts[T any](name, doc string, value func(T) []string) field[T] {
	return field[T]{name, types.ListType{ElemType: types.StringType}, doc, func(v T) tftypes.Value {
		return listOf(tftypes.String, value(v), func(s string) any { return s })
	}}
}

// numbers is a list of whole numbers, null where the function returns nil.
func numbers[T any](name, doc string, value func(T) []int64) field[T] {
	return field[T]{name, types.ListType{ElemType: types.Int64Type}, doc, func(v T) tftypes.Value {
		return listOf(tftypes.Number, value(v), func(n int64) any { return n })
	}}
}

// objects is a list of another noun, null where the function returns nil.
func objects[T, S any](name, doc string, of fields[S], value func(T) []S) field[T] {
	list := of.lister()
	return field[T]{name, types.ListType{ElemType: of.object()}, doc + " Each has " + of.names() + ".",
		func(v T) tftypes.Value { return list(value(v)) }}
}

// objectsByKey is a map of another noun.
func objectsByKey[T, S any](name, doc string, of fields[S], value func(T) map[string]S) field[T] {
	object := of.object().TerraformType(context.Background())
	return field[T]{name, types.MapType{ElemType: of.object()}, doc + " Each has:" + of.table(), func(v T) tftypes.Value {
		values := map[string]tftypes.Value{}
		for key, row := range value(v) {
			values[key] = tftypes.NewValue(object, of.values(row))
		}
		return tftypes.NewValue(tftypes.Map{ElementType: object}, values)
	}}
}

// object returns the type of one value in a list.
func (fs fields[T]) object() types.ObjectType {
	attributes := make(map[string]attr.Type, len(fs))
	for _, f := range fs {
		attributes[f.name] = f.typ
	}
	return types.ObjectType{AttrTypes: attributes}
}

// lister returns the function that makes the list of rows, null for nil. All
// its lists share one object type: a type for each row costs as much as the row.
func (fs fields[T]) lister() func(rows []T) tftypes.Value {
	object := fs.object().TerraformType(context.Background())
	return func(rows []T) tftypes.Value {
		return listOf(object, rows, func(row T) any { return fs.values(row) })
	}
}

// values returns the attributes of one value.
func (fs fields[T]) values(row T) map[string]tftypes.Value {
	values := make(map[string]tftypes.Value, len(fs))
	for _, f := range fs {
		values[f.name] = f.value(row)
	}
	return values
}

// attributes returns the computed attributes of a look-up.
func (fs fields[T]) attributes() map[string]schema.Attribute {
	attributes := make(map[string]schema.Attribute, len(fs))
	for _, f := range fs {
		attributes[f.name] = f.attribute()
	}
	return attributes
}

// attribute returns the schema of a fact that is only read.
func (f field[T]) attribute() schema.Attribute {
	switch typ := f.typ.(type) {
	case types.ListType:
		return schema.ListAttribute{ElementType: typ.ElemType, Computed: true, MarkdownDescription: f.doc}
	case types.MapType:
		return schema.MapAttribute{ElementType: typ.ElemType, Computed: true, MarkdownDescription: f.doc}
	}
	switch f.typ {
	case types.Int64Type:
		return schema.Int64Attribute{Computed: true, MarkdownDescription: f.doc}
	case types.BoolType:
		return schema.BoolAttribute{Computed: true, MarkdownDescription: f.doc}
	default:
		return schema.StringAttribute{Computed: true, MarkdownDescription: f.doc}
	}
}

// argument returns the schema of a fact that a look-up may be given. It is
// computed all the same, or terraform test could not mock it.
func (f field[T]) argument(check validator.String) schema.Attribute {
	if f.typ == types.Int64Type {
		return schema.Int64Attribute{Computed: true, Optional: true, MarkdownDescription: f.doc}
	}
	return schema.StringAttribute{Computed: true, Optional: true, MarkdownDescription: f.doc, Validators: []validator.String{check}}
}

// table describes the fields of the objects in a list for the docs, which
// know no descriptions inside an object type.
func (fs fields[T]) table() string {
	var b strings.Builder
	for _, f := range fs {
		fmt.Fprintf(&b, "\n  - `%s` %s", f.name, f.doc)
	}
	return b.String()
}

func (fs fields[T]) names() string {
	names := make([]string, len(fs))
	for i, f := range fs {
		names[i] = "`" + f.name + "`"
	}
	return strings.Join(names, ", ")
}

func listOf[T any](element tftypes.Type, rows []T, value func(T) any) tftypes.Value {
	list := tftypes.List{ElementType: element}
	if rows == nil {
		return tftypes.NewValue(list, nil)
	}
	values := make([]tftypes.Value, len(rows))
	for i, row := range rows {
		values[i] = tftypes.NewValue(element, value(row))
	}
	return tftypes.NewValue(list, values)
}

// named returns the field of that name, for a table that shares it.
func (fs fields[T]) named(name string) field[T] {
	return fs[slices.IndexFunc(fs, func(f field[T]) bool { return f.name == name })]
}
