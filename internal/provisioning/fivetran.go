// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

// Package provisioning is the life of a user in a service: invite or adopt,
// change, delete. Each is done once, guarded, compared with what the service
// answers, and settled where the answer is lost. It knows no Terraform.
package provisioning

import (
	"context"
	"time"

	"github.com/datastack-iam/terraform-provider-datastack/internal/casefold"
	"github.com/datastack-iam/terraform-provider-datastack/internal/fivetran"
)

// Fivetran is the users of one Fivetran account. There is one for each process
// of the provider, and it is safe for concurrent use.
type Fivetran struct {
	*Run

	client    *fivetran.Client
	directory directory[users]
	// settlePause is how long after a lost answer the service is asked again,
	// and hurriedPause the same after Ctrl-C.
	settlePause, hurriedPause time.Duration
	// administrators holds what could take away the last Account Administrator
	// to one change at a time.
	administrators chan struct{}
}

// The pauses before a second look at what became of a lost change. A gateway
// that gave up leaves the service working for some seconds; after Ctrl-C a CLI
// is left waiting no longer than it takes to write the state.
const (
	settlePause  = 5 * time.Second
	hurriedPause = time.Second
)

// NewFivetran returns the users of the client's account. It sends nothing.
func NewFivetran(client *fivetran.Client) *Fivetran {
	f := &Fivetran{Run: NewRun(), client: client, administrators: make(chan struct{}, 1), settlePause: settlePause, hurriedPause: hurriedPause}
	f.directory.read = f.list
	return f
}

// users is everyone in an account, with an index by folded address.
type users struct {
	all       []fivetran.User
	byAddress map[string]int
}

func (f *Fivetran) list(ctx context.Context, fresh bool) (users, error) {
	if fresh {
		f.client.ForgetUsers()
	}
	all, err := f.client.Users(ctx)
	if err != nil {
		return users{}, err
	}
	listed := users{all, make(map[string]int, len(all))}
	for i, user := range all {
		if user.Email != nil {
			listed.byAddress[casefold.Fold(*user.Email)] = i
		}
	}
	return listed, nil
}

func (u users) find(address string) (fivetran.User, bool) {
	i, ok := u.byAddress[casefold.Fold(address)]
	if !ok {
		return fivetran.User{}, false
	}
	return u.all[i], true
}

// Find looks an address up in a listing that all who plan share. A user that
// this run deleted is not found.
func (f *Fivetran) Find(ctx context.Context, address string) (fivetran.User, bool, error) {
	listed, err := f.directory.since(ctx, time.Time{})
	if err != nil {
		return fivetran.User{}, false, err
	}
	user, ok := listed.find(address)
	if !ok || f.Deleted(user.ID) {
		return fivetran.User{}, false, nil
	}
	return user, true, nil
}

// Result is how an operation ended.
type Result struct {
	Case Case
	// User is the user as the service shows them, the zero User where it does
	// not.
	User fivetran.User
	// Differences are what was sent and came back otherwise.
	Differences []Difference
}

// Case is what an operation came to.
type Case int

const (
	// Refused is a change that the service, or a guard, did not allow.
	Refused Case = iota
	// Unsent is a change of which nothing can have been carried out: it never
	// reached the service, or a rate limit turned it away.
	Unsent
	// Uncertain is a change that may have been carried out, or may yet be.
	Uncertain
	// Invited is a user who is in the account since this invite.
	Invited
	// AlreadyThere is a user who was in the account before the invite.
	AlreadyThere
	// Adopted is a user who was in the account, and is as wanted now.
	Adopted
	// Taken is a user that this run has invited or adopted for another resource.
	Taken
	// Gone is a user who is not in the account any more.
	Gone
	// Changed is a user after a change.
	Changed
	// Removed is a user who was deleted.
	Removed
	// Kept is a user who was not deleted, as this run invited or adopted them.
	Kept
	// Added is a user who is a member of a team or group since this run.
	Added
)
