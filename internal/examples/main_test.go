// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

// Package examples tests the use cases in examples/ as their users meet them:
// with a real CLI, the provider as it is built, and a sandbox of the services.
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

// scratch holds the provider as it is now, built when a test asks for it.
var scratch string

var provider = sync.OnceValues(func() (configFile string, err error) {
	if scratch, err = os.MkdirTemp("", "datastack-examples-"); err != nil {
		return "", err
	}
	return mirror.Build(context.Background(), scratch)
})

func TestMain(m *testing.M) {
	m.Run()
	_ = os.RemoveAll(scratch) // fails for no directory of our own
}

// workspace is a copy of examples/, and a company of its own to run it on.
type workspace struct {
	*sandbox.Server
	environment cli.Environment
	// dir is where commands run.
	dir string
	// variables are set besides, as NAME=value.
	variables []string
}

func newWorkspace(t *testing.T, dir string) *workspace {
	t.Helper()
	services := sandbox.New(sandbox.Options{})
	listener := httptest.NewServer(services)
	t.Cleanup(listener.Close)
	configFile, err := provider()
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

// terraform is the CLI to test with, as plugin-testing is told it.
func terraform() string {
	if path := os.Getenv("TF_ACC_TERRAFORM_PATH"); path != "" {
		return path
	}
	return "terraform"
}

// write puts a file into the directory.
func (w *workspace) write(t *testing.T, name, content string) {
	t.Helper()
	file := filepath.Join(w.dir, name)
	if err := errors.Join(os.MkdirAll(filepath.Dir(file), 0o700), os.WriteFile(file, []byte(content), 0o600)); err != nil {
		t.Fatal(err)
	}
}

// replace replaces a text in a file, which has it.
func (w *workspace) replace(t *testing.T, name, old, replacement string) {
	t.Helper()
	content, err := os.ReadFile(filepath.Join(w.dir, name))
	if err != nil || !strings.Contains(string(content), old) {
		t.Fatalf("no %q in %s: %v", old, name, err)
	}
	w.write(t, name, strings.ReplaceAll(string(content), old, replacement))
}

// run returns what a command printed and its exit code.
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

// terraform runs the CLI and wants it to succeed.
func (w *workspace) terraform(t *testing.T, args ...string) {
	t.Helper()
	if output, code := w.run(t, terraform(), args...); code != 0 {
		t.Fatalf("%s ended with %d:\n%s", strings.Join(args, " "), code, output)
	}
}
