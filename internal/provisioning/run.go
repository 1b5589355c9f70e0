// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package provisioning

import (
	"context"
	"slices"
	"sync"

	"github.com/datastack-iam/terraform-provider-datastack/internal/casefold"
)

// Run is what one process of the provider knows about the users of one
// service: which ones it has planned to create, keep, replace or delete, and
// which ones it has invited, adopted or deleted. It makes sure that one user
// belongs to one resource. It is safe for concurrent use.
//
// A CLI starts a process for the plan and another one for apply. In a plan, it
// asks about each resource once, in any order and several at the same time, so
// a conflict is reported for the one that is asked about second.
type Run struct {
	mu        sync.Mutex
	users     map[string]Fate       // what is planned, by id
	addresses map[string][]string   // ids of users with a plan, by folded address
	creations map[string]Creation   // by folded address
	created   map[string][]Creation // by the id of the user that the service lists
	read      map[string]bool       // ids of users that are in the state
	mine      map[string]bool       // ids of users that this run invited or adopted
	deleted   map[string]bool       // ids of users that this run deleted

	locks locks
}

// NewRun returns what a process knows when it begins.
func NewRun() *Run {
	return &Run{
		users: map[string]Fate{}, addresses: map[string][]string{},
		creations: map[string]Creation{}, created: map[string][]Creation{},
		read: map[string]bool{}, mine: map[string]bool{}, deleted: map[string]bool{},
		locks: newLocks(),
	}
}

// Fate is what a plan does to a user who is in the state.
type Fate int

// What a plan can do. Replace deletes the user and creates one with another
// address.
const (
	Keep Fate = iota + 1
	Replace
	Delete
)

// Planned is a user in the state, and what becomes of the user.
type Planned struct {
	ID string
	// Address is the one in the state.
	Address string
	Fate    Fate
}

// Creation is the plan to create a user.
type Creation struct {
	Address string
	// UserID is the id of the user who has the address in the service, "" for
	// none.
	UserID string
	// Replaces is the id of the user that the same resource deletes for this, ""
	// for none.
	Replaces string
}

// Conflict is why a plan must not be carried out: one user would belong to two
// resources, or the resource that the user belongs to would delete them.
type Conflict struct {
	Kind    ConflictKind
	Address string
	// UserID is the id of the user, "" for one who does not exist yet.
	UserID string
}

// ConflictKind is the kind of a Conflict.
type ConflictKind int

const (
	// TwoResources create one user, or one creates a user that another one has.
	TwoResources ConflictKind = iota + 1
	// TwoStates is one user in the state of two resources.
	TwoStates
	// Renamed is a user whose resource is deleted while another one creates the
	// user.
	Renamed
	// Reassigned is a user whose resource turns to another address while another
	// resource creates the user.
	Reassigned
)

// PlanCreation notes that a user will be created.
func (r *Run) PlanCreation(c Creation) *Conflict {
	r.mu.Lock()
	defer r.mu.Unlock()
	address := casefold.Fold(c.Address)
	if other, ok := r.creations[address]; ok {
		return &Conflict{Kind: TwoResources, Address: c.Address, UserID: other.UserID}
	}
	r.creations[address] = c
	if c.UserID != "" {
		r.created[c.UserID] = append(r.created[c.UserID], c)
	}
	for _, id := range r.addresses[address] {
		if conflict := r.conflict(c, id); conflict != nil {
			return conflict
		}
	}
	return r.conflict(c, c.UserID)
}

// PlanUser notes what becomes of a user in the state.
func (r *Run) PlanUser(p Planned) *Conflict {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.mine[p.ID] {
		// A user adopted in place of the object that is now to be deleted: Remove
		// keeps the user.
		return nil
	}
	if before, ok := r.users[p.ID]; ok && (before != Delete || p.Fate != Delete) {
		return &Conflict{Kind: TwoStates, Address: p.Address, UserID: p.ID}
	}
	address := casefold.Fold(p.Address)
	r.users[p.ID], r.addresses[address] = p.Fate, append(r.addresses[address], p.ID)
	creations := r.created[p.ID]
	if c, ok := r.creations[address]; ok {
		creations = append(slices.Clip(creations), c)
	}
	for _, c := range creations {
		if conflict := r.conflict(c, p.ID); conflict != nil {
			return conflict
		}
	}
	return nil
}

// conflict compares a creation with what is planned for a user who has its
// address. To delete a user and create them again is no conflict within one
// resource.
func (r *Run) conflict(c Creation, id string) *Conflict {
	kind := map[Fate]ConflictKind{Keep: TwoResources, Replace: Reassigned, Delete: Renamed}[r.users[id]]
	if kind == 0 || id == c.Replaces {
		return nil
	}
	return &Conflict{Kind: kind, Address: c.Address, UserID: id}
}

// leaves reports whether a plan deletes or replaces a user.
func (r *Run) leaves(id string) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.users[id] == Delete || r.users[id] == Replace
}

// Read notes that a user is in the state.
func (r *Run) Read(id string) { r.note(r.read, id) }

// InState reports whether a user is known to be in the state.
func (r *Run) InState(id string) bool { return r.noted(r.read, id) }

// Mine reports whether this run invited or adopted a user.
func (r *Run) Mine(id string) bool { return r.noted(r.mine, id) }

func (r *Run) take(id string) { r.note(r.mine, id) }

// Deleted reports whether this run deleted a user.
func (r *Run) Deleted(id string) bool { return r.noted(r.deleted, id) }

func (r *Run) removed(id string) { r.note(r.deleted, id) }

// Invited returns how many users this run invited or adopted.
func (r *Run) Invited() int {
	r.mu.Lock()
	defer r.mu.Unlock()
	return len(r.mine)
}

func (r *Run) note(ids map[string]bool, id string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	ids[id] = true
}

func (r *Run) noted(ids map[string]bool, id string) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	return ids[id]
}

// locks are one lock for each key.
type locks struct {
	mu   sync.Mutex
	held map[string]chan struct{}
}

func newLocks() locks { return locks{held: map[string]chan struct{}{}} }

// lock waits for the lock of a key, or for the end of the context.
func (l *locks) lock(ctx context.Context, key string) (unlock func(), err error) {
	l.mu.Lock()
	held, ok := l.held[key]
	if !ok {
		held = make(chan struct{}, 1)
		l.held[key] = held
	}
	l.mu.Unlock()
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	select {
	case held <- struct{}{}:
		return func() { <-held }, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}
