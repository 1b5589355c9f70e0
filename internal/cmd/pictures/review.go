// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"time"

	"github.com/datastack-iam/terraform-provider-datastack/internal/cli"
	"github.com/datastack-iam/terraform-provider-datastack/internal/mirror"
	"github.com/datastack-iam/terraform-provider-datastack/internal/sandbox"
)

// reviewDay is the day of the review, so that the picture does not change from day to day.
const reviewDay = "2026-11-02T09:00:00Z"

// reviewPage returns the HTML page that examples/access-review makes of the sandbox.
func reviewPage(ctx context.Context, name string) (page []byte, err error) {
	scratch, err := os.MkdirTemp("", "datastack-pictures-")
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(scratch)) }()
	configFile, err := mirror.Build(ctx, filepath.Join(scratch, "mirror"))
	if err != nil {
		return nil, err
	}
	review := filepath.Join(scratch, "access-review")
	if err := os.CopyFS(review, os.DirFS("examples/access-review")); err != nil {
		return nil, err
	}
	listener, err := new(net.ListenConfig).Listen(ctx, "tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	server := &http.Server{Handler: sandbox.New(sandbox.Options{Today: sandbox.SeedDay()}), ReadHeaderTimeout: time.Minute}
	go func() { _ = server.Serve(listener) }()
	defer server.Close()

	environment := cli.Environment{Services: "http://" + listener.Addr().String(), ConfigFile: configFile}
	for _, args := range [][]string{{"init"}, {"apply", "-auto-approve", "-var", "as_of=" + reviewDay}} {
		if printed, err := environment.Command(ctx, review, name, args...).CombinedOutput(); err != nil {
			return nil, fmt.Errorf("%s: %w\n%s", args[0], err, printed)
		}
	}
	return environment.Command(ctx, review, name, "output", "-raw", "html").Output()
}

// screenshot lets Chromium draw the top of a page into a file.
func screenshot(ctx context.Context, page []byte, file string) error {
	chromium, err := exec.LookPath("chromium")
	if err != nil {
		return fmt.Errorf("the picture of the access review needs Chromium on PATH (on Debian: apt-get install chromium): %w", err)
	}
	if file, err = filepath.Abs(file); err != nil {
		return err
	}
	scratch, err := os.MkdirTemp("", "datastack-pictures-")
	if err != nil {
		return err
	}
	defer func() { _ = os.RemoveAll(scratch) }()
	html := filepath.Join(scratch, "review.html")
	if err := os.WriteFile(html, page, 0o600); err != nil {
		return err
	}
	args := []string{"--headless", "--hide-scrollbars", "--window-size=1280,600", "--user-data-dir=" + scratch, "--screenshot=" + file}
	if os.Geteuid() == 0 {
		args = append(args, "--no-sandbox") // Chromium's own sandbox refuses root; the page is ours
	}
	if printed, err := exec.CommandContext(ctx, chromium, append(args, "file://"+html)...).CombinedOutput(); err != nil {
		return fmt.Errorf("%s: %w\n%s", chromium, err, printed)
	}
	return nil
}
