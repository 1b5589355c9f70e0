package datastack.rules.checks_test

import data.datastack.plans_test as plans

check(kind, status, problems) := {
	"address": {"kind": kind, "to_display": "check.people"},
	"status": status,
	"instances": [{"address": {"to_display": "check.people"}, "status": status, "problems": problems}],
}

messages(checks) := found if {
	plan := object.union(plans.plan([], []), {"checks": checks})
	found := {finding.msg | some finding in data.main.deny} with data.access as {"rules": {"checks": true}} with input as plan
}

test_a_check_that_passes_passes if messages([check("check", "pass", [])]) == set()

test_a_check_that_fails_does_not if {
	messages([check("check", "fail", [{"message": "Eve is here."}])]) == {"check.people: the condition did not pass (fail): Eve is here. Change what it says, or the condition. [checks]"}
}

test_a_check_that_is_not_known_yet_does_not if count(messages([check("check", "unknown", [])])) == 1

test_a_check_of_a_module_that_is_not_known_yet_does_not if {
	count(messages([json.remove(check("check", "unknown", []), ["instances"])])) == 1
}

# Terraform itself enforces the conditions of resources, on apply if need be.
test_conditions_of_resources_are_terraforms if messages([check("resource", "unknown", [])]) == set()
