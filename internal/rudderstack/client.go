// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

// Package rudderstack reads the users and groups of a RudderStack organization
// through its SCIM 2.0 API. Nothing in it can change them.
package rudderstack

import (
	"cmp"
	"net/http"
	"net/url"

	"github.com/datastack-iam/terraform-provider-datastack/internal/rest"
	"github.com/datastack-iam/terraform-provider-datastack/internal/scim"
)

// DefaultBaseURL is the SCIM address in the United States, the only one that
// RudderStack's documentation names.
const DefaultBaseURL = "https://api.rudderstack.com" + scimPath

const scimPath = "/scim/v2"

// apps has the addresses of the API by the hosts of the web application.
var apps = map[string]string{
	"app.rudderstack.com":    DefaultBaseURL,
	"app.eu.rudderstack.com": "https://api.eu.rudderstack.com" + scimPath,
}

// ParseBaseURL reads a host or a URL, with or without /scim/v2 and a trailing
// slash, and returns the address that ends in /scim/v2.
func ParseBaseURL(address string) (*url.URL, error) {
	base, err := rest.BaseURL(address, apps, scimPath)
	if err != nil {
		return nil, err
	}
	return base.JoinPath(scimPath), nil
}

// Client reads users and groups. The token that SCIM takes may do anything an
// administrator may, so the client keeps only the reader, which sends nothing
// but GET.
type Client struct {
	*scim.Reader
	base string
}

// New returns a client; it sends nothing. settings.Base comes from
// ParseBaseURL; how to authorize and to read replies is set here. scimToken is
// an organization-level Service Access Token.
func New(settings rest.Config, scimToken string) *Client {
	settings.Service = "RudderStack"
	settings.Authorize = func(request *http.Request) {
		request.Header.Set("Authorization", "Bearer "+scimToken)
		// SCIM's own media type is the only one that every server must speak.
		request.Header.Set("Accept", "application/scim+json, application/json;q=0.9")
	}
	settings.Refusal, settings.AnyCase = func() rest.Refusal { return &refusal{} }, true
	return &Client{
		Reader: scim.NewReader(rest.New(settings), "RudderStack"),
		base:   settings.Base.String(),
	}
}

// Base returns the address that the client talks to, for messages.
func (c *Client) Base() string { return c.base }

// refusal is a SCIM error, or one of the forms in which the rest of RudderStack's
// API refuses: {"message": "..."} and {"error": "..."}.
type refusal struct {
	scim.Refusal
	Message rest.Text `json:"message"`
	Error   rest.Text `json:"error"`
}

// Explain implements rest.Refusal.
func (r *refusal) Explain() (code, message string) {
	return r.ScimType.String(), cmp.Or(r.Detail.String(), r.Message.String(), r.Error.String())
}
