// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"bufio"
	"context"
	"flag"
	"io"
	"net/http"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/datastack-iam/terraform-provider-datastack/internal/sandbox"
)

func TestFaultFlags(t *testing.T) {
	t.Parallel()
	for args, want := range map[string]*sandbox.Fault{
		"":                                nil,
		"-method POST -path /v1 -times 3": nil,
		"-status 429 -header Retry-After:2 -method POST -path /v1/users -times 3 -skip 1": {
			Method: "POST", PathPrefix: "/v1/users", Times: 3, Skip: 1, Status: 429, Header: map[string]string{"Retry-After": "2"},
		},
		"-status 502 -body down -effect-after 2s": {Status: 502, Body: "down", EffectAfter: 2 * time.Second, Header: map[string]string{}},
		"-cut -after-effect":                      {Cut: true, AfterEffect: true, Header: map[string]string{}},
		"-truncate":                               {Truncate: true, Header: map[string]string{}},
		"-delay-before 1s":                        {DelayBefore: time.Second, Header: map[string]string{}},
		"-header Date:":                           {Header: map[string]string{"Date": ""}},
	} {
		flags := flag.NewFlagSet("", flag.ContinueOnError)
		fault := faultFlags(flags)
		if err := flags.Parse(strings.Fields(args)); err != nil {
			t.Fatal(err)
		}
		if got := fault(); !reflect.DeepEqual(got, want) {
			t.Errorf("%s: got %+v, want %+v", args, got, want)
		}
	}
}

func TestRunPlaysTheFault(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	read, write := io.Pipe()
	stopped := make(chan error, 1)
	go func() {
		stopped <- run(ctx, []string{"-status", "503", "-path", "/v1/users", "-times", "1", "-today", "2026-10-29"}, write, io.Discard)
	}()
	base := ""
	for lines := bufio.NewScanner(read); base == "" && lines.Scan(); {
		base, _ = strings.CutPrefix(lines.Text(), "# The sandbox answers on ")
	}
	go func() { _, _ = io.Copy(io.Discard, read) }()
	for _, want := range []struct {
		status int
		text   string
	}{{http.StatusServiceUnavailable, "Service Unavailable"}, {http.StatusOK, "2024-01-02T08:07:13.008919Z"}} {
		request, err := http.NewRequestWithContext(ctx, http.MethodGet, base+"/v1/users", http.NoBody)
		if err != nil {
			t.Fatal(err)
		}
		request.SetBasicAuth(sandbox.FivetranKey, sandbox.FivetranSecret)
		response, err := http.DefaultClient.Do(request)
		if err != nil {
			t.Fatal(err)
		}
		body, err := io.ReadAll(response.Body)
		_ = response.Body.Close()
		if err != nil || response.StatusCode != want.status || !strings.Contains(string(body), want.text) {
			t.Errorf("GET users: got %d, error %v and %.200s, want %d and %s", response.StatusCode, err, body, want.status, want.text)
		}
	}
	cancel()
	if err := <-stopped; err != nil {
		t.Errorf("after the signal: got error %v, want none", err)
	}
}

func TestHelpSaysWhatFails(t *testing.T) {
	t.Parallel()
	var help strings.Builder
	_ = run(t.Context(), []string{"-help"}, io.Discard, &help)
	for _, name := range []string{"-status", "-delay", "-cut", "-after-effect", "-today"} {
		if !strings.Contains(help.String(), "  "+name) {
			t.Errorf("help: got no %s, want it", name)
		}
	}
}
