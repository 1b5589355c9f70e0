// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"cmp"
	"context"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"

	"github.com/datastack-iam/terraform-provider-datastack/internal/cli"
	"github.com/datastack-iam/terraform-provider-datastack/internal/mirror"
	"github.com/datastack-iam/terraform-provider-datastack/internal/sandbox"
)

// buildDir holds the provider as built from this source tree.
var buildDir string

// buildProvider builds the provider once, when the first test needs it.
var buildProvider = sync.OnceValues(func() (configFile string, err error) {
	if buildDir, err = os.MkdirTemp("", "datastack-provider-"); err != nil {
		return "", err
	}
	fivetran := mirror.Plugin{Source: "fivetran/fivetran", Package: "github.com/datastack-iam/terraform-provider-datastack/internal/provider/testdata/fivetran"}
	return mirror.Build(context.Background(), buildDir, fivetran)
})

// workspace is a directory in which a CLI runs with the provider as built, for
// what plugin-testing has no steps: options, saved plans, interrupts.
type workspace struct {
	*company
	environment cli.Environment
	dir         string
}

func newWorkspace(t *testing.T, options sandbox.Options) *workspace {
	t.Helper()
	configFile, err := buildProvider()
	if err != nil {
		t.Fatal(err)
	}
	c := newCompany(t, options)
	w := &workspace{c, cli.Environment{Services: c.url, ConfigFile: configFile}, t.TempDir()}
	w.write(t, "versions.tf", "terraform {\n  required_providers {\n    datastack = {\n      source = \"datastack-iam/datastack\"\n    }\n  }\n}\n")
	w.write(t, "main.tf", `provider "datastack" {}`)
	w.succeed(t, "init")
	return w
}

func (w *workspace) write(t *testing.T, name, content string) {
	t.Helper()
	file := filepath.Join(w.dir, name)
	if err := errors.Join(os.MkdirAll(filepath.Dir(file), 0o700), os.WriteFile(file, []byte(content), 0o600)); err != nil {
		t.Fatal(err)
	}
}

func (w *workspace) read(t *testing.T, name string) string {
	t.Helper()
	content, err := os.ReadFile(filepath.Join(w.dir, name))
	if err != nil {
		t.Fatal(err)
	}
	return string(content)
}

// command is a command of the CLI that has not been started.
func (w *workspace) command(ctx context.Context, args ...string) *exec.Cmd {
	return w.environment.Command(ctx, w.dir, terraformPath(), args...)
}

// terraformPath returns the CLI to test with, from the variable that plugin-testing reads.
func terraformPath() string { return cmp.Or(os.Getenv("TF_ACC_TERRAFORM_PATH"), "terraform") }

// run runs a command and returns what it prints, on one line, and whether it
// succeeded.
func (w *workspace) run(t *testing.T, args ...string) (output string, ok bool) {
	t.Helper()
	printed, err := w.command(t.Context(), args...).CombinedOutput()
	if _, failed := errors.AsType[*exec.ExitError](err); err != nil && !failed {
		t.Fatal(err)
	}
	return flat(string(printed)), err == nil
}

// flat is an output without the frames and line breaks of diagnostics.
func flat(output string) string {
	return strings.Join(strings.Fields(strings.NewReplacer("│", "", "╷", "", "╵", "").Replace(output)), " ")
}

// succeed runs a command that has to succeed, and print what matches.
func (w *workspace) succeed(t *testing.T, command string, match ...string) string {
	t.Helper()
	return w.expect(t, true, command, match)
}

// fail runs a command that has to fail, and print what matches.
func (w *workspace) fail(t *testing.T, command string, match ...string) string {
	t.Helper()
	return w.expect(t, false, command, match)
}

func (w *workspace) expect(t *testing.T, success bool, command string, match []string) string {
	t.Helper()
	output, ok := w.run(t, strings.Fields(command)...)
	if ok != success {
		t.Fatalf("%s: success: %t, want %t\n%s", command, ok, success, output)
	}
	for _, pattern := range match {
		if !regexp.MustCompile(pattern).MatchString(output) {
			t.Errorf("%s: the output does not match %q\n%s", command, pattern, output)
		}
	}
	return output
}

func contains(output, phrase string) bool { return strings.Contains(output, phrase) }

// skipBelow skips a test for a feature that Terraform 1.minor and OpenTofu 1.minor have, and older CLIs do not.
func skipBelow(t *testing.T, minor int, feature string) {
	t.Helper()
	major, current, err := cli.Version(t.Context(), terraformPath())
	if err != nil {
		t.Fatal(err)
	}
	if major == 1 && current < minor {
		t.Skipf("%s came with version 1.%d", feature, minor)
	}
}
