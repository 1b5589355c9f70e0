// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package scim

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/datastack-iam/terraform-provider-datastack/internal/rest"
)

// writeTo returns a writer of a service that fails on any other request than
// "METHOD /path body", and answers it. targets are what is recorded.
func writeTo(t *testing.T, want string, answer http.HandlerFunc) (writer *Writer, targets *[]rest.Target, outcomes *[]rest.Outcome) {
	t.Helper()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(r.Body)
		if err != nil {
			t.Error(err)
		}
		if got := strings.TrimSpace(fmt.Sprintf("%s %s %s", r.Method, r.URL.EscapedPath(), bytes.TrimSpace(body))); got != want {
			t.Errorf("got the request\n\t%s\nwant\n\t%s", got, want)
		}
		answer(w, r)
	}))
	t.Cleanup(server.Close)
	base, err := url.Parse(server.URL)
	if err != nil {
		t.Fatal(err)
	}
	targets, outcomes = &[]rest.Target{}, &[]rest.Outcome{}
	return NewWriter(rest.New(rest.Config{
		Base: base, Authorize: func(*http.Request) {}, AnyCase: true,
		Refusal:        func() rest.Refusal { return &Refusal{} },
		RequestTimeout: patience, RetryTimeout: patience,
		Record: func(_ context.Context, _, _ string, target rest.Target) (func(rest.Outcome), error) {
			*targets = append(*targets, target)
			return func(outcome rest.Outcome) { *outcomes = append(*outcomes, outcome) }, nil
		},
	})), targets, outcomes
}

const patchHead = `{"schemas":["urn:ietf:params:scim:api:messages:2.0:PatchOp"],"Operations":[`

var userOfWrites = User{ID: "a/1", UserName: new("ann@x")}

