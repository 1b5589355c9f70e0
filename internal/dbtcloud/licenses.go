// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package dbtcloud

import (
	"context"
	"encoding/json"
	"errors"

	"github.com/datastack-iam/terraform-provider-datastack/internal/rest"
)

// Seats is how much of one licence type the account may use and does use. A
// pointer is nil where the service said null or nothing.
type Seats struct {
	Total     *int64
	InUse     *int64
	Available *int64
	Assigned  *int64
	// Limited says that Total is a limit.
	Limited   *bool
	OverLimit *bool
}

type wireSeats struct {
	Total     rest.Int  `json:"total"`
	InUse     rest.Int  `json:"in_use"`
	Available rest.Int  `json:"available"`
	Assigned  rest.Int  `json:"assigned"`
	Limited   rest.Bool `json:"limited"`
	OverLimit rest.Bool `json:"over_limit"`
}

// allocation is a JSON object of seats by licence type. The specification has
// a list of such objects, the service sends the object alone.
type allocation map[string]Seats

// UnmarshalJSON reads both. What stands beside the licence types is passed over.
func (a *allocation) UnmarshalJSON(data []byte) error {
	var objects []map[string]json.RawMessage
	if json.Unmarshal(data, &objects) != nil {
		var object map[string]json.RawMessage
		if err := json.Unmarshal(data, &object); err != nil {
			return err
		}
		objects = append(objects, object)
	}
	*a = allocation{}
	passed := 0
	for _, object := range objects {
		for licenseType, entry := range object {
			var seats *wireSeats
			if json.Unmarshal(entry, &seats) != nil || seats == nil {
				passed++
				continue
			}
			(*a)[licenseType] = Seats{
				seats.Total.Value, seats.InUse.Value, seats.Available.Value, seats.Assigned.Value, seats.Limited.Value, seats.OverLimit.Value,
			}
		}
	}
	if passed > 0 && len(*a) == 0 {
		return errors.New("the answer names no licence type")
	}
	return nil
}

// Licenses returns the seats of the account by licence type: "developer",
// "read_only", "it", "analyst", "explorer" or one that is newer than this list.
// The map is shared by all callers and must not be changed. The error is a
// *rest.Error.
func (c *Client) Licenses(ctx context.Context) (map[string]Seats, error) {
	return c.licenses.Get(ctx, func(ctx context.Context) (map[string]Seats, error) {
		return record[allocation](ctx, c, c.path("v2", "licenses"))
	})
}
