// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

// Package fivetran reads and changes who has access to one Fivetran account
// through the Fivetran REST API: https://fivetran.com/docs/rest-api/users
// Its limits are 20,000 requests and 500 new users an hour, fewer on a trial:
// https://fivetran.com/docs/rest-api/rate-limiting
package fivetran

import (
	"net/http"
	"net/url"

	"github.com/datastack-iam/terraform-provider-datastack/internal/rest"
)

// DefaultBaseURL is the address of the service for all accounts.
const DefaultBaseURL = "https://api.fivetran.com/v1"

// apps has the address of the API by the hosts of the web application.
var apps = map[string]string{"fivetran.com": DefaultBaseURL, "www.fivetran.com": DefaultBaseURL}

// ParseBaseURL reads a host or a URL, with or without /v1, and returns it with
// /v1.
func ParseBaseURL(address string) (*url.URL, error) {
	base, err := rest.BaseURL(address, apps, "/v1")
	if err != nil {
		return nil, err
	}
	return base.JoinPath("v1"), nil
}

// Client talks to the account that the API key belongs to. It is safe for
// concurrent use.
type Client struct {
	rest *rest.Client

	users      rest.Snapshot[[]User]
	firstUsers rest.Snapshot[rest.Page[wireUser]]
	lookups    rest.Lookups // by SharedUser, of users who are not on the first page
	roles      rest.Snapshot[[]Role]
	account    rest.Snapshot[Account]

	teams        rest.Snapshot[[]Team]
	teamMembers  rest.Snapshot[map[string][]Member]
	teamGroups   rest.Snapshot[map[string][]GroupRole]
	userGroups   rest.Snapshot[map[string][]GroupRole]
	groups       rest.Snapshot[[]Group]
	groupMembers rest.Snapshot[map[string][]Member]
	memberLists  memberLists
}

// New returns a client. settings.Base comes from ParseBaseURL. It sends
// nothing.
func New(settings rest.Config, key, secret string) *Client {
	settings.Authorize = func(request *http.Request) { request.SetBasicAuth(key, secret) }
	settings.Refusal = func() rest.Refusal { return &refusal{} }
	return &Client{rest: rest.New(settings)}
}

// Base returns the address that the client talks to, for messages.
func (c *Client) Base() string { return c.rest.Base() }
