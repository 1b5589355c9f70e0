// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package provisioning

import (
	"context"
	"errors"
	"net/http"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/datastack-iam/terraform-provider-datastack/internal/fivetran"
	"github.com/datastack-iam/terraform-provider-datastack/internal/rest"
	"github.com/datastack-iam/terraform-provider-datastack/internal/sandbox"
)

// TestInvite has one POST end in every way that is known. The record of the
// request says the same as the result.
func TestInvite(t *testing.T) {
	t.Parallel()
	late := time.Now().Add(-time.Hour).Format(time.RFC3339)
	known := sandbox.FivetranUser{ID: "old_hand", Email: new(ada), GivenName: new("Augusta"), FamilyName: new("King"), CreatedAt: "2020-01-01T00:00:00Z", Active: true}
	for name, test := range map[string]struct {
		options sandbox.Options
		before  func(*testAccount)
		fault   sandbox.Fault
		want    Case
		record  rest.Result
		posts   int
	}{
		"invited":                     {want: Invited, record: rest.ResultSuccess, posts: 1},
		"with a clock that is late":   {options: sandbox.Options{ClockSkew: -time.Hour}, want: Invited, record: rest.ResultSuccess, posts: 1},
		"with a clock that is early":  {options: sandbox.Options{ClockSkew: time.Hour}, want: Invited, record: rest.ResultSuccess, posts: 1},
		"known from another account":  {options: sandbox.Options{Fivetran: sandbox.FivetranBehavior{KnownElsewhere: []sandbox.FivetranUser{{ID: "old_hand", Email: new(ada)}}}}, want: Invited, record: rest.ResultSuccess, posts: 1},
		"known, and created long ago": {options: sandbox.Options{Fivetran: sandbox.FivetranBehavior{KnownElsewhere: []sandbox.FivetranUser{known}}}, before: (*testAccount).list0, want: Invited, record: rest.ResultSuccess, posts: 1},
		"refused":                     {fault: sandbox.Fault{Status: http.StatusForbidden}, want: Refused, record: rest.ResultFailure, posts: 1},
		"refused as a bad request":    {fault: sandbox.Fault{Status: http.StatusBadRequest}, want: Refused, record: rest.ResultFailure, posts: 1},
		"refused for another account": {fault: sandbox.Fault{Status: http.StatusConflict}, want: Refused, record: rest.ResultFailure, posts: 1},
		"there, 409":                  {before: (*testAccount).withAda, want: AlreadyThere, record: rest.ResultFailure, posts: 1},
		"there, 400":                  {options: existing(http.StatusBadRequest), before: (*testAccount).withAda, want: AlreadyThere, record: rest.ResultFailure, posts: 1},
		"there, 422":                  {options: existing(http.StatusUnprocessableEntity), before: (*testAccount).withAda, want: AlreadyThere, record: rest.ResultFailure, posts: 1},
		"there, 201":                  {options: existing(http.StatusCreated), before: (*testAccount).withAda, want: AlreadyThere, record: rest.ResultFailure, posts: 1},
		"there, 201, and listed":      {options: existing(http.StatusCreated), before: func(a *testAccount) { a.withAda(); a.list0() }, want: AlreadyThere, record: rest.ResultFailure, posts: 1},
		"there since the listing": {options: existing(http.StatusCreated), before: func(a *testAccount) {
			a.list0()
			a.directory.latest.began = time.Now().Add(-10 * time.Second)
			a.withAda()
			a.createdAt(time.Now().Add(-5 * time.Second))
		}, want: AlreadyThere, record: rest.ResultFailure, posts: 1},
		"there, and lost before":       {before: (*testAccount).withAda, fault: sandbox.Fault{Status: http.StatusBadGateway}, want: AlreadyThere, record: rest.ResultFailure, posts: 1},
		"there, and lost after":        {options: existing(http.StatusCreated), before: (*testAccount).withAda, fault: sandbox.Fault{Status: http.StatusBadGateway, AfterEffect: true}, want: AlreadyThere, record: rest.ResultFailure, posts: 1},
		"there since a second":         {before: func(a *testAccount) { a.withAda(); a.createdAt(time.Now().Add(-2 * time.Second)) }, fault: sandbox.Fault{Status: http.StatusBadGateway}, want: AlreadyThere, record: rest.ResultFailure, posts: 1},
		"there, with an odd time":      {before: func(a *testAccount) { a.withAda(); a.setCreated("yesterday") }, fault: sandbox.Fault{Status: http.StatusBadGateway}, want: AlreadyThere, record: rest.ResultFailure, posts: 1},
		"lost after a 502":             {fault: sandbox.Fault{Status: http.StatusBadGateway, AfterEffect: true}, want: Invited, record: rest.ResultSuccess, posts: 1},
		"lost, the body cut":           {fault: sandbox.Fault{Truncate: true, AfterEffect: true}, want: Invited, record: rest.ResultSuccess, posts: 1},
		"lost, the connection cut":     {fault: sandbox.Fault{Cut: true, AfterEffect: true}, want: Invited, record: rest.ResultSuccess, posts: 1},
		"lost, a page from elsewhere":  {fault: sandbox.Fault{Status: http.StatusCreated, Body: "<html>Welcome</html>", AfterEffect: true}, want: Invited, record: rest.ResultSuccess, posts: 1},
		"lost, carried out later":      {fault: sandbox.Fault{Status: http.StatusGatewayTimeout, EffectAfter: 150 * time.Millisecond}, want: Invited, record: rest.ResultSuccess, posts: 1},
		"lost, too slow":               {fault: sandbox.Fault{DelayBefore: 1200 * time.Millisecond}, want: Invited, record: rest.ResultSuccess, posts: 1},
		"lost, and not carried out":    {fault: sandbox.Fault{Status: http.StatusBadGateway}, want: Uncertain, record: rest.ResultUnknown, posts: 1},
		"lost, carried out too late":   {fault: sandbox.Fault{Status: http.StatusGatewayTimeout, EffectAfter: time.Second}, want: Uncertain, record: rest.ResultUnknown, posts: 1},
		"too many requests":            {fault: sandbox.Fault{Status: http.StatusTooManyRequests, Header: map[string]string{"Retry-After": "3600"}}, want: Unsent, record: rest.ResultFailure, posts: 1},
		"another user's reply":         {options: sandbox.Options{Fivetran: sandbox.FivetranBehavior{InviteReply: mei}}, want: Invited, record: rest.ResultSuccess, posts: 1},
		"another user's reply, no ada": {fault: sandbox.Fault{Status: http.StatusCreated, Body: `{"code":"Success","data":{"id":"ferry_blink","email":"mei.tanaka@northwind.example"}}`}, want: Uncertain, record: rest.ResultUnknown, posts: 1},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a := newAccount(t, test.options)
			a.late = late
			if test.before != nil {
				test.before(a)
			}
			if !reflect.DeepEqual(test.fault, sandbox.Fault{}) {
				test.fault.Method, test.fault.PathPrefix, test.fault.Times = http.MethodPost, "/v1/users", 1
				a.Inject(test.fault)
			}
			result, err := a.Invite(t.Context(), inviteOfAda())
			expectCase(t, result, err, test.want, test.want == Refused || test.want == Unsent || test.want == Uncertain)
			if got := a.recorded(); !slices.Equal(got, []rest.Result{test.record}) {
				t.Errorf("got the records %v, want %v", got, test.record)
			}
			if got := a.Count(http.MethodPost, "/v1/users"); got != test.posts {
				t.Errorf("got %d invites, want %d", got, test.posts)
			}
			if there := test.want == Invited || test.want == AlreadyThere; there && (result.User.ID != a.user(t, ada).ID || a.having(ada) != 1) {
				t.Errorf("got the user %+v, want %+v", result.User, a.user(t, ada))
			} else if !there && result.User.ID != "" {
				t.Errorf("got the user %s, want none", result.User.ID)
			}
			if got := a.Mine(result.User.ID); got != (test.want == Invited) {
				t.Errorf("the run counts the user as its own: %t", got)
			}
		})
	}
}

