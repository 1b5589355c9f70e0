// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

// Package provider is the Terraform provider datastack. It is the only package
// that knows Terraform, with the package table below it.
package provider

import (
	"context"
	"os"
	"strings"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/function"
	"github.com/hashicorp/terraform-plugin-framework/list"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/provider"
	"github.com/hashicorp/terraform-plugin-framework/providerserver"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-log/tflog"

	"github.com/datastack-iam/terraform-provider-datastack/internal/audit"
	"github.com/datastack-iam/terraform-provider-datastack/internal/provider/table"
	"github.com/datastack-iam/terraform-provider-datastack/internal/provisioning"
	"github.com/datastack-iam/terraform-provider-datastack/internal/rest"
)

// The time limits of a provider block without any. After too many requests dbt
// Cloud refuses for five minutes, so all attempts of a call get six.
const (
	defaultRequestTimeout = 30 * time.Second
	defaultRetryTimeout   = 6 * time.Minute
)

// New returns the provider in a version, for tf6server.
func New(version string) func() tfprotov6.ProviderServer {
	framework := providerserver.NewProtocol6(&datastackProvider{version})
	return func() tfprotov6.ProviderServer { return table.NewServer(framework()) }
}

type datastackProvider struct{ version string }

func (p *datastackProvider) Metadata(_ context.Context, _ provider.MetadataRequest, resp *provider.MetadataResponse) {
	resp.TypeName = "datastack"
	resp.Version = p.version
}

// Configure makes the clients of the services that are configured. It sends no
// request: a service that nothing uses need not reply.
func (p *datastackProvider) Configure(ctx context.Context, req provider.ConfigureRequest, resp *provider.ConfigureResponse) {
	s := &settings{config: req.Config, diags: &resp.Diagnostics}
	common := rest.Config{
		UserAgent:      p.userAgent(req.TerraformVersion),
		RequestTimeout: s.duration(ctx, path.Root("request_timeout"), defaultRequestTimeout),
		RetryTimeout:   s.duration(ctx, path.Root("retry_timeout"), defaultRetryTimeout),
		Log: func(ctx context.Context, message string, fields map[string]any) {
			tflog.Info(ctx, message, fields)
		},
	}
	all := &providerData{
		dbtcloud:    s.dbtcloud(ctx, common),
		rudderstack: s.rudderstack(ctx, common),
		audit:       s.auditLog(ctx, p.version),
	}
	common.Record = all.audit.Recorder("Fivetran", all.fivetranActor)
	all.fivetran = s.fivetran(ctx, common)
	all.fivetranUsers = provisioning.NewFivetran(all.fivetran.client)
	all.fivetranMemberships = provisioning.NewMemberships(all.fivetranUsers)
	if resp.Diagnostics.HasError() {
		return
	}
	resp.DataSourceData = all
	resp.ResourceData = all
	resp.ListResourceData = all
}

// auditLog returns nil where none is kept.
func (s *settings) auditLog(ctx context.Context, version string) *audit.Log {
	var file types.String
	s.diags.Append(s.config.GetAttribute(ctx, path.Root("audit_log"), &file)...)
	if file.IsNull() || file.IsUnknown() {
		return nil
	}
	if strings.TrimSpace(file.ValueString()) == "" {
		s.diags.AddAttributeError(path.Root("audit_log"), invalidSetting, blank("`audit_log`"))
		return nil
	}
	log, err := audit.New(file.ValueString(), version)
	if err != nil {
		s.diags.AddAttributeError(path.Root("audit_log"), "Unable to Write Audit Log", "`audit_log` cannot be used: "+err.Error()+".")
	}
	return log
}

func (p *datastackProvider) userAgent(terraform string) string {
	agent := "terraform-provider-datastack/" + p.version + " (terraform/" + terraform + ")"
	return strings.TrimSpace(agent + " " + os.Getenv("TF_APPEND_USER_AGENT"))
}

func (p *datastackProvider) DataSources(context.Context) []func() datasource.DataSource {
	return []func() datasource.DataSource{
		newDBTCloudGroup,
		newDBTCloudGroups,
		newDBTCloudInvites,
		newDBTCloudLicenseMaps,
		newDBTCloudLicenses,
		newDBTCloudSCIMConfig,
		newDBTCloudSCIMTokens,
		newDBTCloudServiceTokens,
		newDBTCloudUser,
		newDBTCloudUsers,
		newFivetranAccount,
		newFivetranGroups,
		newFivetranRoles,
		newFivetranTeams,
		newFivetranUser,
		newFivetranUsers,
		newGrants,
		newIdentities,
		newRudderStackSCIMGroup,
		newRudderStackSCIMGroups,
		newRudderStackSCIMUser,
		newRudderStackSCIMUsers,
	}
}

func (p *datastackProvider) Resources(context.Context) []func() resource.Resource {
	return []func() resource.Resource{newFivetranGroupMembership, newFivetranTeamMembership, newFivetranUserInvite}
}

func (p *datastackProvider) ListResources(context.Context) []func() list.ListResource {
	return []func() list.ListResource{newFivetranGroupMembershipList, newFivetranTeamMembershipList, newFivetranUserInviteList}
}

func (p *datastackProvider) Functions(context.Context) []func() function.Function {
	return []func() function.Function{newMissingEmails, newNormalizeEmail}
}
