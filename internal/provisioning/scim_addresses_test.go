// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package provisioning

import (
	"strings"
	"testing"

	"github.com/datastack-iam/terraform-provider-datastack/internal/sandbox"
)

// TestSCIMOddNames has addresses and names of groups with all that filters, JSON
// and URLs give a meaning to. Each is created once, and found in another case.
func TestSCIMOddNames(t *testing.T) {
	t.Parallel()
	for _, filters := range []string{"", "exact", "ignored", "refused"} {
		a := newSCIMAccount(t, sandbox.DBTCloudBehavior{Filters: filters, Seats: map[string]int{"developer": 99}})
		g := newSCIMGroups(a)
		for _, odd := range []string{"jörg.straße", `o"neill`, `back\slash`, "100%41", "a+b&c=d", "o'hara", "Ümit/../x"} {
			wanted := wantedAda()
			wanted.Email = odd + "@northwind.example"
			result, err := a.users.Create(t.Context(), wanted)
			if err != nil || result.Case != Created || len(result.Differences) != 0 {
				t.Errorf("filters %q, %s: got case %d, differences %v, error %v", filters, odd, result.Case, result.Differences, err)
				continue
			}
			wanted.Email = strings.ToUpper(odd) + "@Northwind.example"
			other := a.newRun()
			if again, err := other.Create(t.Context(), wanted); err != nil || again.Case != AlreadyThere || again.User.ID != result.User.ID {
				t.Errorf("filters %q, %s again: got case %d, error %v", filters, odd, again.Case, err)
			}
			group, err := g.Create(t.Context(), SCIMGroupDetails{DisplayName: odd + " and others", MemberIDs: []string{result.User.ID}})
			if err != nil || group.Case != Created || len(MembersOf(group.Group)) != 1 {
				t.Errorf("filters %q, %s: got the group %+v, error %v", filters, odd, group, err)
			}
			if again, err := NewSCIMGroups(other).Create(t.Context(), SCIMGroupDetails{DisplayName: strings.ToUpper(odd) + " AND OTHERS"}); err != nil || again.Case != AlreadyThere || again.Group.ID != group.Group.ID {
				t.Errorf("filters %q, %s again: got the case %d, error %v", filters, odd, again.Case, err)
			}
		}
	}
}
