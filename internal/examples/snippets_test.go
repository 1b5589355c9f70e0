// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package examples

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// requiredProviders completes an example that the docs show without it.
const requiredProviders = `terraform {
  required_providers {
    datastack = { source = "datastack-iam/datastack" }
  }
}
`

// TestSnippets applies each example that the docs show with a data source, function, resource or the provider.
func TestSnippets(t *testing.T) {
	t.Parallel()
	var files []string
	for _, pattern := range []string{"data-sources/*/data-source.tf", "functions/*/function.tf", "resources/*/*.tf", "provider/provider.tf"} {
		matches, err := filepath.Glob("../../examples/" + pattern)
		if err != nil || len(matches) == 0 {
			t.Fatalf("%s: no examples: %v", pattern, err)
		}
		files = append(files, matches...)
	}
	for _, file := range files {
		t.Run(strings.TrimPrefix(file, "../../examples/"), func(t *testing.T) {
			t.Parallel()
			config, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			if strings.Contains(string(config), "provider::") {
				skipBelow(t, 8, "provider functions")
			}
			newSnippet(t, string(config)).apply(t)
		})
	}
}

// TestImportCommands runs each command of the examples' import.sh, in a state of its own.
func TestImportCommands(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("../../examples/resources/*/import.sh")
	if err != nil || len(files) == 0 {
		t.Fatalf("no import.sh: %v", err)
	}
	for _, file := range files {
		script, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		config, err := os.ReadFile(filepath.Join(filepath.Dir(file), "import-by-string-id.tf"))
		if err != nil {
			t.Fatal(err)
		}
		for line := range strings.Lines(string(script)) {
			if strings.HasPrefix(line, "#") {
				continue
			}
			w := newSnippet(t, string(config))
			if output, code := w.run(t, "sh", "-c", strings.Replace(line, "terraform", terraform(), 1)); code != 0 {
				t.Errorf("%sended with %d:\n%s", line, code, output)
			}
			if output, code := w.run(t, terraform(), "plan", "-detailed-exitcode"); code != 0 {
				t.Errorf("%sleft a diff:\n%s", line, output)
			}
		}
	}
}

// newSnippet returns an initialized workspace with one configuration.
func newSnippet(t *testing.T, config string) *workspace {
	t.Helper()
	w := newWorkspace(t, "snippet")
	if !strings.Contains(config, "required_providers") {
		config = requiredProviders + config
	}
	// The one address of a real account in the examples.
	w.write(t, "main.tf", strings.ReplaceAll(config, "https://ab123.us1.dbt.com", w.environment.Services))
	w.terraform(t, "init")
	return w
}

// apply applies the configuration and wants no diff and no warning afterward.
func (w *workspace) apply(t *testing.T) {
	t.Helper()
	w.terraform(t, "apply", "-auto-approve")
	if output, code := w.run(t, terraform(), "plan", "-detailed-exitcode"); code != 0 {
		t.Errorf("plan after apply ended with %d, want no changes:\n%s", code, output)
	}
}
