// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

// Command schema prints the provider's schema in the form of "terraform
// providers schema -json". It asks the provider itself, so that the docs do not
// depend on which parts of a schema the CLI at hand knows.
package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"regexp"
	"strings"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/datastack-iam/terraform-provider-datastack/internal/provider"
)

func main() {
	if err := run(context.Background()); err != nil {
		fmt.Fprintln(os.Stderr, "schema:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context) error {
	server := provider.New("docs")()
	schemas, err := server.GetProviderSchema(ctx, &tfprotov6.GetProviderSchemaRequest{})
	if err != nil {
		return err
	}
	identities, err := server.GetResourceIdentitySchemas(ctx, &tfprotov6.GetResourceIdentitySchemasRequest{})
	if err != nil {
		return err
	}
	for _, d := range append(schemas.Diagnostics, identities.Diagnostics...) {
		return fmt.Errorf("%s: %s", d.Summary, d.Detail)
	}
	encoder := json.NewEncoder(os.Stdout)
	encoder.SetEscapeHTML(false)
	return encoder.Encode(object{
		"format_version": "1.0",
		"provider_schemas": object{"datastack": object{
			"provider":                  schema(schemas.Provider),
			"resource_schemas":          each(schemas.ResourceSchemas, schema),
			"data_source_schemas":       each(schemas.DataSourceSchemas, schema),
			"list_resource_schemas":     each(schemas.ListResourceSchemas, schema),
			"resource_identity_schemas": each(identities.IdentitySchemas, identity),
			"functions":                 each(schemas.Functions, function),
		}},
	})
}

type object map[string]any

func each[T, F any](all map[string]T, form func(T) F) object {
	formed := object{}
	for name, one := range all {
		formed[name] = form(one)
	}
	return formed
}

func schema(s *tfprotov6.Schema) object {
	block := object{"attributes": attributes(s.Block.Attributes)}
	describe(block, s.Block.Description, s.Block.DescriptionKind)
	return object{"version": s.Version, "block": block}
}

func attributes(all []*tfprotov6.SchemaAttribute) object {
	formed := object{}
	for _, a := range all {
		attribute := object{"required": a.Required, "optional": a.Optional, "computed": a.Computed, "sensitive": a.Sensitive, "deprecated": a.Deprecated}
		describe(attribute, a.Description, a.DescriptionKind)
		if a.NestedType != nil {
			attribute["nested_type"] = object{"attributes": attributes(a.NestedType.Attributes), "nesting_mode": nesting[a.NestedType.Nesting]}
		} else {
			attribute["type"] = typ(a.Type)
			attribute["description"] = withTypes(a.Description, a.Type)
		}
		formed[a.Name] = attribute
	}
	return formed
}

var nesting = map[tfprotov6.SchemaObjectNestingMode]string{
	tfprotov6.SchemaObjectNestingModeSingle: "single",
	tfprotov6.SchemaObjectNestingModeList:   "list",
	tfprotov6.SchemaObjectNestingModeSet:    "set",
	tfprotov6.SchemaObjectNestingModeMap:    "map",
}

func identity(s *tfprotov6.ResourceIdentitySchema) object {
	formed := object{}
	for _, a := range s.IdentityAttributes {
		formed[a.Name] = object{"type": typ(a.Type), "description": a.Description, "required_for_import": a.RequiredForImport, "optional_for_import": a.OptionalForImport}
	}
	return object{"version": s.Version, "attributes": formed}
}

func function(f *tfprotov6.Function) object {
	formed := make([]object, len(f.Parameters))
	for i, p := range f.Parameters {
		formed[i] = object{"name": p.Name, "description": p.Description, "type": typ(p.Type), "is_nullable": p.AllowNullValue}
	}
	return object{"summary": f.Summary, "description": f.Description, "parameters": formed, "return_type": typ(f.Return.Type)}
}

func describe(o object, text string, kind tfprotov6.StringKind) {
	o["description"] = text
	o["description_kind"] = "plain"
	if kind == tfprotov6.StringKindMarkdown {
		o["description_kind"] = "markdown"
	}
}

var listedField = regexp.MustCompile("^((?: {2})+)- `(\\w+)` ")

// withTypes adds the type of each field to a description that lists the fields
// of t, a line for each, indented by two spaces a level. A schema has no room
// for descriptions inside an object type, so the description is the only
// place where the docs can show both.
func withTypes(description string, t tftypes.Type) string {
	lines := strings.Split(description, "\n")
	levels := []tftypes.Type{t}
	for i, line := range lines {
		found := listedField.FindStringSubmatch(line)
		if found == nil {
			continue
		}
		depth := min(len(found[1])/2, len(levels))
		fieldType := fieldTypes(levels[depth-1])[found[2]]
		if fieldType == nil {
			continue
		}
		levels = append(levels[:depth], fieldType)
		lines[i] = found[0] + "(" + typeLabel(fieldType) + ") " + line[len(found[0]):]
	}
	return strings.Join(lines, "\n")
}

// fieldTypes returns the fields of an object, or of the objects in a list or map.
func fieldTypes(t tftypes.Type) map[string]tftypes.Type {
	switch t := t.(type) {
	case tftypes.List:
		return fieldTypes(t.ElementType)
	case tftypes.Map:
		return fieldTypes(t.ElementType)
	case tftypes.Object:
		return t.AttributeTypes
	}
	return nil
}

// typeLabel names a type as tfplugindocs does.
func typeLabel(t tftypes.Type) string {
	switch t := t.(type) {
	case tftypes.List:
		return "List of " + typeLabel(t.ElementType)
	case tftypes.Map:
		return "Map of " + typeLabel(t.ElementType)
	case tftypes.Object:
		return "Object"
	}
	return map[string]string{tftypes.String.String(): "String", tftypes.Number.String(): "Number", tftypes.Bool.String(): "Boolean"}[t.String()]
}

// typ writes a type as cty does: "string", ["list", ...], ["object", {...}].
func typ(t tftypes.Type) any {
	switch t := t.(type) {
	case tftypes.List:
		return []any{"list", typ(t.ElementType)}
	case tftypes.Set:
		return []any{"set", typ(t.ElementType)}
	case tftypes.Map:
		return []any{"map", typ(t.ElementType)}
	case tftypes.Object:
		return []any{"object", each(t.AttributeTypes, typ)}
	case nil:
		return "dynamic"
	}
	return map[string]string{tftypes.String.String(): "string", tftypes.Number.String(): "number", tftypes.Bool.String(): "bool"}[t.String()]
}
