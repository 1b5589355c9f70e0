// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

// Command terraform-provider-datastack is the provider plugin that Terraform
// starts.
package main

import (
	"flag"
	"fmt"
	"log"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6/tf6server"

	"github.com/datastack-iam/terraform-provider-datastack/internal/provider"
)

// version is set by the release build.
var version = "dev"

func main() {
	debug := flag.Bool("debug", false, "wait for a debugger and print how Terraform reaches this process")
	printVersion := flag.Bool("version", false, "print the version and exit")
	flag.Parse()
	if *printVersion {
		fmt.Println(version)
		return
	}
	var options []tf6server.ServeOpt
	if *debug {
		options = append(options, tf6server.WithManagedDebug())
	}
	if err := tf6server.Serve("registry.terraform.io/datastack-iam/datastack", provider.New(version), options...); err != nil {
		log.Fatal(err)
	}
}
