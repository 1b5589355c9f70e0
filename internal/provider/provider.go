// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

// Package provider is the Terraform provider datastack. It is the only package
// that knows Terraform.
package provider

import (
	"context"
	"net/url"
	"os"
	"strings"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/function"
	"github.com/hashicorp/terraform-plugin-framework/list"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/provider"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-log/tflog"

	"github.com/datastack-iam/terraform-provider-datastack/internal/audit"
	"github.com/datastack-iam/terraform-provider-datastack/internal/dbtcloud"
	"github.com/datastack-iam/terraform-provider-datastack/internal/fivetran"
	"github.com/datastack-iam/terraform-provider-datastack/internal/rest"
	"github.com/datastack-iam/terraform-provider-datastack/internal/rudderstack"
)

// The time limits of a provider block that names none. dbt Cloud refuses for
// five minutes after too many requests, so all attempts of a call get six.
const (
	defaultRequestTimeout = 30 * time.Second
	defaultRetryTimeout   = 6 * time.Minute
)

type datastackProvider struct{ version string }

func (p *datastackProvider) Metadata(_ context.Context, _ provider.MetadataRequest, resp *provider.MetadataResponse) {
	resp.TypeName = "datastack"
	resp.Version = p.version
}

// Configure makes the clients of the systems that are set up. It sends no
// request: a system that nothing uses need not answer.
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
	all := &clients{
		dbtcloud:    s.dbtcloud(ctx, common),
		rudderstack: s.rudderstack(ctx, common),
		fivetran:    s.fivetran(ctx, common),
	}
	if file := s.text(ctx, path.Root("audit_log"), ""); file.value != "" {
		all.audit = audit.New(file.value, p.version)
	}
	if resp.Diagnostics.HasError() {
		return
	}
	resp.DataSourceData = all
	resp.ResourceData = all
	resp.ListResourceData = all
}

func (p *datastackProvider) userAgent(terraform string) string {
	agent := "terraform-provider-datastack/" + p.version + " (terraform/" + terraform + ")"
	return strings.TrimSpace(agent + " " + os.Getenv("TF_APPEND_USER_AGENT"))
}

func (s *settings) dbtcloud(ctx context.Context, config rest.Config) (c connection[*dbtcloud.Client]) {
	block := path.Root("dbtcloud")
	token := s.text(ctx, block.AtName("token"), "DBT_CLOUD_TOKEN")
	account, id := s.id(ctx, block.AtName("account_id"), "DBT_CLOUD_ACCOUNT_ID")
	address := s.text(ctx, block.AtName("base_url"), "DBT_CLOUD_HOST_URL")
	scim := s.text(ctx, block.AtName("scim_token"), "DBT_CLOUD_SCIM_TOKEN")
	known := account.value != "" || account.unknown
	if token.value == "" && !token.unknown && known && (!account.written || scim.value != "") {
		// An account id is no secret: in the environment, or beside a SCIM
		// token, it does not ask for a service token.
		c.problem = s.complete("dbt Cloud", token)
		return c
	}
	if c.problem = s.complete("dbt Cloud", token, account); c.problem != nil {
		return c
	}
	if config.Base, c.problem = s.address("dbt Cloud", address, dbtcloud.DefaultBaseURL, dbtcloud.ParseBaseURL); c.problem == nil {
		c.client = dbtcloud.New(config, token.value, id)
	}
	return c
}

func (s *settings) rudderstack(ctx context.Context, config rest.Config) (c connection[*rudderstack.Client]) {
	block := path.Root("rudderstack")
	token := s.text(ctx, block.AtName("scim_token"), "RUDDERSTACK_SCIM_TOKEN")
	address := s.text(ctx, block.AtName("scim_base_url"), "RUDDERSTACK_SCIM_BASE_URL")
	if c.problem = s.complete("RudderStack SCIM", token); c.problem != nil {
		return c
	}
	if config.Base, c.problem = s.address("RudderStack SCIM", address, rudderstack.DefaultBaseURL, rudderstack.ParseBaseURL); c.problem == nil {
		c.client = rudderstack.New(config, token.value)
	}
	return c
}

func (s *settings) fivetran(ctx context.Context, config rest.Config) (c connection[*fivetran.Client]) {
	block := path.Root("fivetran")
	key := s.text(ctx, block.AtName("api_key"), "FIVETRAN_APIKEY")
	secret := s.text(ctx, block.AtName("api_secret"), "FIVETRAN_APISECRET")
	address := s.text(ctx, block.AtName("base_url"), "FIVETRAN_API_URL")
	if c.problem = s.complete("Fivetran", key, secret); c.problem != nil {
		return c
	}
	if config.Base, c.problem = s.address("Fivetran", address, fivetran.DefaultBaseURL, fivetran.ParseBaseURL); c.problem == nil {
		c.client = fivetran.New(config, key.value, secret.value)
	}
	return c
}

// address reads where a system is. One that cannot be read is an error even
// if nothing uses the system.
func (s *settings) address(system string, given setting, otherwise string, parse func(string) (*url.URL, error)) (*url.URL, *problem) {
	if given.unknown {
		return nil, s.complete(system, given)
	}
	if given.value == "" {
		given.value = otherwise
	}
	base, err := parse(given.value)
	if err != nil {
		s.diags.AddAttributeError(given.path, "Setting Cannot Be Used", given.source()+" cannot be used: "+err.Error()+".")
		return nil, &problem{summary: system + " Is Not Configured", detail: err.Error()}
	}
	return base, nil
}

func (p *datastackProvider) DataSources(context.Context) []func() datasource.DataSource {
	return []func() datasource.DataSource{
		newDBTCloudGroup,
		newDBTCloudGroups,
		newDBTCloudInvites,
		newDBTCloudLicenseMaps,
		newDBTCloudLicenses,
		newDBTCloudSCIMConfig,
		newDBTCloudServiceTokens,
		newDBTCloudUser,
		newDBTCloudUsers,
		newFivetranAccount,
		newFivetranGroups,
		newFivetranRoles,
		newFivetranTeams,
		newFivetranUser,
		newFivetranUsers,
		newIdentities,
		newRudderStackSCIMGroup,
		newRudderStackSCIMGroups,
		newRudderStackSCIMUser,
		newRudderStackSCIMUsers,
	}
}

func (p *datastackProvider) Resources(context.Context) []func() resource.Resource {
	return []func() resource.Resource{newFivetranUserInvite}
}

func (p *datastackProvider) ListResources(context.Context) []func() list.ListResource {
	return []func() list.ListResource{newFivetranUserInviteList}
}

func (p *datastackProvider) Functions(context.Context) []func() function.Function {
	return []func() function.Function{newMissingEmails, newNormalizeEmail}
}
