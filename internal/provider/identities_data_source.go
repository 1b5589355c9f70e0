// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"
	"errors"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework-validators/listvalidator"
	"github.com/hashicorp/terraform-plugin-framework-validators/mapvalidator"
	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/datastack-iam/terraform-provider-datastack/internal/identity"
	"github.com/datastack-iam/terraform-provider-datastack/internal/provider/table"
)

func newIdentities() datasource.DataSource { return &identities{} }

// identities is the data source for everyone in all services. It reads the same
// snapshots as the data sources of the services do.
type identities struct{ table.Base[*providerData] }

func (d *identities) Metadata(_ context.Context, req datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_identities"
}

func (d *identities) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	systems := []string{identity.DBTCloud, identity.Fivetran, identity.RudderStack}
	emails := personEmails(identity.Aliases{})
	resp.Schema = schema.Schema{
		MarkdownDescription: "Lists everyone who is in dbt Cloud, RudderStack or Fivetran, each person once. It joins the users of the services by email address, and sorts by it. " +
			"Users who are invited to dbt Cloud are included. " +
			"It shares its requests with the data sources for users, invites, SCIM groups and teams: beside them, it sends none. " +
			"The dbt Cloud token needs the permission set Account Viewer. A Fivetran system key needs the scopes `USER:READ` and `TEAM:READ`. The RudderStack token must be an organization-level Service Access Token. " +
			"If the provider is not allowed to read dbt Cloud invites, RudderStack SCIM groups or Fivetran teams, it leaves them out with a warning.",
		Attributes: map[string]schema.Attribute{
			"systems": schema.ListAttribute{
				ElementType:         types.StringType,
				Optional:            true,
				MarkdownDescription: "Services to read. Each must be configured. Valid values: `dbtcloud`, `fivetran`, `rudderstack`. Default: all that are configured.",
				Validators: []validator.List{
					listvalidator.SizeAtLeast(1), listvalidator.NoNullValues(), listvalidator.ValueStringsAre(stringvalidator.OneOf(systems...)),
				},
			},
			emails.Name: emails.Attribute,
			"email_aliases": schema.MapAttribute{
				ElementType: types.StringType,
				Optional:    true,
				MarkdownDescription: "Joins a person's further email addresses to the first one: a map from each further address to the first one, such as `{ \"ada@old.example\" = \"ada@new.example\" }`, ignoring case. " +
					"The first address cannot be an alias itself.",
				Validators: []validator.Map{mapvalidator.NoNullValues()},
			},
			"people": personFields.ListAttribute("The people found, `[]` if there are none."),
			"unmatched": unmatchedFields.ListAttribute("Users that are not in `people`, sorted by service and name. `emails` does not filter them. They are service accounts, users without an email address, " +
				"members of Fivetran teams that are not in the list of users, and further users of one person in one service. " +
				"Of several users of one person, `people` has the active one, otherwise the invited one, otherwise the one with the lowest id."),
		},
	}
}

func (d *identities) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	wanted := d.sources(ctx, req.Config, &resp.Diagnostics)
	aliases := emailAliases(ctx, req.Config, &resp.Diagnostics)
	selection := table.Filters[identity.Person]{personEmails(aliases)}.Read(ctx, req.Config, &resp.Diagnostics)
	if resp.Diagnostics.HasError() {
		return
	}
	var sources identity.Sources
	said := make([]diag.Diagnostics, len(wanted))
	tasks := make([]func(), len(wanted))
	for i, source := range wanted {
		tasks[i] = func() { source.read(ctx, d.Provider, &sources, &said[i]) }
	}
	together(tasks...)
	if resp.Diagnostics.Append(slices.Concat(said...)...); resp.Diagnostics.HasError() {
		return
	}
	people, unmatched := identity.Join(sources, aliases)
	selection.WarnOfAbsent(people, table.Search{
		Nouns:     "people",
		Where:     systemsOf(wanted),
		Elsewhere: func(string) (string, []string) { return "invites", invitedAddresses(sources.DBTCloudInvites) },
	}, &resp.Diagnostics)
	table.SetState(ctx, req, resp, map[string]table.Value{
		"people":    personFields.ListValue(selection.Of(people)),
		"unmatched": unmatchedFields.ListValue(unmatched),
	})
}

// sources returns the services to read. One that was asked for must be
// configured. If none was asked for, one without any settings is left out. One
// whose settings are not known yet, or cannot be used, is an error: without it,
// people could be missing.
func (d *identities) sources(ctx context.Context, config tfsdk.Config, diags *diag.Diagnostics) []identitySource {
	if d.Provider == nil {
		diags.AddError("Provider Is Not Configured", notConfigured)
		return nil
	}
	var asked []string
	diags.Append(config.GetAttribute(ctx, path.Root("systems"), &asked)...)
	var wanted []identitySource
	for _, source := range identitySources {
		position := slices.Index(asked, source.system)
		lacking := source.problem(d.Provider)
		switch {
		case asked != nil && position < 0:
		case lacking == nil:
			wanted = append(wanted, source)
		case asked == nil && lacking.unset:
		default:
			at := path.Empty()
			if asked != nil {
				at = path.Root("systems").AtListIndex(position)
			}
			needed := diagnosis{summary: lacking.summary, detail: "The data source datastack_identities needs it. " + lacking.detail}
			diags.Append(needed.at(at))
		}
	}
	if asked == nil && wanted == nil && !diags.HasError() {
		diags.AddError("No Service Is Configured", "The data source datastack_identities needs at least one. Set `dbtcloud`, `rudderstack` or `fivetran` in the provider block, or their variables in the environment.")
	}
	return wanted
}

// systemsOf names services for a message.
func systemsOf(sources []identitySource) string {
	names := make([]string, len(sources))
	for i, source := range sources {
		names[i] = source.system
	}
	return strings.Join(names, ", ")
}

// personEmails keeps people by any of their email addresses.
func personEmails(aliases identity.Aliases) table.Filter[identity.Person] {
	return table.OneOf("emails", "Only people with one of these email addresses, ignoring case. An alias in `email_aliases` finds the person too.",
		table.Open(aliases.First), func(p identity.Person) *string { return &p.Email })
}

func emailAliases(ctx context.Context, config tfsdk.Config, diags *diag.Diagnostics) identity.Aliases {
	var given map[string]string
	diags.Append(config.GetAttribute(ctx, path.Root("email_aliases"), &given)...)
	aliases, err := identity.NewAliases(given)
	if problem, ok := errors.AsType[*identity.AliasError](err); ok {
		diags.AddAttributeError(path.Root("email_aliases").AtMapKey(problem.Alias), "Invalid Email Alias",
			err.Error()+".\n\nMap each further email address of a person to the first one, and do not map the first one.")
	}
	return aliases
}