func existing(status int) sandbox.Options {
	return sandbox.Options{Fivetran: sandbox.FivetranBehavior{ExistingStatus: status}}
}

// TestInviteOnClosedConnection loses the connection before a reply begins: one
// more POST is sent, once a listing does not show the address.
func TestInviteOnClosedConnection(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		faults []sandbox.Fault
		want   Case
		posts  int
		lists  int
	}{
		"the service had not read it": {faults: []sandbox.Fault{{Cut: true}}, want: Invited, posts: 2, lists: 1},
		"the service had read it":     {faults: []sandbox.Fault{{Cut: true, AfterEffect: true}}, want: Invited, posts: 1, lists: 1},
		"the service is slow with it": {faults: []sandbox.Fault{{Cut: true, EffectAfter: 100 * time.Millisecond}, {DelayBefore: 200 * time.Millisecond}}, want: Invited, posts: 2, lists: 2},
		"twice":                       {faults: []sandbox.Fault{{Cut: true}, {Cut: true}}, want: Uncertain, posts: 2, lists: 3},
		"and then refused":            {faults: []sandbox.Fault{{Cut: true}, {Status: http.StatusForbidden}}, want: Uncertain, posts: 2, lists: 1},
		"and then a rate limit":       {faults: []sandbox.Fault{{Cut: true}, {Status: http.StatusTooManyRequests, Header: map[string]string{"Retry-After": "3600"}}}, want: Uncertain, posts: 2, lists: 1},
		"and then refused, 409":       {faults: []sandbox.Fault{{Cut: true}, {Status: http.StatusConflict}}, want: Uncertain, posts: 2, lists: 2},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a := newAccount(t, sandbox.Options{})
			for _, fault := range test.faults {
				fault.Method, fault.PathPrefix, fault.Times = http.MethodPost, "/v1/users", 1
				a.Inject(fault)
			}
			result, err := a.Invite(t.Context(), inviteOfAda())
			expectCase(t, result, err, test.want, test.want != Invited)
			if posts, lists := a.Count(http.MethodPost, "/v1/users"), a.Count(http.MethodGet, "/v1/users"); posts != test.posts || lists != test.lists {
				t.Errorf("got %d invites and %d listings, want %d and %d", posts, lists, test.posts, test.lists)
			}
			if len(a.recorded()) != test.posts {
				t.Errorf("got the records %v, want one for each of %d invites", a.recorded(), test.posts)
			}
			a.Wait()
			if got := a.having(ada); test.want == Invited && got != 1 {
				t.Errorf("got %d users with the address, want 1", got)
			}
		})
	}
}

