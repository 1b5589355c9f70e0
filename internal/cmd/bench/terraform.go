// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"bytes"
	"context"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/datastack-iam/terraform-provider-datastack/internal/cli"
)

// terraform runs Terraform or OpenTofu.
type terraform struct {
	cli.Environment
	name, scratch string
	// rows is the number of users that the provider that does no work returns.
	rows int
}

// usage is the time and memory of one command.
type usage struct {
	time time.Duration
	// cli and plugin are the peak memory of the CLI, and of the largest provider
	// process that it started.
	cli, plugin mebibytes
}

// run runs the CLI and measures it.
func (t *terraform) run(ctx context.Context, dir string, args ...string) (usage, error) {
	cmd := t.Command(ctx, dir, t.name, args...)
	cmd.Env = append(cmd.Env, "FLOOR_ROWS="+strconv.Itoa(t.rows))
	var output bytes.Buffer
	cmd.Stdout, cmd.Stderr = &output, &output
	begin := time.Now()
	if err := cmd.Start(); err != nil {
		return usage{}, err
	}
	peaks := watchMemory(cmd.Process.Pid)
	err := cmd.Wait()
	taken := usage{time: time.Since(begin)}
	taken.cli, taken.plugin = peaks()
	if err != nil {
		return usage{}, fmt.Errorf("%s: %w\n%s", strings.Join(cmd.Args, " "), err, &output)
	}
	return taken, nil
}
