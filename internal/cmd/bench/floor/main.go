// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

// Command floor is a provider that does no work: it decodes nothing, sends no
// requests and answers with prepared bytes. With any provider that returns as
// much, a CLI takes at least as long as with this one.
package main

import (
	"bytes"
	"context"
	"encoding/binary"
	"log"
	"os"
	"slices"
	"strconv"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6/tf6server"
)

func main() {
	// The number of users in floor_users.
	rows, _ := strconv.ParseUint(os.Getenv("FLOOR_ROWS"), 10, 32)
	row, err := tfprotov6.NewDynamicValue(userType, sampleUser)
	if err != nil {
		log.Fatal(err)
	}
	// MessagePack for {"users": [row, row, ...]}.
	users := slices.Concat([]byte("\x81\xa5users\xdd"), binary.BigEndian.AppendUint32(nil, uint32(rows)), bytes.Repeat(row.MsgPack, int(rows)))
	err = tf6server.Serve("registry.terraform.io/datastack-iam/floor", func() tfprotov6.ProviderServer {
		return floor{rows: map[string][]byte{"floor_user": row.MsgPack, "floor_users": users}}
	})
	if err != nil {
		log.Fatal(err)
	}
}

// floor implements the calls that a CLI makes for the benchmark's commands.
type floor struct {
	tfprotov6.ProviderServer
	rows map[string][]byte
}

func (floor) GetProviderSchema(context.Context, *tfprotov6.GetProviderSchemaRequest) (*tfprotov6.GetProviderSchemaResponse, error) {
	return providerSchema, nil
}

func (floor) GetResourceIdentitySchemas(context.Context, *tfprotov6.GetResourceIdentitySchemasRequest) (*tfprotov6.GetResourceIdentitySchemasResponse, error) {
	return &tfprotov6.GetResourceIdentitySchemasResponse{}, nil
}

func (floor) ValidateProviderConfig(_ context.Context, req *tfprotov6.ValidateProviderConfigRequest) (*tfprotov6.ValidateProviderConfigResponse, error) {
	return &tfprotov6.ValidateProviderConfigResponse{PreparedConfig: req.Config}, nil
}

func (floor) ConfigureProvider(context.Context, *tfprotov6.ConfigureProviderRequest) (*tfprotov6.ConfigureProviderResponse, error) {
	return &tfprotov6.ConfigureProviderResponse{}, nil
}

func (floor) ValidateDataResourceConfig(context.Context, *tfprotov6.ValidateDataResourceConfigRequest) (*tfprotov6.ValidateDataResourceConfigResponse, error) {
	return &tfprotov6.ValidateDataResourceConfigResponse{}, nil
}

func (f floor) ReadDataSource(_ context.Context, req *tfprotov6.ReadDataSourceRequest) (*tfprotov6.ReadDataSourceResponse, error) {
	return &tfprotov6.ReadDataSourceResponse{State: &tfprotov6.DynamicValue{MsgPack: f.rows[req.TypeName]}}, nil
}

func (floor) ValidateResourceConfig(context.Context, *tfprotov6.ValidateResourceConfigRequest) (*tfprotov6.ValidateResourceConfigResponse, error) {
	return &tfprotov6.ValidateResourceConfigResponse{}, nil
}

func (floor) PlanResourceChange(_ context.Context, req *tfprotov6.PlanResourceChangeRequest) (*tfprotov6.PlanResourceChangeResponse, error) {
	return &tfprotov6.PlanResourceChangeResponse{PlannedState: req.ProposedNewState}, nil
}

func (floor) ApplyResourceChange(_ context.Context, req *tfprotov6.ApplyResourceChangeRequest) (*tfprotov6.ApplyResourceChangeResponse, error) {
	return &tfprotov6.ApplyResourceChangeResponse{NewState: req.PlannedState}, nil
}

func (floor) UpgradeResourceState(_ context.Context, req *tfprotov6.UpgradeResourceStateRequest) (*tfprotov6.UpgradeResourceStateResponse, error) {
	return &tfprotov6.UpgradeResourceStateResponse{UpgradedState: &tfprotov6.DynamicValue{JSON: req.RawState.JSON}}, nil
}

func (floor) ReadResource(_ context.Context, req *tfprotov6.ReadResourceRequest) (*tfprotov6.ReadResourceResponse, error) {
	return &tfprotov6.ReadResourceResponse{NewState: req.CurrentState}, nil
}
