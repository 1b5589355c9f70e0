// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package sandbox

import (
	"cmp"
	"net/http"
)

type dbtInvite struct {
	ID           int64  `json:"id"`
	AccountID    int64  `json:"account_id"`
	EmailAddress string `json:"email_address"`
	LicenseType  string `json:"license_type"`
	// Status is 1 pending, 2 redeemed, 3 expired, 4 pending verification of the
	// address, 5 address verified by single sign-on.
	Status     int            `json:"status"`
	Type       string         `json:"type"`
	GroupIDs   []int64        `json:"group_ids"`
	RedeemedAt *string        `json:"redeemed_at"`
	CreatedAt  string         `json:"created_at"`
	Account    dbtAccount     `json:"account"`
	Groups     []dbtGroupCore `json:"groups"`
}

// dbtSeats is how much of one licence type is bought and used.
type dbtSeats struct {
	Limited        bool `json:"limited"`
	OverLimit      bool `json:"over_limit"`
	Total          int  `json:"total"`
	InUse          int  `json:"in_use"`
	Available      int  `json:"available"`
	Assigned       int  `json:"assigned"`
	EnterprisePlan bool `json:"enterprise_plan"`
}

type dbtLicenseMap struct {
	ID                      int64    `json:"id"`
	AccountID               int64    `json:"account_id"`
	LicenseType             string   `json:"license_type"`
	State                   int      `json:"state"`
	SSOLicenseMappingGroups []string `json:"sso_license_mapping_groups"`
	CreatedAt               string   `json:"created_at"`
	UpdatedAt               string   `json:"updated_at"`
}

var dbtInviteOrders = dbtOrders[*dbtInvite]{
	"id":            func(a, b *dbtInvite) int { return cmp.Compare(a.ID, b.ID) },
	"created_at":    func(a, b *dbtInvite) int { return cmp.Compare(a.CreatedAt, b.CreatedAt) },
	"email_address": func(a, b *dbtInvite) int { return cmp.Compare(a.EmailAddress, b.EmailAddress) },
}

// listInvites shows all invites, redeemed and expired ones included.
func (d *dbtCloud) listInvites(w http.ResponseWriter, r *http.Request) {
	dbtList(w, r, d.invites, dbtInviteOrders)
}

func (d *dbtCloud) showInvite(w http.ResponseWriter, r *http.Request) {
	if invite, ok := dbtOne(w, r, d.invites, func(i *dbtInvite) int64 { return i.ID }); ok {
		dbtSuccess(w, invite, nil)
	}
}

// listSeats answers with an object keyed by licence type, where the
// specification has an array.
func (d *dbtCloud) listSeats(w http.ResponseWriter, _ *http.Request) {
	dbtSuccess(w, d.seats, &dbtExtra{
		Filters:    map[string]any{"account_id": DBTCloudAccount},
		OrderBy:    "id",
		Pagination: dbtPagination{Count: len(d.seats), TotalCount: len(d.seats)},
	})
}

var dbtLicenseMapOrders = dbtOrders[*dbtLicenseMap]{
	"id":           func(a, b *dbtLicenseMap) int { return cmp.Compare(a.ID, b.ID) },
	"license_type": func(a, b *dbtLicenseMap) int { return cmp.Compare(a.LicenseType, b.LicenseType) },
}

func (d *dbtCloud) listLicenseMaps(w http.ResponseWriter, r *http.Request) {
	rows, err := dbtWhere(r.URL.Query(), d.licenseMaps,
		func(m *dbtLicenseMap) int64 { return m.ID }, func(m *dbtLicenseMap) int { return m.State })
	if err != nil {
		dbtFail(w, http.StatusBadRequest, err.Error())
		return
	}
	dbtList(w, r, rows, dbtLicenseMapOrders)
}

func (d *dbtCloud) showLicenseMap(w http.ResponseWriter, r *http.Request) {
	if m, ok := dbtOne(w, r, d.licenseMaps, func(m *dbtLicenseMap) int64 { return m.ID }); ok {
		dbtSuccess(w, m, nil)
	}
}
