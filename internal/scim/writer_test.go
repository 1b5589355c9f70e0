// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package scim

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
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

// TestWriteReplies has a service answer a change in every way: what is lost, and
// what a refusal says.
func TestWriteReplies(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		status         int
		body           string
		id             string
		lost, notFound bool
		deleted        rest.Result
	}{
		"200":             {status: http.StatusOK, body: `{"ID":"7"}`, id: "7", deleted: rest.ResultSuccess},
		"201":             {status: http.StatusCreated, body: `{"id":7}`, id: "7", deleted: rest.ResultSuccess},
		"201 without id":  {status: http.StatusCreated, body: `{"userName":"ann@x"}`, deleted: rest.ResultSuccess},
		"204":             {status: http.StatusNoContent, lost: true, deleted: rest.ResultSuccess},
		"200 with a page": {status: http.StatusOK, body: `<html>`, lost: true, deleted: rest.ResultSuccess},
		"502":             {status: http.StatusBadGateway, lost: true, deleted: rest.ResultUnknown},
		"404":             {status: http.StatusNotFound, deleted: rest.ResultSuccess},
		"409":             {status: http.StatusConflict, deleted: rest.ResultFailure},
		"412":             {status: http.StatusPreconditionFailed, deleted: rest.ResultFailure},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			answer := func(w http.ResponseWriter, _ *http.Request) {
				w.WriteHeader(test.status)
				send(w, test.body)
			}
			create := `POST /Users {"schemas":["` + coreUser + `"],"userName":"ann@x","active":false,"name":{"givenName":"","familyName":""},"emails":[{"value":"ann@x","primary":true,"type":"work"}]}`
			writer, _, outcomes := writeTo(t, create, answer)
			settled := false
			user, err := writer.CreateUser(t.Context(), UserDetails{UserName: "ann@x"}, func(_ context.Context, reply User, outcome rest.Outcome) (User, rest.Outcome) {
				settled = true
				return reply, outcome
			})
			if user.ID != test.id || rest.Lost(err) != test.lost || (err == nil) != (test.status < 300 && !test.lost) || !settled {
				t.Errorf("got the user %q, error %v, settled: %t", user.ID, err, settled)
			}
			wantSame(t, "the recorded id", (*outcomes)[0].ID, test.id)

			writer, _, outcomes = writeTo(t, "DELETE /Users/a%2F1", answer)
			err = writer.DeleteUser(t.Context(), userOfWrites, nil)
			if got := (*outcomes)[0].Result; got != test.deleted || (err == nil) != (test.status < 300) {
				t.Errorf("deleted: got the result %d and error %v, want %d", got, err, test.deleted)
			}
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

// TestVersions sends the version back in the form in which it came, odd ones too.
func TestVersions(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct{ header, body, want string }{
		"none":     {},
		"header":   {header: `W/"1"`, want: `W/"1"`},
		"unquoted": {header: "v1", want: "v1"},
		"body":     {body: `W/\"2\"`, want: `W/"2"`},
		"both":     {header: `"1"`, body: `W/\"2\"`, want: `"1"`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for _, collection := range []string{"Users", "Groups"} {
				var got []string
				server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
					got = r.Header.Values("If-Match")
					if test.header != "" {
						w.Header().Set("ETag", test.header)
					}
					send(w, `{"id":"1","meta":{"version":"`+test.body+`"}}`)
				}))
				t.Cleanup(server.Close)
				base, _ := url.Parse(server.URL)
				writer := NewWriter(rest.New(rest.Config{Base: base, Authorize: func(*http.Request) {}, AnyCase: true, RequestTimeout: patience, RetryTimeout: patience}))
				ctx := t.Context()
				writes := map[string]func() error{}
				if collection == "Users" {
					user, err := writer.User(ctx, "1")
					if err != nil {
						t.Fatal(err)
					}
					writes["PATCH"] = func() error {
						_, err := writer.UpdateUser(ctx, user, UserChange{Active: new(true)}, rest.ActivityEnable, nil)
						return err
					}
					writes["PUT"] = func() error {
						_, err := writer.ReplaceUser(ctx, user, UserDetails{}, rest.ActivityEnable, nil)
						return err
					}
					writes["DELETE"] = func() error { return writer.DeleteUser(ctx, user, nil) }
				} else {
					group, err := writer.Group(ctx, "1")
					if err != nil {
						t.Fatal(err)
					}
					writes["PATCH"] = func() error {
						_, err := writer.ChangeMembers(ctx, group, MemberChange{Remove: []string{"1"}}, rest.ActivityUpdate, nil)
						return err
					}
					writes["DELETE"] = func() error { return writer.DeleteGroup(ctx, group, nil) }
				}
				for method, write := range writes {
					if err := write(); err != nil {
						t.Error(err)
					}
					if want := slices.DeleteFunc([]string{test.want}, func(version string) bool { return version == "" }); !slices.Equal(got, want) {
						t.Errorf("%s %s: got If-Match %q, want %q", method, collection, got, want)
					}
				}
			}
		})
	}
}

// TestMemberBatches changes more members than one request takes, removals first.
func TestMemberBatches(t *testing.T) {
	t.Parallel()
	var got [][2]int
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		var body struct {
			Operations []struct {
				Op    string
				Value []memberBody
			}
		}
		if err := json.NewDecoder(r.Body).Decode(&body); err != nil {
			t.Error(err)
		}
		if len(body.Operations) > 100 {
			t.Errorf("got %d operations in one request", len(body.Operations))
		}
		n := [2]int{}
		for _, each := range body.Operations {
			if each.Op == "remove" {
				n[0]++
			}
			n[1] += len(each.Value)
		}
		got = append(got, n)
		w.WriteHeader(http.StatusNoContent)
	}))
	t.Cleanup(server.Close)
	base, _ := url.Parse(server.URL)
	writer := NewWriter(rest.New(rest.Config{Base: base, Authorize: func(*http.Request) {}, RequestTimeout: patience, RetryTimeout: patience}))
	change := MemberChange{}
	for i := range 2450 {
		change.Add = append(change.Add, Member{ID: fmt.Sprint("new", i)})
	}
	for i := range 250 {
		change.Remove = append(change.Remove, fmt.Sprint("old", i))
	}
	for !change.Empty() {
		now, left := change.Next()
		if now.Empty() {
			t.Fatal("no progress")
		}
		if _, err := writer.ChangeMembers(t.Context(), Group{ID: "g"}, now, rest.ActivityUpdate, nil); !rest.Lost(err) {
			t.Fatalf("got error %v, want a reply without a body", err)
		}
		change = left
	}
	if want := [][2]int{{100, 0}, {100, 0}, {50, 1000}, {0, 1000}, {0, 450}}; !slices.Equal(got, want) {
		t.Errorf("got removals and additions %v, want %v", got, want)
	}
}
