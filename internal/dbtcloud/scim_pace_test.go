// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package dbtcloud

import (
	"context"
	"fmt"
	"net/http"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/datastack-iam/terraform-provider-datastack/internal/rest"
	"github.com/datastack-iam/terraform-provider-datastack/internal/scim"
)

// TestSCIMPace keeps to the limit of the account wherever the service's window
// begins, and slows nothing else.
func TestSCIMPace(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		p := newPace(20, 5*time.Second)
		var mu sync.Mutex
		var arrivals []time.Time
		var group sync.WaitGroup
		for range 10 { // as many as Terraform has under way
			group.Go(func() {
				for range 10 {
					end := p.begin(t.Context())
					mu.Lock()
					onTheWay := 10 * time.Millisecond
					if len(arrivals) < 20 {
						onTheWay = 300 * time.Millisecond
					}
					mu.Unlock()
					<-time.After(onTheWay)
					mu.Lock()
					arrivals = append(arrivals, time.Now())
					mu.Unlock()
					<-time.After(20 * time.Millisecond)
					end()
				}
			})
		}
		began := time.Now()
		group.Wait()
		for i := 20; i < len(arrivals); i++ {
			if between := arrivals[i].Sub(arrivals[i-20]); between < 5*time.Second {
				t.Errorf("request %d came %s after the twentieth before it", i, between)
			}
		}
		if took := time.Since(began); took > 21*time.Second {
			t.Errorf("100 requests took %s", took)
		}
		// Ctrl-C ends a wait at once.
		for range 20 {
			p.begin(t.Context())
		}
		ctx, cancel := context.WithCancel(t.Context())
		time.AfterFunc(time.Second, cancel)
		began = time.Now()
		p.begin(ctx)()
		if took := time.Since(began); took != time.Second {
			t.Errorf("the wait ended after %s", took)
		}
		<-time.After(time.Minute)
	})
}

// TestSCIMLimit paces POST and PUT of users only, and waits out the limit of the
// service where it is met all the same.
func TestSCIMLimit(t *testing.T) {
	t.Parallel()
	for _, header := range []string{"Retry-After", "x-rate-limit-retry-after-seconds"} {
		t.Run(header, func(t *testing.T) {
			t.Parallel()
			var mu sync.Mutex
			posts := 0
			limited := make(chan struct{})
			client := serveSCIM(t, func(w http.ResponseWriter, _ *http.Request, request string) {
				mu.Lock()
				defer mu.Unlock()
				if request == "POST /Users" {
					if posts++; posts == 1 {
						w.Header().Set(header, "2")
						w.WriteHeader(http.StatusTooManyRequests)
						close(limited)
						return
					}
				}
				write(w, `{"id":"1"}`)
			})
			created := make(chan error, 1)
			began := time.Now()
			go func() {
				_, err := client.CreateUser(t.Context(), scim.UserDetails{UserName: "ann@x"}, nil)
				created <- err
			}()
			<-limited
			for i := range 25 {
				_, updated := client.UpdateUser(t.Context(), scim.User{ID: "1"}, scim.UserChange{Active: new(false)}, rest.ActivityDisable, nil)
				_, renamed := client.UpdateGroup(t.Context(), scim.Group{ID: "1"}, scim.GroupChange{DisplayName: new("A")}, rest.ActivityUpdate, nil)
				_, added := client.CreateGroup(t.Context(), scim.GroupDetails{DisplayName: fmt.Sprint(i)}, nil)
				if _, err := client.User(t.Context(), "1"); updated != nil || renamed != nil || added != nil || err != nil {
					t.Fatal(updated, renamed, added, err)
				}
			}
			if took := time.Since(began); took > 1900*time.Millisecond {
				t.Errorf("what has no limit took %s", took)
			}
			if err := <-created; err != nil || time.Since(began) < 2*time.Second || posts != 2 {
				t.Errorf("created after %s and %d requests, error %v", time.Since(began), posts, err)
			}
		})
	}
}

// TestSCIMPaceInterrupted sends nothing once the operation has ended, and says
// so.
func TestSCIMPaceInterrupted(t *testing.T) {
	t.Parallel()
	client := serveSCIM(t, func(w http.ResponseWriter, _ *http.Request, _ string) { write(w, `{"id":"1"}`) })
	for i := range userWrites {
		change := func() error {
			_, err := client.CreateUser(t.Context(), scim.UserDetails{UserName: "ann@x"}, nil)
			return err
		}
		if i%2 == 0 {
			change = func() error {
				_, err := client.ReplaceUser(t.Context(), scim.User{ID: "1"}, scim.UserDetails{UserName: "ann@x"}, rest.ActivityUpdate, nil)
				return err
			}
		}
		if err := change(); err != nil {
			t.Fatal(err)
		}
	}
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	began := time.Now()
	_, err := client.CreateUser(ctx, scim.UserDetails{UserName: "ann@x"}, nil)
	if !rest.Unsent(err) || time.Since(began) > time.Second {
		t.Errorf("got error %v after %s", err, time.Since(began))
	}
}
