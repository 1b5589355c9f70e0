// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package dbtcloud

import (
	"testing"

	"github.com/datastack-iam/terraform-provider-datastack/internal/fuzzing"
	"github.com/datastack-iam/terraform-provider-datastack/internal/rest"
)

// FuzzReplies reads any bytes as each kind of list, and makes of it what the
// client returns. The replies in testdata are seeds.
func FuzzReplies(f *testing.F) {
	for _, reply := range fuzzing.Replies(f) {
		f.Add(reply)
	}
	for _, reply := range []string{
		`{"data":[{"id":1,"permissions":{"account_id":1000,"groups":[{},{"name":"a"},null]}}]}`,
		`{"data":[{"id":"1","licenses":{"1000":[],"x":{}}}]}`, `{"data":[{"id":1,"licenses":[[],{"account_id":1000}]}]}`,
		`{"data":{"it":{"total":[]}}}`, `{"data":[{"it":{"total":1}},7]}`,
	} {
		f.Add([]byte(reply))
	}
	f.Fuzz(func(t *testing.T, reply []byte) {
		fuzzing.Bounded(t, len(reply), func() { readAll(t, reply) })
	})
}

func readAll(t *testing.T, reply []byte) {
	for _, user := range readRows[wireUser](reply) {
		if shown := user.user(1000, repeatedGroups{}); shown.Groups == nil || shown.Email != nil && *shown.Email == "" {
			t.Errorf("got %+v", shown)
		}
	}
	for _, group := range readRows[wireGroup](reply) {
		if shown := group.group(); shown.Permissions == nil || shown.SSOMappingGroups == nil {
			t.Errorf("got %+v", shown)
		}
	}
	for _, invite := range readRows[wireInvite](reply) {
		if shown := invite.invite(); shown.GroupIDs == nil || shown.Status != nil && *shown.Status == "" {
			t.Errorf("got %+v", shown)
		}
	}
	for _, token := range readRows[wireServiceToken](reply) {
		_ = token.token()
	}
	var seats envelope[allocation]
	if rest.Unmarshal(reply, &seats) == nil && *seats.Data == nil {
		t.Error("got no seats and no error")
	}
}

// readRows returns the rows that have an id, as a listing does.
func readRows[T interface{ key() string }](reply []byte) []T {
	var page pageEnvelope[T]
	if rest.Unmarshal(reply, &page) != nil || page.Data == nil {
		return nil
	}
	var rows []T
	for _, row := range *page.Data {
		if row.key() != "" {
			rows = append(rows, row)
		}
	}
	return rows
}
