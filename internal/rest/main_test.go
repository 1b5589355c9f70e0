// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package rest

import (
	"testing"

	"go.uber.org/goleak"
)

// TestMain fails if goroutines are left when all tests have ended.
func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }
