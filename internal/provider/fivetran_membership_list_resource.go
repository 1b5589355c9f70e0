// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"
	"iter"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/list"
	"github.com/hashicorp/terraform-plugin-framework/list/schema"
	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/datastack-iam/terraform-provider-datastack/internal/fivetran"
	"github.com/datastack-iam/terraform-provider-datastack/internal/provider/table"
)

// fivetranMembershipList finds memberships for terraform query, which can write
// the configuration that imports them.
type fivetranMembershipList struct{ fivetranMembership }

var _ list.ListResourceWithConfigure = (*fivetranMembershipList)(nil)

// filters are those of the list.
func (k membershipKind) filters() table.Filters[fivetran.Membership] {
	return table.Filters[fivetran.Membership]{
		table.OneOf(k.parent+"s", "Only memberships in these "+k.noun+"s.", table.Open(table.Exactly), func(m fivetran.Membership) *string { return &m.ID }),
		table.OneOf("user_ids", "Only memberships of these users.", table.Open(table.Exactly), func(m fivetran.Membership) *string { return &m.UserID }),
	}
}

func (l *fivetranMembershipList) ListResourceConfigSchema(_ context.Context, _ list.ListResourceSchemaRequest, resp *list.ListResourceSchemaResponse) {
	attributes := map[string]schema.Attribute{}
	for _, f := range l.kind.filters() {
		attributes[f.Name] = f.Attribute
	}
	resp.Schema = schema.Schema{
		MarkdownDescription: "Memberships of users in the " + l.kind.noun + "s of the Fivetran account. They take one request for each " + l.kind.noun + ".",
		Attributes:          attributes,
	}
}

func (l *fivetranMembershipList) List(ctx context.Context, req list.ListRequest, stream *list.ListResultsStream) {
	var diags diag.Diagnostics
	filters := l.kind.filters()
	selection := filters.Read(ctx, req.Config, &diags)
	client, ok := l.client(&diags)
	if !ok || diags.HasError() {
		stream.Results = list.ListResultsStreamDiagnostics(diags)
		return
	}
	memberships, err := l.clients.fivetranMemberships.All(ctx, l.kind.in)
	if err != nil {
		diags.AddError("Unable to List Fivetran "+l.kind.title+" Memberships", fivetranService.explain(client, err))
		stream.Results = list.ListResultsStreamDiagnostics(diags)
		return
	}
	selection.WarnOfAbsent(memberships, table.Search{Nouns: "memberships", Where: client.Base()}, &diags)
	memberships = selection.Of(memberships)
	if req.Limit > 0 && int64(len(memberships)) > req.Limit {
		memberships = memberships[:req.Limit]
	}
	stream.Results = l.results(ctx, req, memberships, l.names(ctx, client), diags)
}

// names returns what people call teams or groups and users, by id, as far as the
// key is allowed to list them.
func (l *fivetranMembershipList) names(ctx context.Context, client *fivetran.Client) map[string]string {
	names := map[string]string{}
	parents, _ := l.kind.parents(ctx, client)
	for _, parent := range parents {
		names[parent.id] = parent.name
	}
	users, _ := client.Users(ctx)
	for _, user := range users {
		names[user.ID] = orEmpty(user.Email)
	}
	return names
}

func (l *fivetranMembershipList) results(ctx context.Context, req list.ListRequest, memberships []fivetran.Membership, names map[string]string, diags diag.Diagnostics) iter.Seq[list.ListResult] {
	named := func(id string) string {
		if name := names[id]; name != "" {
			return name
		}
		return id
	}
	return func(push func(list.ListResult) bool) {
		if len(diags) > 0 && !push(list.ListResult{Diagnostics: diags}) {
			return
		}
		for _, membership := range memberships {
			result := req.NewListResult(ctx)
			result.DisplayName = named(membership.ID) + ": " + named(membership.UserID)
			l.kind.write(ctx, result.Identity, membership.MembershipKey, &result.Diagnostics)
			if req.IncludeResource {
				l.kind.write(ctx, result.Resource, membership.MembershipKey, &result.Diagnostics)
				result.Diagnostics.Append(result.Resource.SetAttribute(ctx, path.Root("role"), membership.Role)...)
			}
			if !push(result) {
				return
			}
		}
	}
}
