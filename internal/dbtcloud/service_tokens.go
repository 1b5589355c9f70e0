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

// ServiceToken is a service token of the account, without its secret:
// https://docs.getdbt.com/docs/dbt-apis/service-tokens
// A pointer is nil where the service returns null, "" or nothing.
type ServiceToken struct {
	rest.Gapped
	ID int64
	// UID is the service's other id for it, no secret.
	UID  *string
	Name *string
	// CreatedAt and LastUsed are times as the service sent them. LastUsed is nil
	// for a token that was never used.
	CreatedAt *string
	LastUsed  *string
	// Grants are sorted by set and project. It is nil where the service does not
	// return them.
	Grants []Grant
}

// Grant is what a service token may be used for, in one project or in all.
type Grant struct {
	// PermissionSet is the service's word, such as "job_admin". New ones pass.
	PermissionSet *string
	// ProjectID is nil when AllProjects is true.
	ProjectID   *int64
	AllProjects bool
}

// wireServiceToken is an item of List Service Tokens. It leaves out the secret,
// which some replies have a place for.
type wireServiceToken struct {
	identified
	UID       rest.Text `json:"uid"`
	Name      rest.Text `json:"name"`
	State     rest.Int  `json:"state"`
	CreatedAt rest.Time `json:"created_at"`
	LastUsed  rest.Time `json:"last_used"`
	Grants    rest.List[struct {
		PermissionSet rest.Text `json:"permission_set"`
		// ProjectID is null for all projects. Only the permissions of a single
		// token say it in a field of its own.
		ProjectID rest.Int `json:"project_id"`
	}] `json:"permission_grants"`
}

// ServiceTokens returns the service tokens of the account, sorted by id,
// without those that were deleted. The slice is shared by all callers and must
// not be changed. The error is a *rest.Error, or a *rest.IncompleteError when
// rows were missing.
//
// Operation List Service Tokens, version 3.
func (c *Client) ServiceTokens(ctx context.Context) ([]ServiceToken, error) {
	return c.serviceTokens.Get(ctx, func(ctx context.Context) ([]ServiceToken, error) {
		rows, err := listAll(ctx, c, "dbt Cloud service tokens", c.path("v3", "service-tokens"), url.Values{}, rest.AsSent[wireServiceToken])
		if err != nil {
			return nil, err
		}
		tokens := []ServiceToken{}
		for _, row := range rows {
			if !isDeleted(row.State) {
				tokens = append(tokens, row.token())
			}
		}
		slices.SortFunc(tokens, func(a, b ServiceToken) int { return cmp.Compare(a.ID, b.ID) })
		return tokens, nil
	})
}

func (t wireServiceToken) token() ServiceToken {
	token := ServiceToken{
		Gapped:    t.Gapped,
		ID:        *t.ID.Value,
		UID:       t.UID.Value,
		Name:      t.Name.Value,
		CreatedAt: t.CreatedAt.Value,
		LastUsed:  t.LastUsed.Value,
	}
	if t.Grants == nil {
		return token
	}
	token.Grants = []Grant{}
	for _, grant := range t.Grants {
		project := grant.ProjectID.Value
		token.Grants = append(token.Grants, Grant{PermissionSet: grant.PermissionSet.Value, ProjectID: project, AllProjects: project == nil})
	}
	slices.SortStableFunc(token.Grants, func(a, b Grant) int {
		return cmp.Or(comparePointers(a.PermissionSet, b.PermissionSet), comparePointers(a.ProjectID, b.ProjectID))
	})
	return token
}
