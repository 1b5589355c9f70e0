// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/provider"
	"github.com/hashicorp/terraform-plugin-framework/provider/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
)

func (p *datastackProvider) Schema(_ context.Context, _ provider.SchemaRequest, resp *provider.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "Reads who has access to dbt Cloud, RudderStack and Fivetran, with which license, role and groups, and invites users to Fivetran. A list is complete or an error, so that a policy can rely on it in `terraform plan`.",
		Attributes: map[string]schema.Attribute{
			"dbtcloud": schema.SingleNestedAttribute{
				Optional:            true,
				MarkdownDescription: "Credentials for dbt Cloud. You need them for the types `datastack_dbtcloud_*`.",
				Attributes: map[string]schema.Attribute{
					"token":      secretAttribute("Service token with the permission set Account Viewer (Enterprise plans), or a personal access token. Default: the environment variable `DBT_CLOUD_TOKEN`."),
					"account_id": schema.Int64Attribute{Optional: true, MarkdownDescription: "Id of the account: the number after `/accounts/` in dbt Cloud's URLs. Default: the environment variable `DBT_CLOUD_ACCOUNT_ID`."},
					"base_url":   addressAttribute("Access URL of the account, such as `https://ab123.us1.dbt.com`, with or without `https://`, `/api`, `/api/v2` or `/api/v3`. You find it in dbt Cloud under Account settings. Default: the environment variable `DBT_CLOUD_HOST_URL`, or `https://cloud.getdbt.com` if it is not set."),
					"scim_token": secretAttribute("Token for dbt Cloud's SCIM API. Data sources do not need it. Default: the environment variable `DBT_CLOUD_SCIM_TOKEN`."),
				},
			},
			"rudderstack": schema.SingleNestedAttribute{
				Optional:            true,
				MarkdownDescription: "Credentials for RudderStack's SCIM API. You need them for the types `datastack_rudderstack_*`. The provider only reads from RudderStack: it cannot send changes.",
				Attributes: map[string]schema.Attribute{
					"scim_token":    secretAttribute("Organization-level Service Access Token (Enterprise plan with SSO). A workspace-level token does not work. Default: the environment variable `RUDDERSTACK_SCIM_TOKEN`."),
					"scim_base_url": addressAttribute("URL of the SCIM API, with or without `/scim/v2`. Set it if your organization is not in the US region. Default: the environment variable `RUDDERSTACK_SCIM_BASE_URL`, or `https://api.rudderstack.com/scim/v2` if it is not set."),
				},
			},
			"fivetran": schema.SingleNestedAttribute{
				Optional:            true,
				MarkdownDescription: "Credentials for Fivetran. You need them for the types `datastack_fivetran_*`.",
				Attributes: map[string]schema.Attribute{
					"api_key":    secretAttribute("API key of a user, or a system key with the scopes that the data sources and resources you use need. Default: the environment variable `FIVETRAN_APIKEY`."),
					"api_secret": secretAttribute("Secret of the API key. If you set `api_key`, you must also set `api_secret`. Default: the environment variable `FIVETRAN_APISECRET`."),
					"base_url":   addressAttribute("URL of the API, with or without `/v1`. Default: the environment variable `FIVETRAN_API_URL`, or `https://api.fivetran.com/v1` if it is not set."),
				},
			},
			"audit_log": schema.StringAttribute{
				Optional: true, Validators: []validator.String{notBlank{}},
				MarkdownDescription: "Path of the audit log: a file to which the provider appends one JSON line before and one line after each request that invites, changes or deletes a user, in the OCSF class Account Change (3001). " +
					"If the provider cannot write the first line, it does not send the request. The provider creates the file, but not its directory.",
			},
			"request_timeout": schema.StringAttribute{
				Optional: true, Validators: []validator.String{notBlank{}},
				MarkdownDescription: "Time limit for one attempt of a request, such as `\"1m\"`. Default: `\"30s\"`.",
			},
			"retry_timeout": schema.StringAttribute{
				Optional: true, Validators: []validator.String{notBlank{}},
				MarkdownDescription: "Time limit for all attempts of a request together, with the pauses that a service asks for. Default: `\"6m\"`, because dbt Cloud refuses requests for five minutes after too many of them. " +
					"Transient errors that are no rate limit, such as 503 or a lost connection, are retried for a third of this time, and at least 30 seconds; an error 500 for 20 seconds.",
			},
		},
	}
}

func secretAttribute(doc string) schema.StringAttribute {
	return schema.StringAttribute{Optional: true, Sensitive: true, MarkdownDescription: doc, Validators: []validator.String{notBlank{}}}
}

func addressAttribute(doc string) schema.StringAttribute {
	return schema.StringAttribute{Optional: true, MarkdownDescription: doc, Validators: []validator.String{notBlank{}}}
}
