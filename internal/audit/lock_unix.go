// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

//go:build darwin || dragonfly || freebsd || linux || netbsd || openbsd

package audit

import (
	"errors"
	"os"
	"syscall"
	"time"
)

// openAtOnce keeps the opening of a named pipe from waiting for a reader.
const openAtOnce = syscall.O_NONBLOCK

// lockFile keeps other processes from writing until the file is closed. Where the
// file system knows no locks, it goes without.
func lockFile(file *os.File, timeout time.Duration) error {
	for deadline := time.Now().Add(timeout); ; <-time.After(time.Millisecond) {
		err := syscall.Flock(int(file.Fd()), syscall.LOCK_EX|syscall.LOCK_NB)
		switch {
		case err == nil, errors.Is(err, errors.ErrUnsupported), errors.Is(err, syscall.ENOLCK), errors.Is(err, syscall.EINVAL):
			return nil
		case errors.Is(err, syscall.EINTR):
		case !errors.Is(err, syscall.EWOULDBLOCK):
			return err
		case time.Now().After(deadline):
			return errors.New("another program has had it locked for too long")
		}
	}
}
