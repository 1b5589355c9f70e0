// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package sandbox

// What happens in Fivetran without Terraform. Each of these reports whether
// there was such a user; addresses compare without case.

// AcceptInvite is the user accepting the invitation and logging in.
func (s *Server) AcceptInvite(email string) bool {
	return s.fivetran.change(email, func(u *FivetranUser) {
		u.Invited, u.Verified, u.LoggedInAt = false, true, ptr(moment(2026, 279))
	})
}

// SuspendFivetranUser is an administrator suspending the user.
func (s *Server) SuspendFivetranUser(email string) bool {
	return s.fivetran.change(email, func(u *FivetranUser) { u.Active = false })
}

// RemoveFivetranUser is an administrator deleting the user, even the last one.
func (s *Server) RemoveFivetranUser(email string) bool {
	return s.fivetran.change(email, s.fivetran.remove)
}

// FivetranUsers returns copies of the users, in the order of the list.
func (s *Server) FivetranUsers() []FivetranUser {
	s.fivetran.mu.Lock()
	defer s.fivetran.mu.Unlock()
	users := make([]FivetranUser, 0, len(s.fivetran.users))
	for _, user := range s.fivetran.users {
		users = append(users, *user)
	}
	return users
}

func (f *fivetran) change(email string, how func(*FivetranUser)) bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	user := f.userByEmail(email)
	if user != nil {
		how(user)
	}
	return user != nil
}
