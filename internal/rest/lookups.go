// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package rest

import "sync/atomic"

// maxLookups is how many lookups in a collection are single requests before the
// whole collection is listed: as many as Terraform makes at the same time, and
// about what it costs to list a thousand rows.
const maxLookups = 10

// Lookups counts the single lookups in one collection, so that many of them
// cost one listing. The zero value is ready.
type Lookups struct{ made atomic.Int64 }

// Beyond counts a lookup and returns how many there have been beyond those that
// are to be single requests: 0 for a lookup that is.
func (l *Lookups) Beyond() int64 { return max(0, l.made.Add(1)-maxLookups) }
