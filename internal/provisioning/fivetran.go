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
	pauses

	client    *fivetran.Client
	directory directory[userIndex]
	// administrators holds what could take away the last Account Administrator
	// to one change at a time.
	administrators chan struct{}
}

// NewFivetran returns the users of the client's account. It sends nothing.
func NewFivetran(client *fivetran.Client) *Fivetran {
	f := &Fivetran{Run: NewRun(), pauses: newPauses(), client: client, administrators: make(chan struct{}, 1)}
	f.directory.read = f.list
	return f
}

// userIndex is everyone in an account, with an index by folded address.
type userIndex struct {
	all       []fivetran.User
	byAddress map[string]int
}

func (f *Fivetran) list(ctx context.Context, fresh bool) (userIndex, error) {
	if fresh {
		f.client.ForgetUsers()
	}
	all, err := f.client.Users(ctx)
	if err != nil {
		return userIndex{}, err
	}
	listed := userIndex{all, make(map[string]int, len(all))}
	for i, user := range all {
		if user.Email != nil {
			listed.byAddress[casefold.Fold(*user.Email)] = i
		}
	}
	return listed, nil
}

func (u userIndex) find(address string) (fivetran.User, bool) {
	i, ok := u.byAddress[casefold.Fold(address)]
	if !ok {
		return fivetran.User{}, false
	}
	return u.all[i], true
}

// Find looks an address up in a listing that all who plan share. A user that
// this run deleted is not found.
func (f *Fivetran) Find(ctx context.Context, address string) (fivetran.User, bool, error) {
	return f.since(ctx, address, time.Time{})
}

// Result is how an operation on a user of Fivetran ended.
type Result = ResultOf[fivetran.User]
