// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package dbtcloud

import "net/http"

// wireSeats is how much of one license type is bought and used.
type wireSeats struct {
	Limited        bool `json:"limited"`
	OverLimit      bool `json:"over_limit"`
	Total          int  `json:"total"`
	InUse          int  `json:"in_use"`
	Available      int  `json:"available"`
	Assigned       int  `json:"assigned"`
	EnterprisePlan bool `json:"enterprise_plan"`
}

// listSeats answers with an object keyed by license type, where the service's
// OpenAPI document has an array.
func (a *Account) listSeats(w http.ResponseWriter, _ *http.Request) {
	succeed(w, a.seats, &listExtra{
		Filters:    map[string]any{"account_id": AccountID},
		OrderBy:    "id",
		Pagination: wirePagination{len(a.seats), len(a.seats)},
	})
}

type wireLicenseMap struct {
	ID                      int64    `json:"id"`
	AccountID               int64    `json:"account_id"`
	LicenseType             string   `json:"license_type"`
	State                   int      `json:"state"`
	SSOLicenseMappingGroups []string `json:"sso_license_mapping_groups"`
	CreatedAt               string   `json:"created_at"`
	UpdatedAt               string   `json:"updated_at"`
}

func (a *Account) listLicenseMaps(w http.ResponseWriter, r *http.Request) {
	rows, err := inState(r.URL.Query(), a.licenseMaps, func(m *wireLicenseMap) int { return m.State })
	if err != nil {
		refuseBecause(w, http.StatusBadRequest, err.Error())
		return
	}
	writeList(w, r, rows)
}

func (a *Account) showLicenseMap(w http.ResponseWriter, r *http.Request) {
	if m, ok := findRow(w, r, a.licenseMaps, func(m *wireLicenseMap) int64 { return m.ID }); ok {
		succeed(w, m, nil)
	}
}
