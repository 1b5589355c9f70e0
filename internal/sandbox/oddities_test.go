// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package sandbox

import (
	"strings"
	"testing"
)

// TestEveryOddityPlays compares what the services answer with and without each
// oddity.
func TestEveryOddityPlays(t *testing.T) {
	t.Parallel()
	const person = "/2BLsP9a9NE1Yqn2RQX0ydDubv6b"
	paths := []string{
		v3 + "/users/?offset=0", v3 + "/users/?offset=100", v3 + "/groups/?include_related=group_permissions",
		"/scim/v2/Users?startIndex=1&count=100", "/scim/v2/Users?startIndex=101&count=100", "/scim/v2/Users?startIndex=131&count=100",
		"/scim/v2/Users?filter=userName%20eq%20%22nobody%22", "/scim/v2/Users?sortBy=id", "/scim/v2/Users" + person,
		"/scim/v2/Groups?startIndex=1&count=100", "/scim/v2/Groups?startIndex=1&count=1",
		"/v1/users?limit=1000", "/v1/users?limit=20&cursor=eyJza2lwIjoyMH0",
	}
	plain := start(t, Options{People: 130, Today: SeedDay()})
	regular := map[string]string{}
	for _, path := range paths {
		regular[path] = plain.get(path).raw
	}
	names := map[string]bool{}
	for _, oddity := range Oddities {
		if names[oddity.Name] || oddity.About == "" || oddity.Does == "" {
			t.Errorf("%+v: want a name of its own, and what it does", oddity)
		}
		names[oddity.Name] = true
		chosen, err := ChooseOddities(oddity.Name)
		if err != nil {
			t.Fatal(err)
		}
		odd, differ := start(t, Options{People: 130, Today: SeedDay(), Oddities: chosen}), 0
		for _, path := range paths {
			got, err := odd.do(odd.request("GET", path, ""))
			if err != nil {
				t.Fatal(err)
			}
			if got.raw != regular[path] {
				differ++
				if !strings.HasPrefix(path, oddity.Path) {
					t.Errorf("%s: GET %s is another reply too", oddity.Name, path)
				}
			}
		}
		if differ == 0 {
			t.Errorf("%s: got the regular replies", oddity.Name)
		}
		odd.call("PATCH", "/v1/users/gravel_hum", `{"phone":"1"}`, 200) // Changes are not played with.
	}
}

func TestChooseOddities(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		names string
		want  string // of what is chosen, or the error
	}{
		{"", ""},
		{"dbt-bom", "dbt-bom"},
		{"dbt-bom dbt-zero-date scim-groups-500 dbt-bom", "dbt-zero-date dbt-bom scim-groups-500"},
		{"scim-groups-405 scim-groups-400", "scim-groups-400 and scim-groups-405 are both about SCIM groups; choose one of them"},
		{"dbt-bom no-such", `unknown oddity "no-such"; valid values: dbt-failure-at-200, dbt-offset-ignored, `},
	} {
		chosen, err := ChooseOddities(strings.Fields(test.names)...)
		var got []string
		for _, oddity := range chosen {
			got = append(got, oddity.Name)
		}
		if err != nil {
			got = []string{err.Error()}
		}
		if joined := strings.Join(got, " "); joined != test.want && (err == nil || !strings.HasPrefix(joined, test.want)) {
			t.Errorf("%q: got %s, want %s", test.names, joined, test.want)
		}
	}
}
