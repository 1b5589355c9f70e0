// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
)

// TestStatesOfReleases reads states as each release wrote them: a file for each
// resource type, in a directory for each release that changed a schema. The
// attributes that an upgrade changes are in a second file, <type>.upgraded.json.
func TestStatesOfReleases(t *testing.T) {
	t.Parallel()
	server, err := factories["datastack"]()
	if err != nil {
		t.Fatal(err)
	}
	schemas, err := server.GetProviderSchema(t.Context(), &tfprotov6.GetProviderSchemaRequest{})
	if err != nil {
		t.Fatal(err)
	}
	files, err := filepath.Glob("testdata/states/*/datastack_*.json")
	if err != nil {
		t.Fatal(err)
	}
	newest := map[string]int64{}
	for _, file := range files {
		name := strings.TrimSuffix(filepath.Base(file), ".json")
		if strings.HasSuffix(name, ".upgraded") {
			continue
		}
		t.Run(file, func(t *testing.T) {
			schema := schemas.ResourceSchemas[name]
			if schema == nil {
				t.Fatalf("got no resource type %s: a state with it could not be read", name)
			}
			written := stateFile(t, file)
			newest[name] = max(newest[name], written.SchemaVersion)
			upgraded, err := server.UpgradeResourceState(t.Context(), &tfprotov6.UpgradeResourceStateRequest{
				TypeName: name, Version: written.SchemaVersion, RawState: &tfprotov6.RawState{JSON: written.Attributes},
			})
			if err != nil {
				t.Fatal(err)
			}
			for _, d := range upgraded.Diagnostics {
				t.Fatalf("got %s: %s", d.Summary, d.Detail)
			}
			got, err := upgraded.UpgradedState.Unmarshal(schema.ValueType())
			if err != nil {
				t.Fatal(err)
			}
			expected := written.Attributes
			after := strings.TrimSuffix(file, ".json") + ".upgraded.json"
			if _, err := os.Stat(after); err == nil {
				expected = stateFile(t, after).Attributes
			}
			want, err := (&tfprotov6.RawState{JSON: expected}).Unmarshal(schema.ValueType())
			if err != nil {
				t.Fatal(err)
			}
			if differences, err := want.Diff(got); err != nil || len(differences) > 0 {
				t.Errorf("got %s, want %s: %v %v", got, want, differences, err)
			}
		})
	}
	for name, schema := range schemas.ResourceSchemas {
		if version, ok := newest[name]; !ok || version != schema.Version {
			t.Errorf("got no state of %s with the schema version %d below testdata/states", name, schema.Version)
		}
	}
}

type writtenState struct {
	SchemaVersion int64           `json:"schema_version"`
	Attributes    json.RawMessage `json:"attributes"`
}

func stateFile(t *testing.T, name string) (state writtenState) {
	t.Helper()
	content, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(content, &state); err != nil {
		t.Fatal(err)
	}
	return state
}
