// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package fivetran_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/datastack-iam/terraform-provider-datastack/internal/fivetran"
	"github.com/datastack-iam/terraform-provider-datastack/internal/rest"
)

// membershipOf is a membership, and how the service has it.
type membershipOf struct {
	key           fivetran.MembershipKey
	list          string // of its team or group
	all, one      string
	posted, reply string
}

var memberships = map[string]membershipOf{
	"team": {
		fivetran.MembershipKey{In: fivetran.InTeam, ID: "cheery_owl", UserID: "tango_blue"},
		membersOf("teams", "cheery_owl"), "/v1/teams/cheery_owl/users", "/v1/teams/cheery_owl/users/tango_blue",
		`{"user_id":"tango_blue","role":"View Destination"}`, `{"user_id":"tango_blue","role":"View Destination","created_at":"2026-11-01T00:00:00Z"}`,
	},
	"group": {
		fivetran.MembershipKey{In: fivetran.InGroup, ID: "cheery_owl", UserID: "tango_blue"},
		membersOf("groups", "cheery_owl"), "/v1/users/tango_blue/groups", "/v1/users/tango_blue/groups/cheery_owl",
		`{"id":"cheery_owl","role":"View Destination"}`, `{"id":"cheery_owl","role":"View Destination","created_at":"2026-11-01T00:00:00Z"}`,
	},
}

func successReply(data string) string { return `{"code":"Success","data":` + data + `}` }

func TestMembership(t *testing.T) {
	t.Parallel()
	for name, m := range memberships {
		client, received := serve(t, answers{"GET " + m.one: always(http.StatusOK, successReply(m.reply))})
		got, err := client.Membership(t.Context(), m.key)
		want := fivetran.Membership{MembershipKey: m.key, Role: new("View Destination"), CreatedAt: new("2026-11-01T00:00:00Z")}
		if err != nil || text(got) != text(want) {
			t.Errorf("%s: got %s and error %v, want %s", name, text(got), err, text(want))
		}
		received.expect(t, "GET "+m.one)

		client, _ = serve(t, answers{"GET " + m.one: always(http.StatusNotFound, `{"code":"NotFound_Membership","message":"no"}`)})
		if _, err := client.Membership(t.Context(), m.key); !fivetran.NotFound(err) {
			t.Errorf("%s: got %v, want NotFound", name, err)
		}
		client, _ = serve(t, answers{"GET " + m.one: always(http.StatusOK, successReply(`{"role":"View Destination"}`))})
		if got, err := client.Membership(t.Context(), m.key); err == nil {
			t.Errorf("%s: got %s for a reply that names no membership", name, text(got))
		}
	}
}

func TestAddMember(t *testing.T) {
	t.Parallel()
	for name, m := range memberships {
		var records []recorded
		client, received := serve(t, answers{"POST " + m.all: always(http.StatusCreated, successReply(m.reply))}, recordIn(&records))
		got, err := client.AddMember(t.Context(), m.key, "View Destination", nil)
		if err != nil || got.MembershipKey != m.key || *got.Role != "View Destination" {
			t.Errorf("%s: got %s and error %v", name, text(got), err)
		}
		received.expect(t, "POST "+m.all)
		received.expectBodies(t, m.posted)
		target := rest.Target{Activity: rest.ActivityAddMember, ID: "tango_blue", Group: groupOf(m), Role: new("View Destination")}
		expect(t, name, records, []recorded{{"POST " + strings.TrimPrefix(m.all, "/v1"), target, rest.Outcome{Result: rest.ResultSuccess, Status: 201}}})
	}
}

func groupOf(m membershipOf) *rest.Group {
	noun := map[fivetran.Collection]string{fivetran.InTeam: "Team", fivetran.InGroup: "Group"}[m.key.In]
	return &rest.Group{ID: "cheery_owl", Type: noun}
}

func TestChangeMember(t *testing.T) {
	t.Parallel()
	for name, m := range memberships {
		for _, activity := range []rest.Activity{rest.ActivityChangeRole, rest.ActivityAdopt} {
			var records []recorded
			answer := successReply(m.reply)
			if name == "group" { // whose reply has no data
				answer = `{"code":"Success","message":"Group membership has been updated"}`
			}
			client, received := serve(t, answers{"PATCH " + m.one: always(http.StatusOK, answer)}, recordIn(&records))
			before := fivetran.Membership{MembershipKey: m.key, Role: new("Edit Destination")}
			got, err := client.ChangeMember(t.Context(), activity, before, "View Destination", nil)
			if err != nil || name == "team" && got.MembershipKey != m.key || name == "group" && got.ID != "" {
				t.Errorf("%s: got %s and error %v", name, text(got), err)
			}
			received.expectBodies(t, `{"role":"View Destination"}`)
			target := rest.Target{
				Activity: activity, ID: "tango_blue", Group: groupOf(m), Role: new("View Destination"), RoleBefore: new("Edit Destination"), Fields: []string{"role"},
			}
			expect(t, name, records, []recorded{{"PATCH " + strings.TrimPrefix(m.one, "/v1"), target, rest.Outcome{Result: rest.ResultSuccess, Status: 200}}})
		}
	}
}

