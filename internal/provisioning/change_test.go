// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package provisioning

import (
	"context"
	"errors"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/datastack-iam/terraform-provider-datastack/internal/fivetran"
	"github.com/datastack-iam/terraform-provider-datastack/internal/rest"
	"github.com/datastack-iam/terraform-provider-datastack/internal/sandbox"
)

// userOf is a user as the client reads them.
func (a *testAccount) userOf(t *testing.T, email string) fivetran.User {
	t.Helper()
	user, err := a.client.User(t.Context(), a.user(t, email).ID)
	if err != nil {
		t.Fatal(err)
	}
	return user
}

// TestUpdate has a change come back in every way that is known.
func TestUpdate(t *testing.T) {
	t.Parallel()
	renamed := Change{Change: fivetran.Change{GivenName: new("Mia")}}
	all := Change{Change: fivetran.Change{GivenName: new("Mia"), FamilyName: new("Tan"), Role: new("Account Reviewer"), Phone: fivetran.To(new("+1 (202) 555-0100")), Picture: fivetran.To(new("data:image/png;base64,AA=="))}}
	roleless := Change{ClearRole: true}
	for name, test := range map[string]struct {
		behavior sandbox.FivetranBehavior
		before   func(*sandbox.FivetranUser)
		fault    sandbox.Fault
		change   Change
		want     Case
		records  []rest.Result
		kept     []string // what the service did not change
		stored   []string // what it keeps in another form
	}{
		"made":                  {change: all, want: Changed, records: []rest.Result{rest.ResultSuccess}},
		"nothing":               {change: Change{}, want: Changed},
		"role cleared":          {change: roleless, want: Changed, records: []rest.Result{rest.ResultSuccess}},
		"role gone already":     {before: func(u *sandbox.FivetranUser) { u.Role = nil }, change: roleless, want: Changed},
		"both, one ignored":     {behavior: sandbox.FivetranBehavior{IgnoreUpdates: true}, change: Change{renamed.Change, true}, want: Changed, records: []rest.Result{rest.ResultFailure, rest.ResultSuccess}, kept: []string{GivenName}},
		"both":                  {change: Change{renamed.Change, true}, want: Changed, records: []rest.Result{rest.ResultSuccess, rest.ResultSuccess}},
		"normalized":            {behavior: sandbox.FivetranBehavior{Normalize: true}, change: all, want: Changed, records: []rest.Result{rest.ResultSuccess}, stored: []string{Picture}},
		"ignored":               {behavior: sandbox.FivetranBehavior{IgnoreUpdates: true}, change: renamed, want: Changed, records: []rest.Result{rest.ResultFailure}, kept: []string{GivenName}},
		"a role ignored":        {behavior: sandbox.FivetranBehavior{IgnoreUpdates: true}, change: all, want: Changed, records: []rest.Result{rest.ResultFailure}, kept: []string{GivenName, FamilyName, Phone, Picture, Role}},
		"a name ignored":        {fault: sandbox.Fault{Status: http.StatusOK, Body: `{"code":"Success","data":{"id":"ferry_blink","given_name":"Mei","family_name":"Tan","role":"Account Reviewer","phone":"+1 (202) 555-0100","picture":"data:image/png;base64,AA=="}}`}, change: all, want: Changed, records: []rest.Result{rest.ResultSuccess}, kept: []string{GivenName}},
		"another role":          {fault: sandbox.Fault{Status: http.StatusOK, Body: `{"code":"Success","data":{"id":"ferry_blink","role":"Account Administrator"}}`}, change: Change{Change: fivetran.Change{Role: new("Account Reviewer")}}, want: Changed, records: []rest.Result{rest.ResultFailure}, kept: []string{Role}},
		"a deprecated role":     {change: Change{Change: fivetran.Change{Role: new("ReadOnly")}}, want: Changed, records: []rest.Result{rest.ResultSuccess}},
		"refused":               {fault: sandbox.Fault{Status: http.StatusForbidden}, change: renamed, want: Refused, records: []rest.Result{rest.ResultFailure}},
		"lost":                  {fault: sandbox.Fault{Status: http.StatusBadGateway, AfterEffect: true}, change: renamed, want: Changed, records: []rest.Result{rest.ResultSuccess}},
		"lost, made later":      {fault: sandbox.Fault{Status: http.StatusBadGateway, EffectAfter: 100 * time.Millisecond}, change: renamed, want: Changed, records: []rest.Result{rest.ResultSuccess}},
		"lost, and not made":    {fault: sandbox.Fault{Status: http.StatusBadGateway}, change: renamed, want: Uncertain, records: []rest.Result{rest.ResultUnknown}},
		"another user's reply":  {fault: sandbox.Fault{Status: http.StatusOK, AfterEffect: true, Body: `{"code":"Success","data":{"id":"nozzle_eat","given_name":"Mia"}}`}, change: renamed, want: Changed, records: []rest.Result{rest.ResultSuccess}},
		"another user changed":  {fault: sandbox.Fault{Status: http.StatusOK, Body: `{"code":"Success","data":{"id":"nozzle_eat","given_name":"Mia"}}`}, change: renamed, want: Uncertain, records: []rest.Result{rest.ResultUnknown}},
		"clearing ignored":      {fault: sandbox.Fault{Status: http.StatusOK, Body: `{"code":"Success"}`}, change: roleless, want: Changed, records: []rest.Result{rest.ResultFailure}, kept: []string{Role}},
		"clearing lost":         {fault: sandbox.Fault{Status: http.StatusBadGateway, AfterEffect: true}, change: roleless, want: Changed, records: []rest.Result{rest.ResultSuccess}},
		"phone cannot be clear": {behavior: sandbox.FivetranBehavior{RefuseNull: true}, change: Change{Change: fivetran.Change{Phone: fivetran.To(nil)}}, want: Refused, records: []rest.Result{rest.ResultFailure}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a := newAccount(t, sandbox.Options{Fivetran: test.behavior})
			if test.fault.Status != 0 {
				test.fault.PathPrefix, test.fault.Times = "/v1/users/", 1
				test.fault.Method = http.MethodPatch
				if test.change.ClearRole {
					test.fault.Method = http.MethodDelete
				}
				a.Inject(test.fault)
			}
			stale := a.userOf(t, mei)
			if test.before != nil {
				a.ChangeFivetranUser(mei, test.before)
			}
			result, err := a.Update(t.Context(), stale, test.change)
			expectCase(t, result, err, test.want, test.want != Changed)
			if got := a.recorded(); !slices.Equal(got, test.records) {
				t.Errorf("got the records %v, want %v", got, test.records)
			}
			if got := contradicting(result.Differences); !slices.Equal(got, test.kept) {
				t.Errorf("the service is said to have kept %v, want %v", got, test.kept)
			}
			var stored []string
			for _, d := range result.Differences {
				if !d.Contradicts() {
					stored = append(stored, d.Field)
				}
			}
			if !slices.Equal(stored, test.stored) {
				t.Errorf("stored in another form: got %v, want %v", stored, test.stored)
			}
			if result.User.ID != "ferry_blink" {
				t.Errorf("got the user %q, want ferry_blink", result.User.ID)
			}
		})
	}
}

