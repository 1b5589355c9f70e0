// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package dbtcloud

import (
	"context"
	"time"
)

// pace lets no more than a number of requests reach the service in any window of
// time. A request keeps its place for one window after the reply to it: the
// service has counted it by then, wherever its own window begins.
type pace struct {
	places chan struct{}
	window time.Duration
}

func newPace(most int, window time.Duration) *pace {
	return &pace{places: make(chan struct{}, most), window: window}
}

// begin waits for a place, or for the end of ctx. The request that it is for
// calls end when it has ended, also where ctx has.
func (p *pace) begin(ctx context.Context) (end func()) {
	select {
	case p.places <- struct{}{}:
		return func() { time.AfterFunc(p.window, func() { <-p.places }) }
	case <-ctx.Done():
		return func() {}
	}
}
