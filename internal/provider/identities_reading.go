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

// allServices is embedded in the data sources about everyone in all services.
// They read the same snapshots as the data sources of the services do.
type allServices struct {
	table.Base[*providerData]
	// name is that of the data source, without the provider's prefix.
	name string
	// lacking says what the result lacks without a part of the services.
	lacking lackingParts
	// permissions says that the result has what groups in dbt Cloud give.
	permissions bool
}

func (d *allServices) Metadata(_ context.Context, req datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_" + d.name
}

const includeFivetranGroups = "include_fivetran_groups"

// allServicesNote is what the descriptions of these data sources end with.
const allServicesNote = "The dbt Cloud token needs the permission set Account Viewer. The RudderStack token must be an organization-level Service Access Token. " +
	"A Fivetran system key needs the scopes `USER:READ` and `TEAM:READ`, and `DESTINATION:READ` with `include_fivetran_groups = true`. " +
	"If the provider is not allowed to read dbt Cloud invites, RudderStack SCIM groups, Fivetran teams or Fivetran groups, it leaves them out with a warning."

// arguments are those that say what to read.
func (d *allServices) arguments() map[string]schema.Attribute {
	return map[string]schema.Attribute{
		"systems": schema.ListAttribute{
			ElementType:         types.StringType,
			Optional:            true,
			MarkdownDescription: "Services to read. Each must be configured. Valid values: `dbtcloud`, `fivetran`, `rudderstack`. Default: all that are configured.",
			Validators: []validator.List{
				listvalidator.SizeAtLeast(1), listvalidator.NoNullValues(),
				listvalidator.ValueStringsAre(stringvalidator.OneOf(identity.DBTCloud, identity.Fivetran, identity.RudderStack)),
			},
		},
		"email_aliases": schema.MapAttribute{
			ElementType: types.StringType,
			Optional:    true,
			MarkdownDescription: "Joins a person's further email addresses to the first one: a map from each further address to the first one, such as `{ \"ada@old.example\" = \"ada@new.example\" }`, ignoring case. " +
				"The first address cannot be an alias itself.",
			Validators: []validator.Map{mapvalidator.NoNullValues()},
		},
		includeFivetranGroups: table.IncludeOnRequest("Whether to read the groups in Fivetran too, which are its destinations. " +
			"It takes one request for each user and each team of the account, and the list of groups: with 20,000 users, that is all that Fivetran allows in an hour."),
	}
}

// reading is what one read of the services returned.
type reading struct {
	identity.Sources
	aliases identity.Aliases
	// where names the services, for messages.
	where string
}

// read reads the services that the configuration asks for. It is not ok after an
// error.
func (d *allServices) read(ctx context.Context, config tfsdk.Config, diags *diag.Diagnostics) (r reading, ok bool) {
	wanted := d.wanted(ctx, config, diags)
	r.aliases = emailAliases(ctx, config, diags)
	request := sourceRequest{
		fivetranGroups: table.Requested(ctx, config, includeFivetranGroups, diags),
		permissions:    d.permissions,
		lacking:        d.lacking,
	}
	if diags.HasError() {
		return r, false
	}
	said := make([]diag.Diagnostics, len(wanted))
	tasks := make([]func(), len(wanted))
	names := make([]string, len(wanted))
	for i, source := range wanted {
		tasks[i] = func() { source.read(ctx, d.Provider, request, &r.Sources, &said[i]) }
		names[i] = source.system
	}
	together(tasks...)
	r.where = strings.Join(names, ", ")
	diags.Append(slices.Concat(said...)...)
	return r, !diags.HasError()
}

// wanted returns the services to read. One that was asked for must be
// configured. If none was asked for, one without any settings is left out. One
// whose settings are not known yet, or cannot be used, is an error: without it,
// people could be missing.
func (d *allServices) wanted(ctx context.Context, config tfsdk.Config, diags *diag.Diagnostics) []identitySource {
	if d.Provider == nil {
		diags.AddError("Provider Is Not Configured", notConfigured)
		return nil
	}
	needer := "The data source datastack_" + d.name + " needs "
	var asked []string
	diags.Append(config.GetAttribute(ctx, path.Root("systems"), &asked)...)
	var wanted []identitySource
	for _, source := range identitySources {
		position := slices.Index(asked, source.system)
		missing := source.problem(d.Provider)
		switch {
		case asked != nil && position < 0:
		case missing == nil:
			wanted = append(wanted, source)
		case asked == nil && missing.unset:
		default:
			at := path.Empty()
			if asked != nil {
				at = path.Root("systems").AtListIndex(position)
			}
			needed := diagnosis{summary: missing.summary, detail: needer + "it. " + missing.detail}
			diags.Append(needed.at(at))
		}
	}
	if asked == nil && wanted == nil && !diags.HasError() {
		diags.AddError("No Service Is Configured", needer+"at least one. Set `dbtcloud`, `rudderstack` or `fivetran` in the provider block, or their variables in the environment.")
	}
	return wanted
}

// emailAliases reads the argument email_aliases.
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
