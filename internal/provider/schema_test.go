// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
)

// TestSchemasAreDescribed asks for a description of everything.
func TestSchemasAreDescribed(t *testing.T) {
	t.Parallel()
	p := open(t, `{}`)
	describe(t, "provider", p.schemas.Provider.Block)
	for name, schema := range p.schemas.DataSourceSchemas {
		describe(t, name, schema.Block)
	}
	for name, schema := range p.schemas.ResourceSchemas {
		describe(t, name, schema.Block)
	}
}

func describe(t *testing.T, name string, block *tfprotov6.SchemaBlock) {
	t.Helper()
	if block.Description == "" {
		t.Errorf("%s has no description", name)
	}
	describeAttributes(t, name, block.Attributes)
}

func describeAttributes(t *testing.T, name string, attributes []*tfprotov6.SchemaAttribute) {
	t.Helper()
	for _, a := range attributes {
		// The framework's own timeouts describe their parts alone.
		if a.Description == "" && a.Name != "timeouts" {
			t.Errorf("%s.%s has no description", name, a.Name)
		}
		if secret := strings.HasSuffix(a.Name, "token") || strings.HasPrefix(a.Name, "api_"); a.Sensitive != secret {
			t.Errorf("%s.%s: got sensitive %t, want %t", name, a.Name, a.Sensitive, secret)
		}
		if a.NestedType != nil {
			describeAttributes(t, name+"."+a.Name, a.NestedType.Attributes)
		}
	}
}

func dataSources(t *testing.T) map[string]schema.Schema {
	t.Helper()
	schemas := map[string]schema.Schema{}
	for _, newDataSource := range (&datastackProvider{}).DataSources(t.Context()) {
		var metadata datasource.MetadataResponse
		newDataSource().Metadata(t.Context(), datasource.MetadataRequest{ProviderTypeName: "datastack"}, &metadata)
		var answer datasource.SchemaResponse
		newDataSource().Schema(t.Context(), datasource.SchemaRequest{}, &answer)
		if _, twice := schemas[metadata.TypeName]; twice {
			t.Errorf("%s is there twice", metadata.TypeName)
		}
		schemas[metadata.TypeName] = answer.Schema
	}
	return schemas
}

func TestDataSourceSchemas(t *testing.T) {
	t.Parallel()
	for name, s := range dataSources(t) {
		if diags := s.ValidateImplementation(t.Context()); diags.HasError() {
			t.Errorf("%s: %v", name, diags)
		}
		for attribute, a := range s.Attributes {
			// Of nested attributes terraform test could mock no element.
			if _, nested := a.(schema.NestedAttribute); nested || a.IsRequired() {
				t.Errorf("%s.%s is nested or required", name, attribute)
			}
			checkType(t, name+"."+attribute, a.GetType())
			list, ok := a.GetType().(types.ListType)
			if !ok {
				continue
			}
			row, ok := list.ElemType.(types.ObjectType)
			for field := range row.AttrTypes {
				if ok && !strings.Contains(a.GetMarkdownDescription(), "`"+field+"`") {
					t.Errorf("%s.%s: the description leaves out %s", name, attribute, field)
				}
			}
		}
	}
}

// checkType refuses sets, which take the framework time that grows with the
// square of their size.
func checkType(t *testing.T, name string, typ attr.Type) {
	t.Helper()
	switch typ := typ.(type) {
	case types.SetType:
		t.Errorf("%s is a set", name)
	case attr.TypeWithElementType:
		checkType(t, name, typ.ElementType())
	case attr.TypeWithAttributeTypes:
		for field, fieldType := range typ.AttributeTypes() {
			checkType(t, name+"."+field, fieldType)
		}
	}
}

// TestSingularAndPluralAgree compares what a lookup shows with what its list
// shows of the same thing.
func TestSingularAndPluralAgree(t *testing.T) {
	t.Parallel()
	schemas := dataSources(t)
	for _, name := range []string{
		"datastack_dbtcloud_user", "datastack_dbtcloud_group", "datastack_rudderstack_scim_user", "datastack_rudderstack_scim_group",
	} {
		lookup, list := schemas[name], schemas[name+"s"]
		result := name[strings.LastIndex(name, "_")+1:] + "s"
		rows, ok := list.Attributes[result].(schema.ListAttribute)
		if !ok || !rows.Computed {
			t.Errorf("%ss.%s: got %T, want a computed list attribute", name, result, list.Attributes[result])
			continue
		}
		one := maps.Clone(lookup.Type().(types.ObjectType).AttrTypes)
		delete(one, "include_members")
		if row := rows.ElementType.(types.ObjectType).AttrTypes; !maps.EqualFunc(row, one, attr.Type.Equal) {
			t.Errorf("%ss.%s: got the fields %v, want those of the lookup, %v", name, result, row, one)
		}
		// terraform test can mock only what is computed.
		for attribute, a := range lookup.Attributes {
			if a.IsComputed() == (attribute == "include_members") {
				t.Errorf("%s.%s: got computed %t", name, attribute, a.IsComputed())
			}
		}
	}
}

// TestTypeNames keeps the names that configurations and states depend on.
func TestTypeNames(t *testing.T) {
	t.Parallel()
	want := []string{
		"datastack_dbtcloud_group", "datastack_dbtcloud_groups", "datastack_dbtcloud_invites", "datastack_dbtcloud_license_maps",
		"datastack_dbtcloud_licenses", "datastack_dbtcloud_scim_config", "datastack_dbtcloud_scim_tokens", "datastack_dbtcloud_service_tokens", "datastack_dbtcloud_user",
		"datastack_dbtcloud_users", "datastack_fivetran_account", "datastack_fivetran_groups", "datastack_fivetran_roles",
		"datastack_fivetran_teams", "datastack_fivetran_user", "datastack_fivetran_users", "datastack_grants", "datastack_identities",
		"datastack_rudderstack_scim_group", "datastack_rudderstack_scim_groups", "datastack_rudderstack_scim_user", "datastack_rudderstack_scim_users",
	}
	if got := slices.Sorted(maps.Keys(dataSources(t))); !slices.Equal(got, want) {
		t.Errorf("got the data sources %v, want %v", got, want)
	}
	resources := slices.Sorted(maps.Keys(open(t, `{}`).schemas.ResourceSchemas))
	if want = []string{"datastack_fivetran_group_membership", "datastack_fivetran_team_membership", "datastack_fivetran_user_invite"}; !slices.Equal(resources, want) {
		t.Errorf("got the resources %v, want %v", resources, want)
	}
}