// TestInviteInterrupted ends the operation at different moments. A POST that
// has begun is known to have been carried out soon after.
func TestInviteInterrupted(t *testing.T) {
	t.Parallel()
	t.Run("before", func(t *testing.T) {
		t.Parallel()
		a := newAccount(t, sandbox.Options{})
		ctx, interrupt := context.WithCancel(t.Context())
		interrupt()
		result, err := a.Invite(ctx, inviteOfAda())
		expectCase(t, result, err, Unsent, true)
		if len(a.Requests()) != 0 || len(a.recorded()) != 0 {
			t.Errorf("got the requests %v, want none", a.Requests())
		}
	})
	t.Run("while waiting for a rate limit", func(t *testing.T) {
		t.Parallel()
		a := newAccount(t, sandbox.Options{})
		a.Inject(sandbox.Fault{Method: http.MethodPost, Times: 1, Status: http.StatusTooManyRequests, Header: map[string]string{"Retry-After": "4"}})
		began := time.Now()
		result, err := a.Invite(a.interruptedAfter(t, 1), inviteOfAda())
		expectCase(t, result, err, Unsent, true)
		if took := time.Since(began); took > 2*time.Second {
			t.Errorf("it took %s to stop", took)
		}
	})
	for name, fault := range map[string]sandbox.Fault{
		"before the effect": {DelayBefore: 200 * time.Millisecond},
		"after the effect":  {Delay: 200 * time.Millisecond},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a := newAccount(t, sandbox.Options{})
			fault.Method, fault.Times = http.MethodPost, 1
			a.Inject(fault)
			result, err := a.Invite(a.interruptedAfter(t, 1), inviteOfAda())
			expectCase(t, result, err, Invited, false)
		})
	}
	t.Run("the answer lost", func(t *testing.T) {
		t.Parallel()
		a := newAccount(t, sandbox.Options{})
		a.settlePause = time.Hour
		a.Inject(sandbox.Fault{Method: http.MethodPost, Times: 1, DelayBefore: 50 * time.Millisecond, Cut: true})
		result, err := a.Invite(a.interruptedAfter(t, 1), inviteOfAda())
		expectCase(t, result, err, Uncertain, true)
		if posts, lists := a.Count(http.MethodPost, ""), a.Count(http.MethodGet, "/v1/users"); posts != 1 || lists != 2 {
			t.Errorf("got %d invites and %d listings, want 1 and 2", posts, lists)
		}
	})
}