// TestUpdateInterrupted ends the operation between two changes.
func TestUpdateInterrupted(t *testing.T) {
	t.Parallel()
	a := newAccount(t, sandbox.Options{})
	ctx, interrupt := context.WithCancel(t.Context())
	a.Inject(sandbox.Fault{Method: http.MethodPatch, Times: 1, Delay: 100 * time.Millisecond})
	go func() {
		for a.Count(http.MethodPatch, "") == 0 && t.Context().Err() == nil {
			time.Sleep(time.Millisecond) //nolint:forbidigo // the sandbox has no event for it
		}
		interrupt()
	}()
	result, err := a.Update(ctx, a.userOf(t, mei), Change{fivetran.Change{GivenName: new("Mia")}, true})
	expectCase(t, result, err, Unsent, true)
	if got := orEmpty(result.User.GivenName); got != "Mia" {
		t.Errorf("got the name %q, want what was changed before", got)
	}
}

// TestUpdateRecordsRoleBefore takes the role before from the service, whatever
// the state says.
func TestUpdateRecordsRoleBefore(t *testing.T) {
	t.Parallel()
	a := newAccount(t, sandbox.Options{})
	stale := a.userOf(t, mei)
	stale.Role = new("Account Billing")
	if _, err := a.Update(t.Context(), stale, Change{Change: fivetran.Change{Role: new("Account Reviewer")}}); err != nil {
		t.Fatal(err)
	}
	if got := orEmpty(a.targets[0].RoleBefore); got != "Account Analyst" {
		t.Errorf("got the role before %q, want Account Analyst", got)
	}
}

