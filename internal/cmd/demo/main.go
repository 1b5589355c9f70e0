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
	"os/exec"
	"os/signal"
	"path/filepath"
	"time"

	"github.com/datastack-iam/terraform-provider-datastack/internal/cli"
	"github.com/datastack-iam/terraform-provider-datastack/internal/mirror"
	"github.com/datastack-iam/terraform-provider-datastack/internal/sandbox"
)

func main() {
	name := flag.String("cli", "terraform", "name or path of the Terraform or OpenTofu CLI")
	opa := flag.String("opa", "opa", "name or path of Open Policy Agent")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	err := run(ctx, *name, *opa)
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, "\ndemo:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, name, opa string) (err error) {
	engine, err := exec.LookPath(opa)
	if err == nil {
		engine, err = filepath.Abs(engine)
	}
	if err != nil {
		return fmt.Errorf("the last chapter needs Open Policy Agent, which make demo provides: %w", err)
	}
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
	examples := filepath.Join(scratch, "examples")
	if err := os.CopyFS(examples, os.DirFS("examples")); err != nil {
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
	story := &story{
		cli:      &terraform{environment, name, filepath.Join(examples, "onboarding")},
		rules:    &rules{environment, name, engine, filepath.Join(examples, "policies")},
		services: services,
	}
	return story.tell(ctx)
}
