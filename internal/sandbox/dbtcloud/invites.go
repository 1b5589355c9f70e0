// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package dbtcloud

import "net/http"

type wireInvite struct {
	ID           int64  `json:"id"`
	AccountID    int64  `json:"account_id"`
	EmailAddress string `json:"email_address"`
	LicenseType  string `json:"license_type"`
	// Status is 1 pending, 2 redeemed, 3 expired, 4 pending verification of the
	// address, 5 address verified by single sign-on.
	Status     int             `json:"status"`
	Type       string          `json:"type"`
	GroupIDs   []int64         `json:"group_ids"`
	RedeemedAt *string         `json:"redeemed_at"`
	CreatedAt  string          `json:"created_at"`
	Account    wireAccount     `json:"account"`
	Groups     []wireGroupCore `json:"groups"`
}

// listInvites shows all invites, redeemed and expired ones included.
func (a *Account) listInvites(w http.ResponseWriter, r *http.Request) {
	writeList(w, r, a.invites)
}
