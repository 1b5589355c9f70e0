// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package rest

import (
	"errors"
	"io"
	"syscall"
)

// Dropped reports whether a change is lost because its connection ended before
// a reply began. That is what happens on a connection that the service closed
// while it was idle, without having read the change; but it may have.
func Dropped(err error) bool {
	_, begun := errors.AsType[*partialReplyError](err)
	return Lost(err) && Status(err) == 0 && !begun &&
		(errors.Is(err, io.EOF) || errors.Is(err, syscall.ECONNRESET) || errors.Is(err, syscall.EPIPE))
}
