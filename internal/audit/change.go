// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package audit

import (
	"cmp"
	"slices"
	"strings"
)

// Change is one request that changes a user's access. It has no secret and no
// value but those of its Target.
type Change struct {
	Activity Activity
	Actor    Actor
	Target   Target
	// Service is where the access is changed, such as "Fivetran".
	Service string
	// Method and URL are those of the request. A query is not recorded.
	Method, URL string
	// Fields are the names of the attributes that an update changes, in any
	// order.
	Fields []string
}

// Activity is what becomes of a user's access, by its number in OCSF.
type Activity int

// The activities. OCSF has no number for a change of role or name:
// Update is its 99, "Other", with a name of our own.
const (
	Create Activity = 1
	Delete Activity = 6
	Update Activity = 99
)

// String returns the name in OCSF.
func (a Activity) String() string {
	switch a {
	case Create:
		return "Create"
	case Delete:
		return "Delete"
	case Update:
		return "Update"
	default:
		return "Unknown"
	}
}

// Actor is who changes it: the owner of the API key in use, or the key itself
// where it has no owner. What is not known is "".
type Actor struct {
	Kind ActorKind
	// ID is the id of the user or of the system key.
	ID string
	// AccountID and AccountName are those of the account that the key is for.
	AccountID, AccountName string
}

// ActorKind is the kind of an Actor.
type ActorKind string

// The kinds of actors.
const (
	User      ActorKind = "User"
	SystemKey ActorKind = "System Key"
)

// Target is the user whose access is changed. It needs an ID or an Email.
type Target struct {
	// ID is "" before an invite.
	ID string
	// Email is "" where it is not known.
	Email string
	// Role is the role that is given, "" for none. With "role" among the
	// Fields, "" means that the role is removed.
	Role string
}

// event returns what both lines of the change have in common.
func (c Change) event() event {
	address, _, _ := strings.Cut(c.URL, "?")
	e := event{
		ActivityID:   c.Activity,
		ActivityName: c.Activity.String(),
		CategoryUID:  3,
		CategoryName: "Identity & Access Management",
		ClassUID:     classUID,
		ClassName:    "Account Change",
		TypeUID:      100*classUID + int(c.Activity),
		SeverityID:   1,
		Severity:     "Informational",
		Metadata: metadata{
			Version: schemaVersion,
			Product: product{Name: "terraform-provider-datastack", VendorName: "datastack-iam"},
		},
		Actor:       c.Actor.actor(),
		User:        user{UID: c.Target.ID, Name: cmp.Or(c.Target.Email, c.Target.ID), Email: c.Target.Email},
		HTTPRequest: httpRequest{Method: c.Method, URL: url{address}},
		Unmapped:    unmapped{Service: c.Service, Fields: slices.Sorted(slices.Values(c.Fields))},
	}
	if c.Target.Role != "" || slices.Contains(c.Fields, "role") {
		e.Unmapped.Role = &c.Target.Role
	}
	return e
}

// actor returns nil where nothing is known.
func (a Actor) actor() *actor {
	if a.ID == "" && a.AccountID == "" && a.AccountName == "" {
		return nil
	}
	u := user{UID: a.ID, Type: string(a.Kind), TypeID: new(99)}
	switch a.Kind {
	case User:
		u.TypeID = new(1)
	case "":
		u.Type, u.TypeID = "Unknown", new(0)
	}
	if a.AccountID != "" || a.AccountName != "" {
		u.Account = &account{UID: a.AccountID, Name: a.AccountName}
	}
	return &actor{u}
}
