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

type object = map[string]any

// BenchmarkRules holds a plan of 10,000 invites in an account of 50,000 people
// against all rules, as check.sh does. The plan has the shape of a real one:
// to make it with a CLI takes longer than to judge it, by far.
func BenchmarkRules(b *testing.B) {
	if os.Getenv("OPA") == "" {
		b.Skip("OPA is not set to the path of Open Policy Agent; make bench does so")
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
		judge := exec.CommandContext(b.Context(), os.Getenv("OPA"), "eval", "--fail", "--format", "raw", "--ignore", "*_test.rego",
			"--data", policies+"policy", "--data", policies+"settings", "--input", file, "count(data.main.deny)")
		output, err := judge.CombinedOutput()
		if err != nil {
			b.Fatalf("%v\n%s", err, output)
		}
		if usage, ok := judge.ProcessState.SysUsage().(*syscall.Rusage); ok {
			b.ReportMetric(float64(usage.Maxrss)/1024, "MiB")
		}
	}
	b.ReportMetric(float64(len(plan))/(1<<20), "MiB-plan")
}

func largePlan(invites, people int) object {
	changes := make([]object, invites)
	for i := range changes {
		changes[i] = object{
			"address": fmt.Sprintf("datastack_fivetran_user_invite.person[%q]", email(i)),
			"mode":    "managed", "type": "datastack_fivetran_user_invite",
			"change": object{
				"actions": []string{"create"}, "before": nil, "after_unknown": object{"id": true},
				"after": object{"email": email(i), "role": "Account Reviewer", "given_name": "New", "family_name": "Person"},
			},
		}
	}
	all := make([]object, people)
	for i := range all {
		// Half of those who are invited are in no group yet.
		all[i] = object{
			"email": email(i + invites/2), "systems": []string{"dbtcloud", "rudderstack"},
			"dbtcloud":    object{"id": i, "status": "active", "license_type": "developer", "last_login": nil, "groups": []string{"Everyone", "Analysts"}},
			"rudderstack": object{"id": fmt.Sprint(i), "status": "active", "groups": []string{"Analysts"}},
			"fivetran":    object{"id": fmt.Sprint(i), "status": "active", "role": nil, "last_login": nil, "teams": []string{}},
		}
	}
	read := func(typ string, values object) object {
		return object{"address": "data." + typ + ".all", "mode": "data", "type": typ, "values": values}
	}
	return object{
		"format_version": "1.2", "timestamp": "2026-07-01T12:00:00Z",
		"configuration":    object{"provider_config": object{"datastack": object{"full_name": "registry.terraform.io/datastack-iam/datastack"}}},
		"resource_changes": changes,
		"prior_state": object{"values": object{"root_module": object{"resources": []object{
			read("datastack_identities", object{"people": all}),
			read("datastack_dbtcloud_invites", object{"invites": []object{}}),
			read("datastack_dbtcloud_licenses", object{"licenses": object{"developer": object{"limited": true, "available": 10}}}),
			read("datastack_dbtcloud_service_tokens", object{"service_tokens": []object{}}),
			read("datastack_dbtcloud_scim_config", object{"enabled": true, "manual_updates_allowed": false}),
			read("datastack_fivetran_users", object{"users": []object{}}),
		}}}},
	}
}

func email(i int) string { return fmt.Sprintf("person.%05d@northwind.example", i) }
