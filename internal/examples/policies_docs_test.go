// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package examples

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// TestRulesKnowEveryFilter compares the arguments that data_sources.rego knows, with
// which a data source lists less than everything, with the docs.
func TestRulesKnowEveryFilter(t *testing.T) {
	t.Parallel()
	policy, err := os.ReadFile("../../examples/policies/policy/data_sources.rego")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{
		"identities", "dbtcloud_groups", "dbtcloud_invites", "dbtcloud_licenses", "dbtcloud_scim_config", "dbtcloud_service_tokens",
		"fivetran_roles", "fivetran_users", "rudderstack_scim_groups",
	} {
		page, err := os.ReadFile("../../docs/data-sources/" + name + ".md")
		if err != nil {
			t.Fatal(err)
		}
		var known, documented []string
		if line := regexp.MustCompile(`"datastack_` + name + `": \{(.*)\}`).FindSubmatch(policy); line != nil {
			known = regexp.MustCompile(`\w+`).FindAllString(string(line[1]), -1)
		}
		_, optional, _ := strings.Cut(string(page), "### Optional")
		optional, _, _ = strings.Cut(optional, "### Read-Only")
		for _, match := range regexp.MustCompile("(?m)^- `(\\w+)`").FindAllStringSubmatch(optional, -1) {
			if name := match[1]; !strings.HasPrefix(name, "include_") { // leaves out no row
				documented = append(documented, name)
			}
		}
		slices.Sort(known)
		if !slices.Equal(known, documented) {
			t.Errorf("%s has the arguments %q, data_sources.rego knows %q", name, documented, known)
		}
	}
}

// TestEveryRuleIsDocumented checks that each rule is in the guide and in the settings.
func TestEveryRuleIsDocumented(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("../../examples/policies/policy/rules/*.rego")
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, file := range files {
		if name := strings.TrimSuffix(filepath.Base(file), ".rego"); !strings.HasSuffix(name, "_test") {
			names = append(names, name)
		}
	}
	for file, pattern := range map[string]string{
		"../../templates/guides/policy-checks.md.tmpl": "(?m)^\\| `(\\w+)` \\|",
		"../../examples/policies/settings/rules.yaml":  `(?m)^    (\w+):`,
	} {
		content, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		var listed []string
		for _, match := range regexp.MustCompile(pattern).FindAllStringSubmatch(string(content), -1) {
			listed = append(listed, match[1])
		}
		slices.Sort(listed)
		if listed = slices.Compact(listed); !slices.Equal(listed, names) {
			t.Errorf("%s lists %q, the rules are %q", file, listed, names)
		}
	}
}

// TestFieldsForRulesAreDocumented compares what rules use of the packages beside them with the table in the README.
func TestFieldsForRulesAreDocumented(t *testing.T) {
	t.Parallel()
	readme, err := os.ReadFile("../../examples/policies/README.md")
	if err != nil {
		t.Fatal(err)
	}
	_, table, _ := strings.Cut(string(readme), "\n| name | what it is | fields |\n")
	reference := regexp.MustCompile(`\b(planned|data_sources|kinds)\.(\w+)`)
	documented := map[string]bool{}
	for _, match := range reference.FindAllStringSubmatch(table, -1) {
		documented[match[0]] = true
		source, err := os.ReadFile("../../examples/policies/policy/" + match[1] + ".rego")
		if err != nil {
			t.Fatal(err)
		}
		if !regexp.MustCompile(`(?m)^` + match[2] + `\b`).Match(source) {
			t.Errorf("the README has %s, which %s.rego does not define", match[0], match[1])
		}
	}
	rules, err := filepath.Glob("../../examples/policies/policy/rules/*.rego")
	if err != nil || len(rules) == 0 {
		t.Fatalf("no rules: %v", err)
	}
	for _, file := range rules {
		source, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, match := range reference.FindAllStringSubmatch(string(source), -1) {
			if !documented[match[0]] {
				t.Errorf("%s uses %s, which the README does not have", filepath.Base(file), match[0])
			}
		}
	}
}
