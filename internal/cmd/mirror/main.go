// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

// Command mirror builds the provider into a filesystem mirror below a directory, and prints the path of a CLI
// configuration that installs the provider from there and all others as usual. Run it inside the module:
//
//	export TF_CLI_CONFIG_FILE="$(go run ./internal/cmd/mirror .bin/mirror)"
package main

import (
	"context"
	"fmt"
	"os"
	"os/signal"

	"github.com/datastack-iam/terraform-provider-datastack/internal/mirror"
)

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "usage: mirror DIRECTORY")
		os.Exit(2)
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	configFile, err := mirror.Build(ctx, os.Args[1])
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, "mirror:", err)
		os.Exit(1)
	}
	fmt.Println(configFile)
}
