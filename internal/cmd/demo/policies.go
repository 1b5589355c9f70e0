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
	"slices"
	"strings"

	"github.com/datastack-iam/terraform-provider-datastack/internal/cli"
)

// policies is examples/policies, where check.sh plans and checks the plan against the rules.
type policies struct {
	cli.Environment
	screen                 screen
	terraform, engine, dir string
}

// ruleName is the name of the broken rule, with which a finding ends.
var ruleName = regexp.MustCompile(`\[\w+\]`)

// check runs check.sh for the people and shows its verdict. It returns whether the check passed, and the
// broken rules, sorted.
func (p *policies) check(ctx context.Context, people string) (passed bool, broken []string, err error) {
	if err := os.WriteFile(filepath.Join(p.dir, "people.auto.tfvars"), []byte(people), 0o600); err != nil {
		return false, nil, err
	}
	p.screen.block(people)
	p.screen.command("./check.sh")
	cmd := p.Command(ctx, p.dir, "./check.sh")
	cmd.Env = append(cmd.Env, "TF="+p.terraform, "OPA="+p.engine)
	printed, err := cmd.CombinedOutput()
	exit, failed := errors.AsType[*exec.ExitError](err)
	_, comment, commented := strings.Cut(string(printed), "\n## ")
	if !commented || err != nil && (!failed || exit.ExitCode() != 1) {
		return false, nil, fmt.Errorf("check.sh: %w\n%s", err, printed)
	}
	verdict, warnings, _ := strings.Cut(comment, "\n### ")
	for line := range strings.Lines(strings.TrimSpace(verdict)) {
		p.screen.wrapped(line)
	}
	p.screen.line(fmt.Sprintf("    ... and %d warnings", strings.Count(warnings, "\n- ")))
	broken = ruleName.FindAllString(verdict, -1)
	slices.Sort(broken)
	return !failed, broken, nil
}
