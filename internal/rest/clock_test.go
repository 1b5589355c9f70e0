// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package rest

import (
	"net/http"
	"testing"
	"testing/synctest"
	"time"
)

func TestServiceTime(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		// The service's clock is an hour and half a second ahead.
		ahead := time.Hour + 500*time.Millisecond
		var takes time.Duration
		status, date := 200, func() string { return time.Now().Add(ahead).UTC().Format(http.TimeFormat) }
		client := newInMemory(t, func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Date", date())
			<-time.After(takes)
			w.WriteHeader(status)
		})
		check := func(when string) {
			t.Helper()
			for _, distance := range []time.Duration{-time.Hour, 0, time.Hour} {
				moment := time.Now().Add(distance)
				truth := moment.Add(ahead)
				got, ok := client.ServiceTime(moment)
				if early := truth.Sub(got); !ok || early < 0 || early >= time.Second+takes {
					t.Errorf("%s: got %s, %t, which is %s early, want less than a second and what the reply took", when, got, ok, early)
				}
			}
		}
		if _, ok := client.ServiceTime(time.Now()); ok {
			t.Error("before a reply: got a time")
		}
		status = 502
		_ = client.Send(t.Context(), oneInvite, nil)
		if _, ok := client.ServiceTime(time.Now()); ok {
			t.Error("after the reply of a gateway: got a time")
		}
		status = 200
		_ = client.Send(t.Context(), oneInvite, nil)
		check("after a reply")
		takes = 2 * time.Second
		_ = client.Send(t.Context(), oneInvite, nil)
		check("after a slow reply")

		// What a gateway says, or what is no date, changes nothing.
		status, date = 502, func() string { return "Fri, 31 Dec 1999 23:59:59 GMT" }
		_ = client.Send(t.Context(), oneInvite, nil)
		check("after the reply of a gateway")
		status, date = 200, func() string { return "soon" }
		_ = client.Send(t.Context(), oneInvite, nil)
		check("after a reply without a date")

		ahead = -time.Minute
		date = func() string { return time.Now().Add(ahead).UTC().Format(http.TimeFormat) }
		_ = client.Send(t.Context(), oneInvite, nil)
		check("after the service set its clock")
	})
}