// interruptedAfter is a context that ends once a POST has arrived.
func (a *testAccount) interruptedAfter(t *testing.T, posts int) context.Context {
	ctx, interrupt := context.WithCancel(t.Context())
	go func() {
		for a.Count(http.MethodPost, "") < posts && t.Context().Err() == nil {
			time.Sleep(time.Millisecond) //nolint:forbidigo // the sandbox has no event for it
		}
		interrupt()
	}()
	return ctx
}

// TestInviteRefusedManyTimes lists a large account once for all who are there.
func TestInviteRefusedManyTimes(t *testing.T) {
	t.Parallel()
	a := newAccount(t, sandbox.Options{People: 3000})
	results := make(chan Case)
	for i := range 60 {
		go func() {
			invited := inviteOfAda()
			invited.Email = strings.Replace("person.00000@northwind.example", "00000", pad(i+1), 1)
			result, err := a.Invite(t.Context(), invited)
			if err != nil {
				t.Error(err)
			}
			results <- result.Case
		}()
	}
	for range 60 {
		if got := <-results; got != AlreadyThere {
			t.Errorf("got case %d, want AlreadyThere", got)
		}
	}
	if got := a.Count(http.MethodGet, "/v1/users"); got > 4 {
		t.Errorf("got %d pages, want one listing of 4", got)
	}
}

func pad(n int) string {
	digits := "0000" + string(rune('0'+n/10)) + string(rune('0'+n%10))
	return digits[len(digits)-5:]
}

// TestInviteOfAnotherSession invites the same users from two runs whose answers
// are lost: each belongs to one of them.
func TestInviteOfAnotherSession(t *testing.T) {
	t.Parallel()
	a := newAccount(t, sandbox.Options{})
	if _, err := a.Invite(t.Context(), inviteOfAda()); err != nil {
		t.Fatal(err)
	}
	a.createdAt(time.Now().Add(-3 * time.Second))
	a.Inject(sandbox.Fault{Method: http.MethodPost, Times: 1, Status: http.StatusBadGateway})
	other := NewFivetran(a.client)
	other.settlePause = time.Millisecond
	result, err := other.Invite(t.Context(), inviteOfAda())
	expectCase(t, result, err, AlreadyThere, false)
}

func TestInviteLookupFails(t *testing.T) {
	t.Parallel()
	a := newAccount(t, sandbox.Options{})
	a.Inject(sandbox.Fault{Method: http.MethodPost, Status: http.StatusBadGateway, AfterEffect: true})
	a.Inject(sandbox.Fault{Method: http.MethodGet, PathPrefix: "/v1/users", Status: http.StatusForbidden})
	result, err := a.Invite(t.Context(), inviteOfAda())
	expectCase(t, result, err, Uncertain, true)
	if lost, ok := errors.AsType[*LostError](err); !ok || lost.Lookup == nil || rest.Status(err) != http.StatusBadGateway {
		t.Errorf("got the error %v, want a lost answer whose lookup failed", err)
	}
}

// Helpers that change the account behind the run's back.

func (a *testAccount) list0() { _, _, _ = a.Find(context.Background(), ada) }

func (a *testAccount) withAda() {
	client := fivetran.New(a.config, sandbox.FivetranKey, sandbox.FivetranSecret)
	_, _ = client.InviteUser(context.Background(), inviteOfAda().Invitation, nil)
	a.setCreated(a.late)
	a.ForgetRequests()
}

func (a *testAccount) setCreated(at string) {
	a.ChangeFivetranUser(ada, func(u *sandbox.FivetranUser) { u.CreatedAt = at })
}

func (a *testAccount) createdAt(at time.Time) { a.setCreated(at.UTC().Format(time.RFC3339Nano)) }

