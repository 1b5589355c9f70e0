// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package dbtcloud

import (
	"context"
	"errors"
	"strings"

	jsonv2 "github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"github.com/datastack-iam/terraform-provider-datastack/internal/rest"
)

// LicenseType is the kind of license that a user has. Types that are newer than
// these pass: https://docs.getdbt.com/docs/platform/manage-access/seats-and-users
type LicenseType string

// The types of licenses.
const (
	LicenseAnalyst   LicenseType = "analyst"
	LicenseDeveloper LicenseType = "developer"
	LicenseExplorer  LicenseType = "explorer"
	LicenseIT        LicenseType = "it"
	LicenseReadOnly  LicenseType = "read_only"
)

// Seats is how many licenses of one type the account may use and does use. A
// pointer is nil where the service returns null or nothing.
type Seats struct {
	rest.Gapped
	Total     *int64
	InUse     *int64
	Available *int64
	Assigned  *int64
	// Limited says that Total is a limit.
	Limited   *bool
	OverLimit *bool
}

// wireSeats is LicenseDetail, version 2.
type wireSeats struct {
	Total     rest.Int  `json:"total"`
	InUse     rest.Int  `json:"in_use"`
	Available rest.Int  `json:"available"`
	Assigned  rest.Int  `json:"assigned"`
	Limited   rest.Bool `json:"limited"`
	OverLimit rest.Bool `json:"over_limit"`
}

// allocation is the seats by license type.
type allocation map[LicenseType]Seats

// UnmarshalJSONFrom reads the object that the service sends, and the list of
// such objects that its OpenAPI document has. Members that are not objects are
// passed over.
func (a *allocation) UnmarshalJSONFrom(decoder *jsontext.Decoder) error {
	var objects []map[string]rest.Object[*wireSeats]
	if decoder.PeekKind() == '[' {
		if err := jsonv2.UnmarshalDecode(decoder, &objects); err != nil {
			return err
		}
	} else {
		objects = make([]map[string]rest.Object[*wireSeats], 1)
		if err := jsonv2.UnmarshalDecode(decoder, &objects[0]); err != nil {
			return err
		}
	}
	*a = allocation{}
	members := 0
	for _, object := range objects {
		for licenseType, member := range object {
			members++
			seats := member.Value
			if seats == nil {
				continue
			}
			(*a)[LicenseType(licenseType)] = Seats{
				Total:     seats.Total.Value,
				InUse:     seats.InUse.Value,
				Available: seats.Available.Value,
				Assigned:  seats.Assigned.Value,
				Limited:   seats.Limited.Value,
				OverLimit: seats.OverLimit.Value,
			}
		}
	}
	if members > 0 && len(*a) == 0 {
		return errors.New("it names no license type")
	}
	return nil
}

// AddGap gives a gap to the license type that it is in: "developer/total", or
// "0/developer/total" in a list.
func (a *allocation) AddGap(gap rest.Gap) {
	parts := strings.Split(gap.Path, "/")
	for i, part := range parts {
		if seats, ok := (*a)[LicenseType(part)]; ok {
			seats.AddGap(rest.Gap{Path: strings.Join(parts[i+1:], "/"), Why: gap.Why})
			(*a)[LicenseType(part)] = seats
			return
		}
	}
}

// Licenses returns the seats of the account by license type. The map is shared
// by all callers and must not be changed. The error is a *rest.Error.
//
// Operation List Account License Allocations, version 2.
func (c *Client) Licenses(ctx context.Context) (map[LicenseType]Seats, error) {
	return c.licenses.Get(ctx, func(ctx context.Context) (map[LicenseType]Seats, error) {
		return readSingle[allocation](ctx, c, c.path("v2", "licenses"))
	})
}
