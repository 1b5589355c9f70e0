// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package sandbox

import (
	"fmt"
	"slices"
	"strings"

	"github.com/datastack-iam/terraform-provider-datastack/internal/sandbox/dbtcloud"
	"github.com/datastack-iam/terraform-provider-datastack/internal/sandbox/fivetran"
	"github.com/datastack-iam/terraform-provider-datastack/internal/sandbox/rudderstack"
	"github.com/datastack-iam/terraform-provider-datastack/internal/sandbox/service"
)

// Oddity is something that a service may do to a read, although its documents do
// not say so.
type Oddity = service.Oddity

// Oddities are all that the sandbox can play, by service.
var Oddities = slices.Concat(dbtcloud.Oddities, rudderstack.Oddities, fivetran.Oddities)

// ChooseOddities returns the oddities of some names, in the order in which they
// can be played together. A name that is not known is an error, and so are two
// oddities that are about the same thing.
func ChooseOddities(names ...string) ([]Oddity, error) {
	var chosen []Oddity
	about := map[string]string{}
	for _, oddity := range Oddities {
		if !slices.Contains(names, oddity.Name) {
			continue
		}
		if other := about[oddity.About]; other != "" {
			return nil, fmt.Errorf("%s and %s are both about %s; choose one of them", other, oddity.Name, oddity.About)
		}
		about[oddity.About] = oddity.Name
		chosen = append(chosen, oddity)
	}
	for _, name := range names {
		if slices.ContainsFunc(chosen, func(o Oddity) bool { return o.Name == name }) {
			continue
		}
		var valid []string
		for _, oddity := range Oddities {
			valid = append(valid, oddity.Name)
		}
		return nil, fmt.Errorf("unknown oddity %q; valid values: %s", name, strings.Join(valid, ", "))
	}
	return chosen, nil
}
