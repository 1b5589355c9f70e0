// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"

	"github.com/datastack-iam/terraform-provider-datastack/internal/rest"
	"github.com/datastack-iam/terraform-provider-datastack/internal/sandbox"
)

// TestWarningOfAWait has a service ask for more than ten seconds in two parts. The
// second part is not really waited for.
func TestWarningOfAWait(t *testing.T) {
	t.Parallel()
	c := newCompany(t, sandbox.Options{})
	c.Inject(sandbox.Fault{PathPrefix: "/v1/roles", Times: 1, Status: http.StatusTooManyRequests, Header: map[string]string{"Retry-After": "1"}})
	p := open(t, strings.Replace(c.settings(), `"1s"`, `"1m"`, 1))
	if _, said := p.read(t, "datastack_fivetran_roles", `{}`); said != "" {
		t.Errorf("got %s, want nothing after a second", said)
	}
	asked := p.ProviderServer.(waitServer).waits
	asked.add(rest.Wait{Service: "Fivetran", Asked: 9 * time.Second})
	asked.add(rest.Wait{Service: "dbt Cloud", For: time.Hour, Status: http.StatusBadGateway})
	if _, said := p.read(t, "datastack_fivetran_roles", `{}`); said != "" {
		t.Errorf("got %s, want nothing after ten seconds", said)
	}
	asked.add(rest.Wait{Service: "Fivetran", Asked: 1 * time.Second})
	_, said := p.read(t, "datastack_dbtcloud_scim_config", `{}`)
	expectSaid(t, said, "WARNING at : Fivetran Asked to Wait: Fivetran limits the rate of requests, and asked to wait: 11s in total so far.")
	if strings.Count(said, "WARNING") != 1 {
		t.Errorf("got %s, want one warning", said)
	}
	if _, said := p.read(t, "datastack_fivetran_roles", `{}`); said != "" {
		t.Errorf("got %s, want the warning once", said)
	}
}

// anyServer responds to everything with nothing.
type anyServer struct{ fullServer }

func (anyServer) ReadDataSource(context.Context, *tfprotov6.ReadDataSourceRequest) (*tfprotov6.ReadDataSourceResponse, error) {
	return &tfprotov6.ReadDataSourceResponse{}, nil
}

func (anyServer) ReadResource(context.Context, *tfprotov6.ReadResourceRequest) (*tfprotov6.ReadResourceResponse, error) {
	return &tfprotov6.ReadResourceResponse{}, nil
}

func (anyServer) PlanResourceChange(context.Context, *tfprotov6.PlanResourceChangeRequest) (*tfprotov6.PlanResourceChangeResponse, error) {
	return &tfprotov6.PlanResourceChangeResponse{}, nil
}

func (anyServer) ApplyResourceChange(context.Context, *tfprotov6.ApplyResourceChangeRequest) (*tfprotov6.ApplyResourceChangeResponse, error) {
	return &tfprotov6.ApplyResourceChangeResponse{}, nil
}

func (anyServer) ImportResourceState(context.Context, *tfprotov6.ImportResourceStateRequest) (*tfprotov6.ImportResourceStateResponse, error) {
	return &tfprotov6.ImportResourceStateResponse{}, nil
}

func (anyServer) ListResource(context.Context, *tfprotov6.ListResourceRequest) (*tfprotov6.ListResourceServerStream, error) {
	return &tfprotov6.ListResourceServerStream{Results: tfprotov6.NoListResults}, nil
}

// TestEachResponseCanHaveTheWarning calls whatever sends requests.
func TestEachResponseCanHaveTheWarning(t *testing.T) {
	t.Parallel()
	for name, call := range map[string]func(context.Context, fullServer) []*tfprotov6.Diagnostic{
		"ReadDataSource": func(ctx context.Context, s fullServer) []*tfprotov6.Diagnostic {
			resp, _ := s.ReadDataSource(ctx, nil)
			return resp.Diagnostics
		},
		"ReadResource": func(ctx context.Context, s fullServer) []*tfprotov6.Diagnostic {
			resp, _ := s.ReadResource(ctx, nil)
			return resp.Diagnostics
		},
		"PlanResourceChange": func(ctx context.Context, s fullServer) []*tfprotov6.Diagnostic {
			resp, _ := s.PlanResourceChange(ctx, nil)
			return resp.Diagnostics
		},
		"ApplyResourceChange": func(ctx context.Context, s fullServer) []*tfprotov6.Diagnostic {
			resp, _ := s.ApplyResourceChange(ctx, nil)
			return resp.Diagnostics
		},
		"ImportResourceState": func(ctx context.Context, s fullServer) []*tfprotov6.Diagnostic {
			resp, _ := s.ImportResourceState(ctx, nil)
			return resp.Diagnostics
		},
		"ListResource": func(ctx context.Context, s fullServer) (all []*tfprotov6.Diagnostic) {
			stream, _ := s.ListResource(ctx, nil)
			for result := range stream.Results {
				all = append(all, result.Diagnostics...)
			}
			return all
		},
	} {
		var asked waits
		server := waitServer{anyServer{}, &asked}
		asked.add(rest.Wait{Service: "Fivetran", Asked: time.Minute})
		asked.add(rest.Wait{Service: "dbt Cloud", Asked: time.Hour})
		got := call(t.Context(), server)
		if len(got) != 2 || got[0].Summary != "Fivetran Asked to Wait" || got[1].Summary != "dbt Cloud Asked to Wait" {
			t.Errorf("%s: got %v, want two warnings", name, got)
		}
		if again := call(t.Context(), server); len(again) != 0 {
			t.Errorf("%s: got %v again", name, again)
		}
	}
}