func TestRemoveMember(t *testing.T) {
	t.Parallel()
	for name, m := range memberships {
		var records []recorded
		client, _ := serve(t, answers{"DELETE " + m.one: inTurn(
			always(http.StatusOK, `{"code":"Success","message":"gone"}`), always(http.StatusNotFound, file(t, "user_not_found.json")), always(http.StatusNotFound, "no such page"),
		)}, recordIn(&records))
		before := fivetran.Membership{MembershipKey: m.key, Role: new("Edit Destination")}
		first, again, elsewhere := client.RemoveMember(t.Context(), before, nil), client.RemoveMember(t.Context(), before, nil), client.RemoveMember(t.Context(), before, nil)
		if first != nil || !fivetran.NotFound(again) || elsewhere == nil || fivetran.NotFound(elsewhere) {
			t.Errorf("%s: got %v, %v and %v", name, first, again, elsewhere)
		}
		request := "DELETE " + strings.TrimPrefix(m.one, "/v1")
		target := rest.Target{Activity: rest.ActivityRemoveMember, ID: "tango_blue", Group: groupOf(m), RoleBefore: new("Edit Destination")}
		expect(t, name, records, []recorded{
			{request, target, rest.Outcome{Result: rest.ResultSuccess, Status: 200}},
			{request, target, rest.Outcome{Result: rest.ResultSuccess, Status: 404, Detail: "the membership was gone already"}},
			{request, target, rest.Outcome{Result: rest.ResultFailure, Status: 404}},
		})
	}
}

// TestAnotherMembershipsReply is shown for what it is.
func TestAnotherMembershipsReply(t *testing.T) {
	t.Parallel()
	for name, m := range memberships {
		other := strings.NewReplacer("tango_blue", "other_one", "cheery_owl", "other_one").Replace(m.reply)
		client, _ := serve(t, answers{"POST " + m.all: always(http.StatusCreated, successReply(other))})
		if got, err := client.AddMember(t.Context(), m.key, "View Destination", nil); err != nil || got.MembershipKey == m.key {
			t.Errorf("%s: got %s and error %v", name, text(got), err)
		}
	}
}

// TestSharedMembership reads a list once for all, and again after a write that
// may have changed it: of a member, or of a user.
func TestSharedMembership(t *testing.T) {
	t.Parallel()
	for name, m := range memberships {
		for outcome, status := range map[string]int{"done": http.StatusOK, "lost": http.StatusBadGateway, "gone": http.StatusNotFound, "refused": http.StatusConflict} {
			body := fmt.Sprintf(`{"code":%q,"data":%s}`, map[bool]string{true: "Success", false: "NotFound_User"}[status == http.StatusOK], m.reply)
			for change, send := range map[string]func(*fivetran.Client) error{
				"add": func(c *fivetran.Client) error {
					return second(c.AddMember(t.Context(), m.key, "View Destination", nil))
				},
				"change": func(c *fivetran.Client) error {
					return second(c.ChangeMember(t.Context(), rest.ActivityChangeRole, fivetran.Membership{MembershipKey: m.key}, "View Destination", nil))
				},
				"remove": func(c *fivetran.Client) error {
					return c.RemoveMember(t.Context(), fivetran.Membership{MembershipKey: m.key}, nil)
				},
				"delete the user": func(c *fivetran.Client) error {
					return c.DeleteUser(t.Context(), fivetran.User{ID: "tango_blue"}, nil)
				},
			} {
				answer := always(status, body)
				client, received := serve(t, answers{
					m.list:          items(`{"user_id":"other_one","role":"Team Member"}`, `{"id":"tango_blue","role":"Edit Destination"}`),
					"POST " + m.all: answer, "PATCH " + m.one: answer, "DELETE " + m.one: answer, "DELETE /v1/users/tango_blue": answer,
				})
				for range 3 {
					got, listed, err := client.SharedMembership(t.Context(), m.key)
					if err != nil || !listed || got.MembershipKey != m.key || *got.Role != "Edit Destination" {
						t.Fatalf("%s: got %s, %t and error %v", name, text(got), listed, err)
					}
				}
				absent := m.key
				absent.UserID = "none_such"
				if _, listed, err := client.SharedMembership(t.Context(), absent); listed || err != nil {
					t.Errorf("%s: got %t and error %v for a user who is no member", name, listed, err)
				}
				all, err := client.Memberships(t.Context(), m.key.In, m.key.ID)
				if err != nil || len(all) != 2 || all[1].MembershipKey != m.key {
					t.Errorf("%s: got %s and error %v", name, text(all), err)
				}
				if got := received.count(); got != 1 {
					t.Errorf("%s: got %d requests, want one list", name, got)
				}
				if err := send(client); (err == nil) != (outcome == "done") {
					t.Errorf("%s, %s, %s: got error %v", name, change, outcome, err)
				}
				if _, _, err := client.SharedMembership(t.Context(), m.key); err != nil {
					t.Error(err)
				}
				if got, want := received.count(), map[bool]int{true: 2, false: 3}[outcome == "refused"]; got != want {
					t.Errorf("%s, %s, %s: got %d requests, want %d", name, change, outcome, got, want)
				}
			}
		}
	}
}

