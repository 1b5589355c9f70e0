// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package table

import (
	"context"
	"maps"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// listServer is the framework's server, which long lists go past. After a Read the
// framework copies the state, turns it into its own values to ask them for
// semantic equality, compares it with the copy and searches it for blocks:
// for 10,000 users that took as long as reading them over the network, and it
// never changes anything in a list that is only read.
type listServer struct{ frameworkServer }

// frameworkServer is what the framework's server serves of the protocol.
type frameworkServer interface {
	tfprotov6.ProviderServer
	tfprotov6.ListResourceServer
}

// NewServer returns the server of a provider with data sources of this package
// from the framework's server.
func NewServer(framework tfprotov6.ProviderServer) tfprotov6.ProviderServer {
	if whole, ok := framework.(frameworkServer); ok {
		return listServer{whole}
	}
	return framework // SetLists reports it.
}

// stateKey is the key in the context of a Read for the state that [SetLists]
// leaves there. Nothing else that is the server's own reaches a Read, and the
// framework converts all that a Read returns.
type stateKey struct{}

// ReadDataSource lets the framework read, and sends the state that the data
// source handed to SetLists in the place of the framework's.
func (s listServer) ReadDataSource(ctx context.Context, req *tfprotov6.ReadDataSourceRequest) (*tfprotov6.ReadDataSourceResponse, error) {
	var state tftypes.Value
	resp, err := s.frameworkServer.ReadDataSource(context.WithValue(ctx, stateKey{}, &state), req)
	if err != nil || state.IsNull() {
		return resp, err
	}
	dynamic, err := tfprotov6.NewDynamicValue(state.Type(), state)
	if err != nil {
		return nil, err
	}
	resp.State = &dynamic
	return resp, nil
}

// SetLists makes the state of a data source from its configuration and the
// lists that it read. It comes last in a Read, and works only below the server
// that [NewServer] returns.
func SetLists(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse, lists map[string]tftypes.Value) {
	const summary = "Unable to Return Lists"
	state, ok := ctx.Value(stateKey{}).(*tftypes.Value)
	if !ok {
		resp.Diagnostics.AddError(summary, "The provider is not served through table.NewServer. This is a bug: please report it to the developers of the provider.")
		return
	}
	attributes := map[string]tftypes.Value{}
	if err := req.Config.Raw.As(&attributes); err != nil {
		resp.Diagnostics.AddError(summary, "The configuration cannot be read: "+err.Error())
		return
	}
	maps.Copy(attributes, lists)
	if err := tftypes.ValidateValue(req.Config.Raw.Type(), attributes); err != nil {
		resp.Diagnostics.AddError(summary, "They are not what the schema says. This is a bug: please report it to the developers of the provider. "+err.Error())
		return
	}
	*state = tftypes.NewValue(req.Config.Raw.Type(), attributes)
}
