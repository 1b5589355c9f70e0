// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

// Package dbtcloud reads who has access to one dbt Cloud account through the
// Administrative API. It sends nothing but GET.
//
// Operations and schemas named in comments are those of dbt's OpenAPI documents,
// versions 2 and 3: https://github.com/dbt-labs/dbt-cloud-openapi-spec
// A token needs the permission set Account Viewer:
// https://docs.getdbt.com/docs/dbt-apis/service-tokens
package dbtcloud

import (
	"net/http"
	"net/url"
	"strconv"
	"time"

	"github.com/datastack-iam/terraform-provider-datastack/internal/rest"
)

// DefaultBaseURL is the host of accounts without a host of their own.
const DefaultBaseURL = "https://cloud.getdbt.com"

// coolDown is how long the service refuses an account that exceeded its 5,000
// requests per minute: https://docs.getdbt.com/docs/dbt-apis/rate-limits
const coolDown = 5 * time.Minute

// ParseBaseURL reads a host or a URL, with or without /api, /api/v2 or
// /api/v3, and returns the address without these.
func ParseBaseURL(address string) (*url.URL, error) {
	return rest.BaseURL(address, nil, "/api", "/api/v2", "/api/v3")
}

// Client reads one account. It lists each collection once and keeps it: every
// method may be called from anywhere, any number of times, at the cost of one
// listing. It is safe for concurrent use.
type Client struct {
	rest      *rest.Client
	accountID int64

	users         rest.Snapshot[userList]
	groupMembers  rest.Snapshot[map[int64][]User]
	groups        rest.Snapshot[[]Group]
	invites       rest.Snapshot[[]Invite]
	licenses      rest.Snapshot[map[LicenseType]Seats]
	licenseMaps   rest.Snapshot[[]LicenseMap]
	serviceTokens rest.Snapshot[[]ServiceToken]
	scimConfig    rest.Snapshot[SCIMConfig]
	scimTokens    rest.Snapshot[[]SCIMToken]
}

// New returns a client for one account. settings.Base comes from ParseBaseURL.
// It sends nothing.
func New(settings rest.Config, token string, accountID int64) *Client {
	settings.Authorize = func(request *http.Request) { request.Header.Set("Authorization", "Token "+token) }
	settings.Refusal = func() rest.Refusal { return &refusal{} }
	settings.CoolDown = coolDown
	return &Client{rest: rest.New(settings), accountID: accountID}
}

// Base returns the address that the client talks to, for messages.
func (c *Client) Base() string { return c.rest.Base() }

// AccountID returns the account that the client reads.
func (c *Client) AccountID() int64 { return c.accountID }

// path returns the path of a collection of the account. All paths of the
// Administrative API end in a slash.
func (c *Client) path(version string, collection ...string) string {
	path := append([]string{"api", version, "accounts", strconv.FormatInt(c.accountID, 10)}, collection...)
	return rest.Path(append(path, "")...)
}
