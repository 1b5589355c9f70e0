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
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// TestListOfAnotherServer reads a list through the framework's own server.
func TestListOfAnotherServer(t *testing.T) {
	t.Parallel()
	_, messages := readShelf(t, providerserver.NewProtocol6(shelfProvider{&shelf{}})(), "shelf_boxes", `{"include_members":false}`)
	if want := "ERROR : Unable to Return Lists: The provider is not served through table.NewServer."; !strings.HasPrefix(messages, want) {
		t.Errorf("got the messages\n%s\nwant %s", messages, want)
	}
}

// TestSetListsOfAnotherType leaves a list out, and sets one that the schema does
// not have.
func TestSetListsOfAnotherType(t *testing.T) {
	t.Parallel()
	typ := tftypes.Object{AttributeTypes: map[string]tftypes.Type{"boxes": tftypes.List{ElementType: tftypes.String}}}
	for name, list := range map[string]tftypes.Value{
		"boxes": boxFields.ListValue(nil),
		"other": tftypes.NewValue(tftypes.String, "x"),
	} {
		var state tftypes.Value
		var resp datasource.ReadResponse
		req := datasource.ReadRequest{Config: tfsdk.Config{Raw: fromJSON(t, typ, `{}`)}}
		SetLists(context.WithValue(t.Context(), stateKey{}, &state), req, &resp, map[string]tftypes.Value{name: list})
		if !resp.Diagnostics.HasError() || !state.IsNull() {
			t.Errorf("%s: got the state %s and %v, want an error", name, state, resp.Diagnostics)
		}
	}
}
