// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package examples

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// TestAccessGuard runs the tests that the module ships to its users.
func TestAccessGuard(t *testing.T) {
	t.Parallel()
	w := newWorkspace(t, "modules/access-guard")
	version, _ := w.run(t, terraform(), "version", "-json")
	var cliVersion struct {
		Version string `json:"terraform_version"`
	}
	var major, minor int
	if err := json.Unmarshal([]byte(version), &cliVersion); err != nil {
		t.Fatal(err)
	}
	if _, err := fmt.Sscanf(cliVersion.Version, "%d.%d", &major, &minor); err != nil {
		t.Fatal(err)
	}
	if major == 1 && minor < 7 {
		t.Skipf("terraform test has no mocks in version %s", cliVersion.Version)
	}
	w.terraform(t, "init")
	w.terraform(t, "test")
	if sent := w.Count("", "/"); sent != 0 {
		t.Errorf("the tests sent %d requests, want none", sent)
	}
}

// TestGuardedOnboarding runs the example that uses the module.
func TestGuardedOnboarding(t *testing.T) {
	t.Parallel()
	w := newWorkspace(t, "guarded-onboarding")
	w.terraform(t, "init")
	w.terraform(t, "apply", "-auto-approve")
	w.terraform(t, "plan", "-detailed-exitcode")
	for name, c := range map[string]struct{ people, want string }{
		"an address at another domain": {
			people: `"eve@evil.example" = { given_name = "Eve", family_name = "Adams", role = "Account Reviewer" }`,
			want:   "[invite_domain]",
		},
		"an administrator": {
			people: `"marta.jansen@northwind.example" = { given_name = "Marta", family_name = "Jansen", role = "Account Administrator" }`,
			want:   "[invite_administrator]",
		},
		"no role": {
			people: `"marta.jansen@northwind.example" = { given_name = "Marta", family_name = "Jansen" }`,
			want:   "[invite_role]",
		},
	} {
		w.write(t, "people.auto.tfvars", "people = {\n"+c.people+"\n}\n")
		if output, code := w.run(t, terraform(), "plan"); code != 1 || !strings.Contains(output, c.want) {
			t.Errorf("%s: plan exited with %d, want 1 and a message with %s:\n%s", name, code, c.want, output)
		}
	}
	if sent := w.Count("POST", "/v1/users"); sent != 2 {
		t.Errorf("%d invites were sent, want the two that the rules allow", sent)
	}
}

// TestAccessGuardCountsOnNoError checks that no rule depends on whether a function or an index fails. contains(list, null)
// fails up to Terraform 1.15 and is false since 1.16. The one can() left does not wait for an error; see access.tf.
func TestAccessGuardCountsOnNoError(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("../../examples/modules/access-guard/*.tf")
	if err != nil || len(files) == 0 {
		t.Fatalf("no module: %v", err)
	}
	for _, file := range files {
		source, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		code := regexp.MustCompile(`(?m)^\s*#.*$`).ReplaceAllString(string(source), "")
		for _, call := range regexp.MustCompile(`\b(can|try)\([^)\n]*`).FindAllString(code, -1) {
			if call != "can(local.found" {
				t.Errorf("%s: %s)", filepath.Base(file), call)
			}
		}
	}
}
