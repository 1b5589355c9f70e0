// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package dbtcloud_test

import (
	"fmt"
	"net/http"
	"testing"

	"github.com/datastack-iam/terraform-provider-datastack/internal/dbtcloud"
)

func TestLicenseMaps(t *testing.T) {
	t.Parallel()
	client, received := serve(t, always(http.StatusOK, file(t, "license_maps.json")))
	var got []dbtcloud.LicenseMap
	for range 2 {
		var err error
		if got, err = client.LicenseMaps(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	expectRequests(t, received, pagesOf(licenseMapsPage, 0))
	expect(t, got, []dbtcloud.LicenseMap{
		{ID: 7, LicenseType: new(dbtcloud.LicenseDeveloper), SSOLicenseMappingGroups: []string{}},
		{ID: 62, LicenseType: new(dbtcloud.LicenseReadOnly), SSOLicenseMappingGroups: []string{"idp-finance", "idp-marketing"}},
		{ID: 64, LicenseType: new(dbtcloud.LicenseType("a_type_of_next_year")), SSOLicenseMappingGroups: []string{"idp-one"}},
		{ID: 65, SSOLicenseMappingGroups: []string{}},
	})
}

func TestLicenseMapsInPages(t *testing.T) {
	t.Parallel()
	rows := make([]string, 150)
	for i := range rows {
		rows[i] = fmt.Sprintf(`{"id":%d}`, 150-i)
	}
	client, received := serve(t, inPages(t, rows, "150"))
	licenseMaps, err := client.LicenseMaps(t.Context())
	if err != nil || len(licenseMaps) != 150 || licenseMaps[0].ID != 1 || licenseMaps[149].ID != 150 {
		t.Errorf("got %d license maps and error %v, want 150 sorted by id", len(licenseMaps), err)
	}
	expectRequests(t, received, pagesOf(licenseMapsPage, 0, 100))
}
