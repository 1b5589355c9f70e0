package datastack.rules.checks_test

import data.datastack.plans_test as plans

check(kind, status, problems) := {
	"address": {"kind": kind, "to_display": "check.people"},
	"status": status,
	"instances": [{"address": {"to_display": "check.people"}, "status": status, "problems": problems}],
}

messages(checks) := after([], checks)

after(changes, checks) := found if {
	plan := object.union(plans.plan(changes, []), {"checks": checks})
	found := {finding.msg | some finding in data.main.deny} with data.access as {"rules": {"checks": true}} with input as plan
}

test_a_check_that_passes_passes if messages([check("check", "pass", [])]) == set()

test_a_check_that_fails_does_not if {
	messages([check("check", "fail", [{"message": "Eve is here."}])]) == {"check.people: the condition did not pass (fail): Eve is here. Change what it says, or the condition. [checks]"}
}

test_a_check_that_is_not_known_yet_does_not if count(messages([check("check", "unknown", [])])) == 1

test_a_check_that_was_left_out_does_not_unless_all_is_destroyed if {
	left_out := [json.remove(check("check", "unknown", []), ["instances"])]
	count(after([plans.role_changed("ada@northwind.example", null, "Account Reviewer")], left_out)) == 1
	after([plans.deleted("ada@northwind.example")], left_out) == set()
}

# Terraform itself enforces the conditions of resources, on apply if need be.
test_conditions_of_resources_are_terraforms if messages([check("resource", "unknown", [])]) == set()
