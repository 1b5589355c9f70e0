// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"
	"iter"

	"github.com/hashicorp/terraform-plugin-framework-timeouts/resource/timeouts"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/list"
	"github.com/hashicorp/terraform-plugin-framework/list/schema"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/datastack-iam/terraform-provider-datastack/internal/fivetran"
	"github.com/datastack-iam/terraform-provider-datastack/internal/provider/table"
)

func newFivetranUserInviteList() list.ListResource { return &fivetranUserInviteList{} }

// fivetranUserInviteList finds the people of a Fivetran account for terraform
// query, which can write the configuration that imports them.
type fivetranUserInviteList struct{ fivetranUserInvite }

var _ list.ListResourceWithConfigure = (*fivetranUserInviteList)(nil)

func (l *fivetranUserInviteList) ListResourceConfigSchema(_ context.Context, _ list.ListResourceSchemaRequest, resp *list.ListResourceSchemaResponse) {
	attributes := map[string]schema.Attribute{}
	for _, f := range fivetranUserFilters {
		attributes[f.Name] = f.Attribute
	}
	resp.Schema = schema.Schema{
		MarkdownDescription: "Users of the Fivetran account, including invited users. Service accounts are left out: they have no email address.",
		Attributes:          attributes,
	}
}

func (l *fivetranUserInviteList) List(ctx context.Context, req list.ListRequest, stream *list.ListResultsStream) {
	var diags diag.Diagnostics
	selection := fivetranUserFilters.Read(ctx, req.Config, &diags)
	client, ok := l.client(&diags)
	if !ok || diags.HasError() {
		stream.Results = list.ListResultsStreamDiagnostics(diags)
		return
	}
	users, err := client.Users(ctx)
	if err != nil {
		diags.AddError("Unable to List Fivetran Users", fivetranService.explain(client, err))
		stream.Results = list.ListResultsStreamDiagnostics(diags)
		return
	}
	selection.WarnOfAbsent(users, table.Search{Nouns: "users", Where: client.Base(), Elsewhere: fivetranUserElsewhere.In(ctx, client)}, &diags)
	users = table.Matching(selection.Of(users), func(user fivetran.User) bool { return user.Email != nil })
	if req.Limit > 0 && int64(len(users)) > req.Limit {
		users = users[:req.Limit]
	}
	stream.Results = l.results(ctx, req, users, diags)
}

func (l *fivetranUserInviteList) results(ctx context.Context, req list.ListRequest, users []fivetran.User, diags diag.Diagnostics) iter.Seq[list.ListResult] {
	return func(push func(list.ListResult) bool) {
		if len(diags) > 0 && !push(list.ListResult{Diagnostics: diags}) {
			return
		}
		for _, user := range users {
			result := req.NewListResult(ctx)
			result.DisplayName = *user.Email
			result.Diagnostics.Append(result.Identity.SetAttribute(ctx, path.Root("user_id"), user.ID)...)
			if req.IncludeResource {
				var model inviteModel
				model.refresh(user, appliedInvite{})
				if limits, ok := req.ResourceSchema.GetAttributes()["timeouts"].GetType().(timeouts.Type); ok {
					model.Timeouts.Object = types.ObjectNull(limits.AttrTypes)
				}
				result.Diagnostics.Append(result.Resource.Set(ctx, model)...)
			}
			if !push(result) {
				return
			}
		}
	}
}