// TestWrites sends every change in the form that servers accept, and records
// what it is about.
func TestWrites(t *testing.T) {
	t.Parallel()
	userTarget := func(activity rest.Activity, fields ...string) rest.Target {
		return rest.Target{Activity: activity, ID: "a/1", Email: "ann@x", Fields: fields}
	}
	before := Group{ID: "g", DisplayName: new("Analysts")}
	groupTarget := func(activity rest.Activity, fields ...string) rest.Target {
		return rest.Target{Activity: activity, Kind: rest.GroupTarget, ID: "g", Name: "Analysts", Fields: fields}
	}
	removed := groupTarget(rest.ActivityUpdate, "member_ids")
	removed.Removed, removed.Added = []string{"1", `"2\`}, []string{"3", "4"}
	for name, test := range map[string]struct {
		want   string
		write  func(context.Context, *Writer) error
		target rest.Target
	}{
		"create a user": {
			`POST /Users {"schemas":["urn:ietf:params:scim:schemas:core:2.0:User"],"userName":"ann@x","active":true,` +
				`"name":{"givenName":"Ann","familyName":"O'<Neill>"},"emails":[{"value":"ann@x","primary":true,"type":"work"}]}`,
			func(ctx context.Context, w *Writer) error {
				_, err := w.CreateUser(ctx, UserDetails{UserName: "ann@x", GivenName: "Ann", FamilyName: "O'<Neill>", Active: true}, nil)
				return err
			},
			rest.Target{Activity: rest.ActivityCreate, Email: "ann@x", Fields: []string{"given_name", "family_name", "active"}},
		},
		"create a user with all": {
			`POST /Users {"schemas":["urn:ietf:params:scim:schemas:core:2.0:User","urn:ietf:params:scim:schemas:extension:dbtLabs:2.0:User"],"userName":"ann@x",` +
				`"externalId":"e","active":false,"name":{"givenName":"","familyName":""},"emails":[{"value":"ann@x","primary":true,"type":"work"}],` +
				`"urn:ietf:params:scim:schemas:extension:dbtLabs:2.0:User":{"licenseType":"read_only"}}`,
			func(ctx context.Context, w *Writer) error {
				_, err := w.CreateUser(ctx, UserDetails{UserName: "ann@x", ExternalID: new("e"), LicenseType: new("read_only")}, nil)
				return err
			},
			rest.Target{Activity: rest.ActivityCreate, Email: "ann@x", Fields: []string{"given_name", "family_name", "active", "external_id", "license_type"}},
		},
		"replace a user": {
			`PUT /Users/a%2F1 {"schemas":["urn:ietf:params:scim:schemas:core:2.0:User"],"userName":"ann@x","active":true,` +
				`"name":{"givenName":"Ann","familyName":"Neill"},"emails":[{"value":"ann@x","primary":true,"type":"work"}]}`,
			func(ctx context.Context, w *Writer) error {
				_, err := w.ReplaceUser(ctx, userOfWrites, UserDetails{UserName: "ann@x", GivenName: "Ann", FamilyName: "Neill", Active: true}, rest.ActivityUpdate, nil)
				return err
			},
			userTarget(rest.ActivityUpdate, "given_name", "family_name", "active"),
		},
		"deactivate": {
			`PATCH /Users/a%2F1 ` + patchHead + `{"op":"replace","value":{"active":false}}]}`,
			func(ctx context.Context, w *Writer) error {
				_, err := w.UpdateUser(ctx, userOfWrites, UserChange{Active: new(false)}, rest.ActivityDisable, nil)
				return err
			},
			userTarget(rest.ActivityDisable, "active"),
		},
		"change a user": {
			`PATCH /Users/a%2F1 ` + patchHead + `{"op":"replace","path":"name.givenName","value":"Anna"},{"op":"replace","path":"name.familyName","value":""},` +
				`{"op":"replace","path":"externalId","value":"e"},{"op":"replace","value":{"active":true}}]}`,
			func(ctx context.Context, w *Writer) error {
				_, err := w.UpdateUser(ctx, userOfWrites, UserChange{GivenName: new("Anna"), FamilyName: new(""), ExternalID: new("e"), Active: new(true)}, rest.ActivityAdopt, nil)
				return err
			},
			userTarget(rest.ActivityAdopt, "given_name", "family_name", "external_id", "active"),
		},
		"delete a user": {
			`DELETE /Users/a%2F1`,
			func(ctx context.Context, w *Writer) error { return w.DeleteUser(ctx, userOfWrites, nil) },
			userTarget(rest.ActivityDelete),
		},
		"create a group": {
			`POST /Groups {"schemas":["urn:ietf:params:scim:schemas:core:2.0:Group"],"displayName":"Analysts","externalId":"e","members":[{"value":"1","display":"ann@x"},{"value":"2","display":"2"}]}`,
			func(ctx context.Context, w *Writer) error {
				_, err := w.CreateGroup(ctx, GroupDetails{DisplayName: "Analysts", ExternalID: new("e"), Members: []Member{{ID: "1", Display: new("ann@x")}, {ID: "2"}}}, nil)
				return err
			},
			rest.Target{Activity: rest.ActivityCreate, Kind: rest.GroupTarget, Name: "Analysts", Added: []string{"1", "2"}},
		},
		"rename a group": {
			`PATCH /Groups/g ` + patchHead + `{"op":"replace","path":"displayName","value":"R&D"},{"op":"remove","path":"externalId"}]}`,
			func(ctx context.Context, w *Writer) error {
				_, err := w.UpdateGroup(ctx, before, GroupChange{DisplayName: new("R&D"), ExternalID: new("")}, rest.ActivityUpdate, nil)
				return err
			},
			groupTarget(rest.ActivityUpdate, "display_name", "external_id"),
		},
		"set the external id of a group": {
			`PATCH /Groups/g ` + patchHead + `{"op":"replace","path":"externalId","value":"e"}]}`,
			func(ctx context.Context, w *Writer) error {
				_, err := w.UpdateGroup(ctx, before, GroupChange{ExternalID: new("e")}, rest.ActivityAdopt, nil)
				return err
			},
			groupTarget(rest.ActivityAdopt, "external_id"),
		},
		"change members": {
			`PATCH /Groups/g ` + patchHead + `{"op":"remove","path":"members[value eq \"1\"]"},{"op":"remove","path":"members[value eq \"\\\"2\\\\\"]"},` +
				`{"op":"add","path":"members","value":[{"value":"3","display":"cid@x"},{"value":"4","display":"4"}]}]}`,
			func(ctx context.Context, w *Writer) error {
				_, err := w.ChangeMembers(ctx, before, MemberChange{Remove: []string{"1", `"2\`}, Add: []Member{{ID: "3", Display: new("cid@x")}, {ID: "4"}}}, rest.ActivityUpdate, nil)
				return err
			},
			removed,
		},
		"delete a group": {
			`DELETE /Groups/g`,
			func(ctx context.Context, w *Writer) error { return w.DeleteGroup(ctx, before, nil) },
			groupTarget(rest.ActivityDelete),
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			writer, targets, outcomes := writeTo(t, test.want, func(w http.ResponseWriter, _ *http.Request) { send(w, `{"id":"new","userName":"ann@x"}`) })
			if err := test.write(t.Context(), writer); err != nil {
				t.Error(err)
			}
			wantSame(t, "targets", *targets, []rest.Target{test.target})
			created := rest.Outcome{Result: rest.ResultSuccess, Status: http.StatusOK}
			if test.target.Activity == rest.ActivityCreate {
				created.ID = "new"
			}
			wantSame(t, "outcomes", *outcomes, []rest.Outcome{created})
		})
	}
}