// TestCreatedSince compares times of the service with those of this machine.
func TestCreatedSince(t *testing.T) {
	t.Parallel()
	a := newAccount(t, sandbox.Options{ClockSkew: 100 * time.Hour})
	moment := time.Now()
	if a.createdSince(fivetran.User{CreatedAt: new(moment.Add(200 * time.Hour).Format(time.RFC3339))}, moment) {
		t.Error("a user counts as new although the service's clock is not known")
	}
	a.list0()
	earliest, _ := a.client.ServiceTime(moment)
	for created, want := range map[time.Time]bool{
		earliest:                                         true,
		earliest.Add(-time.Microsecond):                  false,
		earliest.Truncate(time.Second):                   true, // the service has whole seconds
		earliest.Truncate(time.Second).Add(-time.Second): false,
		earliest.Add(-100 * time.Hour):                   false, // this machine's clock
	} {
		text := created.Format(time.RFC3339Nano)
		if got := a.createdSince(fivetran.User{CreatedAt: &text}, moment); got != want {
			t.Errorf("created %s before: got %t, want %t", earliest.Sub(created), got, want)
		}
	}
	if a.createdSince(fivetran.User{}, moment) {
		t.Error("a user counts as new although the time of creation is not known")
	}
}

// TestInviteTwiceAtOnce loses the answers to two invites of one address: one
// of them has the user, as one user belongs to one resource.
func TestInviteTwiceAtOnce(t *testing.T) {
	t.Parallel()
	a := newAccount(t, sandbox.Options{Delay: 50 * time.Millisecond})
	a.Inject(sandbox.Fault{Method: http.MethodPost, Status: http.StatusBadGateway, AfterEffect: true})
	cases := make(chan Case)
	for _, email := range []string{ada, strings.ToUpper(ada)} {
		go func() {
			invited := inviteOfAda()
			invited.Email = email
			result, err := a.Invite(t.Context(), invited)
			if err != nil {
				t.Error(err)
			}
			cases <- result.Case
		}()
	}
	if got := []Case{<-cases, <-cases}; got[0]+got[1] != Invited+AlreadyThere {
		t.Errorf("got the cases %v, want one Invited and one AlreadyThere", got)
	}
}

func TestFind(t *testing.T) {
	t.Parallel()
	a := newAccount(t, sandbox.Options{})
	a.ChangeFivetranUser(mei, func(u *sandbox.FivetranUser) { u.Email = new("MEI.Tanaka@Northwind.example") })
	if user, found, err := a.Find(t.Context(), " mei.tanaka@northwind.EXAMPLE"); err != nil || !found || user.ID != "ferry_blink" {
		t.Errorf("got %+v, found: %t, error %v", user, found, err)
	}
	if _, found, err := a.Find(t.Context(), ada); err != nil || found {
		t.Errorf("found: %t, error %v", found, err)
	}
	other := NewFivetran(a.client)
	a.Inject(sandbox.Fault{PathPrefix: "/v1/users", Status: http.StatusForbidden})
	a.client.ForgetUsers()
	if _, _, err := other.Find(t.Context(), ada); rest.Status(err) != http.StatusForbidden {
		t.Errorf("got error %v, want 403", err)
	}
}

// TestInviteOfWhoIsAdopted is recorded as what it turns out to be. What another
// resource of this run invited is not adopted.
func TestInviteOfWhoIsAdopted(t *testing.T) {
	t.Parallel()
	invitation := inviteOfAda()
	invitation.Adopts = true
	a := newAccount(t, sandbox.Options{})
	for i, want := range []struct {
		result   Case
		activity rest.Activity
		record   rest.Result
	}{{Invited, "", rest.ResultSuccess}, {AlreadyThere, "", rest.ResultFailure}} {
		result, err := a.Invite(t.Context(), invitation)
		expectCase(t, result, err, want.result, false)
		if got := a.records[i]; got.Activity != want.activity || got.Result != want.record {
			t.Errorf("recorded %+v, want %+v", got, want)
		}
	}
	other := newAccount(t, sandbox.Options{})
	other.withAda()
	result, err := other.Invite(t.Context(), invitation)
	expectCase(t, result, err, AlreadyThere, false)
	if got := other.records[0]; got.Activity != rest.ActivityAdopt || got.Result != rest.ResultSuccess || got.ID != result.User.ID {
		t.Errorf("recorded %+v, want that the user is adopted", got)
	}
}
