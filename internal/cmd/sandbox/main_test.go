// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"bufio"
	"context"
	"errors"
	"flag"
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
	go func() {
		stopped <- run(ctx, []string{"-people", "60", "-oddity", "scim-groups-500,dbt-bom", "-oddity", "fivetran-name-number"}, write, io.Discard)
	}()

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
	for _, call := range []struct {
		url, authorization string
		status             int
		odd                string // in the reply
	}{
		{environment["DBT_CLOUD_HOST_URL"] + "/v3/accounts/12345/users/", "Token " + sandbox.DBTCloudToken, 200, "\ufeff"},
		{environment["RUDDERSTACK_SCIM_BASE_URL"] + "/Users", "Bearer " + sandbox.SCIMToken, 200, ""},
		{environment["RUDDERSTACK_SCIM_BASE_URL"] + "/Groups", "Bearer " + sandbox.SCIMToken, 500, ""},
		{environment["FIVETRAN_API_URL"] + "/users", "", 200, `"given_name":7`},
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
		body, err := io.ReadAll(response.Body)
		_ = response.Body.Close()
		if response.StatusCode != call.status || err != nil || !strings.Contains(string(body), call.odd) {
			t.Errorf("GET %s: got status %d, error %v and %.200s, want %d and %q", call.url, response.StatusCode, err, body, call.status, call.odd)
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
		{"-oddity", "no-such"},
		{"-oddity", "scim-groups-400", "-oddity", "dbt-bom,scim-groups-405"},
		{"-today", "tomorrow"},
		{"-header", "no colon"},
		{"surplus"},
	} {
		if err := run(t.Context(), args, io.Discard, io.Discard); err == nil {
			t.Errorf("run(%q): got no error, want one", args)
		}
	}
}

func TestHelpListsOddities(t *testing.T) {
	t.Parallel()
	var help strings.Builder
	if err := run(t.Context(), []string{"-help"}, io.Discard, &help); !errors.Is(err, flag.ErrHelp) {
		t.Errorf("got error %v, want %v", err, flag.ErrHelp)
	}
	for _, oddity := range sandbox.Oddities {
		if !strings.Contains(help.String(), oddity.Name) || !strings.Contains(help.String(), oddity.Does) {
			t.Errorf("help lacks %s", oddity.Name)
		}
	}
}
