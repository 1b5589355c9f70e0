// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

// Command bench times the main jobs of the provider with a real CLI, against a
// sandbox of the three services whose replies take 50 ms. Beside each job it
// times the floor: the same job with a provider that does no work. It fails if a
// command fails, but never because one is slow.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"regexp"

	"github.com/datastack-iam/terraform-provider-datastack/internal/cli"
	"github.com/datastack-iam/terraform-provider-datastack/internal/mirror"
)

// floorProvider is the provider that does no work.
var floorProvider = mirror.Plugin{
	Source:  "datastack-iam/floor",
	Package: "github.com/datastack-iam/terraform-provider-datastack/internal/cmd/bench/floor",
}

func main() {
	name := flag.String("cli", "terraform", "name or path of the Terraform or OpenTofu CLI")
	only := flag.String("only", "", "run the jobs whose names match this `regexp`")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	err := runJobs(ctx, *name, *only)
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

func runJobs(ctx context.Context, name, only string) (err error) {
	wanted, err := regexp.Compile(only)
	if err != nil {
		return err
	}
	scratch, err := os.MkdirTemp("", "datastack-bench-")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(scratch)) }()
	configFile, err := mirror.Build(ctx, filepath.Join(scratch, "mirror"), floorProvider)
	if err != nil {
		return err
	}
	var results []result
	for _, j := range benchmarkJobs {
		if !wanted.MatchString(j.name) {
			continue
		}
		fmt.Fprintln(os.Stderr, "bench:", j.name)
		measured, err := j.run(ctx, &terraform{Environment: cli.Environment{ConfigFile: configFile}, name: name, scratch: scratch})
		if err != nil {
			return fmt.Errorf("%s: %w", j.name, err)
		}
		results = append(results, measured)
	}
	return printReport(os.Stdout, results)
}
