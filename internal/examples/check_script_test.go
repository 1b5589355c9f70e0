// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package examples

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestPullRequestCannotReplaceTheRules uses a link in .terraform, through which
// Terraform would write a module over the rules.
func TestPullRequestCannotReplaceTheRules(t *testing.T) {
	p := newPullRequest(t)
	p.write(t, "evil/main.rego", "package main\n\nexcepted(_, _) := true\n")
	for _, args := range [][]string{{"init"}, {"add", "."}, {"-c", "user.name=Eve", "-c", "user.email=eve@evil.example", "commit", "-m", "evil"}} {
		if output, code := p.run(t, "git", append([]string{"-C", "evil"}, args...)...); code != 0 {
			t.Fatal(output)
		}
	}
	p.write(t, "evil.tf", `module "evil" { source = "git::file://`+filepath.Join(p.dir, "evil")+`" }`)
	p.write(t, ".terraform/README", "")
	if err := os.Symlink("../policy", filepath.Join(p.dir, ".terraform", "modules")); err != nil {
		t.Fatal(err)
	}
	p.wantRules(t, `"marta.jansen@northwind.example" = { given_name = "Marta", family_name = "Jansen", role = "Account Administrator" }`,
		[]string{"invite_administrator"}, sandboxWarnings)
	if _, err := os.Stat(filepath.Join(p.dir, "policy", "evil")); err == nil {
		t.Error("Terraform wrote the module over the rules")
	}
}

// TestCheckScriptError checks that check.sh does not leave an earlier result behind
// if it cannot make or check a plan.
func TestCheckScriptError(t *testing.T) {
	for name, c := range map[string]struct{ people, labels, want string }{
		"an invalid plan": {
			people: `"marta.jansen@northwind.example" = { given_name = "Marta", family_name = "Jansen", role = "Analyst" }`,
			want:   "Unknown Fivetran Role",
		},
		"labels that are not a list": {people: martaInvite, labels: "offboarding", want: "labels.json"},
	} {
		t.Run(name, func(t *testing.T) {
			p := newPullRequest(t)
			p.wantRules(t, martaInvite, nil, sandboxWarnings)
			p.variables = append(p.variables, "LABELS="+c.labels)
			p.wantError(t, c.people, c.want)
		})
	}
}

// wantError runs check.sh for the people, and fails the test unless check.sh ends with an error and the message,
// and says in the comment that it could not run.
func (p *pullRequest) wantError(t *testing.T, people, message string) {
	t.Helper()
	output, code := p.check(t, people)
	if code == 0 || !strings.Contains(output, message) {
		t.Errorf("check.sh exited with %d, want an error and a message with %q:\n%s", code, message, output)
	}
	if comment, err := os.ReadFile(filepath.Join(p.dir, "comment.md")); err != nil || !strings.HasPrefix(string(comment), "## Access check: error\n") {
		t.Errorf("got comment %q (%v), want one that says that the check could not run", comment, err)
	}
}

// TestCheckScriptMissingCommand checks that check.sh reports a missing command before it plans.
func TestCheckScriptMissingCommand(t *testing.T) {
	for variable, want := range map[string]string{"OPA": "Install Open Policy Agent", "TF": "Install Terraform or OpenTofu"} {
		t.Run(variable, func(t *testing.T) {
			p := newPullRequest(t)
			p.variables = append(p.variables, variable+"=missing")
			p.wantError(t, martaInvite, "The command missing is missing. "+want)
			if sent := p.Count("", "/"); sent != 0 {
				t.Errorf("check.sh sent %d requests, want none", sent)
			}
		})
	}
}

// TestCheckScriptUndefinedReference checks that check.sh finds a misspelled import and a misspelled name, which OPA
// takes for data.
func TestCheckScriptUndefinedReference(t *testing.T) {
	for _, reference := range []string{"data.datastack.planed.invites", "data.datastack.planned.invitez"} {
		t.Run(reference, func(t *testing.T) {
			p := newPullRequest(t)
			p.replace(t, "policy/rules/invite_domain.rego", "some invite in planned.invites", "some invite in "+reference)
			p.wantError(t, martaInvite, "The rules use what no package defines: "+reference+". ")
		})
	}
}

// TestCheckScriptKeepsThePlanInMemory kills check.sh while OPA reads the plan. No trap can remove a file then.
func TestCheckScriptKeepsThePlanInMemory(t *testing.T) {
	p := newPullRequest(t)
	p.write(t, "opa", `#!/bin/sh
case $* in
*--stdin-input*)
	grep -rlF '"prior_state":{' . "$TMPDIR" >killed
	kill -KILL $PPID
	;;
esac
exec "`+os.Getenv("OPA")+`" "$@"
`)
	if err := os.Chmod(filepath.Join(p.dir, "opa"), 0o700); err != nil {
		t.Fatal(err)
	}
	scratch := t.TempDir()
	p.variables = append(p.variables, "OPA=./opa", "TMPDIR="+scratch)
	output, code := p.check(t, martaInvite)
	found, err := os.ReadFile(filepath.Join(p.dir, "killed"))
	if err != nil {
		t.Fatalf("check.sh exited with %d before it passed the plan to OPA: %v\n%s", code, err, output)
	}
	for _, file := range strings.Fields(string(found)) {
		if file != "./opa" {
			t.Errorf("%s has the plan", file)
		}
	}
}

// TestCheckScriptLeavesNothing checks that no file of a run is left, whether the check passes, fails or is interrupted.
func TestCheckScriptLeavesNothing(t *testing.T) {
	for name, c := range map[string]struct{ people, terraform string }{
		"passed":          {martaInvite, ""},
		"failed":          {`"eve@evil.example" = { given_name = "Eve", family_name = "Adams" }`, ""},
		"no plan":         {`"eve" = { given_name = "Eve", family_name = "Adams" }`, ""},
		"terminated":      {martaInvite, "kill -TERM $PPID"},
		"Ctrl-C":          {martaInvite, "kill -INT $PPID"},
		"Ctrl-\\":         {martaInvite, "kill -QUIT $PPID"},
		"a broken output": {martaInvite, "kill -PIPE $PPID"},
	} {
		t.Run(name, func(t *testing.T) {
			p := newPullRequest(t)
			p.write(t, "terraform", "#!/bin/sh\ncase $1 in show) "+c.terraform+" ;; esac\nexec \""+terraform()+"\" \"$@\"\n")
			if err := os.Chmod(filepath.Join(p.dir, "terraform"), 0o700); err != nil {
				t.Fatal(err)
			}
			scratch := t.TempDir()
			p.variables = append(p.variables, "TF=./terraform", "TMPDIR="+scratch)
			output, code := p.check(t, c.people)
			if (code == 0) != (name == "passed") {
				t.Errorf("check.sh exited with %d:\n%s", code, output)
			}
			left, err := filepath.Glob(filepath.Join(scratch, "tmp.*"))
			if err != nil || len(left) > 0 {
				t.Errorf("check.sh left %q: %v", left, err)
			}
		})
	}
}
