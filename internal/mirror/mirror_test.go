// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package mirror

import (
	"context"
	"errors"
	"os"
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
		configFile, err := Build(t.Context(), dir, Plugin{"datastack-iam/other", mainPackage + "/internal/cmd/mirror"})
		if err != nil {
			t.Fatal(err)
		}
		config, err := os.ReadFile(configFile)
		if err != nil {
			t.Fatal(err)
		}
		providers := filepath.Join(dir, "providers")
		if !strings.Contains(string(config), providers) {
			t.Errorf("got CLI configuration\n%s\nwant one that names %s", config, providers)
		}
		for _, host := range []string{"registry.terraform.io", "registry.opentofu.org"} {
			for _, name := range []string{"datastack", "other"} {
				pattern := filepath.Join(providers, host, "datastack-iam", name, "0.0.1",
					runtime.GOOS+"_"+runtime.GOARCH, "terraform-provider-"+name+"_v0.0.1*")
				if found, err := filepath.Glob(pattern); err != nil || len(found) != 1 {
					t.Errorf("got %q, %v, want one file like %s", found, err, pattern)
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

func TestCLIConfigQuotesPath(t *testing.T) {
	t.Parallel()
	got := cliConfig(`C:\new "mirror"`)
	if want := `path = "C:\\new \"mirror\""`; !strings.Contains(got, want) {
		t.Errorf("got\n%s\nwant it to hold %s", got, want)
	}
}
