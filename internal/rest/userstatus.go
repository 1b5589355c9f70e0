// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package rest

// UserStatus says whether a user can log in. The word is ours: each client
// derives it from what its service returns.
type UserStatus string

// The statuses of users.
const (
	UserActive UserStatus = "active"
	// UserInvited is a user who has not accepted the invitation yet.
	UserInvited UserStatus = "invited"
	// UserInactive is a user who is suspended, deactivated or without a license.
	UserInactive UserStatus = "inactive"
)