func TestAdopt(t *testing.T) {
	t.Parallel()
	wanted := Details{GivenName: new("Mia"), Role: new("")}
	for name, test := range map[string]struct {
		before  func(*testAccount)
		id      string
		address string
		wanted  Details
		want    Case
		failing bool
		changes int
	}{
		"changed":                {id: "ferry_blink", address: " MEI.tanaka@northwind.example", wanted: wanted, want: Adopted, changes: 2},
		"as wanted":              {id: "ferry_blink", address: mei, wanted: Details{GivenName: new("Mei")}, want: Adopted},
		"gone":                   {before: func(a *testAccount) { a.RemoveFivetranUser(mei) }, id: "ferry_blink", address: mei, want: Gone},
		"with another address":   {id: "ferry_blink", address: ada, want: Gone},
		"twice":                  {before: func(a *testAccount) { a.take("ferry_blink") }, id: "ferry_blink", address: mei, want: Taken},
		"not readable":           {before: func(a *testAccount) { a.Inject(sandbox.Fault{PathPrefix: "/v1/users/", Status: http.StatusForbidden}) }, id: "ferry_blink", address: mei, want: Unsent, failing: true},
		"refused":                {before: func(a *testAccount) { a.Inject(sandbox.Fault{Method: http.MethodPatch, Status: http.StatusForbidden}) }, id: "ferry_blink", address: mei, wanted: wanted, want: Refused, failing: true, changes: 1},
		"the owner of the key":   {id: "nozzle_eat", address: amara, wanted: Details{Role: new("Account Reviewer")}, want: Refused, failing: true},
		"the owner, but no role": {id: "nozzle_eat", address: amara, wanted: Details{GivenName: new("A.")}, want: Adopted, changes: 1},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a := newAccount(t, sandbox.Options{})
			if test.before != nil {
				test.before(a)
			}
			result, err := a.Adopt(t.Context(), test.id, test.address, test.wanted)
			expectCase(t, result, err, test.want, test.failing)
			if got := len(a.recorded()); got != test.changes {
				t.Errorf("got %d changes, want %d", got, test.changes)
			}
			if test.want != Taken && a.Mine(test.id) != (test.want == Adopted) {
				t.Errorf("the run counts the user as its own: %t", a.Mine(test.id))
			}
			for _, target := range a.targets {
				if target.Activity != rest.ActivityAdopt && target.Activity != rest.ActivityChangeRole {
					t.Errorf("got the activity %q in the record", target.Activity)
				}
			}
		})
	}
}

func TestRemove(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		before  func(*testAccount)
		fault   sandbox.Fault
		want    Case
		records []rest.Result
	}{
		"deleted":         {want: Removed, records: []rest.Result{rest.ResultSuccess}},
		"gone":            {before: func(a *testAccount) { a.RemoveFivetranUser(mei) }, want: Gone},
		"gone meanwhile":  {fault: sandbox.Fault{Status: http.StatusNotFound, Body: `{"code":"NotFound_User","message":"gone"}`}, want: Gone, records: []rest.Result{rest.ResultSuccess}},
		"a wrong address": {fault: sandbox.Fault{Status: http.StatusNotFound, Body: `no such page`}, want: Refused, records: []rest.Result{rest.ResultFailure}},
		"refused":         {fault: sandbox.Fault{Status: http.StatusForbidden}, want: Refused, records: []rest.Result{rest.ResultFailure}},
		"lost":            {fault: sandbox.Fault{Status: http.StatusBadGateway, AfterEffect: true}, want: Removed, records: []rest.Result{rest.ResultSuccess}},
		"lost, late":      {fault: sandbox.Fault{Status: http.StatusBadGateway, EffectAfter: 100 * time.Millisecond}, want: Removed, records: []rest.Result{rest.ResultSuccess}},
		"lost, not done":  {fault: sandbox.Fault{Status: http.StatusBadGateway}, want: Uncertain, records: []rest.Result{rest.ResultUnknown}},
		"adopted":         {before: func(a *testAccount) { a.take("ferry_blink") }, want: Kept},
		"a rate limit":    {fault: sandbox.Fault{Status: http.StatusTooManyRequests, Header: map[string]string{"Retry-After": "3600"}}, want: Unsent, records: []rest.Result{rest.ResultFailure}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a := newAccount(t, sandbox.Options{})
			if test.before != nil {
				test.before(a)
			}
			if test.fault.Status != 0 {
				test.fault.Method, test.fault.Times = http.MethodDelete, 1
				a.Inject(test.fault)
			}
			result, err := a.Remove(t.Context(), "ferry_blink")
			expectCase(t, result, err, test.want, test.want == Refused || test.want == Unsent || test.want == Uncertain)
			if got := a.recorded(); !slices.Equal(got, test.records) {
				t.Errorf("got the records %v, want %v", got, test.records)
			}
			gone := test.want == Removed || test.want == Gone
			if a.Deleted("ferry_blink") != gone || gone && test.fault.Body == "" && a.having(mei) != 0 {
				t.Errorf("deleted: %t, users: %d", a.Deleted("ferry_blink"), a.having(mei))
			}
		})
	}
}

