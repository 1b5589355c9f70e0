// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"
	"maps"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/providerserver"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// New returns the provider in a version, for tf6server.
func New(version string) func() tfprotov6.ProviderServer {
	framework := providerserver.NewProtocol6(&datastackProvider{version})
	return func() tfprotov6.ProviderServer {
		served, _ := framework().(allServers)
		return server{served}
	}
}

// server is the framework's server, which long lists go past. After a Read the
// framework copies the state, turns it into its own values to ask them for
// semantic equality, compares it with the copy and searches it for blocks:
// for 10,000 users that took as long as reading them over the network, and it
// has never changed anything in a list that is only read.
type server struct{ allServers }

// allServers is what of the protocol this provider serves.
type allServers interface {
	tfprotov6.ProviderServer
	tfprotov6.ListResourceServer
}

type stateKey struct{}

// ReadDataSource lets the framework read, and sends the state that the data
// source handed to setLists in the place of the framework's.
func (s server) ReadDataSource(ctx context.Context, req *tfprotov6.ReadDataSourceRequest) (*tfprotov6.ReadDataSourceResponse, error) {
	var state tftypes.Value
	resp, err := s.allServers.ReadDataSource(context.WithValue(ctx, stateKey{}, &state), req)
	if err != nil || state.IsNull() {
		return resp, err
	}
	encoded, err := tfprotov6.NewDynamicValue(state.Type(), state)
	if err != nil {
		return nil, err
	}
	resp.State = &encoded
	return resp, nil
}

// setLists makes the state of a data source from its configuration and the
// lists that it found. It comes last in a Read.
func setLists(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse, lists map[string]tftypes.Value) {
	attributes := map[string]tftypes.Value{}
	if err := req.Config.Raw.As(&attributes); err != nil {
		resp.Diagnostics.AddError("Unable to Read the Configuration", err.Error())
		return
	}
	maps.Copy(attributes, lists)
	state, _ := ctx.Value(stateKey{}).(*tftypes.Value)
	*state = tftypes.NewValue(req.Config.Raw.Type(), attributes)
}
