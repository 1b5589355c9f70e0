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

// ServiceToken is a service token of the account, without its secret. A
// pointer is nil where the service said null or nothing.
type ServiceToken struct {
	ID int64
	// UID is the service's other id for it, no secret.
	UID  *string
	Name *string
	// CreatedAt and LastUsed are times as the service sent them. LastUsed is nil
	// for a token that was never used.
	CreatedAt *string
	LastUsed  *string
	// Grants are sorted by set and project. It is nil when not told.
	Grants []Grant
}

// Grant is what a service token may do, in one project or in all.
type Grant struct {
	// PermissionSet is the service's word, such as "job_admin". New ones pass.
	PermissionSet *string
	// ProjectID is nil when AllProjects is true.
	ProjectID   *int64
	AllProjects bool
}

// wireServiceToken leaves out the secret, which some answers have a place for.
type wireServiceToken struct {
	row
	UID       *string  `json:"uid"`
	Name      *string  `json:"name"`
	State     rest.Int `json:"state"`
	CreatedAt *string  `json:"created_at"`
	LastUsed  *string  `json:"last_used"`
	Grants    []*struct {
		PermissionSet *string `json:"permission_set"`
		// ProjectID is null for all projects. Only the permissions of a single
		// token say it in a field of its own.
		ProjectID rest.Int `json:"project_id"`
	} `json:"permission_grants"`
}

// ServiceTokens returns the service tokens of the account, sorted by id,
// without those that were deleted. The slice is shared by all callers and must
// not be changed. The error is a *rest.Error, or a *rest.IncompleteError when
// rows were missing.
func (c *Client) ServiceTokens(ctx context.Context) ([]ServiceToken, error) {
	return c.serviceTokens.Get(ctx, func(ctx context.Context) ([]ServiceToken, error) {
		rows, err := list[wireServiceToken](ctx, c, "dbt Cloud service tokens", c.path("v3", "service-tokens"), url.Values{})
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
	token := ServiceToken{ID: *t.ID.Value, UID: t.UID, Name: t.Name, CreatedAt: t.CreatedAt, LastUsed: t.LastUsed}
	if t.Grants == nil {
		return token
	}
	token.Grants = []Grant{}
	for _, grant := range t.Grants {
		if grant != nil {
			project := grant.ProjectID.Value
			token.Grants = append(token.Grants, Grant{grant.PermissionSet, project, project == nil})
		}
	}
	slices.SortStableFunc(token.Grants, func(a, b Grant) int {
		return cmp.Or(comparePointers(a.PermissionSet, b.PermissionSet), comparePointers(a.ProjectID, b.ProjectID))
	})
	return token
}
