// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

// Package mirror builds the provider and lays it where a Terraform or OpenTofu CLI installs it from without a network.
package mirror

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"runtime"
	"strings"
)

const (
	// Source is the address that a configuration's required_providers names.
	Source = "datastack-iam/datastack"
	// Version is the only version in the mirror.
	Version = "0.0.1"

	mainPackage = "github.com/datastack-iam/terraform-provider-datastack"
)

// A CLI looks a provider up below the name of its own default registry.
var hosts = []string{"registry.terraform.io", "registry.opentofu.org"}

// Plugin is a provider that is laid beside this one.
type Plugin struct {
	// Source is its address in required_providers.
	Source string
	// Package is the path of its main package, in the same module.
	Package string
}

// Build builds the provider, and others where they are wanted, for this machine from the module that the working directory
// is in, and lays them below dir, which it creates where needed. The file configFile, an absolute path, is for
// TF_CLI_CONFIG_FILE: with it a CLI installs providers from dir alone and asks no network.
func Build(ctx context.Context, dir string, others ...Plugin) (configFile string, err error) {
	dir, err = filepath.Abs(dir)
	if err != nil {
		return "", err
	}
	providers := filepath.Join(dir, "providers")
	for _, plugin := range append([]Plugin{{Source, mainPackage}}, others...) {
		if err := plugin.build(ctx, dir, providers); err != nil {
			return "", err
		}
	}
	configFile = filepath.Join(dir, "cli.tfrc")
	return configFile, os.WriteFile(configFile, []byte(cliConfig(providers)), 0o600)
}

func (p Plugin) build(ctx context.Context, dir, providers string) error {
	binary := filepath.Join(dir, "terraform-provider-"+path.Base(p.Source)+"_v"+Version)
	if runtime.GOOS == "windows" {
		binary += ".exe"
	}
	build := exec.CommandContext(ctx, "go", "build", "-ldflags=-X main.version="+Version, "-o", binary, p.Package)
	if output, err := build.CombinedOutput(); err != nil {
		return fmt.Errorf("building %s: %w\n%s", p.Package, err, output)
	}
	for _, host := range hosts {
		platform := filepath.Join(providers, host, filepath.FromSlash(p.Source), Version, runtime.GOOS+"_"+runtime.GOARCH)
		if err := place(binary, platform); err != nil {
			return err
		}
	}
	return nil
}

// place gives the file a second name in dir, in place of what had that name. A link costs no space.
func place(file, dir string) error {
	if err := os.MkdirAll(dir, 0o750); err != nil {
		return err
	}
	name := filepath.Join(dir, filepath.Base(file))
	if err := os.Remove(name); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return os.Link(file, name)
}

// cliConfig leaves out the "direct" installation method, so that a CLI has no other place to look.
func cliConfig(providers string) string {
	quoted := strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(providers)
	return fmt.Sprintf(`disable_checkpoint = true

provider_installation {
  filesystem_mirror {
    path = "%s"
  }
}
`, quoted)
}