// TestRemoveAndInviteAgain is what -replace does, of a user that Fivetran knows
// from another account too.
func TestRemoveAndInviteAgain(t *testing.T) {
	t.Parallel()
	known := sandbox.FivetranUser{ID: "old_hand", Email: new(mei), CreatedAt: "2020-01-01T00:00:00Z", Active: true}
	a := newAccount(t, sandbox.Options{Fivetran: sandbox.FivetranBehavior{KnownElsewhere: []sandbox.FivetranUser{known}}})
	user, found, err := a.Find(t.Context(), mei)
	if err != nil || !found {
		t.Fatal(found, err)
	}
	if _, err := a.Remove(t.Context(), user.ID); err != nil {
		t.Fatal(err)
	}
	if _, found, _ = a.Find(t.Context(), mei); found {
		t.Error("a user is found that the run deleted")
	}
	invited := inviteOfAda()
	invited.Email = mei
	result, err := a.Invite(t.Context(), invited)
	expectCase(t, result, err, Invited, false)
	if result.User.ID == user.ID {
		t.Errorf("got the id %s of the deleted user", user.ID)
	}
}

func TestGuard(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		before func(*testAccount)
		user   string
		want   ProtectionReason
	}{
		"owner of the key":    {user: amara, want: OwnsKey},
		"system key":          {before: (*testAccount).systemKey, user: amara},
		"key that cannot say": {before: func(a *testAccount) { a.Inject(sandbox.Fault{PathPrefix: "/v1/account", Status: http.StatusForbidden}) }, user: amara},
		"account not readable": {before: func(a *testAccount) {
			a.Inject(sandbox.Fault{PathPrefix: "/v1/account", Status: http.StatusUnauthorized})
		}, user: mei, want: Unjudged},
		"one of two administrators": {user: jonas},
		"last active administrator": {before: func(a *testAccount) { a.systemKey(); a.SuspendFivetranUser(amara) }, user: jonas, want: LastAdministrator},
		"other one is only invited": {before: func(a *testAccount) {
			a.systemKey()
			a.ChangeFivetranUser(amara, func(u *sandbox.FivetranUser) { u.Invited = true })
		}, user: jonas, want: LastAdministrator},
		"called Owner": {before: func(a *testAccount) {
			a.systemKey()
			a.SuspendFivetranUser(amara)
			a.ChangeFivetranUser(jonas, func(u *sandbox.FivetranUser) { u.Role = new("Owner") })
		}, user: jonas, want: LastAdministrator},
		"suspended administrator": {before: func(a *testAccount) { a.systemKey(); a.SuspendFivetranUser(amara); a.SuspendFivetranUser(jonas) }, user: jonas},
		"became administrator just now": {before: func(a *testAccount) {
			a.systemKey()
			a.list0()
			a.ChangeFivetranUser(mei, func(u *sandbox.FivetranUser) { u.Role = new("Account Administrator") })
			a.SuspendFivetranUser(amara)
			a.RemoveFivetranUser(jonas)
		}, user: mei, want: LastAdministrator},
		"listing not readable": {before: func(a *testAccount) {
			a.systemKey()
			a.Inject(sandbox.Fault{PathPrefix: "/v1/users?", Status: http.StatusForbidden})
			a.Inject(sandbox.Fault{PathPrefix: "/v1/users", Skip: 1, Status: http.StatusForbidden})
		}, user: jonas, want: Unjudged},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a := newAccount(t, sandbox.Options{})
			id := a.user(t, test.user).ID
			if test.before != nil {
				test.before(a)
			}
			_, release, err := a.guard(t.Context(), id)
			failure, _ := errors.AsType[*ProtectedError](err)
			if test.want == 0 && err == nil {
				release()
			} else if failure == nil || failure.Reason != test.want || err.Error() == "" {
				t.Errorf("got %v, want reason %d", err, test.want)
			}
		})
	}
}

// TestProtectedWhilePlanning judges by what all who plan share.
func TestProtectedWhilePlanning(t *testing.T) {
	t.Parallel()
	a := newAccount(t, sandbox.Options{})
	for email, want := range map[string]ProtectionReason{amara: OwnsKey, jonas: 0, mei: 0} {
		err := a.Protected(t.Context(), a.user(t, email).ID)
		if failure, _ := errors.AsType[*ProtectedError](err); (failure == nil) != (want == 0) || failure != nil && failure.Reason != want {
			t.Errorf("%s: got %v, want reason %d", email, err, want)
		}
	}
	if err := a.Protected(t.Context(), "no_body"); err != nil {
		t.Errorf("a user who is gone: got %v", err)
	}
	a.Inject(sandbox.Fault{PathPrefix: "/v1/users/", Status: http.StatusForbidden})
	if err := a.Protected(t.Context(), "no_body"); err == nil || !strings.Contains(err.Error(), "could not be found out") {
		t.Errorf("a user who cannot be read: got %v", err)
	}
}

