// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"
	"maps"
	"net/http"
	"slices"
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
	read func(context.Context, *providerData, sourceRequest, *identity.Sources, *diag.Diagnostics)
}

// sourceRequest is what to read of the services beyond users and their groups.
type sourceRequest struct {
	// fivetranGroups asks for the groups of users and teams.
	fivetranGroups bool
	// permissions asks for what groups in dbt Cloud give.
	permissions bool
	lacking     lackingParts
}

// lackingParts says what a result lacks without a part that the provider is not
// allowed to read, for a warning.
type lackingParts struct {
	invites, permissions, scimGroups, teams, userGroups, teamGroups, fivetranNames string
}

var identitySources = []identitySource{
	sourceOf(identity.DBTCloud, dbtcloudService, readDBTCloudPeople),
	sourceOf(identity.Fivetran, fivetranService, readFivetranPeople),
	sourceOf(identity.RudderStack, rudderstackService, readRudderStackPeople),
}

func sourceOf[C any](system string, s serviceAccess[C], read func(context.Context, C, sourceRequest, *identity.Sources, *diag.Diagnostics)) identitySource {
	return identitySource{
		system:  system,
		problem: func(all *providerData) *diagnosis { return s.connection(all).missing },
		read: func(ctx context.Context, all *providerData, req sourceRequest, sources *identity.Sources, diags *diag.Diagnostics) {
			read(ctx, s.connection(all).client, req, sources, diags)
		},
	}
}

// readDBTCloudPeople does without invites and permissions if the token is not
// allowed to read them, to which dbt Cloud can also answer 404.
func readDBTCloudPeople(ctx context.Context, c *dbtcloud.Client, req sourceRequest, sources *identity.Sources, diags *diag.Diagnostics) {
	var err, invites error
	together(
		func() { sources.DBTCloudUsers, err = c.Users(ctx) },
		func() { sources.DBTCloudInvites, invites = c.Invites(ctx) },
	)
	sources.DBTCloudAccount = c.AccountID()
	table.WarnOfGaps("dbt Cloud Users", dbtcloudUserFields, sources.DBTCloudUsers, diags.AddWarning)
	table.WarnOfGaps("dbt Cloud Invites", dbtcloudInviteFields, sources.DBTCloudInvites, diags.AddWarning)
	report := partsOf(c, dbtcloudService, func(err error) bool {
		return rest.Status(err) == http.StatusForbidden || dbtcloud.NotFound(err)
	}, diags)
	report.required("dbt Cloud Users", err)
	report.optional("dbt Cloud Invites", invites, req.lacking.invites)
	if !req.permissions || diags.HasError() {
		return
	}
	sources.DBTCloudGroups, err = c.GroupAccess(ctx, sources.DBTCloudInvites)
	table.WarnOfGaps("dbt Cloud Groups", dbtcloudAccessFields, slices.Collect(maps.Values(sources.DBTCloudGroups)), diags.AddWarning)
	report.optional("dbt Cloud Groups", err, req.lacking.permissions)
}

// dbtcloudAccessFields name a group in messages.
var dbtcloudAccessFields = table.Fields[dbtcloud.GroupAccess]{
	table.Int64("id", "Id of the group.", func(g dbtcloud.GroupAccess) *int64 { return &g.ID }),
}

func readRudderStackPeople(ctx context.Context, c *rudderstack.Client, req sourceRequest, sources *identity.Sources, diags *diag.Diagnostics) {
	users, err := c.Users(ctx)
	if err == nil {
		sources.RudderStackNesting, err = c.Nesting(ctx)
	}
	if err != nil {
		diags.AddError("Unable to List RudderStack SCIM Users", rudderstackService.explain(c, err))
		return
	}
	sources.RudderStackUsers = users
	table.WarnOfGaps("RudderStack SCIM Users", scimUserFields, users, diags.AddWarning)
	warnOfMemberships(c, users, req.lacking.scimGroups, diags.AddWarning)
}

// readFivetranPeople does without teams and groups if the key is not allowed to
// read them. What reads details of users and teams comes before their lists, which
// it reads again if some of them were deleted meanwhile.
func readFivetranPeople(ctx context.Context, c *fivetran.Client, req sourceRequest, sources *identity.Sources, diags *diag.Diagnostics) {
	var err, teams, userGroups, teamGroups, names error
	tasks := []func(){func() { sources.FivetranMembers, teams = c.TeamMembers(ctx) }}
	if req.fivetranGroups {
		tasks = append(tasks,
			func() { sources.FivetranUserGroups, userGroups = c.UserGroups(ctx) },
			func() { sources.FivetranTeamGroups, teamGroups = c.TeamGroups(ctx) },
			func() { sources.FivetranGroups, names = c.Groups(ctx) },
		)
	}
	together(tasks...)
	if sources.FivetranUsers, err = c.Users(ctx); err == nil && teams == nil {
		sources.FivetranTeams, teams = c.Teams(ctx)
	}
	table.WarnOfGaps("Fivetran Users", fivetranUserFields, sources.FivetranUsers, diags.AddWarning)
	report := partsOf(c, fivetranService, func(err error) bool { return rest.Status(err) == http.StatusForbidden }, diags)
	report.required("Fivetran Users", err)
	if err != nil {
		return // The others need the users, and fail alike.
	}
	report.optional("Fivetran Teams", teams, req.lacking.teams)
	report.optional("Groups of Fivetran Users", userGroups, req.lacking.userGroups)
	report.optional("Groups of Fivetran Teams", teamGroups, req.lacking.teamGroups)
	report.optional("Fivetran Groups", names, req.lacking.fivetranNames)
}

// sourceParts reports the errors of sourceParts of a service.
type sourceParts struct {
	explain func(error) string
	// refused says that the provider is not allowed to read a part.
	refused func(error) bool
	diags   *diag.Diagnostics
}

func partsOf[C any](client C, s serviceAccess[C], refused func(error) bool, diags *diag.Diagnostics) sourceParts {
	return sourceParts{func(err error) string { return s.explain(client, err) }, refused, diags}
}

// required reports the error of a part without which there is no result.
func (p sourceParts) required(nouns string, err error) {
	if err != nil {
		p.diags.AddError("Unable to List "+nouns, p.explain(err))
	}
}

// optional warns of a part that the provider is not allowed to read, and says what
// the result lacks. Any other error is that of a required part.
func (p sourceParts) optional(nouns string, err error, lacking string) {
	if err != nil && p.refused(err) {
		p.diags.AddWarning("Unable to Read "+nouns, lacking+"\n\n"+p.explain(err))
		return
	}
	p.required(nouns, err)
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
