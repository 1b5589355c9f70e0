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

test_a_check_that_fails_does_not_pass if {
	messages([check("check", "fail", [{"message": "Eve is here."}])]) == {`check.people: the condition did not pass (status "fail"): Eve is here. Fix what the check reports, or change the condition. [checks]`}
}

test_a_check_with_an_unknown_result_does_not_pass if {
	messages([check("check", "unknown", [])]) == {`check.people: the condition did not pass (status "unknown"). Use only values that are known during plan. [checks]`}
}

test_a_check_without_instances_passes_only_if_the_plan_destroys if {
	left_out := [json.remove(check("check", "unknown", []), ["instances"])]
	count(after([plans.role_changed("ada@northwind.example", null, "Account Reviewer")], left_out)) == 1
	after([plans.deleted("ada@northwind.example")], left_out) == set()
}

# Terraform itself enforces the conditions of resources, during apply if necessary.
test_conditions_of_resources_are_ignored if messages([check("resource", "unknown", [])]) == set()
