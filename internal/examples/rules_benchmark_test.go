// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

//go:build unix

package examples

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"testing"
)

// jsonObject is part of a plan in JSON.
type jsonObject = map[string]any

// BenchmarkRules checks a plan of 10,000 invites in an account of 50,000 people
// against all rules, as check.sh does. The plan has the shape of a real one, but is
// made here because a CLI takes much longer to make it than OPA to check it.
func BenchmarkRules(b *testing.B) {
	if os.Getenv("OPA") == "" {
		b.Skip("set OPA to the path of Open Policy Agent, or run make bench")
	}
	plan, err := json.Marshal(largePlan(10_000, 50_000))
	if err != nil {
		b.Fatal(err)
	}
	file := filepath.Join(b.TempDir(), "plan.json")
	if err := os.WriteFile(file, plan, 0o600); err != nil {
		b.Fatal(err)
	}
	const policies = "../../examples/policies/"
	for b.Loop() {
		evaluate := exec.CommandContext(b.Context(), os.Getenv("OPA"), "eval", "--fail", "--format", "raw", "--ignore", "*_test.rego",
			"--data", policies+"policy", "--data", policies+"settings", "--input", file, "count(data.datastack.comment.text)")
		output, err := evaluate.CombinedOutput()
		if err != nil {
			b.Fatalf("%v\n%s", err, output)
		}
		if usage, ok := evaluate.ProcessState.SysUsage().(*syscall.Rusage); ok {
			b.ReportMetric(float64(usage.Maxrss)/1024, "MiB")
		}
	}
	b.ReportMetric(float64(len(plan))/(1<<20), "MiB-plan")
}

func largePlan(invites, people int) jsonObject {
	changes := make([]jsonObject, invites)
	for i := range changes {
		changes[i] = jsonObject{
			"address": fmt.Sprintf("datastack_fivetran_user_invite.person[%q]", personEmail(i)),
			"mode":    "managed", "type": "datastack_fivetran_user_invite",
			"change": jsonObject{
				"actions": []string{"create"}, "before": nil, "after_unknown": jsonObject{"id": true},
				"after": jsonObject{"email": personEmail(i), "role": "Account Reviewer", "given_name": "New", "family_name": "Person"},
			},
		}
	}
	all := make([]jsonObject, people)
	for i := range all {
		// Half of the invited people are in no group yet.
		all[i] = jsonObject{
			"email": personEmail(i + invites/2), "systems": []string{"dbtcloud", "rudderstack"},
			"dbtcloud":    jsonObject{"id": i, "status": "active", "license_type": "developer", "last_login": nil, "groups": []string{"Everyone", "Analysts"}},
			"rudderstack": jsonObject{"id": fmt.Sprint(i), "status": "active", "groups": []string{"Analysts"}},
			"fivetran":    jsonObject{"id": fmt.Sprint(i), "status": "active", "role": nil, "last_login": nil, "teams": []string{}},
		}
	}
	read := func(typ string, values jsonObject) jsonObject {
		return jsonObject{"address": "data." + typ + ".all", "mode": "data", "type": typ, "values": values}
	}
	return jsonObject{
		"format_version": "1.2", "timestamp": "2026-07-01T12:00:00Z",
		"configuration":    jsonObject{"provider_config": jsonObject{"datastack": jsonObject{"full_name": "registry.terraform.io/datastack-iam/datastack"}}},
		"resource_changes": changes,
		"prior_state": jsonObject{"values": jsonObject{"root_module": jsonObject{"resources": []jsonObject{
			read("datastack_identities", jsonObject{"people": all}),
			read("datastack_dbtcloud_groups", jsonObject{"groups": named("name", "Analysts", "Analytics Engineering", "Finance Reporting", "Marketing Insights")}),
			read("datastack_rudderstack_scim_groups", jsonObject{"groups": named("display_name", "Analysts", "Analytics Engineering", "Data Platform")}),
			read("datastack_fivetran_roles", jsonObject{"roles": []jsonObject{}}),
			read("datastack_dbtcloud_invites", jsonObject{"invites": []jsonObject{}}),
			read("datastack_dbtcloud_licenses", jsonObject{"licenses": jsonObject{"developer": jsonObject{"limited": true, "available": 10}}}),
			read("datastack_dbtcloud_service_tokens", jsonObject{"service_tokens": []jsonObject{}}),
			read("datastack_dbtcloud_scim_config", jsonObject{"enabled": true, "manual_updates_allowed": false}),
			read("datastack_fivetran_users", jsonObject{"users": []jsonObject{}}),
		}}}},
	}
}

// named returns rows with these values of an attribute.
func named(attribute string, values ...string) []jsonObject {
	rows := make([]jsonObject, len(values))
	for i, value := range values {
		rows[i] = jsonObject{attribute: value}
	}
	return rows
}

func personEmail(i int) string { return fmt.Sprintf("person.%05d@northwind.example", i) }
