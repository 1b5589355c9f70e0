// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

// Package identity joins the people of dbt Cloud, RudderStack and Fivetran, so
// that everyone is there once, whatever systems they are in. It reads nothing
// itself.
package identity

import (
	"cmp"
	"slices"
	"strings"

	"github.com/datastack-iam/terraform-provider-datastack/internal/casefold"
)

// account is what one system has of one person, or of a machine.
type account struct {
	// email is the address by which the person is known, "" for none.
	email  string
	status *string
	// Unmatched is how it is shown where no person has it.
	Unmatched
	// show gives it to the person.
	show func(*Person)
}

// Join returns the people of all systems, sorted by address, and the accounts
// that no person shows, sorted by system, then by name without case, then by
// id. Every account is in exactly one of the two, except for invites to dbt
// Cloud that let nobody in: they are in neither.
//
// A person who has several accounts in one system is shown with the one that
// is active, else with the one that is still invited; of equals, with the one
// of the lowest id. The others are unmatched.
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

// rank orders accounts of one person in one system by what they allow.
func rank(status *string) int {
	switch {
	case status != nil && *status == "active":
		return 0
	case status != nil && *status == "invited":
		return 1
	default:
		return 2
	}
}

// compareIDs orders numbers by their value.
func compareIDs(a, b string) int {
	return cmp.Or(cmp.Compare(len(a), len(b)), strings.Compare(a, b))
}
