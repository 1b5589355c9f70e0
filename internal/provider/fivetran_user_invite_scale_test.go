// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"

	"github.com/datastack-iam/terraform-provider-datastack/internal/sandbox"
)

// crowd is the configuration of n invites.
func (c *company) crowd(n int) string {
	return c.config(fmt.Sprintf(`
resource "datastack_fivetran_user_invite" "crowd" {
  count       = %d
  email       = "crowd${count.index}@northwind.example"
  given_name  = "Crowd"
  family_name = "${count.index}"
}`, n))
}

// addresses counts the different addresses in Fivetran.
func (c *company) addresses() int {
	different := map[string]bool{}
	for _, user := range c.FivetranUsers() {
		if user.Email != nil {
			different[strings.ToLower(*user.Email)] = true
		}
	}
	return len(different)
}

// TestFivetranUserInviteEveryAnswerLost cuts the connection after every invite.
func TestFivetranUserInviteEveryAnswerLost(t *testing.T) {
	t.Parallel()
	c := newCompany(t, sandbox.Options{})
	people := c.addresses()
	c.Inject(sandbox.Fault{Method: http.MethodPost, PathPrefix: "/v1/users", Cut: true, AfterEffect: true})
	runSteps(t, resource.TestStep{Config: c.crowd(20), Check: c.sends(http.MethodPost, "/v1/users", 20)})
	if got := c.addresses(); got != people {
		t.Errorf("got %d people after destroy, want %d", got, people)
	}
}

// TestFivetranUserInviteFaults has three in ten invites of 100 people fail,
// half of them after they took effect.
func TestFivetranUserInviteFaults(t *testing.T) {
	t.Parallel()
	c := newCompany(t, sandbox.Options{})
	before := len(c.FivetranUsers())
	for i := range 30 {
		c.Inject(sandbox.Fault{Method: http.MethodPost, PathPrefix: "/v1/users", Times: 1, Skip: 2 * i,
			Status: http.StatusBadGateway, Body: "<html>Bad gateway</html>", AfterEffect: i%2 == 0})
	}
	runSteps(t,
		resource.TestStep{Config: c.crowd(100), ExpectError: regexp.MustCompile(`(?s)Fivetran Invite Outcome Unknown.*Run\s+again`)},
		resource.TestStep{Config: c.crowd(100), Check: c.sends(http.MethodPost, "/v1/users", 115)},
		resource.TestStep{
			PreConfig: func() {
				if got := len(c.FivetranUsers()); got != before+100 || c.addresses() != got-1 {
					t.Errorf("got %d people with %d addresses, want %d, one of them without an address", got, c.addresses(), before+100)
				}
			},
			Config:           c.crowd(100),
			ConfigPlanChecks: resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{plancheck.ExpectEmptyPlan()}},
		},
	)
}

// TestFivetranUserInviteRefreshOfMany counts what a plan costs after apply.
func TestFivetranUserInviteRefreshOfMany(t *testing.T) {
	t.Parallel()
	for _, test := range []struct{ people, invites, lists, reads int }{
		{people: 0, invites: 40, lists: 1, reads: 0},
		// Invited last, they are on no page but the last.
		{people: 2500, invites: 1, lists: 1, reads: 1},
		{people: 2500, invites: 30, lists: 3, reads: 10},
	} {
		t.Run(fmt.Sprintf("%d of %d", test.invites, test.people), func(t *testing.T) {
			t.Parallel()
			c := newCompany(t, sandbox.Options{People: test.people})
			resource.UnitTest(t, resource.TestCase{ProtoV6ProviderFactories: factories, Steps: []resource.TestStep{
				{Config: c.crowd(test.invites)},
				{PreConfig: c.ForgetRequests, Config: c.crowd(test.invites), PlanOnly: true},
				{
					PreConfig: func() {
						reads := c.Count(http.MethodGet, "/v1/users/")
						lists := c.Count(http.MethodGet, "/v1/users") - reads
						if lists != test.lists || reads != test.reads {
							t.Errorf("a refresh costs %d pages and %d single reads, want %d and %d", lists, reads, test.lists, test.reads)
						}
					},
					Config: c.config("# nobody"),
				},
			}})
		})
	}
}

