// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package table

import (
	"context"
	"errors"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/provider"
	"github.com/hashicorp/terraform-plugin-framework/provider/schema"
	"github.com/hashicorp/terraform-plugin-framework/providerserver"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// shelf is the client of a service with boxes.
type shelf struct {
	boxes []box
	err   error
}

var shelfService = Service[*shelf, *shelf]{
	Client: func(provided *shelf, needer string, diags *diag.Diagnostics) (*shelf, bool) {
		if provided == nil {
			diags.AddError("No Shelf", "The "+needer+" needs one.")
		}
		return provided, provided != nil
	},
	Where:   func(*shelf) string { return "the cellar" },
	Explain: func(_ *shelf, err error) string { return err.Error() + ". Look again." },
}

func readBoxes(_ context.Context, s *shelf, req Request) ([]box, error) {
	if req.Members {
		req.Warn("Members", "Boxes have none.")
	}
	return s.boxes, s.err
}

func boxNamed(_ context.Context, s *shelf, label string, _ Request) ([]box, error) {
	return Matching(s.boxes, func(b box) bool { return *b.label == label }), s.err
}

func boxOfSize(_ context.Context, s *shelf, size int64, _ Request) ([]box, error) {
	return Matching(s.boxes, func(b box) bool { return *b.size == size }), s.err
}

// shelfProvider is a provider of all shapes, that hands over provided.
type shelfProvider struct{ provided any }

func (shelfProvider) Metadata(_ context.Context, _ provider.MetadataRequest, resp *provider.MetadataResponse) {
	resp.TypeName = "shelf"
}

func (shelfProvider) Schema(_ context.Context, _ provider.SchemaRequest, resp *provider.SchemaResponse) {
	resp.Schema = schema.Schema{}
}

func (p shelfProvider) Configure(_ context.Context, _ provider.ConfigureRequest, resp *provider.ConfigureResponse) {
	resp.DataSourceData = p.provided
}

func (shelfProvider) Resources(context.Context) []func() resource.Resource { return nil }

func (shelfProvider) DataSources(context.Context) []func() datasource.DataSource {
	small := boxFields.Pick("label", "size")
	shapes := map[string]Shape[*shelf]{
		"boxes": List[*shelf, box]{
			Nouns: "Boxes", Result: "boxes", Fields: small, Members: true, Read: readBoxes,
			Filters: []Filter[box]{OneOf("labels", "", Open(Exactly), func(b box) *string { return b.label })},
		},
		"box": Lookup[*shelf, box]{
			Noun: "Carton", Fields: small, ID: func(b box) string { return *b.label },
			Keys:    []Key[*shelf, box]{ByString("label", nil, boxNamed), ByInt64("size", boxOfSize)},
			Missing: func(_ context.Context, _ *shelf, value string) string { return "Searched for " + value + "." },
		},
		"first_box": Singleton[*shelf, box]{
			Noun: "First Box", Fields: small, Read: func(_ context.Context, s *shelf) (box, error) { return s.boxes[0], s.err },
		},
	}
	var all []func() datasource.DataSource
	for name, shape := range shapes {
		all = append(all, func() datasource.DataSource { return DataSource(shelfService, name, shape) })
	}
	return all
}

// readShelf reads a data source, and returns the attributes of its state and
// the diagnostics.
func readShelf(t *testing.T, server tfprotov6.ProviderServer, name, arguments string) (state tftypes.Value, messages string) {
	t.Helper()
	schemas, err := server.GetProviderSchema(t.Context(), &tfprotov6.GetProviderSchemaRequest{})
	if err != nil {
		t.Fatal(err)
	}
	configure, err := tfprotov6.NewDynamicValue(tftypes.Object{}, tftypes.NewValue(tftypes.Object{}, map[string]tftypes.Value{}))
	if err != nil {
		t.Fatal(err)
	}
	if _, err = server.ConfigureProvider(t.Context(), &tfprotov6.ConfigureProviderRequest{Config: &configure}); err != nil {
		t.Fatal(err)
	}
	typ := schemas.DataSourceSchemas[name].ValueType()
	config, err := tfprotov6.NewDynamicValue(typ, fromJSON(t, typ, arguments))
	if err != nil {
		t.Fatal(err)
	}
	resp, err := server.ReadDataSource(t.Context(), &tfprotov6.ReadDataSourceRequest{TypeName: name, Config: &config})
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range resp.Diagnostics {
		messages += d.Severity.String() + " " + d.Attribute.String() + ": " + d.Summary + ": " + d.Detail + "\n"
	}
	if resp.State != nil {
		if state, err = resp.State.Unmarshal(typ); err != nil {
			t.Fatal(err)
		}
	}
	return state, messages
}

func TestDataSources(t *testing.T) {
	t.Parallel()
	a, b := box{label: new("a"), size: new(int64(1))}, box{label: new("b"), size: new(int64(2))}
	for label, test := range map[string]struct {
		provided        any
		name, arguments string
		want, messages  string
	}{
		"list":               {provided: &shelf{boxes: []box{b, a}}, name: "shelf_boxes", arguments: `{"include_members":false}`, want: `{"include_members":false,"boxes":[{"label":"b","size":2},{"label":"a","size":1}]}`},
		"list, with members": {provided: &shelf{}, name: "shelf_boxes", arguments: `{}`, want: `{"boxes":[]}`, messages: "WARNING : Members: Boxes have none.\n"},
		"list, filtered":     {provided: &shelf{boxes: []box{b, a}}, name: "shelf_boxes", arguments: `{"include_members":false,"labels":["a"]}`, want: `{"include_members":false,"labels":["a"],"boxes":[{"label":"a","size":1}]}`},
		"list, failed":       {provided: &shelf{err: errors.New("It fell")}, name: "shelf_boxes", arguments: `{"include_members":false}`, messages: "ERROR : Unable to List Boxes: It fell. Look again.\n"},
		"lookup by string":   {provided: &shelf{boxes: []box{b, a}}, name: "shelf_box", arguments: `{"label":"a"}`, want: `{"label":"a","size":1}`},
		"lookup by number":   {provided: &shelf{boxes: []box{b, a}}, name: "shelf_box", arguments: `{"size":2}`, want: `{"label":"b","size":2}`},
		"lookup, missing": {provided: &shelf{boxes: []box{b, a}}, name: "shelf_box", arguments: `{"size":30}`,
			messages: "ERROR AttributeName(\"size\"): Carton Not Found: There is no Carton with the size \"30\". Searched for 30.\n"},
		"lookup, several": {provided: &shelf{boxes: []box{a, a}}, name: "shelf_box", arguments: `{"label":"a"}`, messages: "ERROR AttributeName(\"label\"): Several Cartons Found: There are 2 Cartons with the label \"a\". To look up one of them, set `id` instead: \"a\", \"a\".\n"},
		"lookup, failed":  {provided: &shelf{err: errors.New("It fell")}, name: "shelf_box", arguments: `{"label":"a"}`, messages: "ERROR AttributeName(\"label\"): Unable to Read Carton: It fell. Look again.\n"},
		"singleton":       {provided: &shelf{boxes: []box{b, a}}, name: "shelf_first_box", arguments: `{}`, want: `{"label":"b","size":2}`},
		"singleton, failed": {provided: &shelf{boxes: []box{b}, err: errors.New("It fell")}, name: "shelf_first_box", arguments: `{}`,
			messages: "ERROR : Unable to Read First Box: It fell. Look again.\n"},
		"not configured": {provided: nil, name: "shelf_first_box", arguments: `{}`, messages: "ERROR : No Shelf: The data source datastack_first_box needs one.\n"},
		"configured by another provider": {provided: "a shelf", name: "shelf_first_box", arguments: `{}`,
			messages: "ERROR : Unexpected Data Source Configure Type: Expected *table.shelf, got: string. This is a bug: please report it to the developers of the provider.\n"},
	} {
		t.Run(label, func(t *testing.T) {
			t.Parallel()
			state, messages := readShelf(t, NewServer(providerserver.NewProtocol6(shelfProvider{test.provided})()), test.name, test.arguments)
			if messages != test.messages {
				t.Errorf("got the messages\n%s\nwant\n%s", messages, test.messages)
			}
			if want := test.want; want != "" && !state.Equal(fromJSON(t, state.Type(), want)) {
				t.Errorf("got the state %s\nwant %s", state, want)
			}
		})
	}
}
