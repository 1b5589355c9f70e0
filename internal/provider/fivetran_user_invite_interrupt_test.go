// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/datastack-iam/terraform-provider-datastack/internal/sandbox"
)

// crowd is the number of users that a run invites that is interrupted.
const crowd = 40

func (w *workspace) crowd(t *testing.T, more string) {
	t.Helper()
	w.write(t, "main.tf", fmt.Sprintf(`
provider "datastack" {
  audit_log = "audit.jsonl"
  %s
}

resource "datastack_fivetran_user_invite" "crowd" {
  count       = %d
  email       = "crowd${count.index}@acme.example"
  given_name  = "Crowd"
  family_name = "Member"
}
`, more, crowd))
}

// interrupted applies, and presses Ctrl-C some time after a number of invites
// has arrived. It returns how long the CLI took to leave.
func (w *workspace) interrupted(t *testing.T, invites int, after time.Duration) time.Duration {
	t.Helper()
	ctx, interrupt := context.WithCancel(t.Context())
	defer interrupt()
	var pressed time.Time
	var waiting sync.WaitGroup
	waiting.Go(func() {
		for w.Count(http.MethodPost, "") < invites && t.Context().Err() == nil {
			<-time.After(time.Millisecond) // the sandbox has no event for it
		}
		<-time.After(after)
		pressed = time.Now()
		interrupt()
	})
	output, err := w.command(ctx, "apply", "-auto-approve").CombinedOutput()
	waiting.Wait()
	if _, failed := errors.AsType[*exec.ExitError](err); err != nil && !failed && !errors.Is(err, context.Canceled) {
		t.Fatalf("%v\n%s", err, output)
	}
	return time.Since(pressed)
}

// inState are the ids of the users in the state, by address.
func (w *workspace) inState(t *testing.T) map[string]string {
	t.Helper()
	printed, err := w.command(t.Context(), "show", "-json").Output()
	if err != nil {
		t.Fatal(err)
	}
	var state struct {
		Values struct {
			RootModule struct {
				Resources []struct {
					Values struct{ ID, Email string }
				}
			} `json:"root_module"`
		}
	}
	if err := json.Unmarshal(printed, &state); err != nil {
		t.Fatal(err)
	}
	ids := map[string]string{}
	for _, resource := range state.Values.RootModule.Resources {
		ids[resource.Values.Email] = resource.Values.ID
	}
	return ids
}

// inAccount are the ids of the crowd in the account, by address.
func (w *workspace) inAccount() map[string]string {
	ids := map[string]string{}
	for _, user := range w.FivetranUsers() {
		if user.Email != nil && strings.HasPrefix(*user.Email, "crowd") {
			ids[*user.Email] = user.ID
		}
	}
	return ids
}

// auditLog checks that each POST has a pair of lines, and that none says what
// is not so. Users whose invite may yet arrive are Unknown.
func (w *workspace) auditLog(t *testing.T) {
	t.Helper()
	content, err := os.ReadFile(filepath.Join(w.dir, "audit.jsonl"))
	if errors.Is(err, os.ErrNotExist) {
		content = nil
	} else if err != nil {
		t.Fatal(err)
	}
	pending, ended := map[string]bool{}, map[string][]string{}
	for line := range strings.Lines(string(content)) {
		var event struct {
			Status string
			User   struct {
				Email string `json:"email_addr"`
			}
			Metadata struct {
				CorrelationUID string `json:"correlation_uid"`
			}
		}
		if err := json.Unmarshal([]byte(line), &event); err != nil {
			t.Fatalf("%s: %v", line, err)
		}
		if event.Status == "Pending" {
			pending[event.Metadata.CorrelationUID] = true
			continue
		}
		if !pending[event.Metadata.CorrelationUID] {
			t.Errorf("an end without a beginning: %s", line)
		}
		delete(pending, event.Metadata.CorrelationUID)
		ended[event.User.Email] = append(ended[event.User.Email], event.Status)
	}
	if len(pending) > 0 {
		t.Errorf("%d changes have no end in the audit log", len(pending))
	}
	for _, request := range w.Requests() {
		if request.Method != http.MethodPost {
			continue
		}
		var body struct{ Email string }
		if err := json.Unmarshal(request.Body, &body); err != nil {
			t.Fatal(err)
		}
		said := ended[body.Email]
		if request.CarriedOut && !slices.Contains(said, "Success") && !slices.Contains(said, "Unknown") {
			t.Errorf("%s was invited, and the audit log says %v", body.Email, said)
		}
	}
	account := w.inAccount()
	for email, said := range ended {
		if account[email] == "" && slices.Contains(said, "Success") {
			t.Errorf("%s was not invited, and the audit log says %v", email, said)
		}
	}
}

