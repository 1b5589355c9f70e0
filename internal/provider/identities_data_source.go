// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"
	"errors"
	"slices"

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
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/datastack-iam/terraform-provider-datastack/internal/identity"
	"github.com/datastack-iam/terraform-provider-datastack/internal/provider/table"
)

func newIdentities() datasource.DataSource { return &identities{} }

// identities is the data source for everyone in all systems. It reads the same
// snapshots as the data sources of the systems do.
type identities struct{ table.Base[*providerData] }

func (d *identities) Metadata(_ context.Context, req datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_identities"
}

func (d *identities) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	systems := []string{identity.DBTCloud, identity.Fivetran, identity.RudderStack}
	emails := personEmails(identity.Aliases{})
	resp.Schema = schema.Schema{
		MarkdownDescription: "Everyone who is in dbt Cloud, RudderStack or Fivetran, each person once, joined by e-mail address and sorted by it. " +
			"Those who were invited to dbt Cloud and have not accepted yet are among them. " +
			"It shares what it reads with the data sources for users, invites, SCIM groups and teams, so that beside them it costs no further requests. " +
			"Invites of dbt Cloud, SCIM groups and Fivetran teams (a system key needs `TEAM:READ`) that may not be read are left out, with a warning.",
		Attributes: map[string]schema.Attribute{
			"systems": schema.ListAttribute{
				ElementType:         types.StringType,
				Optional:            true,
				MarkdownDescription: "Systems to read: `dbtcloud`, `fivetran`, `rudderstack`. Each must be configured. Default: all that are.",
				Validators: []validator.List{
					listvalidator.SizeAtLeast(1), listvalidator.NoNullValues(), listvalidator.ValueStringsAre(stringvalidator.OneOf(systems...)),
				},
			},
			emails.Name: emails.Attribute,
			"email_aliases": schema.MapAttribute{
				ElementType: types.StringType,
				Optional:    true,
				MarkdownDescription: "First address of a person by each further one, such as `{ \"ada@old.example\" = \"ada@new.example\" }`, compared without case. " +
					"The first address must not have a first address itself.",
				Validators: []validator.Map{mapvalidator.NoNullValues()},
			},
			"people": personFields.ListAttribute("Everyone, `[]` when there is nobody."),
			"unmatched": unmatchedFields.ListAttribute("Users who are not shown in `people`, sorted by system and name, whatever `emails` says: service accounts, users without an address, " +
				"members of Fivetran teams who are not among its users, and further users of one person in one system. Of those, `people` shows the one who is active, " +
				"else the one who is invited, else the one with the lowest id."),
		},
	}
}

func (d *identities) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	wanted := d.sources(ctx, req.Config, &resp.Diagnostics)
	aliases := emailAliases(ctx, req.Config, &resp.Diagnostics)
	match := personEmails(aliases).Match(ctx, req.Config, &resp.Diagnostics)
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
	table.SetLists(ctx, req, resp, map[string]tftypes.Value{
		"people":    personFields.ListValue(table.Matching(people, match)),
		"unmatched": unmatchedFields.ListValue(unmatched),
	})
}

// sources returns the systems to read. One that was asked for must be
// configured. If nothing was asked for, one that may still turn out to be
// configured is an error: without it the people would not be all.
func (d *identities) sources(ctx context.Context, config tfsdk.Config, diags *diag.Diagnostics) []identitySource {
	if d.Provider == nil {
		diags.AddError("Provider Is Not Configured", "The provider datastack was used before it was configured.")
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
		case asked == nil && !lacking.later:
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
		diags.AddError("No System Is Configured", "The data source datastack_identities needs at least one: set `dbtcloud`, `rudderstack` or `fivetran` in the provider block, or their variables in the environment.")
	}
	return wanted
}

// personEmails keeps people by any address of theirs.
func personEmails(aliases identity.Aliases) table.Filter[identity.Person] {
	return table.OneOf("emails", "Only people with these addresses, compared without case. A further address of `email_aliases` finds the person too.",
		aliases.First, func(p identity.Person) *string { return &p.Email })
}

func emailAliases(ctx context.Context, config tfsdk.Config, diags *diag.Diagnostics) identity.Aliases {
	var given map[string]string
	diags.Append(config.GetAttribute(ctx, path.Root("email_aliases"), &given)...)
	aliases, err := identity.NewAliases(given)
	if problem, ok := errors.AsType[*identity.AliasError](err); ok {
		diags.AddAttributeError(path.Root("email_aliases").AtMapKey(problem.Alias), "E-Mail Alias Cannot Be Used",
			err.Error()+".\n\nEach further address of a person stands for the first one, and the first one for nothing else.")
	}
	return aliases
}
