// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package fivetran_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/datastack-iam/terraform-provider-datastack/internal/fivetran"
	"github.com/datastack-iam/terraform-provider-datastack/internal/rest"
)

const listTeams = "GET /v1/teams?limit=1000"

// membersOf is the request for the members of a team or a group.
func membersOf(collection, id string) string {
	return fmt.Sprintf("GET /v1/%s/%s/users?limit=1000", collection, id)
}

func TestTeams(t *testing.T) {
	t.Parallel()
	client, received := serve(t, answers{
		listTeams: always(http.StatusOK, file(t, "teams_1.json")),
		"GET /v1/teams?cursor=eyJza2lwIjoyfQ&limit=1000": always(http.StatusOK, file(t, "teams_2.json")),
	})
	for range 2 {
		got, err := client.Teams(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		expect(t, "teams", got, []fivetran.Team{
			{ID: "calm_otter", Name: new("engineering")},
			{ID: "loud_cedar", Name: new("Engineering"), Role: new("Account Analyst")},
			{ID: "tidy_anvil", Name: new("platform"), Description: new("Runs the pipelines"), Role: new("Account Administrator")},
			{ID: "bare_bones"},
		})
	}
	received.expect(t, listTeams, "GET /v1/teams?cursor=eyJza2lwIjoyfQ&limit=1000")
}

func TestTeamMembers(t *testing.T) {
	t.Parallel()
	client, received := serve(t, answers{
		listTeams:                            items(`{"id":"tidy_anvil"}`, `{"id":"a/../users"}`),
		listUsers:                            always(http.StatusOK, strings.ReplaceAll(file(t, "users_1.json"), "eyJza2lwIjoyfQ", "")),
		membersOf("teams", "tidy_anvil"):     always(http.StatusOK, file(t, "team_members.json")),
		membersOf("teams", "a%2F..%2Fusers"): items(),
	})
	for range 2 {
		got, err := client.TeamMembers(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		expect(t, "members", got, map[string][]fivetran.Member{
			"tidy_anvil": {
				{UserID: "nozzle_eat", Email: new("Zoe.Adler@Example.com"), Role: new("Team Manager")},
				{UserID: "gone_away"},
				{UserID: "lamp_green", Role: new("Team Member")},
				{UserID: "service_robot", Role: new("Team Member")},
			},
			"a/../users": {},
		})
	}
	if got := received.count(); got != 4 {
		t.Errorf("got %d requests, want one for the teams, one for the users and one for each team", got)
	}
}

func TestTeamMembersAfterAWrite(t *testing.T) {
	t.Parallel()
	client, received := serve(t, answers{
		listTeams:                        items(`{"id":"tidy_anvil"}`),
		listUsers:                        items(`{"id":"a_b"}`),
		membersOf("teams", "tidy_anvil"): inTurn(items(`{"user_id":"a_b"}`), items()),
		"DELETE /v1/users/a_b":           always(http.StatusOK, file(t, "user_deleted.json")),
	})
	for _, want := range []int{1, 0} {
		got, err := client.TeamMembers(t.Context())
		if err != nil || len(got["tidy_anvil"]) != want {
			t.Errorf("got the members %s and error %v, want %d of them", text(got), err, want)
		}
		if want == 1 {
			if err := client.DeleteUser(t.Context(), fivetran.User{ID: "a_b"}, nil); err != nil {
				t.Fatal(err)
			}
		}
	}
	received.expect(t, listTeams, listUsers, membersOf("teams", "tidy_anvil"), "DELETE /v1/users/a_b", listUsers, membersOf("teams", "tidy_anvil"))
}

func TestTeamMembersOfAnAccountWithoutTeams(t *testing.T) {
	t.Parallel()
	client, received := serve(t, answers{listTeams: items()})
	if got, err := client.TeamMembers(t.Context()); err != nil || len(got) != 0 {
		t.Errorf("got the members %s and error %v, want none", text(got), err)
	}
	received.expect(t, listTeams)
}

func TestTeamsRefused(t *testing.T) {
	t.Parallel()
	refused := always(http.StatusForbidden, file(t, "forbidden.json"))
	for refusing, handlers := range map[string]answers{
		"/teams":           {listTeams: refused},
		"/users":           {listTeams: items(`{"id":"a_b"}`), listUsers: refused},
		"/teams/a_b/users": {listTeams: items(`{"id":"a_b"}`), listUsers: items(), membersOf("teams", "a_b"): refused},
	} {
		client, _ := serve(t, handlers)
		got, err := client.TeamMembers(t.Context())
		if rest.Status(err) != http.StatusForbidden || !strings.Contains(err.Error(), refusing) || got != nil {
			t.Errorf("got the members %s and error %v, want the 403 of %s", text(got), err, refusing)
		}
	}
}

func TestTeamMemberWithoutID(t *testing.T) {
	t.Parallel()
	client, _ := serve(t, answers{listTeams: items(`{"id":"a_b"}`), listUsers: items(), membersOf("teams", "a_b"): items(`{"role":"Team Member"}`)})
	if got, err := client.TeamMembers(t.Context()); err == nil || !strings.Contains(err.Error(), "row 1 of the Fivetran members of teams/a_b has no id") {
		t.Errorf("got the members %s and error %v, want one about row 1", text(got), err)
	}
}
