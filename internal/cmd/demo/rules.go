// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"

	"github.com/datastack-iam/terraform-provider-datastack/internal/cli"
)

// rules is examples/policies: a plan is made there and held against rules.
type rules struct {
	cli.Environment
	terraform, engine, dir string
}

// rule is the name of a rule as a finding ends with it.
var rule = regexp.MustCompile(`\[\w+\]`)

// judge plans for the people and shows what the rules say. It returns whether
// they stop the change, and by what.
func (r *rules) judge(ctx context.Context, people string) (stopped bool, verdict string, err error) {
	if err := os.WriteFile(filepath.Join(r.dir, "people.auto.tfvars"), []byte(people), 0o600); err != nil {
		return false, "", err
	}
	show(people)
	fmt.Println("\n  $ ./check.sh")
	cmd := r.Command(ctx, r.dir, "./check.sh")
	cmd.Env = append(cmd.Env, "TF="+r.terraform, "OPA="+r.engine)
	printed, err := cmd.CombinedOutput()
	_, comment, judged := strings.Cut(string(printed), "## Access: ")
	if exit, ok := errors.AsType[*exec.ExitError](err); ok && exit.ExitCode() == 1 && judged {
		stopped, err = true, nil
	}
	if err != nil || !judged {
		return false, "", fmt.Errorf("check.sh: %w\n%s", err, printed)
	}
	verdict, warnings, _ := strings.Cut(comment, "\n###")
	for line := range strings.Lines("Access: " + verdict) {
		wrap(strings.TrimSpace(line))
	}
	fmt.Printf("    ... and %d things to be worked off, which stop nothing\n", strings.Count(warnings, "\n- "))
	return stopped, verdict, nil
}
