// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"
	"fmt"
	"net/url"

	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/datastack-iam/terraform-provider-datastack/internal/dbtcloud"
	"github.com/datastack-iam/terraform-provider-datastack/internal/fivetran"
	"github.com/datastack-iam/terraform-provider-datastack/internal/rest"
	"github.com/datastack-iam/terraform-provider-datastack/internal/rudderstack"
)

func (s *settings) dbtcloud(ctx context.Context, config rest.Config) (c optionalClient[*dbtcloud.Client]) {
	block := path.Root("dbtcloud")
	token := s.text(ctx, block.AtName("token"), "DBT_CLOUD_TOKEN")
	account, id := s.id(ctx, block.AtName("account_id"), "DBT_CLOUD_ACCOUNT_ID")
	address := s.text(ctx, block.AtName("base_url"), "DBT_CLOUD_HOST_URL")
	scim := s.text(ctx, block.AtName("scim_token"), "DBT_CLOUD_SCIM_TOKEN")
	known := account.value != "" || account.unknown
	if token.value == "" && !token.unknown && known && (!account.written || scim.value != "") {
		// An account id is no secret: in the environment, or beside a SCIM
		// token, it does not call for a service token.
		c.missing = s.complete("dbt Cloud", token)
		return c
	}
	if c.missing = s.complete("dbt Cloud", token, account); c.missing != nil {
		return c
	}
	if config.Base, c.missing = s.address("dbt Cloud", address, dbtcloud.DefaultBaseURL, dbtcloud.ParseBaseURL); c.missing == nil {
		c.client = dbtcloud.New(config, token.value, id)
	}
	return c
}

func (s *settings) rudderstack(ctx context.Context, config rest.Config) (c optionalClient[*rudderstack.Client]) {
	block := path.Root("rudderstack")
	token := s.text(ctx, block.AtName("scim_token"), "RUDDERSTACK_SCIM_TOKEN")
	address := s.text(ctx, block.AtName("scim_base_url"), "RUDDERSTACK_SCIM_BASE_URL")
	if c.missing = s.complete("RudderStack SCIM", token); c.missing != nil {
		return c
	}
	if config.Base, c.missing = s.address("RudderStack SCIM", address, rudderstack.DefaultBaseURL, rudderstack.ParseBaseURL); c.missing == nil {
		c.client = rudderstack.New(config, token.value)
	}
	return c
}

func (s *settings) fivetran(ctx context.Context, config rest.Config) (c optionalClient[*fivetran.Client]) {
	block := path.Root("fivetran")
	key := s.text(ctx, block.AtName("api_key"), "FIVETRAN_APIKEY")
	secret := s.text(ctx, block.AtName("api_secret"), "FIVETRAN_APISECRET")
	address := s.text(ctx, block.AtName("base_url"), "FIVETRAN_API_URL")
	if c.missing = s.complete("Fivetran", key, secret); c.missing != nil {
		return c
	}
	if config.Base, c.missing = s.address("Fivetran", address, fivetran.DefaultBaseURL, fivetran.ParseBaseURL); c.missing == nil {
		c.client = fivetran.New(config, key.value, secret.value)
	}
	return c
}

// address reads where a service is. In the provider block, one that is invalid is
// an error even if nothing uses the service.
func (s *settings) address(service string, given setting, otherwise string, parse func(string) (*url.URL, error)) (*url.URL, *diagnosis) {
	if given.value == "" {
		given.value = otherwise
	}
	base, err := parse(given.value)
	if given.fault == "" && !given.unknown && err != nil {
		s.refuse(&given, fmt.Sprintf("Change %s: %s.", given.source(), err))
	}
	return base, s.complete(service, given)
}
