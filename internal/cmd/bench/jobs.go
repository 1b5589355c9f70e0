// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"strconv"
	"strings"
)

// job is one thing that people do with the provider.
type job struct {
	name string
	// people is how many there are in each system.
	people int
	// config uses TYPE, which is typ, and floor with the provider that costs
	// nothing.
	config, typ, floor string
	// before is what is done before the clock starts.
	before [][]string
	timed  []string
	// replies is the least number that have to be waited for one after another.
	replies int
}

const (
	lookUps = `data "TYPE" "each" {
  for_each = toset([for n in range(1, 101) : format("person.%05d@northwind.example", n)])
  email    = each.key
}`
	list    = `data "TYPE" "all" {}`
	invites = `resource "TYPE" "each" {
  for_each    = toset([for n in range(COUNT) : format("new.%05d@northwind.example", n)])
  email       = each.key
  given_name  = "New"
  family_name = "Person"
}`
)

var (
	plan  = []string{"plan", "-input=false"}
	apply = []string{"apply", "-input=false", "-auto-approve"}
)

// In the lists, page 1 is waited for, then the others, eight at a time.
var jobs = []job{
	{"100 look-ups among 1,000 dbt Cloud users", 1_000, lookUps, "datastack_dbtcloud_user", "floor_user", nil, plan, 1 + 2},
	{"all of 2,000 dbt Cloud users", 2_000, list, "datastack_dbtcloud_users", "floor_users", nil, plan, 1 + 3},
	{"all of 10,000 dbt Cloud users", 10_000, list, "datastack_dbtcloud_users", "floor_users", nil, plan, 1 + 13},
	{"all of 50,000 dbt Cloud users", 50_000, list, "datastack_dbtcloud_users", "floor_users", nil, plan, 1 + 63},
	{"all of 10,000 RudderStack users", 10_000, list, "datastack_rudderstack_scim_users", "floor_users", nil, plan, 1 + 13},
	{"identities of 20,000 people in each system", 20_000, list, "datastack_identities", "floor_users", nil, plan, 1 + 25 + 1},
	{"invite 300 people to Fivetran", 1_000, people(300), "datastack_fivetran_user_invite", "floor_invite", nil, apply, 30},
	{"refresh 300 Fivetran invites", 500, people(300), "datastack_fivetran_user_invite", "floor_invite", [][]string{apply}, plan, 1},
	{"refresh 1 invite among 10,000 Fivetran users", 10_000, people(1), "datastack_fivetran_user_invite", "floor_invite", [][]string{apply}, plan, 1},
}

func people(count int) string { return strings.ReplaceAll(invites, "COUNT", strconv.Itoa(count)) }
