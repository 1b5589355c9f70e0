// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package sandbox

import (
	"github.com/datastack-iam/terraform-provider-datastack/internal/sandbox/company"
	"github.com/datastack-iam/terraform-provider-datastack/internal/sandbox/fivetran"
)

// FivetranUser is a user in Fivetran's wire format.
type FivetranUser = fivetran.User

// FivetranUsers returns copies of the users, in the order of the list.
func (s *Server) FivetranUsers() []FivetranUser { return s.fivetran.Users() }

// What happens in Fivetran without Terraform. Each of these reports whether
// there was such a user; addresses compare without regard to case.

// AcceptInvite is the user accepting the invitation and logging in.
func (s *Server) AcceptInvite(email string) bool {
	return s.fivetran.Change(email, func(u *FivetranUser) {
		u.Invited, u.Verified, u.LoggedInAt = false, true, new(company.Moment(2026, 279))
	})
}

// SuspendFivetranUser is an administrator suspending the user.
func (s *Server) SuspendFivetranUser(email string) bool {
	return s.fivetran.Change(email, func(u *FivetranUser) { u.Active = false })
}

// RemoveFivetranUser is an administrator deleting the user, even the last one.
func (s *Server) RemoveFivetranUser(email string) bool { return s.fivetran.Remove(email) }
