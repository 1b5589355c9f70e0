// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"fmt"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

// field is one fact about a noun of a service, such as a dbt Cloud user: its
// name, type and description, and the function that takes it from the client's
// value. Values are built without reflection, which is twenty times faster.
type field[T any] struct {
	name  string
	typ   attr.Type
	doc   string
	value func(T) attr.Value
}

// fields is the table of a noun. Everything Terraform knows of the noun comes
// from it: the object type in lists, the attributes of the look-up, the
// described docs and the values.
type fields[T any] []field[T]

func text[T any](name, doc string, value func(T) *string) field[T] {
	return field[T]{name, types.StringType, doc, func(v T) attr.Value { return types.StringPointerValue(value(v)) }}
}

func number[T any](name, doc string, value func(T) *int64) field[T] {
	return field[T]{name, types.Int64Type, doc, func(v T) attr.Value { return types.Int64PointerValue(value(v)) }}
}

func flag[T any](name, doc string, value func(T) *bool) field[T] {
	return field[T]{name, types.BoolType, doc, func(v T) attr.Value { return types.BoolPointerValue(value(v)) }}
}

// texts is a list of strings, null where the function returns nil.
func texts[T any](name, doc string, value func(T) []string) field[T] {
	return field[T]{name, types.ListType{ElemType: types.StringType}, doc, func(v T) attr.Value {
		return listOf(types.StringType, value(v), func(s string) attr.Value { return types.StringValue(s) })
	}}
}

// objects is a list of another noun, null where the function returns nil.
func objects[T, S any](name, doc string, of fields[S], value func(T) []S) field[T] {
	return field[T]{name, types.ListType{ElemType: of.object()}, doc + " Each has " + of.names() + ".",
		func(v T) attr.Value { return of.list(value(v)) }}
}

// object returns the type of one value in a list.
func (fs fields[T]) object() types.ObjectType {
	attributes := make(map[string]attr.Type, len(fs))
	for _, f := range fs {
		attributes[f.name] = f.typ
	}
	return types.ObjectType{AttrTypes: attributes}
}

// list returns the list of all rows, null for nil.
func (fs fields[T]) list(rows []T) attr.Value {
	object := fs.object()
	return listOf(object, rows, func(row T) attr.Value {
		values := make(map[string]attr.Value, len(fs))
		for _, f := range fs {
			values[f.name] = f.value(row)
		}
		return types.ObjectValueMust(object.AttrTypes, values)
	})
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
	if list, ok := f.typ.(types.ListType); ok {
		return schema.ListAttribute{ElementType: list.ElemType, Computed: true, MarkdownDescription: f.doc}
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

func listOf[T any](element attr.Type, rows []T, value func(T) attr.Value) attr.Value {
	if rows == nil {
		return types.ListNull(element)
	}
	values := make([]attr.Value, len(rows))
	for i, row := range rows {
		values[i] = value(row)
	}
	return types.ListValueMust(element, values)
}

// named returns the field of that name, for a table that shares it.
func (fs fields[T]) named(name string) field[T] {
	return fs[slices.IndexFunc(fs, func(f field[T]) bool { return f.name == name })]
}
