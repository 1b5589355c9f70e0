// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package fivetran_test

import (
	"fmt"
	"net/http"
	"slices"
	"testing"

	"github.com/datastack-iam/terraform-provider-datastack/internal/fivetran"
)

// single answers the reading of one user.
func single(id string) http.HandlerFunc {
	return always(http.StatusOK, fmt.Sprintf(`{"code":"Success","data":{"id":%q}}`, id))
}

func TestSharedUserOfASmallAccount(t *testing.T) {
	t.Parallel()
	client, received := serve(t, answers{
		listUsers:            items(`{"id":"a_b"}`, `{"id":"c_d"}`),
		"GET /v1/users/e_f":  single("e_f"),
		"GET /v1/users/gone": always(http.StatusNotFound, file(t, "user_not_found.json")),
	})
	for _, id := range []string{"a_b", "c_d", "e_f"} {
		if got, err := client.SharedUser(t.Context(), id); err != nil || got.ID != id {
			t.Errorf("got user %q and error %v, want %q", got.ID, err, id)
		}
	}
	if _, err := client.SharedUser(t.Context(), "gone"); !fivetran.NotFound(err) {
		t.Errorf("got error %v, want that there is no such user", err)
	}
	// The listing for everybody goes on from the page that is there.
	if all, err := client.Users(t.Context()); err != nil || len(all) != 2 {
		t.Errorf("got %d users and error %v, want 2", len(all), err)
	}
	received.expect(t, listUsers, "GET /v1/users/e_f", "GET /v1/users/gone")
}

func TestSharedUserOfALargeAccount(t *testing.T) {
	t.Parallel()
	handlers := answers{
		listUsers:                              always(http.StatusOK, `{"code":"Success","data":{"items":[{"id":"first"}],"next_cursor":"next"}}`),
		"GET /v1/users?cursor=next&limit=1000": items(`{"id":"second"}`),
	}
	want := []string{listUsers}
	for i := range 10 {
		id := fmt.Sprintf("user%d", i)
		handlers["GET /v1/users/"+id] = single(id)
		want = append(want, "GET /v1/users/"+id)
	}
	client, received := serve(t, handlers)
	for i := range 10 {
		if _, err := client.SharedUser(t.Context(), fmt.Sprintf("user%d", i)); err != nil {
			t.Error(err)
		}
	}
	// By now listing is the cheaper way.
	for range 3 {
		if got, err := client.SharedUser(t.Context(), "second"); err != nil || got.ID != "second" {
			t.Errorf("got user %q and error %v, want second", got.ID, err)
		}
	}
	received.expect(t, append(want, "GET /v1/users?cursor=next&limit=1000")...)
}

func TestSharedUserAfterAWrite(t *testing.T) {
	t.Parallel()
	client, received := serve(t, answers{
		listUsers:             inTurn(items(`{"id":"a_b","role":"Old"}`), items(`{"id":"a_b","role":"New"}`)),
		"PATCH /v1/users/a_b": single("a_b"),
	})
	for _, want := range []string{"Old", "New"} {
		if got, err := client.SharedUser(t.Context(), "a_b"); err != nil || *got.Role != want {
			t.Errorf("got role %s and error %v, want %s", text(got.Role), err, want)
		}
		if want == "Old" {
			if _, err := client.UpdateUser(t.Context(), fivetran.User{ID: "a_b"}, fivetran.Change{Role: new("New")}, nil); err != nil {
				t.Fatal(err)
			}
		}
	}
	received.expect(t, listUsers, "PATCH /v1/users/a_b", listUsers)
}

func TestChangeFields(t *testing.T) {
	t.Parallel()
	all := fivetran.Change{GivenName: new("a"), FamilyName: new("b"), Role: new("c"), Phone: fivetran.To(nil), Picture: fivetran.To(new("d"))}
	if got, want := all.Fields(), []string{"given_name", "family_name", "role", "phone", "picture"}; !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
	if got := (fivetran.Change{}).Fields(); len(got) != 0 {
		t.Errorf("got %v, want none", got)
	}
}
