// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"os"
	"path"
	"path/filepath"
	"strings"
	"time"

	"github.com/datastack-iam/terraform-provider-datastack/internal/mirror"
	"github.com/datastack-iam/terraform-provider-datastack/internal/sandbox"
)

// replyDelay is the time that every reply takes.
const replyDelay = 50 * time.Millisecond

// result is what a job took, with the provider and with the one that does no
// work.
type result struct {
	job
	requests     int
	taken, floor usage
}

// run times the job with both providers.
func (j job) run(ctx context.Context, t *terraform) (result, error) {
	done := result{job: j}
	services := sandbox.New(sandbox.Options{People: j.people, Delay: replyDelay})
	listener, err := new(net.ListenConfig).Listen(ctx, "tcp", "127.0.0.1:0")
	if err != nil {
		return done, err
	}
	server := &http.Server{Handler: services, ReadHeaderTimeout: time.Minute}
	go func() { _ = server.Serve(listener) }()
	defer server.Close()
	t.Services, t.rows = "http://"+listener.Addr().String(), j.people

	dir, err := j.prepare(ctx, t, j.typ, mirror.Source)
	if err != nil {
		return done, err
	}
	// The sandbox prepares each reply at the first request for it. Do not time that.
	if _, err := t.run(ctx, dir, planCommand...); err != nil {
		return done, err
	}
	services.ForgetRequests()
	if done.taken, err = t.run(ctx, dir, j.timed...); err != nil {
		return done, err
	}
	done.requests = services.Count("", "")

	if dir, err = j.prepare(ctx, t, j.floor, floorProvider.Source); err != nil {
		return done, err
	}
	done.floor, err = t.run(ctx, dir, j.timed...)
	return done, err
}

// prepare makes a working directory for the job, and runs the commands before it.
func (j job) prepare(ctx context.Context, t *terraform, typ, source string) (dir string, err error) {
	if dir, err = os.MkdirTemp(t.scratch, ""); err != nil {
		return "", err
	}
	config := fmt.Sprintf("terraform {\n  required_providers {\n    %s = { source = %q }\n  }\n}\n\n", path.Base(source), source) +
		strings.ReplaceAll(j.config, "TYPE", typ) + "\n"
	if err := os.WriteFile(filepath.Join(dir, "main.tf"), []byte(config), 0o600); err != nil {
		return "", err
	}
	for _, args := range append([][]string{{"init", "-input=false"}}, j.before...) {
		if _, err := t.run(ctx, dir, args...); err != nil {
			return "", err
		}
	}
	return dir, nil
}
