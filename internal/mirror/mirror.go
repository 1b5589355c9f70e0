// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

// Package mirror builds the provider into a filesystem mirror, from which Terraform and OpenTofu install it without a
// network.
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
	// Version is the only version in the mirror. The constraint "~> 0.1" allows it, and no release has it: the checksums
	// that a CLI writes into its lock file never contradict those of a release.
	Version = "0.999.0"

	mainPackage = "github.com/datastack-iam/terraform-provider-datastack"
)

// hosts are the default registries of Terraform and OpenTofu: a CLI looks a provider up below the name of its own.
var hosts = []string{"registry.terraform.io", "registry.opentofu.org"}

// Plugin is a provider in the mirror.
type Plugin struct {
	// Source is its address in required_providers.
	Source string
	// Package is the path of its main package, in the same module.
	Package string
}

// Build builds the provider, and any others, for this machine from the module of the working directory, into a mirror
// below dir, which it creates if needed. The file configFile, an absolute path, is for TF_CLI_CONFIG_FILE: with it a CLI
// installs these providers from the mirror alone, and all others as usual.
func Build(ctx context.Context, dir string, others ...Plugin) (configFile string, err error) {
	dir, err = filepath.Abs(dir)
	if err != nil {
		return "", err
	}
	providers := filepath.Join(dir, "providers")
	var addresses []string
	for _, plugin := range append([]Plugin{{Source, mainPackage}}, others...) {
		if err := plugin.build(ctx, dir, providers); err != nil {
			return "", err
		}
		for _, host := range hosts {
			addresses = append(addresses, host+"/"+plugin.Source)
		}
	}
	configFile = filepath.Join(dir, "cli.tfrc")
	return configFile, os.WriteFile(configFile, []byte(cliConfig(providers, addresses)), 0o600)
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

// place links the file into dir, where it replaces a file of the same name. A link costs no space.
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

// cliConfig excludes the addresses from the "direct" installation method, so that a CLI never asks a registry for them.
func cliConfig(providers string, addresses []string) string {
	list := make([]string, len(addresses))
	for i, address := range addresses {
		list[i] = quoted(address)
	}
	ours := strings.Join(list, ", ")
	return fmt.Sprintf(`disable_checkpoint = true

provider_installation {
  filesystem_mirror {
    path    = %s
    include = [%s]
  }
  direct {
    exclude = [%s]
  }
}
`, quoted(providers), ours, ours)
}

// quoted writes a string literal of HCL.
func quoted(s string) string {
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(s) + `"`
}
