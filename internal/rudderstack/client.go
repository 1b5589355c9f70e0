// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

// Package rudderstack reads the people of a RudderStack organization through
// its SCIM 2.0 API. Nothing in it can change them.
package rudderstack

import (
	"encoding/json"
	"net/http"
	"net/url"

	"github.com/datastack-iam/terraform-provider-datastack/internal/rest"
	"github.com/datastack-iam/terraform-provider-datastack/internal/scim"
)

// DefaultBaseURL is the SCIM address in the United States, the only one that
// RudderStack's documentation names.
const DefaultBaseURL = "https://api.rudderstack.com" + scimPath

const scimPath = "/scim/v2"

// ParseBaseURL reads a host or a URL, with or without /scim/v2 and a trailing
// slash, and returns the address that ends in /scim/v2.
func ParseBaseURL(address string) (*url.URL, error) {
	base, err := rest.BaseURL(address, scimPath, "/scim")
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
// ParseBaseURL, and Authorize and Explain are set here. scimToken is an
// organization-level Service Access Token.
func New(settings rest.Config, scimToken string) *Client {
	settings.Authorize = func(request *http.Request) {
		request.Header.Set("Authorization", "Bearer "+scimToken)
		// SCIM's own media type is the only one that every server must speak.
		request.Header.Set("Accept", "application/scim+json, application/json;q=0.9")
	}
	settings.Explain = explain
	return &Client{
		Reader: scim.NewReader(rest.New(settings), "RudderStack"),
		base:   settings.Base.String(),
	}
}

// Base returns the address that the client talks to, for messages.
func (c *Client) Base() string { return c.base }

// explain reads a SCIM error, or one of the forms in which the rest of
// RudderStack's API refuses: {"message": "..."} and {"error": "..."}.
func explain(body []byte) (code, message string) {
	if code, message = scim.Explain(body); message != "" {
		return code, message
	}
	var refusal struct{ Message, Error any }
	if json.Unmarshal(body, &refusal) != nil {
		return code, ""
	}
	for _, said := range []any{refusal.Message, refusal.Error} {
		if text, ok := said.(string); ok && text != "" {
			return code, text
		}
	}
	return code, ""
}
