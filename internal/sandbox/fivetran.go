// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package sandbox

import "github.com/datastack-iam/terraform-provider-datastack/internal/sandbox/fivetran"

// FivetranUser is a user in Fivetran's wire format.
type FivetranUser = fivetran.User

// FivetranBehavior is how Fivetran answers where its documents leave it open.
type FivetranBehavior = fivetran.Behavior

// FivetranUsers returns copies of the users, in the order of the list.
func (s *Server) FivetranUsers() []FivetranUser { return s.fivetran.Users() }

// What happens in Fivetran without Terraform. Each of these reports whether
// there was such a user; addresses compare without regard to case.

// AcceptInvite is the user accepting the invitation and logging in.
func (s *Server) AcceptInvite(email string) bool { return s.fivetran.Accept(email) }

// SuspendFivetranUser is an administrator suspending the user.
func (s *Server) SuspendFivetranUser(email string) bool {
	return s.fivetran.Change(email, func(u *FivetranUser) { u.Active = false })
}

// ChangeFivetranUser changes the user in any way: the address or the role, what
// only the service decides, or what it does not know. Set pointers anew instead
// of writing through them, as copies of the user share what they point to.
func (s *Server) ChangeFivetranUser(email string, change func(*FivetranUser)) bool {
	return s.fivetran.Change(email, change)
}

// RemoveFivetranUser is an administrator deleting the user, even the last one.
func (s *Server) RemoveFivetranUser(email string) bool { return s.fivetran.Remove(email) }
