// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

// Package identity joins the users of dbt Cloud, RudderStack and Fivetran to
// people, so that each person is there once, and lists what each may do. It reads
// nothing itself.
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
	// service says that the service calls it a service account.
	service bool
	// stranger says that it is a member of a team and not in the list of users.
	stranger bool
	// expired says that it is an invite that cannot be accepted any more.
	expired bool
	// Unmatched is how the account is shown where no person has it. Its type is
	// not set yet.
	Unmatched
	holder
}

// holder is an account as its service has it.
type holder interface {
	// show adds the account to the person.
	show(*Person)
	// grant adds what the account gives.
	grant(*grantee)
}

// Join returns the people of all services, sorted by email address, and the
// accounts that no person shows, sorted by service, then by name without case,
// then by id. Every account is in exactly one of the two, except for invites to
// dbt Cloud that give no access: those that were redeemed, those of users, and
// expired ones of people who are in no other service.
//
// A person who has several accounts in one service is shown with the active one,
// else with the one that is still invited; of equals, with the one of the lowest
// id. The others are unmatched. So are service accounts, and whatever has no email
// address.
//
// Neither slice is nil, and both are the same for sources in any order.
func Join(sources Sources, aliases Aliases) ([]Person, []Unmatched) {
	matched, others := sources.match(aliases)
	people := []Person{}
	for _, a := range matched {
		if last := len(people) - 1; last < 0 || people[last].Email != a.email {
			people = append(people, Person{Email: a.email})
		}
		person := &people[len(people)-1]
		person.Systems = append(person.Systems, a.System)
		a.show(person)
	}
	unmatched := make([]Unmatched, len(others))
	for i, a := range others {
		unmatched[i] = a.Unmatched
	}
	slices.SortFunc(unmatched, func(a, b Unmatched) int {
		return cmp.Or(strings.Compare(a.System, b.System), casefold.CompareNames(a.Name, b.Name), compareIDs(a.ID, b.ID))
	})
	return people, unmatched
}

// match returns the accounts that people have, at most one in each service,
// sorted by email address and service, and those that no person has, in the order
// of services and ids.
func (s Sources) match(aliases Aliases) (matched, unmatched []account) {
	accounts := s.accounts(aliases)
	for i := range accounts {
		if accounts[i].service {
			accounts[i].email = ""
		}
	}
	slices.SortFunc(accounts, func(a, b account) int {
		return cmp.Or(
			strings.Compare(a.email, b.email),
			strings.Compare(a.System, b.System),
			cmp.Compare(rank(a.status), rank(b.status)),
			compareIDs(a.ID, b.ID),
		)
	})
	matched = accounts[:0:0]
	for i, a := range accounts {
		before := i > 0 && accounts[i-1].email == a.email
		after := i+1 < len(accounts) && accounts[i+1].email == a.email
		switch {
		case a.email == "":
			a.Type = ServiceAccount
			if a.stranger {
				a.Type = TeamMember
			}
			unmatched = append(unmatched, a)
		case before && accounts[i-1].System == a.System:
			a.Type = User
			unmatched = append(unmatched, a)
		case a.expired && !before && !after: // the person is nowhere else
		default:
			matched = append(matched, a)
		}
	}
	slices.SortStableFunc(unmatched, func(a, b account) int {
		return cmp.Or(strings.Compare(a.System, b.System), compareIDs(a.ID, b.ID))
	})
	return matched, unmatched
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
