// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package table

import (
	"context"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/providerserver"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// TestListOfAnotherServer reads a list through the framework's own server.
func TestListOfAnotherServer(t *testing.T) {
	t.Parallel()
	_, messages := readShelf(t, providerserver.NewProtocol6(shelfProvider{&shelf{}})(), "shelf_boxes", `{"include_members":false}`)
	if want := "ERROR : Unable to Return What Was Read: The provider is not served through table.NewServer."; !strings.HasPrefix(messages, want) {
		t.Errorf("got the messages\n%s\nwant %s", messages, want)
	}
}

// TestStateOfAnotherType leaves an attribute out, and sets one that the schema does
// not have.
func TestStateOfAnotherType(t *testing.T) {
	t.Parallel()
	typ := tftypes.Object{AttributeTypes: map[string]tftypes.Type{"boxes": tftypes.List{ElementType: tftypes.String}}}
	for name, value := range map[string]Value{
		"boxes": boxFields.ListValue(nil),
		"other": valueOf(tftypes.NewValue(tftypes.String, "x")),
	} {
		var state []byte
		var resp datasource.ReadResponse
		req := datasource.ReadRequest{Config: tfsdk.Config{Raw: fromJSON(t, typ, `{}`)}}
		SetState(context.WithValue(t.Context(), stateKey{}, &state), req, &resp, map[string]Value{name: value})
		if !resp.Diagnostics.HasError() || state != nil {
			t.Errorf("%s: got the state %q and %v, want an error", name, state, resp.Diagnostics)
		}
	}
}

// TestStateGoesPastTheFramework sees to it that the framework, which goes on with
// the configuration and its own state, meets nothing of what was read in them.
func TestStateGoesPastTheFramework(t *testing.T) {
	t.Parallel()
	typ := tftypes.Object{AttributeTypes: map[string]tftypes.Type{"label": tftypes.String, "open": tftypes.Bool}}
	config := fromJSON(t, typ, `{"open":true}`)
	got, resp := stateOf(t, config, map[string]Value{"label": labelField.of(box{label: new("read")})})
	if want := fromJSON(t, typ, `{"label":"read","open":true}`); !got.Equal(want) {
		t.Errorf("got the state %s, want %s", got, want)
	}
	if want := fromJSON(t, typ, `{"open":true}`); !config.Equal(want) || !resp.State.Raw.IsNull() {
		t.Errorf("got the configuration %s and the framework's state %s afterwards, want %s and none", config, resp.State.Raw, want)
	}
}

// stateOf returns the state that SetState makes.
func stateOf(t *testing.T, config tftypes.Value, read map[string]Value) (tftypes.Value, datasource.ReadResponse) {
	t.Helper()
	var content []byte
	var resp datasource.ReadResponse
	req := datasource.ReadRequest{Config: tfsdk.Config{Raw: config}}
	SetState(context.WithValue(t.Context(), stateKey{}, &content), req, &resp, read)
	if resp.Diagnostics.HasError() {
		t.Fatal(resp.Diagnostics)
	}
	state, err := (&tfprotov6.DynamicValue{MsgPack: content}).Unmarshal(config.Type())
	if err != nil {
		t.Fatal(err)
	}
	return state, resp
}