// TestWriteOfNoID sends nothing: the path would be that of all.
func TestWriteOfNoID(t *testing.T) {
	t.Parallel()
	writer, _, _ := writeTo(t, "nothing", func(http.ResponseWriter, *http.Request) {})
	_, replaced := writer.ReplaceUser(t.Context(), User{}, UserDetails{}, rest.ActivityUpdate, nil)
	_, updated := writer.UpdateUser(t.Context(), User{}, UserChange{Active: new(true)}, rest.ActivityUpdate, nil)
	_, renamed := writer.UpdateGroup(t.Context(), Group{}, GroupChange{DisplayName: new("A")}, rest.ActivityUpdate, nil)
	for _, err := range []error{replaced, updated, renamed, writer.DeleteUser(t.Context(), User{}, nil), writer.DeleteGroup(t.Context(), Group{}, nil)} {
		if err == nil {
			t.Error("got no error")
		}
	}
}

// TestChangeOfNothing sends nothing but a read.
func TestChangeOfNothing(t *testing.T) {
	t.Parallel()
	writer, targets, _ := writeTo(t, "GET /Users/a%2F1", func(w http.ResponseWriter, _ *http.Request) { send(w, `{"id":"a/1","groups":[{"value":"g"}]}`) })
	user, err := writer.UpdateUser(t.Context(), userOfWrites, UserChange{}, rest.ActivityUpdate, nil)
	wantSame(t, "user", user, User{ID: "a/1", Groups: []GroupRef{{ID: "g"}}})
	if err != nil || len(*targets) != 0 {
		t.Errorf("got error %v, and recorded %v", err, *targets)
	}
	writer, _, _ = writeTo(t, "GET /Groups/g", func(w http.ResponseWriter, _ *http.Request) {
		send(w, `{"id":"g","displayName":"Analysts","members":[{"value":"1"}]}`)
	})
	group, err := writer.ChangeMembers(t.Context(), Group{ID: "g"}, MemberChange{}, rest.ActivityUpdate, nil)
	wantSame(t, "group", group, Group{ID: "g", DisplayName: new("Analysts"), Members: []Member{{ID: "1", Type: UnknownMember}}})
	if err != nil {
		t.Errorf("got error %v", err)
	}
}
