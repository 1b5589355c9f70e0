// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

// Package cli runs Terraform or OpenTofu, and what calls them, on a sandbox of
// the three services.
package cli

import (
	"context"
	"os"
	"os/exec"
	"regexp"

	"github.com/datastack-iam/terraform-provider-datastack/internal/sandbox"
)

// Environment is what commands run in: with the services and the providers
// that it names, and nothing of the caller's own settings.
type Environment struct {
	// Services is the address of the three services.
	Services string
	// ConfigFile is the CLI's configuration: where it installs providers from.
	ConfigFile string
}

// Command returns a command that has not been started. When the context ends,
// it is interrupted, so that a CLI can leave in order.
func (e Environment) Command(ctx context.Context, dir, name string, args ...string) *exec.Cmd {
	cmd := exec.CommandContext(ctx, name, args...)
	cmd.Cancel = func() error { return cmd.Process.Signal(os.Interrupt) }
	cmd.Dir = dir
	for _, variable := range os.Environ() {
		if !foreign.MatchString(variable) {
			cmd.Env = append(cmd.Env, variable)
		}
	}
	cmd.Env = append(cmd.Env, "TF_CLI_CONFIG_FILE="+e.ConfigFile, "TF_CLI_ARGS=-no-color", "TF_INPUT=0", "CHECKPOINT_DISABLE=1")
	cmd.Env = append(cmd.Env, sandbox.Environment(e.Services)...)
	return cmd
}

// foreign are the caller's own settings.
var foreign = regexp.MustCompile(`^(TF_|DBT_CLOUD_|RUDDERSTACK_|FIVETRAN_)`)
