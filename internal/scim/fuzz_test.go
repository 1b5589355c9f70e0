// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package scim

import (
	"context"
	"net/http"
	"net/url"
	"testing"

	"github.com/datastack-iam/terraform-provider-datastack/internal/fuzzing"
	"github.com/datastack-iam/terraform-provider-datastack/internal/rest"
)

// FuzzReplies reads users and groups of any two replies, as lists that a service
// sends whatever it is asked for, and joins them. The replies in testdata are
// seeds.
func FuzzReplies(f *testing.F) {
	for _, reply := range fuzzing.Replies(f) {
		f.Add(reply, reply)
	}
	for _, reply := range [][2]string{
		{`{"Resources":[{"id":"1","groups":[{"display":"A"},"b",{},null]}]}`, `{"Resources":[{"id":"b","members":["1",{"display":"x"},"b"]}]}`},
		{`{"totalResults":1,"Resources":[{"id":"1","emails":{"value":"a@x"},"name":[]}]}`, `{"totalResults":2,"Resources":[{"id":"a","members":["b"]},{"id":"b","members":["a","1"]}]}`},
		{`{}`, `{"schemas":["x:ListResponse"]}`}, {`{"nextCursor":"x","Resources":[{"id":"1"}]}`, `{"Resources":[{"id":"a","displayName":"A"}]}`},
	} {
		f.Add([]byte(reply[0]), []byte(reply[1]))
	}
	f.Fuzz(func(t *testing.T, users, groups []byte) {
		fuzzing.Bounded(t, len(users)+len(groups), func() { readBoth(t, users, groups) })
	})
}

func readBoth(t *testing.T, users, groups []byte) {
	reader := NewReader(replies{"Users": users, "Groups": groups}, "RudderStack")
	listed, err := reader.Users(t.Context())
	for _, user := range listed {
		if user.ID == "" || err != nil {
			t.Errorf("got %s and error %v", show(user), err)
		}
		seen := map[string]bool{}
		for _, group := range user.Groups {
			if group.ID == "" && group.DisplayName == nil || group.ID != "" && seen[group.ID] {
				t.Errorf("got groups %s", show(user.Groups))
			}
			seen[group.ID] = true
		}
	}
	withMembers, err := reader.GroupsWithMembers(t.Context())
	for _, group := range withMembers {
		if group.ID == "" || err != nil {
			t.Errorf("got %s and error %v", show(group), err)
		}
		for _, member := range group.Members {
			if member.ID == "" && member.Display == nil {
				t.Errorf("got members %s", show(group.Members))
			}
		}
	}
}

// replies are those of a service by collection. It refuses all else.
type replies map[string][]byte

func (r replies) Get(_ context.Context, path string, _ url.Values, into any) error {
	reply, ok := r[path]
	if !ok {
		return &rest.Error{Method: http.MethodGet, URL: path, Status: http.StatusNotFound}
	}
	err := decode(string(reply), into)
	if envelope, is := into.(rest.Envelope); is && err == nil {
		err = envelope.Check()
	}
	if err != nil {
		return &rest.Error{Method: http.MethodGet, URL: path, Status: http.StatusOK, Err: err}
	}
	return nil
}