// TestFivetranUserInviteInterrupted presses Ctrl-C at a random moment, on a
// service that carries out what it has begun: every user who was invited is in
// the state, the audit log is true, and the next apply invites the rest.
func TestFivetranUserInviteInterrupted(t *testing.T) {
	t.Parallel()
	for name, fault := range map[string]sandbox.Fault{
		"a slow service":       {DelayBefore: 250 * time.Millisecond},
		"a slow answer":        {Delay: 250 * time.Millisecond},
		"a gateway that gives": {Status: http.StatusGatewayTimeout, EffectAfter: 400 * time.Millisecond},
	} {
		fault.Method, fault.PathPrefix = http.MethodPost, "/v1/users"
		for seed := range uint64(3) {
			random := rand.New(rand.NewPCG(seed, 12))
			invites, after := 1+random.IntN(crowd-15), time.Duration(random.IntN(100))*time.Millisecond
			t.Run(fmt.Sprint(name, " ", invites, " ", after), func(t *testing.T) {
				t.Parallel()
				w := newWorkspace(t, sandbox.Options{})
				w.crowd(t, "")
				w.Inject(fault)
				if took := w.interrupted(t, invites, after); took > 20*time.Second {
					t.Errorf("it took %s to leave", took)
				}
				w.Wait()
				if state, account := w.inState(t), w.inAccount(); !maps.Equal(state, account) {
					t.Errorf("got %d users in the state, and %d in the account", len(state), len(account))
				}
				w.auditLog(t)
				if got := len(w.inAccount()); got == 0 || got == crowd {
					t.Errorf("%d of %d users when it was interrupted: this tests nothing", got, crowd)
				}
				w.succeed(t, "apply -auto-approve")
				if account := w.inAccount(); len(account) != crowd || w.Count(http.MethodPost, "") != crowd {
					t.Errorf("got %d users after %d invites, want %d", len(account), w.Count(http.MethodPost, ""), crowd)
				}
				w.auditLog(t)
			})
		}
	}
}

// TestFivetranUserInviteTooSlow invites on a service that takes longer than
// request_timeout: the users are found in the account.
func TestFivetranUserInviteTooSlow(t *testing.T) {
	t.Parallel()
	w := newWorkspace(t, sandbox.Options{})
	w.crowd(t, `request_timeout = "1s"`)
	w.Inject(sandbox.Fault{Method: http.MethodPost, PathPrefix: "/v1/users", DelayBefore: 1500 * time.Millisecond})
	w.succeed(t, "apply -auto-approve -parallelism=20", "40 added")
	w.auditLog(t)
}

// TestFivetranUserInviteRecovers takes up users that are not in the state,
// as after kill -9, in both ways that need one block.
func TestFivetranUserInviteRecovers(t *testing.T) {
	t.Parallel()
	for name, recovery := range map[string]string{
		"adopt":  "adopt_existing = true",
		"import": "",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorkspace(t, sandbox.Options{})
			emails := map[string]string{"zoe": zoe, "kim": kim, "lee": lee}
			for _, email := range []string{zoe, kim} {
				w.send(t, http.MethodPost, "/v1/users", fmt.Sprintf(`{"email":%q,"given_name":"Given","family_name":"Family"}`, email), http.StatusCreated)
			}
			before := w.users(zoe, kim)
			w.people(t, emails)
			w.fail(t, "apply -auto-approve", "Fivetran User Already Exists")
			if recovery == "" {
				skipBelow(t, 7, "import with for_each")
				w.write(t, "import.tf", `
import {
  for_each = { zoe = "zoe@acme.example", kim = "kim@acme.example" }
  to       = datastack_fivetran_user_invite.people[each.key]
  id       = each.value
}
`)
				w.succeed(t, "apply -auto-approve", "2 imported, 1 added, 0 changed")
				if err := os.Remove(filepath.Join(w.dir, "import.tf")); err != nil {
					t.Fatal(err)
				}
			} else {
				w.people(t, emails, recovery)
				w.succeed(t, "apply -auto-approve", "3 added")
				w.people(t, emails)
				w.succeed(t, "apply -auto-approve", "0 added, 3 changed, 0 destroyed") // adopt_existing alone
			}
			w.succeed(t, "plan -detailed-exitcode", "No changes")
			w.same(t, before)
			if got := w.Count(http.MethodPatch, "") + w.Count(http.MethodDelete, ""); got != 0 {
				t.Errorf("got %d changes, want none", got)
			}
		})
	}
}
