// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

// Command demo builds the provider and takes it through a worked story with a
// real CLI, against a sandbox of the three services on this machine. It needs
// no account and no network, and fails where anything differs from the story.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/signal"
	"path/filepath"
	"time"

	"github.com/datastack-iam/terraform-provider-datastack/internal/cli"
	"github.com/datastack-iam/terraform-provider-datastack/internal/mirror"
	"github.com/datastack-iam/terraform-provider-datastack/internal/sandbox"
)

func main() {
	name := flag.String("cli", "terraform", "name or path of the Terraform or OpenTofu CLI")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	err := run(ctx, *name)
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, "\ndemo:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, name string) (err error) {
	fmt.Println("Building the provider ...")
	scratch, err := os.MkdirTemp("", "datastack-demo-")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(scratch)) }()
	configFile, err := mirror.Build(ctx, filepath.Join(scratch, "mirror"))
	if err != nil {
		return err
	}
	workspace := filepath.Join(scratch, "onboarding")
	if err := os.CopyFS(workspace, os.DirFS(filepath.Join("examples", "onboarding"))); err != nil {
		return fmt.Errorf("run the demo at the top of the source tree: %w", err)
	}

	services := sandbox.New(sandbox.Options{})
	listener, err := new(net.ListenConfig).Listen(ctx, "tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	server := &http.Server{Handler: services, ReadHeaderTimeout: time.Minute}
	go func() { _ = server.Serve(listener) }()
	defer server.Close()

	environment := cli.Environment{Services: "http://" + listener.Addr().String(), ConfigFile: configFile}
	story := &story{cli: &terraform{environment, name, workspace}, services: services}
	return story.tell(ctx)
}
