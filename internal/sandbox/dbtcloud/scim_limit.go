// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package dbtcloud

import (
	"cmp"
	"net/http"
	"strconv"
	"time"

	"github.com/datastack-iam/terraform-provider-datastack/internal/sandbox/scim"
)

// writeWindow counts the requests of the fixed window that is under way.
type writeWindow struct {
	begun time.Time
	count int
}

// limited refuses what is too much in a window, and says in both documented
// fields when it ends. The first request after that begins the next one.
func (a *Account) limited(h func(http.ResponseWriter, *http.Request) *scim.Error) func(http.ResponseWriter, *http.Request) *scim.Error {
	limit, length := cmp.Or(a.behavior.WriteLimit, 20), cmp.Or(a.behavior.WriteWindow, 5*time.Second)
	return func(w http.ResponseWriter, r *http.Request) *scim.Error {
		left := time.Until(a.window.begun.Add(length))
		if left <= 0 {
			a.window, left = writeWindow{begun: time.Now()}, length
		}
		if a.window.count++; limit < 0 || a.window.count <= limit {
			return h(w, r)
		}
		seconds := int((left + time.Second - 1) / time.Second)
		w.Header().Set("Retry-After", strconv.Itoa(seconds))
		w.Header().Set("x-rate-limit-retry-after-seconds", strconv.Itoa(seconds))
		return &scim.Error{Status: http.StatusTooManyRequests, Detail: "Request was throttled."}
	}
}
