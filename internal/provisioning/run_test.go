// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package provisioning

import (
	"context"
	"fmt"
	"slices"
	"testing"
	"time"
)

// step is one call of a plan: what becomes of a user, or a creation.
type step struct {
	id, address string // a user in the state
	fate        Fate

	create, found, replaces string
}

// TestRunPlans has the calls of a plan in every order. Each plan comes to the
// same conflict, once, whichever resource is asked about last.
func TestRunPlans(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		steps []step
		want  ConflictKind
	}{
		"a new user":                     {steps: []step{{create: "a"}}},
		"two new users":                  {steps: []step{{create: "a"}, {create: "b"}}},
		"two resources for a new user":   {steps: []step{{create: "Zoe@x"}, {create: " zoe@X"}}, want: TwoResources},
		"a user who stays":               {steps: []step{{id: "1", address: "a", fate: Keep}}},
		"another resource for one":       {steps: []step{{id: "1", address: "a", fate: Keep}, {create: "A"}}, want: TwoResources},
		"another address of one":         {steps: []step{{id: "1", address: "old", fate: Keep}, {create: "a", found: "1"}}, want: TwoResources},
		"a user in two states":           {steps: []step{{id: "1", address: "a", fate: Keep}, {id: "1", address: "a", fate: Keep}}, want: TwoStates},
		"one of two states goes":         {steps: []step{{id: "1", address: "a", fate: Keep}, {id: "1", address: "a", fate: Delete}}, want: TwoStates},
		"both go":                        {steps: []step{{id: "1", address: "a", fate: Delete}, {id: "1", address: "a", fate: Delete}}},
		"a leaver":                       {steps: []step{{id: "1", address: "a", fate: Delete}, {id: "2", address: "b", fate: Keep}}},
		"a leaver and a new user":        {steps: []step{{id: "1", address: "a", fate: Delete}, {create: "b"}}},
		"a renamed key":                  {steps: []step{{id: "1", address: "a", fate: Delete}, {create: "A", found: "1"}}, want: Renamed},
		"a renamed key, in capitals":     {steps: []step{{id: "1", address: "Zoe@X", fate: Delete}, {create: "zoe@x"}}, want: Renamed},
		"a renamed key, not listed":      {steps: []step{{id: "1", address: "a", fate: Delete}, {create: "A"}}, want: Renamed},
		"a renamed key, address changed": {steps: []step{{id: "1", address: "old", fate: Delete}, {create: "a", found: "1"}}, want: Renamed},
		"an address that turns":          {steps: []step{{id: "1", address: "a", fate: Replace}, {create: "b", replaces: "1"}}},
		"a user replaced by force":       {steps: []step{{id: "1", address: "a", fate: Keep}, {create: "a", found: "1", replaces: "1"}}},
		"replaced, and a second one":     {steps: []step{{id: "1", address: "a", fate: Keep}, {create: "a", found: "1", replaces: "1"}, {create: "a", found: "1"}}, want: TwoResources},
		"swapped keys":                   {steps: []step{{id: "1", address: "a", fate: Replace}, {create: "b", found: "2", replaces: "1"}, {id: "2", address: "b", fate: Replace}, {create: "a", found: "1", replaces: "2"}}, want: Reassigned},
		"a list that shifts":             {steps: []step{{id: "1", address: "a", fate: Replace}, {create: "b", found: "2", replaces: "1"}, {id: "2", address: "b", fate: Delete}}, want: Renamed},
		"a tainted user":                 {steps: []step{{create: "a", found: "1"}}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			orders(test.steps, func(order []step) {
				r := NewRun()
				var got []ConflictKind
				for _, s := range order {
					if conflict := s.plan(r); conflict != nil {
						got = append(got, conflict.Kind)
						if conflict.Address == "" {
							t.Errorf("%v: the conflict %+v has no address", order, conflict)
						}
					}
				}
				if (test.want == 0) != (len(got) == 0) || test.want != 0 && !slices.Contains(got, test.want) {
					t.Errorf("%v: got the conflicts %v, want %v", order, got, test.want)
				}
			})
		})
	}
}

func (s step) plan(r *Run) *Conflict {
	if s.create != "" {
		return r.PlanCreation(Creation{Address: s.create, UserID: s.found, Replaces: s.replaces})
	}
	return r.PlanUser(Planned{ID: s.id, Address: s.address, Fate: s.fate})
}

// orders calls with every order of the steps that a CLI may have: a resource
// is asked about its user before it is asked about the creation in their place.
func orders(steps []step, each func([]step)) {
	var permute func(done, left []step)
	permute = func(done, left []step) {
		if len(left) == 0 {
			each(done)
			return
		}
		for i, s := range left {
			if s.replaces != "" && !slices.ContainsFunc(done, func(d step) bool { return d.id == s.replaces }) {
				continue
			}
			permute(append(slices.Clip(done), s), slices.Delete(slices.Clone(left), i, i+1))
		}
	}
	permute(nil, steps)
}

// TestRunAdoptedInPlace lets the object go that a user was adopted in place of.
func TestRunAdoptedInPlace(t *testing.T) {
	t.Parallel()
	r := NewRun()
	if conflict := r.PlanCreation(Creation{Address: "a", UserID: "1"}); conflict != nil {
		t.Fatal(conflict)
	}
	r.take("1")
	if conflict := r.PlanUser(Planned{ID: "1", Address: "a", Fate: Delete}); conflict != nil {
		t.Errorf("got the conflict %+v", conflict)
	}
}

func TestRunRemembers(t *testing.T) {
	t.Parallel()
	r := NewRun()
	for name, has := range map[string]func(string) bool{"InState": r.InState, "Mine": r.Mine, "Deleted": r.Deleted} {
		if has("1") {
			t.Errorf("%s holds before", name)
		}
	}
	r.Read("1")
	r.take("2")
	r.removed("3")
	if !r.InState("1") || !r.Mine("2") || !r.Deleted("3") || r.Invited() != 1 {
		t.Error("the run forgot what it was told")
	}
	if r.InState("2") || r.Mine("3") || r.Deleted("1") {
		t.Error("the run confuses what it was told")
	}
}

func TestLocks(t *testing.T) {
	t.Parallel()
	l := newLocks()
	unlock, err := l.lock(t.Context(), "a")
	if err != nil {
		t.Fatal(err)
	}
	if other, err := l.lock(t.Context(), "b"); err != nil {
		t.Errorf("another key: got error %v", err)
	} else {
		other()
	}
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Millisecond)
	defer cancel()
	if _, err := l.lock(ctx, "a"); err == nil {
		t.Error("the lock was given twice")
	}
	unlock()
	again, err := l.lock(t.Context(), "a")
	if err != nil {
		t.Fatal(err)
	}
	again()
	cancel()
	if _, err := l.lock(ctx, "a"); err == nil {
		t.Error("a lock was given to an operation that has ended")
	}
}

// BenchmarkRunPlans shows that a plan of many is not quadratic: the time for
// each stays the same.
func BenchmarkRunPlans(b *testing.B) {
	for _, n := range []int{1000, 10000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			for b.Loop() {
				r := NewRun()
				for i := range n {
					r.PlanCreation(Creation{Address: fmt.Sprintf("user%d@x", i)})
					r.PlanUser(Planned{ID: fmt.Sprint(i), Address: fmt.Sprintf("other%d@x", i), Fate: Keep})
				}
			}
		})
	}
}
