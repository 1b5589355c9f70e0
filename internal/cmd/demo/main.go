// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

// Command demo builds the provider and shows it at work, with a real CLI and a
// sandbox of the three services on this machine. It needs no account and no
// network. It fails if a step has another result than expected.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
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
	err := run(ctx, os.Stdout, *name, *opa)
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, "\ndemo:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, stdout io.Writer, name, opa string) (err error) {
	engine, err := exec.LookPath(opa)
	if err == nil {
		engine, err = filepath.Abs(engine)
	}
	if err != nil {
		return fmt.Errorf("the demo needs Open Policy Agent; run it with make demo, which installs it: %w", err)
	}
	display := screen{stdout}
	display.line("Building the provider ...")
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
		return fmt.Errorf("the demo runs at the top of the source tree: %w", err)
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
	demo := &story{
		screen:   display,
		cli:      &terraform{environment, display, name, filepath.Join(examples, "onboarding")},
		policies: &policies{environment, display, name, engine, filepath.Join(examples, "policies")},
		services: services,
	}
	return demo.run(ctx)
}
