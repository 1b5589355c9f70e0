// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package mirror

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
)

// A second build must replace the first, as happens whenever the provider has changed.
func TestBuildTwice(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "not yet there")
	for range 2 {
		if _, err := Build(t.Context(), dir, Plugin{"datastack-iam/other", mainPackage + "/internal/cmd/mirror"}); err != nil {
			t.Fatal(err)
		}
		for _, host := range hosts {
			for _, name := range []string{"datastack", "other"} {
				pattern := filepath.Join(dir, "providers", host, "datastack-iam", name, Version,
					runtime.GOOS+"_"+runtime.GOARCH, "terraform-provider-"+name+"_v"+Version+"*")
				if files, err := filepath.Glob(pattern); err != nil || len(files) != 1 {
					t.Errorf("got %q, %v, want one file like %s", files, err, pattern)
				}
			}
		}
	}
}

func TestBuildStopsWithContext(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := Build(ctx, t.TempDir()); !errors.Is(err, context.Canceled) {
		t.Errorf("got error %v, want %v", err, context.Canceled)
	}
}

func TestCLIConfig(t *testing.T) {
	t.Parallel()
	got := cliConfig(`C:\new "mirror"`, []string{"one.example/a/b", "two.example/a/b"})
	for _, want := range []string{
		`path    = "C:\\new \"mirror\""`,
		`include = ["one.example/a/b", "two.example/a/b"]`,
		`exclude = ["one.example/a/b", "two.example/a/b"]`,
	} {
		if !strings.Contains(got, want) {
			t.Errorf("got\n%s\nwant it to contain %s", got, want)
		}
	}
}

// A real CLI installs the provider from the mirror without a network, and asks the other registry for what it has.
func TestInitBesideOtherProviders(t *testing.T) {
	t.Parallel()
	configFile, err := Build(t.Context(), t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	registry, asked := listen(t)
	for _, test := range []struct {
		name, requires string
		asksRegistry   bool
	}{
		{"alone", "", false},
		{"beside another", fmt.Sprintf("other = { source = %q }", registry+"/acme/other"), true},
	} {
		dir := t.TempDir()
		config := fmt.Sprintf("terraform {\n  required_providers {\n    datastack = { source = %q, version = \"~> 0.1\" }\n    %s\n  }\n}\n", Source, test.requires)
		if err := os.WriteFile(filepath.Join(dir, "main.tf"), []byte(config), 0o600); err != nil {
			t.Fatal(err)
		}
		init := exec.CommandContext(t.Context(), cmp.Or(os.Getenv("TF_ACC_TERRAFORM_PATH"), "terraform"), "init", "-no-color")
		init.Dir = dir
		// A CLI that asks a registry for the provider gets no further than this proxy.
		init.Env = append(os.Environ(), "TF_CLI_CONFIG_FILE="+configFile, "HTTPS_PROXY=http://"+registry, "NO_PROXY=")
		printed, err := init.CombinedOutput()
		if (err != nil) != test.asksRegistry {
			t.Errorf("%s: init ended with %v:\n%s", test.name, err, printed)
		}
		if got := len(asked) > 0; got != test.asksRegistry {
			t.Errorf("%s: asked the registry: got %v, want %v:\n%s", test.name, got, test.asksRegistry, printed)
		}
	}
}

// listen returns the address of a registry that hangs up, and a channel with what connected to it.
func listen(t *testing.T) (address string, connections chan struct{}) {
	t.Helper()
	listener, err := new(net.ListenConfig).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = listener.Close() })
	connections = make(chan struct{}, 100)
	go func() {
		for {
			connection, err := listener.Accept()
			if err != nil {
				return
			}
			_ = connection.Close()
			select {
			case connections <- struct{}{}:
			default:
			}
		}
	}()
	return listener.Addr().String(), connections
}
