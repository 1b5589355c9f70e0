// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

// Command terraform-provider-datastack is the provider plugin that Terraform
// starts.
package main

import (
	"context"
	"flag"
	"log"

	"github.com/hashicorp/terraform-plugin-framework/providerserver"

	"github.com/datastack-iam/terraform-provider-datastack/internal/provider"
)

// version is set by the release build.
var version = "dev"

func main() {
	debug := flag.Bool("debug", false, "wait for a debugger and print how Terraform reaches this process")
	flag.Parse()
	err := providerserver.Serve(context.Background(), provider.New(version), providerserver.ServeOpts{
		Address: "registry.terraform.io/datastack-iam/datastack",
		Debug:   *debug,
	})
	if err != nil {
		log.Fatal(err)
	}
}
