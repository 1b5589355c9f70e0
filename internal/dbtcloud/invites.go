// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package dbtcloud

import (
	"cmp"
	"context"
	"encoding/json"
	"net/url"
	"slices"
	"strconv"

	"github.com/datastack-iam/terraform-provider-datastack/internal/rest"
)

// Invite is an invitation to the account. Only once it is redeemed is there a
// User. A pointer is nil where the service said null or nothing.
type Invite struct {
	ID          int64
	Email       *string
	LicenseType *string
	// Status is "pending", "redeemed", "expired", "pending_verification",
	// "verified_sso", or the service's number where that is a newer one.
	Status *string
	// Type is "standard" or "scim".
	Type *string
	// GroupIDs are the groups that the person is going to be in, sorted. It is
	// never nil.
	GroupIDs []int64
	// CreatedAt and RedeemedAt are times as the service sent them.
	CreatedAt  *string
	RedeemedAt *string
}

type wireInvite struct {
	row
	Email       *string      `json:"email_address"`
	LicenseType *string      `json:"license_type"`
	Status      inviteStatus `json:"status"`
	Type        *string      `json:"type"`
	GroupIDs    []rest.Int   `json:"group_ids"`
	CreatedAt   *string      `json:"created_at"`
	RedeemedAt  *string      `json:"redeemed_at"`
}

// inviteStatus is the number of a status, read as its name.
type inviteStatus struct{ name *string }

// UnmarshalJSON reads 1, "1", and a name in the place of the number.
func (s *inviteStatus) UnmarshalJSON(data []byte) error {
	var number rest.Int
	if err := number.UnmarshalJSON(data); err != nil || number.Value == nil {
		return json.Unmarshal(data, &s.name)
	}
	names := []string{1: "pending", 2: "redeemed", 3: "expired", 4: "pending_verification", 5: "verified_sso"}
	name := strconv.FormatInt(*number.Value, 10)
	if n := *number.Value; 0 < n && n < int64(len(names)) {
		name = names[n]
	}
	s.name = &name
	return nil
}

// Invites returns the invitations of the account, redeemed and expired ones
// included, sorted by id. The slice is shared by all callers and must not be
// changed. The error is a *rest.Error, or a *rest.IncompleteError when rows
// were missing.
func (c *Client) Invites(ctx context.Context) ([]Invite, error) {
	return c.invites.Get(ctx, func(ctx context.Context) ([]Invite, error) {
		rows, err := list[wireInvite](ctx, c, "dbt Cloud invites", c.path("v2", "invites"), url.Values{})
		if err != nil {
			return nil, err
		}
		invites := make([]Invite, len(rows))
		for i, row := range rows {
			invites[i] = row.invite()
		}
		slices.SortFunc(invites, func(a, b Invite) int { return cmp.Compare(a.ID, b.ID) })
		return invites, nil
	})
}

func (i wireInvite) invite() Invite {
	invite := Invite{
		ID:          *i.ID.Value,
		Email:       i.Email,
		LicenseType: i.LicenseType,
		Status:      i.Status.name,
		Type:        i.Type,
		GroupIDs:    []int64{},
		CreatedAt:   i.CreatedAt,
		RedeemedAt:  i.RedeemedAt,
	}
	for _, id := range i.GroupIDs {
		if id.Value != nil {
			invite.GroupIDs = append(invite.GroupIDs, *id.Value)
		}
	}
	slices.Sort(invite.GroupIDs)
	return invite
}
