// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package table

import (
	"context"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
	"github.com/vmihailenco/msgpack/v5"
)

// Fields is the table of a noun. Everything Terraform knows of the noun comes
// from it: the object type in lists, the attributes of the lookup, the docs and
// the values.
type Fields[T any] []Field[T]

// Pick returns the fields with these names, for another noun that has some in
// common.
func (fs Fields[T]) Pick(names ...string) Fields[T] {
	picked := make(Fields[T], len(names))
	for i, name := range names {
		picked[i] = fs[slices.IndexFunc(fs, func(f Field[T]) bool { return f.name == name })]
	}
	return picked
}

// ListAttribute is the schema of a list of the noun. It is a list of objects
// rather than nested attributes, which terraform test cannot mock. Neither the
// schema nor the docs of Terraform have room for the fields of an object, so
// they are described in the text.
func (fs Fields[T]) ListAttribute(doc string) schema.ListAttribute {
	return listAttribute(fs.object(), doc+" Each has:"+fs.describe())
}

// ListValue is a list of the noun, null for nil.
func (fs Fields[T]) ListValue(rows []T) Value {
	return Value{
		typ:    tftypes.List{ElementType: fs.object().TerraformType(context.Background())},
		encode: func(to *msgpack.Encoder) error { return encodeList(to, rows, fs.encode) },
	}
}

// object returns the type of one row in a list.
func (fs Fields[T]) object() types.ObjectType {
	attributeTypes := make(map[string]attr.Type, len(fs))
	for _, f := range fs {
		attributeTypes[f.name] = f.attribute.GetType()
	}
	return types.ObjectType{AttrTypes: attributeTypes}
}

// encode writes one row in a list.
func (fs Fields[T]) encode(to *msgpack.Encoder, row T) error {
	if err := to.EncodeMapLen(len(fs)); err != nil {
		return err
	}
	for _, f := range fs {
		if err := to.EncodeString(f.name); err != nil {
			return err
		}
		if err := f.encode(to, row); err != nil {
			return err
		}
	}
	return nil
}

// attributes returns the schema of one row on its own.
func (fs Fields[T]) attributes() map[string]schema.Attribute {
	attributes := make(map[string]schema.Attribute, len(fs))
	for _, f := range fs {
		attributes[f.name] = f.attribute
	}
	return attributes
}

// describe lists the fields, a line for each.
func (fs Fields[T]) describe() string {
	var b strings.Builder
	for _, f := range fs {
		// The fields of an inner object are listed a level below.
		doc := strings.ReplaceAll(f.attribute.GetMarkdownDescription(), "\n", "\n  ")
		b.WriteString("\n  - `" + f.name + "` " + doc)
	}
	return b.String()
}

// attributesOf returns the attributes of one row on its own.
func (fs Fields[T]) attributesOf(row T) map[string]Value {
	values := make(map[string]Value, len(fs))
	for _, f := range fs {
		values[f.name] = f.of(row)
	}
	return values
}
