// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package dbtcloud_test

import (
	"net/http"
	"reflect"
	"testing"

	"github.com/datastack-iam/terraform-provider-datastack/internal/dbtcloud"
)

func TestLicenses(t *testing.T) {
	t.Parallel()
	const (
		developer = `"developer":{"limited":true,"over_limit":false,"total":25,"in_use":20,"available":5,"assigned":21,"enterprise_plan":true}`
		next      = `"a_type_of_next_year":{"total":"3","over_limit":"True","in_use":null}`
	)
	seats := dbtcloud.Seats{
		Total: new(int64(25)), InUse: new(int64(20)), Available: new(int64(5)), Assigned: new(int64(21)), Limited: new(true), OverLimit: new(false),
	}
	both := map[dbtcloud.LicenseType]dbtcloud.Seats{"developer": seats, "a_type_of_next_year": {Total: new(int64(3)), OverLimit: new(true)}}
	for name, test := range map[string]struct {
		data string
		want map[dbtcloud.LicenseType]dbtcloud.Seats
	}{
		"object":                 {`{` + developer + `,` + next + `}`, both},
		"list of one object":     {`[{` + developer + `,` + next + `}]`, both},
		"list of objects":        {`[{` + developer + `},null,{` + next + `}]`, both},
		"other things beside":    {`{` + developer + `,"id":1000,"plan":"enterprise","it":null}`, map[dbtcloud.LicenseType]dbtcloud.Seats{"developer": seats}},
		"a type that tells none": {`{"explorer":{}}`, map[dbtcloud.LicenseType]dbtcloud.Seats{"explorer": {}}},
		"empty object":           {`{}`, map[dbtcloud.LicenseType]dbtcloud.Seats{}},
		"empty list":             {`[]`, map[dbtcloud.LicenseType]dbtcloud.Seats{}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			client, received := serve(t, always(http.StatusOK, `{"status":{"code":200},"data":`+test.data+`}`))
			for range 2 {
				got, err := client.Licenses(t.Context())
				if err != nil || !reflect.DeepEqual(got, test.want) {
					t.Errorf("got %s and error %v, want %s", text(got), err, text(test.want))
				}
			}
			expectRequests(t, received, []string{"/api/v2/accounts/1000/licenses/"})
		})
	}
}

func TestLicensesThatCannotBeTrusted(t *testing.T) {
	t.Parallel()
	for _, data := range []string{
		`null`, `"developer"`, `7`, `["developer"]`, `{"developer":25}`, `[{"license_type":"developer","total":25}]`,
	} {
		client, _ := serve(t, always(http.StatusOK, `{"data":`+data+`}`))
		if got, err := client.Licenses(t.Context()); err == nil || got != nil {
			t.Errorf("data %s: got %s and error %v, want an error", data, text(got), err)
		}
	}
}
