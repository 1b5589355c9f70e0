// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package dbtcloud

import (
	"cmp"
	"context"
	"net/url"
	"slices"

	"github.com/datastack-iam/terraform-provider-datastack/internal/rest"
)

// SCIMToken is a token that an identity provider manages users and groups with,
// without its secret: https://docs.getdbt.com/docs/platform/manage-access/scim
// A pointer is nil where the service returns null, "" or nothing.
type SCIMToken struct {
	rest.Gapped
	ID   int64
	Name *string
	// CreatedAt and LastUsed are times as the service sent them. LastUsed is nil
	// for a token that was never used.
	CreatedAt *string
	LastUsed  *string
}

// wireSCIMToken is SCIMToken, version 3. The secret is in the reply to its
// creation only.
type wireSCIMToken struct {
	identified
	Name      rest.Text `json:"name"`
	CreatedAt rest.Time `json:"created_at"`
	LastUsed  rest.Time `json:"last_used"`
}

// SCIMTokens returns the tokens of the account's own SCIM service, sorted by id.
// The slice is shared by all callers and must not be changed. The error is a
// *rest.Error, or a *rest.IncompleteError when rows were missing.
//
// Operation Retrieve SCIM tokens, version 3.
func (c *Client) SCIMTokens(ctx context.Context) ([]SCIMToken, error) {
	return c.scimTokens.Get(ctx, func(ctx context.Context) ([]SCIMToken, error) {
		tokens, err := listAll(ctx, c, "dbt Cloud SCIM tokens", c.path("v3", "scim-config", "tokens"), url.Values{}, wireSCIMToken.token)
		slices.SortFunc(tokens, func(a, b SCIMToken) int { return cmp.Compare(a.ID, b.ID) })
		return tokens, err
	})
}

func (t wireSCIMToken) token() SCIMToken {
	return SCIMToken{
		Gapped:    t.Gapped,
		ID:        *t.ID.Value,
		Name:      t.Name.Value,
		CreatedAt: t.CreatedAt.Value,
		LastUsed:  t.LastUsed.Value,
	}
}
