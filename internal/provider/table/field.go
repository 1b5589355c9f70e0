// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package table

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/vmihailenco/msgpack/v5"
)

// Field is one field of a noun. Only the functions below make one, each for the
// type that it is named for, so there is no field of another type.
type Field[T any] struct {
	name string
	// attribute is the field in a lookup. It carries type and description.
	attribute schema.Attribute
	// encode writes the field of a row.
	encode func(to *msgpack.Encoder, row T) error
}

// String is a string, or a word of a closed set, null where the function returns
// nil.
func String[T any, S ~string](name, doc string, value func(T) *S) Field[T] {
	return Field[T]{
		name:      name,
		attribute: schema.StringAttribute{Computed: true, MarkdownDescription: doc},
		encode:    func(to *msgpack.Encoder, row T) error { return encodePointer(to, value(row), encodeString[S]) },
	}
}

// Int64 is a whole number, null where the function returns nil.
func Int64[T any](name, doc string, value func(T) *int64) Field[T] {
	return Field[T]{
		name:      name,
		attribute: schema.Int64Attribute{Computed: true, MarkdownDescription: doc},
		encode: func(to *msgpack.Encoder, row T) error {
			return encodePointer(to, value(row), (*msgpack.Encoder).EncodeInt)
		},
	}
}

// Bool is true or false, null where the function returns nil.
func Bool[T any](name, doc string, value func(T) *bool) Field[T] {
	return Field[T]{
		name:      name,
		attribute: schema.BoolAttribute{Computed: true, MarkdownDescription: doc},
		encode: func(to *msgpack.Encoder, row T) error {
			return encodePointer(to, value(row), (*msgpack.Encoder).EncodeBool)
		},
	}
}

// Strings is a list of strings, null where the function returns nil.
func Strings[T any, S ~string](name, doc string, value func(T) []S) Field[T] {
	return Field[T]{
		name:      name,
		attribute: listAttribute(types.StringType, doc),
		encode:    func(to *msgpack.Encoder, row T) error { return encodeList(to, value(row), encodeString[S]) },
	}
}

// Int64s is a list of whole numbers, null where the function returns nil.
func Int64s[T any](name, doc string, value func(T) []int64) Field[T] {
	return Field[T]{
		name:      name,
		attribute: listAttribute(types.Int64Type, doc),
		encode: func(to *msgpack.Encoder, row T) error {
			return encodeList(to, value(row), (*msgpack.Encoder).EncodeInt)
		},
	}
}

// Objects is a list of another noun, null where the function returns nil.
func Objects[T, S any](name, doc string, of Fields[S], value func(T) []S) Field[T] {
	return Field[T]{
		name:      name,
		attribute: of.ListAttribute(doc),
		encode:    func(to *msgpack.Encoder, row T) error { return encodeList(to, value(row), of.encode) },
	}
}

// ObjectMap is a map of another noun.
func ObjectMap[T, S any, K ~string](name, doc string, of Fields[S], value func(T) map[K]S) Field[T] {
	return Field[T]{
		name:      name,
		attribute: schema.MapAttribute{ElementType: of.object(), Computed: true, MarkdownDescription: doc + " Each has:" + of.describe()},
		encode:    func(to *msgpack.Encoder, row T) error { return encodeMap(to, value(row), of.encode) },
	}
}

// Object is another noun, null where the function returns nil.
func Object[T, S any](name, doc string, of Fields[S], value func(T) *S) Field[T] {
	return Field[T]{
		name:      name,
		attribute: schema.ObjectAttribute{AttributeTypes: of.object().AttrTypes, Computed: true, MarkdownDescription: doc + " It has:" + of.describe()},
		encode:    func(to *msgpack.Encoder, row T) error { return encodePointer(to, value(row), of.encode) },
	}
}

// of returns the field of a row.
func (f Field[T]) of(row T) Value {
	return Value{
		typ:    f.attribute.GetType().TerraformType(context.Background()),
		encode: func(to *msgpack.Encoder) error { return f.encode(to, row) },
	}
}

func listAttribute(element attr.Type, doc string) schema.ListAttribute {
	return schema.ListAttribute{ElementType: element, Computed: true, MarkdownDescription: doc}
}
