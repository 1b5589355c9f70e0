// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package dbtcloud

import (
	"cmp"
	"context"
	"net/url"
	"slices"

	"github.com/go-json-experiment/json/jsontext"

	"github.com/datastack-iam/terraform-provider-datastack/internal/rest"
)

// Invite is an invitation to the account. There is a User only once it is
// redeemed. A pointer is nil where the service returns null, "" or nothing.
type Invite struct {
	rest.Gapped
	ID          int64
	Email       *string
	LicenseType *LicenseType
	Status      *InviteStatus
	// Type is "standard" or "scim".
	Type *string
	// GroupIDs are the groups that the user will be in, sorted. It is never nil.
	GroupIDs []int64
	// CreatedAt and RedeemedAt are times as the service sent them.
	CreatedAt  *string
	RedeemedAt *string
	// groups are those of GroupIDs, as far as the service repeats them.
	groups repeatedGroups
}

// InviteStatus is how far an invite has come. A status that is newer than these
// is the service's number, such as "6".
type InviteStatus string

// The statuses of invites.
const (
	InvitePending  InviteStatus = "pending"
	InviteRedeemed InviteStatus = "redeemed"
	InviteExpired  InviteStatus = "expired"
	// InvitePendingVerification waits until the email address is verified.
	InvitePendingVerification InviteStatus = "pending_verification"
	// InviteVerifiedSSO has its email address verified by single sign-on.
	InviteVerifiedSSO InviteStatus = "verified_sso"
)

// UnmarshalJSONFrom reads 1, "1", and a name in the place of the number.
func (s *InviteStatus) UnmarshalJSONFrom(decoder *jsontext.Decoder) error {
	var status rest.Text
	err := status.UnmarshalJSONFrom(decoder)
	switch status.String() {
	case "1":
		*s = InvitePending
	case "2":
		*s = InviteRedeemed
	case "3":
		*s = InviteExpired
	case "4":
		*s = InvitePendingVerification
	case "5":
		*s = InviteVerifiedSSO
	default:
		*s = InviteStatus(status.String())
	}
	return err
}

// wireInvite is an item of List Invites.
type wireInvite struct {
	identified
	Email       rest.Text           `json:"email_address"`
	LicenseType rest.Text           `json:"license_type"`
	Status      InviteStatus        `json:"status"`
	Type        rest.Text           `json:"type"`
	GroupIDs    rest.List[rest.Int] `json:"group_ids"`
	// Groups repeats the groups of GroupIDs. In the document they have no ids.
	Groups rest.List[struct {
		ID          rest.Int     `json:"id"`
		Name        rest.Text    `json:"name"`
		Permissions repeatedJSON `json:"group_permissions"`
	}] `json:"groups"`
	CreatedAt  rest.Time `json:"created_at"`
	RedeemedAt rest.Time `json:"redeemed_at"`
}

// Invites returns the invitations of the account, redeemed and expired ones
// included, sorted by id. The slice is shared by all callers and must not be
// changed. The error is a *rest.Error, or a *rest.IncompleteError when rows
// were missing.
//
// Operation List Invites, version 2.
func (c *Client) Invites(ctx context.Context) ([]Invite, error) {
	return c.invites.Get(ctx, func(ctx context.Context) ([]Invite, error) {
		rows, err := listAll[wireInvite](ctx, c, "dbt Cloud invites", c.path("v2", "invites"), url.Values{})
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

// Open reports whether the invite can still be accepted.
func (i Invite) Open() bool {
	return i.Status == nil || *i.Status != InviteRedeemed && *i.Status != InviteExpired
}

func (i wireInvite) invite() Invite {
	invite := Invite{
		Gapped:      i.Gapped,
		ID:          *i.ID.Value,
		Email:       i.Email.Value,
		LicenseType: (*LicenseType)(i.LicenseType.Value),
		Type:        i.Type.Value,
		GroupIDs:    []int64{},
		CreatedAt:   i.CreatedAt.Value,
		RedeemedAt:  i.RedeemedAt.Value,
	}
	if i.Status != "" {
		invite.Status = &i.Status
	}
	for _, id := range i.GroupIDs {
		if id.Value != nil {
			invite.GroupIDs = append(invite.GroupIDs, *id.Value)
		}
	}
	if invite.Open() {
		invite.groups = i.groups()
	}
	slices.Sort(invite.GroupIDs)
	return invite
}

// groups returns the groups that the invite repeats, nil if it repeats none.
func (i wireInvite) groups() repeatedGroups {
	var groups repeatedGroups
	for _, group := range i.Groups {
		if group.ID.Value != nil {
			if groups == nil {
				groups = repeatedGroups{}
			}
			groups.add(*group.ID.Value, repeatedGroup{group.Name.Value, group.Permissions})
		}
	}
	return groups
}