// TestMembershipIDsStayInTheirPlace, and without one nothing is sent.
func TestMembershipIDsStayInTheirPlace(t *testing.T) {
	t.Parallel()
	for name, m := range memberships {
		m.key.ID, m.key.UserID = "../..", "a?b"
		escape := strings.NewReplacer("cheery_owl", "..%2F..", "tango_blue", "a%3Fb")
		answer := always(http.StatusOK, successReply(`{"id":"x"}`))
		client, received := serve(t, answers{"GET " + escape.Replace(m.one): answer, "POST " + escape.Replace(m.all): answer, "PATCH " + escape.Replace(m.one): answer, "DELETE " + escape.Replace(m.one): answer})
		send := func(key fivetran.MembershipKey) error {
			_, read := client.Membership(t.Context(), key)
			_, added := client.AddMember(t.Context(), key, "x", nil)
			_, changed := client.ChangeMember(t.Context(), rest.ActivityAdopt, fivetran.Membership{MembershipKey: key}, "x", nil)
			return errors.Join(read, added, changed, client.RemoveMember(t.Context(), fivetran.Membership{MembershipKey: key}, nil))
		}
		if err := send(m.key); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		for _, key := range []fivetran.MembershipKey{{In: m.key.In}, {In: m.key.In, ID: "a"}, {In: m.key.In, UserID: "a"}} {
			if _, _, err := client.SharedMembership(t.Context(), key); send(key) == nil || err == nil {
				t.Errorf("%s: %+v was sent", name, key)
			}
		}
		if got := received.count(); got != 4 {
			t.Errorf("%s: got %d requests, want 4", name, got)
		}
	}
}

// TestMembershipSettle holds that each change returns and records what is
// settled.
func TestMembershipSettle(t *testing.T) {
	t.Parallel()
	wrong := errors.New("it is not so")
	for name, m := range memberships {
		answer := always(http.StatusOK, successReply(m.reply))
		for change, send := range map[string]func(*fivetran.Client, fivetran.SettleMembership) (fivetran.Membership, error){
			"add": func(c *fivetran.Client, settle fivetran.SettleMembership) (fivetran.Membership, error) {
				return c.AddMember(t.Context(), m.key, "View Destination", settle)
			},
			"change": func(c *fivetran.Client, settle fivetran.SettleMembership) (fivetran.Membership, error) {
				return c.ChangeMember(t.Context(), rest.ActivityAdopt, fivetran.Membership{MembershipKey: m.key}, "View Destination", settle)
			},
			"remove": func(c *fivetran.Client, settle fivetran.SettleMembership) (fivetran.Membership, error) {
				return fivetran.Membership{}, c.RemoveMember(t.Context(), fivetran.Membership{MembershipKey: m.key}, settle)
			},
		} {
			var records []recorded
			client, _ := serve(t, answers{"POST " + m.all: answer, "PATCH " + m.one: answer, "DELETE " + m.one: answer}, recordIn(&records))
			other := fivetran.Membership{Role: new("Other")}
			got, err := send(client, func(context.Context, fivetran.Membership, rest.Outcome) (fivetran.Membership, rest.Outcome) {
				return other, rest.Outcome{Result: rest.ResultFailure, Detail: "settled", Err: wrong}
			})
			if !errors.Is(err, wrong) || change != "remove" && got.Role != other.Role {
				t.Errorf("%s, %s: got %s and error %v", name, change, text(got), err)
			}
			if want := (rest.Outcome{Result: rest.ResultFailure, Status: 200, Detail: "settled"}); len(records) != 1 || records[0].outcome != want {
				t.Errorf("%s, %s: recorded %+v", name, change, records)
			}
		}
	}
}
