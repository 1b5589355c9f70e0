// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package table

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
	"github.com/vmihailenco/msgpack/v5"
)

// stateServer is the framework's server, which the states of data sources go past.
// After a Read the framework copies the state, turns it into its own values to ask
// them for semantic equality, compares it with the copy and searches it for blocks:
// for 10,000 users that took as long as reading them over the network, and it
// never changes anything in what is only read.
type stateServer struct{ frameworkServer }

// frameworkServer is what the framework's server serves of the protocol.
type frameworkServer interface {
	tfprotov6.ProviderServer
	tfprotov6.ListResourceServer
}

// NewServer returns the server of a provider with data sources of this package
// from the framework's server.
func NewServer(framework tfprotov6.ProviderServer) tfprotov6.ProviderServer {
	if whole, ok := framework.(frameworkServer); ok {
		return stateServer{whole}
	}
	return framework // SetState reports it.
}

// stateKey is the key in the context of a Read for the state that [SetState]
// leaves there. Nothing else that is the server's own reaches a Read, and the
// framework converts all that a Read returns.
type stateKey struct{}

// ReadDataSource lets the framework read, and sends the state that the data
// source handed to SetState in the place of the framework's.
func (s stateServer) ReadDataSource(ctx context.Context, req *tfprotov6.ReadDataSourceRequest) (*tfprotov6.ReadDataSourceResponse, error) {
	var state []byte
	resp, err := s.frameworkServer.ReadDataSource(context.WithValue(ctx, stateKey{}, &state), req)
	if err == nil && state != nil {
		resp.State = &tfprotov6.DynamicValue{MsgPack: state}
	}
	return resp, err
}

// SetState makes the state of a data source from its configuration and what was
// read. It comes last in a Read, and works only below the server that [NewServer]
// returns.
func SetState(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse, read map[string]Value) {
	const summary, bug = "Unable to Return What Was Read", "This is a bug: please report it to the developers of the provider."
	state, ok := ctx.Value(stateKey{}).(*[]byte)
	if !ok {
		resp.Diagnostics.AddError(summary, "The provider is not served through table.NewServer. "+bug)
		return
	}
	// It is the configuration's own map, and the framework goes on with that.
	var configured map[string]tftypes.Value
	if err := req.Config.Raw.As(&configured); err != nil {
		resp.Diagnostics.AddError(summary, "The configuration cannot be read: "+err.Error())
		return
	}
	attributes := make(map[string]Value, len(configured))
	for name, value := range configured {
		attributes[name] = valueOf(value)
	}
	for name, value := range read {
		if attribute, ok := configured[name]; !ok || !attribute.Type().Equal(value.typ) {
			resp.Diagnostics.AddError(summary, fmt.Sprintf("%q is not what the schema says. %s", name, bug))
			return
		}
		attributes[name] = value
	}
	content, err := encodeAll(func(to *msgpack.Encoder) error {
		return encodeMap(to, attributes, func(to *msgpack.Encoder, value Value) error { return value.encode(to) })
	})
	if err != nil {
		resp.Diagnostics.AddError(summary, err.Error())
		return
	}
	*state = content
}
