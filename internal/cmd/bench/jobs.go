// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"strconv"
	"strings"
)

// job is one thing that users do with the provider.
type job struct {
	name string
	// people is the number of users in each service.
	people int
	// config has TYPE in place of a type's name: typ for the provider, floor for
	// the provider that does no work.
	config, typ, floor string
	// before are the commands before the clock starts.
	before [][]string
	// timed is the command that the benchmark times.
	timed []string
	// replies is the least number of replies that the provider must wait for one
	// after another.
	replies int
}

const (
	lookupConfig = `data "TYPE" "each" {
  for_each = toset([for n in range(1, 101) : format("person.%05d@northwind.example", n)])
  email    = each.key
}`
	listConfig   = `data "TYPE" "all" {}`
	inviteConfig = `resource "TYPE" "each" {
  for_each    = toset([for n in range(COUNT) : format("new.%05d@northwind.example", n)])
  email       = each.key
  given_name  = "New"
  family_name = "Person"
}`
)

var (
	planCommand  = []string{"plan", "-input=false"}
	applyCommand = []string{"apply", "-input=false", "-auto-approve"}
)

// A list waits for page 1, and then for the other pages, eight at a time.
var benchmarkJobs = []job{
	{
		name: "100 lookups among 1,000 dbt Cloud users", people: 1_000,
		config: lookupConfig, typ: "datastack_dbtcloud_user", floor: "floor_user",
		timed: planCommand, replies: 1 + 2,
	},
	{
		name: "all of 2,000 dbt Cloud users", people: 2_000,
		config: listConfig, typ: "datastack_dbtcloud_users", floor: "floor_users",
		timed: planCommand, replies: 1 + 3,
	},
	{
		name: "all of 10,000 dbt Cloud users", people: 10_000,
		config: listConfig, typ: "datastack_dbtcloud_users", floor: "floor_users",
		timed: planCommand, replies: 1 + 13,
	},
	{
		name: "all of 50,000 dbt Cloud users", people: 50_000,
		config: listConfig, typ: "datastack_dbtcloud_users", floor: "floor_users",
		timed: planCommand, replies: 1 + 63,
	},
	{
		name: "all of 10,000 RudderStack users", people: 10_000,
		config: listConfig, typ: "datastack_rudderstack_scim_users", floor: "floor_users",
		timed: planCommand, replies: 1 + 13,
	},
	{
		name: "identities of 20,000 users in each service", people: 20_000,
		config: listConfig, typ: "datastack_identities", floor: "floor_users",
		timed: planCommand, replies: 1 + 25 + 1,
	},
	{
		name: "invite 300 users to Fivetran", people: 1_000,
		config: invitesConfig(300), typ: "datastack_fivetran_user_invite", floor: "floor_invite",
		timed: applyCommand, replies: 30,
	},
	{
		name: "refresh 300 Fivetran invites", people: 500,
		config: invitesConfig(300), typ: "datastack_fivetran_user_invite", floor: "floor_invite",
		before: [][]string{applyCommand},
		timed:  planCommand, replies: 1,
	},
	{
		name: "refresh 1 invite among 10,000 Fivetran users", people: 10_000,
		config: invitesConfig(1), typ: "datastack_fivetran_user_invite", floor: "floor_invite",
		before: [][]string{applyCommand},
		timed:  planCommand, replies: 1,
	},
}

func invitesConfig(count int) string {
	return strings.ReplaceAll(inviteConfig, "COUNT", strconv.Itoa(count))
}
