// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"os/exec"
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/datastack-iam/terraform-provider-datastack/internal/sandbox"
)

// cli runs Terraform or OpenTofu.
type cli struct {
	name, configFile, scratch string
	// address is where the three services are.
	address string
	// rows is how many the provider that costs nothing returns.
	rows int
}

// usage is what one command took.
type usage struct {
	time time.Duration
	// cli and plugin are the peaks of memory of the CLI, and of the largest of
	// the provider processes that it started.
	cli, plugin mebibytes
}

func (c *cli) run(ctx context.Context, dir string, args ...string) (usage, error) {
	cmd := exec.CommandContext(ctx, c.name, args...)
	cmd.Cancel = func() error { return cmd.Process.Signal(os.Interrupt) }
	cmd.Dir = dir
	for _, variable := range os.Environ() {
		if !foreign.MatchString(variable) {
			cmd.Env = append(cmd.Env, variable)
		}
	}
	cmd.Env = append(cmd.Env,
		"TF_CLI_CONFIG_FILE="+c.configFile, "TF_CLI_ARGS=-no-color", "CHECKPOINT_DISABLE=1", "FLOOR_ROWS="+strconv.Itoa(c.rows),
		"DBT_CLOUD_TOKEN="+sandbox.DBTCloudToken, "DBT_CLOUD_ACCOUNT_ID="+strconv.Itoa(sandbox.DBTCloudAccount), "DBT_CLOUD_HOST_URL="+c.address,
		"RUDDERSTACK_SCIM_TOKEN="+sandbox.SCIMToken, "RUDDERSTACK_SCIM_BASE_URL="+c.address,
		"FIVETRAN_APIKEY="+sandbox.FivetranKey, "FIVETRAN_APISECRET="+sandbox.FivetranSecret, "FIVETRAN_API_URL="+c.address,
	)
	var output bytes.Buffer
	cmd.Stdout, cmd.Stderr = &output, &output
	begin := time.Now()
	if err := cmd.Start(); err != nil {
		return usage{}, err
	}
	peaks := watch(cmd.Process.Pid)
	err := cmd.Wait()
	taken := usage{time: time.Since(begin)}
	taken.cli, taken.plugin = peaks()
	if err != nil {
		return usage{}, fmt.Errorf("%s: %w\n%s", strings.Join(cmd.Args, " "), err, &output)
	}
	return taken, nil
}

// foreign are the caller's own settings, which must not change what is measured.
var foreign = regexp.MustCompile(`^(TF_|DBT_CLOUD_|RUDDERSTACK_|FIVETRAN_)`)
