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
		MarkdownDescription: "Who has access to dbt Cloud, RudderStack and Fivetran, with which licence, role and groups: read in `terraform plan`, complete or an error, so that a policy can stop a change before it happens. And people are invited to Fivetran as code.",
		Attributes: map[string]schema.Attribute{
			"dbtcloud": schema.SingleNestedAttribute{
				Optional:            true,
				MarkdownDescription: "dbt Cloud. Needed for the types `datastack_dbtcloud_*`.",
				Attributes: map[string]schema.Attribute{
					"token":      secretAttribute("Service token with the permission set Account Viewer (Enterprise plans), or a personal access token. Default: the environment variable `DBT_CLOUD_TOKEN`."),
					"account_id": schema.Int64Attribute{Optional: true, MarkdownDescription: "Number of the account: the one after `/accounts/` in dbt Cloud's addresses. Default: `DBT_CLOUD_ACCOUNT_ID`."},
					"base_url":   addressAttribute("Access URL of the account, such as `https://ab123.us1.dbt.com`; with or without `https://`, `/api`, `/api/v2` and `/api/v3`. Default: `DBT_CLOUD_HOST_URL`, else `https://cloud.getdbt.com`."),
					"scim_token": secretAttribute("Token of dbt Cloud's own SCIM service. Reading does not need it. Default: `DBT_CLOUD_SCIM_TOKEN`."),
				},
			},
			"rudderstack": schema.SingleNestedAttribute{
				Optional:            true,
				MarkdownDescription: "RudderStack's SCIM service. Needed for the types `datastack_rudderstack_*`. This provider can send nothing but reads to it.",
				Attributes: map[string]schema.Attribute{
					"scim_token":    secretAttribute("Organization-level Service Access Token (Enterprise plan with SSO). A workspace-level token does not do. Default: the environment variable `RUDDERSTACK_SCIM_TOKEN`."),
					"scim_base_url": addressAttribute("Address of the SCIM service, with or without `/scim/v2`. Default: `RUDDERSTACK_SCIM_BASE_URL`, else `https://api.rudderstack.com/scim/v2`."),
				},
			},
			"fivetran": schema.SingleNestedAttribute{
				Optional:            true,
				MarkdownDescription: "Fivetran. Needed for the types `datastack_fivetran_*`.",
				Attributes: map[string]schema.Attribute{
					"api_key":    secretAttribute("Key of a user, or a system key with the scopes for what it is used for: USER:MANAGE to invite, change and delete people. Default: the environment variable `FIVETRAN_APIKEY`."),
					"api_secret": secretAttribute("Secret that belongs to the key. Default: `FIVETRAN_APISECRET`."),
					"base_url":   addressAttribute("Address of the API, with or without `/v1`. Default: `FIVETRAN_API_URL`, else `https://api.fivetran.com/v1`."),
				},
			},
			"audit_log": schema.StringAttribute{
				Optional: true, Validators: []validator.String{notEmpty},
				MarkdownDescription: "Path of a file that keeps a trace of every invite, change and deletion: one JSON line before the request and one after it, in the OCSF class Account Change (3001). " +
					"A change whose first line cannot be written is not sent. The file is made if need be, its directory is not.",
			},
			"request_timeout": schema.StringAttribute{
				Optional:            true,
				MarkdownDescription: "Limit for one attempt of a request, such as `\"30s\"`, which is the default.",
			},
			"retry_timeout": schema.StringAttribute{
				Optional:            true,
				MarkdownDescription: "Limit for all attempts of a request together, pauses that a service asks for included. Default `\"6m\"`: dbt Cloud refuses for five minutes after too many requests.",
			},
		},
	}
}

func secretAttribute(doc string) schema.StringAttribute {
	return schema.StringAttribute{Optional: true, Sensitive: true, MarkdownDescription: doc, Validators: []validator.String{notEmpty}}
}

func addressAttribute(doc string) schema.StringAttribute {
	return schema.StringAttribute{Optional: true, MarkdownDescription: doc, Validators: []validator.String{notEmpty}}
}
