// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

// Package identity joins the users of dbt Cloud, RudderStack and Fivetran to
// people, so that each person is there once. It reads nothing itself.
package identity

import (
	"cmp"
	"slices"
	"strings"

	"github.com/datastack-iam/terraform-provider-datastack/internal/casefold"
	"github.com/datastack-iam/terraform-provider-datastack/internal/rest"
)

// account is a user of one service: a person's, or a service account.
type account struct {
	// email is the address by which the person is known, "" for none.
	email  string
	status *rest.UserStatus
	// Unmatched is how the account is shown where no person has it.
	Unmatched
	// show adds the account to the person.
	show func(*Person)
}

// Join returns the people of all services, sorted by email address, and the
// accounts that no person shows, sorted by service, then by name without case,
// then by id. Every account is in exactly one of the two, except for invites to
// dbt Cloud that give no access: they are in neither.
//
// A person who has several accounts in one service is shown with the active one,
// else with the one that is still invited; of equals, with the one of the lowest
// id. The others are unmatched.
//
// Neither slice is nil, and both are the same for sources in any order.
func Join(sources Sources, aliases Aliases) ([]Person, []Unmatched) {
	accounts := sources.accounts(aliases)
	slices.SortFunc(accounts, func(a, b account) int {
		return cmp.Or(
			strings.Compare(a.email, b.email),
			strings.Compare(a.System, b.System),
			cmp.Compare(rank(a.status), rank(b.status)),
			compareIDs(a.ID, b.ID),
		)
	})
	people, unmatched := []Person{}, []Unmatched{}
	var before account
	for _, a := range accounts {
		if a.email == "" || a.email == before.email && a.System == before.System {
			unmatched = append(unmatched, a.Unmatched)
			continue
		}
		if a.email != before.email {
			people = append(people, Person{Email: a.email})
		}
		person := &people[len(people)-1]
		person.Systems = append(person.Systems, a.System)
		a.show(person)
		before = a
	}
	slices.SortFunc(unmatched, func(a, b Unmatched) int {
		return cmp.Or(strings.Compare(a.System, b.System), casefold.CompareNames(a.Name, b.Name), compareIDs(a.ID, b.ID))
	})
	return people, unmatched
}

// rank orders accounts of one person in one service by what they allow.
func rank(status *rest.UserStatus) int {
	switch {
	case status != nil && *status == rest.UserActive:
		return 0
	case status != nil && *status == rest.UserInvited:
		return 1
	default:
		return 2
	}
}

// compareIDs orders numbers by their value.
func compareIDs(a, b string) int {
	return cmp.Or(cmp.Compare(len(a), len(b)), strings.Compare(a, b))
}
