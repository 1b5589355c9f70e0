// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

var groupType = tftypes.Object{AttributeTypes: map[string]tftypes.Type{"id": tftypes.Number, "name": tftypes.String}}

// userType is the type of a user in datastack_dbtcloud_users.
var userType = tftypes.Object{AttributeTypes: map[string]tftypes.Type{
	"id": tftypes.Number, "email": tftypes.String, "first_name": tftypes.String, "last_name": tftypes.String,
	"status": tftypes.String, "is_active": tftypes.Bool, "license_type": tftypes.String, "email_verified": tftypes.Bool,
	"sso_only_user": tftypes.Bool, "created_at": tftypes.String, "last_login": tftypes.String,
	"groups": tftypes.List{ElementType: groupType},
}}

// sampleUser is about as long as a user of the sandbox.
var sampleUser = tftypes.NewValue(userType, map[string]tftypes.Value{
	"id":             tftypes.NewValue(tftypes.Number, 50_000),
	"email":          tftypes.NewValue(tftypes.String, "person.00500@northwind.example"),
	"first_name":     tftypes.NewValue(tftypes.String, "Clara"),
	"last_name":      tftypes.NewValue(tftypes.String, "Moreau"),
	"status":         tftypes.NewValue(tftypes.String, "active"),
	"is_active":      tftypes.NewValue(tftypes.Bool, true),
	"license_type":   tftypes.NewValue(tftypes.String, "developer"),
	"email_verified": tftypes.NewValue(tftypes.Bool, true),
	"sso_only_user":  tftypes.NewValue(tftypes.Bool, false),
	"created_at":     tftypes.NewValue(tftypes.String, "2024-03-17T08:15:30.251200Z"),
	"last_login":     tftypes.NewValue(tftypes.String, "2026-05-09T16:45:10.740100Z"),
	"groups":         tftypes.NewValue(tftypes.List{ElementType: groupType}, []tftypes.Value{newGroup(101, "Everyone"), newGroup(105, "Finance")}),
})

func newGroup(id int64, name string) tftypes.Value {
	return tftypes.NewValue(groupType, map[string]tftypes.Value{
		"id": tftypes.NewValue(tftypes.Number, id), "name": tftypes.NewValue(tftypes.String, name),
	})
}

var providerSchema = &tfprotov6.GetProviderSchemaResponse{
	Provider: newSchema(),
	DataSourceSchemas: map[string]*tfprotov6.Schema{
		"floor_user":  newSchema(computedAttributes(userType)...),
		"floor_users": newSchema(&tfprotov6.SchemaAttribute{Name: "users", Type: tftypes.List{ElementType: userType}, Computed: true}),
	},
	ResourceSchemas: map[string]*tfprotov6.Schema{
		"floor_invite": newSchema(computedAttributes(inviteType)...),
	},
}

// inviteType is the type of datastack_fivetran_user_invite without timeouts.
var inviteType = tftypes.Object{AttributeTypes: map[string]tftypes.Type{
	"id": tftypes.String, "email": tftypes.String, "given_name": tftypes.String, "family_name": tftypes.String,
	"role": tftypes.String, "phone": tftypes.String, "picture": tftypes.String, "status": tftypes.String,
	"invited": tftypes.Bool, "verified": tftypes.Bool, "active": tftypes.Bool, "adopt_existing": tftypes.Bool,
	"created_at": tftypes.String, "logged_in_at": tftypes.String,
}}

// computedAttributes makes the attributes of a type optional and computed.
func computedAttributes(of tftypes.Object) []*tfprotov6.SchemaAttribute {
	var attributes []*tfprotov6.SchemaAttribute
	for name, typ := range of.AttributeTypes {
		attributes = append(attributes, &tfprotov6.SchemaAttribute{Name: name, Type: typ, Optional: true, Computed: true})
	}
	return attributes
}

func newSchema(attributes ...*tfprotov6.SchemaAttribute) *tfprotov6.Schema {
	return &tfprotov6.Schema{Block: &tfprotov6.SchemaBlock{Attributes: attributes}}
}
