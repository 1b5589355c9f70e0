// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"sync"
	"time"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"

	"github.com/datastack-iam/terraform-provider-datastack/internal/rest"
)

// longWait is the time from which on a user should know what took so long.
const longWait = 10 * time.Second

// waits is how long the services have made this process wait. The zero value is
// ready.
type waits struct {
	mu       sync.Mutex
	asked    map[string]time.Duration
	reported map[string]bool
}

func (w *waits) add(wait rest.Wait) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.asked == nil {
		w.asked, w.reported = map[string]time.Duration{}, map[string]bool{}
	}
	w.asked[wait.Service] += wait.Asked
}

// report returns a warning for each service that has asked for a long wait, once.
func (w *waits) report() (warnings []*tfprotov6.Diagnostic) {
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, service := range slices.Sorted(maps.Keys(w.asked)) {
		if w.asked[service] <= longWait || w.reported[service] {
			continue
		}
		w.reported[service] = true
		warnings = append(warnings, &tfprotov6.Diagnostic{
			Severity: tfprotov6.DiagnosticSeverityWarning,
			Summary:  service + " Asked to Wait",
			Detail: fmt.Sprintf("%s limits the rate of requests, and asked to wait: %s in total so far. Nothing is missing because of it.\n\n"+
				"To wait less, run one plan at a time for this account, and set `include_members = false` where you don't need members. "+
				"Other programs that use the account count too. With `TF_LOG_PROVIDER=INFO` you see each wait while it lasts.", service, w.asked[service].Round(time.Second)),
		})
	}
	return warnings
}

// waitServer adds the warnings to the responses of what sends requests. A plugin
// cannot show anything before its response: Terraform keeps what it prints for the
// log. The framework has no place for what concerns all types.
type waitServer struct {
	fullServer
	waits *waits
}

// fullServer is what the framework's server serves of the protocol.
type fullServer interface {
	tfprotov6.ProviderServer
	tfprotov6.ListResourceServer
}

// newWaitServer returns a server unchanged if it lists no resources: the
// framework's does.
func newWaitServer(inner tfprotov6.ProviderServer, w *waits) tfprotov6.ProviderServer {
	if whole, ok := inner.(fullServer); ok {
		return waitServer{whole, w}
	}
	return inner
}

func (s waitServer) ReadDataSource(ctx context.Context, req *tfprotov6.ReadDataSourceRequest) (*tfprotov6.ReadDataSourceResponse, error) {
	resp, err := s.fullServer.ReadDataSource(ctx, req)
	if err == nil {
		resp.Diagnostics = append(resp.Diagnostics, s.waits.report()...)
	}
	return resp, err
}

func (s waitServer) ReadResource(ctx context.Context, req *tfprotov6.ReadResourceRequest) (*tfprotov6.ReadResourceResponse, error) {
	resp, err := s.fullServer.ReadResource(ctx, req)
	if err == nil {
		resp.Diagnostics = append(resp.Diagnostics, s.waits.report()...)
	}
	return resp, err
}

func (s waitServer) PlanResourceChange(ctx context.Context, req *tfprotov6.PlanResourceChangeRequest) (*tfprotov6.PlanResourceChangeResponse, error) {
	resp, err := s.fullServer.PlanResourceChange(ctx, req)
	if err == nil {
		resp.Diagnostics = append(resp.Diagnostics, s.waits.report()...)
	}
	return resp, err
}

func (s waitServer) ApplyResourceChange(ctx context.Context, req *tfprotov6.ApplyResourceChangeRequest) (*tfprotov6.ApplyResourceChangeResponse, error) {
	resp, err := s.fullServer.ApplyResourceChange(ctx, req)
	if err == nil {
		resp.Diagnostics = append(resp.Diagnostics, s.waits.report()...)
	}
	return resp, err
}

func (s waitServer) ImportResourceState(ctx context.Context, req *tfprotov6.ImportResourceStateRequest) (*tfprotov6.ImportResourceStateResponse, error) {
	resp, err := s.fullServer.ImportResourceState(ctx, req)
	if err == nil {
		resp.Diagnostics = append(resp.Diagnostics, s.waits.report()...)
	}
	return resp, err
}

func (s waitServer) ListResource(ctx context.Context, req *tfprotov6.ListResourceRequest) (*tfprotov6.ListResourceServerStream, error) {
	stream, err := s.fullServer.ListResource(ctx, req)
	if err != nil {
		return stream, err
	}
	results := stream.Results
	stream.Results = func(push func(tfprotov6.ListResourceResult) bool) {
		for result := range results {
			if !push(result) {
				return
			}
		}
		if warnings := s.waits.report(); len(warnings) > 0 {
			push(tfprotov6.ListResourceResult{Diagnostics: warnings})
		}
	}
	return stream, nil
}