// TestAdministratorsGoOneAtATime deletes both administrators at once: one has
// to stay.
func TestAdministratorsGoOneAtATime(t *testing.T) {
	t.Parallel()
	a := newAccount(t, sandbox.Options{Delay: 20 * time.Millisecond})
	a.systemKey()
	a.SuspendFivetranUser(amara)
	a.ChangeFivetranUser(mei, func(u *sandbox.FivetranUser) { u.Role = new("Account Administrator") })
	cases := make(chan Case)
	for _, email := range []string{mei, jonas} {
		id := a.user(t, email).ID
		go func() {
			result, _ := a.Remove(t.Context(), id)
			cases <- result.Case
		}()
	}
	if got := []Case{<-cases, <-cases}; got[0]+got[1] != Removed+Refused {
		t.Errorf("got the cases %v, want one Removed and one Refused", got)
	}
	if got := a.Count(http.MethodDelete, ""); got != 1 {
		t.Errorf("got %d deletions, want 1: the guard refuses, not the service", got)
	}
	// The lock is free again.
	ctx, cancel := context.WithTimeout(t.Context(), 5*time.Second)
	defer cancel()
	for _, user := range a.FivetranUsers() {
		if user.Active && orEmpty(user.Role) == "Account Administrator" {
			_, err := a.Remove(ctx, user.ID)
			if failure, _ := errors.AsType[*ProtectedError](err); failure == nil || failure.Reason != LastAdministrator {
				t.Errorf("got the error %v, want the last administrator protected", err)
			}
		}
	}
}

func TestSameValue(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		field, a, b string
		want        bool
	}{
		{Phone, "+1 (202) 555-0100", "+12025550100", true},
		{Phone, "+1 202 555 0100", "+1 202 555 0101", false},
		{Phone, "+1", "1", false},
		{Phone, "-", "-", true},
		{Phone, "-", "()", false},
		{Phone, "", "-", false},
		{GivenName, "Ada  King ", "Ada King", true},
		{GivenName, "Ada", "ada", false},
		{Picture, "a ", "a", false},
		{Picture, "a", "a", true},
	} {
		if got := SameValue(test.field, test.a, test.b); got != test.want {
			t.Errorf("%s: %q and %q: got %t, want %t", test.field, test.a, test.b, got, test.want)
		}
	}
}

// TestCorrections changes what a user just invited has otherwise than it was
// sent.
func TestCorrections(t *testing.T) {
	t.Parallel()
	a := newAccount(t, sandbox.Options{})
	sent := Details{GivenName: new("Ada"), Role: new("ReadOnly"), Phone: new("+1"), Picture: new("data:AA")}
	pending := fivetran.User{Invited: new(true), GivenName: new("Ada"), Role: new("Account Reviewer"), Phone: new("+1"), Picture: new("https://pictures.example")}
	for name, test := range map[string]struct {
		change func(*fivetran.User)
		want   []string
	}{
		"as it was sent":               {func(*fivetran.User) {}, nil},
		"another name":                 {func(u *fivetran.User) { u.GivenName = new("Augusta") }, []string{GivenName}},
		"another role":                 {func(u *fivetran.User) { u.Role = nil }, []string{Role}},
		"no phone":                     {func(u *fivetran.User) { u.Phone = nil }, []string{Phone}},
		"no picture":                   {func(u *fivetran.User) { u.Picture = nil }, []string{Picture}},
		"phone in another form":        {func(u *fivetran.User) { u.Phone = new("001") }, nil},
		"a known user's own phone":     {func(u *fivetran.User) { u.Invited, u.Phone, u.Picture = new(false), new("001"), new("data:AA") }, []string{Phone}},
		"a known user's own picture":   {func(u *fivetran.User) { u.Invited = new(false) }, []string{Picture}},
		"a service that does not tell": {func(u *fivetran.User) { u.Invited = nil }, nil},
	} {
		user := pending
		test.change(&user)
		if got := a.Corrections(t.Context(), user, sent).Fields(); !slices.Equal(got, test.want) {
			t.Errorf("%s: got %v, want %v", name, got, test.want)
		}
	}
}
