// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package scim

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"testing"

	"github.com/datastack-iam/terraform-provider-datastack/internal/rest"
)

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
		"204":             {status: http.StatusNoContent, deleted: rest.ResultSuccess},
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
		if _, err := writer.ChangeMembers(t.Context(), Group{ID: "g"}, now, rest.ActivityUpdate, nil); err != nil {
			t.Fatal(err)
		}
		change = left
	}
	if want := [][2]int{{100, 0}, {100, 0}, {50, 1000}, {0, 1000}, {0, 450}}; !slices.Equal(got, want) {
		t.Errorf("got removals and additions %v, want %v", got, want)
	}
}
