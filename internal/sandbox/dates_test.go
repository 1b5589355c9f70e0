// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package sandbox

import (
	"regexp"
	"slices"
	"testing"
	"time"
)

// seedPaths have all dates of the seed.
var seedPaths = []string{
	v3 + "/users/", v3 + "/groups/?include_related=group_permissions", v3 + "/license-maps/", v3 + "/service-tokens/", v3 + "/scim-config/tokens/", v2 + "/invites/",
	"/api/v2/accounts/", usersPath, groupsPath, "/scim/v2/Users", "/scim/v2/Groups", "/v1/users", "/v1/groups", "/v1/teams/tidy_anvil/users",
	"/v1/teams/loud_cedar/groups", "/v1/teams/loud_cedar/connections", "/v1/users/ferry_blink/connections", "/v1/groups/serving_iodine/users",
}

var datePattern = regexp.MustCompile(`\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z`)

func TestSeedIsAsOldOnEveryDay(t *testing.T) {
	t.Parallel()
	for what, skew := range map[string]time.Duration{"today": 0, "with a clock ahead": 30 * 24 * time.Hour} {
		c := start(t, Options{ClockSkew: skew})
		now, newest := time.Now().Add(skew), time.Time{}
		for _, path := range seedPaths {
			for _, text := range datePattern.FindAllString(c.get(path).raw, -1) {
				moment, err := time.Parse(time.RFC3339Nano, text)
				if err != nil || !moment.Before(now) {
					t.Errorf("%s: GET %s: got %s, %v, want a time before now", what, path, text, err)
				}
				if moment.After(newest) {
					newest = moment
				}
			}
		}
		if age := now.Sub(newest); age > 48*time.Hour {
			t.Errorf("%s: newest date of the seed: got %s ago, want at most two days", what, age)
		}
	}
}

func TestSeedOfAFixedDay(t *testing.T) {
	t.Parallel()
	c, again := start(t, Options{Today: SeedDay()}), start(t, Options{Today: SeedDay()})
	for _, path := range seedPaths {
		if once, twice := c.get(path).raw, again.get(path).raw; once != twice {
			t.Errorf("GET %s: got two answers, want one", path)
		}
	}
	created := word(t, c.get("/v1/users/gravel_hum").json, "data", "created_at")
	if want := "2024-01-02T08:07:13.008919Z"; created != want {
		t.Errorf("created_at: got %s, want %s", created, want)
	}
	later := start(t, Options{Today: SeedDay().AddDate(0, 0, 7)})
	if got, want := word(t, later.get("/v1/users/gravel_hum").json, "data", "created_at"), "2024-01-09T08:07:13.008919Z"; got != want {
		t.Errorf("created_at a week later: got %s, want %s", got, want)
	}
	if dates := datePattern.FindAllString(c.get(v3+"/users/").raw, -1); !slices.ContainsFunc(dates, func(text string) bool { return text > "2026-09" }) {
		t.Error("last logins: got none since September, want some")
	}
}
