// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/list"
	"github.com/hashicorp/terraform-plugin-framework/resource"
)

// TestProviderDataOfAnotherType hands over nothing, as validation does, and then
// a value of another type.
func TestProviderDataOfAnotherType(t *testing.T) {
	t.Parallel()
	p := &datastackProvider{}
	configures := map[string][]func(data any) diag.Diagnostics{}
	for _, newDataSource := range p.DataSources(t.Context()) {
		configures["Data Source"] = append(configures["Data Source"], func(data any) diag.Diagnostics {
			var resp datasource.ConfigureResponse
			newDataSource().(datasource.DataSourceWithConfigure).Configure(t.Context(), datasource.ConfigureRequest{ProviderData: data}, &resp)
			return resp.Diagnostics
		})
	}
	configureResource := func(r interface {
		Configure(context.Context, resource.ConfigureRequest, *resource.ConfigureResponse)
	}) {
		configures["Resource"] = append(configures["Resource"], func(data any) diag.Diagnostics {
			var resp resource.ConfigureResponse
			r.Configure(t.Context(), resource.ConfigureRequest{ProviderData: data}, &resp)
			return resp.Diagnostics
		})
	}
	for _, newResource := range p.Resources(t.Context()) {
		configureResource(newResource().(resource.ResourceWithConfigure))
	}
	for _, newListResource := range p.ListResources(t.Context()) {
		configureResource(newListResource().(list.ListResourceWithConfigure))
	}
	for kind, all := range configures {
		for _, handOver := range all {
			if diags := handOver(nil); len(diags) > 0 {
				t.Errorf("%s, nothing handed over: got %v", kind, diags)
			}
			diags := handOver("a string")
			want := "Expected *provider.providerData, got: string. "
			if diags.ErrorsCount() != 1 || diags[0].Summary() != "Unexpected "+kind+" Configure Type" || !strings.HasPrefix(diags[0].Detail(), want) {
				t.Errorf("%s, a string handed over: got %v, want the error %s", kind, diags, want)
			}
		}
	}
	if len(configures) != 2 {
		t.Errorf("got %d kinds, want data sources and resources", len(configures))
	}
}