// TestFivetranUserInviteConfirmsAbsence keeps the state where only a listing
// and a page from elsewhere say that somebody is gone.
func TestFivetranUserInviteConfirmsAbsence(t *testing.T) {
	t.Parallel()
	c := newCompany(t, sandbox.Options{})
	runSteps(t,
		resource.TestStep{Config: c.ada("")},
		resource.TestStep{
			PreConfig: func() {
				c.Inject(sandbox.Fault{Method: http.MethodGet, PathPrefix: "/v1/users", Times: 1, Status: http.StatusOK, Body: `{"code":"Success","data":{"items":[]}}`})
				c.Inject(sandbox.Fault{Method: http.MethodGet, PathPrefix: "/v1/users/", Times: 1, Status: http.StatusNotFound, Body: "no such page"})
			},
			Config:      c.ada(""),
			ExpectError: regexp.MustCompile(`(?s)Unable to Read Fivetran User.*state\s+is\s+left`),
		},
		resource.TestStep{Config: c.ada(""), ConfigPlanChecks: planned(plancheck.ResourceActionNoop)},
	)
}

func TestFivetranUserInviteAuditLog(t *testing.T) {
	t.Parallel()
	c := newCompany(t, sandbox.Options{})
	log := filepath.Join(t.TempDir(), "access-changes.jsonl")
	logged := func(config, path string) string {
		return strings.Replace(config, `provider "datastack" {`, fmt.Sprintf("provider \"datastack\" {\n  audit_log = %q", path), 1)
	}
	runSteps(t,
		resource.TestStep{
			Config:      logged(c.ada(""), filepath.Join(log, "not-there")),
			ExpectError: regexp.MustCompile(`(?s)Unable to Write Audit Log.*which\s+does\s+not\s+exist`),
		},
		resource.TestStep{
			Config: logged(c.ada(`role = "Account Reviewer"`+"\n"+`phone = "+44 20 0000 0000"`), log),
			Check:  c.sends(http.MethodPost, "/v1/users", 1),
		},
		resource.TestStep{Config: logged(c.ada(`role = "Account Analyst"`), log)},
		resource.TestStep{
			PreConfig: func() {
				c.Inject(sandbox.Fault{Method: http.MethodDelete, PathPrefix: "/v1/users/", Times: 1, Status: http.StatusForbidden})
			},
			Config: logged(c.config(""), log), ExpectError: regexp.MustCompile("Unable to Delete Fivetran User"),
		},
		resource.TestStep{Config: logged(c.config(""), log)},
	)
	content, err := os.ReadFile(log)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for line := range strings.Lines(string(content)) {
		var event struct {
			Activity string `json:"activity_name"`
			Status   string
			Actor    struct{ User struct{ UID string } }
			User     struct {
				Email string `json:"email_addr"`
			}
			Unmapped struct {
				Role       string
				RoleBefore string `json:"role_before"`
				Fields     []string
			}
		}
		if err := json.Unmarshal([]byte(line), &event); err != nil {
			t.Fatalf("%s: %v", line, err)
		}
		got = append(got, fmt.Sprintf("%s %s by %s of %s, from %q to %q %v", event.Status, event.Activity, event.Actor.User.UID, event.User.Email, event.Unmapped.RoleBefore, event.Unmapped.Role, event.Unmapped.Fields))
	}
	who := "by nozzle_eat of ada@northwind.example, from "
	want := []string{
		"Pending Create " + who + `"" to "Account Reviewer" []`, "Success Create " + who + `"" to "Account Reviewer" []`,
		"Pending Change Role " + who + `"Account Reviewer" to "Account Analyst" [phone role]`,
		"Success Change Role " + who + `"Account Reviewer" to "Account Analyst" [phone role]`,
		"Pending Delete " + who + `"Account Analyst" to "" []`, "Failure Delete " + who + `"Account Analyst" to "" []`,
		"Pending Delete " + who + `"Account Analyst" to "" []`, "Success Delete " + who + `"Account Analyst" to "" []`,
	}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	for _, secret := range []string{sandbox.FivetranSecret, sandbox.FivetranKey, "+44"} {
		if strings.Contains(string(content), secret) {
			t.Errorf("the log holds %q", secret)
		}
	}
}
