// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"
	"net/http"
	"sync"

	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/datastack-iam/terraform-provider-datastack/internal/dbtcloud"
	"github.com/datastack-iam/terraform-provider-datastack/internal/fivetran"
	"github.com/datastack-iam/terraform-provider-datastack/internal/identity"
	"github.com/datastack-iam/terraform-provider-datastack/internal/provider/table"
	"github.com/datastack-iam/terraform-provider-datastack/internal/rest"
	"github.com/datastack-iam/terraform-provider-datastack/internal/rudderstack"
)

// identitySource is a service whose users are people.
type identitySource struct {
	system  string
	problem func(*providerData) *diagnosis
	// read sets the part of the sources that is the service's own, and no other:
	// the services are read side by side.
	read func(context.Context, *providerData, *identity.Sources, *diag.Diagnostics)
}

var identitySources = []identitySource{
	sourceOf(identity.DBTCloud, dbtcloudService, readDBTCloudPeople),
	sourceOf(identity.Fivetran, fivetranService, readFivetranPeople),
	sourceOf(identity.RudderStack, rudderstackService, readRudderStackPeople),
}

func sourceOf[C any](system string, s serviceAccess[C], read func(context.Context, C, *identity.Sources, *diag.Diagnostics)) identitySource {
	return identitySource{
		system:  system,
		problem: func(all *providerData) *diagnosis { return s.connection(all).missing },
		read: func(ctx context.Context, all *providerData, sources *identity.Sources, diags *diag.Diagnostics) {
			read(ctx, s.connection(all).client, sources, diags)
		},
	}
}

// readDBTCloudPeople does without invites if the token is not allowed to read
// them, to which dbt Cloud can also answer 404.
func readDBTCloudPeople(ctx context.Context, c *dbtcloud.Client, sources *identity.Sources, diags *diag.Diagnostics) {
	var err, invites error
	together(
		func() { sources.DBTCloudUsers, err = c.Users(ctx) },
		func() { sources.DBTCloudInvites, invites = c.Invites(ctx) },
	)
	table.WarnOfGaps("dbt Cloud Users", dbtcloudUserFields, sources.DBTCloudUsers, diags.AddWarning)
	table.WarnOfGaps("dbt Cloud Invites", dbtcloudInviteFields, sources.DBTCloudInvites, diags.AddWarning)
	switch {
	case err != nil:
		diags.AddError("Unable to List dbt Cloud Users", dbtcloudService.explain(c, err))
	case rest.Status(invites) == http.StatusForbidden || dbtcloud.NotFound(invites):
		diags.AddWarning("Unable to Read dbt Cloud Invites",
			"`people` does not include users who are invited to dbt Cloud.\n\n"+dbtcloudService.explain(c, invites))
	case invites != nil:
		diags.AddError("Unable to List dbt Cloud Invites", dbtcloudService.explain(c, invites))
	}
}

func readRudderStackPeople(ctx context.Context, c *rudderstack.Client, sources *identity.Sources, diags *diag.Diagnostics) {
	users, err := c.Users(ctx)
	if err != nil {
		diags.AddError("Unable to List RudderStack SCIM Users", rudderstackService.explain(c, err))
		return
	}
	sources.RudderStackUsers = users
	table.WarnOfGaps("RudderStack SCIM Users", scimUserFields, users, diags.AddWarning)
	warnOfMemberships(c, users, diags.AddWarning)
}

// readFivetranPeople does without teams if the key is not allowed to read them.
func readFivetranPeople(ctx context.Context, c *fivetran.Client, sources *identity.Sources, diags *diag.Diagnostics) {
	var err, teams error
	together(
		func() { sources.FivetranUsers, err = c.Users(ctx) },
		func() { sources.FivetranTeams, teams = fivetranTeamNames(ctx, c) },
	)
	table.WarnOfGaps("Fivetran Users", fivetranUserFields, sources.FivetranUsers, diags.AddWarning)
	switch {
	case err != nil:
		diags.AddError("Unable to List Fivetran Users", fivetranService.explain(c, err))
	case rest.Status(teams) == http.StatusForbidden:
		diags.AddWarning("Unable to Read Fivetran Teams", "`teams` is null for all people.\n\n"+fivetranService.explain(c, teams))
	case teams != nil:
		diags.AddError("Unable to List Fivetran Teams", fivetranService.explain(c, teams))
	}
}

// fivetranTeamNames returns the names of the teams of each user, in the order of
// the teams. A team without a name is named by its id.
func fivetranTeamNames(ctx context.Context, c *fivetran.Client) (map[string][]string, error) {
	teams, err := c.Teams(ctx)
	if err != nil {
		return nil, err
	}
	members, err := c.TeamMembers(ctx)
	if err != nil {
		return nil, err
	}
	names := map[string][]string{}
	for _, team := range teams {
		name := team.ID
		if team.Name != nil {
			name = *team.Name
		}
		for _, member := range members[team.ID] {
			names[member.UserID] = append(names[member.UserID], name)
		}
	}
	return names, nil
}

// together runs tasks side by side, and each to its end, so that all failures
// are reported.
func together(tasks ...func()) {
	var running sync.WaitGroup
	for _, task := range tasks {
		running.Go(task)
	}
	running.Wait()
}
