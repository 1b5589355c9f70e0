// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

// Package examples tests the use cases in examples/ as users run them: with a
// real CLI, the provider as built, and a sandbox of the services.
package examples

import (
	"context"
	"errors"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
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
	if buildDir, err = os.MkdirTemp("", "datastack-examples-"); err != nil {
		return "", err
	}
	return mirror.Build(context.Background(), buildDir)
})

func TestMain(m *testing.M) {
	m.Run()
	_ = os.RemoveAll(buildDir) // leftovers in the temporary directory do not fail the tests
}

// workspace is a copy of examples/ with its own sandbox.
type workspace struct {
	*sandbox.Server
	environment cli.Environment
	// dir is the working directory of commands.
	dir string
	// variables are extra environment variables, as NAME=value.
	variables []string
}

func newWorkspace(t *testing.T, dir string) *workspace {
	t.Helper()
	services := sandbox.New(sandbox.Options{})
	listener := httptest.NewServer(services)
	t.Cleanup(listener.Close)
	configFile, err := buildProvider()
	if err != nil {
		t.Fatal(err)
	}
	top := t.TempDir()
	if err := os.CopyFS(top, os.DirFS("../../examples")); err != nil {
		t.Fatal(err)
	}
	return &workspace{
		Server:      services,
		environment: cli.Environment{Services: listener.URL, ConfigFile: configFile},
		dir:         filepath.Join(top, dir),
		variables:   []string{"TF=" + terraform(), "OPA=" + os.Getenv("OPA")},
	}
}

// terraform returns the CLI to test with, from the variable that plugin-testing reads.
func terraform() string {
	if path := os.Getenv("TF_ACC_TERRAFORM_PATH"); path != "" {
		return path
	}
	return "terraform"
}

// write writes a file in the working directory.
func (w *workspace) write(t *testing.T, name, content string) {
	t.Helper()
	file := filepath.Join(w.dir, name)
	if err := errors.Join(os.MkdirAll(filepath.Dir(file), 0o700), os.WriteFile(file, []byte(content), 0o600)); err != nil {
		t.Fatal(err)
	}
}

// replace replaces a text in a file, and fails the test if the file does not have it.
func (w *workspace) replace(t *testing.T, name, old, replacement string) {
	t.Helper()
	content, err := os.ReadFile(filepath.Join(w.dir, name))
	if err != nil || !strings.Contains(string(content), old) {
		t.Fatalf("%q is not in %s: %v", old, name, err)
	}
	w.write(t, name, strings.ReplaceAll(string(content), old, replacement))
}

// run runs a command and returns its output and exit code.
func (w *workspace) run(t *testing.T, name string, args ...string) (output string, code int) {
	t.Helper()
	cmd := w.environment.Command(t.Context(), w.dir, name, args...)
	cmd.Env = append(cmd.Env, w.variables...)
	printed, err := cmd.CombinedOutput()
	if exit, ok := errors.AsType[*exec.ExitError](err); ok {
		return string(printed), exit.ExitCode()
	}
	if err != nil {
		t.Fatal(err)
	}
	return string(printed), 0
}

// terraform runs the CLI, and fails the test if the CLI fails.
func (w *workspace) terraform(t *testing.T, args ...string) {
	t.Helper()
	if output, code := w.run(t, terraform(), args...); code != 0 {
		t.Fatalf("%s exited with %d:\n%s", strings.Join(args, " "), code, output)
	}
}

// olderThan reports whether the CLI is older than Terraform 1.minor or OpenTofu 1.minor.
func olderThan(t *testing.T, minor int) bool {
	t.Helper()
	major, current, err := cli.Version(t.Context(), terraform())
	if err != nil {
		t.Fatal(err)
	}
	return major == 1 && current < minor
}

// skipBelow skips a test for a feature that Terraform 1.minor and OpenTofu 1.minor have, and older CLIs do not.
func skipBelow(t *testing.T, minor int, feature string) {
	t.Helper()
	if olderThan(t, minor) {
		t.Skipf("%s came with version 1.%d", feature, minor)
	}
}
