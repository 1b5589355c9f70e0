// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

// Package main is a provider with the resource fivetran_user of Fivetran's own
// provider, as far as its state goes: it is what users move from in tests. It
// sends nothing.
package main

import (
	"context"
	"log"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/provider"
	"github.com/hashicorp/terraform-plugin-framework/providerserver"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

func main() {
	err := providerserver.Serve(context.Background(), func() provider.Provider { return fivetran{} }, providerserver.ServeOpts{Address: "registry.terraform.io/fivetran/fivetran"})
	if err != nil {
		log.Fatal(err)
	}
}

type fivetran struct{}

func (fivetran) Metadata(_ context.Context, _ provider.MetadataRequest, resp *provider.MetadataResponse) {
	resp.TypeName = "fivetran"
}
func (fivetran) Schema(context.Context, provider.SchemaRequest, *provider.SchemaResponse) {}
func (fivetran) Configure(context.Context, provider.ConfigureRequest, *provider.ConfigureResponse) {
}
func (fivetran) DataSources(context.Context) []func() datasource.DataSource { return nil }
func (fivetran) Resources(context.Context) []func() resource.Resource {
	return []func() resource.Resource{func() resource.Resource { return user{} }}
}

type user struct{}

type model struct {
	ID         types.String `tfsdk:"id"`
	KnownAs    types.String `tfsdk:"known_as"` // becomes the id
	Email      types.String `tfsdk:"email"`
	GivenName  types.String `tfsdk:"given_name"`
	FamilyName types.String `tfsdk:"family_name"`
	Role       types.String `tfsdk:"role"`
	Phone      types.String `tfsdk:"phone"`
	Picture    types.String `tfsdk:"picture"`
}

func (user) Metadata(_ context.Context, _ resource.MetadataRequest, resp *resource.MetadataResponse) {
	resp.TypeName = "fivetran_user"
}

func (user) Schema(_ context.Context, _ resource.SchemaRequest, resp *resource.SchemaResponse) {
	attributes := map[string]schema.Attribute{"id": schema.StringAttribute{Computed: true}}
	for _, name := range []string{"known_as", "email", "given_name", "family_name", "role", "phone", "picture"} {
		attributes[name] = schema.StringAttribute{Optional: true}
	}
	resp.Schema = schema.Schema{Attributes: attributes}
}

func (user) Create(ctx context.Context, req resource.CreateRequest, resp *resource.CreateResponse) {
	var plan model
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	plan.ID = plan.KnownAs
	resp.Diagnostics.Append(resp.State.Set(ctx, plan)...)
}

func (user) Read(context.Context, resource.ReadRequest, *resource.ReadResponse)       {}
func (user) Update(context.Context, resource.UpdateRequest, *resource.UpdateResponse) {}
func (user) Delete(context.Context, resource.DeleteRequest, *resource.DeleteResponse) {}
