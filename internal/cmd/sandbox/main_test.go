// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"bufio"
	"context"
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/datastack-iam/terraform-provider-datastack/internal/sandbox"
)

func TestRunAnnouncesServesAndStops(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	read, write := io.Pipe()
	stopped := make(chan error, 1)
	go func() { stopped <- run(ctx, []string{"-people", "60"}, write, io.Discard) }()

	environment := map[string]string{}
	for lines := bufio.NewScanner(read); len(environment) < len(sandbox.Environment("")) && lines.Scan(); {
		if setting, ok := strings.CutPrefix(lines.Text(), "export "); ok {
			name, value, _ := strings.Cut(setting, "=")
			environment[name] = value
		}
	}
	for name, want := range map[string]string{
		"DBT_CLOUD_TOKEN":        sandbox.DBTCloudToken,
		"DBT_CLOUD_SCIM_TOKEN":   sandbox.DBTCloudSCIMToken,
		"DBT_CLOUD_ACCOUNT_ID":   "12345",
		"RUDDERSTACK_SCIM_TOKEN": sandbox.SCIMToken,
		"FIVETRAN_APIKEY":        sandbox.FivetranKey,
		"FIVETRAN_APISECRET":     sandbox.FivetranSecret,
	} {
		if got := environment[name]; got != want {
			t.Errorf("%s: got %q, want %q", name, got, want)
		}
	}
	for _, call := range []struct{ url, authorization string }{
		{environment["DBT_CLOUD_HOST_URL"] + "/v3/accounts/12345/users/", "Token " + sandbox.DBTCloudToken},
		{environment["RUDDERSTACK_SCIM_BASE_URL"] + "/Users", "Bearer " + sandbox.SCIMToken},
		{environment["FIVETRAN_API_URL"] + "/users", ""},
	} {
		request, err := http.NewRequestWithContext(ctx, http.MethodGet, call.url, http.NoBody)
		if err != nil {
			t.Fatal(err)
		}
		request.SetBasicAuth(sandbox.FivetranKey, sandbox.FivetranSecret)
		if call.authorization != "" {
			request.Header.Set("Authorization", call.authorization)
		}
		response, err := http.DefaultClient.Do(request)
		if err != nil {
			t.Fatal(err)
		}
		_ = response.Body.Close()
		if response.StatusCode != http.StatusOK {
			t.Errorf("GET %s: got status %d, want 200", call.url, response.StatusCode)
		}
	}
	cancel()
	if err := <-stopped; err != nil {
		t.Errorf("after the signal: got error %v, want none", err)
	}
}

func TestRunRefuses(t *testing.T) {
	t.Parallel()
	for _, args := range [][]string{
		{"-addr", "0.0.0.0:0"},
		{"-addr", ":8080"},
		{"-addr", "192.0.2.1:80"},
		{"-addr", "no port"},
		{"-delay", "soon"},
		{"-today", "tomorrow"},
		{"-header", "no colon"},
		{"surplus"},
	} {
		if err := run(t.Context(), args, io.Discard, io.Discard); err == nil {
			t.Errorf("run(%q): got no error, want one", args)
		}
	}
}
