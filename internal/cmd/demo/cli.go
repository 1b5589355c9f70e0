// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"regexp"
	"strconv"
	"strings"

	"github.com/datastack-iam/terraform-provider-datastack/internal/sandbox"
)

// cli runs Terraform or OpenTofu in one directory.
type cli struct {
	name, dir, configFile string
	// address is where the three services are.
	address string
}

// telling are the lines of the CLI's output that a reader needs.
var telling = regexp.MustCompile(`^(  # |Plan: |No changes|.*(Creation|Destruction) complete|Apply complete|Destroy complete|(Terraform|OpenTofu) has been successfully)`)

// run shows a command and the telling lines of what it prints. When it fails,
// everything is shown.
func (c *cli) run(ctx context.Context, args ...string) error {
	fmt.Printf("\n  $ %s %s\n", c.word(), strings.Join(args, " "))
	output, err := c.command(ctx, args...).CombinedOutput()
	if err != nil {
		return fmt.Errorf("%s %s: %w\n%s", c.word(), strings.Join(args, " "), err, output)
	}
	lines := bufio.NewScanner(strings.NewReader(string(output)))
	for lines.Scan() {
		if telling.MatchString(lines.Text()) {
			fmt.Println("    " + strings.TrimSpace(lines.Text()))
		}
	}
	return lines.Err()
}

// output reads an output value of the last apply.
func (c *cli) output(ctx context.Context, name string, into any) error {
	value, err := c.command(ctx, "output", "-json", name).Output()
	if err != nil {
		return fmt.Errorf("reading the output %s: %w", name, err)
	}
	return json.Unmarshal(value, into)
}

// word is how a person would call the CLI.
func (c *cli) word() string {
	if strings.Contains(c.name, "tofu") {
		return "tofu"
	}
	return "terraform"
}

// command gives the CLI the sandbox, the built provider, and nothing of the
// caller's own settings.
func (c *cli) command(ctx context.Context, args ...string) *exec.Cmd {
	cmd := exec.CommandContext(ctx, c.name, args...)
	cmd.Cancel = func() error { return cmd.Process.Signal(os.Interrupt) }
	cmd.Dir = c.dir
	for _, variable := range os.Environ() {
		if !foreign.MatchString(variable) {
			cmd.Env = append(cmd.Env, variable)
		}
	}
	cmd.Env = append(cmd.Env,
		"TF_CLI_CONFIG_FILE="+c.configFile, "TF_CLI_ARGS=-no-color", "TF_INPUT=0", "CHECKPOINT_DISABLE=1",
		"DBT_CLOUD_TOKEN="+sandbox.DBTCloudToken, "DBT_CLOUD_ACCOUNT_ID="+strconv.Itoa(sandbox.DBTCloudAccount), "DBT_CLOUD_HOST_URL="+c.address,
		"RUDDERSTACK_SCIM_TOKEN="+sandbox.SCIMToken, "RUDDERSTACK_SCIM_BASE_URL="+c.address,
		"FIVETRAN_APIKEY="+sandbox.FivetranKey, "FIVETRAN_APISECRET="+sandbox.FivetranSecret, "FIVETRAN_API_URL="+c.address,
	)
	return cmd
}

var foreign = regexp.MustCompile(`^(TF_|DBT_CLOUD_|RUDDERSTACK_|FIVETRAN_)`)
