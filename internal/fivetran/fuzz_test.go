// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package fivetran

import (
	"strings"
	"testing"

	"github.com/datastack-iam/terraform-provider-datastack/internal/fuzzing"
	"github.com/datastack-iam/terraform-provider-datastack/internal/rest"
)

// FuzzReplies reads any bytes as each kind of reply, and makes of it what the
// client returns. The replies in testdata are seeds.
func FuzzReplies(f *testing.F) {
	for _, reply := range fuzzing.Replies(f) {
		f.Add(reply)
	}
	for _, reply := range []string{
		`{"code":"AuthFailed","data":{"items":[]}}`, `{"data":{"items":[{"id":[],"name":7,"scope":[null,{}]}],"next_cursor":{}}}`, `{"data":{"items":[null,"a"]}}`, `{"data":{"id":"a","role":[]}}`,
	} {
		f.Add([]byte(reply))
	}
	f.Fuzz(func(t *testing.T, reply []byte) {
		fuzzing.Bounded(t, len(reply), func() { readAll(t, reply) })
	})
}

func readAll(t *testing.T, reply []byte) {
	var users envelope[wirePage[wireUser]]
	if rest.Unmarshal(reply, &users) == nil {
		if code := users.Code.String(); users.Data.Items == nil || code != "" && !strings.EqualFold(code, "Success") {
			t.Errorf("got the code %q and the items %v without an error", code, users.Data.Items)
		}
		for _, user := range users.Data.Items {
			if shown := user.user(); shown.Role != nil && *shown.Role == "" {
				t.Errorf("got %+v", shown)
			}
		}
	}
	var roles envelope[wirePage[wireRole]]
	if rest.Unmarshal(reply, &roles) == nil {
		for _, role := range roles.Data.Items {
			_ = role.role()
		}
	}
	var user envelope[wireUser]
	if rest.Unmarshal(reply, &user) == nil && user.Data.user().ID == "" {
		t.Error("got a user without an id and without an error")
	}
}
